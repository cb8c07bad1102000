"""The head of the distribution page: which day, compared with which, as charts or as tables."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from statusdesk.gui.charts.scales import months_after
from statusdesk.gui.models.distribution_facts import AHEAD, DayAnswer
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.day_field import DayField
from statusdesk.gui.widgets.day_slider import DaySlider
from statusdesk.gui.widgets.segments import Segments
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

_BEFORE: Final = 120
"""How many months before the first record can be typed, to be told that there is none."""


class DistributionHead(QWidget):
    """`day_wished` and `compare_wished` carry ISO days, an empty one stands for today; `table_wished` a flag."""

    day_wished = Signal(str)
    compare_wished = Signal(str)
    table_wished = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DayField("day_field", tr("Day"))
        self.today = QPushButton(tr("Today"))
        self.today.setObjectName("day_today")
        self.slider = DaySlider("day_slider")
        self.compare = DayField("compare_field", tr("Compare with"))
        kinds = (("chart", "view_chart", tr("Chart")), ("table", "view_table", tr("Table")))
        self.toggle = Segments("view_toggle", tr("Show as"), kinds)
        self.toggle.set_value("chart")
        self._build()
        self.day.day_wished.connect(self.day_wished)
        self.slider.day_wished.connect(self.day_wished)
        self.today.clicked.connect(lambda: self.day_wished.emit(""))
        self.compare.day_wished.connect(self.compare_wished)
        self.toggle.picked.connect(lambda value: self.table_wished.emit(value == "table"))

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._label(tr("Day"), self.day))
        row.addWidget(self.day)
        row.addWidget(self.today)
        row.addSpacing(4)
        row.addWidget(self.slider, 1)
        row.addSpacing(4)
        row.addWidget(self._label(tr("Compare with"), self.compare))
        row.addWidget(self.compare)
        row.addSpacing(8)
        row.addWidget(self.toggle)

    @staticmethod
    def _label(text: str, field: QWidget) -> TextLabel:
        label = TextLabel(text, Type.LABEL, "muted")
        label.setBuddy(field)
        return label

    def stops(self) -> list[QWidget]:
        """Return where the keyboard stops, in order."""
        tiles = [tile for tile in (self.toggle.tile("chart"), self.toggle.tile("table")) if tile]
        return [self.day, self.today, self.slider, self.compare, *tiles]

    def show_answer(self, answer: DayAnswer) -> None:
        """Show the days that were answered for."""
        first = answer.first_day or answer.today
        last = months_after(answer.today, AHEAD)
        view = answer.view
        self.day.show_day(view.day, months_after(first, -_BEFORE), last)
        self.compare.show_day(view.compared, first, last)
        self.slider.show_days(first, answer.today, last, view.day, view.compared)
        self.today.setEnabled(view.day != answer.today)
