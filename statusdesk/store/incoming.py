"""The rows of an import, set down beside the accounts and then merged with them by a few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from statusdesk.domain.fields import FIELD, PLAIN_FIELDS, SEARCHED_FIELDS, Kind
from statusdesk.store.accounts import PROPOSAL
from statusdesk.store.database import Database
from statusdesk.store.moves import Written

_NUMBERS = (Kind.MONEY, Kind.COUNT, Kind.FLAG, Kind.INSTANT, Kind.STATUS)
_STATE_COLUMN = {"status": "status_id", "monthly_charge": "monthly_charge", "delinquent": "delinquent"}


@dataclass(frozen=True, slots=True)
class Tally:
    """How the incoming rows stand to the accounts there are."""

    new: int
    changed: int
    same: int


class IncomingTable:
    """`temp.incoming`: one row for each account of the file, with the columns that the file has."""

    def __init__(self, db: Database, fields: Sequence[str]) -> None:
        self._db = db
        self._fields = tuple(fields)
        self._plain = tuple(name for name in fields if name in PLAIN_FIELDS)
        db.run("DROP TABLE IF EXISTS temp.incoming")
        columns = ", ".join(f"{name} {'INTEGER' if FIELD[name].kind in _NUMBERS else 'TEXT'}" for name in fields)
        db.run(f"CREATE TEMP TABLE incoming (line INTEGER NOT NULL PRIMARY KEY, {columns}, account_id INTEGER)")

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        """Set down rows of (line, values in the order of the fields)."""
        marks = ", ".join("?" for _ in range(len(self._fields) + 1))
        names = ", ".join(("line", *self._fields))
        self._db.run_many(f"INSERT INTO temp.incoming ({names}) VALUES ({marks})", rows)

    def find_existing(self, *, update: bool) -> int:
        """Match rows with open accounts by number; without `update` those rows are dropped. Returns how many."""
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
        if "status" not in self._fields:
            self._db.run("ALTER TABLE temp.incoming ADD COLUMN status INTEGER")
            self._fields = (*self._fields, "status")
        self._db.run(
            "UPDATE temp.incoming SET status = ? WHERE account_id IS NULL AND status IS NULL", (status_id,)
        )

    def without_status(self) -> list[int]:
        """Return the lines of new accounts that have no status, which every account needs."""
        condition = "status IS NULL" if "status" in self._fields else "1"
        rows = self._db.rows(f"SELECT line FROM temp.incoming WHERE account_id IS NULL AND {condition}")
        return [line for (line,) in rows]

    def drop(self, lines: Iterable[int]) -> None:
        """Leave rows out."""
        self._db.run_many("DELETE FROM temp.incoming WHERE line = ?", ((line,) for line in lines))

    def make_new(self) -> int:
        """Put the new accounts on record, closed until a journal entry opens them; return how many."""
        before = int(self._db.value("SELECT coalesce(max(id), 0) FROM account"))
        given = [f"coalesce({name}, {_blank(name)})" for name in self._plain]
        absent = [name for name in PLAIN_FIELDS if name not in self._plain]
        searched = ", ".join(f"coalesce({name}, '')" if name in self._plain else "''" for name in SEARCHED_FIELDS)
        self._db.run(
            f"INSERT INTO account ({', '.join((*self._plain, *absent))}, search, closed)"
            f" SELECT {', '.join([*given, *map(_blank, absent)])}, search_text({searched}), 0"
            " FROM temp.incoming WHERE account_id IS NULL ORDER BY line"
        )
        count = self._db.last_change
        self._db.run(
            "UPDATE temp.incoming SET account_id = a.id FROM account a"
            " WHERE a.id > ? AND a.number = incoming.number AND incoming.account_id IS NULL",
            (before,),
        )
        charge = "coalesce(i.monthly_charge, 0)" if "monthly_charge" in self._fields else "0"
        delinquent = "coalesce(i.delinquent, 0)" if "delinquent" in self._fields else "0"
        self._db.run(
            f"INSERT INTO account_state SELECT i.account_id, NULL, 0, {charge}, {delinquent}, 0, NULL, 0"
            " FROM temp.incoming i WHERE i.account_id > ? ORDER BY i.account_id",
            (before,),
        )
        return count

    def propose(self) -> Tally:
        """Fill `temp.proposal` with the accounts that the rows make or change."""
        self._db.run(PROPOSAL)
        self._db.run("DELETE FROM temp.proposal")
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
            f" WHERE s.status_id IS NULL OR {' OR '.join(differs)}"
        )
        proposed = int(self._db.value("SELECT count(*) FROM temp.proposal"))
        rows = int(self._db.value("SELECT count(*) FROM temp.incoming"))
        new = int(
            self._db.value(
                "SELECT count(*) FROM temp.proposal p JOIN account_state s USING (account_id)"
                " WHERE s.status_id IS NULL"
            )
        )
        return Tally(new, proposed - new, rows - proposed)

    def statuses_taken(self) -> list[int]:
        """Return the statuses that proposed accounts come into, from another one or as new accounts."""
        rows = self._db.rows(
            "SELECT DISTINCT p.status_id FROM temp.proposal p CROSS JOIN account_state s"
            " ON s.account_id = p.account_id WHERE p.status_id IS NOT s.status_id"
        )
        return [status_id for (status_id,) in rows]

    def journal_fields(self, written: Written) -> None:
        """Put the plain fields of changed accounts, old and new, on record under their new entries."""
        for name in self._plain:
            if name != "number":
                self._db.run(
                    f"INSERT INTO field_change SELECT e.id, ?, CAST(a.{name} AS TEXT), CAST(i.{name} AS TEXT)"
                    " FROM temp.incoming i CROSS JOIN account a ON a.id = i.account_id"
                    " CROSS JOIN account_state s ON s.account_id = i.account_id"
                    " CROSS JOIN entry e ON e.id = s.last_entry_id"
                    f" WHERE e.id BETWEEN ? AND ? AND e.old_status_id IS NOT NULL AND a.{name} <> i.{name}",
                    (name, written.first, written.last),
                )

    def types(self) -> list[str]:
        """Return the account types that the rows mention, by name."""
        if "account_type" not in self._fields:
            return []
        rows = self._db.rows("SELECT DISTINCT account_type FROM temp.incoming WHERE account_type > '' ORDER BY 1")
        return [name for (name,) in rows]

    def clear(self) -> None:
        """Forget the rows."""
        self._db.run("DROP TABLE IF EXISTS temp.incoming")


def _blank(name: str) -> str:
    return "0" if FIELD[name].kind in _NUMBERS else "''"
