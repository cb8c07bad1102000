"""Changes of accounts, as a handful of statements whatever their number: the question and the deed are one.

A proposal says what is to become of which accounts. Asked for its flows it tells what would happen; carried
out it writes one journal entry for each account and then the accounts from those entries. That goes by spans of
some thousand accounts within the one transaction, so that people see how far it is and can stop it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from statusdesk.domain.changes import Flow
from statusdesk.store.counters import DatedFlows
from statusdesk.store.database import Database

SPAN = 10_000
"""Accounts that are written between two words of progress; takes some hundredths of a second."""

Progress = Callable[[int], None]
"""Is told how many accounts are written so far; whatever it raises, such as `Cancelled`, ends the change."""

_LOWEST, _HIGHEST = -(2**63), 2**63 - 1


_FOLLOW = """
INSERT INTO account_state SELECT account_id, new_status_id, new_since, new_charge, new_delinquent, effective_at,
    id, new_tip FROM entry WHERE id BETWEEN ? AND ?
ON CONFLICT (account_id) DO UPDATE SET status_id = excluded.status_id, since = excluded.since,
    monthly_charge = excluded.monthly_charge, delinquent = excluded.delinquent, changed_at = excluded.changed_at,
    last_entry_id = excluded.last_entry_id, tip = excluded.tip
"""
"""Brings accounts to where their new entries say; an UPDATE … FROM takes half as long again."""


_NUMBER_IS_FREE = (
    " AND NOT EXISTS (SELECT 1 FROM field_change f JOIN account other ON other.number = f.old"
    " AND other.closed = 0 AND other.id <> e.account_id WHERE f.entry_id = e.id AND f.field = 'number')"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Accounts and what they become, as SQL over `account_state s`; parameters go by name.

    `:change_set` and `:at` are filled in when it is carried out, `:low` and `:high` with the ends of each of
    the `spans` that it is carried out by.
    """

    source: str
    spans: Callable[[Database], Iterable[tuple[int, int]]]
    status: str
    charge: str = "s.monthly_charge"
    delinquent: str = "s.delinquent"
    since: str = "max(:at, s.changed_at)"
    tip: str = ":change_set"
    parameters: Mapping[str, object] = field(default_factory=dict)


def into_status(status_id: int, barred: Collection[int] = ()) -> Proposal:
    """Propose that the accounts in `temp.selection` move to one status.

    Those already there are left out, and those in the statuses that are `barred`.
    """
    left = f" AND s.status_id NOT IN ({', '.join(str(int(other)) for other in sorted(barred))})" if barred else ""
    return Proposal(
        source=(
            "temp.selection x CROSS JOIN account_state s ON s.account_id = x.account_id"
            f" WHERE x.account_id BETWEEN :low AND :high AND s.status_id <> :to{left}"
        ),
        spans=lambda db: _spans(db, "temp.selection"),
        status=":to",
        parameters={"to": status_id},
    )


def staying() -> Proposal:
    """Propose that the accounts in `temp.selection` stay as they are: only plain fields of theirs will change."""
    return Proposal(
        source=(
            "temp.selection x CROSS JOIN account_state s ON s.account_id = x.account_id"
            " WHERE x.account_id BETWEEN :low AND :high"
        ),
        spans=lambda db: _spans(db, "temp.selection"),
        status="s.status_id",
        since="s.since",
    )


def as_staged() -> Proposal:
    """Propose what `temp.proposal` holds for each of its accounts."""
    return Proposal(
        source=(
            "temp.proposal p CROSS JOIN account_state s ON s.account_id = p.account_id"
            " WHERE p.account_id BETWEEN :low AND :high"
        ),
        spans=lambda db: _spans(db, "temp.proposal"),
        status="p.status_id",
        charge="p.monthly_charge",
        delinquent="p.delinquent",
        since="coalesce(p.since, iif(p.status_id IS s.status_id, s.since, max(:at, s.changed_at)))",
    )


def taking_back(db: Database, change_set: int, first_entry: int, last_entry: int) -> Proposal:
    """Propose the state before a change set, for the accounts on which nothing was done since.

    Left alone are also accounts whose status of then was deleted, and those whose number has been taken.
    """
    renumbered = db.value(
        "SELECT EXISTS (SELECT 1 FROM field_change WHERE entry_id BETWEEN ? AND ? AND field = 'number')",
        (first_entry, last_entry),
    )
    return Proposal(
        source=(
            "entry e CROSS JOIN account_state s ON s.account_id = e.account_id"
            " WHERE e.id BETWEEN max(:first, :low) AND min(:last, :high)"
            " AND e.change_set_id = :reverted AND s.tip = e.new_tip"
            " AND ifnull(e.old_status_id, 0) NOT IN (SELECT id FROM status WHERE deleted <> 0)"
            " AND (e.new_status_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM account mine JOIN account other"
            " ON other.number = mine.number AND other.closed = 0 WHERE mine.id = e.account_id))"
            f"{_NUMBER_IS_FREE if renumbered else ''}"
        ),
        spans=lambda _: id_spans(first_entry, last_entry),
        status="e.old_status_id",
        charge="e.old_charge",
        delinquent="e.old_delinquent",
        since="e.old_since",
        tip="e.old_tip",
        parameters={"first": first_entry, "last": last_entry, "reverted": change_set},
    )


