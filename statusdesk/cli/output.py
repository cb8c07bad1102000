"""What commands print: records as a plain table for people, or as JSON for programs."""

import codecs
import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from io import StringIO, TextIOWrapper
from itertools import chain, islice
from typing import TypeAlias

Value: TypeAlias = "str | int | Decimal | Sequence[Value] | Mapping[str, Value] | None"
"""What a field of a record holds; decimal numbers are printed digit for digit."""

Record: TypeAlias = "Mapping[str, Value]"

MINUS = "−"
NOTHING = "—"
_MEASURED = 1_000
_LEGIBLY = "statusdesk.legibly"
_SIMILAR = {MINUS: "-", NOTHING: "-", "→": "->", "“": '"', "”": '"', "’": "'", "…": "...", "×": "x"}
_ASCII = json.JSONEncoder().encode
_UNICODE = json.JSONEncoder(ensure_ascii=False).encode
_BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def prepare() -> None:
    """Let no letter that a terminal cannot show end the program; signs of ours become similar ones."""
    codecs.register_error(_LEGIBLY, _similar)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, StringIO())
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_LEGIBLY)


def _similar(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    return "".join(_SIMILAR.get(letter, "?") for letter in letters), error.end


def print_json(records: Iterable[Record]) -> None:
    """Print a list of objects, one on each line; in ASCII where the output could not hold every letter."""
    before, encode = "[\n", _ASCII if _is_narrow(sys.stdout.encoding) else _UNICODE
    for record in records:
        sys.stdout.write(before + _json(record, encode))
        before = ",\n"
    sys.stdout.write("[]\n" if before == "[\n" else "\n]\n")


def _is_narrow(encoding: str | None) -> bool:
    return (encoding or "").lower().replace("-", "").replace("_", "") != "utf8"


def _json(value: Value, encode: Callable[[object], str]) -> str:
    if isinstance(value, str):
        return encode(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return "{" + ", ".join([f"{_key(name)}: {_json(part, encode)}" for name, part in value.items()]) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join([_json(part, encode) for part in value]) + "]"
    return encode(value)


@cache
def _key(name: str) -> str:
    return _ASCII(name)


def print_table(records: Iterable[Record], titles: Mapping[str, str]) -> None:
    """Print the titled fields of records in aligned columns, numbers to the right.

    The first thousand say how wide; rows are printed as they come, so that a million of them need no memory.
    """
    rows = ([record[field] for field in titles] for record in records)
    head = list(islice(rows, _MEASURED))
    right = [all(map(_is_number, column)) for column in zip(*head, strict=True)] or [False] * len(titles)
    lines = [list(titles.values()), *(list(map(plain, row)) for row in head)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    for cells in chain(lines, (list(map(plain, row)) for row in rows)):
        padded = (_pad(cell, wanted, right=end) for cell, wanted, end in zip(cells, widths, right, strict=True))
        print("  ".join(padded).rstrip())


def _is_number(value: Value) -> bool:
    return value is None or (isinstance(value, int | Decimal) and not isinstance(value, bool))


def _pad(cell: str, wanted: int, *, right: bool) -> str:
    blanks = " " * (wanted - width(cell))
    return blanks + cell if right else cell + blanks


def plain(value: Value) -> str:
    """Write a value for people: digits in groups, a real minus sign, yes and no, and always on one line."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Decimal):
        return format(value, "," if isinstance(value, int) else ",f").replace("-", MINUS)
    return printable(str(value))


def printable(text: str) -> str:
    """Return the text on one line, without characters that a terminal would obey."""
    if text.isprintable() and "  " not in text and text == text.strip():
        return text
    kept = (letter for letter in text if letter not in _BIDI_CONTROLS)
    tame = (" " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in kept)
    return " ".join("".join(tame).split())


def width(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
