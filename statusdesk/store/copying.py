"""Whole copies of a database by the engine's own backup: out of one in use, and into one in use."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

PAGES: Final = 4_096
"""Pages that are copied between two words of progress: 16 MB."""

STEPS: Final = 100_000
"""Steps of the engine between two questions whether to go on checking a copy: some milliseconds."""

_FIRST: Final = 8
"""Pages of the first portion into a database; fewer than any database of ours has, so that more follow."""

PATIENCE: Final = 5.0
"""Seconds to wait for somebody else's lock."""

Tell = Callable[[int, int], None]
"""Is told how many pages are left, of how many; whatever it raises ends the copying with nothing kept."""


def copy_out(
    source: sqlite3.Connection, part: Path, *, thorough: bool = False, tell: Tell = lambda _left, _all: None
) -> str:
    """Copy what the connection sees at one moment into a new file, checked and on the disk at the end.

    Returns "ok", or what the engine finds wrong with the copy; `thorough` looks at the indexes as well. Raises
    `sqlite3.Error` and `OSError`; what was written until then is for the caller to remove.
    """
    copy = sqlite3.connect(part)
    try:
        with _one_state(source):
            source.backup(copy, pages=PAGES, progress=_patient(tell), sleep=0.05)
        copy.execute("PRAGMA journal_mode = delete")
        question = "PRAGMA integrity_check(1)" if thorough else "PRAGMA quick_check(1)"
        with _stoppable(copy, tell):
            (verdict,) = copy.execute(question).fetchone()
    finally:
        copy.close()
    part.chmod(0o600)
    flush(part)
    return str(verdict)


def copy_into(target: sqlite3.Connection, source: Path, *, unless: Callable[[], None]) -> None:
    """Replace all that the opened database holds by what the file holds, as one commit that others see as such.

    Once nobody else can write any more, `unless` is called and may raise to leave everything as it is. Raises
    `sqlite3.Error`; then nothing was changed.
    """
    asked: list[bool] = []

    def tell(left: int, pages: int) -> None:
        if pages and left < pages and not asked:
            asked.append(True)
            unless()

    reading = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        reading.backup(target, pages=_FIRST, progress=_patient(tell), sleep=0.05)
    finally:
        reading.close()


def _patient(tell: Tell) -> Callable[[int, int, int], None]:
    """Return what the engine calls after each portion; it gives up where somebody's lock lets none pass."""
    waiting_since = 0.0

    def told(state: int, left: int, pages: int) -> None:
        nonlocal waiting_since
        if state not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            waiting_since = 0.0
            tell(left, pages)
            return
        waiting_since = waiting_since or time.monotonic()
        if time.monotonic() - waiting_since > PATIENCE:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error

    return told


@contextmanager
def _stoppable(connection: sqlite3.Connection, tell: Tell) -> Iterator[None]:
    """Ask now and then within a long statement whether to go on: whoever closes a window does not wait for it."""
    raised: list[Exception] = []

    def ask() -> int:
        try:
            tell(0, 1)
        except Exception as error:  # the engine has room for a yes or no only
            raised.append(error)
        return len(raised)

    connection.set_progress_handler(ask, STEPS)
    try:
        yield
    except sqlite3.OperationalError:
        if raised:
            raise raised[0] from None
        raise


@contextmanager
def _one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """See one state throughout: the engine would begin again each time that somebody else writes."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield
    finally:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


def flush(file: Path) -> None:
    """Wait until a file is on the disk. Raises `OSError`."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk; systems that cannot do that are left alone."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
