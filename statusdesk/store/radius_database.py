"""A FreeRADIUS database with its stock schema: reading what is ours, and writing differences under a lock.

Ours are rows of three tables whose group begins with our prefix. Passwords are never read, only whose there are;
accounting is read for open sessions; other rows, other tables and the schema are never written. Table and column
names are those of FreeRADIUS 3.2, for SQLite, PostgreSQL and MariaDB alike.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import peewee

from statusdesk.domain.publish_errors import (
    AnotherPublish,
    NoRights,
    NotRadius,
    PublishTrouble,
    RadiusBroke,
    RadiusUnreachable,
    UnknownTarget,
)
from statusdesk.domain.publishing import Definition, DefinitionRow, Found, Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from statusdesk.domain.publishing import Rows

LOCK_SECONDS = 10
"""How long a publish waits for another one."""

_LOCK = 0x53744473
_CHUNK = 2_000
_MEMBERS = ("username", "groupname", "priority")
_DEFINITIONS = ("groupname", "attribute", "op", "value")
GRANTS = (
    "GRANT SELECT, INSERT, UPDATE, DELETE ON radusergroup, radgroupcheck, radgroupreply TO {user};\n"
    "GRANT SELECT ON radcheck, radreply, radacct, nas TO {user};"
)
"""What the database's owner allows the publisher, as SQL."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is up, as accounting knows it: `nas` is the address of the access server."""

    user: str
    session_id: str
    nas: str
    address: str


class RadiusDatabase:
    """A connection to one; made in the thread that uses it. Its errors say in a sentence what to do."""

    def __init__(self, url: str, password: str = "") -> None:
        """Connect to `sqlite:///PATH`, `postgresql://…` or `mysql://…`.

        Raises `UnknownTarget`, `RadiusUnreachable`.
        """
        self.place = without_password(url)
        scheme = urlsplit(url).scheme.partition("+")[0]
        self._kind = {"postgres": "postgresql", "mariadb": "mysql"}.get(scheme, scheme)
        self._engine: Any = _engine(self._kind, url, password)
        with self._explained():
            self._engine.connect()

    def close(self) -> None:
        """Close the connection."""
        with suppress(Exception):
            self._engine.close()

    def found(self, prefix: str, users: Sequence[str] | None = None) -> Found:
        """Return what is ours there, or only what concerns these users, without any lock."""
        with self._explained():
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
            return tuple(Member(*row) for row in self._rows(f"{select} {ours} ORDER BY id", (prefix,)))
        found: list[Member] = []
        for some in _chunks(users):
            where = f"username IN ({_marks(some)}) AND {ours} ORDER BY id"
            found += [Member(*row) for row in self._rows(f"{select} {where}", (*some, prefix))]
        return tuple(found)

    def _definitions(self, table: str, prefix: str) -> tuple[DefinitionRow, ...]:
        rows = self._rows(
            f"SELECT id, groupname, attribute, op, value FROM {table}"
            f" WHERE substr(groupname, 1, {len(prefix)}) = ? ORDER BY id",
            (prefix,),
        )
        return tuple(DefinitionRow(row[0], Definition(*row[1:])) for row in rows)

    def _credentials(self, users: Sequence[str] | None) -> Iterator[str]:
        """Yield the names of users that have anything in `radcheck`, which is where passwords are."""
        if users is None:
            yield from (name for (name,) in self._rows("SELECT DISTINCT username FROM radcheck", ()))
            return
        for some in _chunks(users):
            where = f"username IN ({_marks(some)})"
            yield from (n for (n,) in self._rows(f"SELECT DISTINCT username FROM radcheck WHERE {where}", some))

    def ahead_of_ours(self, prefix: str, priority: int) -> list[str]:
        """Return the users in groups of others that the server may read before ours."""
        with self._explained():
            rows = self._rows(
                f"SELECT DISTINCT username FROM radusergroup WHERE priority <= ?"
                f" AND substr(groupname, 1, {len(prefix)}) <> ?",
                (priority, prefix),
            )
            return [name for (name,) in rows]

    def keeping_from_groups(self) -> list[str]:
        """Return the users whose own reply says that groups are not read at all."""
        with self._explained():
            rows = self._rows(
                "SELECT DISTINCT username FROM radreply WHERE attribute = 'Fall-Through' AND value = 'No'", ()
            )
            return [name for (name,) in rows]

    def sessions(self, users: Sequence[str]) -> list[Session]:
        """Return the open sessions of these users."""
        wanted = set(users)
        with self._explained():
            rows = self._rows(
                "SELECT username, acctsessionid, nasipaddress, framedipaddress FROM radacct"
                " WHERE acctstoptime IS NULL",
                (),
            )
            return [Session(*(str(value or "") for value in row)) for row in rows if row[0] in wanted]

    def secrets(self) -> dict[str, str]:
        """Return the shared secrets of access servers by their addresses, as far as the table `nas` knows."""
        with self._explained():
            return dict(self._rows("SELECT nasname, secret FROM nas", ()))

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Hold the lock that only one publisher has, in a transaction; commit at the end, or leave nothing.

        Raises `AnotherPublish` after `LOCK_SECONDS`.
        """
        with self._explained():
            self._begin()
            try:
                yield
                self._engine.execute_sql("COMMIT")
            except BaseException:
                with suppress(Exception):
                    self._engine.execute_sql("ROLLBACK")
                raise
            finally:
                if self._kind == "mysql":
                    with suppress(Exception):
                        self._engine.execute_sql("SELECT RELEASE_LOCK('statusdesk.publish')")

    def _begin(self) -> None:
        if self._kind == "sqlite":
            self._engine.execute_sql("BEGIN IMMEDIATE")
        elif self._kind == "postgresql":
            self._engine.execute_sql("BEGIN")
            self._engine.execute_sql(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
            self._engine.execute_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        else:
            rows = self._engine.execute_sql(f"SELECT GET_LOCK('statusdesk.publish', {LOCK_SECONDS})").fetchall()
            if rows[0][0] != 1:
                raise AnotherPublish(place=self.place, seconds=LOCK_SECONDS)
            self._engine.execute_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            self._engine.execute_sql("BEGIN")

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
                self._run(
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
            self._run(f"DELETE FROM {table} WHERE id IN ({_marks(some)})", some)

    def _update(
        self, table: str, columns: Sequence[str], changed: Iterable[tuple[int, tuple[object, ...]]]
    ) -> None:
        sets = ", ".join(f"{column} = ?" for column in columns)
        for row_id, values in changed:
            self._run(f"UPDATE {table} SET {sets} WHERE id = ?", (*values, row_id))

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
        marks = f"({_marks(columns)})"
        for some in _chunks(rows):
            values = ", ".join([marks] * len(some))
            self._run(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}", [v for row in some for v in row]
            )

    def _rows(self, sql: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._run(sql, parameters).fetchall()]

    def _run(self, sql: str, parameters: Sequence[object]) -> Any:
        return self._engine.execute_sql(sql.replace("?", self._engine.param), tuple(parameters))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except peewee.PeeweeException as error:
            raise _explain(error, self.place) from None


def without_password(url: str) -> str:
    """Return the URL as it may be shown, stored and logged: without a password."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return parts._replace(netloc=f"{parts.username or ''}@{parts.netloc.rpartition('@')[2]}").geturl()


