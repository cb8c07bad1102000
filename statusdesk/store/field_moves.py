"""What changes bring along beside status and charge: plain fields, search text, and numbers taken or freed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.fields import FIELD, PLAIN_FIELDS, SEARCHED_FIELDS, Kind
from statusdesk.domain.folding import search_text

if TYPE_CHECKING:
    from statusdesk.store.database import Database
    from statusdesk.store.moves import Written

_SEEN_AT_ONCE = 1_000


def take_back_fields(db: Database, first_entry: int, last_entry: int, written: Written) -> None:
    """Journal the plain fields of old entries the other way round, for the accounts that got a new entry."""
    db.run(
        "INSERT INTO field_change SELECT s.last_entry_id, f.field, f.new, f.old FROM field_change f"
        " JOIN entry e ON e.id = f.entry_id JOIN account_state s ON s.account_id = e.account_id"
        " WHERE f.entry_id BETWEEN ? AND ? AND s.last_entry_id BETWEEN ? AND ?",
        (first_entry, last_entry, written.first, written.last),
    )


def journal_field(db: Database, written: Written, field: str, new: str) -> None:
    """Journal that a plain field of the new entries' accounts becomes one and the same text."""
    db.run(
        f"INSERT INTO field_change SELECT e.id, ?, a.{field}, ? FROM entry e JOIN account a ON a.id = e.account_id"
        f" WHERE e.id BETWEEN ? AND ? AND a.{field} <> ?",
        (field, new, written.first, written.last, new),
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
                f"UPDATE account SET {name} = {_as_kept(name)} FROM field_change f"
                " JOIN entry e ON e.id = f.entry_id"
                " WHERE f.entry_id BETWEEN ? AND ? AND f.field = ? AND account.id = e.account_id",
                (*span, name),
            )
    if used & set(SEARCHED_FIELDS):
        _see_anew(db, span)


def close_and_open(db: Database, written: Written) -> None:
    """Free the numbers of accounts that the new entries closed, and take those of reopened ones again."""
    for closed, edge in ((1, "e.new_status_id IS NULL"), (0, "e.old_status_id IS NULL")):
        db.run(
            f"UPDATE account SET closed = {closed} FROM entry e WHERE e.id BETWEEN ? AND ?"
            f" AND {edge} AND account.id = e.account_id AND account.closed <> {closed}",
            (written.first, written.last),
        )


def _as_kept(name: str) -> str:
    return "CAST(f.new AS INTEGER)" if FIELD[name].kind in (Kind.MONEY, Kind.COUNT) else "f.new"


def _see_anew(db: Database, span: tuple[int, int]) -> None:
    """Bring what searching sees of the accounts in a span of entries to what their fields say."""
    fields = ", ".join(f"a.{name}" for name in ("number", "name", "phone", "email", "city", "address"))
    seen = db.run(
        f"SELECT a.id, {fields} FROM account a WHERE a.id IN"
        " (SELECT e.account_id FROM entry e WHERE e.id BETWEEN ? AND ?)",
        span,
    )
    while some := seen.fetchmany(_SEEN_AT_ONCE):
        db.run(
            f"UPDATE account SET search = v.column2 FROM (VALUES {', '.join(['(?, ?)'] * len(some))}) v"
            " WHERE account.id = v.column1",
            [value for account_id, *texts in some for value in (account_id, search_text(*texts))],
        )
