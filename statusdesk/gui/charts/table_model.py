"""The numbers of a chart as a table: what cells show, what they sort by, and what goes to a spreadsheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from statusdesk.domain.money import plain
from statusdesk.gui import formats
from statusdesk.gui.icons import status_icon

Index = QModelIndex | QPersistentModelIndex

_ROOT: Final = QModelIndex()
_D: Final = Qt.ItemDataRole
_START: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


SIGN_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Under this a cell says the action icon before its text."""

TONE_ROLE: Final = Qt.ItemDataRole.UserRole
"""Under this a cell says the tone of its text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it shows, what it sorts by, and what a spreadsheet gets. `look` is a shape and a colour.

    `key` is what opening the cell says; None: nothing is behind it. `tone` is a name of `Tones` for its text,
    `sign` an action icon before it.
    """

    text: str
    sort: Any
    plain: str
    key: object = None
    look: tuple[str, str] | None = None
    tone: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column's name; numbers stand at the trailing side.

    It is as wide as its longest text, or as `sample` where that is given. One that `stretches` takes its part of
    what the others leave, and may be cut, but not to less than `least`: so many letters n wide. Where even that
    does not fit, columns that can be spared go, those with the highest `yields` first.
    """

    title: str
    number: bool = True
    sample: str = ""
    stretches: bool = False
    least: int = 16
    yields: int = 0


@dataclass(frozen=True, slots=True)
class TableRows:
    """A whole table. `keys` tell its rows apart, so that what is selected stays selected among other rows.

    Very many rows may make their cells as they are asked for; then `sorts` returns what a column sorts by.
    """

    columns: tuple[TableColumn, ...] = ()
    rows: Sequence[tuple[Cell, ...]] = ()
    keys: Sequence[object] = ()
    sorts: Callable[[int], Sequence[Any]] | None = None

    def order(self, column: int, *, descending: bool) -> list[int]:
        """Return the numbers of the rows as this column sorts them; equal ones stay as they stand."""
        places = range(len(self.rows))
        if not 0 <= column < len(self.columns):
            return list(places)
        by = [row[column].sort for row in self.rows] if self.sorts is None else self.sorts(column)
        return sorted(places, key=by.__getitem__, reverse=descending)


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
    """Holds a table, in the order that people chose; another one replaces it whole.

    `sorting` comes before rows change places, `resorted` after it: a selection of very many is better put aside
    meanwhile than kept up cell by cell.
    """

    sorting = Signal()
    resorted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = TableRows()
        self._order: list[int] = []
        self._sort = (-1, Qt.SortOrder.AscendingOrder)

    def show_rows(self, table: TableRows) -> bool:
        """Take other rows, and tell whether they took the places of the old ones, so that the selection stayed.

        They do where columns and number of rows are the same, unless rows have keys and these are others.
        """
        old = self._table
        same = table.columns == old.columns and len(table.rows) == len(old.rows) and table.keys == old.keys
        order = self._sorted(table)
        if not same or not table.rows or order != self._order:
            self.beginResetModel()
            self._table, self._order = table, order
            self.endResetModel()
            return False
        self._table = table
        last = self.index(len(table.rows) - 1, len(table.columns) - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder, /) -> None:
        """Put the rows into the order of a column; below 0 into their own."""
        if (column, order) == self._sort:
            return
        self._sort = (column, order)
        new = self._sorted(self._table)
        if new == self._order:
            return
        self.sorting.emit()
        self.layoutAboutToBeChanged.emit()
        places = {number: place for place, number in enumerate(new)}
        kept = self.persistentIndexList()
        moved = [self.index(places[self._order[index.row()]], index.column()) for index in kept]
        self._order = new
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()
        self.resorted.emit()

    def _sorted(self, table: TableRows) -> list[int]:
        column, order = self._sort
        return table.order(column, descending=order == Qt.SortOrder.DescendingOrder)

    def number(self, row: int) -> int:
        """Return which of the table's rows stands in this place."""
        return self._order[row]

    def key(self, row: int) -> object:
        """Return the key of the row that stands in this place; None where rows have none."""
        return self._table.keys[self._order[row]] if self._table.keys else None

    def places_of(self, numbers: Sequence[int]) -> list[int]:
        """Return where these of the table's rows stand, in order."""
        wanted = set(numbers)
        return [place for place, number in enumerate(self._order) if number in wanted]

    def places(self, keys: Sequence[object] | set[object]) -> list[int]:
        """Return where the rows with these keys stand, in order."""
        wanted = set(keys)
        own = self._table.keys
        return [place for place, number in enumerate(self._order) if own and own[number] in wanted]

    @property
    def table(self) -> TableRows:
        """What is shown."""
        return self._table

    def cell(self, index: Index) -> Cell:
        """Return the cell at a valid index."""
        return self._table.rows[self._order[index.row()]][index.column()]

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
        if role == TONE_ROLE:
            return cell.tone
        if role == SIGN_ROLE:
            return cell.sign
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


def as_tsv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return lines of cells with tabs between them."""
    return "\n".join("\t".join(row) for row in (columns, *rows)) + "\n"
