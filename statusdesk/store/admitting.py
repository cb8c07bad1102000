"""What the rules of a status ask of the accounts that are about to come into it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from statusdesk.domain.admission import ASKED_FIELDS
from statusdesk.store.field_moves import apply_fields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from statusdesk.store.database import Database
    from statusdesk.store.moves import Written


def by_status(db: Database) -> dict[int, int]:
    """Count the accounts in `temp.selection` by their status."""
    rows = db.rows(
        "SELECT s.status_id, count(*) FROM temp.selection x"
        " CROSS JOIN account_state s ON s.account_id = x.account_id GROUP BY 1"
    )
    return dict(rows)


def required_fields(db: Database) -> tuple[str, ...]:
    """Return the fields of accounts that any status requires."""
    rows = db.rows("SELECT required FROM status WHERE required <> '' AND deleted = 0")
    names = {name for (text,) in rows for name in text.split()}
    return tuple(name for name in ASKED_FIELDS if name in names)


def lacking(db: Database, fields: Collection[str], staying: Collection[int]) -> frozenset[str]:
    """Return the fields that some account in `temp.selection` has empty, leaving aside those in some statuses."""
    if not fields:
        return frozenset()
    row = db.rows(
        f"SELECT {', '.join(f'count(*) FILTER (WHERE a.{name} = ?2)' for name in fields)} FROM temp.selection x"
        " CROSS JOIN account_state s ON s.account_id = x.account_id CROSS JOIN account a ON a.id = x.account_id"
        " WHERE s.status_id NOT IN (SELECT value FROM json_each(?1))",
        (json.dumps(sorted(staying)), ""),
    )[0]
    return frozenset(name for name, count in zip(fields, row, strict=True) if count)


def lacking_of(db: Database, account_ids: Iterable[int], fields: Collection[str]) -> dict[int, frozenset[str]]:
    """Return the empty ones among these fields by account; accounts that have them all are left out."""
    if not fields:
        return {}
    rows = db.rows(
        f"SELECT a.id, {', '.join(f'a.{name} = ?2' for name in fields)} FROM account a"
        " WHERE a.id IN (SELECT value FROM json_each(?1))",
        (json.dumps(sorted(account_ids)), ""),
    )
    found = ((row[0], zip(fields, row[1:], strict=True)) for row in rows)
    by_account = ((account_id, frozenset(name for name, empty in of if empty)) for account_id, of in found)
    return {account_id: names for account_id, names in by_account if names}


def give(db: Database, written: Written, values: Mapping[str, object], *, instead: bool = False) -> None:
    """Give the accounts of new entries these fields: those that have none, or `instead` of what they have."""
    if not written.count or not values:
        return
    for name, value in values.items():
        db.run(
            f"INSERT INTO field_change SELECT e.id, ?1, CAST(a.{name} AS TEXT), ?2 FROM entry e"
            f" CROSS JOIN account a ON a.id = e.account_id WHERE e.id BETWEEN ?3 AND ?4"
            f" AND a.{name} {'<> ?2' if instead else '= ?5 AND ?2 <> ?5'}",
            (name, value, written.first, written.last, "")[: 4 if instead else 5],
        )
    apply_fields(db, written)
