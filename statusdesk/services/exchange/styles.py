"""How a file writes its amounts and dates, guessed from its first rows, for people to check."""

import re
from collections.abc import Iterable, Mapping
from itertools import islice

from statusdesk.domain.errors import BadValue
from statusdesk.domain.fields import FIELD, Kind
from statusdesk.domain.instants import DATE_FORMATS, parse_date
from statusdesk.services.exchange.converters import NO_DATE
from statusdesk.services.exchange.tables import Table

_ROWS_LOOKED_AT = 2_000
_POINT = re.compile(r"\d\.(\d{1,2}|\d{4,})$|,\d{3}\.|,\d{3},")
_COMMA = re.compile(r"\d,(\d{1,2}|\d{4,})$|\.\d{3},|\.\d{3}\.")
_BEHIND_NUMBER = re.compile(r"[^\d.,]+$")


def guess_decimal(amounts: Iterable[str]) -> str | None:
    """Return the decimal mark, "." or ",", that the amounts agree on; None where they do not say or differ."""
    marks = set()
    for amount in amounts:
        bare = _BEHIND_NUMBER.sub("", amount)
        if _POINT.search(bare):
            marks.add(".")
        if _COMMA.search(bare):
            marks.add(",")
    return marks.pop() if len(marks) == 1 else None


def fitting_date_styles(dates: Iterable[str]) -> tuple[str, ...]:
    """Return the date formats that most of the dates fit, the likeliest first; more than one means: ask a person.

    ISO dates are understood in any style, so they say nothing about the others.
    """
    distinct = {date.strip() for date in dates} - NO_DATE
    others = {date for date in distinct if not _fits(date, DATE_FORMATS[0])} or distinct
    fits = {style: sum(_fits(date, style) for date in others) for style in DATE_FORMATS}
    most = max(fits.values())
    return tuple(style for style, count in fits.items() if count == most > 0)


def _fits(date: str, style: str) -> bool:
    try:
        parse_date(date, style)
    except BadValue:
        return False
    return True


def guess_styles(table: Table, mapping: Mapping[str, str]) -> tuple[str | None, tuple[str, ...]]:
    """Return the decimal mark and the fitting date styles of a table's first rows, for this mapping."""
    amounts = _places(table, mapping, {Kind.MONEY})
    dates = _places(table, mapping, {Kind.DATE, Kind.INSTANT})
    rows = [cells for _, cells in islice(table.rows(), _ROWS_LOOKED_AT)]
    return guess_decimal(_cells(rows, amounts)), fitting_date_styles(_cells(rows, dates))


def _places(table: Table, mapping: Mapping[str, str], kinds: set[Kind]) -> list[int]:
    return [table.index(column) for name, column in mapping.items() if FIELD[name].kind in kinds]


def _cells(rows: Iterable[list[str]], places: list[int]) -> Iterable[str]:
    return (cells[place] for cells in rows for place in places if place < len(cells))
