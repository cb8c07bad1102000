"""How the distribution goes from day to day, week to week or month to month; on days to come, as expected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.instants import day_of
from statusdesk.domain.periods import Step, periods
from statusdesk.domain.records import STAGES, Stage, Status
from statusdesk.domain.scopes import ALL, Dimension, Part, Scope
from statusdesk.services.reports.asking import (
    NOW,
    ONE_GROUP,
    Asking,
    StatusCounts,
    by_group,
    in_order,
    one_state,
    present,
)
from statusdesk.services.reports.distribution import Distribution, spread
from statusdesk.services.reports.prospects import course_ahead
from statusdesk.store.report_moments import StatusHistory, end_of
from statusdesk.store.statuses import in_order as status_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from statusdesk.domain.periods import Period
    from statusdesk.services.reports.planning import PlannedStep
    from statusdesk.store.store import Store

Column = tuple[int, ...]
"""One number for each period."""

_NONE = (0, 0)


@dataclass(frozen=True, slots=True)
class StatusColumns:
    """A status, as it was at the end of the whole span, with its accounts and charges (minor units) by period."""

    status: Status
    accounts: Column
    charge: Column


@dataclass(frozen=True, slots=True)
class StageColumns:
    """A stage with the accounts and charges (minor units) of the statuses that had it at each period's end."""

    stage: Stage
    accounts: Column
    charge: Column


@dataclass(frozen=True, slots=True)
class OverTime:
    """The distributions at the ends of periods, as columns with one number for each period.

    The last `expected` periods end with days to come; their numbers are expected. `active` are the accounts of
    statuses that activated then, `revenue` is their monthly charge in minor units.
    """

    periods: tuple[Period, ...]
    statuses: tuple[StatusColumns, ...]
    stages: tuple[StageColumns, ...]
    accounts: Column
    charge: Column
    active: Column
    revenue: Column
    expected: int = 0


def over_time(
    store: Store,
    first_day: str,
    last_day: str,
    *,
    step: Step = Step.DAY,
    scope: Scope = ALL,
    at: int | None = None,
    planned: Iterable[PlannedStep] = (),
) -> OverTime:
    """Return the distribution at the end of each day, week or month from `first_day` to `last_day` (ISO).

    The last period ends with `last_day`. Statuses without accounts throughout are left out. A scope goes by the
    values that accounts had in these fields then. On days after the present one (that of the instant `at`), what
    is planned and the installs due by then are expected to be carried out.
    """
    with one_state(store.db):
        spans = periods(first_day, last_day, step)
        return _over_time(Asking(store, scope), spans, present(at), planned)[ONE_GROUP]


def over_time_by(
    store: Store,
    split: Dimension,
    first_day: str,
    last_day: str,
    *,
    step: Step = Step.DAY,
    scope: Scope = ALL,
    at: int | None = None,
    planned: Iterable[PlannedStep] = (),
) -> tuple[Part[OverTime], ...]:
    """Return the same for each value that accounts had in a field then, by name, "no value" last."""
    with one_state(store.db):
        spans = periods(first_day, last_day, step)
        found = _over_time(Asking(store, scope, split), spans, present(at), planned)
        return tuple(Part(value, found[value]) for value in in_order(found))


def distribution_within(store: Store, course: OverTime, day: str) -> Distribution | None:
    """Return the distribution at the end of an ISO day from a course that has it; None where it does not.

    It is that of `distribution`, without counting again; the course must be of the present journal.
    """
    known = len(course.periods) - course.expected
    place = next((at for at, span in enumerate(course.periods[:known]) if span.last_day == day), None)
    if place is None:
        return None
    with one_state(store.db):
        statuses = StatusHistory(store.db).at(end_of(day, store.info.time_zone))
    pairs = {line.status.id: (line.accounts[place], line.charge[place]) for line in course.statuses}
    return spread(statuses, {status_id: pair for status_id, pair in pairs.items() if pair != (0, 0)})


def _over_time(
    asking: Asking, spans: Sequence[Period], at: int, planned: Iterable[PlannedStep]
) -> dict[str, OverTime]:
    moments = [end_of(span.last_day, asking.zone) for span in spans]
    today = day_of(at, asking.zone)
    known = sum(span.last_day <= today for span in spans)
    counts = asking.flows.counts(moments[:known], asking.question)
    if known < len(spans):
        counts += course_ahead(asking, moments[known:], spans[-1].last_day, at, planned)
    points = [by_group(each) for each in counts]
    groups = {group for point in points for group in point}
    if asking.split is None:
        groups.add(ONE_GROUP)
    history = asking.statuses.each([*moments[:known], *[NOW] * (len(spans) - known)])
    return {
        group: _columns(spans, [point.get(group, {}) for point in points], history, len(spans) - known)
        for group in groups
    }


def _columns(
    spans: Sequence[Period],
    points: Sequence[StatusCounts],
    history: Sequence[Mapping[int, Status]],
    expected: int,
) -> OverTime:
    last = history[-1] if history else {}
    used = {status_id for point in points for status_id in point}
    lines = tuple(
        StatusColumns(
            status,
            tuple(point.get(status.id, _NONE)[0] for point in points),
            tuple(point.get(status.id, _NONE)[1] for point in points),
        )
        for status in sorted((last[status_id] for status_id in used), key=status_order)
    )
    active = [
        [pair for status_id, pair in point.items() if statuses[status_id].activates]
        for point, statuses in zip(points, history, strict=True)
    ]
    return OverTime(
        tuple(spans),
        lines,
        tuple(_stages(points, history)),
        *_sums([list(point.values()) for point in points]),
        *_sums(active),
        expected,
    )


def _sums(points: Sequence[Iterable[tuple[int, int]]]) -> tuple[Column, Column]:
    """Return the sums of accounts and of charges at each point."""
    return tuple(sum(pair[0] for pair in point) for point in points), tuple(
        sum(pair[1] for pair in point) for point in points
    )


def _stages(points: Sequence[StatusCounts], history: Sequence[Mapping[int, Status]]) -> Iterator[StageColumns]:
    found: dict[Stage, list[list[tuple[int, int]]]] = {stage: [[] for _ in points] for stage in STAGES}
    for place, (point, statuses) in enumerate(zip(points, history, strict=True)):
        for status_id, pair in point.items():
            found[statuses[status_id].stage][place].append(pair)
    for stage, inside in found.items():
        if any(inside):
            yield StageColumns(stage, *_sums(inside))
