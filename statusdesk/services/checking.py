"""Verifies that a database is what its journal says: the promise that every report of a past day rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.instants import iso
from statusdesk.domain.store_errors import Damaged
from statusdesk.store.auditing import Auditing
from statusdesk.store.counters import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from statusdesk.store.store import Store

Counts = dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: which check found it, and a sentence about it."""

    check: str
    problem: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking found, how much it looked at (open accounts and journal entries), and the newest seal."""

    findings: tuple[Finding, ...]
    checks: tuple[str, ...]
    accounts: int = 0
    entries: int = 0
    seal: str = ""


def check(store: Store, *, seal: str = "") -> Verdict:
    """Look at the whole database, as it stands at one moment, and change nothing.

    A `seal` that a report or an export shows must still be one of the journal's.
    Where the file itself is damaged the rest is not asked: its answers would mean nothing.
    """
    with store.db.snapshot():
        audit = Auditing(store.db)
        try:
            damage = audit.damage()
        except Damaged as error:
            damage = [str(error)]
        if damage:
            return Verdict(tuple(Finding("integrity", problem) for problem in damage), ("integrity",))
        findings = [Finding(name, problem) for name in _CHECKS for problem in _ask(name, store, audit)]
        if seal and not store.has_seal(seal):
            findings.append(Finding("seals", f"The seal {seal} is none of this journal: what it sealed is gone."))
        return Verdict(tuple(findings), ("integrity", *_CHECKS), *audit.sizes(), store.newest_seal())


def counting_faults(store: Store) -> tuple[Finding, ...]:
    """Return what is wrong with the counts and peaks only, within the transaction or snapshot under way."""
    audit = Auditing(store.db)
    return tuple(Finding(name, problem) for name in ("counters", "peaks") for problem in _ask(name, store, audit))


def _ask(name: str, store: Store, audit: Auditing) -> Iterator[str]:
    """Carry a check out; damage may be such that it cannot be, and that is a finding as well."""
    try:
        yield from _CHECKS[name](store, audit)
    except (LookupError, ValueError) as error:
        yield f"This could not be checked, because something that it rests on is not there ({error})."


def _schema(_store: Store, audit: Auditing) -> Iterator[str]:
    for name in audit.strange_objects():
        yield f"The {name} is missing, altered or not StatusDesk's."


def _references(_store: Store, audit: Auditing) -> Iterator[str]:
    for table, row, parent in audit.dangling():
        yield f"Row {row} of the table {table} refers to nothing in the table {parent}."


def _journal(store: Store, audit: Auditing) -> Iterator[str]:
    for number in audit.strayed_accounts():
        yield f"The account {number} is not as the newest journal entry for it says."
    for entry in audit.broken_chains():
        yield f"The journal entry {entry} does not follow from the one before it."
    for change_set in audit.miscounted_change_sets():
        yield f"The change set {change_set} does not have the journal entries that it says."
    statuses = store.statuses.by_id()
    for step in audit.strayed_statuses(statuses):
        name = statuses[step.status_id].name if step.status_id in statuses else step.status_id
        yield f"The status {name}: {step.field} is not “{step.new}”, which the journal says."


def _counters(store: Store, _audit: Auditing) -> Iterator[str]:
    counts = shown(store.statuses.counts())
    names = {status_id: status.name for status_id, status in store.statuses.by_id().items()}
    ways = {
        "the accounts": shown(store.counters.recount()),
        "the journal": store.counters.replay(),
        "the daily counts": store.counters.days(),
    }
    for way, found in ways.items():
        yield from _differences(counts, found, way, names)
    stored, recomputed = store.counters.stored_days(), store.counters.recomputed_days()
    for day, status_id in sorted(stored.keys() | recomputed.keys()):
        if stored.get((day, status_id)) != recomputed.get((day, status_id)):
            name = names.get(status_id, str(status_id))
            yield f"The daily count of the status {name} on {day} is not what the journal gives."


def _differences(counts: Counts, found: Counts, way: str, names: Mapping[int, str]) -> Iterator[str]:
    for status_id in sorted(counts.keys() | found.keys()):
        ours, theirs = counts.get(status_id, (0, 0)), found.get(status_id, (0, 0))
        if ours != theirs:
            name = names.get(status_id, str(status_id))
            yield (
                f"The status {name} is counted as {ours[0]} accounts with {ours[1]} minor units a month; "
                f"{way} give {theirs[0]} with {theirs[1]}."
            )


def _peaks(store: Store, _audit: Auditing) -> Iterator[str]:
    stored = {peak.day: peak for peak in store.counters.peaks.stored()}
    recomputed = {peak.day: peak for peak in store.counters.peaks.recomputed()}
    for day in sorted(stored.keys() | recomputed.keys()):
        if stored.get(day) != recomputed.get(day):
            yield f"The peak of {day} is not what the journal gives."


def _seals(store: Store, audit: Auditing) -> Iterator[str]:
    broken = audit.first_altered()
    if broken is not None:
        when = iso(broken.recorded_at, store.info.time_zone)[:16].replace("T", " ")
        yield (
            f"The change set {broken.change_set} of {when}, by {broken.author or 'StatusDesk'}, is the first that"
            " is not as it was sealed: it, or what stood before it, was altered by other means than StatusDesk."
        )


def _search(_store: Store, audit: Auditing) -> Iterator[str]:
    for number in audit.unfindable_accounts():
        yield f"Searching does not see the account {number} as it is."


def _plans(_store: Store, audit: Auditing) -> Iterator[str]:
    for plan in audit.strayed_plans():
        yield f"The planned change {plan} is not as its newest step says."
    for step in audit.broken_plan_steps():
        yield f"The step {step} of a planned change does not follow from the one before it."


_CHECKS: Mapping[str, Callable[[Store, Auditing], Iterator[str]]] = {
    "schema": _schema,
    "references": _references,
    "journal": _journal,
    "counters": _counters,
    "peaks": _peaks,
    "seals": _seals,
    "search": _search,
    "plans": _plans,
}
