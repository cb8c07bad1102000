"""Columns for what came of the cases of each reason or source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn, count_cell, share_cell, text_cell
from statusdesk.gui.panes.work.worklist import WorkColumn

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.domain.worklists import Tally


def tally_columns(
    name: str, nameless: str, cases: str, won: str, rate: str, days: str, still: str
) -> tuple[WorkColumn[Tally], ...]:
    """Return the columns under these titles; `nameless` stands for cases without a name."""
    return (
        WorkColumn(TableColumn(name, number=False, stretches=True), lambda each: text_cell(each.name or nameless)),
        _counted(cases, lambda each: each.cases),
        _counted(won, lambda each: each.won),
        WorkColumn(TableColumn(rate), lambda each: share_cell(round(each.share * 1000))),
        WorkColumn(TableColumn(days, yields=1), _days),
        _counted(still, lambda each: each.open),
    )


def _counted(title: str, count: Callable[[Tally], int]) -> WorkColumn[Tally]:
    return WorkColumn(TableColumn(title), lambda each: count_cell(count(each)))


def _days(tally: Tally) -> Cell:
    return count_cell(tally.days) if tally.days is not None else Cell(formats.NOTHING, -1, "")
