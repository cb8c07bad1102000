"""The table of statuses: what is selected here filters the accounts, and keeps doing so while rows change."""

from collections.abc import Callable, Collection
from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QHoverEvent,
    QKeyEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from statusdesk.gui.models.status_rows import Column, StatusRow
from statusdesk.gui.models.statuses_model import StatusesModel
from statusdesk.gui.panes.name_field import NameField, Refusal
from statusdesk.gui.panes.status_columns import StatusColumns
from statusdesk.gui.panes.status_painting import BAR, EDGE, ICON, INDENT, PAD, StatusDelegate, row_height
from statusdesk.gui.theme import Type, font

LEAST_NAME: Final = 112
MOST_NAME: Final = 144
"""Where less is left for the names than the longest needs, other columns go; in logical pixels."""

_FIRST_TO_GO: Final = (Column.EFFECT, Column.SHARE, Column.MONTHLY)

_SELECT: Final = QItemSelectionModel.SelectionFlag
_CURSOR: Final = QAbstractItemView.CursorAction
_UPWARD: Final = (_CURSOR.MoveUp, _CURSOR.MovePrevious, _CURSOR.MovePageUp, _CURSOR.MoveEnd)


class StatusesTable(QTableView):
    """Shows a `StatusesModel`; keeps the selection while rows come, go and move.

    `chosen_changed` comes when people select other statuses, or when a selected one goes; not when a program
    calls `select`. `menu_requested` asks for the current status's menu, at a place on the screen.
    """

    chosen_changed = Signal()
    rename_requested = Signal(int, str)
    menu_requested = Signal(QPoint)

    def __init__(self, model: StatusesModel, refusal: Refusal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statuses_table")
        self.setAccessibleName(self.tr("Statuses"))
        self.statuses = model
        self.setModel(model)
        self.delegate = StatusDelegate(model, refusal, self)
        self.delegate.renamed.connect(self.rename_requested)
        self.setItemDelegate(self.delegate)
        self._silent = False
        self._wide: dict[Column, int] = {}
        self._dress()
        self._arrange()
        self.selectionModel().selectionChanged.connect(self._tell)
        self.selectionModel().currentChanged.connect(self._mark_current)
        model.dataChanged.connect(self._measure_anew)
        model.rowsMoved.connect(self._mark_current)
        model.rowsInserted.connect(self._mark_current)
        model.rowsRemoved.connect(self._mark_current)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self.doubleClicked.connect(self._rename_at)

    def _arrange(self) -> None:
        head = StatusColumns(self)
        self.setHorizontalHeader(head)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(Column.STATUS, QHeaderView.ResizeMode.Stretch)
        side = self.verticalHeader()
        side.setObjectName("statuses_rows")
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setMinimumSectionSize(1)
        side.setDefaultSectionSize(row_height(self.font()))

    def chosen(self) -> frozenset[int]:
        """Return the ids of the selected statuses."""
        rows = (self.statuses.status_row(index) for index in self.selectionModel().selectedRows())
        return frozenset(row.key for row in rows if row is not None)

    def select(self, status_ids: Collection[int]) -> None:
        """Select exactly these statuses, as far as they are shown, without telling anybody."""
        picked = QItemSelection()
        for at, row in enumerate(self.statuses.rows):
            if row.key in status_ids and isinstance(row, StatusRow):
                picked.select(self.statuses.index(at, 0), self.statuses.index(at, 0))
        self._silent = True
        self.selectionModel().select(picked, _SELECT.ClearAndSelect | _SELECT.Rows)
        self._silent = False

    def change_rows(self, change: Callable[[], None]) -> None:
        """Change the rows; where the current status goes, the next one gets the keyboard, never a stage."""
        change()
        at = self.currentIndex().row()
        if at < 0 or self.current_status() is not None:
            return
        order = [row for row, shown in enumerate(self.statuses.rows) if isinstance(shown, StatusRow)]
        if order:
            near = next((row for row in order if row > at), order[-1])
            self.selectionModel().setCurrentIndex(self.statuses.index(near, Column.STATUS), _SELECT.NoUpdate)

    def current_status(self) -> StatusRow | None:
        """Return the status that has the keyboard."""
        return self.statuses.status_row(self.currentIndex())

    def go_to(self, status_id: int) -> None:
        """Give a status the keyboard and bring it into view; the selection stays."""
        row = self.statuses.row_of(status_id)
        if row is not None:
            index = self.statuses.index(row, Column.STATUS)
            self.selectionModel().setCurrentIndex(index, _SELECT.NoUpdate)
            self.scrollTo(index)

    def rename(self, status_id: int, typed: str | None = None, refusal: str = "") -> None:
        """Open the field for a status's name, holding what was typed before and why that was refused."""
        row = self.statuses.row_of(status_id)
        if row is None:
            return
        index = self.statuses.index(row, Column.STATUS)
        self.edit(index)
        fields = self.viewport().findChildren(NameField)
        field = next((field for field in fields if not field.isHidden()), None)
        if field is not None and typed is not None:
            field.setText(typed)
            field.complain(refusal)

    @Slot(QModelIndex)
    def _rename_at(self, index: QModelIndex) -> None:
        row = self.statuses.status_row(index)
        if row is not None:
            self.rename(row.key)

    @Slot()
    def _tell(self) -> None:
        if not self._silent:
            self.chosen_changed.emit()

    @Slot()
    def _mark_current(self) -> None:
        self.delegate.current = self.currentIndex().row()
        self.viewport().update()

    @Slot()
    def _measure_anew(self) -> None:
        self._wide.clear()
        self.fit_columns()

    @Slot()
    def fit_columns(self) -> None:
        """Give numbers and effects the room that they need, and the names what is left."""
        if not self._wide:
            self._wide = {column: self._needed(column) for column in Column}
        wide = self._wide
        names = max(LEAST_NAME, min(wide[Column.STATUS], MOST_NAME))
        numbers = set(Column) - {Column.STATUS}
        left = self.viewport().width() - sum(wide[column] for column in numbers) - (EDGE - PAD)
        for column in _FIRST_TO_GO:
            gone = left < names
            self.setColumnHidden(column, gone)
            left += wide[column] if gone else 0
        self.delegate.last = last = max(column for column in Column if not self.isColumnHidden(column))
        for column in numbers:
            self.setColumnWidth(column, wide[column] + (EDGE - PAD if column is last else 0))

    def _needed(self, column: Column) -> int:
        small = QFontMetrics(font(Type.LABEL))
        metrics = small if column is Column.EFFECT else QFontMetrics(self.font())
        rows = (
            row for row in range(self.statuses.rowCount()) if column is not Column.STATUS or self._is_status(row)
        )
        texts = (str(self.statuses.index(row, column).data()) for row in rows)
        head = str(self.statuses.headerData(column, Qt.Orientation.Horizontal))
        widest = max([small.horizontalAdvance(head), *map(metrics.horizontalAdvance, texts)])
        if column is Column.SHARE:
            widest += BAR.width() + PAD
        if column is Column.STATUS:
            widest += EDGE + INDENT + ICON
        return widest + 1 + 2 * PAD

    def _is_status(self, row: int) -> bool:
        return isinstance(self.statuses.rows[row], StatusRow)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier, /) -> QModelIndex:
        """Go from status to status, over the stages; Home and End go to the first and the last."""
        rows = self.statuses.rows
        order = [at for at in range(len(rows)) if self._is_status(at)]
        if not order:
            return QModelIndex()
        if not self.currentIndex().isValid() or action in (_CURSOR.MoveHome, _CURSOR.MoveEnd):
            return self.statuses.index(order[-1 if action == _CURSOR.MoveEnd else 0], Column.STATUS)
        found = super().moveCursor(action, modifiers)
        if not found.isValid() or self._is_status(found.row()):
            return found
        beyond = [at for at in order if (at < found.row()) is (action in _UPWARD)]
        if not beyond:
            return self.currentIndex()
        return found.siblingAtRow(beyond[-1] if action in _UPWARD else beyond[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc take the selection back; if there is none, it is somebody else's."""
        if event.key() == Qt.Key.Key_Escape and self.chosen():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the status under the pointer, or of the current one if the keyboard asks."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        row = self.current_status() if by_key else self.statuses.status_row(self.indexAt(event.pos()))
        if row is None:
            return
        self.go_to(row.key)
        below = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft() + QPoint(EDGE, 0))
        self.menu_requested.emit(below if by_key else event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the pointer."""
        if isinstance(event, QHoverEvent):
            left = event.type() == QEvent.Type.HoverLeave
            self._hover(-1 if left else self.indexAt(event.position().toPoint()).row())
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if self.delegate.hovered != row:
            self.delegate.hovered = row
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into the new width."""
        super().resizeEvent(event)
        self.fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.verticalHeader().setDefaultSectionSize(row_height(self.font()))
            self._measure_anew()
