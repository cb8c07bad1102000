"""Reads sheets of workbooks, by python-calamine, as the same texts that a CSV file of them would hold.

A spreadsheet program keeps every number as a binary fraction: 417.0 comes back as “417”, and 0.1 + 0.2 as “0.3”,
with the fifteen digits that such a program shows. Cells with text stay to the letter, leading zeros included.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from statusdesk.services.exchange.archives import MIB, Archive, said
from statusdesk.services.exchange.errors import (
    BrokenWorkbook,
    CannotRead,
    EmptySheet,
    FileRefused,
    NoSuchSheet,
    TooLarge,
    WorkbookLocked,
)
from statusdesk.services.exchange.guessing import looks_like_header
from statusdesk.services.exchange.ods_checks import check_ods
from statusdesk.services.exchange.tables import (
    FileKind,
    NumberedRow,
    Table,
    TableOptions,
    is_blank,
    name_columns,
    reason_of,
)
from statusdesk.services.exchange.xlsx_checks import check_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

MAX_PACKED = 256 * MIB
"""Bytes of a workbook as it lies on the disk."""

Value = int | float | str | bool | time | date | datetime | timedelta
"""What a cell of a sheet can hold."""

_ROWS_LOOKED_AT = 20
_WHOLE = 10**15
"""Below this, every whole number has its own binary fraction."""


class SheetTable(Table):
    """One sheet of a workbook, kept in memory. Raises `FileRefused` when opened, if it cannot be read."""

    def __init__(self, path: Path, kind: FileKind, options: TableOptions) -> None:
        super().__init__(path, kind, options, ())
        book = open_workbook(path, kind)
        sheets = _visible(book, path.name)
        name = options.sheet or sheets[0]
        self._sheet = _sheet(book, name, path.name)
        self._rows_read = 0
        head = [cells for _, cells in islice(self._records(), _ROWS_LOOKED_AT)]
        if not head:
            raise EmptySheet(file=path.name, sheet=name, known=", ".join(sheets))
        header = looks_like_header(head[0], head[1:]) if options.header is None else options.header
        self.columns = name_columns(head[0], header=header, file=path.name)
        self.options = TableOptions(options.encoding, options.delimiter, header, name)

    def rows(self) -> Iterator[NumberedRow]:
        """Yield row number of the sheet and cells of each row that is not blank."""
        self.refuse_if_changed()
        records = self._records()
        if self.options.header:
            next(records, None)
        return records

    @property
    def fraction(self) -> float:
        """How much of the sheet the newest iteration has read, from 0 to 1."""
        return min(1.0, self._rows_read / max(1, self._sheet.total_height))

    def _records(self) -> Iterator[NumberedRow]:
        for number, row in enumerate(self._sheet.iter_rows(), 1):
            self._rows_read = number
            cells = [cell if type(cell) is str else as_text(cell) for cell in row]
            if cells[0].strip() or not is_blank(cells):
                yield number, cells


def sheet_names(path: Path, kind: FileKind) -> tuple[str, ...]:
    """Return the names of the sheets that people see in the workbook; raises `FileRefused`."""
    return _visible(open_workbook(path, kind), path.name)


def open_workbook(path: Path, kind: FileKind) -> CalamineWorkbook:
    """Check the workbook, then open it. Nothing in it is run, and no link in it is followed."""
    from python_calamine import CalamineWorkbook

    data = read_packed(path)
    archive = Archive(data, path.name)
    with _as_damage(path.name):
        (check_ods if kind is FileKind.ODS else check_xlsx)(archive)
        return CalamineWorkbook.from_filelike(BytesIO(data))


def read_packed(path: Path) -> bytes:
    """Return the workbook as it lies on the disk; raises `TooLarge` and `CannotRead`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PACKED + 1)
    except OSError as problem:
        raise CannotRead(file=path.name, reason=reason_of(problem)) from problem
    if len(data) > MAX_PACKED:
        raise TooLarge(file=path.name, most=MAX_PACKED // MIB)
    return data


def _visible(book: CalamineWorkbook, file: str) -> tuple[str, ...]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    names = [sheet.name for sheet in sheets if sheet.visible is SheetVisibleEnum.Visible]
    if not sheets:
        raise BrokenWorkbook(file=file, reason="it has no sheet")
    return tuple(names or [sheet.name for sheet in sheets])


def _sheet(book: CalamineWorkbook, name: str, file: str) -> CalamineSheet:
    if name not in book.sheet_names:
        raise NoSuchSheet(file=file, sheet=name, known=", ".join(_visible(book, file)))
    with _as_damage(file):
        return book.get_sheet_by_name(name)


@contextmanager
def _as_damage(file: str) -> Iterator[None]:
    """Turn whatever the reading library raises, its panics included, into one sentence."""
    from python_calamine import PasswordError

    try:
        yield
    except FileRefused:
        raise
    except PasswordError:
        raise WorkbookLocked(file=file) from None
    except BaseException as problem:
        if isinstance(problem, Exception) or type(problem).__name__ == "PanicException":
            raise BrokenWorkbook(file=file, reason=said(problem)) from problem
        raise


def as_text(value: Value) -> str:
    """Write the value of a cell as a CSV file would hold it; dates and times in ISO form."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return _number(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: float) -> str:
    if float(value).is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")
