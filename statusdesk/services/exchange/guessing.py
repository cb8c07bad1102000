"""What a text file seems to be: its encoding, its delimiter, and whether its first line names the columns.

All of it is a guess that people can change. `csv.Sniffer` is not asked: it takes letters for delimiters. Nor is
any detector of encodings: none is safe on short files, so what is no UTF-8 becomes a preselected Windows-1252.
"""

import codecs
import csv
import re
from collections.abc import Iterable, Sequence

from statusdesk.services.exchange.synonyms import names_a_field

ENCODINGS = (
    "utf-8 windows-1252 iso-8859-1 iso-8859-15 windows-1250 iso-8859-2 windows-1251 windows-1253 windows-1254"
    " windows-1255 windows-1256 windows-1257 cp437 cp850 mac-roman shift_jis gb18030 big5 euc-kr utf-16 utf-16-le"
    " utf-16-be"
).split()
"""Encodings worth offering, the likeliest first."""

DELIMITERS = ",;\t|"
"""Characters that separate cells in real files."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_IN_WINDOWS_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_LINES_LOOKED_AT = 200
_LETTERS_LOOKED_AT = 64
_DATUM = re.compile(r"[-+(]?[\d.,'’\s]*\d[\d.,'’\s]*[)%-]?|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*|[^@\s]+@[^@\s]+\.\w+")
_EXCEL_HINT = re.compile(r"sep=(.)", re.IGNORECASE)


def marked_encoding(head: bytes) -> str | None:
    """Return the encoding that a byte order mark at the start says, or None without one."""
    return next((name for mark, name in _BYTE_ORDER_MARKS if head.startswith(mark)), None)


def western_encoding(blocks: Iterable[bytes]) -> str:
    """Return Windows-1252, or Latin-1 where a byte occurs that the former does not have."""
    odd = any(_NOT_IN_WINDOWS_1252.search(block) for block in blocks)
    return "iso-8859-1" if odd else "windows-1252"


def guess_delimiter(head: str) -> str:
    """Return the delimiter by which most lines have as many cells as the first one, the more cells the better."""
    if hinted := hinted_delimiter(head.partition("\n")[0]):
        return hinted
    scores = {delimiter: _evenness(split(head, delimiter)) for delimiter in DELIMITERS}
    return max(scores, key=lambda delimiter: scores[delimiter])


def hinted_delimiter(line: str) -> str | None:
    """Return the delimiter that a first line such as `sep=;` names, as Excel writes and reads it."""
    hint = _EXCEL_HINT.fullmatch(line.strip(' \r\n"\ufeff'))
    return hint[1] if hint else None


def split(head: str, delimiter: str) -> list[list[str]]:
    """Return the first rows of a text that may break off anywhere."""
    lines = head.splitlines(keepends=True)[:_LINES_LOOKED_AT]
    try:
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return []
    return rows[:-1] if len(rows) > 2 else rows


def _evenness(rows: Sequence[Sequence[str]]) -> tuple[float, int]:
    width = len(rows[0]) if rows else 0
    if width < 2:
        return 0.0, width
    even = sum(len(row) == width and not _is_torn(row) for row in rows)
    return round(even / len(rows), 1), width


def _is_torn(row: Sequence[str]) -> bool:
    """Say whether a quoted cell was cut in two."""
    return any(cell.count('"') % 2 for cell in row)


def looks_like_header(first: Sequence[str], following: Sequence[Sequence[str]]) -> bool:
    """Say whether the first row names columns: it names fields, or holds no datum and nothing that recurs."""
    data = any(_DATUM.fullmatch(cell.strip()[:_LETTERS_LOOKED_AT]) for cell in first)
    fields = sum(names_a_field(cell) for cell in first)
    if fields > data:
        return True
    if data or not any(cell.strip() for cell in first):
        return False
    return not any(row[0] == first[0] for row in following if row)
