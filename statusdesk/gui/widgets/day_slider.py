"""A line of days from the first record through today into what is expected; its handle is the day shown."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from statusdesk.gui import formats
from statusdesk.gui.charts.scales import DayTick, day_after, day_ticks, days_between, months_after
from statusdesk.gui.charts.sheet import MIDDLE, Sheet, line_height, text_width
from statusdesk.gui.theme import Type
from statusdesk.gui.wording import tr

_SIDE: Final = 28
"""Room at either end for half a label, in logical pixels, as are all lengths here."""

_LINE: Final = 14
_LABELS: Final = 26
_HANDLE: Final = 7
_MARK: Final = QSize(6, 16)
_APART: Final = 84
_R: Final = QPalette.ColorRole


class DaySlider(QAbstractSlider):
    """Says `day_wished` with the ISO day that people moved it to: arrows a day, Page a month, Home and End."""

    day_wished = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(tr("Day shown"))
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._first = self._today = "1970-01-01"
        self._compared = ""
        self.valueChanged.connect(self._tell)

    @property
    def day(self) -> str:
        """The day (ISO) that the handle is at."""
        return day_after(self._first, self.value())

    def show_days(self, first: str, today: str, last: str, shown: str, compared: str = "") -> None:
        """Show a span of ISO days, the one shown and the one it is compared with; says nothing."""
        with QSignalBlocker(self):
            self._first, self._today, self._compared = first, today, compared
            self.setRange(0, max(0, days_between(first, last)))
            self.setValue(days_between(first, shown))
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width in which days can be told apart."""
        return QSize(420, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return room for the line and the labels below it."""
        return QSize(240, _LABELS + line_height(Type.LABEL))

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Move by days, months, or to either end."""
        key = Qt.Key(event.key())
        onward = 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -1
        days = {Qt.Key.Key_Left: -onward, Qt.Key.Key_Right: onward, Qt.Key.Key_Down: -1, Qt.Key.Key_Up: 1}
        months = {Qt.Key.Key_PageDown: -1, Qt.Key.Key_PageUp: 1}
        if key in days:
            self.setValue(self.value() + days[key])
        elif key in months:
            self.setValue(days_between(self._first, months_after(self.day, months[key])))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.setValue(self.minimum() if key == Qt.Key.Key_Home else self.maximum())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        """Go where the line was pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        """Follow the pointer while it is pressed."""
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        """Stay where the pointer was let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the line, its labels, the compared day and the handle."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            sheet = Sheet(painter, self.palette(), self.layoutDirection())
            self._paint_line(sheet)
            self._paint_labels(sheet)
            self._paint_handles(sheet)

    @Slot()
    def _tell(self) -> None:
        self._describe()
        self.day_wished.emit(self.day)

    def _describe(self) -> None:
        said = formats.date(self.day)
        self.setAccessibleDescription(tr("{day}, expected").format(day=said) if self.day > self._today else said)
        self.setToolTip(said)

    def _x(self, offset: int) -> int:
        span = max(1, self.maximum())
        along = round((self.width() - 2 * _SIDE) * offset / span)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return self.width() - _SIDE - along if mirrored else _SIDE + along

    def _value_at(self, point: QPoint) -> int:
        along = point.x() - _SIDE
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            along = self.width() - _SIDE - point.x()
        return round(self.maximum() * along / max(1, self.width() - 2 * _SIDE))

    @property
    def _now(self) -> int:
        return days_between(self._first, self._today)

    def _paint_line(self, sheet: Sheet) -> None:
        painter = sheet.painter
        painter.setPen(QPen(sheet.accent, 3, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(self._x(0), _LINE), QPointF(self._x(self._now), _LINE))
        if self.maximum() > self._now:
            end = QPointF(self._x(self.maximum()), _LINE)
            sheet.dotted(QPointF(self._x(self._now), _LINE), end, sheet.tones.muted, 1.5)

    def _paint_labels(self, sheet: Sheet) -> None:
        room = self.width() - 2 * _SIDE
        ticks = day_ticks(self._first, day_after(self._first, self.maximum()), max(1, room // _APART))
        today = DayTick(self._now, tr("today"))
        taken: list[QRect] = []
        for tick in (today, *ticks):
            place = self._label(tick)
            if not any(place.adjusted(-8, 0, 8, 0).intersects(other) for other in taken):
                taken.append(place)
                sheet.write(place, tick.name, Type.LABEL, sheet.tones.muted, MIDDLE)

    def _label(self, tick: DayTick) -> QRect:
        width = text_width(tick.name, Type.LABEL) + 2
        left = max(0, min(self._x(tick.offset) - width // 2, self.width() - width))
        return QRect(left, _LABELS - 2, width, line_height(Type.LABEL))

    def _paint_handles(self, sheet: Sheet) -> None:
        painter, palette = sheet.painter, self.palette()
        if self._compared:
            offset = max(0, min(days_between(self._first, self._compared), self.maximum()))
            mark = QRectF(QPointF(), _MARK.toSizeF())
            mark.moveCenter(QPointF(self._x(offset), _LINE))
            painter.setPen(QPen(sheet.text, 2))
            painter.setBrush(sheet.ground)
            painter.drawRoundedRect(mark, 2, 2)
        middle = QPointF(self._x(self.value()), _LINE)
        painter.setPen(QPen(sheet.ground, 2))
        painter.setBrush(sheet.accent)
        painter.drawEllipse(middle, _HANDLE + 1, _HANDLE + 1)
        if self.hasFocus():
            painter.setPen(QPen(palette.color(_R.Accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, _HANDLE + 4, _HANDLE + 4)
