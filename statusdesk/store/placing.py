"""Accounts that are given something, wherever they are: who of the selection changes by it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from statusdesk.store.accounts import PROPOSAL
from statusdesk.store.field_moves import apply_fields

if TYPE_CHECKING:
    from collections.abc import Collection

    from statusdesk.store.database import Database
    from statusdesk.store.moves import Written


def propose_field(db: Database, name: str, value: object) -> None:
    """Set down in `temp.proposal` those of `temp.selection` whose field has another value; they stay in place."""
    _propose(db, "s.status_id", f"a.{name} <> ?1", value)


def propose_all(db: Database, status_id: int | None) -> None:
    """Set down in `temp.proposal` all of `temp.selection`, to come into a status (None: to stay in theirs)."""
    _propose(db, "coalesce(?1, s.status_id)", "1 = 1", status_id)


def _propose(db: Database, status: str, condition: str, value: object) -> None:
    db.run(PROPOSAL)
    db.run("DELETE FROM temp.proposal")
    db.run(
        f"INSERT INTO temp.proposal SELECT s.account_id, {status}, s.monthly_charge, s.delinquent, NULL"
        " FROM temp.selection x CROSS JOIN account_state s ON s.account_id = x.account_id"
        f" CROSS JOIN account a ON a.id = x.account_id WHERE {condition}",
        (value,),
    )


def drop_in(db: Database, status_ids: Collection[int]) -> int:
    """Leave the accounts of some statuses out of `temp.selection`; return how many."""
    db.run(
        "DELETE FROM temp.selection WHERE account_id IN (SELECT s.account_id FROM temp.selection x"
        " CROSS JOIN account_state s ON s.account_id = x.account_id"
        " WHERE s.status_id IN (SELECT value FROM json_each(?)))",
        (json.dumps(sorted(status_ids)),),
    )
    return db.last_change


def outside(db: Database, status_ids: Collection[int]) -> list[str]:
    """Return the numbers of those of `temp.selection` that are in none of these statuses; the first eleven."""
    rows = db.rows(
        "SELECT a.number FROM temp.selection x CROSS JOIN account_state s ON s.account_id = x.account_id"
        " CROSS JOIN account a ON a.id = x.account_id"
        " WHERE s.status_id NOT IN (SELECT value FROM json_each(?)) ORDER BY a.number LIMIT 11",
        (json.dumps(sorted(status_ids)),),
    )
    return [number for (number,) in rows]


def count_attempt(db: Database, written: Written) -> None:
    """Count one more attempt to install for each account of the new entries."""
    db.run(
        "INSERT INTO field_change SELECT e.id, 'install_attempts', CAST(a.install_attempts AS TEXT),"
        " CAST(a.install_attempts + 1 AS TEXT) FROM entry e CROSS JOIN account a ON a.id = e.account_id"
        " WHERE e.id BETWEEN ? AND ?",
        (written.first, written.last),
    )
    apply_fields(db, written)
