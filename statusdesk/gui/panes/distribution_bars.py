"""The left half of the distribution page: bars for the day shown, beside their table, and its month so far."""

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from statusdesk.gui import formats
from statusdesk.gui.charts.bars import BarChart
from statusdesk.gui.charts.sheet import Sheet, line_height, text_width
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.models.distribution_bars import bars_of, rows_of
from statusdesk.gui.models.distribution_facts import DayAnswer, MonthAnswer
from statusdesk.gui.models.distribution_figures import movement_title, movements_of
from statusdesk.gui.models.distribution_words import BY_VALUES
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.figures import Figures
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import tr


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
        self._answer: DayAnswer | None = None
        self.chart = BarChart("bars", tr("Accounts by status"))
        self.table = ChartTable("bars_table", tr("Accounts by status"))
        self._title = TextLabel(tr("Accounts by status"), Type.PANE_HEAD)
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
        head.addWidget(self._title, 1)
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
        self._fill_table()

    def stops(self) -> list[QWidget]:
        """Return where the keyboard stops, in order."""
        return [self.chart, self.table, *self.movements.stops()]

    def show_days(self, answer: DayAnswer) -> None:
        """Show the days answered for."""
        day = formats.date(answer.view.day)
        split = answer.view.split
        title = tr("Accounts by status" if split is None else BY_VALUES[split])
        self._title.setText(title)
        said = tr("{title} on {day}").format(title=title, day=day)
        self._mark.show_day(answer.compared.day if answer.compared else "")
        self.chart.show_bars(bars_of(answer, self._currency), said)
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setMinimumWidth(self.chart.minimumSizeHint().width() + bar)
        self._answer = answer
        self._fill_table()

    def _fill_table(self) -> None:
        """Fill the table where people see it."""
        if self._answer is not None and self._views.currentWidget() is self.table:
            said = self.chart.accessibleName()
            self.table.show_rows(rows_of(self._answer, self._currency), said)

    def show_month(self, answer: DayAnswer, month: MonthAnswer | None) -> None:
        """Show what happened in the month until the day shown; nothing has in one to come."""
        past = answer.shown is not None and not answer.shown.expected
        for part in (self._line, self._month, self.movements):
            part.setVisible(past)
        self._month.setText(movement_title(answer))
        self.movements.setAccessibleName(movement_title(answer))
        self.movements.show_figures(movements_of(answer, month) if past else [])
