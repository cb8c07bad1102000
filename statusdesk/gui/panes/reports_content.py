"""The middle of a report: its figures, its chart or its table, and the sentences on what they rest on."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from statusdesk.domain.scopes import ALL
from statusdesk.gui.charts.bars import BarChart, Bars
from statusdesk.gui.charts.columns import ColumnChart, Columns
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.charts.table_cells import PAD
from statusdesk.gui.panes.reports_view import View
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.figures import Figures, FigureText
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import not_answered, tr

_COLUMNS, _BARS, _TABLE, _NOTHING = range(4)
_FIGURES: Final = "report_figures"


def inset(widget: QWidget) -> QBoxLayout:
    """Put a widget in line with the texts of a table."""
    layout = QHBoxLayout()
    layout.setContentsMargins(PAD, 0, PAD, 0)
    layout.addWidget(widget)
    return layout


class ReportsContent(QWidget):
    """Everything but the table keeps `PAD` from the sides, as the texts of the table do.

    `opened` carries the `Behind` of a mark, a cell or a figure that people opened.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report_content")
        self.figures = Figures(_FIGURES, tr("Figures"))
        self.columns = ColumnChart("report_columns", tr("Chart"))
        self.bars = BarChart("report_bars", tr("Chart"))
        self.table = ChartTable("report_table", tr("Table"))
        self._line = Hairline()
        self._nothing = TextLabel("", tone="muted")
        self._stack = QStackedWidget()
        self._inside = inset(self._stack)
        self._notes = TextLabel("", Type.LABEL, "muted", wrap=True)
        self._hint = TextLabel(
            tr("Enter or a double click shows the accounts behind a number"), Type.LABEL, "muted"
        )
        self._view: View | None = None
        self._wants_table = False
        self._build()
        for part in (self.figures, self.columns, self.bars, self.table):
            part.opened.connect(self._open)

    def _build(self) -> None:
        self._nothing.setObjectName("report_empty")
        self._hint.setObjectName("report_hint")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._notes.setObjectName("report_notes")
        scroll = QScrollArea()
        scroll.setObjectName("report_bars_area")
        scroll.setWidget(self.bars)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self.bars.current_moved.connect(
            lambda place: scroll.ensureVisible(place.left(), place.center().y(), 0, place.height())
        )
        for widget in (self.columns, scroll, self.table, self._nothing):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for above in (self._notes, self.figures, self._line):
            column.addLayout(inset(above))
        column.addLayout(self._inside, 1)
        column.addLayout(inset(self._hint))

    @property
    def view(self) -> View | None:
        """What is shown."""
        return self._view

    def show_view(self, view: View, *, as_table: bool) -> None:
        """Show a report, its table first if so wished."""
        self._view = view
        self._wants_table = as_table
        self._notes.setText(" ".join(view.notes))
        texts = [
            FigureText(str(place), one.label, one.value, addition=one.more, key=one.behind)
            for place, one in enumerate(view.figures)
        ]
        self.figures.show_figures(texts)
        self.figures.setVisible(bool(texts))
        self.table.show_rows(view.table, view.title)
        self.table.setSortingEnabled(not view.ordered)
        self.table.resizeColumnsToContents()
        if isinstance(view.chart, Columns):
            self.columns.show_columns(view.chart, view.title)
        elif isinstance(view.chart, Bars):
            self.bars.show_bars(view.chart, view.title)
        self._turn()

    def say_unanswered(self) -> None:
        """Say why there is nothing to see, if there never was."""
        if self._view is None:
            self._nothing.setText(not_answered())
            self._stack.setCurrentIndex(_NOTHING)
            self._hint.hide()

    def show_table(self, *, wanted: bool) -> None:
        """Show the table in place of the chart."""
        self._wants_table = wanted
        self._turn()

    def _turn(self) -> None:
        view = self._view
        if view is None:
            return
        if not view.table.rows:
            self._nothing.setText(_nothing_said(view))
            page = _NOTHING
        elif self._wants_table or view.chart is None:
            page = _TABLE
        else:
            page = _BARS if isinstance(view.chart, Bars) else _COLUMNS
        side = 0 if page == _TABLE else PAD
        self._inside.setContentsMargins(side, 0, side, 0)
        self._stack.setCurrentIndex(page)
        self._hint.setVisible(page == _TABLE)

    def stops(self) -> list[QWidget]:
        """Return where the keyboard stops, in order."""
        return [*self.figures.stops(), self.columns, self.bars, self.table]

    def _open(self, behind: object) -> None:
        if behind is not None:
            self.opened.emit(behind)


def _nothing_said(view: View) -> str:
    """Say why there is nothing to see."""
    if view.request.scope != ALL:
        return tr("No account is like this.")
    return tr("There is nothing to report yet.")
