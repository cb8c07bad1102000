"""The managers' picture: how accounts spread over statuses, on any day and over time, and who they are."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from statusdesk.domain.errors import StatusDeskError
from statusdesk.domain.scopes import ALL, Dimension
from statusdesk.gui import formats
from statusdesk.gui.charts.scales import months_after
from statusdesk.gui.models.distribution_facts import (
    AccountsBehind,
    Behind,
    DayAnswer,
    MonthAnswer,
    TimeAnswer,
    TimeQuestion,
    View,
    answer_days,
    answer_month,
    answer_time,
    values_of,
)
from statusdesk.gui.models.distribution_figures import figures_of
from statusdesk.gui.models.distribution_words import expected_text
from statusdesk.gui.models.report_source import ReportSource
from statusdesk.gui.panes.distribution_charts import AreaHalf, BarsHalf
from statusdesk.gui.panes.distribution_filters import DistributionFilters
from statusdesk.gui.panes.distribution_head import DistributionHead
from statusdesk.gui.session import Session
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.empty_state import EmptyState
from statusdesk.gui.widgets.figures import Figures
from statusdesk.gui.widgets.texts import Hairline, ShortLabel
from statusdesk.gui.wording import tr
from statusdesk.services.opening import open_store
from statusdesk.store.store import Store

_EDGE = 24


class DistributionPage(QWidget):
    """`accounts_requested` carries `AccountsBehind` a bar, an area or a figure that people opened.

    Single days, the month and the course of time are asked apart, each on a thread and a reading connection of
    its own, so that the day under the slider never waits for the year.
    """

    accounts_requested = Signal(object)
    import_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("distribution_page")
        self.setAccessibleName(tr("Distribution"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._session = session
        self._view = View()
        self._answer: DayAnswer | None = None
        self._month: MonthAnswer | None = None
        self._time: TimeAnswer | None = None
        self._asked_time: TimeQuestion | None = None
        self._stale = True
        self._closed = False
        currency = session.info.currency
        self._days_source, self._month_source, self._time_source = (
            ReportSource(self._open_store, self) for _ in range(3)
        )
        self.head = DistributionHead()
        self.filters = DistributionFilters(self._ask_values)
        self.figures = Figures("figures", tr("Figures"))
        self.bars = BarsHalf(currency)
        self.area = AreaHalf(currency)
        self._note = ShortLabel("", Type.LABEL, "planned")
        self._empty = EmptyState("distribution_empty")
        self._body = QStackedWidget()
        self._build()
        self._wire()

    def _build(self) -> None:
        self._note.setObjectName("expected_note")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.filters)
        row.addStretch(1)
        row.addWidget(self._note)
        self._body.addWidget(self._content())
        self._body.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 12, _EDGE, 12)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addLayout(row)
        column.addWidget(Hairline())
        column.addWidget(self._body, 1)
        stops = [*self.head.stops(), *self.filters.stops(), *self.bars.stops(), *self.area.stops()]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _content(self) -> QWidget:
        content, halves = QWidget(), QHBoxLayout()
        halves.setSpacing(_EDGE)
        halves.addWidget(self.bars, 6)
        halves.addWidget(Hairline(upright=True))
        halves.addWidget(self.area, 7)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.figures)
        column.addWidget(Hairline())
        column.addLayout(halves, 1)
        return content

    def _wire(self) -> None:
        self.head.day_wished.connect(self.show_day)
        self.head.compare_wished.connect(self._compare)
        self.head.table_wished.connect(self._show_tables)
        self.filters.changed.connect(self._choose)
        self.area.span_wished.connect(self._ask_time)
        self.area.day_wished.connect(self.show_day)
        for part in (self.figures, self.bars, self.area):
            part.opened.connect(self._open)
        self._empty.pressed.connect(self._leave_empty)
        self._empty.link_pressed.connect(self._go_to_first_day)
        self._session.changed.connect(self.refresh)
        for source in (self._days_source, self._month_source, self._time_source):
            source.failed.connect(self._fail)

    @property
    def settled(self) -> bool:
        """True while nothing is asked."""
        return self._days_source.settled and self._month_source.settled and self._time_source.settled

    @property
    def view(self) -> View:
        """What is shown; before the first answer, what is asked for."""
        return self._view if self._answer is None else self._answer.view

    @Slot(str)
    def show_day(self, day: str) -> None:
        """Show an ISO day, or today."""
        today = self._answer.today if self._answer else ""
        self._ask(replace(self._view, day="" if day == today else day))

    @Slot()
    def refresh(self) -> None:
        """Look at everything again; later, while nobody sees the page."""
        self._stale = True
        if self.isVisible():
            self._look()

    @Slot()
    def take_focus(self) -> None:
        """Take the keyboard."""
        self.head.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_reports(self) -> None:
        """End the threads and close their connections; nothing is shown any more."""
        if not self._closed:
            self._closed = True
            self._session.changed.disconnect(self.refresh)
            for source in (self._days_source, self._month_source, self._time_source):
                source.close()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Look again if something changed meanwhile, or if the day did."""
        super().showEvent(event)
        if not self._closed:
            self._look()

    def _open_store(self) -> Store:
        return open_store(Path(self._session.info.path), "read")

    def _look(self) -> None:
        if self._stale:
            self._stale = False
            self._asked_time = None
            self._month = None
            self.filters.forget_values()
        self._ask(self._view)

    def _ask(self, view: View) -> None:
        self._view = view
        self._days_source.ask(lambda store: answer_days(store, view), self._take_days)

    def _take_days(self, answer: DayAnswer) -> None:
        self._answer = answer
        self.head.show_answer(answer)
        self._note.setText(expected_text(answer.shown) if answer.shown and answer.shown.expected else "")
        if not self._tell_empty(answer):
            self.bars.show_days(answer)
            self._ask_month(answer)
            self._ask_time()

    def _ask_month(self, answer: DayAnswer) -> None:
        self._show_month()
        view = answer.view
        known = self._month_of(answer) is not None
        if answer.shown is not None and not answer.shown.expected and not known:
            self._month_source.ask(lambda store: answer_month(store, view.day, view.scope), self._take_month)

    def _take_month(self, month: MonthAnswer) -> None:
        self._month = month
        self._show_month()

    def _month_of(self, answer: DayAnswer) -> MonthAnswer | None:
        """Return what is known of the month, if it is about what is shown."""
        month = self._month
        fits = month is not None and (month.day, month.scope) == (answer.view.day, answer.view.scope)
        return month if fits else None

    def _show_month(self) -> None:
        if self._answer is not None and self._answer.shown is not None:
            month, info = self._month_of(self._answer), self._session.info
            self.figures.show_figures(figures_of(self._answer, month, info.currency, info.time_zone))
            self.bars.show_month(self._answer, month)

    @Slot()
    def _ask_time(self) -> None:
        if self._answer is None or self._answer.shown is None:
            return
        question = self._time_question(self._answer)
        if question == self._asked_time:
            self._show_time()
            return
        self._asked_time = question
        self._time_source.ask(lambda store: answer_time(store, question), self._take_time)
        self._show_time()

    def _time_question(self, answer: DayAnswer) -> TimeQuestion:
        first, last = span_around(answer, self.area.months)
        return TimeQuestion(first, last, self.area.step, answer.view.scope, answer.view.split)

    def _take_time(self, answer: TimeAnswer) -> None:
        self._time = answer
        self._show_time()

    def _show_time(self) -> None:
        """Show the course of time; one of other accounts than those of the day shown is not shown beside it."""
        if self._answer is None or self._answer.shown is None:
            return
        time, view = self._time, self._answer.view
        fits = time is not None and (time.question.scope, time.question.split) == (view.scope, view.split)
        self.area.show_answers(time if fits else None, self._answer)

    def _tell_empty(self, answer: DayAnswer) -> bool:
        """Say why there is nothing to see, if so."""
        if answer.first_day is None:
            self._empty.say(tr("No accounts yet."), button=tr("Import…"))
        elif answer.shown is None:
            day = formats.date(answer.first_day)
            self._empty.say(tr("No records before {day}").format(day=day), link=tr("Show {day}").format(day=day))
        elif not answer.shown.whole.accounts and answer.view.scope != ALL:
            self._empty.say(tr("No account is like this on that day."), button=tr("Show all accounts"))
        else:
            self._body.setCurrentIndex(0)
            return False
        self._body.setCurrentIndex(1)
        return True

    @Slot()
    def _leave_empty(self) -> None:
        """Do what the button of the empty page offers."""
        if self._answer is not None and self._answer.first_day is not None:
            self.filters.clear()
        else:
            self.import_requested.emit()

    @Slot()
    def _go_to_first_day(self) -> None:
        if self._answer is not None and self._answer.first_day is not None:
            self.show_day(self._answer.first_day)
            self.take_focus()

    @Slot(str)
    def _compare(self, day: str) -> None:
        self._ask(replace(self._view, compared=day))

    @Slot(bool)
    def _show_tables(self, wanted: bool) -> None:
        self.bars.show_table(wanted=wanted)
        self.area.show_table(wanted=wanted)

    @Slot()
    def _choose(self) -> None:
        self._ask(replace(self._view, scope=self.filters.scope, split=self.filters.split))

    def _ask_values(self, dimension: Dimension, then: Callable[[Any], None]) -> None:
        self._time_source.run(lambda store: values_of(store, dimension), then)

    @Slot(object)
    def _open(self, behind: Behind) -> None:
        self._days_source.run(
            lambda store: AccountsBehind(behind.ids(store), behind.title), self.accounts_requested.emit
        )

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if isinstance(error, StatusDeskError):
            self._session.failed.emit(error)
        else:
            self._session.crashed.emit(error)


def span_around(answer: DayAnswer, months: int) -> tuple[str, str]:
    """Return the ISO days of a span of so many months until today, or until earlier where the day shown is before.

    It moves in halves of itself, so that it stays while people look around within it. Without months it is all.
    """
    first, last = answer.first_day or answer.today, answer.today
    if months:
        while answer.view.day < months_after(last, -months):
            last = months_after(last, -max(1, months // 2))
        first = max(first, months_after(last, -months))
    return first, last
