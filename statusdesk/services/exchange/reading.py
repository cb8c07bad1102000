"""Opens what people bring: says what a file seems to be, and opens it as a table the way they decide.

`inspect` guesses, `TableOptions` overrides, `open_table` opens. What a file is called does not matter, only what
is in it; what is no table is refused with one sentence.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from statusdesk.services.exchange.archives import is_archive, kind_of_archive
from statusdesk.services.exchange.errors import CannotRead, EmptyFile, FileRefused, NotATable, WrongEncoding
from statusdesk.services.exchange.guessing import (
    DELIMITERS,
    ENCODINGS,
    guess_delimiter,
    looks_like_header,
    marked_encoding,
    split,
    western_encoding,
)
from statusdesk.services.exchange.tables import FileKind, NumberedRow, Stamp, Table, TableOptions, reason_of
from statusdesk.services.exchange.text_tables import TextTable, blocks, find_bad_byte
from statusdesk.services.exchange.workbooks import SheetTable, read_packed, sheet_names

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "FileKind",
    "FileRefused",
    "NumberedRow",
    "Table",
    "TableGuess",
    "TableOptions",
    "inspect",
    "open_table",
]

_HEAD = 1 << 18
_OTHER_FILES = (
    (b"SQLite format 3\0", "a database"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a packed archive"),
    (b"BZh", "a packed archive"),
    (b"\xfd7zXZ", "a packed archive"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"Rar!", "a packed archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
)
_OTHER_TEXTS = (
    (re.compile(r"\s*(<!doctype html|<html|<table|<meta)", re.IGNORECASE), "a web page"),
    (re.compile(r"\s*<(\?xml|!doctype|!--)", re.IGNORECASE), "an XML document"),
    (re.compile(r'\s*(\{\s*"|\[\s*[\[{"]|\{\s*\}|\[\s*\])'), "a JSON document"),
)


@dataclass(frozen=True, slots=True)
class TableGuess:
    """What a file seems to be, for people to check.

    `options` are complete, but for the header of a workbook, which is decided on opening. `sheets` are the names
    of a workbook's visible sheets. `doubt` says where the file stops being UTF-8, if its encoding is only a guess.
    """

    path: Path
    kind: FileKind
    options: TableOptions
    sheets: tuple[str, ...] = ()
    doubt: WrongEncoding | None = None


def inspect(path: Path) -> TableGuess:
    """Look through a file and guess how to read it. Raises `FileRefused` for what is no table."""
    head, kind = _look(path)
    if kind is not FileKind.CSV:
        sheets = sheet_names(path, kind)
        return TableGuess(path, kind, TableOptions(sheet=sheets[0]), sheets)
    encoding, doubt = _encoding(path, head)
    text = _decoded(head, encoding)
    _refuse_foreign_text(path, text)
    delimiter = guess_delimiter(text)
    rows = split(text, delimiter)
    header = not rows or looks_like_header(rows[0], rows[1:20])
    return TableGuess(path, kind, TableOptions(encoding, delimiter, header), doubt=doubt)


def open_table(path: Path, options: TableOptions | None = None) -> Table:
    """Open a file as a table, as `inspect` would read it or as the options say. Raises `FileRefused`."""
    if options is None:
        options = inspect(path).options
    head, kind = _look(path)
    if kind is not FileKind.CSV:
        return SheetTable(path, kind, options)
    table = TextTable(path, options)
    _refuse_foreign_text(path, _decoded(head, options.encoding))
    return table


def _look(path: Path) -> tuple[bytes, FileKind]:
    Stamp.of(path)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as problem:
        raise CannotRead(file=path.name, reason=reason_of(problem)) from problem
    if not head:
        raise EmptyFile(file=path.name)
    for start, what in _OTHER_FILES:
        if head.startswith(start):
            raise NotATable(file=path.name, what=what)
    return head, kind_of_archive(read_packed(path), path.name) if is_archive(head) else FileKind.CSV


def _encoding(path: Path, head: bytes) -> tuple[str, WrongEncoding | None]:
    if marked := marked_encoding(head):
        return marked, None
    doubt = find_bad_byte(path, "utf-8")
    return (western_encoding(blocks(path)) if doubt else "utf-8"), doubt


def _decoded(head: bytes, encoding: str) -> str:
    return head.decode(encoding, "replace").removeprefix("\ufeff")


def _refuse_foreign_text(path: Path, text: str) -> None:
    if "\0" in text:
        raise NotATable(file=path.name, what="a binary file or in another encoding")
    for pattern, what in _OTHER_TEXTS:
        if pattern.match(text):
            raise NotATable(file=path.name, what=what)
