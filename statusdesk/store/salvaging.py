"""Reads what a damaged file still gives into a new one, row by row around the damage; the file is never opened.

Only a copy of it is, because opening alone can write: the engine puts a left-behind log into its file.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, cast

from statusdesk.domain.store_errors import Damaged, StoreUnavailable
from statusdesk.store.mending import mend
from statusdesk.store.migrations import SCHEMA, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

_COUNTED_ANEW: Final = ("status_count", "status_day", "day_peak")
_MOST_GAPS: Final = 10_000
_LAST: Final = 2**62
_LONGEST: Final = 2**40
_LOWEST: Final = -(2**62)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What could be read: rows by table, open accounts, and the tables of which some rows could not be."""

    rows: dict[str, int]
    accounts: int
    torn: tuple[str, ...] = ()


@dataclass
class _Reader:
    """Reads the tables of a damaged copy; `torn` are those in which it came to damage.

    `keys` are the columns of the keys of tables whose rows have no ids.
    """

    file: sqlite3.Connection
    keys: dict[str, str] = field(default_factory=dict)
    torn: set[str] = field(default_factory=set)

    def rows(self, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield every row that can be read, each once."""
        if table in self.keys:
            yield from self._keyed_rows(table, columns, self.keys[table])
            return
        low = _LOWEST
        for _ in range(_MOST_GAPS):
            for row in self._scan(f"SELECT rowid, {columns} FROM {table} WHERE rowid > ? ORDER BY rowid", low):
                if row is None or not low < row[0] < _LAST:
                    break
                low = row[0]
                yield row[1:]
            else:
                return
            self.torn.add(table)
            start = self._beyond(table, low)
            if start is None:
                return
            down = f"SELECT rowid, {columns} FROM {table} WHERE rowid < {start} AND rowid > ? ORDER BY rowid DESC"
            yield from self._upward(self._scan(down, low), low, start)
            low = start - 1

    @staticmethod
    def _upward(rows: Iterator[tuple[Any, ...] | None], low: int, high: int) -> Iterator[tuple[Any, ...]]:
        """Yield rows between two ids, read from the upper end, for as long as they come in order."""
        for row in rows:
            if row is None or not low < row[0] < high:
                return
            high = row[0]
            yield row[1:]

    def _scan(self, sql: str, *parameters: object) -> Iterator[tuple[Any, ...] | None]:
        """Yield rows, and None last where the damage begins."""
        try:
            yield from self.file.execute(sql, parameters)
        except (sqlite3.Error, UnicodeDecodeError):
            yield None

    def _beyond(self, table: str, low: int) -> int | None:
        """Return the id of the first row that is found by jumping over the damage in ever longer leaps."""
        leap = 1
        while leap < _LAST:
            with suppress(sqlite3.Error, UnicodeDecodeError):
                found = self.file.execute(
                    f"SELECT rowid FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT 1", (low + leap,)
                ).fetchone()
                if found is None or found[0] > low:
                    return None if found is None else int(found[0])
            leap *= 2
        return None

    def _keyed_rows(self, table: str, columns: str, key: str) -> Iterator[tuple[Any, ...]]:
        seen = set()
        for row in self._scan(f"SELECT {columns} FROM {table} ORDER BY {key}"):
            if row is None or row[: key.count(",") + 1] in seen:
                break
            seen.add(row[: key.count(",") + 1])
            yield row
        else:
            return
        self.torn.add(table)
        downward = key.replace(",", " DESC,") + " DESC"
        for row in self._scan(f"SELECT {columns} FROM {table} ORDER BY {downward}"):
            if row is None or row[: key.count(",") + 1] in seen:
                return
            seen.add(row[: key.count(",") + 1])
            yield row


def salvage(path: Path, target: Path) -> Salvaged:
    """Make `target` from what can be read of the damaged `path`, with what is missing marked as unreadable.

    The result is for looking at: its history has holes. Raises `Damaged` where nothing of use can be read.
    """
    with TemporaryDirectory(prefix="statusdesk-") as folder:
        copy = _copied(path, Path(folder))
        with closing(sqlite3.connect(copy)) as file, closing(sqlite3.connect(target)) as new:
            file.text_factory = _text
            reader = _Reader(file)
            try:
                _build(new)
                reader.keys = _keys(new)
                rows = Counter({name: _carry(reader, new, name) for name in _names(new)})
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise Damaged(path=path, reason=str(error)) from error
            if not rows["account"] and not rows["account_state"]:
                raise Damaged(path=path, reason="no account can be read")
            mend(new)
            (accounts,) = new.execute("SELECT count(*) FROM account WHERE closed = 0").fetchone()
            new.execute(f"PRAGMA user_version = {SCHEMA}")
            new.commit()
    return Salvaged(dict(rows), accounts, tuple(sorted(reader.torn)))


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")


def _copied(path: Path, folder: Path) -> Path:
    copy = folder / path.name
    try:
        shutil.copyfile(path, copy)
        log = path.with_name(path.name + "-wal")
        if log.exists():
            shutil.copyfile(log, copy.with_name(log.name))
        _lengthen(copy)
    except OSError as error:
        raise StoreUnavailable(what=f"{path} cannot be read: {error.strerror or error}.") from None
    return copy


def _lengthen(copy: Path) -> None:
    """Give a file that was cut off its length again: the engine reads nothing of one that is too short."""
    with copy.open("rb+") as file:
        head = file.read(32)
        page = int.from_bytes(head[16:18], "big")
        length = int.from_bytes(head[28:32], "big") * (65_536 if page == 1 else page)
        if copy.stat().st_size < length < _LONGEST:
            file.truncate(length)


def _names(new: sqlite3.Connection) -> list[str]:
    tables = new.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    return [name for (name,) in tables.fetchall() if name not in _COUNTED_ANEW]


def _keys(new: sqlite3.Connection) -> dict[str, str]:
    found = new.execute(
        "SELECT t.name, group_concat(c.name, ', ') FROM pragma_table_list t JOIN pragma_table_info(t.name) c"
        " WHERE t.schema = 'main' AND t.wr AND c.pk GROUP BY t.name ORDER BY c.pk"
    )
    return dict(found.fetchall())


def _build(new: sqlite3.Connection) -> None:
    def run(sql: str, parameters: tuple[object, ...] = ()) -> object:
        return new.execute(sql, cast("tuple[str, ...]", parameters))

    new.isolation_level = None
    new.execute("BEGIN")
    for step in STEPS:
        step(run)


def _carry(reader: _Reader, new: sqlite3.Connection, table: str) -> int:
    columns = [name for _, name, *_ in new.execute(f"PRAGMA table_info({table})")]
    marks = ", ".join("?" * len(columns))
    carried = 0
    for row in reader.rows(table, ", ".join(columns)):
        with suppress(sqlite3.Error):  # a value that its column cannot hold is damage as well
            carried += new.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row).rowcount
    return carried
