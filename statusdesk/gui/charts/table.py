"""The table beside a chart: the same numbers, sorted by any column, copied as text with tabs."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from statusdesk.gui.charts.table_cells import ICON, PAD, TableDelegate
from statusdesk.gui.charts.table_head import TableHead
from statusdesk.gui.charts.table_model import Cell, TableModel, TableRows, as_tsv
from statusdesk.gui.theme import Type, font
from statusdesk.gui.widths import Need
from statusdesk.gui.wording import tr

Index = QModelIndex | QPersistentModelIndex

_ROW: Final = 28
_MEASURED: Final = 300
_LIKED: Final = 48
"""How many letters n wide a column that stretches likes to be at most."""

_COPY: Final = QKeySequence.StandardKey.Copy
_R: Final = QPalette.ColorRole


class ChartTable(QTableView):
    """A table of `TableRows`; `opened` carries the key of a cell that people opened by Enter or a double click.

    `chosen` comes when other rows are selected, and when the selected ones are others than before.
    """

    opened = Signal(object)
    chosen = Signal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._model = TableModel(self)
        self.setModel(self._model)
        self.setItemDelegate(TableDelegate(self))
        self._dress()
        self._copy = QAction(tr("Copy"), self)
        self._copy.setObjectName(f"{name}_copy")
        self._copy.triggered.connect(self.copy)
        self.addAction(self._copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(self.chosen)
        self._aside: list[int] = []
        self._model.sorting.connect(self._put_aside)
        self._model.resorted.connect(self._put_back)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        corner = QWidget(self)
        corner.setAutoFillBackground(True)
        corner.setBackgroundRole(QPalette.ColorRole.Base)
        self.setCornerWidget(corner)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(_ROW, QFontMetrics(font(Type.BODY)).height() + 10))
        self._head = head = TableHead(self)
        self.setHorizontalHeader(head)
        head.setObjectName(f"{self.objectName()}_head")
        head.setAccessibleName(tr("Columns"))
        head.setFont(font(Type.LABEL))
        self.setSortingEnabled(True)

    def show_rows(self, table: TableRows, title: str = "") -> None:
        """Show other rows, in the order that people chose, and give the table another accessible name.

        Rows with keys that were selected before, or current, are so again.
        """
        columns = self._model.table.columns
        if title:
            self.setAccessibleName(title)
        if table.columns != columns:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        kept, current = set(self.chosen_keys()), self.currentIndex()
        here = self._model.key(current.row()) if current.isValid() else None
        place = self.verticalScrollBar().value()
        if not self._model.show_rows(table) and kept | ({here} - {None}):
            self._choose(kept, here)
            self.verticalScrollBar().setValue(place)
        self._widen(anew=table.columns != columns)
        self.chosen.emit()

    def _choose(self, keys: set[object], current: object) -> None:
        """Select rows by their keys, and make one of them current; those that are gone are left out."""
        self._select(self._model.places(keys))
        for row in self._model.places({current}):
            self.selectionModel().setCurrentIndex(
                self._model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def _select(self, rows: list[int]) -> None:
        chosen, last = QItemSelection(), self._model.columnCount() - 1
        for first, past in _runs(rows):
            chosen.select(self._model.index(first, 0), self._model.index(past - 1, last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @Slot()
    def _put_aside(self) -> None:
        self._aside = self.chosen_numbers()
        self.selectionModel().clearSelection()

    @Slot()
    def _put_back(self) -> None:
        self._select(self._model.places_of(self._aside))
        self._aside = []

    def chosen_rows(self) -> list[int]:
        """Return where the selected rows stand, in order."""
        selection = self.selectionModel().selection()
        areas = (selection.at(place) for place in range(selection.size()))
        return sorted({row for area in areas for row in range(area.top(), area.bottom() + 1)})

    def chosen_numbers(self) -> list[int]:
        """Return which of the table's own rows are selected, as they stand."""
        return [self._model.number(row) for row in self.chosen_rows()]

    def chosen_keys(self) -> list[object]:
        """Return the keys of the selected rows, as they stand; none where rows have none."""
        keys = self._model.table.keys
        return [keys[number] for number in self.chosen_numbers()] if keys else []

    def _widen(self, *, anew: bool) -> None:
        """Give each column room for its name and for its longest text; what stretches shares the rest.

        Unless the columns are `anew`, those of rows that are made as they are asked for only grow.
        """
        table, head = self._model.table, self._head
        if not anew and table.sorts is None:
            return
        rows = table.rows if table.sorts is None else table.rows[:_MEASURED]
        head.share({})
        letter = QFontMetrics(font(Type.BODY)).horizontalAdvance("n")
        needs: dict[int, Need] = {}
        for number, column in enumerate(table.columns):
            name = head.sectionSizeHint(number)
            needed = max(self._needed(number, column.sample, rows), name)
            if column.stretches:
                least = max(name, min(needed, column.least * letter))
                needs[number] = Need(least, min(needed, max(least, _LIKED * letter)), 1)
            else:
                self.setColumnWidth(number, needed if anew else max(needed, self.columnWidth(number)))
        spared = [number for number, column in enumerate(table.columns) if column.yields]
        head.share(needs, sorted(spared, key=lambda number: -table.columns[number].yields))

    def _needed(self, number: int, sample: str, rows: Sequence[tuple[Cell, ...]]) -> int:
        longest = max((sample, *(row[number].text for row in rows)), key=len)
        shape = ICON + PAD if any(row[number].look or row[number].sign for row in rows) else 0
        return QFontMetrics(font(Type.BODY)).horizontalAdvance(longest) + shape + 2 * PAD + 6

    @property
    def rows(self) -> TableRows:
        """What is shown, in its own order."""
        return self._model.table

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows, or all of them, with the columns' names."""
        model = self._model
        rows = self.chosen_rows() or range(model.rowCount())
        columns = range(model.columnCount())
        cells = [[model.cell(model.index(row, column)).plain for column in columns] for row in rows]
        QGuiApplication.clipboard().setText(as_tsv([column.title for column in model.table.columns], cells))

    def event(self, event: QEvent, /) -> bool:
        """Keep the keys for copying, which the window has for the list of accounts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.matches(_COPY):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Open with Enter, and copy."""
        if event.matches(_COPY):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        """Begin with the first row, so that arrows have a place to start from."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            here = self._model.index(0, 0)
            self.selectionModel().setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)

    @Slot(QModelIndex)
    def _open(self, index: Index) -> None:
        key = self._model.cell(index).key
        key = self._model.key(index.row()) if key is None else key
        if key is not None:
            self.opened.emit(key)


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Yield where rows without a gap between them begin, and the row after them."""
    first = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or rows[place] != rows[place - 1] + 1:
            yield rows[first], rows[place - 1] + 1
            first = place
