"""What was done to a copy since it was made: which accounts and statuses ended otherwise than they began."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from statusdesk.domain.fields import PLAIN_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from statusdesk.store.database import Database

FIELDS = ("number", "status", "monthly_charge", "delinquent", *(name for name in PLAIN_FIELDS if name != "number"))
"""The fields of an account that are taken over, as a row of an import has them."""

_CHANGED = f"""
SELECT a.id, first.old_status_id IS NULL, s.status_id IS NULL, s.status_id IS NOT first.old_status_id,
    s.monthly_charge <> first.old_charge, s.delinquent <> first.old_delinquent,
    a.number, s.status_id, s.monthly_charge, s.delinquent, {", ".join(f"a.{name}" for name in FIELDS[4:])}
FROM (SELECT account_id, min(id) AS id FROM entry WHERE id > :entry GROUP BY account_id) x
JOIN entry first ON first.id = x.id JOIN account a ON a.id = x.account_id
JOIN account_state s ON s.account_id = x.account_id ORDER BY a.id
"""
_FIELDS = """
SELECT e.account_id, f.field FROM field_change f JOIN entry e ON e.id = f.entry_id
WHERE f.entry_id > ? GROUP BY 1, 2
"""
_KINDS: Final = """
SELECT c.kind, count(*) FROM change_set c WHERE c.id > ? AND c.kind NOT IN ('undo', 'redo')
AND NOT EXISTS (SELECT 1 FROM change_set u WHERE u.reverts_id = c.id
    AND NOT EXISTS (SELECT 1 FROM change_set r WHERE r.reverts_id = u.id))
GROUP BY c.kind
"""


@dataclass(frozen=True, slots=True)
class ChangedAccount:
    """An account that the copy changed: whether it was made or closed there, and its row; None where nothing was.

    `renumbered` says that its number was changed, which is not taken over.
    """

    id: int
    made: bool
    closed: bool
    renumbered: bool
    row: tuple[object, ...]


def newest_entry(db: Database, change_set: int) -> int:
    """Return the newest journal entry up to a change set."""
    return int(db.value("SELECT coalesce(max(last_entry_id), 0) FROM change_set WHERE id <= ?", (change_set,)))


def touched_accounts(db: Database, entry: int) -> dict[int, str]:
    """Return the accounts with entries beyond that one, and their numbers."""
    rows = db.rows(
        "SELECT id, number FROM account WHERE id IN (SELECT account_id FROM entry WHERE id > ?)", (entry,)
    )
    return dict(rows)


def changed_accounts(db: Database, entry: int) -> Iterator[ChangedAccount]:
    """Yield the accounts that were changed beyond a journal entry."""
    fields: dict[int, set[str]] = defaultdict(set)
    for account_id, name in db.rows(_FIELDS, (entry,)):
        fields[account_id].add(name)
    for account_id, made, closed, moved, charged, marked, number, *values in db.run(_CHANGED, {"entry": entry}):
        touched = fields.get(account_id, set())
        known = (moved, charged, marked, *(name in touched for name in FIELDS[4:]))
        row = (number, *(value if made or changed else None for value, changed in zip(values, known, strict=True)))
        renumbered = not made and "number" in touched
        yield ChangedAccount(account_id, bool(made), bool(closed), renumbered, row)


def changed_statuses(db: Database, change_set: int) -> Mapping[int, set[str]]:
    """Return by status which of its fields were changed after a change set; "deleted" stands for made as well."""
    fields: dict[int, set[str]] = defaultdict(set)
    for status_id, name in db.rows(
        "SELECT DISTINCT status_id, field FROM status_change WHERE change_set_id > ?", (change_set,)
    ):
        fields[status_id].add(name)
    return fields


def made_statuses(db: Database, change_set: int) -> set[int]:
    """Return the statuses that were made after a change set."""
    rows = db.rows(
        "SELECT status_id FROM status_change WHERE change_set_id > ? AND field = 'deleted' AND old = '1'"
        " AND status_id NOT IN (SELECT status_id FROM status_change WHERE change_set_id <= ?)",
        (change_set, change_set),
    )
    return {status_id for (status_id,) in rows}


def kinds_since(db: Database, base: int) -> dict[str, int]:
    """Return how many change sets of each kind stand that came after the change set `base`."""
    return dict(db.rows(_KINDS, (base,)))
