"""Carries every row of a database into a new one on the other engine, and compares them row by row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from statusdesk.domain.store_errors import Damaged
from statusdesk.store.migrations import first_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from statusdesk.store.database import Database

    Tell = Callable[[str, int], None]

BLOCK: Final = 2_000
"""Rows that are read and written at once."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, its columns, and those of its primary key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def all_rows(self) -> str:
        """The query for all rows, in the order of the key."""
        return f"SELECT {', '.join(self.columns)} FROM {self.name} ORDER BY {', '.join(self.key)}"


def tables() -> list[Table]:
    """Return the tables of the present schema, each after those that it refers to."""
    with closing(sqlite3.connect(":memory:")) as made:
        first_tables(lambda sql, _=(): made.execute(sql))
        names = [
            name
            for (name,) in made.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid"
            )
        ]
        return [_table(made, name) for name in names]


def _table(made: sqlite3.Connection, name: str) -> Table:
    columns = made.execute(f"PRAGMA table_info({name})").fetchall()
    keys = sorted((place, column) for _, column, *_, place in columns if place)
    return Table(name, tuple(column for _, column, *_ in columns), tuple(column for _, column in keys))


def carry(source: Database, target: Database, tell: Tell = lambda _table, _rows: None) -> dict[str, int]:
    """Copy all rows into a database that has the tables and no rows; return how many, by table.

    Within a snapshot of the one and a transaction of the other. `tell` hears of each table and may raise.
    Raises `Damaged` where the copy is not what was copied.
    """
    counts: dict[str, int] = {}
    for table in tables():
        counts[table.name] = _carry(source, target, table)
        tell(table.name, counts[table.name])
    for table in tables():
        _compare(source, target, table)
    return counts


def _carry(source: Database, target: Database, table: Table) -> int:
    count = 0
    for rows in source.blocks(table.all_rows, BLOCK):
        count += len(rows)
        target.pour(table.name, table.columns, rows)
    return count


def _compare(source: Database, target: Database, table: Table) -> None:
    """Read both again and raise `Damaged` at the first row that differs."""
    for ours, theirs in zip_longest(_each(source, table), _each(target, table)):
        if ours != theirs:
            raise Damaged(
                path=target.place, reason=f"the copy of the table {table.name} differs from what it is of"
            )


def _each(db: Database, table: Table) -> Iterator[tuple[object, ...]]:
    for rows in db.blocks(table.all_rows, BLOCK):
        yield from map(tuple, rows)
