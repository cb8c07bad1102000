"""Writes records as CSV or XLSX, beside the target first, and puts them in its place when they are whole.

CSV is UTF-8 with a byte order mark, without which spreadsheet programs take it for something else, and with
commas. What they could run as a formula is guarded; a workbook needs no guard, its texts are texts. Amounts of a
workbook are numbers, but for those with more digits than a spreadsheet keeps.
"""

from __future__ import annotations

import csv
import os
import re
from contextlib import contextmanager
from decimal import Decimal
from itertools import chain, islice
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from statusdesk.services.exchange.errors import CannotWrite, TextTooLong, TooManyRows, UnknownEnding
from statusdesk.services.exchange.formulas import FIRST, guarded
from statusdesk.services.exchange.tables import BLOCK, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value = str | int | Decimal | None
"""Texts, counts, flags (bool) and amounts."""

MAX_ROWS = 1_048_575
"""Records that a sheet holds below its line of column names."""

MAX_TEXT = 32_767
"""Characters that a cell of a sheet holds, those such as 🙂 counted twice (UTF-16 units)."""

_BREAK = "\x1f"
_GUARDABLE = re.compile(f"{_BREAK}[{re.escape(''.join(FIRST))}]")
_QUOTED = '"\r\n'
_MOST_DIGITS = 15
_ROWS_MEASURED = 200
_WIDTHS = (8, 50)
NO_GUESSING = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of a workbook in which texts stay texts."""


def check_ending(path: Path) -> str:
    """Return ".csv" or ".xlsx", as the file's name says, or raise `UnknownEnding`."""
    ending = path.suffix.lower()
    if ending not in (".csv", ".xlsx"):
        raise UnknownEnding(file=path.name)
    return ending


def write_records(
    path: Path,
    fields: Sequence[str],
    records: Iterable[Mapping[str, Value]],
    *,
    sheet: str = "Accounts",
    remark: str = "",
) -> int:
    """Write records with a line of field names above them, as the file's ending says; return how many they are.

    A workbook has the remark among its properties. Raises `UnknownEnding`, `CannotWrite`, `TooManyRows` and
    `TextTooLong`; what stood there before stays then.
    """
    rows = ([record[name] for name in fields] for record in records)
    return write_rows(path, fields, rows, sheet=sheet, remark=remark)


def write_rows(
    path: Path, fields: Sequence[str], rows: Iterator[Sequence[Value]], *, sheet: str, remark: str = ""
) -> int:
    """Write rows with a line of field names above them, like `write_records`."""
    ending = check_ending(path)
    with in_place(path) as part:
        if ending == ".csv":
            return write_csv(part, chain([fields], rows)) - 1
        return _write_sheet(part, fields, rows, sheet, remark)


@contextmanager
def in_place(path: Path) -> Iterator[Path]:
    """Lend a path to write to; what was written gets the target's name in the end, or vanishes on a failure."""
    target = path.resolve()
    part = target.with_name(target.name + ".part")
    try:
        if target.exists() and not target.is_file():
            raise CannotWrite(file=path.name, reason="something else than a file has that name")
        try:
            part.open("wb").close()
            yield part
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as problem:
        raise CannotWrite(file=path.name, reason=reason_of(problem)) from problem


