"""The distribution over time as a stacked area and as a table: a layer for each status, or for each part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from statusdesk.domain.looks import Shape
from statusdesk.domain.money import exponent
from statusdesk.domain.scopes import Dimension, Scope
from statusdesk.gui import formats
from statusdesk.gui.charts.layers import Area, Layer
from statusdesk.gui.charts.table_model import (
    Cell,
    TableColumn,
    TableRows,
    count_cell,
    day_cell,
    money_cell,
)
from statusdesk.gui.models.distribution_facts import InStatuses
from statusdesk.gui.models.distribution_words import amount, on_day, status_look, value_name
from statusdesk.gui.wording import accounts_text, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from statusdesk.gui.models.distribution_facts import DayAnswer, TimeAnswer
    from statusdesk.services.reports.distribution import Distribution
    from statusdesk.services.reports.over_time import OverTime, StatusColumns

Measure = Literal["accounts", "charge"]

PARTS: Final = 10
"""How many parts of a split are layers of their own; the smaller ones are one layer together."""

_PART_COLOURS: Final = (
    "#0A66B5", "#C27C00", "#00855F", "#B8578F", "#D55E00", "#3E9BD6", "#7A8088", "#C62828",
)  # fmt: skip
_REST: Final = ("square", "#7A8088")


@dataclass(frozen=True, slots=True)
class Course:
    """What becomes a layer: its numbers by day, that of the day shown, and which accounts it stands for."""

    name: str
    look: tuple[str, str]
    values: tuple[int, ...]
    now: int
    status_ids: frozenset[int]
    scope: Scope

    def behind(self, day: str) -> InStatuses:
        """Return the accounts of the layer on an ISO day."""
        return InStatuses(on_day(self.name, day), day, self.status_ids, self.scope)


def courses_of(time: TimeAnswer, days: DayAnswer, measure: Measure) -> list[Course]:
    """Return the layers from the bottom up; behind the span, the days to come until one that is shown."""
    if time.question.split is None:
        return _by_status(time, days, measure)
    return _by_part(time, days, measure, time.question.split)


def _by_status(time: TimeAnswer, days: DayAnswer, measure: Measure) -> list[Course]:
    assert time.whole is not None
    assert days.shown is not None
    now = _numbers(days.shown.whole, measure)
    known = {line.status.id: _column(line, measure) for line in time.whole.statuses}
    ahead = time.ahead.whole if time.ahead is not None else None
    later = {line.status.id: _column(line, measure) for line in ahead.statuses} if ahead is not None else {}
    statuses = [line.status for line in time.whole.statuses]
    if _reaches_ahead(days):
        statuses += [
            line.status for line in days.shown.whole.statuses if line.status.id not in known and line.accounts
        ]
    return [
        Course(
            status.name,
            status_look(status),
            _longer(known.get(status.id, (0,) * len(time.whole.periods)), later.get(status.id), time, days)
            + _last(now.get(status.id, 0), days),
            now.get(status.id, 0),
            frozenset({status.id}),
            time.question.scope,
        )
        for status in sorted(statuses, key=lambda status: not status.activates)
    ]


def _by_part(time: TimeAnswer, days: DayAnswer, measure: Measure, split: Dimension) -> list[Course]:
    assert days.shown is not None
    now = {part.value: _total(part.report, measure) for part in days.shown.parts}
    largest = sorted(time.parts, key=lambda part: -max(part.report.accounts, default=0))
    own = largest if len(largest) <= PARTS else largest[: PARTS - 1]
    rest = largest[len(own) :]
    names = {part.value for part in own}
    shapes = list(Shape)
    ahead = time.ahead.parts if time.ahead is not None else ()
    later = {part.value: _total_column(part.report, measure) for part in ahead}
    found = []
    for place, part in enumerate(one for one in time.parts if one.value in names):
        value = now.get(part.value, 0)
        column = _total_column(part.report, measure)
        column = _longer(column, later.get(part.value), time, days) + _last(value, days)
        look = str(shapes[place % len(shapes)]), _PART_COLOURS[place % len(_PART_COLOURS)]
        scope = time.question.scope.limited_to(split, part.value)
        name = value_name(split, part.value)
        found.append(Course(name, look, column, value, _ids([part.report]), scope))
    if rest:
        found.append(_others(time, days, measure, split, [part.value for part in rest], now, later))
    return found


def _others(
    time: TimeAnswer,
    days: DayAnswer,
    measure: Measure,
    split: Dimension,
    values: Sequence[str],
    now: dict[str, int],
    later: dict[str, tuple[int, ...]],
) -> Course:
    reports = [part.report for part in time.parts if part.value in values]
    column = tuple(map(sum, zip(*(_total_column(report, measure) for report in reports), strict=True)))
    value = sum(now.get(each, 0) for each in values)
    limits = {**dict(time.question.scope.limits()), split: frozenset(values)}
    scope = Scope(*(limits.get(each) for each in Dimension))
    name = tr("{count} others").format(count=formats.count(len(values)))
    to_come = tuple(map(sum, zip(*(later[each] for each in values if each in later), strict=True)))
    column = _longer(column, to_come or None, time, days) + _last(value, days)
    return Course(name, _REST, column, value, _ids(reports), scope)


def _ids(reports: Sequence[OverTime]) -> frozenset[int]:
    return frozenset(line.status.id for report in reports for line in report.statuses)


def _numbers(report: Distribution, measure: Measure) -> dict[int, int]:
    return {line.status.id: line.accounts if measure == "accounts" else line.charge for line in report.statuses}


def _total(report: Distribution, measure: Measure) -> int:
    return report.accounts if measure == "accounts" else report.charge


def _column(line: StatusColumns, measure: Measure) -> tuple[int, ...]:
    return line.accounts if measure == "accounts" else line.charge


def _total_column(report: OverTime, measure: Measure) -> tuple[int, ...]:
    return report.accounts if measure == "accounts" else report.charge


def _reaches_ahead(days: DayAnswer) -> bool:
    return days.shown is not None and days.shown.expected


def _longer(
    values: tuple[int, ...], later: tuple[int, ...] | None, time: TimeAnswer, days: DayAnswer
) -> tuple[int, ...]:
    """Put the numbers of the days between today and the day shown behind those that are known."""
    between = len(_between(time, days))
    return (*values, *(later[:between] if later else (0,) * between))


def _last(now: int, days: DayAnswer) -> tuple[int, ...]:
    return (now,) if _reaches_ahead(days) else ()


def _between(time: TimeAnswer, days: DayAnswer) -> tuple[str, ...]:
    """Return the days to come before the day shown, if that is one to come as well."""
    if time.ahead is None or not _reaches_ahead(days):
        return ()
    return tuple(day for day in _ends(time.ahead) if day < days.view.day)


def _ends(time: TimeAnswer) -> tuple[str, ...]:
    report = time.whole or (time.parts[0].report if time.parts else None)
    return tuple(period.last_day for period in report.periods) if report else ()


def days_of(time: TimeAnswer, days: DayAnswer) -> tuple[str, ...]:
    """Return the ISO days at which the layers have numbers."""
    found = _ends(time)
    return (*found, *_between(time, days), days.view.day) if found and _reaches_ahead(days) else found


def area_of(time: TimeAnswer, days: DayAnswer, measure: Measure, currency: str) -> Area:
    """Return the layers as an area chart."""
    if days.shown is None:
        return Area()
    day, write = days.view.day, writer(measure, currency)
    name = formats.date(day)
    layers = [
        Layer(
            course,
            course.name,
            *course.look,
            course.values,
            _figure(course.now, measure, currency),
            tr("{name}: {value} on {day}").format(name=course.name, value=write(course.now), day=name),
        )
        for course in courses_of(time, days, measure)
    ]
    return Area(
        days_of(time, days),
        tuple(layers),
        day,
        tr("{day}, expected").format(day=name) if days.shown.expected else name,
        days.today if days.shown.expected else "",
        write,
        lambda value: _whole(value, measure, currency),
    )


def writer(measure: Measure, currency: str) -> Callable[[int], str]:
    """Return what puts a number of a layer into words."""
    return accounts_text if measure == "accounts" else lambda value: amount(value, currency)


def _figure(value: int, measure: Measure, currency: str) -> str:
    return formats.count(value) if measure == "accounts" else formats.money(value, currency)


def _whole(value: int, measure: Measure, currency: str) -> str:
    """Write a number of the scale; of amounts whole units are enough."""
    return formats.count(value if measure == "accounts" else value // 10 ** exponent(currency))


def area_rows(time: TimeAnswer, days: DayAnswer, measure: Measure, currency: str) -> TableRows:
    """Return the same numbers as a table, the newest day first: a column for each layer, and their sum."""
    if days.shown is None:
        return TableRows()
    courses = courses_of(time, days, measure)
    columns = [TableColumn(tr("Day")), *(TableColumn(course.name) for course in courses)]
    rows = [
        _row(place, day, courses, measure, currency, expected=day > days.today)
        for place, day in enumerate(days_of(time, days))
    ]
    return TableRows((*columns, TableColumn(tr("All"))), tuple(reversed(rows)))


def _row(
    place: int, day: str, courses: Sequence[Course], measure: Measure, currency: str, *, expected: bool
) -> tuple[Cell, ...]:
    def cell(value: int, key: object) -> Cell:
        return count_cell(value, key=key) if measure == "accounts" else money_cell(value, currency, key=key)

    cells = [cell(course.values[place], (course, day)) for course in courses]
    whole = sum(course.values[place] for course in courses)
    when = day_cell(day)
    if expected:
        when = replace(when, text=tr("{day}, expected").format(day=when.text))
    return (when, *cells, cell(whole, None))
