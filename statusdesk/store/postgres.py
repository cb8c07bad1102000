"""One database on a PostgreSQL server: shared by many desktops, written by one of them at a time."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

import peewee
import psycopg

from statusdesk.store import server_objects, server_roles
from statusdesk.store.brisk import LOST, MOST
from statusdesk.store.database import Database
from statusdesk.store.dialect import for_server
from statusdesk.store.server_errors import NoFileToCopy, Undecided, Unkept, explained
from statusdesk.store.server_schema import NAMESPACE
from statusdesk.store.server_values import as_in_a_file
from statusdesk.store.server_waiting import Silence, WatchedConnection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from statusdesk.domain.errors import StatusDeskError
    from statusdesk.domain.places import Server
    from statusdesk.domain.rights import Right
    from statusdesk.store.brisk import Brisk
    from statusdesk.store.copying import Tell
    from statusdesk.store.database import Mode, Parameters, Rows

LOCK_WAIT: Final = "30s"
"""How long a writer waits for another desktop's change before it gives up."""

WRITERS_LOCK: Final = 0x5374447300000001
"""The advisory lock that whoever writes holds, so that changes come one after the other and never deadlock."""

_SETTINGS: Final = (
    f"SET search_path = {NAMESPACE}, pg_temp; SET timezone = 'UTC'; SET lock_timeout = '{LOCK_WAIT}';"
    " SET client_min_messages = warning; SET standard_conforming_strings = on;"
    " SET idle_in_transaction_session_timeout = '2min'; SET tcp_user_timeout = 15000;"
    " SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;"
    " SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)
"""What every connection begins with. What is told as done outlives a power cut, whatever the server's habit, and a
desktop that vanished within a change holds nobody up for longer than the server needs to notice."""

_AT_ONCE: Final = 500
_READS: Final = re.compile(r"\s*(SELECT|WITH|BEGIN)\b", re.IGNORECASE)
_WRITTEN: Final = """
SELECT pg_current_xact_id()::text, c.id, c::text FROM change_set c
WHERE c.id = (SELECT max(id) FROM change_set) AND c.xmin = pg_current_xact_id()::xid
"""
"""The change set that the transaction wrote: what it can be found by, and its whole record."""
_UNDER_WAY: Final = "SELECT pg_xact_status(%s::xid8) IS NOT DISTINCT FROM 'in progress'"
_RECORD: Final = "SELECT c::text FROM change_set c WHERE c.id = %s"
_PATIENCE: Final = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between one attempt to find out what became of a change and the next."""
_LONGEST: Final = 30.0
"""Seconds after which no attempt begins any more, however few there were."""


class _Queries(peewee.PostgresqlDatabase):
    """Words Peewee's queries for PostgreSQL; they run on the connection that is there."""

    def __init__(self, run: Callable[[str, Any], Any]) -> None:
        super().__init__(None)
        self._run = run

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Run what a Peewee query became."""
        return self._run(sql, params)


def connect(server: Server, *, longest: float | None = None, **settings: str) -> WatchedConnection:
    """Connect to a server; raises `psycopg.Error`. What the URL says goes before our settings.

    After `longest` seconds of silence it counts as lost; without it, once nobody is at work for it any more.
    """
    connection = WatchedConnection.to(server, longest=longest, **settings)
    as_in_a_file(connection)
    connection.execute(_SETTINGS)
    connection.find_other_end()
    return connection


class ServerDatabase(Database):
    """A connection to a database on a server, which has the present schema."""

    errors: ClassVar[tuple[type[BaseException], ...]] = (psycopg.Error,)

    def __init__(self, server: Server, mode: Mode = "write") -> None:
        self.place = self.server = server
        self.mode = mode
        self._changed = self._cursors = 0
        self._brisk: Brisk | None = None
        with self.explained():
            self.connection = connect(server)
        self.engine = _Queries(self._execute)
        self._within = False

    def close(self) -> None:
        """Close the connection; closing twice does no harm."""
        self.connection.close()

    def run(self, sql: str, parameters: Parameters = ()) -> Rows:
        """Run one statement; its parameters are given by place or by name."""
        worded = for_server(sql)
        given: Any = parameters
        if "%(p1)s" in worded:
            given = {f"p{place}": value for place, value in enumerate(cast("Sequence[object]", parameters), 1)}
        cursor = self._execute(worded, given)
        self._changed = cursor.rowcount
        return cursor

    def _execute(self, sql: str, parameters: Any) -> psycopg.Cursor[Any]:
        if self._brisk is None:
            return self._carry_out(sql, parameters)
        return self._brisk.carry_out(lambda: self._carry_out(sql, parameters), psycopg.OperationalError)

    def _carry_out(self, sql: str, parameters: Any) -> psycopg.Cursor[Any]:
        """Run a statement; one that only reads is run again where the connection turns out to be lost."""
        try:
            return self.connection.execute(sql.encode(), parameters)
        except psycopg.OperationalError as error:
            waited = self._brisk is not None and isinstance(error, Silence)
            if waited or self._within or not self.connection.broken or not _READS.match(sql):
                raise
            self._reconnect()
            return self.connection.execute(sql.encode(), parameters)

    def packed(self, sql: str, parameters: Sequence[object] = ()) -> tuple[Any, ...]:
        """Return the first row of a query whose large values come as bytes, not written out as digits."""
        worded = psycopg.ClientCursor(self.connection).mogrify(for_server(sql), parameters)
        row: tuple[Any, ...] = psycopg.Cursor(self.connection).execute(worded.encode(), binary=True).fetchall()[0]
        return row

    def _reconnect(self) -> None:
        """Connect again, and let the server drop what the lost connection left unfinished."""
        lost, self.connection = self.connection, connect(self.server, longest=self.connection.longest)
        lost.close()
        self.connection.drop_unfinished(lost)

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters, many in one message."""
        worded, remaining = for_server(sql), iter(rows)
        cursor = psycopg.ClientCursor(self.connection)
        while some := list(islice(remaining, _AT_ONCE)):
            if "%(p1)s" in worded:
                given: list[Any] = [{f"p{place}": value for place, value in enumerate(row, 1)} for row in some]
            else:
                given = some
            self.connection.execute(";".join(cursor.mogrify(worded, row) for row in given).encode())

    def pour(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Add rows to a table as the server takes them most quickly."""
        into = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        with psycopg.Cursor(self.connection).copy(into.encode()) as copying:
            for row in rows:
                copying.write_row(row)

    def blocks(self, sql: str, size: int) -> Iterator[list[Any]]:
        """Yield the rows of a query that has no parameters, so many at once, as they come from the server."""
        self._cursors += 1
        name = f"block_{self._cursors}"
        self.run(f"DECLARE {name} NO SCROLL CURSOR FOR {sql}")
        while block := self.rows(f"FETCH {size} FROM {name}"):
            yield block
        self.run(f"CLOSE {name}")

    def digest(self, lines: str, parameters: Parameters = ()) -> str:
        """Return the SHA-256 of a query's lines, which the server works out: no row travels."""
        joined = "CAST(coalesce(group_concat(line, char(10)), '') AS BLOB)"
        return str(self.value(f"SELECT encode(sha256({joined}), 'hex') FROM ({lines}) AS lines", parameters))

    @property
    def last_change(self) -> int:
        """How many rows the newest statement changed."""
        return self._changed

    @property
    def in_transaction(self) -> bool:
        """Say whether a transaction or a snapshot is under way."""
        return self.connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE

    def version(self) -> int:
        """Return a number that differs whenever the database was changed."""
        return int(self.value("SELECT coalesce(max(id), 0) FROM change_set"))

    def interrupt(self) -> None:
        """Stop the statement that another thread runs on this connection, if there is one."""
        if self.place in LOST:
            self.let_go()
            return
        with suppress(psycopg.Error):
            self.connection.cancel_safe(timeout=1)

    def was_interrupted(self, error: BaseException) -> bool:
        """Say whether an error is what `interrupt` leads to."""
        return isinstance(error, psycopg.errors.QueryCanceled)

    def explain(self, error: BaseException) -> StatusDeskError:
        """Turn the server's error into the sentence that helps a person; bugs of ours are raised as they are."""
        return explained(error, self.server)

    @property
    def login(self) -> str:
        """The name under which the server knows who is here."""
        return self.connection.info.user

    def rights(self) -> frozenset[Right]:
        """Ask the server what this login may do beyond looking."""
        return server_roles.rights(self)

    def keep_brisk(self, lost: Callable[[StatusDeskError], None]) -> Brisk:
        """Let nobody wait here for more than a few seconds, once."""
        self._brisk = super().keep_brisk(lost)
        self.connection.longest = MOST
        return self._brisk

    def was_kept(self, change: tuple[int, str]) -> bool:
        """Look a change up by its number, and compare its whole record."""
        with self.explained():
            rows = self._execute(_RECORD, (change[0],)).fetchall()
            return rows == [(change[1],)]

    def let_go(self) -> bool:
        """Break the connection off: who waits for an answer on it is told that it is lost."""
        self.connection.break_off()
        return True

    def keep_little(self) -> None:
        """Do nothing: the server keeps and sorts on its own."""

    def check_writable(self) -> None:
        """Do nothing: the server says at each change whether this login may make it."""

    def damage(self, most: int) -> list[str]:
        """Return nothing, however much: a server looks after its own storage."""
        return [][:most]

    def strange_objects(self) -> list[str]:
        """Return what is missing, altered or not ours; only the owner is told."""
        return server_objects.strange_objects(self)

    def dangling(self, most: int) -> list[tuple[str, int, str]]:
        """Return (table, row, table referred to) where a reference leads nowhere."""
        return server_objects.dangling(self, most)

    def backup(self, target: Path, *, thorough: bool = False, tell: Tell = lambda _left, _all: None) -> None:
        """Refuse: a server's database is copied by its own tools."""
        raise NoFileToCopy(path=self.server)

    def _begin_writing(self) -> None:
        self.run(f"BEGIN; SELECT pg_advisory_xact_lock({WRITERS_LOCK})")
        self._within = True

    def _commit(self) -> None:
        """Keep what was written; where the answer is lost, it is looked up by its change set."""
        rows = self.rows(_WRITTEN)
        try:
            self.run("COMMIT")
        except psycopg.OperationalError:
            if not self.connection.broken:
                raise
            self._look_it_up(*(rows[0] if rows else (None, None, None)))
        self._within = False

    def _look_it_up(self, number: str | None, change_set: int | None, record: str | None) -> None:
        """Return if the change was kept; raises `Unkept` if not, and `Undecided` if that cannot be known.

        The transaction's number tells only whether it is still under way: a server that fell over may have given
        that number away again.
        """
        until = time.monotonic() + _LONGEST
        for pause in _PATIENCE if number else ():
            time.sleep(pause)
            if time.monotonic() > until:
                break
            try:
                self._reconnect()
                if self.connection.execute(_UNDER_WAY, (number,)).fetchone() == (True,):
                    continue
                found = self.connection.execute(_RECORD, (change_set,)).fetchone()
            except psycopg.OperationalError:
                continue
            if found != (record,):
                raise Unkept(path=self.server)
            return
        undecided = Undecided(path=self.server)
        if change_set is not None and record is not None:
            undecided.change = change_set, record
        raise undecided

    def _begin_reading(self) -> None:
        self._execute("BEGIN ISOLATION LEVEL REPEATABLE READ", None)
        self._within = True

    def roll_back(self) -> None:
        """Leave the transaction; whatever the server says of it, the first error is the one that counts."""
        self._within = False
        with suppress(psycopg.Error):
            self.connection.execute("ROLLBACK")
