"""Days, weeks and months of reports: which ones a span of days has, and where each begins and ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Step(StrEnum):
    """How finely a report divides its span: by calendar days, weeks from Monday, or months."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week or month as far as it lies in a report's span; both days (ISO) belong to it.

    `name` is the day, the Monday of the week (both ISO), or the month (YYYY-MM).
    """

    name: str
    first_day: str
    last_day: str


def next_day(day: str) -> str:
    """Return the calendar day after an ISO day."""
    return _moved(day, 1)


def week_of(day: str) -> str:
    """Return the Monday (ISO) of the week in which an ISO day lies."""
    found = date.fromisoformat(day)
    return (found - timedelta(days=found.weekday())).isoformat()


def weeks_on(week: str, count: int) -> str:
    """Return the Monday so many weeks later, or earlier if `count` is negative."""
    return _moved(week, 7 * count)


def next_month(month: str) -> str:
    """Return the month (YYYY-MM) after a month."""
    year, number = map(int, month.split("-"))
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def months(first: str, last: str) -> list[str]:
    """Return the months (YYYY-MM) from `first` to `last`, both included."""
    found = []
    while first <= last:
        found.append(first)
        first = next_month(first)
    return found


def periods(first_day: str, last_day: str, step: Step) -> list[Period]:
    """Divide the days from `first_day` to `last_day`, both included, into periods; the outer ones may be parts.

    Where `last_day` is before `first_day` there are none.
    """
    return list(_divided(first_day, last_day, step))


def _divided(first_day: str, last_day: str, step: Step) -> Iterator[Period]:
    while first_day <= last_day:
        name, following = _around(first_day, step)
        end = min(last_day, _moved(following, -1))
        yield Period(name, first_day, end)
        first_day = following


def _around(day: str, step: Step) -> tuple[str, str]:
    """Return the name of the period in which a day lies and the first day of the next one."""
    if step is Step.DAY:
        return day, next_day(day)
    if step is Step.WEEK:
        week = week_of(day)
        return week, weeks_on(week, 1)
    return day[:7], f"{next_month(day[:7])}-01"


def _moved(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()
