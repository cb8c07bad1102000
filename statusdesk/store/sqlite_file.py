"""One SQLite file: looked at before it is touched, opened with our pragmas, written in whole transactions."""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, cast
from urllib.parse import quote

import peewee

from statusdesk.domain.folding import fold
from statusdesk.domain.instants import now
from statusdesk.domain.store_errors import (
    CannotOpen,
    Damaged,
    DiskTrouble,
    EmptyFile,
    FromTheFuture,
    InUse,
    NotADatabase,
    OnShare,
    StoreUnavailable,
)
from statusdesk.store.copying import Tell, copy_out, sync_folder
from statusdesk.store.database import Database, Mode, Parameters, Rows
from statusdesk.store.migrations import APPLICATION_ID, SCHEMA, STEPS
from statusdesk.store.shares import share_of
from statusdesk.store.sqlite_errors import DAMAGE, cause_of, explain

BUSY_MS = 5_000
"""How long a writer waits for another process's lock before it gives up, in milliseconds."""

CACHE_KIB = 65_536
"""KiB of the file that a connection may keep in memory; reports of a million accounts look here and there."""

_LITTLE_KIB = 8_192
"""The same for a connection that reads single rows, or whole tables: those it sorts by as much at once."""

WAL_KEPT = 64 << 20
"""Bytes of the write-ahead log that stay on the disk after a large change was put into the file."""

_PRAGMAS: dict[str, object] = {
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "temp_store": "memory",
    "busy_timeout": BUSY_MS,
}


def read_mark(path: Path) -> int:
    """Say which schema the file has, without changing a byte of it; 0 for a missing file.

    Raises `CannotOpen`, `EmptyFile`, `NotADatabase`, `Damaged` or `FromTheFuture`.
    """
    try:
        if not path.exists():
            return 0
        if not path.is_file():
            raise CannotOpen(path=path, reason="it is not a file")
        if path.stat().st_size == 0:
            raise EmptyFile(path=path)
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise CannotOpen(path=path, reason=error.strerror or str(error)) from None
    if not header.startswith(b"SQLite format 3\x00") or len(header) < 100:
        raise NotADatabase(path=path)
    return _schema_of(path)


def _schema_of(path: Path) -> int:
    connection = None
    try:
        connection = sqlite3.connect(_read_only(path), uri=True, timeout=BUSY_MS / 1000)
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION_ID:
            raise NotADatabase(path=path)
        if schema > SCHEMA:
            raise FromTheFuture(path=path, found=schema, known=SCHEMA)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise explain(error, path) from None
    finally:
        if connection is not None:
            connection.close()
    return int(schema)


def _read_only(path: Path, *, quietly: bool = True) -> str:
    """Return the URI that opens a file for reading only.

    `quietly` leaves no companion files beside one that nobody is writing, but shows what it is at that moment.
    """
    still = quietly and not path.with_name(f"{path.name}-wal").exists()
    return f"file:{quote(str(path))}?mode=ro{'&immutable=1' if still else ''}"


_OBJECTS = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"


