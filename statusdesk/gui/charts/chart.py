"""What all charts share: items that arrow keys walk and Enter opens, tooltips, and texts for screen readers."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QToolTip, QWidget

from statusdesk.gui.charts.accessible import Graphic

_OPENS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Chart(Graphic):
    """A painted chart on Base; each kind says what its items are, where they lie, and paints them.

    `opened` carries the key of the item that people opened, `current_moved` where the walked-to item lies.
    """

    opened = Signal(object)
    current_moved = Signal(QRect)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._current = 0

    @property
    def current(self) -> int:
        """The number of the item that the keyboard is on."""
        return self._current

    def count(self) -> int:
        """Return how many items there are."""
        raise NotImplementedError

    def said_now(self) -> str:
        """Return what the item says that the keyboard is on."""
        return self.said(self._current) if self.count() else ""

    def key(self, item: int) -> object:
        """Return what opening an item says."""
        raise NotImplementedError

    def said(self, item: int) -> str:
        """Return what a screen reader and a tooltip say of an item."""
        raise NotImplementedError

    def place(self, item: int) -> QRect:
        """Return where an item lies on the widget."""
        raise NotImplementedError

    def item_at(self, point: QPoint) -> int | None:
        """Return the item under a point."""
        raise NotImplementedError

    def paint(self, painter: QPainter, rect: QRect, palette: QPalette | None = None) -> None:
        """Paint the chart into a rectangle, in the widget's palette or another; of a widget, or on paper."""
        raise NotImplementedError

    def tip_at(self, point: QPoint) -> str:
        """Return the tooltip for a point."""
        item = self.item_at(point)
        return "" if item is None else self.said(item)

    def open(self, item: int, point: QPoint | None = None) -> None:
        """Say that people want to see what is behind an item; `point` is where they clicked."""
        self.opened.emit(self.key(item))

    def take_items(self, title: str = "") -> None:
        """Take note of new items: to be called by each kind when it has got some."""
        self._current = max(0, min(self._current, self.count() - 1))
        if title:
            self.setAccessibleName(title)
        self.setAccessibleDescription("\n".join(self.said(item) for item in range(self.count())))
        self.tell_value()
        self.updateGeometry()
        self.update()

    def walk_to(self, item: int) -> None:
        """Put the keyboard on an item, and say what it is."""
        if not 0 <= item < self.count():
            return
        self._current = item
        self.update()
        self.current_moved.emit(self.place(item))
        self.tell_value()
        self.announce(self.said(item))

    def announce(self, text: str) -> None:
        """Let a screen reader say a text."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the chart as large as the widget."""
        with QPainter(self) as painter:
            self.paint(painter, self.rect())

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Walk with arrows, Home and End; open with Enter or Space."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.walk_to(self._current + step)
        elif event.key() in _OPENS and self.count():
            self.open(self._current)
        elif event.key() == Qt.Key.Key_Home:
            self.walk_to(0)
        elif event.key() == Qt.Key.Key_End:
            self.walk_to(self.count() - 1)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        """Show a hand where a click opens something."""
        there = self.item_at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if there else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        """Open what was clicked."""
        point = event.position().toPoint()
        item = self.item_at(point) if event.button() == Qt.MouseButton.LeftButton else None
        if item is not None:
            self._current = item
            self.update()
            self.open(item, point)

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        """Say where the keyboard is."""
        super().focusInEvent(event)
        self.update()
        if self.count():
            self.announce(self.said(self._current))

    def event(self, event: QEvent, /) -> bool:
        """Show a tooltip for what is under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = self.tip_at(event.pos())
            if text:
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
