"""Reads delimited text, strictly and in one stream, so that a million rows cost no more than parsing them."""

import codecs
import csv
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from io import TextIOWrapper
from itertools import accumulate, chain, islice
from pathlib import Path
from typing import BinaryIO, NoReturn, TextIO

from statusdesk.services.exchange.errors import (
    CannotRead,
    CellTooLong,
    EmptyFile,
    FileRefused,
    LineTooLong,
    StrayQuote,
    UnclosedQuote,
    UnknownDelimiter,
    UnknownEncoding,
    WrongEncoding,
)
from statusdesk.services.exchange.formulas import unguarded
from statusdesk.services.exchange.guessing import hinted_delimiter, looks_like_header
from statusdesk.services.exchange.tables import (
    BLOCK,
    FileKind,
    NumberedRow,
    NumberedRows,
    Table,
    TableOptions,
    is_blank,
    name_columns,
    reason_of,
)

MAX_LINE = 16
"""Megabytes (MiB) without a line break from which a file is refused, for it would all have to be in memory."""

_MEGABYTE = 1 << 20
_ROWS_LOOKED_AT = 20
_BREAKS = re.compile(r"\r\n|\r|\n")


class TextTable(Table):
    """A delimited text file. Raises `FileRefused` when opened, if its first line cannot be read."""

    def __init__(self, path: Path, options: TableOptions) -> None:
        _check(options)
        super().__init__(path, FileKind.CSV, options, ())
        self._open_file: BinaryIO | None = None
        if self._stamp.size >= MAX_LINE * _MEGABYTE:
            refuse_endless_lines(path)
        first, header = self._look()
        self.columns = name_columns(first, header=header, file=path.name)
        self.options = TableOptions(options.encoding, options.delimiter, header, options.sheet)

    def rows(self) -> Iterator[NumberedRow]:
        """Yield line and cells of each row that is not blank; apostrophes that guard formulas are taken off."""
        return chain.from_iterable(zip(*block, strict=True) for block in self.blocks())

    def blocks(self) -> Iterator[NumberedRows]:
        """Yield the same in blocks."""
        self.refuse_if_changed()
        self._open_file = None
        return self._below_header() if self.options.header else self._blocks()

    def _below_header(self) -> Iterator[NumberedRows]:
        blocks = self._blocks()
        first = next(blocks, None)
        if first is not None and len(first.lines) > 1:
            yield NumberedRows(first.lines[1:], first.rows[1:])
        yield from blocks

    @property
    def fraction(self) -> float:
        """How much of the file the newest iteration has read, from 0 to 1."""
        file = self._open_file
        if file is None or not self._stamp.size:
            return 0.0
        return 1.0 if file.closed else min(1.0, file.tell() / self._stamp.size)

    def _look(self) -> tuple[list[str], bool]:
        with closing(self._blocks()) as blocks:
            head = list(islice(chain.from_iterable(block.rows for block in blocks), _ROWS_LOOKED_AT))
        if not head:
            raise EmptyFile(file=self.path.name)
        header = self.options.header
        return head[0], looks_like_header(head[0], head[1:]) if header is None else header

    def _blocks(self) -> Generator[NumberedRows, None, None]:
        end, problem = 0, None
        with self._text() as text:
            reader = csv.reader(text, delimiter=self.options.delimiter, strict=True)
            while problem is None:
                rows, problem = _read(reader)
                if not rows:
                    break
                lines, end = _lines(rows, end, reader.line_num)
                if block := self._filled(lines, _unguarded(rows)):
                    yield block
        if problem is not None:
            self._refuse(problem, end + 1)

    def _filled(self, lines: Sequence[int], rows: list[list[str]]) -> NumberedRows | None:
        """Leave out the rows that are blank, or, before all others, a hint at the delimiter."""
        if lines[0] > 1 and all(rows) and all(map(str.strip, [cells[0] for cells in rows])):
            return NumberedRows(lines, rows)
        kept = [
            (line, cells)
            for line, cells in zip(lines, rows, strict=True)
            if not is_blank(cells) and (line > 1 or not self._is_hint(cells))
        ]
        return NumberedRows(*zip(*kept, strict=True)) if kept else None

    def _is_hint(self, cells: list[str]) -> bool:
        return hinted_delimiter(self.options.delimiter.join(cells)) is not None

    @contextmanager
    def _text(self) -> Iterator[TextIO]:
        try:
            file = self.path.open("rb")
        except OSError as problem:
            raise CannotRead(file=self.path.name, reason=reason_of(problem)) from problem
        self._open_file = file
        with file:
            yield open_text(file, self.options.encoding)

    def _refuse(self, problem: Exception, line: int) -> NoReturn:
        if isinstance(problem, UnicodeError):
            refuse_encoding(self.path, self.options.encoding)
        if isinstance(problem, OSError):
            raise CannotRead(file=self.path.name, reason=reason_of(problem)) from problem
        kind: type[FileRefused] = StrayQuote
        if "field limit" in str(problem):
            kind = CellTooLong
        elif "end of data" in str(problem):
            kind = UnclosedQuote
        raise kind(file=self.path.name, line=line, most=csv.field_size_limit()) from None


