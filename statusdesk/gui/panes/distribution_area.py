"""The right half of the distribution page: layers over time, beside their table."""

from typing import Final, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from statusdesk.domain.periods import Step
from statusdesk.gui import formats
from statusdesk.gui.charts.area import AreaChart
from statusdesk.gui.charts.layers import Area
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.charts.table_model import TableRows
from statusdesk.gui.models.distribution_areas import Course, Measure, area_of, area_rows
from statusdesk.gui.models.distribution_facts import DayAnswer, TimeAnswer
from statusdesk.gui.widgets.segments import Segments
from statusdesk.gui.wording import tr

SPANS: Final = {12: "1 year", 3: "3 months", 1: "1 month", 0: "All time"}
"""What the time chart can show, by months; 0 is everything."""

_FIELD: Final = 96
"""The width of a field, in logical pixels, below which it says nothing; its list says all."""

_STEPS: Final = {Step.DAY: "By day", Step.WEEK: "By week", Step.MONTH: "By month"}


class AreaHalf(QWidget):
    """The course of time; `opened` carries what is `Behind` a layer on a day, `day_wished` an ISO day.

    `span_wished` says that another span or another step is asked for.
    """

    opened = Signal(object)
    day_wished = Signal(str)
    span_wished = Signal()

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self._shown: tuple[TimeAnswer, DayAnswer] | None = None
        self._filled: tuple[TimeAnswer, str, str] | None = None
        self.chart = AreaChart("area", tr("Accounts over time"))
        self.table = ChartTable("area_table", tr("Accounts over time"))
        self.span_field, self.step_field = QComboBox(), QComboBox()
        kinds = (
            ("accounts", "measure_accounts", tr("Accounts")),
            ("charge", "measure_charge", tr("Monthly charge")),
        )
        self.measure_field = Segments("area_measure", tr("Measure"), kinds)
        self.measure_field.set_value("accounts")
        self._views = QStackedWidget()
        self._build()
        self.chart.opened_on.connect(self._open)
        self.chart.day_wished.connect(self.day_wished)
        self.table.opened.connect(lambda place: self._open(*place))
        self.measure_field.picked.connect(lambda _: self._show())
        for field in (self.span_field, self.step_field):
            field.activated.connect(lambda _: self.span_wished.emit())

    def _build(self) -> None:
        for field, name, title in (
            (self.span_field, "area_span", tr("Span of time")),
            (self.step_field, "area_step", tr("Days, weeks or months")),
        ):
            field.setObjectName(name)
            field.setAccessibleName(title)
            field.setMinimumWidth(_FIELD)
            field.view().setObjectName(f"{name}_list")
            field.view().setAccessibleName(title)
        for months, text in SPANS.items():
            self.span_field.addItem(tr(text), months)
        for step, text in _STEPS.items():
            self.step_field.addItem(tr(text), step.value)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.span_field)
        head.addWidget(self.step_field)
        head.addStretch(1)
        head.addWidget(self.measure_field)
        self._views.addWidget(self.chart)
        self._views.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._views, 1)

    @property
    def months(self) -> int:
        """How many months are shown; 0 for everything."""
        return int(self.span_field.currentData())

    @property
    def step(self) -> Step:
        """How finely time is divided."""
        return Step(self.step_field.currentData())

    @property
    def measure(self) -> Measure:
        """What the layers count."""
        return cast("Measure", self.measure_field.value())

    def stops(self) -> list[QWidget]:
        """Return where the keyboard stops, in order."""
        tiles = [tile for tile in map(self.measure_field.tile, ("accounts", "charge")) if tile]
        return [self.span_field, self.step_field, *tiles, self.chart, self.table]

    def show_table(self, *, wanted: bool) -> None:
        """Show the table, or the chart."""
        self._views.setCurrentIndex(int(wanted))
        self._show()

    def show_answers(self, time: TimeAnswer | None, days: DayAnswer) -> None:
        """Show the course of time, with the figures of the day shown; nothing while it is not known."""
        self._shown = None if time is None else (time, days)
        self._show()

    def _show(self) -> None:
        if self._shown is None:
            self.chart.show_area(Area())
            self.table.show_rows(TableRows())
            self._filled = None
            return
        time, days = self._shown
        span = formats.date(time.question.first_day), formats.date(time.question.last_day)
        kind = tr("Accounts") if self.measure == "accounts" else tr("Monthly charge")
        said = tr("{measure} from {first} to {last}").format(measure=kind, first=span[0], last=span[1])
        self.chart.show_area(area_of(time, days, self.measure, self._currency), said)
        if self._views.currentWidget() is self.table:
            self._fill_table(time, days, said)

    def _fill_table(self, time: TimeAnswer, days: DayAnswer, said: str) -> None:
        """Fill the table, unless it has these numbers: those of a day to come change with the day."""
        expected = days.view.day if days.shown is not None and days.shown.expected else ""
        filled = (time, expected, self.measure)
        same = self._filled is not None and self._filled[0] is time and self._filled[1:] == filled[1:]
        if not same:
            self._filled = filled
            self.table.show_rows(area_rows(time, days, self.measure, self._currency), said)

    @Slot(object, str)
    def _open(self, course: Course, day: str) -> None:
        self.opened.emit(course.behind(day))
