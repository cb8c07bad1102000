"""The managers' picture: how accounts spread over statuses, on any day and over time, and who they are."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from statusdesk.domain.scopes import ALL
from statusdesk.gui import formats
from statusdesk.gui.models.distribution_answers import DistributionAnswers
from statusdesk.gui.models.distribution_facts import DayAnswer, View
from statusdesk.gui.models.distribution_figures import figures_of
from statusdesk.gui.models.distribution_words import expected_text
from statusdesk.gui.panes.distribution_area import AreaHalf
from statusdesk.gui.panes.distribution_bars import BarsHalf
from statusdesk.gui.panes.distribution_filters import DistributionFilters
from statusdesk.gui.panes.distribution_head import DistributionHead
from statusdesk.gui.session import Session
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.empty_state import EmptyState
from statusdesk.gui.widgets.figures import Figures
from statusdesk.gui.widgets.take_away import TakeAwayBar
from statusdesk.gui.widgets.texts import Hairline, ShortLabel
from statusdesk.gui.wording import not_answered, tr

_EDGE: Final = 24
_MOMENT: Final = 300
"""Milliseconds that counting may take without a word."""


class DistributionPage(QWidget):
    """`accounts_requested` carries `AccountsBehind` a bar, an area or a figure that people opened.

    `take_away_requested` carries one of the deeds of `TakeAwayBar`, to be done with what is shown.
    """

    accounts_requested = Signal(object)
    take_away_requested = Signal(str)
    import_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("distribution_page")
        self.setAccessibleName(tr("Distribution"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._session = session
        self._answers = DistributionAnswers(session, self)
        self._stale = False
        self._closed = False
        currency = session.info.currency
        self.head = DistributionHead()
        self.filters = DistributionFilters(self._answers.ask_values)
        self.figures = Figures("figures", tr("Figures"))
        self.bars = BarsHalf(currency)
        self.area = AreaHalf(currency)
        self.take_away = TakeAwayBar("distribution_take")
        self._busy = ShortLabel("", Type.LABEL, "planned", fills=True)
        self._note = ShortLabel("", Type.LABEL, "planned", fills=True)
        self._note.setWordWrap(True)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_MOMENT)
        self._empty = EmptyState("distribution_empty")
        self._body = QStackedWidget()
        self._build()
        self._wire()

    def _build(self) -> None:
        self._busy.setObjectName("distribution_busy")
        self._note.setObjectName("expected_note")
        self._empty.say("")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.filters)
        row.addWidget(self._busy, 1)
        row.addWidget(self.take_away)
        self._body.addWidget(self._content())
        self._body.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 12, _EDGE, 12)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addLayout(row)
        column.addWidget(Hairline())
        column.addWidget(self._body, 1)

    def _order_tabs(self) -> None:
        """Let Tab go through the page as it is read; figures come and go."""
        stops = [*self.head.stops(), *self.filters.stops(), *self.take_away.stops(), *self.figures.stops()]
        for before, after in pairwise([*stops, *self.bars.stops(), *self.area.stops()]):
            QWidget.setTabOrder(before, after)

    def _content(self) -> QWidget:
        content, halves, figures = QWidget(), QHBoxLayout(), QHBoxLayout()
        figures.setSpacing(16)
        figures.addWidget(self.figures, 3)
        figures.addWidget(self._note, 2)
        halves.setSpacing(_EDGE)
        halves.addWidget(self.bars, 6)
        halves.addWidget(Hairline(upright=True))
        halves.addWidget(self.area, 7)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(figures)
        column.addWidget(Hairline())
        column.addLayout(halves, 1)
        return content

    def _wire(self) -> None:
        answers = self._answers
        self.head.day_wished.connect(self.show_day)
        self.head.compare_wished.connect(self._compare)
        self.head.table_wished.connect(self._show_tables)
        self.filters.changed.connect(self._choose)
        self.take_away.requested.connect(self.take_away_requested)
        self.area.span_wished.connect(self._ask_time)
        self.area.day_wished.connect(self.show_day)
        for part in (self.figures, self.bars, self.area):
            part.opened.connect(answers.find)
        answers.days_answered.connect(self._show_days)
        answers.month_answered.connect(self._show_month)
        answers.time_answered.connect(self._show_time)
        answers.found.connect(self.accounts_requested)
        answers.unanswered.connect(self._say_unanswered)
        answers.settled_changed.connect(self._watch)
        self._patience.timeout.connect(self._say_busy)
        self._empty.pressed.connect(self._leave_empty)
        self._empty.link_pressed.connect(self._go_to_first_day)
        self._session.changed.connect(self.refresh)

    @property
    def settled(self) -> bool:
        """True while nothing is asked."""
        return self._answers.settled

    @property
    def view(self) -> View:
        """What is shown; before the first answer, what is asked for."""
        answer = self._answers.days
        return self._answers.view if answer is None else answer.view

    @Slot(str)
    def show_day(self, day: str) -> None:
        """Show an ISO day, or today."""
        answer = self._answers.days
        self._answers.ask(day="" if answer is not None and day == answer.today else day)

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
            self._answers.close()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Look again if something changed meanwhile, or if the day did; give the keyboard to the days."""
        super().showEvent(event)
        self.take_focus()
        if not self._closed:
            self._look()

    def _look(self) -> None:
        if self._stale:
            self._stale = False
            self._answers.forget()
            self.filters.forget_values()
        self._answers.ask()
        if self._session.is_lost:
            self._say_unanswered()

    @Slot()
    def _show_days(self) -> None:
        answer = self._answers.days
        assert answer is not None
        self.head.show_answer(answer)
        self._say_note()
        if not self._tell_empty(answer):
            self.bars.show_days(answer)
            self._answers.ask_month()
            self._show_month()
            self._ask_time()

    @Slot()
    def _watch(self) -> None:
        """Say so when counting takes more than a moment: until then the numbers are those from before."""
        if self.settled:
            self._patience.stop()
            self._busy.setText("")
        elif not self._patience.isActive():
            self._patience.start()

    @Slot()
    def _say_note(self) -> None:
        answer = self._answers.days
        expected = answer is not None and answer.shown is not None and answer.shown.expected
        self._note.setText(expected_text(answer.shown) if expected and answer and answer.shown else "")
        self._note.setVisible(expected)

    @Slot()
    def _say_busy(self) -> None:
        self._busy.setText(tr("Waits for the server") if self._session.is_lost else tr("Counting…"))

    @Slot()
    def _say_unanswered(self) -> None:
        self._busy.setText(tr("Waits for the server"))
        if self._answers.days is None:
            self._empty.say(not_answered())
            self._body.setCurrentIndex(1)

    @Slot()
    def _show_month(self) -> None:
        answer, month, info = self._answers.days, self._answers.month, self._session.info
        if answer is not None and answer.shown is not None:
            self.figures.show_figures(figures_of(answer, month, info.currency, info.time_zone))
            self.bars.show_month(answer, month)
            self._order_tabs()

    @Slot()
    def _ask_time(self) -> None:
        self._answers.ask_time(self.area.months, self.area.step)
        self._answers.ask_ahead(self.area.step)
        self._show_time()

    @Slot()
    def _show_time(self) -> None:
        answer = self._answers.days
        if answer is not None and answer.shown is not None:
            self.area.show_answers(self._answers.time, answer)

    def _tell_empty(self, answer: DayAnswer) -> bool:
        """Say why there is nothing to see, if so."""
        if answer.first_day is None:
            self._empty.say(tr("No accounts yet."), button=tr("Import…"))
        elif answer.shown is None:
            day = formats.date(answer.first_day)
            said = tr("No records before {day}").format(day=day)
            self._empty.say(said, link=tr("Show {day}").format(day=day))
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
        answer = self._answers.days
        if answer is not None and answer.first_day is not None:
            self.filters.clear()
        else:
            self.import_requested.emit()

    @Slot()
    def _go_to_first_day(self) -> None:
        answer = self._answers.days
        if answer is not None and answer.first_day is not None:
            self.show_day(answer.first_day)
            self.take_focus()

    @Slot(str)
    def _compare(self, day: str) -> None:
        self._answers.ask(compared=day)

    @Slot(bool)
    def _show_tables(self, wanted: bool) -> None:
        self.bars.show_table(wanted=wanted)
        self.area.show_table(wanted=wanted)

    @Slot()
    def _choose(self) -> None:
        self._answers.ask(scope=self.filters.scope, split=self.filters.split)
