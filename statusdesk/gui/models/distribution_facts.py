"""What the distribution page asks of the reports, and what they answer; all of it runs off the window's thread.

A day to come is answered by what is planned and due by then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from statusdesk.domain.instants import day_of, now
from statusdesk.domain.scopes import ALL, Dimension, Part, Scope
from statusdesk.gui.charts.scales import months_after
from statusdesk.services.reports.ahead import accounts_ahead, distribution_ahead, distribution_ahead_by
from statusdesk.services.reports.asking import one_state
from statusdesk.services.reports.distribution import accounts_in, distribution, distribution_by, together
from statusdesk.services.reports.movement import accounts_that_moved, movement
from statusdesk.services.reports.over_time import distribution_within, over_time, over_time_by
from statusdesk.services.reports.peak import accounts_at_peak, monthly_peaks
from statusdesk.services.reports.planning import planned_steps
from statusdesk.services.reports.projected import accounts_projected, projected
from statusdesk.services.reports.span import first_day

if TYPE_CHECKING:
    from array import array

    from statusdesk.domain.periods import Step
    from statusdesk.services.reports.crossings import Crossing
    from statusdesk.services.reports.distribution import Distribution
    from statusdesk.services.reports.movement import PeriodMovement
    from statusdesk.services.reports.over_time import OverTime
    from statusdesk.services.reports.projected import Projected
    from statusdesk.store.report_peaks import MonthPeak
    from statusdesk.store.store import Store


AHEAD: Final = 3
"""How many months ahead people can look."""


@dataclass(frozen=True, slots=True)
class View:
    """What people chose to see: an ISO day and the one to compare with, which accounts, and how they are split.

    Without a day it is today; without one to compare with it is a year before today, or the first day on record.
    """

    day: str = ""
    compared: str = ""
    scope: Scope = ALL
    split: Dimension | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """The distribution on one day; `parts` where it is split. `installs` and `planned` say what is expected."""

    day: str
    whole: Distribution
    parts: tuple[Part[Distribution], ...] = ()
    expected: bool = False
    installs: int = 0
    planned: int = 0


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """The days of a view, in which the days are filled in; `first_day` is that of the first record.

    `shown` is None before that, and where there is no account at all; `compared` where both days are the same.
    """

    view: View
    today: str
    first_day: str | None
    shown: Sight | None = None
    compared: Sight | None = None


@dataclass(frozen=True, slots=True)
class MonthAnswer:
    """The peak of the month in which an ISO day lies, and what happened in it until the end of that day.

    The revenue that is `projected` from there on is known for the present day only.
    """

    day: str
    scope: Scope
    peak: MonthPeak
    moved: PeriodMovement
    projected: Projected | None = None


@dataclass(frozen=True, slots=True)
class TimeQuestion:
    """A span of ISO days, how finely it is divided, which accounts, and how split."""

    first_day: str
    last_day: str
    step: Step
    scope: Scope = ALL
    split: Dimension | None = None


@dataclass(frozen=True, slots=True)
class TimeAnswer:
    """The course of the whole, or of each part; `ahead` is that of the days after today, where it is known."""

    question: TimeQuestion
    whole: OverTime | None = None
    parts: tuple[Part[OverTime], ...] = ()
    ahead: TimeAnswer | None = None


def today_of(store: Store) -> str:
    """Return the present day (ISO) in the database's time zone."""
    return day_of(now(), store.info.time_zone)


def answer_days(
    store: Store, view: View, known: Sight | None = None, course: TimeAnswer | None = None
) -> DayAnswer:
    """Answer what is asked of single days, from one state of the database.

    A day of the past that is `known` for these accounts already, or lies in their `course`, is not counted again.
    """
    with one_state(store.db):
        today, first = today_of(store), first_day(store)
        before = max(first or today, months_after(today, -12))
        view = replace(view, day=view.day or today, compared=view.compared or before)
        if first is None or view.day < first:
            return DayAnswer(view, today, first)
        shown = _sight(store, view.day, today, view, course)
        if view.compared in (view.day, "") or view.compared < first:
            return DayAnswer(view, today, first, shown)
        if known is not None and known.day == view.compared < today:
            return DayAnswer(view, today, first, shown, known)
        return DayAnswer(view, today, first, shown, _sight(store, view.compared, today, view, course))


def answer_month(store: Store, day: str, scope: Scope) -> MonthAnswer:
    """Answer what happened in the month of an ISO day, until the end of that day."""
    month = day[:7]
    with one_state(store.db):
        (peak,) = monthly_peaks(store, month, month, scope=scope)
        (moved,) = movement(store, f"{month}-01", day, scope=scope)
        if day != today_of(store):
            return MonthAnswer(day, scope, peak, moved)
        return MonthAnswer(day, scope, peak, moved, projected(store, planned=planned_steps(store), scope=scope))


