"""Accounts on record: pages of a list, single ones, and the making of new ones."""

from __future__ import annotations

import json
from array import array
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.errors import Cancelled
from statusdesk.domain.fields import FIELDS, PLAIN_FIELDS, SEARCHED_FIELDS, Kind
from statusdesk.domain.folding import search_text
from statusdesk.domain.records import STAGES, Account, AccountFields
from statusdesk.store.selections import matching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from statusdesk.domain.changes import Matching, Selection
    from statusdesk.store.database import Database

HEAD = 1_000
"""How many ids are handed out before the rest is known."""

_COLUMN = {
    "status": "s.status_id",
    "status_since": "s.since",
    "monthly_charge": "s.monthly_charge",
    "delinquent": "s.delinquent",
    "planned_for": (
        "(SELECT min(p.due_at) FROM plan p WHERE p.account_id = a.id AND +p.state IN ('pending', 'flagged'))"
    ),
    **{name: f"a.{name}" for name in PLAIN_FIELDS},
}
_RECORD_FIELDS = tuple("status" if name == "status_id" else name for name in Account._fields if name != "id")
_SELECT = f"SELECT a.id, {', '.join(_COLUMN[name] for name in _RECORD_FIELDS)}"
_VALUES = ", ".join(_COLUMN[field.name] for field in FIELDS)
_FROM = "FROM account a JOIN account_state s ON s.account_id = a.id"
_BY_NUMBER = "a.closed = 0 AND {} ORDER BY a.number"
_FLAG_PLACE = 1 + _RECORD_FIELDS.index("delinquent")
_TEXTS = frozenset(name for name in PLAIN_FIELDS if name not in ("balance_due", "install_attempts"))
_DATES = frozenset(field.name for field in FIELDS if field.kind is Kind.DATE)
_BLANK: dict[str, object] = {name: "" if name in _TEXTS else 0 for name in PLAIN_FIELDS}


def _account(row: tuple[Any, ...]) -> Account:
    values = list(row)
    values[_FLAG_PLACE] = bool(row[_FLAG_PLACE])
    return Account(*values)


def order_by(sort: str, *, descending: bool) -> str:
    """Return the ORDER BY terms for a field's name; equal ones come by number.

    Statuses are in people's order. Texts go without regard to case and accents, empty ones last either way.
    """
    way = "DESC" if descending else "ASC"
    if sort == "status":
        return f"{stage_rank('o.stage')} {way}, o.position {way}, o.id {way}, a.number"
    column = _COLUMN[sort]
    if sort == "number":
        return f"{column} {way}"
    if sort in _TEXTS:
        return f"{is_blank(sort)}, {sort_key(sort)} {way}, a.number"
    return f"{column} {way}, a.number"


def is_blank(sort: str) -> str:
    """Return an SQL expression that is 1 where a text field is empty, else 0."""
    return f"CASE WHEN {_COLUMN[sort]} = '' THEN 1 ELSE 0 END"


def sort_key(sort: str) -> str:
    """Return an SQL expression that equal ones in a field's order share; empty ones have an empty text.

    The engine folds plain texts by itself: asking Python for each of a million takes many seconds.
    """
    column = _COLUMN[sort]
    if sort == "number" or sort in _DATES or sort not in _TEXTS:
        return column
    return (
        f"CASE WHEN length({column}) = length(CAST({column} AS BLOB)) THEN lower({column}) ELSE fold({column}) END"
    )


def stage_rank(column: str) -> str:
    """Return an SQL expression for the place of a stage in the lists."""
    cases = " ".join(f"WHEN '{stage.value}' THEN {place}" for place, stage in enumerate(STAGES))
    return f"CASE {column} {cases} END"


