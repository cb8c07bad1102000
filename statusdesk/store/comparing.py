"""What differs between an opened database and another file of the same origin: a backup, or a rehearsal copy."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import peewee

from statusdesk.domain.changes import Flow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from statusdesk.store.database import Database

_COMMON = """
SELECT max(c.id) FROM main.change_set c JOIN there.change_set t
    ON t.id = c.id AND t.recorded_at = c.recorded_at AND t.author = c.author AND t.kind = c.kind
"""
_FLOWS = """
SELECT -h.status_id, t.status_id, count(*), sum(h.monthly_charge), sum(t.monthly_charge)
FROM main.account_state h JOIN there.account_state t ON t.account_id = h.account_id
LEFT JOIN main.status hs ON hs.id = h.status_id LEFT JOIN there.status ts ON ts.id = t.status_id
WHERE h.status_id IS NOT t.status_id OR h.monthly_charge <> t.monthly_charge OR hs.activates <> ts.activates
GROUP BY 1, 2
UNION ALL
SELECT -status_id, NULL, count(*), sum(monthly_charge), 0 FROM main.account_state
WHERE status_id IS NOT NULL AND account_id NOT IN (SELECT account_id FROM there.account_state) GROUP BY 1
UNION ALL
SELECT NULL, status_id, count(*), 0, sum(monthly_charge) FROM there.account_state
WHERE status_id IS NOT NULL AND account_id NOT IN (SELECT account_id FROM main.account_state) GROUP BY 2
"""
_SINCE = """
SELECT (SELECT count(*) FROM {side}.change_set WHERE id > :id),
    (SELECT count(DISTINCT account_id) FROM {side}.entry WHERE id > coalesce(
        (SELECT max(last_entry_id) FROM {side}.change_set WHERE id <= :id), 0)),
    (SELECT count(DISTINCT status_id) FROM {side}.status_change WHERE change_set_id > :id)
"""


@dataclass(frozen=True, slots=True)
class Since:
    """What one of two databases has that the other has not: change sets, accounts and statuses they changed."""

    change_sets: int
    accounts: int
    statuses: int


class Comparison:
    """Questions about the opened database (*here*) and the other file (*there*), while both stand side by side."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.common = int(db.value(_COMMON) or 0)
        """The newest change set that both have; 0 if they are not of one origin."""

    def since(self, side: str) -> Since:
        """Return what came after the common change set; `side` is "main" for here or "there"."""
        return Since(*self._db.rows(_SINCE.format(side=side), {"id": self.common})[0])

    def flows(self) -> tuple[Flow, ...]:
        """Return what becomes of the accounts where here turns into there.

        Old statuses are given by their ids below zero, because a status may do something else there.
        """
        return tuple(Flow(old or None, new, *rest) for old, new, *rest in self._db.rows(_FLOWS))


@contextmanager
def beside(db: Database, other: Path) -> Iterator[Comparison]:
    """Put another file beside the opened one, for reading only, and take it away again."""
    with db.explained():
        db.run("ATTACH ? AS there", (f"{other.absolute().as_uri()}?mode=ro",))
        try:
            with db.snapshot():
                yield Comparison(db)
        finally:
            with suppress(peewee.DatabaseError, sqlite3.Error):
                db.run("DETACH there")