def _read(reader: Iterator[list[str]]) -> tuple[list[list[str]], Exception | None]:
    """Return the next rows, a block of them if there are so many, and what keeps the one after from being read."""
    rows: list[list[str]] = []
    try:
        rows.extend(islice(reader, BLOCK))
    except (csv.Error, UnicodeError, OSError) as problem:
        return rows, problem
    return rows, None


def _lines(rows: list[list[str]], before: int, last: int) -> tuple[Sequence[int], int]:
    """Return the line in which each row begins, and that in which the last one ends.

    It is the next one each, unless there are line breaks within cells.
    """
    if last == before + len(rows):
        return range(before + 1, last + 1), last
    ends = accumulate((1 + len(_BREAKS.findall("|".join(cells))) for cells in rows), initial=before)
    *begins, end = (line + 1 for line in ends)
    return begins, end - 1


def _unguarded(rows: list[list[str]]) -> list[list[str]]:
    if "\x1f'" in "\x1f" + "\x1f".join(chain.from_iterable(rows)):
        return [[unguarded(cell) for cell in cells] for cells in rows]
    return rows


def open_text(file: BinaryIO, encoding: str) -> TextIO:
    """Return the file as text with its line breaks kept; a byte order mark is passed over."""
    utf8 = codecs.lookup(encoding).name == "utf-8"
    return TextIOWrapper(file, encoding="utf-8-sig" if utf8 else encoding, newline="")


def refuse_endless_lines(path: Path) -> None:
    """Raise `LineTooLong` if `MAX_LINE` megabytes pass without a line break."""
    without = 0
    for block in blocks(path):
        without = 0 if b"\n" in block or b"\r" in block else without + 1
        if without >= MAX_LINE:
            raise LineTooLong(file=path.name, most=MAX_LINE)


def refuse_encoding(path: Path, encoding: str) -> NoReturn:
    """Raise `WrongEncoding` with the line and the byte that the encoding does not have, both from 1."""
    raise find_bad_byte(path, encoding) or WrongEncoding(
        file=path.name, line=1, position=1, encoding=encoding.upper()
    )


def find_bad_byte(path: Path, encoding: str) -> WrongEncoding | None:
    """Decode the whole file and return the error that names its first bad byte, or None if there is none."""
    decode = codecs.getincrementaldecoder(encoding)().decode
    line, before = 1, 0
    try:
        for block in blocks(path):
            line += decode(block).count("\n")
            before += len(block)
        block = b""
        decode(block, True)
    except UnicodeDecodeError as problem:
        good = problem.object[: problem.start]
        line += good.decode(encoding, "replace").count("\n")
        position = before + len(block) - len(problem.object) + len(good) + 1
        return WrongEncoding(file=path.name, line=line, position=position, encoding=encoding.upper())
    except UnicodeError:
        return WrongEncoding(file=path.name, line=1, position=1, encoding=encoding.upper())
    return None


def blocks(path: Path) -> Iterator[bytes]:
    """Yield the file in blocks of a megabyte; raises `CannotRead`."""
    try:
        with path.open("rb") as file:
            while block := file.read(_MEGABYTE):
                yield block
    except OSError as problem:
        raise CannotRead(file=path.name, reason=reason_of(problem)) from problem


def _check(options: TableOptions) -> None:
    try:
        "".encode(options.encoding)
    except (LookupError, ValueError):
        raise UnknownEncoding(encoding=options.encoding) from None
    if len(options.delimiter) != 1 or options.delimiter in '"\r\n\0 ':
        raise UnknownDelimiter(delimiter=options.delimiter)
