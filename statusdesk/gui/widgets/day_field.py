"""A field for one day: typed in any of the usual ways, stepped with the arrows, or picked from a calendar."""

from contextlib import suppress

from PySide6.QtCore import QDate, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton, QToolTip, QVBoxLayout, QWidget

from statusdesk.domain.errors import BadValue
from statusdesk.domain.instants import DATE_FORMATS, parse_date
from statusdesk.gui import formats
from statusdesk.gui.charts.scales import as_date, day_after, iso_day, months_after
from statusdesk.gui.icons import action_icon
from statusdesk.gui.wording import tr

_LOCAL_FORMATS = ("d MMM yyyy", "d MMMM yyyy", "d. MMM yyyy", "d. MMMM yyyy")


class DayField(QLineEdit):
    """Says `day_wished` with the ISO day that people chose, once they are done with typing it."""

    day_wished = Signal(str)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._title = title
        self._day, self._first, self._last = "1970-01-01", "0001-01-01", "9999-12-31"
        self._calendar: _Calendar | None = None
        opener = self.addAction(action_icon("chevron-down"), QLineEdit.ActionPosition.TrailingPosition)
        opener.setObjectName(f"{name}_open")
        opener.setText(tr("Choose a day"))
        opener.triggered.connect(self.open_calendar)
        for button in self.findChildren(QToolButton):
            button.setObjectName(f"{name}_button")
            button.setAccessibleName(tr("Choose a day"))
        widest = QFontMetrics(self.font()).horizontalAdvance("30 Sept 2026")
        self.setFixedWidth(widest + 48)
        self.returnPressed.connect(self._take_text)

    @property
    def day(self) -> str:
        """The ISO day in the field."""
        return self._day

    def show_day(self, day: str, first: str, last: str) -> None:
        """Show an ISO day of those from `first` to `last` that can be chosen; says nothing."""
        self._day, self._first, self._last = day, first, last
        self._write()

    @Slot()
    def open_calendar(self) -> None:
        """Let people pick a day from a calendar."""
        if self._calendar is None:
            self._calendar = _Calendar(self.objectName(), self._title, self)
            self._calendar.picked.connect(self._wish)
        self._calendar.open(self, self._day, self._first, self._last)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Step by days with the arrows, by months with Page; open the calendar with Alt and the arrow down."""
        key = Qt.Key(event.key())
        days = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        months = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
        if _opens(event):
            self.open_calendar()
        elif key in days:
            self._wish(day_after(self._day, days[key]))
        elif key in months:
            self._wish(months_after(self._day, months[key]))
        elif key == Qt.Key.Key_Escape and self.text() != formats.date(self._day):
            self._write()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent, /) -> bool:
        """Keep the keys that open the calendar, whatever the window uses them for."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _opens(event):
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        """Take what was typed; what is no day is given up."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take_text(tell=False)
            self._write()

    @Slot()
    def _take_text(self, *, tell: bool = True) -> None:
        if self.text() == formats.date(self._day):
            return
        day = read_day(self.text())
        if day is not None:
            self._wish(day)
        elif tell:
            self._mark(wrong=True)
            said = tr("“{text}” is not a day. Write it like {example}.")
            said = said.format(text=self.text(), example=formats.date(self._last))
            self.setAccessibleDescription(said)
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), said, self)

    @Slot(str)
    def _wish(self, day: str) -> None:
        day = max(self._first, min(day, self._last))
        changed, self._day = day != self._day, day
        self._write()
        if changed:
            self.day_wished.emit(day)

    def _write(self) -> None:
        self._mark(wrong=False)
        self.setAccessibleDescription("")
        if self.text() != formats.date(self._day):
            self.setText(formats.date(self._day))

    def _mark(self, *, wrong: bool) -> None:
        if self.property("invalid") is not wrong:
            self.setProperty("invalid", wrong)
            self.update()


def _opens(event: QKeyEvent) -> bool:
    """Tell whether these keys open a calendar, as they open the list of a combo box."""
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return event.key() == Qt.Key.Key_F4 or (event.key() == Qt.Key.Key_Down and alt)


class _Calendar(QWidget):
    """A month to pick a day from; `picked` carries the ISO day."""

    picked = Signal(str)

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(f"{name}_popup")
        self._calendar = QCalendarWidget()
        self._calendar.setObjectName(f"{name}_calendar")
        self._calendar.setAccessibleName(title)
        self._calendar.setLocale(formats.locale())
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._calendar.setWeekdayTextFormat(weekend, QTextCharFormat())
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Mid)
        self._calendar.activated.connect(self._pick)
        self._calendar.clicked.connect(self._pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._calendar)

    def open(self, below: QWidget, day: str, first: str, last: str) -> None:
        """Show it below a field, with the ISO day of the field chosen."""
        self._calendar.setDateRange(as_date(first), as_date(last))
        self._calendar.setSelectedDate(as_date(day))
        self.adjustSize()
        corner = below.rect().bottomLeft()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            corner.setX(below.width() - self.width())
        self.move(below.mapToGlobal(corner))
        self.show()
        self._calendar.setFocus()

    @Slot(QDate)
    def _pick(self, day: QDate) -> None:
        self.hide()
        self.picked.emit(iso_day(day))


def read_day(text: str) -> str | None:
    """Read a day as people, their country or files write it; None if it is none."""
    plain = " ".join(text.split())
    local = formats.locale()
    styles = (*_LOCAL_FORMATS, local.dateFormat(local.FormatType.ShortFormat))
    for style in styles:
        found = local.toDate(plain, style)
        if found.isValid() and found.year() >= 1000:
            return iso_day(found)
    for style in DATE_FORMATS:
        with suppress(BadValue):
            return parse_date(plain, style)
    return None