def _engine(kind: str, url: str, password: str) -> Any:
    parts = urlsplit(url)
    if kind == "sqlite":
        path = unquote(parts.path)[1:]
        return peewee.SqliteDatabase(
            f"file:{quote(path)}?mode=rw", uri=True, timeout=LOCK_SECONDS, pragmas={}, check_same_thread=False
        )
    if kind == "postgresql":
        more: dict[str, Any] = {"password": password} if password else {}
        return peewee.PostgresqlDatabase(url, prefer_psycopg3=True, connect_timeout=5, **more)
    if kind == "mysql":
        options: dict[str, Any] = dict(parse_qsl(parts.query))
        return peewee.MySQLDatabase(
            parts.path.lstrip("/"),
            host=parts.hostname or "localhost",
            port=parts.port or 3306,
            user=unquote(parts.username or ""),
            password=password or unquote(parts.password or ""),
            connect_timeout=5,
            charset="utf8mb4",
            **options,
        )
    raise UnknownTarget(url=without_password(url))


_SIGNS: Sequence[tuple[type[PublishTrouble], tuple[str, ...]]] = (
    (NoRights, ("permission denied", "command denied", "access denied for user", "readonly database")),
    (NotRadius, ("no such table", "no such column", "does not exist", "doesn't exist", "unknown column")),
    (AnotherPublish, ("database is locked", "lock timeout", "lock_timeout", "lock wait timeout")),
)


def _explain(error: Exception, place: str) -> Exception:
    """Turn what a driver says into the sentence that helps; what it says may not hold a password."""
    text = str(error).strip()
    said = text.casefold()
    for kind, signs in _SIGNS:
        if any(sign in said for sign in signs) and not ("database" in said and "does not exist" in said):
            return kind(place=place, reason=text, seconds=LOCK_SECONDS, rights=GRANTS)
    if isinstance(error, peewee.OperationalError | peewee.InterfaceError):
        return RadiusUnreachable(place=place, reason=text)
    return RadiusBroke(place=place, reason=text)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" for _ in values)


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
