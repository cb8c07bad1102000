"""What can be asked of the reports, and the answer with all that it takes to show, print, or save it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from statusdesk.domain.instants import day_of
from statusdesk.domain.periods import Step
from statusdesk.domain.scopes import ALL, Dimension, Part, Scope
from statusdesk.services.reports import (
    ahead,
    distribution,
    ghosts,
    growth,
    matrix,
    movement,
    over_time,
    revenue,
    stuck,
)
from statusdesk.services.reports import peak as peaks
from statusdesk.services.reports.asking import present
from statusdesk.services.reports.planning import planned_steps
from statusdesk.services.settings_verbs import Limits, limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.domain.records import DatabaseInfo
    from statusdesk.store.store import Store


class Kind(StrEnum):
    """A report; the value is its name on the command line."""

    DISTRIBUTION = "distribution"
    OVER_TIME = "over-time"
    MATRIX = "matrix"
    MOVEMENT = "movement"
    REVENUE = "revenue"
    PEAK = "peak"
    GROWTH = "growth"
    STUCK = "stuck"
    GHOSTS = "ghosts"


TITLES = {
    Kind.DISTRIBUTION: "Distribution",
    Kind.OVER_TIME: "Distribution over time",
    Kind.MATRIX: "Compare two dates",
    Kind.MOVEMENT: "Movement",
    Kind.REVENUE: "Revenue",
    Kind.PEAK: "Monthly peak",
    Kind.GROWTH: "Growth",
    Kind.STUCK: "Stuck",
    Kind.GHOSTS: "Ghosts",
}
"""What the reports are called."""

SPANNING = frozenset({Kind.OVER_TIME, Kind.MATRIX, Kind.MOVEMENT, Kind.PEAK})
"""Reports of the days from one to another."""

STEPPED = frozenset({Kind.OVER_TIME, Kind.MOVEMENT})
"""Reports that divide their span."""


@dataclass(frozen=True, slots=True)
class Request:
    """A report of the days (ISO) from `first` to `last`; empty ones are the usual ones of that report.

    A distribution is that of the end of `last`, or of now. `stages` asks for its stages in place of its statuses.
    `at` is the present instant (UTC milliseconds; None: now).
    """

    kind: Kind
    first: str = ""
    last: str = ""
    step: Step = Step.MONTH
    scope: Scope = ALL
    split: Dimension | None = None
    stages: bool = False
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A report: one part for each value by which it is split, or a single one.

    The request has the days that were asked for or meant.
    """

    request: Request
    info: DatabaseInfo
    parts: tuple[Part[Any], ...]
    limits: Limits
    seal: str = ""
    """The newest seal of the journal that it rests on."""

    @property
    def whole(self) -> Any:
        """The report that is not split."""
        return self.parts[0].report


def answer(store: Store, request: Request) -> Answer:
    """Answer a request from one state of the database."""
    asked = with_days(request, day_of(present(request.at), store.info.time_zone))
    known = limits(store)
    found = _ASK[asked.kind](store, asked, known)
    parts = found if asked.split else (Part("", found),)
    return Answer(asked, store.info, parts, known, store.newest_seal())


def with_days(request: Request, today: str) -> Request:
    """Return the request with its usual days where none are given: to today, from eleven months before.

    Only the distribution looks ahead; what has happened ends with today.
    """
    if request.kind not in SPANNING:
        return request
    last = request.last or today
    if request.kind is not Kind.OVER_TIME:
        last = min(last, today)
    if request.first:
        return replace(request, first=min(request.first, last), last=last)
    year, month = int(last[:4]), int(last[5:7])
    start = f"{year - (month < 12):04}-{month % 12 + 1:02}-01"
    if request.kind is Kind.MATRIX:
        start = (date.fromisoformat(last) - timedelta(days=30)).isoformat()
    return replace(request, first=start, last=last)


def _distribution(store: Store, request: Request, _limits: Limits) -> Any:
    today = day_of(present(request.at), store.info.time_zone)
    split, scope, day = request.split, request.scope, request.last
    if day > today:
        plans = planned_steps(store)
        if split:
            return ahead.distribution_ahead_by(store, split, day, at=request.at, planned=plans, scope=scope)
        return ahead.distribution_ahead(store, day, at=request.at, planned=plans, scope=scope)
    on = day if day and day != today else None
    if split:
        return distribution.distribution_by(store, split, on=on, scope=scope)
    return distribution.distribution(store, on=on, scope=scope)


def _over_time(store: Store, request: Request, _limits: Limits) -> Any:
    days, step, scope = (request.first, request.last), request.step, request.scope
    at = present(request.at)
    plans = planned_steps(store) if request.last > day_of(at, store.info.time_zone) else ()
    if request.split:
        return over_time.over_time_by(store, request.split, *days, step=step, scope=scope, at=at, planned=plans)
    return over_time.over_time(store, *days, step=step, scope=scope, at=at, planned=plans)


def _matrix(store: Store, request: Request, _limits: Limits) -> Any:
    days, scope = (request.first, request.last), request.scope
    if request.split:
        return matrix.matrix_by(store, request.split, *days, scope=scope)
    return matrix.matrix(store, *days, scope=scope)


def _movement(store: Store, request: Request, _limits: Limits) -> Any:
    days, step, scope = (request.first, request.last), request.step, request.scope
    if request.split:
        return movement.movement_by(store, request.split, *days, step=step, scope=scope)
    return movement.movement(store, *days, step=step, scope=scope)


def _revenue(store: Store, request: Request, _limits: Limits) -> Any:
    plans = planned_steps(store)
    if request.split:
        return revenue.revenue_by(store, request.split, at=request.at, planned=plans, scope=request.scope)
    return revenue.revenue(store, at=request.at, planned=plans, scope=request.scope)


def _peak(store: Store, request: Request, _limits: Limits) -> Any:
    months = request.first[:7], request.last[:7]
    if request.split:
        return peaks.monthly_peaks_by(store, request.split, *months, scope=request.scope)
    return peaks.monthly_peaks(store, *months, scope=request.scope)


def _growth(store: Store, request: Request, _limits: Limits) -> Any:
    plans = planned_steps(store)
    if request.split:
        return growth.growth_by(store, request.split, at=request.at, planned=plans, scope=request.scope)
    return growth.growth(store, at=request.at, planned=plans, scope=request.scope)


def _stuck(store: Store, request: Request, known: Limits) -> Any:
    if request.split:
        return stuck.stuck_by(store, request.split, known.stays, at=request.at, scope=request.scope)
    return stuck.stuck(store, known.stays, at=request.at, scope=request.scope)


def _ghosts(store: Store, request: Request, _limits: Limits) -> Any:
    if request.split:
        return ghosts.ghosts_by(store, request.split, scope=request.scope)
    return ghosts.ghosts(store, scope=request.scope)


_ASK: dict[Kind, Callable[[Store, Request, Limits], Any]] = {
    Kind.DISTRIBUTION: _distribution,
    Kind.OVER_TIME: _over_time,
    Kind.MATRIX: _matrix,
    Kind.MOVEMENT: _movement,
    Kind.REVENUE: _revenue,
    Kind.PEAK: _peak,
    Kind.GROWTH: _growth,
    Kind.STUCK: _stuck,
    Kind.GHOSTS: _ghosts,
}
