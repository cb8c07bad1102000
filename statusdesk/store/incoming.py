"""The rows of an import, batch by batch: set down beside the accounts, then merged with them by a few statements.

A batch is small enough to stay in the engine's memory, so a million rows cost a million times what one costs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import NamedTuple

from statusdesk.domain.fields import FIELD, PLAIN_FIELDS, SEARCHED_FIELDS, Kind
from statusdesk.domain.folding import search_texts
from statusdesk.store.accounts import PROPOSAL
from statusdesk.store.database import Database
from statusdesk.store.moves import Proposal, Written, id_spans

IncomingRow = tuple[int, tuple[object, ...]]
"""A row of a file: its line, and its values in the order of the fields."""


class IncomingRows(NamedTuple):
    """Some hundred rows of a file: their lines, and their values by field, each field's in the order of the lines.

    Larger ones outgrow the processor's cache, and what one statement may be given.
    """

    lines: Sequence[int]
    columns: Sequence[Sequence[object]]


def together(rows: Iterable[IncomingRow]) -> Iterator[IncomingRows]:
    """Yield single rows as blocks."""
    remaining = iter(rows)
    while some := list(islice(remaining, _ROWS_AT_ONCE)):
        lines, values = zip(*some, strict=True)
        yield IncomingRows(lines, list(zip(*values, strict=True)))


_NUMBERS = (Kind.MONEY, Kind.COUNT, Kind.FLAG, Kind.INSTANT, Kind.STATUS)
_STATE_COLUMN = {"status": "status_id", "monthly_charge": "monthly_charge", "delinquent": "delinquent"}
_ROWS_AT_ONCE = 200
_NOTHING = "CAST(NULL AS INTEGER)"


@dataclass(frozen=True, slots=True)
class Tally:
    """How the incoming rows stand to the accounts there are."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.new + other.new, self.changed + other.changed, self.same + other.same)


