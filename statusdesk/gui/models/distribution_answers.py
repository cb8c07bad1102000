"""What the distribution page asks: days, months and the course of time apart; the newest question wins."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from statusdesk.domain.periods import Step
from statusdesk.domain.scopes import Dimension
from statusdesk.gui.charts.scales import day_after, months_after
from statusdesk.gui.models.distribution_facts import (
    AHEAD,
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
from statusdesk.gui.models.report_source import ReportSource
from statusdesk.gui.session import Session
from statusdesk.services.opening import open_store
from statusdesk.store.store import Store


class DistributionAnswers(QObject):
    """Keeps the newest answers; `days_answered`, `month_answered` and `time_answered` tell of new ones.

    Each of these, and the course of the days to come, is asked on a thread and a reading connection of its own, so
    that the day under the slider never waits for the year. `found` carries `AccountsBehind` something,
    `unanswered` comes when there is no answer, `settled_changed` comes when any of them begins or ends to work.
    """

    days_answered = Signal()
    month_answered = Signal()
    time_answered = Signal()
    found = Signal(object)
    unanswered = Signal()
    settled_changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.view = View()
        self.days: DayAnswer | None = None
        self._known: DayAnswer | None = None
        self._month: MonthAnswer | None = None
        self._time: TimeAnswer | None = None
        self._asked_time: TimeQuestion | None = None
        self._ahead: TimeAnswer | None = None
        self._asked_ahead: TimeQuestion | None = None
        self._course: TimeAnswer | None = None
        self._fresh = False
        self._sources = tuple(ReportSource(self._open_store, self) for _ in range(4))
        self._days_source, self._month_source, self._time_source, self._ahead_source = self._sources
        for source in self._sources:
            source.failed.connect(self._fail)
            source.settled_changed.connect(self.settled_changed)

    @property
    def settled(self) -> bool:
        """True while nothing is asked."""
        return all(source.settled for source in self._sources)

    @property
    def month(self) -> MonthAnswer | None:
        """What is known of the month, if it is about the day and the accounts shown."""
        month = self._month
        if month is None or self.days is None:
            return None
        view = self.days.view
        return month if (month.day, month.scope) == (view.day, view.scope) else None

    @property
    def time(self) -> TimeAnswer | None:
        """What is known of the course of time, with what is expected of it, if it is about the accounts shown."""
        time = self._course
        if time is None or self.days is None:
            return None
        view = self.days.view
        return time if (time.question.scope, time.question.split) == (view.scope, view.split) else None

    def forget(self) -> None:
        """Ask everything anew next time: something was changed."""
        self._month = self._asked_time = self._asked_ahead = self._known = None
        self._fresh = False

    def ask(self, **wished: Any) -> None:
        """Ask for the same view but for what is wished."""
        self.view = view = replace(self.view, **wished)
        known = self._known
        same = known is not None and (known.view.scope, known.view.split) == (view.scope, view.split)
        compared = known.compared if known is not None and same else None
        course = self._time if self._fresh else None
        self._days_source.ask(lambda store: answer_days(store, view, compared, course), self._take_days)

    def ask_month(self) -> None:
        """Ask for the month of the day shown, unless it is known or to come."""
        days = self.days
        if days is None or days.shown is None or days.shown.expected or self.month is not None:
            return
        view = days.view
        self._month_source.ask(lambda store: answer_month(store, view.day, view.scope), self._take_month)

    def ask_time(self, months: int, step: Step) -> None:
        """Ask for so many months around the day shown (0: everything), unless that was asked already."""
        if self.days is None or self.days.shown is None:
            return
        view = self.days.view
        question = TimeQuestion(*span_around(self.days, months), step, view.scope, view.split)
        if question != self._asked_time:
            self._asked_time = question
            self._fresh = False
            self._time_source.ask(lambda store: answer_time(store, question), self._take_time)

    def ask_ahead(self, step: Step) -> None:
        """Ask for the days after today, as far as people can look, where the day shown is one of them."""
        if self.days is None or self.days.shown is None or not self.days.shown.expected:
            return
        today, view = self.days.today, self.days.view
        span = day_after(today, 1), months_after(today, AHEAD)
        question = TimeQuestion(*span, step, view.scope, view.split)
        if question != self._asked_ahead:
            self._asked_ahead = question
            self._ahead_source.ask(lambda store: answer_time(store, question), self._take_ahead)

    def ask_values(self, dimension: Dimension, then: Callable[[Any], None]) -> None:
        """Ask for the values of a field."""
        self._time_source.run(lambda store: values_of(store, dimension), then)

    @Slot(object)
    def find(self, behind: Behind) -> None:
        """Ask for the accounts behind something."""
        self._days_source.run(lambda store: AccountsBehind(behind.ids(store), behind.title), self.found.emit)

    def close(self) -> None:
        """End the threads and close their connections."""
        for source in self._sources:
            source.close()

    def _open_store(self) -> Store:
        return open_store(self._session.info.place, "read")

    def _take_days(self, answer: DayAnswer) -> None:
        self.days = self._known = answer
        self.days_answered.emit()

    def _take_month(self, answer: MonthAnswer) -> None:
        self._month = answer
        self.month_answered.emit()

    def _take_time(self, answer: TimeAnswer) -> None:
        self._time = answer
        self._fresh = answer.question == self._asked_time
        self._join()

    def _take_ahead(self, answer: TimeAnswer) -> None:
        self._ahead = answer
        self._join()

    def _join(self) -> None:
        """Put what was and what is expected together, if they are about the same."""
        time, ahead = self._time, self._ahead
        if time is None:
            return
        fits = ahead is not None and _subject(ahead.question) == _subject(time.question)
        self._course = replace(time, ahead=ahead if fits else None)
        self.time_answered.emit()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._session.tell(error)
        self.forget()
        self.unanswered.emit()


def _subject(question: TimeQuestion) -> tuple[object, ...]:
    return question.step, question.scope, question.split


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
