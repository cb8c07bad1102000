"""What a table is to those who read it: columns, and rows with the line that each stands in."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from statusdesk.services.exchange.errors import CannotRead, FileChanged, NoSuchColumn, NotAFile, TooManyColumns

MAX_COLUMNS = 2_000
"""More columns than this are refused: no table of accounts has them."""

BLOCK = 200
"""Rows that are read and converted at once, so that what holds for all is asked once; more outgrow the cache."""

NumberedRow = tuple[int, list[str]]
"""The line of the file (or the row of the sheet) that the row begins in, from 1, and its cells as texts."""


class NumberedRows(NamedTuple):
    """Some rows, at least one: the line that each begins in, and its cells."""

    lines: Sequence[int]
    rows: Sequence[list[str]]


class FileKind(StrEnum):
    """What a file is by its content; its name does not matter. Other workbooks (XLS, XLSB) are refused."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"


@dataclass(frozen=True, slots=True)
class TableOptions:
    """How to read a file. Encoding and delimiter count for CSV only, the sheet for workbooks only.

    `header` says whether the first row names the columns; None leaves that to the content.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    header: bool | None = None
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Tells whether a file is still what it was: its size in bytes and when it was written."""

    size: int
    written_at: int

    @classmethod
    def of(cls, path: Path) -> "Stamp":
        """Look at the file; raises `CannotRead` and `NotAFile`."""
        try:
            found = path.stat()
            if not path.is_file():
                raise NotAFile(file=path.name or str(path))
        except (OSError, ValueError) as problem:
            raise CannotRead(file=path.name, reason=reason_of(problem)) from problem
        return cls(found.st_size, found.st_mtime_ns)


class Table(ABC):
    """A file opened as a table. Its rows can be read as often as wanted, as long as the file stays the same."""

    def __init__(self, path: Path, kind: FileKind, options: TableOptions, columns: tuple[str, ...]) -> None:
        self.path = path
        self.kind = kind
        self.options = options
        self.columns = columns
        self._stamp = Stamp.of(path)

    @abstractmethod
    def rows(self) -> Iterator[NumberedRow]:
        """Yield the rows below the header that are not blank; raises `FileRefused` where one cannot be read.

        A row may have more or fewer cells than there are columns: that is for the reader to judge.
        """

    def blocks(self) -> Iterator[NumberedRows]:
        """Yield the same in blocks; what stands before a row that cannot be read still comes."""
        rows = self.rows()
        while block := list(islice(rows, BLOCK)):
            yield NumberedRows(*zip(*block, strict=True))

    @property
    @abstractmethod
    def fraction(self) -> float:
        """How much of the table the newest iteration has read, from 0 to 1."""

    def sample(self, count: int = 20) -> list[list[str]]:
        """Return the cells of the first rows."""
        return [cells for _, cells in islice(self.rows(), count)]

    def index(self, column: str) -> int:
        """Return the place of a column by its name; raises `NoSuchColumn`."""
        if column not in self.columns:
            raise NoSuchColumn(file=self.path.name, column=column, known=", ".join(self.columns))
        return self.columns.index(column)

    def refuse_if_changed(self) -> None:
        """Raise `FileChanged` if the file is no longer the one that was opened."""
        if Stamp.of(self.path) != self._stamp:
            raise FileChanged(file=self.path.name)


def name_columns(cells: Iterable[str], *, header: bool, file: str) -> tuple[str, ...]:
    """Return one distinct name for each cell of the first row.

    A blank one becomes “Column 3”, a repeated one “Name (2)”. Raises `TooManyColumns`.
    """
    names: dict[str, None] = {}
    for place, cell in enumerate(cells, 1):
        wanted = (" ".join(cell.split()) if header else "") or f"Column {place}"
        name, copy = wanted, 1
        while name in names:
            copy += 1
            name = f"{wanted} ({copy})"
        names[name] = None
    if len(names) > MAX_COLUMNS:
        raise TooManyColumns(file=file, count=len(names), most=MAX_COLUMNS)
    return tuple(names)


def is_blank(cells: Iterable[str]) -> bool:
    """Say whether there is nothing to see in any of the cells."""
    return not any(map(str.strip, cells))


def reason_of(problem: Exception) -> str:
    """Return what the operating system says, in lower case and without numbers."""
    text = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return text[:1].lower() + text[1:]
