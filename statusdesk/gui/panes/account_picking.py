"""Selecting accounts by keys and mouse as people know it, but in a selection of our own: Qt's ranges are too slow.

Click, Ctrl, Shift, Ctrl+Shift; arrows, Page, Home and End with the same keys; Space, Ctrl+A.
"""

from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

from statusdesk.gui.models.account_selection import AccountSelection, Picks
from statusdesk.gui.models.accounts_model import AccountsModel

Key: Final = Qt.Key
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_LEFT: Final = Qt.MouseButton.LeftButton


class PickingTable(QTableView):
    """A table whose rows are selected in an `AccountSelection`; Qt's own selection stays empty.

    Signals: `opened(account id)` by Enter and double click, `current_account_changed(account id or None)`,
    `menu_requested(place on the screen)`, `drag_requested`.
    """

    opened = Signal(int)
    current_account_changed = Signal(object)
    menu_requested = Signal(object)
    drag_requested = Signal()

    def __init__(self, model: AccountsModel, selection: AccountSelection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.accounts = model
        self.selection = selection
        self._anchor = 0
        self._kept = Picks()
        self._pressed: QPoint | None = None
        self._pick_on_release: int | None = None
        self._told: int | None = None
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(self._tell_current)

    @property
    def current_row(self) -> int:
        """The row that has the keyboard, -1 for none."""
        return self.currentIndex().row()

    def current_account(self) -> int | None:
        """Return the id of the account that has the keyboard."""
        row = self.current_row
        return self.accounts.ids[row] if 0 <= row < len(self.accounts.ids) else None

    def go_to(self, row: int) -> None:
        """Give a row the keyboard and bring it into view; the selection stays."""
        column = max(0, self.currentIndex().column())
        if self.isColumnHidden(column):
            column = self._beside(0).column()
        index = self.accounts.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def pick(self, row: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Select as a click on this row with these keys would, and give the row the keyboard."""
        if keys & _SHIFT:
            self.selection.pick_range(self._anchor, row, kept=self._kept if keys & _CONTROL else None)
        else:
            if keys & _CONTROL:
                self.selection.toggle(row)
            else:
                self.selection.pick(row)
            self._start_from(row)
        self.go_to(row)

    def _start_from(self, row: int) -> None:
        self._anchor, self._kept = row, self.selection.picks

    @Slot()
    def _tell_current(self) -> None:
        account_id = self.current_account()
        self.viewport().update()
        if account_id != self._told:
            self._told = account_id
            self.current_account_changed.emit(account_id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select; a press on what is selected waits for the release, as it may become a drag."""
        row = self.rowAt(event.position().toPoint().y())
        keys = event.modifiers()
        self._pressed = self._pick_on_release = None
        if event.button() == _LEFT and row < 0 and not keys & (_CONTROL | _SHIFT):
            self.selection.clear()
        if row < 0 or event.button() not in (_LEFT, Qt.MouseButton.RightButton):
            return
        if event.button() == Qt.MouseButton.RightButton:
            self._press_right(row)
            return
        self._pressed = event.position().toPoint()
        if self.accounts.is_selected(row) and not keys & (_CONTROL | _SHIFT):
            self._pick_on_release = row
            self.go_to(row)
        else:
            self.pick(row, keys)

    def _press_right(self, row: int) -> None:
        if self.accounts.is_selected(row):
            self.go_to(row)
        else:
            self.pick(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin a drag once the pointer went far enough."""
        if self._pressed is None or not event.buttons() & _LEFT:
            return
        way = (event.position().toPoint() - self._pressed).manhattanLength()
        if way >= QApplication.startDragDistance() and self.selection.count:
            self._pressed = self._pick_on_release = None
            self.drag_requested.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select what was pressed without being dragged."""
        if self._pick_on_release is not None and event.button() == _LEFT:
            self.pick(self._pick_on_release)
        self._pressed = self._pick_on_release = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open an account; with Ctrl or Shift it is two clicks."""
        row = self.rowAt(event.position().toPoint().y())
        if event.button() != _LEFT or row < 0 or event.modifiers() & (_CONTROL | _SHIFT):
            self.mousePressEvent(event)
        else:
            self._pressed = self._pick_on_release = None
            self.opened.emit(self.accounts.ids[row])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu: at the pointer, or by its key at the current row."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            if self.current_row < 0:
                return
            if not self.selection.count:
                self.pick(self.current_row)
            self.scrollTo(self.currentIndex())
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        elif self.rowAt(self.viewport().mapFromGlobal(place).y()) < 0:
            return
        self.menu_requested.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and select; what is not for the rows is left to others."""
        key, row = Key(event.key()), self.current_row
        target = self._target(key)
        if target is not None:
            self._move(target, event.modifiers())
        elif key in (Key.Key_Left, Key.Key_Right) and row >= 0:
            forward = (key == Key.Key_Right) is (self.layoutDirection() == Qt.LayoutDirection.LeftToRight)
            index = self._beside(1 if forward else -1)
            self.setCurrentIndex(index)
            self.scrollTo(index)
        elif key == Key.Key_Space and row >= 0:
            self.pick(row, _CONTROL)
        elif key in (Key.Key_Return, Key.Key_Enter) and row >= 0:
            self.opened.emit(self.accounts.ids[row])
        else:
            event.ignore()

    def _target(self, key: Qt.Key) -> int | None:
        last = len(self.accounts.ids) - 1
        page = max(1, self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize()) - 1)
        steps = {Key.Key_Up: -1, Key.Key_Down: 1, Key.Key_PageUp: -page, Key.Key_PageDown: page}
        if last < 0:
            return None
        if key in (Key.Key_Home, Key.Key_End):
            return 0 if key == Key.Key_Home else last
        if key not in steps:
            return None
        return 0 if self.current_row < 0 else max(0, min(last, self.current_row + steps[key]))

    def _move(self, row: int, keys: Qt.KeyboardModifier) -> None:
        if keys & _CONTROL and not keys & _SHIFT:
            self.go_to(row)
        else:
            self.pick(row, keys)

    def _beside(self, step: int) -> QModelIndex:
        """Return the cell of the current row so many shown columns further on."""
        head = self.horizontalHeader()
        order = (head.logicalIndex(place) for place in range(head.count()))
        shown = [number for number in order if not head.isSectionHidden(number)]
        here = self.currentIndex()
        at = shown.index(here.column()) + step if here.column() in shown else 0
        return self.accounts.index(max(0, here.row()), shown[max(0, min(len(shown) - 1, at))])
