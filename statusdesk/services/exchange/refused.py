"""Saves the rows that could not be brought in, so that people mend them and bring them in after all."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from statusdesk.services.exchange.writing import in_place, write_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from statusdesk.services.exchange.interpreting import RefusedRow
    from statusdesk.services.exchange.tables import Table
    from statusdesk.services.exchange.writing import Value

EXTRA_COLUMNS = ("Refused line", "Refused because")
"""They come first, so that rows with too few or too many cells stay what they are."""


def write_refused(path: Path, table: Table, rows: Iterable[RefusedRow]) -> int:
    """Save refused rows of a table as CSV, each with its line and the reason; return how many they are.

    Columns keep their names and cells their texts, so the file can be imported like the one before. Where the
    table itself is such a file, its older lines and reasons are left out. Raises `CannotWrite`.
    """
    old = len(EXTRA_COLUMNS) if table.columns[: len(EXTRA_COLUMNS)] == EXTRA_COLUMNS else 0
    header = (*EXTRA_COLUMNS, *table.columns[old:])
    saved: Iterator[tuple[Value, ...]] = ((row.line, row.explanation, *row.cells[old:]) for row in rows)
    with in_place(path) as part:
        return write_csv(part, chain([header], saved), table.options.delimiter) - 1
