"""The numbers of a chart as a table: what cells show, what they sort by, and what goes to a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from statusdesk.domain.money import plain
from statusdesk.gui import formats
from statusdesk.gui.icons import status_icon

Index = QModelIndex | QPersistentModelIndex

_ROOT: Final = QModelIndex()
_D: Final = Qt.ItemDataRole
_START: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it shows, what it sorts by, and what a spreadsheet gets. `look` is a shape and a colour.

    `key` is what opening the cell says; None: nothing is behind it.
    """

    text: str
    sort: Any
    plain: str
    key: object = None
    look: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column's name; numbers stand at the trailing side."""

    title: str
    number: bool = True


@dataclass(frozen=True, slots=True)
class TableRows:
    """A whole table."""

    columns: tuple[TableColumn, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def text_cell(text: str, *, sort: Any = None, key: object = None, look: tuple[str, str] | None = None) -> Cell:
    """Return a cell of text; it sorts by the text without regard to case, or by `sort`."""
    return Cell(text, text.casefold() if sort is None else sort, text, key, look)


def count_cell(number: int, *, key: object = None, signed: bool = False) -> Cell:
    """Return a cell with a count, or with a difference."""
    return Cell(formats.signed(number) if signed else formats.count(number), number, str(number), key)


def money_cell(amount: int, currency: str, *, key: object = None) -> Cell:
    """Return a cell with an amount of minor units."""
    written = plain(amount, currency).replace(".", formats.locale().decimalPoint())
    return Cell(formats.money(amount, currency), amount, written, key)


def share_cell(tenths: int, *, key: object = None) -> Cell:
    """Return a cell with tenths of a percent; a spreadsheet gets the percentage."""
    written = f"{tenths // 10}{formats.locale().decimalPoint()}{tenths % 10}"
    return Cell(formats.percent(tenths), tenths, written, key)


def day_cell(day: str, *, key: object = None) -> Cell:
    """Return a cell with a day; a spreadsheet gets it as ISO."""
    return Cell(formats.date(day), day, day, key)


class TableModel(QAbstractTableModel):
    """Holds a table; another one replaces it whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = TableRows()

    def show_rows(self, table: TableRows) -> None:
        """Take other rows; where columns and number of rows stay, the selection stays as well."""
        same = table.columns == self._table.columns and len(table.rows) == len(self._table.rows)
        if not same or not table.rows:
            self.beginResetModel()
            self._table = table
            self.endResetModel()
            return
        self._table = table
        last = self.index(len(table.rows) - 1, len(table.columns) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    @property
    def table(self) -> TableRows:
        """What is shown."""
        return self._table

    def cell(self, index: Index) -> Cell:
        """Return the cell at a valid index."""
        return self._table.rows[index.row()][index.column()]

    def rowCount(self, parent: Index = _ROOT, /) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = _ROOT, /) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = _D.DisplayRole, /) -> Any:
        """Return what a cell shows and says."""
        if not index.isValid():
            return None
        cell, column = self.cell(index), self._table.columns[index.column()]
        if role == _D.DisplayRole:
            return cell.text
        if role == _D.TextAlignmentRole:
            return _END if column.number else _START
        if role == _D.AccessibleTextRole:
            return f"{column.title}: {cell.text}"
        if role == _D.DecorationRole and cell.look is not None:
            return status_icon(*cell.look)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _D.DisplayRole, /) -> Any:
        """Return a column's name, above its cells."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._table.columns):
            return None
        column = self._table.columns[section]
        if role == _D.TextAlignmentRole:
            return _END if column.number else _START
        return column.title if role == _D.DisplayRole else None


class SortedRows(QSortFilterProxyModel):
    """The same rows, in the order people chose."""

    def __init__(self, source: TableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self.setSourceModel(source)

    def cell(self, index: Index) -> Cell:
        """Return the cell at a valid index."""
        return self._source.cell(self.mapToSource(index))

    def lessThan(self, left: Index, right: Index, /) -> bool:
        """Compare by what the cells sort by."""
        return bool(self._source.cell(left).sort < self._source.cell(right).sort)


def as_tsv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return lines of cells with tabs between them."""
    return "\n".join("\t".join(row) for row in (columns, *rows)) + "\n"