def id_spans(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the ends of spans that cover the ids from `first` to `last`."""
    return ((low, min(low + SPAN - 1, last)) for low in range(first, last + 1, SPAN))


def _spans(db: Database, table: str) -> Iterator[tuple[int, int]]:
    """Yield the ends of ranges of account ids that cover the table's, `SPAN` accounts each."""
    low = _LOWEST
    while True:
        high = db.value(
            f"SELECT account_id FROM {table} WHERE account_id >= ? ORDER BY account_id LIMIT 1 OFFSET ?",
            (low, SPAN - 1),
        )
        yield low, _HIGHEST if high is None else high
        if high is None:
            return
        low = high + 1


def flows(db: Database, proposal: Proposal) -> tuple[Flow, ...]:
    """Return what the proposal would do, by old and new status."""
    rows = db.rows(
        f"SELECT s.status_id, {proposal.status}, count(*), sum(s.monthly_charge), sum({proposal.charge})"
        f" FROM {proposal.source} GROUP BY 1, 2",
        {"change_set": 0, "at": 0, "low": _LOWEST, "high": _HIGHEST, **proposal.parameters},
    )
    return tuple(Flow(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class Written:
    """The journal entries that a proposal became: ids from `first` to `last`, none if `last` < `first`.

    `flows` sum up what they did, where that was asked for.
    """

    first: int
    last: int
    flows: tuple[Flow, ...] = ()

    @property
    def count(self) -> int:
        """How many accounts were changed."""
        return self.last - self.first + 1


def carry_out(
    db: Database, proposal: Proposal, *, change_set: int, at: int, progress: Progress | None = None
) -> Written:
    """Write the proposal's journal entries, and the accounts' new state from them, span by span."""
    before = last = _newest_entry(db)
    for low, high in proposal.spans(db):
        db.run(
            "INSERT INTO entry (change_set_id, account_id, previous_id, effective_at, old_status_id,"
            " new_status_id, old_charge, new_charge, old_delinquent, new_delinquent, old_since, new_since,"
            " old_tip, new_tip) SELECT :change_set, s.account_id, s.last_entry_id, max(:at, s.changed_at),"
            f" s.status_id, {proposal.status}, s.monthly_charge, {proposal.charge}, s.delinquent,"
            f" {proposal.delinquent}, s.since, {proposal.since}, s.tip, {proposal.tip} FROM {proposal.source}",
            {"change_set": change_set, "at": at, "low": low, "high": high, **proposal.parameters},
        )
        first, last = last + 1, _newest_entry(db)
        db.run(_FOLLOW, (first, last))
        if progress is not None:
            progress(last - before)
    return Written(before + 1, last)


def _newest_entry(db: Database) -> int:
    return int(db.value("SELECT coalesce(max(id), 0) FROM entry"))


def dated_flows(db: Database, written: Written, at: int) -> list[DatedFlows]:
    """Sum up what was written, by the instant at which it takes effect.

    That is `at` for all, unless the clock went back and some accounts keep the time of their step before. SQLite
    sorts them for it, which goes quicker by the new status: new accounts have no old one.
    """
    span = (written.first, written.last)
    rows = db.rows(
        "SELECT max(effective_at), old_status_id, new_status_id, count(*), sum(old_charge), sum(new_charge)"
        " FROM entry WHERE id BETWEEN ? AND ? GROUP BY 3, 2",
        span,
    )
    if any(latest != at for latest, *_ in rows):
        rows = db.rows(
            "SELECT effective_at, old_status_id, new_status_id, count(*), sum(old_charge), sum(new_charge)"
            " FROM entry WHERE id BETWEEN ? AND ? GROUP BY 1, 2, 3",
            span,
        )
    parts: dict[int, list[Flow]] = defaultdict(list)
    for effective_at, *flow in rows:
        parts[effective_at].append(Flow(*flow))
    return [DatedFlows(effective_at, tuple(part)) for effective_at, part in sorted(parts.items())]


def merged(dated: Iterable[DatedFlows]) -> tuple[Flow, ...]:
    """Sum flows up over all instants."""
    sums: dict[tuple[int | None, int | None], list[int]] = defaultdict(lambda: [0, 0, 0])
    for part in dated:
        for flow in part.flows:
            total = sums[flow.old_status, flow.new_status]
            total[0] += flow.accounts
            total[1] += flow.old_charge
            total[2] += flow.new_charge
    return tuple(Flow(old, new, *total) for (old, new), total in sums.items())
