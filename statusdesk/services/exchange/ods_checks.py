"""Counts what an OpenDocument sheet would take in memory: it may repeat a cell, and a row, a billion times.

Read with expat, which sees the document as the library that reads the sheet does, whatever its prefixes are.
"""

from dataclasses import dataclass
from xml.parsers import expat

from statusdesk.services.exchange.archives import MAX_UNPACKED, MIB, Archive, too_large
from statusdesk.services.exchange.errors import SheetTooWide, WorkbookLocked

MAX_CELLS = 10_000_000
"""Cells between the first and the last one of a sheet."""

MAX_TEXT = 512 * MIB
"""Bytes of text once each repeated cell has its own copy."""

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_ROW = _TABLE + "table-row"
_VALUE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 value-type"


def check_ods(archive: Archive) -> None:
    """Raise `TooLarge`, `SheetTooWide` or `WorkbookLocked`; a damaged part raises what its reader raises."""
    room = MAX_UNPACKED
    for part in archive.parts:
        sheets = _Sheets(archive.file) if part.filename == "content.xml" else None
        for chunk in archive.chunks(part):
            room -= len(chunk)
            if room < 0:
                raise too_large(archive.file)
            if part.filename == "META-INF/manifest.xml" and b"encryption-data" in chunk:
                raise WorkbookLocked(file=archive.file)
            if sheets is not None:
                sheets.feed(chunk)


@dataclass(slots=True)
class _Row:
    """A row as far as it was read: how often it repeats, its cells, the last filled one, and its text."""

    repeats: int
    columns: int = 0
    filled_to: int = 0
    text: int = 0


@dataclass(slots=True)
class _Cell:
    """A cell: how often it repeats, whether it holds anything, and its text."""

    repeats: int
    filled: bool
    text: int = 0


class _Sheets:
    """Follows the sheets of a document, and adds up rows, columns and text with all repetitions."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._rows = self._filled_rows = self._columns = self._text = 0
        self._row = _Row(1)
        self._cell = _Cell(1, filled=False)
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def feed(self, chunk: bytes) -> None:
        """Take in the next piece of the document."""
        self._parser.Parse(chunk)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            repeats = int(attributes.get(_TABLE + "number-columns-repeated", "1"))
            self._cell = _Cell(repeats, filled=_VALUE in attributes)
        elif name == _ROW:
            self._row = _Row(int(attributes.get(_TABLE + "number-rows-repeated", "1")))
        elif name == _TABLE + "table":
            self._rows = self._filled_rows = self._columns = 0

    def _characters(self, text: str) -> None:
        self._cell.text += len(text)

    def _end(self, name: str) -> None:
        row, cell = self._row, self._cell
        if name in _CELLS:
            row.columns += cell.repeats
            row.text += cell.text * cell.repeats
            if cell.filled or cell.text:
                row.filled_to = row.columns
        elif name == _ROW:
            self._end_row(row)

    def _end_row(self, row: _Row) -> None:
        self._rows += row.repeats
        self._text += row.text * row.repeats
        if row.filled_to:
            self._filled_rows = self._rows
            self._columns = max(self._columns, row.filled_to)
        if self._filled_rows * self._columns > MAX_CELLS:
            raise SheetTooWide(file=self._file, rows=self._filled_rows, columns=self._columns)
        if self._text > MAX_TEXT:
            raise too_large(self._file)
