"""Accounts that wait for the office, and the steps of the journal that tell what came of earlier ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from statusdesk.store.database import Database

_WHO = "s.account_id, a.number, iif(a.name = '', a.number, a.name)"
_FROM = (
    " FROM account_state s CROSS JOIN account a ON a.id = s.account_id"
    " WHERE s.status_id IN (SELECT value FROM json_each(?))"
)
_LAST_WITH = """
WITH RECURSIVE chain (account_id, id) AS (
    SELECT s.account_id, s.last_entry_id FROM account_state s CROSS JOIN account a ON a.id = s.account_id
    WHERE s.status_id IN (SELECT value FROM json_each(?1)) AND a.install_attempts > 0
    UNION ALL
    SELECT c.account_id, e.previous_id FROM chain c CROSS JOIN entry e ON e.id = c.id
    WHERE e.previous_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM field_change f WHERE f.entry_id = c.id AND f.field = 'install_attempts'))
SELECT c.account_id, x.reason FROM chain c CROSS JOIN field_change f ON f.entry_id = c.id
    AND f.field = 'install_attempts' CROSS JOIN entry e ON e.id = c.id
    CROSS JOIN change_set x ON x.id = e.change_set_id
"""
_LAST_CHARGE = """
WITH RECURSIVE chain (account_id, id) AS (
    SELECT s.account_id, s.last_entry_id FROM account_state s
    WHERE s.status_id IN (SELECT value FROM json_each(?1))
    UNION ALL
    SELECT c.account_id, e.previous_id FROM chain c CROSS JOIN entry e ON e.id = c.id
    WHERE e.previous_id IS NOT NULL
    AND (e.old_status_id IS NULL OR e.old_status_id NOT IN (SELECT value FROM json_each(?2))))
SELECT c.account_id, e.old_charge FROM chain c CROSS JOIN entry e ON e.id = c.id
WHERE e.old_status_id IN (SELECT value FROM json_each(?2))
"""
_STEPS = """
SELECT e.id, e.account_id, e.effective_at, e.change_set_id, x.reverts_id, x.kind = 'undo', e.old_status_id,
    e.new_status_id
FROM entry e CROSS JOIN change_set x ON x.id = e.change_set_id
WHERE e.old_status_id IS NOT e.new_status_id AND (
    e.old_status_id IN (SELECT value FROM json_each(?1)) OR e.new_status_id IN (SELECT value FROM json_each(?1)))
ORDER BY e.id
"""


class Step(NamedTuple):
    """An account that goes from one status to another (None: it is made, or closed), as the journal has it.

    `reverts` is the change set that this one took back, if any; `undone` says that it did so by an undo.
    """

    entry_id: int
    account_id: int
    at: int
    change_set: int
    reverts: int | None
    undone: bool
    old: int | None
    new: int | None


def installs(
    db: Database, status_ids: Collection[int]
) -> list[tuple[int, str, str, str, str, str, int, int, int, str, int]]:
    """Return the accounts of some statuses, as `Install` begins."""
    columns = (
        "a.address, a.city, a.phone, s.status_id, s.since, s.monthly_charge, a.install_on, a.install_attempts"
    )
    return db.rows(f"SELECT {_WHO}, {columns}{_FROM} ORDER BY a.install_on, a.number", (_json(status_ids),))


def install_days(db: Database, status_ids: Collection[int]) -> list[tuple[str, int, int]]:
    """Count the accounts of some statuses by install day and status."""
    return db.rows(f"SELECT a.install_on, s.status_id, count(*){_FROM} GROUP BY 1, 2", (_json(status_ids),))


def failed_because(db: Database, status_ids: Collection[int]) -> dict[int, str]:
    """Return, by account, the reason of the last change of its attempts, where it has any."""
    return dict(db.rows(_LAST_WITH, (_json(status_ids),)))


def ended(db: Database, status_ids: Collection[int]) -> list[tuple[int, str, str, str, str, int, int, str, str]]:
    """Return the accounts of some statuses, as `Winback` begins."""
    columns = "a.city, a.phone, s.status_id, s.since, a.disconnect_reason, a.next_contact_on"
    return db.rows(f"SELECT {_WHO}, {columns}{_FROM}", (_json(status_ids),))


def ended_days(db: Database, status_ids: Collection[int], before: int) -> list[tuple[str, int, int]]:
    """Count the accounts of some statuses by day of contact, and whether they came there before an instant."""
    return db.rows(
        "SELECT a.next_contact_on, s.since < ?2, count(*) FROM account_state s"
        " CROSS JOIN account a ON a.id = s.account_id"
        " WHERE s.status_id IN (SELECT value FROM json_each(?1)) GROUP BY 1, 2",
        (_json(status_ids), before),
    )


def last_charges(db: Database, status_ids: Collection[int], activating: Collection[int]) -> dict[int, int]:
    """Return, by account of some statuses, the charge (minor units a month) with which it last was activating."""
    return dict(db.rows(_LAST_CHARGE, (_json(status_ids), _json(activating))))


def leads(
    db: Database, status_ids: Collection[int]
) -> list[tuple[int, str, str, str, str, int, int, int, str, str]]:
    """Return the accounts of some statuses, as `Lead` has them, the newest first."""
    columns = "a.city, a.phone, s.status_id, s.since, s.monthly_charge, a.lead_source, a.first_contact_on"
    return db.rows(f"SELECT {_WHO}, {columns}{_FROM} ORDER BY s.since DESC, a.number", (_json(status_ids),))


def lead_counts(db: Database, status_ids: Collection[int]) -> tuple[int, int]:
    """Count the accounts of some statuses: those without a first contact, and those with one."""
    new = "count(*) FILTER (WHERE a.first_contact_on = '')"
    ((first, second),) = db.rows(f"SELECT {new}, count(a.id){_FROM}", (_json(status_ids),))
    return first, second - first


def steps(db: Database, status_ids: Collection[int]) -> Iterator[Step]:
    """Yield who came into some statuses and who left them, in the order of the journal."""
    yield from map(Step._make, db.run(_STEPS, (_json(status_ids),)))


def field_steps(db: Database, name: str) -> list[tuple[int, int, str]]:
    """Return entry, account and new value of each change of a plain field, in the order of the journal."""
    return db.rows(
        "SELECT f.entry_id, e.account_id, f.new FROM field_change f CROSS JOIN entry e ON e.id = f.entry_id"
        " WHERE f.field = ? ORDER BY f.entry_id",
        (name,),
    )


def values_of(db: Database, name: str) -> dict[int, str]:
    """Return the plain text field of each account, closed ones too, but for empty ones."""
    return dict(db.rows(f"SELECT a.id, a.{name} FROM account a WHERE a.{name} <> ''"))


def _json(ids: Collection[int]) -> str:
    return json.dumps(sorted(ids))
