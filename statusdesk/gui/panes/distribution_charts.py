"""The two halves of the distribution page: bars for the day shown, layers over time; each beside its table."""

from typing import Final, cast

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from statusdesk.domain.periods import Step
from statusdesk.gui import formats
from statusdesk.gui.charts.area import AreaChart
from statusdesk.gui.charts.bars import BarChart
from statusdesk.gui.charts.layers import Area
from statusdesk.gui.charts.sheet import Sheet, line_height, text_width
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.charts.table_model import TableRows
from statusdesk.gui.models.distribution_areas import Course, Measure, area_of, area_rows
from statusdesk.gui.models.distribution_bars import bars_of, rows_of
from statusdesk.gui.models.distribution_facts import DayAnswer, MonthAnswer, TimeAnswer
from statusdesk.gui.models.distribution_figures import movement_title, movements_of
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.figures import Figures
from statusdesk.gui.widgets.segments import Segments
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import tr

SPANS: Final = {12: "The past year", 3: "The past 3 months", 1: "The past month", 0: "Since the first record"}
"""What the time chart can show, by months; 0 is everything."""

_STEPS: Final = {Step.DAY: "By day", Step.WEEK: "By week", Step.MONTH: "By month"}


class _MarkSign(QWidget):
    """Says what the mark on the bars is: the day compared with."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def show_day(self, day: str) -> None:
        self._text = tr("on {day}").format(day=formats.date(day)) if day else ""
        self.setAccessibleName(tr("The mark is {day}").format(day=self._text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the mark and the day."""
        return QSize(12 + text_width(self._text, Type.LABEL), line_height(Type.LABEL) + 8)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the mark and the day."""
        if not self._text:
            return
        with QPainter(self) as painter:
            sheet = Sheet(painter, self.palette(), self.layoutDirection())
            middle = self.height() // 2
            mark = sheet.part(self.rect(), 2, 2)
            sheet.tick(mark.left() + 1, middle - 8, middle + 8)
            place = sheet.part(self.rect(), 12, self.width() - 12)
            sheet.write(place, self._text, Type.LABEL, sheet.tones.muted)


class BarsHalf(QWidget):
    """The day shown; `opened` carries what is `Behind` a bar, a row or a figure."""

    opened = Signal(object)

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self.chart = BarChart("bars", tr("Accounts by status"))
        self.table = ChartTable("bars_table", tr("Accounts by status"))
        self._mark = _MarkSign()
        self._scroll = QScrollArea()
        self._views = QStackedWidget()
        self._line = Hairline()
        self._month = TextLabel("", Type.HEADING)
        self.movements = Figures("movements", tr("This month"), Type.PANE_HEAD)
        self._build()
        for part in (self.chart, self.table, self.movements):
            part.opened.connect(self.opened)
        self.chart.current_moved.connect(self._follow)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(TextLabel(tr("Accounts by status"), Type.PANE_HEAD), 1)
        head.addWidget(self._mark)
        self._scroll.setObjectName("bars_scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self._scroll.setWidget(self.chart)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._views.addWidget(self._scroll)
        self._views.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._views, 1)
        column.addWidget(self._line)
        column.addWidget(self._month)
        column.addWidget(self.movements)

    @Slot(QRect)
    def _follow(self, row: QRect) -> None:
        middle = row.center()
        self._scroll.ensureVisible(middle.x(), middle.y(), 0, row.height())

    def show_table(self, *, wanted: bool) -> None:
        """Show the table, or the chart."""
        self._views.setCurrentIndex(int(wanted))

    def stops(self) -> list[QWidget]:
        """Return where the keyboard stops, in order."""
        return [self.chart, self.table]

    def show_days(self, answer: DayAnswer) -> None:
        """Show the days answered for."""
        day = formats.date(answer.view.day)
        said = tr("Accounts by status on {day}").format(day=day)
        self._mark.show_day(answer.compared.day if answer.compared else "")
        self.chart.show_bars(bars_of(answer, self._currency), said)
        self._scroll.setMinimumWidth(self.chart.minimumSizeHint().width())
        self.table.show_rows(rows_of(answer, self._currency), said)

    def show_month(self, answer: DayAnswer, month: MonthAnswer | None) -> None:
        """Show what happened in the month until the day shown; nothing has in one to come."""
        past = answer.shown is not None and not answer.shown.expected
        for part in (self._line, self._month, self.movements):
            part.setVisible(past)
        self._month.setText(movement_title(answer))
        self.movements.setAccessibleName(movement_title(answer))
        self.movements.show_figures(movements_of(answer, month) if past else [])


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
        self.table.opened.connect(self.opened)
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

    def show_answers(self, time: TimeAnswer | None, days: DayAnswer) -> None:
        """Show the course of time, with the figures of the day shown; nothing while it is not known."""
        self._shown = None if time is None else (time, days)
        self._show()

    def _show(self) -> None:
        if self._shown is None:
            self.chart.show_area(Area())
            self.table.show_rows(TableRows())
            return
        time, days = self._shown
        span = formats.date(time.question.first_day), formats.date(time.question.last_day)
        kind = tr("Accounts") if self.measure == "accounts" else tr("Monthly charge")
        said = tr("{measure} from {first} to {last}").format(measure=kind, first=span[0], last=span[1])
        self.chart.show_area(area_of(time, days, self.measure, self._currency), said)
        self.table.show_rows(area_rows(time, days, self.measure, self._currency), said)

    @Slot(object, str)
    def _open(self, course: Course, day: str) -> None:
        self.opened.emit(course.behind(day))
