"""A bill as tables of the window: its lines as a file has them, and what changed since the first run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate

from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn, count_cell, money_cell, text_cell
from statusdesk.gui.panes.work.rows import table_of
from statusdesk.gui.panes.work.worklist import WorkColumn
from statusdesk.gui.wording import fact, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.domain.billing import Part
    from statusdesk.gui.charts.table_model import TableRows
    from statusdesk.services.billing import Bill, Difference, Line

_Row = tuple["Line", "Part"]


def month_text(month: str) -> str:
    """Write a month (YYYY-MM) as “October 2026”."""
    day = QDate.fromString(f"{month}-01", "yyyy-MM-dd")
    return f"{formats.month(month)} {day.toString('yyyy')}"


def line_rows(made: Bill, currency: str) -> TableRows:
    """Return a row for each account and charge; their amounts add up to the total."""
    rows = [(line, part) for line in made.lines for part in line.parts]
    columns: tuple[WorkColumn[_Row], ...] = (
        _text(tr("Number"), lambda row: row[0].number),
        _text(tr("Name"), lambda row: row[0].name, stretches=True),
        _count(tr("Days"), lambda row: row[1].days),
        _money(tr("Monthly charge"), lambda row: row[1].charge, currency),
        _money(tr("Amount"), lambda row: row[1].amount, currency),
    )
    return table_of(rows, range(len(rows)), columns)


def change_rows(made: Bill, currency: str) -> TableRows:
    """Return a row for each account that is billed otherwise than by the first run."""
    columns: tuple[WorkColumn[Difference], ...] = (
        _text(tr("Number"), lambda row: row.line.number),
        _text(tr("Name"), lambda row: row.line.name),
        _turned(tr("Days"), lambda row: (row.days_before, row.line.days), count_cell),
        _turned(
            tr("Amount"),
            lambda row: (row.amount_before, row.line.amount),
            lambda amount: money_cell(amount, currency),
        ),
        _text(tr("Why"), _why, stretches=True),
    )
    return table_of(made.differences, [row.line.account_id for row in made.differences], columns)


def _why(row: Difference) -> str:
    """Say what came between, the reason that was given for it first."""
    done = ((one.reason, fact(one.kind, one.facts)) for one in row.because)
    return "; ".join(dict.fromkeys(f"{reason} ({what})" if reason else what for reason, what in done))


def _turned(
    title: str, values: Callable[[Difference], tuple[int, int]], cell: Callable[[int], Cell]
) -> WorkColumn[Difference]:
    """Return a column of what was before and what is now."""

    def both(row: Difference) -> Cell:
        before, after = (cell(value) for value in values(row))
        return Cell(f"{before.text} → {after.text}", after.sort, f"{before.plain} → {after.plain}")

    return WorkColumn(TableColumn(title), both, lambda row: values(row)[1])


def _text(title: str, value: Callable[[Any], str], *, stretches: bool = False) -> WorkColumn[Any]:
    return WorkColumn(
        TableColumn(title, number=False, stretches=stretches),
        lambda row: text_cell(value(row)),
        lambda row: value(row).casefold(),
    )


def _count(title: str, value: Callable[[Any], int]) -> WorkColumn[Any]:
    return WorkColumn(TableColumn(title), lambda row: count_cell(value(row)), value)


def _money(title: str, value: Callable[[Any], int], currency: str) -> WorkColumn[Any]:
    return WorkColumn(TableColumn(title), lambda row: money_cell(value(row), currency), value)
