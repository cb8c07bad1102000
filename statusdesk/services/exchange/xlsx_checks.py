"""Counts what an XLSX file would take in memory, before the library that reads it has to find out.

That library keeps a whole sheet in memory, from its first cell to its last, each with its own copy of its text,
and ends the process when that does not fit. So everything that multiplies is counted here first.
"""

import re
from array import array
from collections.abc import Iterator
from itertools import pairwise
from zipfile import ZipInfo

from statusdesk.services.exchange.archives import MAX_UNPACKED, MIB, Archive, too_large
from statusdesk.services.exchange.errors import SheetTooWide

MAX_CELLS = 25_000_000
"""Cells between the first and the last one of a sheet: a million rows of all the fields, and a few more."""

MAX_STRINGS = 128 * MIB
"""Bytes of the shared strings of a workbook."""

MAX_TEXT = 1024 * MIB
"""Bytes of text once each cell has its own copy."""

_LONGEST_TAG = 1 << 20
_BLANKS = b" \t\r\n"
_ONE_QUOTE = bytes.maketrans(b"'", b'"')
_COLUMN = re.compile(rb'r="([A-Za-z]{1,9})\d')
_ROW = re.compile(rb'r="[A-Za-z]{0,9}(\d{1,19})"')
_STRING_CELL = b't="s"'
_STRING_INDEX = re.compile(rb't="s"[^<>]*>(?:<f>[^<]*</f>)?<v>(\d{1,9})</v>')
_STRING_TABLE = re.compile(rb"<(?:\w+:)?sst\b")
_STRING = re.compile(rb"<(?:\w+:)?si\b")


def check_xlsx(archive: Archive) -> None:
    """Raise `TooLarge` or `SheetTooWide` for what would not fit; a damaged part raises what its reader raises."""
    room = MAX_UNPACKED
    string_cells = 0
    for part in archive.parts:
        rows = columns = 0
        for size, tags in _tags(archive, part):
            room -= size
            columns = max(columns, *map(_number, set(_COLUMN.findall(tags))), 0)
            rows = max(rows, *map(int, set(_ROW.findall(tags))), 0)
            string_cells += tags.count(_STRING_CELL)
            if room < 0:
                raise too_large(archive.file)
        if rows * columns > MAX_CELLS:
            raise SheetTooWide(file=archive.file, rows=rows, columns=columns)
    _check_copies(archive, string_cells)


def _tags(archive: Archive, part: ZipInfo) -> Iterator[tuple[int, bytes]]:
    """Yield the part in pieces that end before a tag, without blanks and with one kind of quotation mark."""
    rest = b""
    for chunk in archive.chunks(part):
        text = rest + chunk.translate(_ONE_QUOTE, _BLANKS)
        end = max(text.rfind(b"<"), len(text) - _LONGEST_TAG)
        rest = text[end:]
        yield len(chunk), text[:end]
    yield 0, rest


def _check_copies(archive: Archive, string_cells: int) -> None:
    """Raise `TooLarge` if the cells' copies of the shared strings take too much."""
    lengths = array("L")
    for part in archive.parts:
        lengths.extend(_string_lengths(archive, part))
    longest = max(lengths, default=0)
    if string_cells * longest <= MAX_TEXT:
        return
    found = text = 0
    for part in archive.parts:
        for _, tags in _tags(archive, part):
            indexes = [int(index) for index in _STRING_INDEX.findall(tags)]
            text += sum(lengths[index] for index in indexes if index < len(lengths))
            found += len(indexes)
    if text + (string_cells - found) * longest > MAX_TEXT:
        raise too_large(archive.file)


def _string_lengths(archive: Archive, part: ZipInfo) -> Iterator[int]:
    """Yield the length in bytes of each shared string, if the part is their table."""
    chunks = archive.chunks(part)
    table = next(chunks)
    if not _STRING_TABLE.search(table[:4096]):
        return
    pieces = [table]
    room = MAX_STRINGS - len(table)
    for chunk in chunks:
        pieces.append(chunk)
        room -= len(chunk)
        if room < 0:
            raise too_large(archive.file)
    table = b"".join(pieces)
    starts = array("L", (match.start() for match in _STRING.finditer(table)))
    starts.append(len(table))
    yield from (after - start for start, after in pairwise(starts))


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
