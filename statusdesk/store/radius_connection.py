"""A connection to a RADIUS database, whichever of three engines it is: SQL, one lock, and errors in sentences."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote, unquote, urlsplit

from statusdesk.domain.publish_errors import (
    AnotherPublish,
    NoRights,
    NotRadius,
    PublishTrouble,
    RadiusBroke,
    RadiusUnreachable,
    UnknownTarget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LOCK_SECONDS = 10
"""How long a publish waits for another one."""

CONNECT_SECONDS = 5
_LOCK = 0x53744473
GRANTS = (
    "GRANT SELECT, INSERT, UPDATE, DELETE ON radusergroup, radgroupcheck, radgroupreply TO {user};\n"
    "GRANT SELECT ON radcheck, radreply, radacct, nas TO {user};"
)
"""What the database's owner allows the publisher, as SQL."""


class RadiusConnection:
    """Made in the thread that uses it. Its errors say in a sentence what to do."""

    def __init__(self, url: str, password: str = "") -> None:
        """Connect to `sqlite:///PATH`, `postgresql://…` or `mysql://…`.

        Raises `UnknownTarget`, `RadiusUnreachable`.
        """
        self.place = without_password(url)
        scheme = urlsplit(url).scheme.partition("+")[0]
        self._kind = {"postgres": "postgresql", "mariadb": "mysql"}.get(scheme, scheme)
        if self._kind not in ("sqlite", "postgresql", "mysql"):
            raise UnknownTarget(url=self.place)
        with self.explained():
            self._connection: Any = _connect(self._kind, url, password)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        with suppress(Exception):
            self._connection.close()

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Hold the lock that only one publisher has, in a transaction; commit at the end, or leave nothing.

        Raises `AnotherPublish` after `LOCK_SECONDS`.
        """
        with self.explained():
            self._begin()
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                with suppress(Exception):
                    self.run("ROLLBACK")
                raise
            finally:
                if self._kind == "mysql":
                    with suppress(Exception):
                        self.run("SELECT RELEASE_LOCK('statusdesk.publish')")

    def _begin(self) -> None:
        if self._kind == "sqlite":
            self.run("BEGIN IMMEDIATE")
        elif self._kind == "postgresql":
            self.run("BEGIN")
            self.run(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
            self.run(f"SELECT pg_advisory_xact_lock({_LOCK})")
        else:
            locked = self.rows(f"SELECT GET_LOCK('statusdesk.publish', {LOCK_SECONDS})", ())
            if locked[0][0] != 1:
                raise AnotherPublish(place=self.place, seconds=LOCK_SECONDS)
            self.run("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            self.run("BEGIN")

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query; its parameters stand as “?”."""
        return [tuple(row) for row in self.run(sql, parameters).fetchall()]

    def run(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """Run one statement and return its cursor."""
        cursor = self._connection.cursor()
        cursor.execute(sql if self._kind == "sqlite" else sql.replace("?", "%s"), tuple(parameters))
        return cursor

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Let the driver's errors leave as sentences."""
        try:
            yield
        except PublishTrouble:
            raise
        except Exception as error:
            if not any(kind.__name__ == "Error" for kind in type(error).__mro__):
                raise  # what is no driver's error (PEP 249) is a mistake of ours
            raise _explain(error, self.place) from None


def without_password(url: str) -> str:
    """Return the URL as it may be shown, stored and logged: without a password."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return parts._replace(netloc=f"{parts.username or ''}@{parts.netloc.rpartition('@')[2]}").geturl()


def _connect(kind: str, url: str, password: str) -> Any:
    """Return an open connection (DB-API 2) that commits nothing by itself but what we say."""
    parts = urlsplit(url)
    if kind == "sqlite":
        path = quote(unquote(parts.path)[1:])
        return sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=LOCK_SECONDS, isolation_level=None)
    if kind == "postgresql":
        import psycopg

        more: dict[str, Any] = {"password": password} if password else {}
        return psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS, **more)
    import pymysql

    return pymysql.connect(
        host=parts.hostname or "localhost",
        port=parts.port or 3306,
        user=unquote(parts.username or ""),
        password=password or unquote(parts.password or ""),
        database=parts.path.lstrip("/"),
        connect_timeout=CONNECT_SECONDS,
        charset="utf8mb4",
        autocommit=True,
    )


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
    if type(error).__name__ in ("OperationalError", "InterfaceError", "ConnectionTimeout"):
        return RadiusUnreachable(place=place, reason=text)
    return RadiusBroke(place=place, reason=text)
