"""A FreeRADIUS database with its stock schema: reading what is ours, and writing differences under a lock.

Ours are rows of three tables whose group begins with our prefix. Passwords are never read, only whose there are;
accounting is read for open sessions; other rows, other tables and the schema are never written. Table and column
names are those of FreeRADIUS 3.2, for SQLite, PostgreSQL and MariaDB alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from statusdesk.domain.publishing import Definition, DefinitionRow, Found, Member
from statusdesk.store.radius_connection import RadiusConnection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from statusdesk.domain.publishing import Rows

_CHUNK = 2_000
_MEMBERS = ("username", "groupname", "priority")
_DEFINITIONS = ("groupname", "attribute", "op", "value")


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is up, as accounting knows it: `nas` is the address of the access server."""

    user: str
    session_id: str
    nas: str
    address: str


class RadiusDatabase(RadiusConnection):
    """What is asked of one, and written to it."""

    def found(self, prefix: str, users: Sequence[str] | None = None) -> Found:
        """Return what is ours there, or only what concerns these users, without any lock."""
        with self.explained():
            return Found(
                members=self.members(prefix, users),
                checks=self._definitions("radgroupcheck", prefix),
                replies=self._definitions("radgroupreply", prefix),
                credentials=frozenset(self._credentials(users)),
            )

    def members(self, prefix: str, users: Sequence[str] | None = None) -> tuple[Member, ...]:
        """Return our rows of `radusergroup`, or only those of these users."""
        select = "SELECT id, username, groupname, priority FROM radusergroup WHERE"
        ours = f"substr(groupname, 1, {len(prefix)}) = ?"
        if users is None:
            return tuple(Member(*row) for row in self.rows(f"{select} {ours} ORDER BY id", (prefix,)))
        found: list[Member] = []
        for some in _chunks(users):
            where = f"username IN ({_marks(some)}) AND {ours} ORDER BY id"
            found += [Member(*row) for row in self.rows(f"{select} {where}", (*some, prefix))]
        return tuple(found)

    def _definitions(self, table: str, prefix: str) -> tuple[DefinitionRow, ...]:
        rows = self.rows(
            f"SELECT id, groupname, attribute, op, value FROM {table}"
            f" WHERE substr(groupname, 1, {len(prefix)}) = ? ORDER BY id",
            (prefix,),
        )
        return tuple(DefinitionRow(row[0], Definition(*row[1:])) for row in rows)

    def _credentials(self, users: Sequence[str] | None) -> Iterator[str]:
        """Yield the names of users that have anything in `radcheck`, which is where passwords are."""
        if users is None:
            yield from (name for (name,) in self.rows("SELECT DISTINCT username FROM radcheck", ()))
            return
        for some in _chunks(users):
            where = f"username IN ({_marks(some)})"
            yield from (n for (n,) in self.rows(f"SELECT DISTINCT username FROM radcheck WHERE {where}", some))

    def ahead_of_ours(self, prefix: str, priority: int) -> list[str]:
        """Return the users in groups of others that the server may read before ours."""
        with self.explained():
            rows = self.rows(
                f"SELECT DISTINCT username FROM radusergroup WHERE priority <= ?"
                f" AND substr(groupname, 1, {len(prefix)}) <> ?",
                (priority, prefix),
            )
            return [name for (name,) in rows]

    def keeping_from_groups(self) -> list[str]:
        """Return the users whose own reply says that groups are not read at all."""
        with self.explained():
            rows = self.rows(
                "SELECT DISTINCT username FROM radreply WHERE attribute = 'Fall-Through' AND value = 'No'", ()
            )
            return [name for (name,) in rows]

    def sessions(self, users: Sequence[str]) -> list[Session]:
        """Return the open sessions of these users."""
        wanted = set(users)
        with self.explained():
            rows = self.rows(
                "SELECT username, acctsessionid, nasipaddress, framedipaddress FROM radacct"
                " WHERE acctstoptime IS NULL",
                (),
            )
            return [Session(*(str(value or "") for value in row)) for row in rows if row[0] in wanted]

    def secrets(self) -> dict[str, str]:
        """Return the shared secrets of access servers by their addresses, as far as the table `nas` knows."""
        with self.explained():
            return dict(self.rows("SELECT nasname, secret FROM nas", ()))

    def write_definitions(self, table: str, rows: Rows) -> None:
        """Write differences of `radgroupcheck` or `radgroupreply`, but for what is removed."""
        self._update(table, _DEFINITIONS, rows.changed)
        self._insert(table, _DEFINITIONS, rows.added)

    def write_members(self, rows: Rows) -> Iterator[int]:
        """Write differences of `radusergroup`; yields how many rows are written so far."""
        done = 0
        by_group: dict[tuple[object, ...], list[int]] = {}
        for row_id, values in rows.changed:
            by_group.setdefault(values[1:], []).append(row_id)
        for rest, ids in by_group.items():
            for some in _chunks(ids):
                self.run(
                    f"UPDATE radusergroup SET groupname = ?, priority = ? WHERE id IN ({_marks(some)})",
                    (*rest, *some),
                )
                done += len(some)
                yield done
        for some_rows in _chunks(rows.added):
            self._insert("radusergroup", _MEMBERS, some_rows)
            done += len(some_rows)
            yield done

    def remove(self, table: str, ids: Sequence[int]) -> None:
        """Remove rows of one of our three tables by their ids."""
        for some in _chunks(ids):
            self.run(f"DELETE FROM {table} WHERE id IN ({_marks(some)})", some)

    def _update(
        self, table: str, columns: Sequence[str], changed: Iterable[tuple[int, tuple[object, ...]]]
    ) -> None:
        sets = ", ".join(f"{column} = ?" for column in columns)
        for row_id, values in changed:
            self.run(f"UPDATE {table} SET {sets} WHERE id = ?", (*values, row_id))

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
        marks = f"({_marks(columns)})"
        for some in _chunks(rows):
            values = ", ".join([marks] * len(some))
            self.run(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}", [v for row in some for v in row]
            )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" for _ in values)


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