def write_csv(path: Path, rows: Iterable[Sequence[Value]], delimiter: str = ",") -> int:
    """Write rows as CSV, safely on the disk when this returns; return how many they are."""
    count, remaining = 0, iter(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        quoting = csv.writer(file, delimiter=delimiter)
        while block := list(islice(remaining, BLOCK)):
            widths = set(map(len, block))
            if len(widths) > 1 or 1 in widths:
                quoting.writerows([_as_text(cell) for cell in row] for row in block)
            else:  # the writer of `csv` takes thrice as long
                columns = [_as_cells(column, delimiter) for column in zip(*block, strict=True)]
                file.write("\r\n".join([*map(delimiter.join, zip(*columns, strict=True)), ""]))
            count += len(block)
        file.flush()
        os.fsync(file.fileno())
    return count


def _as_cells(column: Sequence[Value], delimiter: str) -> list[str]:
    """Return the values of a column as they stand in a file; what needs no care is found out for all at once."""
    texts = [cell if type(cell) is str else _as_text(cell) for cell in column]
    joined = _BREAK + _BREAK.join(texts)
    if _GUARDABLE.search(joined):
        texts = [*map(guarded, texts)]
    if any(mark in joined for mark in (delimiter, *_QUOTED)):
        return [_quoted(text, delimiter) for text in texts]
    return texts


def _quoted(text: str, delimiter: str) -> str:
    if any(mark in text for mark in (delimiter, *_QUOTED)):
        return '"' + text.replace('"', '""') + '"'
    return text


def _as_text(value: Value) -> str:
    if isinstance(value, str):
        return guarded(value) if value else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _write_sheet(
    path: Path, fields: Sequence[str], rows: Iterator[Sequence[Value]], name: str, remark: str
) -> int:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(prefix="statusdesk-") as folder:
        book = Workbook(str(path), {"constant_memory": True, "tmpdir": folder, "use_zip64": True, **NO_GUESSING})
        book.set_properties({"comments": remark})
        page = book.add_worksheet(name)
        try:
            count = _Sheet(book, page, fields).fill(rows)
        except BaseException:
            if page.row_data_fh is not None:
                page.row_data_fh.close()
            raise
        try:
            book.close()
        except FileCreateError as problem:
            raise CannotWrite(file=path.stem, reason=reason_of(problem)) from problem
        return count


def fill_sheet(book: Workbook, page: Worksheet, fields: Sequence[str], rows: Iterator[Sequence[Value]]) -> int:
    """Fill a sheet of a workbook that is closed elsewhere; return how many rows it has below its field names."""
    return _Sheet(book, page, fields).fill(rows)


def _units(text: str) -> int:
    return len(text) if 2 * len(text) <= MAX_TEXT else len(text.encode("utf-16-le")) // 2


class _Sheet:
    """A sheet that is filled from top to bottom; it keeps one row in memory."""

    def __init__(self, book: Workbook, page: Worksheet, fields: Sequence[str]) -> None:
        self._page = page
        self._fields = fields
        self._bold = book.add_format({"bold": True})
        self._amounts = [book.add_format({"num_format": "0" + digits}) for digits in ("", ".0", ".00", ".000")]

    def fill(self, rows: Iterator[Sequence[Value]]) -> int:
        first = list(islice(rows, _ROWS_MEASURED))
        for place, name in enumerate(self._fields):
            widest = max([len(name), *(len(_as_text(row[place])) for row in first)])
            self._page.set_column(place, place, min(max(widest + 2, _WIDTHS[0]), _WIDTHS[1]))
        self._page.freeze_panes(1, 0)
        self._page.write_row(0, 0, self._fields, self._bold)
        count = 0
        for count, row in enumerate(chain(first, rows), 1):
            if count > MAX_ROWS:
                raise TooManyRows(most=f"{MAX_ROWS:,}")
            for place, value in enumerate(row):
                self._put(count, place, value)
        return count

    def _put(self, row: int, place: int, value: Value) -> None:
        if isinstance(value, bool):
            self._page.write_boolean(row, place, value)
        elif isinstance(value, Decimal) and len(value.as_tuple().digits) <= _MOST_DIGITS:
            self._page.write_number(row, place, float(value), self._format_of(value))
        elif isinstance(value, int):
            self._page.write_number(row, place, value)
        elif value is not None and value != "":
            text = str(value)
            if _units(text) > MAX_TEXT:
                raise TextTooLong(row=row + 1, column=self._fields[place], most=f"{MAX_TEXT:,}")
            self._page.write_string(row, place, text)

    def _format_of(self, amount: Decimal) -> Format:
        exponent = amount.as_tuple().exponent
        return self._amounts[-exponent if isinstance(exponent, int) and -3 <= exponent <= 0 else 2]
