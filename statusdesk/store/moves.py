"""Changes of accounts, as a handful of statements whatever their number: the question and the deed are one.

A proposal says what is to become of which accounts. Asked for its flows it tells what would happen; carried
out it writes one journal entry for each account and then the accounts from those entries.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from statusdesk.domain.changes import Flow
from statusdesk.domain.fields import PLAIN_FIELDS, SEARCHED_FIELDS
from statusdesk.store.counters import DatedFlows
from statusdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Proposal:
    """Accounts and what they become, as SQL over `account_state s`; parameters go by name.

    `:change_set` and `:at` are filled in when it is carried out.
    """

    source: str
    status: str
    charge: str = "s.monthly_charge"
    delinquent: str = "s.delinquent"
    since: str = "max(:at, s.changed_at)"
    tip: str = ":change_set"
    parameters: Mapping[str, object] = field(default_factory=dict)


def into_status(status_id: int) -> Proposal:
    """Propose that the accounts in `temp.selection` move to one status; those already there are left out."""
    return Proposal(
        source=(
            "temp.selection x CROSS JOIN account_state s ON s.account_id = x.account_id WHERE s.status_id <> :to"
        ),
        status=":to",
        parameters={"to": status_id},
    )


def as_staged() -> Proposal:
    """Propose what `temp.proposal` holds for each of its accounts."""
    return Proposal(
        source="temp.proposal p CROSS JOIN account_state s ON s.account_id = p.account_id",
        status="p.status_id",
        charge="p.monthly_charge",
        delinquent="p.delinquent",
        since="coalesce(p.since, iif(p.status_id IS s.status_id, s.since, max(:at, s.changed_at)))",
    )


def taking_back(change_set: int, first_entry: int, last_entry: int) -> Proposal:
    """Propose the state before a change set, for the accounts on which nothing was done since.

    Left alone are also accounts whose status of then was deleted, and those whose number has been taken.
    """
    return Proposal(
        source=(
            "entry e CROSS JOIN account_state s ON s.account_id = e.account_id"
            " LEFT JOIN status o ON o.id = e.old_status_id"
            " WHERE e.id BETWEEN :first AND :last AND e.change_set_id = :reverted AND s.tip = e.new_tip"
            " AND (e.old_status_id IS NULL OR o.deleted = 0)"
            " AND (e.new_status_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM account mine JOIN account other"
            " ON other.number = mine.number AND other.closed = 0 WHERE mine.id = e.account_id))"
            " AND NOT EXISTS (SELECT 1 FROM field_change f JOIN account other ON other.number = f.old"
            " AND other.closed = 0 AND other.id <> e.account_id"
            " WHERE f.entry_id = e.id AND f.field = 'number')"
        ),
        status="e.old_status_id",
        charge="e.old_charge",
        delinquent="e.old_delinquent",
        since="e.old_since",
        tip="e.old_tip",
        parameters={"first": first_entry, "last": last_entry, "reverted": change_set},
    )


def flows(db: Database, proposal: Proposal) -> tuple[Flow, ...]:
    """Return what the proposal would do, by old and new status."""
    rows = db.rows(
        f"SELECT s.status_id, {proposal.status}, count(*), sum(s.monthly_charge), sum({proposal.charge})"
        f" FROM {proposal.source} GROUP BY 1, 2",
        {"change_set": 0, "at": 0, **proposal.parameters},
    )
    return tuple(Flow(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class Written:
    """The journal entries that a proposal became: ids from `first` to `last`, none if `last` < `first`."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many accounts were changed."""
        return self.last - self.first + 1


