"""A field for one day: typed, stepped with the arrows, or picked from a calendar."""

from PySide6.QtCore import QDate, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QWidget

from statusdesk.gui.charts.scales import as_date, iso_day


class DayField(QDateEdit):
    """Says `day_wished` with the ISO day that people chose, once they are done with typing it."""

    day_wished = Signal(str)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setDisplayFormat("d MMM yyyy")
        self.setCalendarPopup(True)
        self.setKeyboardTracking(False)
        calendar = self.calendarWidget()
        calendar.setObjectName(f"{name}_calendar")
        calendar.setAccessibleName(title)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setGridVisible(False)
        self.dateChanged.connect(self._tell)

    @property
    def day(self) -> str:
        """The ISO day in the field."""
        return iso_day(self.date())

    def show_day(self, day: str, first: str, last: str) -> None:
        """Show an ISO day of those from `first` to `last` that can be chosen; says nothing."""
        if (day, first, last) == (self.day, iso_day(self.minimumDate()), iso_day(self.maximumDate())):
            return
        with QSignalBlocker(self):
            self.setDateRange(as_date(first), as_date(last))
            self.setDate(as_date(day))

    @Slot(QDate)
    def _tell(self, day: QDate) -> None:
        self.day_wished.emit(iso_day(day))
