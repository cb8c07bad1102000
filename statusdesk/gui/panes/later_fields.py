"""Day and time of what is to happen later, by the clocks of the database's place."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QTimeEdit, QWidget

from statusdesk.domain.instants import now, to_datetime
from statusdesk.domain.plans import due_instant
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.day_field import DayField
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

LAST_DAY: Final = "2199-12-31"
_MORNING: Final = QTime(8, 0)


class LaterFields(QWidget):
    """A day and a time; hidden until `start` is called. `name` begins the names of both."""

    def __init__(self, zone: str, name: str = "set_status", title: str = "") -> None:
        super().__init__()
        self._zone = zone
        self.date = DayField(f"{name}_date", title or tr("Day of the change"))
        self.time = QTimeEdit(_MORNING)
        self.time.setObjectName(f"{name}_time")
        self.time.setAccessibleName(tr("Time of day"))
        self.time.setDisplayFormat("HH:mm")
        self.time.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.date.show_day(self._tomorrow(), self._today(), LAST_DAY)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.date)
        row.addWidget(self.time)
        row.addWidget(TextLabel(tr("Hours in {zone}").format(zone=zone), Type.LABEL, "muted"), 1)
        self.setFocusProxy(self.date)
        self.hide()

    def start(self) -> None:
        """Show the fields; a day that has passed becomes tomorrow."""
        day = self.date.day
        self.date.show_day(day if day > self._today() else self._tomorrow(), self._today(), LAST_DAY)
        self.show()

    def show_instant(self, at: int) -> None:
        """Show the fields with an instant (UTC milliseconds); a day that has passed can be seen, not chosen."""
        moment = to_datetime(at, self._zone)
        day = moment.date().isoformat()
        self.date.show_day(day, min(day, self._today()), LAST_DAY)
        self.time.setTime(QTime(moment.hour, moment.minute))
        self.show()

    def choose_day(self, day: str) -> None:
        """Choose a day, today at the earliest."""
        self.date.show_day(max(day, self._today()), self._today(), LAST_DAY)

    def stops(self) -> tuple[QWidget, QWidget]:
        """Return what Tab stops at, in order."""
        return self.date, self.time

    def instant(self) -> int:
        """Return the chosen instant in UTC milliseconds."""
        return due_instant(self.date.day, self.time.time().toString("HH:mm"), self._zone)

    def _today(self) -> str:
        return to_datetime(now(), self._zone).date().isoformat()

    def _tomorrow(self) -> str:
        return (to_datetime(now(), self._zone).date() + timedelta(days=1)).isoformat()
