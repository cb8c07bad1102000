"""An opened database as the rest of this floor sees it, whichever engine keeps it: an SQLite file or a server.

SQL is written once, for SQLite, within the words that `dialect` knows how to say to PostgreSQL.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from statusdesk.domain.errors import Cancelled
from statusdesk.domain.rights import EVERYTHING
from statusdesk.store.brisk import Brisk

if TYPE_CHECKING:
    from pathlib import Path

    import peewee

    from statusdesk.domain.errors import StatusDeskError
    from statusdesk.domain.places import Place
    from statusdesk.domain.rights import Right
    from statusdesk.store.copying import Tell

Parameters = Sequence[object] | Mapping[str, object]

Mode = Literal["read", "write"]

_MOST_PARAMETERS = 30_000
"""Parameters that a statement may have in every SQLite there is, rounded down."""


def _quotes_damage(error: BaseException | None) -> bool:
    """Say whether the engine, or its message, quotes bytes of the file that are no text any more."""
    if isinstance(error, UnicodeDecodeError):
        return bytes(error.object).startswith(b"malformed")
    return str(error).startswith("Could not decode to UTF-8")


class Transaction:
    """A transaction under way; with `keep` set to False nothing of it stays."""

    def __init__(self) -> None:
        self.keep = True


class Rows(Protocol):
    """What a statement gives: rows one by one, some at once, or all."""

    def fetchone(self) -> Any:
        """Return the next row, or None."""

    def fetchmany(self, size: int, /) -> list[Any]:
        """Return the next rows, at most so many."""

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""

    def close(self) -> None:
        """Let go of the rows that are left: an unread statement keeps `interrupt` in force for the next one."""

    def __iter__(self) -> Iterator[Any]: ...


class Database(ABC):
    """A connection to one database. Not shared between threads at the same time, but for `interrupt`.

    `mode` "write" brings an old one up to date; "read" changes nothing, ever.
    """

    place: Place
    mode: Mode
    engine: Any
    errors: ClassVar[tuple[type[BaseException], ...]]

    @abstractmethod
    def close(self) -> None:
        """Close the connection; closing twice does no harm."""

    @abstractmethod
    def run(self, sql: str, parameters: Parameters = ()) -> Rows:
        """Run one statement; its parameters are given by place or by name."""

    @abstractmethod
    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""

    def pour(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Add rows to a table, many at once; each has a value for each of these columns."""
        marks = f"({', '.join('?' * len(columns))})"
        at_once = max(1, _MOST_PARAMETERS // len(columns))
        for start in range(0, len(rows), at_once):
            some = rows[start : start + at_once]
            self.run(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * len(some))}",
                [value for row in some for value in row],
            )

    @property
    @abstractmethod
    def last_change(self) -> int:
        """How many rows the newest statement changed."""

    @property
    @abstractmethod
    def in_transaction(self) -> bool:
        """Say whether a transaction or a snapshot is under way."""

    @abstractmethod
    def version(self) -> int:
        """Return a number that differs whenever another connection has changed the database."""

    @abstractmethod
    def interrupt(self) -> None:
        """Stop the statement that another thread runs on this connection, if there is one."""

    @abstractmethod
    def was_interrupted(self, error: BaseException) -> bool:
        """Say whether an error is what `interrupt` leads to."""

    @abstractmethod
    def explain(self, error: BaseException) -> StatusDeskError:
        """Turn the engine's error into the sentence that helps a person; bugs of ours are raised as they are."""

    @property
    def login(self) -> str:
        """The name under which the server knows who is here; empty for a file."""
        return ""

    def rights(self) -> frozenset[Right]:
        """Return what may be done here beyond looking."""
        return EVERYTHING

    def keep_brisk(self, lost: Callable[[StatusDeskError], None]) -> Brisk:
        """Let nobody wait long for a server's answer here, as it is the window that asks; see `Brisk`."""
        return Brisk(self.place, lost, self.explain)

    def was_kept(self, change: tuple[int, str]) -> bool:
        """Say whether a change was kept that was `InDoubt`; only a server leaves that open."""
        raise NotImplementedError(change)

    def let_go(self) -> bool:
        """Break the connection off, from any thread, if it leads to a server; say whether it does.

        Who waits for an answer on it is told at once that it is lost.
        """
        return False

    @abstractmethod
    def keep_little(self) -> None:
        """Keep little of the file in memory, and let large sorts go to the engine's temporary files."""

    @abstractmethod
    def check_writable(self) -> None:
        """Raise `ReadOnly`, or whatever else keeps it from being written; somebody else's lock does not."""

    @abstractmethod
    def damage(self, most: int) -> list[str]:
        """Return what the engine finds wrong with its storage, in its words."""

    @abstractmethod
    def strange_objects(self) -> list[str]:
        """Return what is missing, altered or not ours, as "trigger entry_no_update"."""

    @abstractmethod
    def dangling(self, most: int) -> list[tuple[str, int, str]]:
        """Return (table, row, table referred to) where a reference leads nowhere."""

    @abstractmethod
    def backup(self, target: Path, *, thorough: bool = False, tell: Tell = lambda _left, _all: None) -> None:
        """Copy the database as it stands to the file `target`, put in place at the end.

        `tell` hears how far it is and may raise to end it; see `copying.copy_out`.
        """

    @abstractmethod
    def _begin_writing(self) -> None:
        """Begin a transaction that is the only one that writes."""

    def _commit(self) -> None:
        """Keep what the transaction wrote."""
        self.run("COMMIT")

    @abstractmethod
    def _begin_reading(self) -> None:
        """Begin to see one state of the database."""

    @abstractmethod
    def roll_back(self) -> None:
        """Leave the transaction; whatever the engine says of it, the first error is the one that counts."""

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        return self.run(sql, parameters).fetchall()

    def blocks(self, sql: str, size: int) -> Iterator[list[Any]]:
        """Yield the rows of a query that has no parameters, so many at once, within a transaction."""
        cursor = self.run(sql)
        while block := cursor.fetchmany(size):
            yield block

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the first column of the first row, or None."""
        row = self.run(sql, parameters).fetchone()
        return None if row is None else row[0]

    def digest(self, lines: str, parameters: Parameters = ()) -> str:
        """Return the SHA-256, in hex, of the column `line` of a query's rows, as `sealing.digest_of` gives it."""
        from statusdesk.store.sealing import digest_of

        return digest_of((self.value(f"SELECT group_concat(line, char(10)) FROM ({lines})", parameters) or "",))

    def all(self, query: peewee.BaseQuery) -> list[Any]:
        """Return all rows of a Peewee query, as tuples."""
        return list(query.tuples().execute(self.engine))

    def do(self, query: peewee.BaseQuery) -> Any:
        """Carry out a Peewee query that writes."""
        return query.execute(self.engine)

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Let the engine's errors leave as sentences; `Cancelled` after `interrupt`."""
        try:
            yield
        except self.errors as error:
            if self.was_interrupted(error):
                raise Cancelled from None
            raise self.explain(error) from error

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Hold the write lock from the start; commit at the end, or leave nothing."""
        with self.explained():
            self._begin_writing()
            transaction = Transaction()
            try:
                yield transaction
                if transaction.keep:
                    self._commit()
                else:
                    self.run("ROLLBACK")
            except BaseException:
                self.roll_back()
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See one state of the database throughout, whatever other connections write meanwhile."""
        with self.explained():
            self._begin_reading()
            try:
                yield
            finally:
                self.roll_back()
