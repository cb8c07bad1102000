"""The table beside a chart: the same numbers, sorted by any column, copied as text with tabs."""

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
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
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from statusdesk.gui.charts.table_model import SortedRows, TableModel, TableRows, as_tsv
from statusdesk.gui.theme import Type, colour_group, font, tones
from statusdesk.gui.wording import tr

Index = QModelIndex | QPersistentModelIndex

_ROW: Final = 28
_COPY: Final = QKeySequence.StandardKey.Copy
_PAD: Final = 8
_ICON: Final = 16
_D: Final = Qt.ItemDataRole
_R: Final = QPalette.ColorRole


class ChartTable(QTableView):
    """A table of `TableRows`; `opened` carries the key of a cell that people opened by Enter or a double click."""

    opened = Signal(object)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._model = TableModel(self)
        self.sorted = SortedRows(self._model, self)
        self.setModel(self.sorted)
        self.setItemDelegate(_Rows(self))
        self._dress()
        self._copy = QAction(tr("Copy"), self)
        self._copy.setObjectName(f"{name}_copy")
        self._copy.triggered.connect(self.copy)
        self.addAction(self._copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.doubleClicked.connect(self._open)

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
        head = self.horizontalHeader()
        head.setObjectName(f"{self.objectName()}_head")
        head.setAccessibleName(tr("Columns"))
        head.setHighlightSections(False)
        head.setFont(font(Type.LABEL))
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)

    def show_rows(self, table: TableRows, title: str = "") -> None:
        """Show other rows, in the order that people chose, and give the table another accessible name."""
        columns = self._model.table.columns
        self._model.show_rows(table)
        if title:
            self.setAccessibleName(title)
        if table.columns != columns:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self._widen()

    def _widen(self) -> None:
        """Give each column room for its name and for its longest text."""
        metrics, head = QFontMetrics(font(Type.BODY)), self.horizontalHeader()
        rows = self._model.table.rows
        for column in range(self._model.columnCount()):
            longest = max((row[column].text for row in rows), key=len, default="")
            shape = _ICON + _PAD if any(row[column].look for row in rows) else 0
            width = metrics.horizontalAdvance(longest) + shape + 2 * _PAD + 6
            self.setColumnWidth(column, max(width, head.sectionSizeHint(column)))

    @property
    def rows(self) -> TableRows:
        """What is shown, in its own order."""
        return self._model.table

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows, or all of them, with the columns' names."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        numbers = chosen or range(self.sorted.rowCount())
        columns = range(self.sorted.columnCount())
        rows = [[self.sorted.cell(self.sorted.index(row, column)).plain for column in columns] for row in numbers]
        QGuiApplication.clipboard().setText(as_tsv([c.title for c in self._model.table.columns], rows))

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
        if not self.currentIndex().isValid() and self.sorted.rowCount():
            here = self.sorted.index(0, 0)
            self.selectionModel().setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)

    @Slot(QModelIndex)
    def _open(self, index: Index) -> None:
        key = self.sorted.cell(index).key
        if key is not None:
            self.opened.emit(key)


class _Rows(QStyledItemDelegate):
    """Paints a cell: its ground, its shape if it has one, its text, and the line below it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint one cell."""
        palette, rect = option.palette, option.rect
        group = colour_group(option)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, palette.color(group, _R.Highlight))
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, palette.color(_R.Base if selected else _R.Midlight))
        place = rect.adjusted(_PAD, 0, -_PAD, 0)
        icon = index.data(_D.DecorationRole)
        if icon is not None:
            side = QRect(place.left(), place.center().y() - _ICON // 2, _ICON, _ICON)
            icon.paint(painter, QStyle.visualRect(option.direction, rect, side))
            place = place.adjusted(_ICON + _PAD, 0, 0, 0)
        place = QStyle.visualRect(option.direction, rect, place)
        align = Qt.AlignmentFlag(index.data(_D.TextAlignmentRole))
        use = font(Type.BODY)
        painter.setFont(use)
        painter.setPen(palette.color(group, _R.Text))
        text = QFontMetrics(use).elidedText(index.data(), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(QStyle.visualAlignment(option.direction, align)), text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            edge = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(QStyle.visualRect(option.direction, rect, edge), tones(palette).muted)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index, /) -> QSize:
        """Return room for the whole text and its shape."""
        size = super().sizeHint(option, index)
        shape = _ICON + _PAD if index.data(_D.DecorationRole) is not None else 0
        text = QFontMetrics(font(Type.BODY)).horizontalAdvance(index.data())
        return QSize(text + shape + 2 * _PAD + 2, size.height())
