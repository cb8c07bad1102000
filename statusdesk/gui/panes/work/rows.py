"""Rows of a worklist as a table that makes its cells as they are asked for, however many rows there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

from statusdesk.gui.charts.table_model import TableRows

if TYPE_CHECKING:
    from statusdesk.gui.charts.table_model import Cell
    from statusdesk.gui.panes.work.worklist import WorkColumn

R = TypeVar("R")


class _Cells(Sequence["tuple[Cell, ...]"]):
    """The cells of rows; those of the rows asked for last are kept."""

    _KEPT = 512

    def __init__(self, rows: Sequence[Any], columns: Sequence[WorkColumn[Any]]) -> None:
        self._rows = rows
        self._columns = columns
        self._made: dict[int, tuple[Cell, ...]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> tuple[Cell, ...]: ...

    @overload
    def __getitem__(self, place: slice) -> list[tuple[Cell, ...]]: ...

    def __getitem__(self, place: int | slice) -> tuple[Cell, ...] | list[tuple[Cell, ...]]:
        """Return the cells of one row, or of several."""
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        made = self._made.get(place)
        if made is None:
            if len(self._made) >= self._KEPT:
                self._made.clear()
            made = self._made[place] = tuple(column.cell(self._rows[place]) for column in self._columns)
        return made

    def sorts(self, number: int) -> list[Any]:
        """Return what a column sorts the rows by."""
        column = self._columns[number]
        if column.sort is not None:
            return [column.sort(row) for row in self._rows]
        return [column.cell(row).sort for row in self._rows]


def table_of(rows: Sequence[R], keys: Sequence[object], columns: Sequence[WorkColumn[R]]) -> TableRows:
    """Return rows as a table whose rows have these keys."""
    cells = _Cells(rows, columns)
    return TableRows(tuple(column.column for column in columns), cells, keys, cells.sorts)
