"""The engine itself, without anything of ours: connections with the program's pragmas, and copies of databases."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import data

PRAGMAS = (
    "foreign_keys = 1",
    "recursive_triggers = 1",
    "temp_store = memory",
    "journal_mode = wal",
    "synchronous = full",
    "cache_size = -65536",
)


def connect(path: Path) -> sqlite3.Connection:
    """Open a file as the program does, but with the bare module; transactions are the caller's."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def folder() -> Iterator[Path]:
    """Lend a folder on the disk where the databases are, not in memory as /tmp may be."""
    data.FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=data.FOLDER, prefix="run-") as name:
        yield Path(name)


@contextmanager
def copies(accounts: int, count: int) -> Iterator[list[Path]]:
    """Lend so many copies of a database, to change at will."""
    original = data.database(accounts)
    with folder() as place:
        yield [Path(shutil.copy(original, place / f"{number}.statusdesk")) for number in range(count)]