def carry_out(db: Database, proposal: Proposal, *, change_set: int, at: int) -> Written:
    """Write the proposal's journal entries, then the accounts' new state from them."""
    before = int(db.value("SELECT coalesce(max(id), 0) FROM entry"))
    db.run(
        "INSERT INTO entry (change_set_id, account_id, previous_id, effective_at, old_status_id, new_status_id,"
        " old_charge, new_charge, old_delinquent, new_delinquent, old_since, new_since, old_tip, new_tip)"
        " SELECT :change_set, s.account_id, s.last_entry_id, max(:at, s.changed_at), s.status_id,"
        f" {proposal.status}, s.monthly_charge, {proposal.charge}, s.delinquent, {proposal.delinquent},"
        f" s.since, {proposal.since}, s.tip, {proposal.tip} FROM {proposal.source}",
        {"change_set": change_set, "at": at, **proposal.parameters},
    )
    written = Written(before + 1, int(db.value("SELECT coalesce(max(id), 0) FROM entry")))
    db.run(
        "UPDATE account_state SET status_id = e.new_status_id, since = e.new_since, monthly_charge = e.new_charge,"
        " delinquent = e.new_delinquent, changed_at = e.effective_at, last_entry_id = e.id, tip = e.new_tip"
        " FROM entry e WHERE e.id BETWEEN ? AND ? AND e.account_id = account_state.account_id",
        (written.first, written.last),
    )
    return written


def dated(db: Database, written: Written, flows: tuple[Flow, ...], at: int) -> list[DatedFlows]:
    """Split the flows by the instant at which they take effect.

    That is `at` for all, unless the clock went back and some accounts keep the time of their step before.
    """
    latest = db.value(
        "SELECT max(effective_at) FROM entry WHERE id BETWEEN ? AND ?", (written.first, written.last)
    )
    if latest is None or latest == at:
        return [DatedFlows(at, flows)]
    parts: dict[int, list[Flow]] = defaultdict(list)
    for effective_at, *flow in db.rows(
        "SELECT effective_at, old_status_id, new_status_id, count(*), sum(old_charge), sum(new_charge)"
        " FROM entry WHERE id BETWEEN ? AND ? GROUP BY 1, 2, 3",
        (written.first, written.last),
    ):
        parts[effective_at].append(Flow(*flow))
    return [DatedFlows(effective_at, tuple(part)) for effective_at, part in sorted(parts.items())]


def take_back_fields(db: Database, first_entry: int, last_entry: int, written: Written) -> None:
    """Journal the plain fields of old entries the other way round, for the accounts that got a new entry."""
    db.run(
        "INSERT INTO field_change SELECT s.last_entry_id, f.field, f.new, f.old FROM field_change f"
        " JOIN entry e ON e.id = f.entry_id JOIN account_state s ON s.account_id = e.account_id"
        " WHERE f.entry_id BETWEEN ? AND ? AND s.last_entry_id BETWEEN ? AND ?",
        (first_entry, last_entry, written.first, written.last),
    )


def apply_fields(db: Database, written: Written) -> None:
    """Bring the accounts' plain fields to what the new entries' field changes say, and what searching sees."""
    span = (written.first, written.last)
    used = {
        name for (name,) in db.rows("SELECT DISTINCT field FROM field_change WHERE entry_id BETWEEN ? AND ?", span)
    }
    for name in PLAIN_FIELDS:
        if name in used:
            db.run(
                f"UPDATE account SET {name} = f.new FROM field_change f JOIN entry e ON e.id = f.entry_id"
                " WHERE f.entry_id BETWEEN ? AND ? AND f.field = ? AND account.id = e.account_id",
                (*span, name),
            )
    if used & set(SEARCHED_FIELDS):
        db.run(
            "UPDATE account SET search = search_text(number, name, phone, email, city, address) WHERE id IN"
            " (SELECT e.account_id FROM entry e WHERE e.id BETWEEN ? AND ?)",
            span,
        )


def close_and_open(db: Database, written: Written) -> None:
    """Free the numbers of accounts that the new entries closed, and take those of reopened ones again."""
    for closed, edge in ((1, "e.new_status_id IS NULL"), (0, "e.old_status_id IS NULL")):
        db.run(
            f"UPDATE account SET closed = {closed} FROM entry e WHERE e.id BETWEEN ? AND ?"
            f" AND {edge} AND account.id = e.account_id AND account.closed <> {closed}",
            (written.first, written.last),
        )