def _sight(store: Store, day: str, today: str, view: View, course: TimeAnswer | None) -> Sight:
    remembered = None if course is None or day >= today else _remembered(store, day, view, course)
    if remembered is not None:
        return remembered
    if day > today:
        planned = planned_steps(store)
        ahead = distribution_ahead(store, day, planned=planned, scope=view.scope)
        parts: tuple[Part[Distribution], ...] = ()
        if view.split is not None:
            found = distribution_ahead_by(store, view.split, day, planned=planned, scope=view.scope)
            parts = tuple(Part(part.value, part.report.distribution) for part in found)
        return Sight(day, ahead.distribution, parts, True, ahead.installs, ahead.planned)
    on = day if day < today else None
    whole = distribution(store, on=on, scope=view.scope)
    if view.split is None:
        return Sight(day, whole)
    return Sight(day, whole, distribution_by(store, view.split, on=on, scope=view.scope))


def _remembered(store: Store, day: str, view: View, course: TimeAnswer) -> Sight | None:
    """Return a day of the past from the course of the same accounts, if it has that day."""
    if (course.question.scope, course.question.split) != (view.scope, view.split):
        return None
    if course.whole is not None:
        whole = distribution_within(store, course.whole, day)
        return None if whole is None else Sight(day, whole)
    found = ((part.value, distribution_within(store, part.report, day)) for part in course.parts)
    parts = tuple(Part(value, report) for value, report in found if report is not None and report.accounts)
    return Sight(day, together(part.report for part in parts), parts) if parts else None


def answer_time(store: Store, question: TimeQuestion) -> TimeAnswer:
    """Answer how the distribution goes over a span of time; days to come are expected."""
    span, step, scope = (question.first_day, question.last_day), question.step, question.scope
    planned = planned_steps(store) if question.last_day > today_of(store) else ()
    if question.split is None:
        return TimeAnswer(question, over_time(store, *span, step=step, scope=scope, planned=planned))
    parts = over_time_by(store, question.split, *span, step=step, scope=scope, planned=planned)
    return TimeAnswer(question, None, parts)


def values_of(store: Store, dimension: Dimension) -> tuple[str, ...]:
    """Return the values that open accounts have in a field, by name, "no value" last."""
    return tuple(part.value for part in distribution_by(store, dimension))


class Behind(Protocol):
    """What can be opened: which accounts they are, and what they are called."""

    @property
    def title(self) -> str:
        """What the accounts are called where they are listed."""

    def ids(self, store: Store) -> array[int]:
        """Return their ids."""


@dataclass(frozen=True, slots=True)
class InStatuses:
    """The accounts of a scope that were, or are expected to be, in some statuses at the end of an ISO day."""

    title: str
    day: str
    status_ids: frozenset[int]
    scope: Scope

    def ids(self, store: Store) -> array[int]:
        """Return their ids."""
        today = today_of(store)
        if self.day > today:
            return accounts_ahead(store, self.status_ids, self.day, planned=planned_steps(store), scope=self.scope)
        on = self.day if self.day < today else None
        return accounts_in(store, self.status_ids, on=on, scope=self.scope)


@dataclass(frozen=True, slots=True)
class AtPeak:
    """The accounts of a scope that were activating when the peak of a month was reached."""

    title: str
    peak: MonthPeak
    scope: Scope

    def ids(self, store: Store) -> array[int]:
        """Return their ids."""
        return accounts_at_peak(store, self.peak, scope=self.scope)


@dataclass(frozen=True, slots=True)
class Projection:
    """The accounts of a scope that make the projected revenue another one than the current."""

    title: str
    scope: Scope

    def ids(self, store: Store) -> array[int]:
        """Return their ids."""
        return accounts_projected(store, planned=planned_steps(store), scope=self.scope)


@dataclass(frozen=True, slots=True)
class Moved:
    """The accounts of a scope that crossed the border of activation in one way, in a month until an ISO day."""

    title: str
    crossing: Crossing
    day: str
    scope: Scope

    def ids(self, store: Store) -> array[int]:
        """Return their ids."""
        first = f"{self.day[:7]}-01"
        return accounts_that_moved(store, (self.crossing,), first, self.day, scope=self.scope)


@dataclass(frozen=True, slots=True)
class AccountsBehind:
    """The accounts behind something on a page, found: their ids, and what they are called."""

    ids: array[int]
    title: str