class SqliteFile(Database):
    """A connection to one file; `mode` "write" makes a missing one."""

    errors: ClassVar[tuple[type[BaseException], ...]] = (sqlite3.Error, peewee.DatabaseError, UnicodeDecodeError)

    def __init__(self, path: Path, mode: Mode = "write") -> None:
        self.place = self.path = path
        self.mode = mode
        found = read_mark(path)
        if mode == "write" and (kind := share_of(path)):
            raise OnShare(path=path, kind=kind)
        if mode == "read" and found != SCHEMA:
            raise CannotOpen(path=path, reason="it must be brought up to date first")
        reading = _read_only(path, quietly=not os.access(path.parent, os.W_OK))
        self.engine: Any = peewee.SqliteDatabase(
            reading if mode == "read" else f"file:{quote(str(path))}?mode=rwc",
            uri=True,
            pragmas={},
            thread_safe=False,
            check_same_thread=False,
            timeout=BUSY_MS / 1000,
        )
        with self.explained():
            try:
                self._prepare(found)
            except BaseException:
                self.engine.close()
                raise

    def _prepare(self, found: int) -> None:
        self.engine.register_function(fold, "fold", 1, deterministic=True)
        for name, value in _PRAGMAS.items():
            self.engine.execute_sql(f"PRAGMA {name} = {value}")
        self.engine.execute_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
        if self.mode == "read":
            return
        self._bring_up_to_date(found)
        self.engine.execute_sql("PRAGMA journal_mode = wal")
        self.engine.execute_sql("PRAGMA synchronous = full")
        self.engine.execute_sql(f"PRAGMA journal_size_limit = {WAL_KEPT}")

    def _bring_up_to_date(self, found: int) -> None:
        if found and found < SCHEMA:
            from statusdesk.store.backups import Occasion, place_for

            self.backup(place_for(self.path, Occasion.UPDATE, now()))
        for number, step in enumerate(STEPS[found:], start=found + 1):
            with self.transaction():
                if self.value("PRAGMA user_version") >= number:
                    continue
                step(self.run)
                self.run(f"PRAGMA user_version = {number}")

    def close(self) -> None:
        """Close the connection; closing twice does no harm."""
        self.engine.close()

    def run(self, sql: str, parameters: Parameters = ()) -> Rows:
        """Run one statement; its parameters are given by place or by name."""
        return cast("Rows", self.engine.execute_sql(sql, parameters))

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""
        self.engine.connection().executemany(sql, rows)

    @property
    def last_change(self) -> int:
        """How many rows the newest statement changed."""
        return int(self.value("SELECT changes()"))

    @property
    def in_transaction(self) -> bool:
        """Say whether a transaction or a snapshot is under way."""
        return bool(self.engine.connection().in_transaction)

    def version(self) -> int:
        """Return a number that differs whenever another connection has changed the database."""
        return int(self.value("PRAGMA data_version"))

    def interrupt(self) -> None:
        """Stop the statement that another thread runs on this connection, if there is one."""
        self.engine.connection().interrupt()

    def was_interrupted(self, error: BaseException) -> bool:
        """Say whether an error is what `interrupt` leads to."""
        return getattr(cause_of(error), "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT

    def explain(self, error: BaseException) -> StoreUnavailable:
        """Turn the engine's error into the sentence that helps a person; bugs of ours are raised as they are."""
        return explain(error, self.path)

    def keep_little(self) -> None:
        """Keep little of the file in memory, and let large sorts go to the engine's temporary files."""
        self.run("PRAGMA temp_store = file")
        self.run(f"PRAGMA cache_size = -{_LITTLE_KIB}")

    def check_writable(self) -> None:
        """Raise `ReadOnly`, or whatever else keeps this file from being written; somebody else's lock does not."""
        self.run("PRAGMA busy_timeout = 0")
        try:
            with suppress(InUse), self.transaction() as transaction:
                transaction.keep = False
        finally:
            self.run(f"PRAGMA busy_timeout = {BUSY_MS}")

    def damage(self, most: int) -> list[str]:
        """Return what the engine finds wrong with the file, in its words; raises `Damaged` if it cannot say."""
        with self.explained():
            found = [text for (text,) in self.rows(f"PRAGMA integrity_check({most})")]
        return [] if found == ["ok"] else found

    def strange_objects(self) -> list[str]:
        """Return what is missing, altered or not ours, as "trigger entry_no_update"."""
        here, ours = dict(self.rows(_OBJECTS)), _declared()
        return sorted(name for name in here.keys() | ours.keys() if here.get(name) != ours.get(name))

    def dangling(self, most: int) -> list[tuple[str, int, str]]:
        """Return (table, row, table referred to) where a reference leads nowhere."""
        rows = self.rows("PRAGMA foreign_key_check")
        return [(table, row or 0, parent) for table, row, parent, _ in rows[:most]]

    def _begin_writing(self) -> None:
        self.run("BEGIN IMMEDIATE")

    def _begin_reading(self) -> None:
        self.run("BEGIN")

    def roll_back(self) -> None:
        """Leave the transaction; whatever the engine says of it, the first error is the one that counts."""
        with suppress(sqlite3.Error, peewee.DatabaseError):
            self.run("ROLLBACK")

    def backup(self, target: Path, *, thorough: bool = False, tell: Tell = lambda _left, _all: None) -> None:
        """Copy the database as it stands to `target`, by the engine's own backup, put in place at the end.

        `tell` hears how far it is and may raise to end it; see `copying.copy_out`.
        """
        part = target.with_name(target.name + ".part")
        try:
            part.unlink(missing_ok=True)
            verdict = copy_out(self.engine.connection(), part, thorough=thorough, tell=tell)
            if verdict != "ok":
                raise Damaged(path=self.path, reason=verdict)
            part.replace(target)
            sync_folder(target.parent)
        except sqlite3.Error as error:
            ours = getattr(error, "sqlite_errorcode", 0) & 0xFF in (*DAMAGE, sqlite3.SQLITE_BUSY)
            raise explain(error, self.path if ours else target) from error
        except OSError as error:
            raise DiskTrouble(path=target, reason=error.strerror or str(error)) from None
        finally:
            part.unlink(missing_ok=True)


def _declared() -> dict[str, str]:
    """Return the schema that the migration steps make, from a database in memory."""
    connection = sqlite3.connect(":memory:")

    def run(sql: str, parameters: tuple[object, ...] = ()) -> object:
        return connection.execute(sql, cast("tuple[str, ...]", parameters))

    try:
        for step in STEPS:
            step(run)
        return dict(connection.execute(_OBJECTS).fetchall())
    finally:
        connection.close()