class Accounts:
    """The open accounts of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, account_id: int) -> Account | None:
        """Return one open account, or None."""
        found = self.page([account_id])
        return found[0] if found else None

    def by_number(self, number: str) -> Account | None:
        """Return the open account with exactly this number, or None."""
        row = self._db.run(f"{_SELECT} {_FROM} WHERE a.number = ? AND a.closed = 0", (number,)).fetchone()
        return _account(row) if row else None

    def page(self, ids: Sequence[int]) -> list[Account]:
        """Return these accounts in this order; closed ones are left out."""
        rows = self._db.rows(
            f"{_SELECT} {_FROM} WHERE a.id IN (SELECT value FROM json_each(?)) AND s.status_id IS NOT NULL",
            (json.dumps(list(ids)),),
        )
        found = {row[0]: _account(row) for row in rows}
        return [found[account_id] for account_id in ids if account_id in found]

    def ids(
        self,
        selection: Matching,
        *,
        sort: str = "number",
        descending: bool = False,
        first: Callable[[array[int]], None] | None = None,
    ) -> array[int]:
        """Return the ids of all matching accounts in the order of one field.

        Where there are more than a thousand, `first` gets the first thousand as soon as they are known. Raises
        `Cancelled` when another thread called `interrupt` meanwhile.
        """
        where, parameters = matching(selection)
        joined = " JOIN status o ON o.id = s.status_id" if sort == "status" else ""
        order = order_by(sort, descending=descending)
        query = f"SELECT a.id {_FROM}{joined} WHERE a.closed = 0 AND {where} ORDER BY {order}"
        try:
            return self._collect(query, parameters, first)
        except self._db.errors as error:
            if self._db.was_interrupted(error):
                raise Cancelled from None
            raise

    def _collect(
        self, query: str, parameters: list[object], first: Callable[[array[int]], None] | None
    ) -> array[int]:
        with closing(self._db.run(query, parameters)) as cursor:
            found = array("q", (row[0] for row in cursor.fetchmany(HEAD)))
            if len(found) == HEAD and first is not None:
                first(found[:])
            found.extend(row[0] for row in cursor)
        return found

    def interrupt(self) -> None:
        """Stop the query that another thread runs on this connection, if there is one."""
        self._db.interrupt()

    def statuses_of(self, ids: Iterable[int]) -> dict[int, int]:
        """Return the statuses of these accounts by account id; closed ones are left out."""
        rows = self._db.rows(
            "SELECT s.account_id, s.status_id FROM json_each(?) j CROSS JOIN account_state s"
            " ON s.account_id = j.value WHERE s.status_id IS NOT NULL",
            (json.dumps(list(ids)),),
        )
        return dict(rows)

    def each(self, selection: Matching) -> Iterator[Account]:
        """Yield all matching accounts, by number, without holding them all in memory."""
        where, parameters = matching(selection)
        for row in self._db.run(f"{_SELECT} {_FROM} WHERE {_BY_NUMBER.format(where)}", parameters):
            yield _account(row)

    def values(self, selection: Selection) -> Iterator[tuple[Any, ...]]:
        """Yield what the store has for each of `FIELDS`, by number or in the order of the ids; not all at once.

        Statuses come as ids, flags as 0 and 1. For a million accounts this is much quicker than `each`.
        """
        if isinstance(selection, AccountIds):
            for start in range(0, len(selection.ids), HEAD):
                yield from self._values_of(selection.ids[start : start + HEAD])
        else:
            where, parameters = matching(selection)
            yield from self._db.run(f"SELECT {_VALUES} {_FROM} WHERE {_BY_NUMBER.format(where)}", parameters)

    def _values_of(self, ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        yield from self._db.run(
            f"SELECT {_VALUES} FROM json_each(?) j CROSS JOIN account a ON a.id = j.value"
            " CROSS JOIN account_state s ON s.account_id = a.id WHERE s.status_id IS NOT NULL ORDER BY j.key",
            (json.dumps(list(ids)),),
        )

    def count(self, selection: Matching) -> int:
        """Count the matching accounts."""
        where, parameters = matching(selection)
        return int(self._db.value(f"SELECT count(*) {_FROM} WHERE {where}", parameters))

    def insert(self, values: AccountFields) -> int:
        """Put a new account on record, closed until a journal entry opens it, and return its id."""
        columns = {**_BLANK, **{name: value for name, value in values.items() if name in _BLANK}}
        search = search_text(*(str(columns[name]) for name in SEARCHED_FIELDS))
        names = (*columns, "search", "closed")
        account_id = int(
            self._db.value(
                f"INSERT INTO account ({', '.join(names)}) VALUES ({', '.join('?' for _ in names)}) RETURNING id",
                (*columns.values(), search, 0),
            )
        )
        self._db.run(
            "INSERT INTO account_state VALUES (?, NULL, 0, ?, ?, 0, NULL, 0)",
            (account_id, values.get("monthly_charge", 0), values.get("delinquent", False)),
        )
        return account_id


class Staged(NamedTuple):
    """What one account is to become; `since` (UTC milliseconds) only where a person says it."""

    account_id: int
    status_id: int | None
    monthly_charge: int
    delinquent: bool
    since: int | None = None


PROPOSAL = (
    "CREATE TEMP TABLE IF NOT EXISTS proposal (account_id INTEGER NOT NULL PRIMARY KEY, status_id INTEGER,"
    " monthly_charge INTEGER NOT NULL, delinquent INTEGER NOT NULL, since INTEGER)"
)
"""Makes the table in which a coming change of many accounts is set down, one row for each."""


def stage(db: Database, staged: Staged) -> None:
    """Put a coming change of one account into `temp.proposal`."""
    db.run(PROPOSAL)
    db.run("DELETE FROM temp.proposal")
    db.run("INSERT INTO temp.proposal VALUES (?, ?, ?, ?, ?)", staged)


def stage_fields(db: Database, entry_id: int, changes: Mapping[str, tuple[str, str]]) -> None:
    """Journal one account's plain fields, old and new, under its new entry."""
    db.run_many(
        "INSERT INTO field_change VALUES (?, ?, ?, ?)",
        [(entry_id, name, old, new) for name, (old, new) in changes.items()],
    )
