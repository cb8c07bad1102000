"""In which group of a report an account is, before and after each entry: filtered and split by what it was then.

The journal has the old value of a field under the entry that changed it. So the value at a moment is the old one
of the first change from there on, or else the present one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from statusdesk.domain.scopes import ALL, Dimension, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statusdesk.store.database import Database

ONE_GROUP = ""
"""The name of the group where a report is not split: all accounts in its scope."""

_WAS = """
CREATE TEMP TABLE report_was_{name} (account_id INTEGER NOT NULL, entry_id INTEGER NOT NULL, old TEXT NOT NULL,
    PRIMARY KEY (account_id, entry_id)) WITHOUT ROWID
"""
_WAS_FILLED = """
INSERT INTO temp.report_was_{name} SELECT e.account_id, e.id, f.old FROM field_change f
JOIN entry e ON e.id = f.entry_id WHERE f.entry_id >= ? AND f.field = ?
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A scope, and the field by which it is split, if any."""

    scope: Scope = ALL
    split: Dimension | None = None

    @property
    def plain(self) -> bool:
        """True where every account is in the one group there is."""
        return self.scope == ALL and self.split is None

    @property
    def dimensions(self) -> Sequence[Dimension]:
        """The fields of accounts that have to be known."""
        limited = {dimension for dimension, _ in self.scope.limits()}
        return [dimension for dimension in Dimension if dimension in limited or dimension is self.split]


EVERYTHING = Question()
"""All accounts, as one group."""


@dataclass(slots=True)
class Groups:
    """SQL that names the group of an account `a`, and the parameters that it needs (by name)."""

    question: Question
    parameters: dict[str, object] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    changing: set[str] = field(default_factory=set)
    source: str = "account"

    def join(self, account_id: str) -> str:
        """Return the join that brings `account a` along, where it is needed."""
        needed = self.fields or not self.question.plain
        return f" CROSS JOIN {self.source} a ON a.id = {account_id}" if needed else ""

    def hold(self, db: Database) -> None:
        """Keep the fields asked for in memory, for many looks: an account has many more."""
        names = (*self.question.dimensions, *self.fields)
        if names:
            self.source = "temp.report_now"
            columns = "".join(f", {name} TEXT NOT NULL" for name in names)
            db.run("DROP TABLE IF EXISTS temp.report_now")
            db.run(f"CREATE TEMP TABLE report_now (id INTEGER NOT NULL PRIMARY KEY{columns})")
            db.run(f"INSERT INTO temp.report_now SELECT id, {', '.join(names)} FROM account")

    def group(self, status: str, since_entry: str | None = None) -> str:
        """Return an expression for the group before the entry `since_entry` (or NULL; None: as it is now).

        It is NULL out of scope, and where `status` is: the account was not there.
        """
        conditions = [f"{status} IS NOT NULL"]
        for dimension, _ in self.question.scope.limits():
            conditions.append(
                f"{self.value(dimension, since_entry)} IN (SELECT atom FROM json_each(:in_{dimension}))"
            )
        split = self.question.split
        name = f"'{ONE_GROUP}'" if split is None else self.value(split, since_entry)
        return f"CASE WHEN {' AND '.join(conditions)} THEN {name} END"

    def value(self, dimension: str, since_entry: str | None) -> str:
        """Return an expression for one of the fields asked for, before the entry `since_entry` or as it is now."""
        if since_entry is None or dimension not in self.changing:
            return f"a.{dimension}"
        return (
            f"coalesce((SELECT w.old FROM temp.report_was_{dimension} w WHERE w.account_id = a.id"
            f" AND w.entry_id >= {since_entry} ORDER BY w.entry_id LIMIT 1), a.{dimension})"
        )


def groups(
    db: Database, question: Question, first_entry: int | None = None, *, fields: tuple[str, ...] = ()
) -> Groups:
    """Prepare to tell groups, and other plain fields, from the entry `first_entry` on; None: as they are now."""
    limits: dict[str, object] = {
        f"in_{name}": json.dumps(sorted(values)) for name, values in question.scope.limits()
    }
    found = Groups(question, limits, fields)
    if first_entry is not None:
        for name in (*question.dimensions, *fields):
            if _set_down(db, name, first_entry):
                found.changing.add(name)
    return found


def _set_down(db: Database, name: str, first_entry: int) -> bool:
    """Put the changes of a field since an entry into a table of its own; say whether there are any."""
    db.run(f"DROP TABLE IF EXISTS temp.report_was_{name}")
    db.run(_WAS.format(name=name))
    db.run(_WAS_FILLED.format(name=name), (first_entry, str(name)))
    return db.value(f"SELECT 1 FROM temp.report_was_{name} LIMIT 1") is not None
