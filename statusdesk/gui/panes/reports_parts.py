"""How split reports become one table: the value by which they are split stands in front of each row."""

from collections.abc import Iterator
from typing import Any

from statusdesk.domain.scopes import Scope
from statusdesk.gui.charts.table_model import Cell, TableColumn, text_cell
from statusdesk.gui.panes.reports_view import dimension_name, value_name
from statusdesk.services.report_requests import Answer


def parts_of(answer: Answer) -> Iterator[tuple[str, Any, Scope]]:
    """Yield value, report and scope of each part; a report that is not split has one part."""
    scope, split = answer.request.scope, answer.request.split
    for part in answer.parts:
        yield part.value, part.report, scope if split is None else scope.limited_to(split, part.value)


def head_columns(answer: Answer) -> tuple[TableColumn, ...]:
    """Return the column that names the parts, if there are any."""
    split = answer.request.split
    return () if split is None else (TableColumn(dimension_name(split), number=False),)


def lead_cells(answer: Answer, value: str) -> tuple[Cell, ...]:
    """Return the cell that names the part of a row, if there are parts."""
    return () if answer.request.split is None else (text_cell(value_name(value)),)