class IncomingTable:
    """`temp.incoming`: one row for each account of the batch, with the columns that the file has."""

    def __init__(self, db: Database, fields: Sequence[str]) -> None:
        self._db = db
        self._fields = tuple(fields)
        self._plain = tuple(name for name in fields if name in PLAIN_FIELDS)
        self._searched = itemgetter(*(fields.index(name) if name in fields else -1 for name in SEARCHED_FIELDS))
        self._beside_others = bool(db.value("SELECT EXISTS (SELECT 1 FROM account WHERE closed = 0)"))
        names = dict.fromkeys((*fields, "status"))
        columns = ", ".join(f"{name} {'INTEGER' if FIELD[name].kind in _NUMBERS else 'TEXT'}" for name in names)
        self._status = self._fields.index("status") if "status" in fields else None
        self.count, self._lacking = 0, self._status is None
        db.run("DROP TABLE IF EXISTS temp.incoming")
        db.run(
            "CREATE TEMP TABLE incoming"
            f" (row INTEGER NOT NULL PRIMARY KEY, line INTEGER, {columns}, search TEXT, account_id INTEGER)"
        )
        db.run(PROPOSAL)

    def add(self, rows: IncomingRows, made: Sequence[int] = ()) -> None:
        """Set down rows of the batch; a number may come only once in all.

        `made` are the ids of the new statuses, which rows have as -1, -2, …
        """
        lines, columns = rows.lines, list(rows.columns)
        if self._status is not None:
            statuses = columns[self._status]
            self._lacking = self._lacking or None in statuses
            if made:
                columns[self._status] = [made[-1 - s] if isinstance(s, int) and s < 0 else s for s in statuses]
        search = search_texts(*self._searched([*columns, [""] * len(lines)]))
        first, self.count = self.count + 1, self.count + len(lines)
        values = zip(range(first, self.count + 1), lines, *columns, search, strict=True)
        self._db.run(_insertion(self._fields, len(lines)), tuple(chain.from_iterable(values)))

    def begin_anew(self) -> None:
        """Forget the rows of the batch."""
        self._db.run("DELETE FROM temp.incoming")
        self.count, self._lacking = 0, self._status is None

    def find_existing(self, *, update: bool) -> int:
        """Match rows with open accounts by number; without `update` those rows are dropped. Returns how many."""
        if not self._beside_others:
            return 0
        self._db.run(
            "UPDATE temp.incoming SET account_id = a.id FROM account a"
            " WHERE a.number = incoming.number AND a.closed = 0"
        )
        found = int(self._db.value("SELECT count(account_id) FROM temp.incoming"))
        if not update:
            self._db.run("DELETE FROM temp.incoming WHERE account_id IS NOT NULL")
        return found

    def give_new(self, status_id: int) -> None:
        """Give the new accounts that have no status this one."""
        self._db.run(
            "UPDATE temp.incoming SET status = ? WHERE account_id IS NULL AND status IS NULL", (status_id,)
        )

    def drop_without_status(self) -> list[int]:
        """Leave out the new accounts that have no status, which every account needs; return their lines."""
        if not self._lacking:
            return []
        where = "WHERE account_id IS NULL AND status IS NULL"
        lines = [line for (line,) in self._db.rows(f"SELECT line FROM temp.incoming {where}")]
        if lines:
            self._db.run(f"DELETE FROM temp.incoming {where}")
        return lines

    def statuses_taken(self) -> list[int]:
        """Return the statuses that the batch's accounts come into, from another one or as new accounts."""
        moved = (
            " OR EXISTS (SELECT 1 FROM account_state s WHERE s.account_id = i.account_id"
            " AND s.status_id IS NOT i.status)"
        )
        rows = self._db.rows(
            "SELECT DISTINCT status FROM temp.incoming i WHERE status IS NOT NULL"
            f" AND (account_id IS NULL{moved if self._beside_others else ''})"
        )
        return [status_id for (status_id,) in rows]

    def make_new(self) -> Proposal | None:
        """Put the new accounts on record and propose their first state; None if there are none."""
        base = int(self._db.value("SELECT coalesce(max(id), 0) FROM account"))
        given = [f"coalesce({name}, {_blank(name)})" for name in self._plain]
        absent = [name for name in PLAIN_FIELDS if name not in self._plain]
        self._db.run(
            f"INSERT INTO account (id, {', '.join((*self._plain, *absent))}, search, closed)"
            f" SELECT ? + row, {', '.join([*given, *map(_blank, absent)])}, search, 0"
            " FROM temp.incoming WHERE account_id IS NULL ORDER BY row",
            (base,),
        )
        return self._opening(base) if self._db.last_change else None

    def _opening(self, base: int) -> Proposal:
        charge = "coalesce(monthly_charge, 0)" if "monthly_charge" in self._fields else "0"
        delinquent = "coalesce(delinquent, 0)" if "delinquent" in self._fields else "0"
        since = "status_since" if "status_since" in self._fields else _NOTHING
        return Proposal(
            source=(
                f"(SELECT :base + row AS account_id, {_NOTHING} AS status_id, status AS opened, 0 AS since,"
                f" {since} AS given_since, {charge} AS monthly_charge, {delinquent} AS delinquent,"
                f" 0 AS changed_at, {_NOTHING} AS last_entry_id, 0 AS tip FROM temp.incoming"
                " WHERE account_id IS NULL AND row BETWEEN :low AND :high) s"
            ),
            spans=lambda _: id_spans(1, self.count),
            status="s.opened",
            since="coalesce(s.given_since, :at)",
            parameters={"base": base},
        )

    def propose(self) -> Tally:
        """Fill `temp.proposal` with the accounts that the batch changes."""
        self._db.run("DELETE FROM temp.proposal")
        if not self._beside_others:
            return Tally()
        state = {
            name: f"coalesce(i.{name}, s.{column})" if name in self._fields else f"s.{column}"
            for name, column in _STATE_COLUMN.items()
        }
        differs = [f"a.{name} <> i.{name}" for name in self._plain if name != "number"]
        differs += [f"s.{_STATE_COLUMN[name]} <> i.{name}" for name in _STATE_COLUMN if name in self._fields]
        since = "i.status_since" if "status_since" in self._fields else "NULL"
        differs.append(f"s.since <> {since}")
        self._db.run(
            f"INSERT INTO temp.proposal SELECT s.account_id, {', '.join(state.values())}, {since}"
            " FROM temp.incoming i CROSS JOIN account_state s ON s.account_id = i.account_id"
            " CROSS JOIN account a ON a.id = i.account_id"
            f" WHERE {' OR '.join(differs)}"
        )
        changed = self._db.last_change
        return Tally(0, changed, int(self._db.value("SELECT count(account_id) FROM temp.incoming")) - changed)

    def journal_fields(self, written: Written) -> None:
        """Put the plain fields of changed accounts, old and new, on record under their new entries."""
        for name in self._plain:
            if name != "number":
                self._db.run(
                    f"INSERT INTO field_change SELECT e.id, ?, CAST(a.{name} AS TEXT), CAST(i.{name} AS TEXT)"
                    " FROM temp.incoming i CROSS JOIN account a ON a.id = i.account_id"
                    " CROSS JOIN account_state s ON s.account_id = i.account_id"
                    " CROSS JOIN entry e ON e.id = s.last_entry_id"
                    f" WHERE e.id BETWEEN ? AND ? AND a.{name} <> i.{name}",
                    (name, written.first, written.last),
                )

    def types(self) -> list[str]:
        """Return the account types that the batch mentions."""
        if "account_type" not in self._fields:
            return []
        rows = self._db.rows("SELECT DISTINCT account_type FROM temp.incoming WHERE account_type > ''")
        return [name for (name,) in rows]

    def clear(self) -> None:
        """Forget the rows."""
        self._db.run("DROP TABLE IF EXISTS temp.incoming")


@lru_cache(4)
def _insertion(fields: tuple[str, ...], count: int) -> str:
    names = ("row", "line", *fields, "search")
    marks = f"({', '.join('?' * len(names))})"
    return f"INSERT INTO temp.incoming ({', '.join(names)}) VALUES {', '.join([marks] * count)}"


def _blank(name: str) -> str:
    return "0" if FIELD[name].kind in _NUMBERS else "''"
