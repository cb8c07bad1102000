"""Reads the account numbers that a file names: one on each line, or those of a table with a column for them."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.errors import Refused
from statusdesk.domain.folding import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from statusdesk.store.store import Store

Numbered = tuple[int, str]
"""A line of the file, from 1, and the account number in it."""

_SHOWN = 5


class UnknownNumbers(Refused):
    """Lines that name no account."""

    sentence = (
        "{file}, {lines}: number: no account has {numbers}. Nothing was changed; mend the file, then try again."
    )


class NoNumbers(Refused):
    """A file without a single number."""

    sentence = "{file} names no account. Write one account number on each line."


def accounts_in(path: Path, store: Store) -> AccountIds:
    """Return the accounts whose numbers the file names, "-" meaning standard input.

    Raises `NoNumbers`, `UnknownNumbers` or `FileRefused`; the same number twice counts once.
    """
    file = "standard input" if path == Path("-") else path.name
    found: dict[int, None] = {}
    unknown: list[Numbered] = []
    for line, number in _numbers(path):
        account = store.accounts.by_number(number)
        if account is None:
            unknown.append((line, number))
        else:
            found[account.id] = None
    if unknown:
        raise UnknownNumbers(file=file, lines=_lines(unknown), numbers=_quoted(unknown))
    if not found:
        raise NoNumbers(file=file)
    return AccountIds(tuple(found))


def _lines(unknown: list[Numbered]) -> str:
    lines = ", ".join(str(line) for line, _ in unknown[:_SHOWN])
    more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
    return f"line {lines}" if len(unknown) == 1 else f"lines {lines}{more}"


def _quoted(unknown: list[Numbered]) -> str:
    quoted = " or ".join(f"“{number}”" for _, number in unknown[:_SHOWN])
    return f"the number {quoted}" if len(unknown) <= _SHOWN else f"the number {quoted} and so on"


def _numbers(path: Path) -> Iterator[Numbered]:
    if path == Path("-"):
        return _filled(enumerate(sys.stdin, start=1))
    return _in_file(path)


def _filled(lines: Iterable[Numbered]) -> Iterator[Numbered]:
    return ((line, tidy) for line, text in lines if (tidy := clean(text)))


def _in_file(path: Path) -> Iterator[Numbered]:
    """Yield the cells of the column that is named as one of numbers, or else of the first one from line 1 on."""
    from statusdesk.services.exchange.reading import inspect, open_table
    from statusdesk.services.exchange.synonyms import SYNONYMS, column_key

    options = inspect(path).options
    table = open_table(path, replace(options, header=True))
    keys = [column_key(column) for column in table.columns]
    place = next((keys.index(key) for key in SYNONYMS["number"] if key in keys), None)
    if place is None:
        table, place = open_table(path, replace(options, header=False)), 0
    return _filled((line, cells[place]) for line, cells in table.rows() if len(cells) > place)
