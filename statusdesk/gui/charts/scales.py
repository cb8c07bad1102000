"""Where the lines of a scale are: round numbers up the side, months, weeks or days along the foot."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QDate

from statusdesk.gui import formats

_MONTHS = (1, 2, 3, 6, 12, 24, 36, 60)


@dataclass(frozen=True, slots=True)
class DayTick:
    """A named place on a scale of days: days after the first one, and its name."""

    offset: int
    name: str


def round_steps(most: int, lines: int = 4) -> list[int]:
    """Return 0 and round numbers up to the first one that is not below `most`: about so many lines."""
    if most <= 0:
        return [0, 1]
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * (lines + 1) > most:
                width = step * factor
                return list(range(0, most + width, width))
        step *= 10


def days_between(first: str, last: str) -> int:
    """Return how many days the second ISO day is after the first."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def day_after(first: str, days: int) -> str:
    """Return the ISO day so many days after another."""
    return (date.fromisoformat(first) + timedelta(days=days)).isoformat()


def as_date(day: str) -> QDate:
    """Return an ISO day as Qt's date."""
    return QDate.fromString(day, "yyyy-MM-dd")


def iso_day(day: QDate) -> str:
    """Return Qt's date as an ISO day."""
    return day.toString("yyyy-MM-dd")


def months_after(day: str, months: int) -> str:
    """Return the ISO day so many months later or earlier; the month's last day where there is no such day."""
    return iso_day(as_date(day).addMonths(months))


def day_ticks(first: str, last: str, most: int) -> list[DayTick]:
    """Return at most so many named places from one ISO day to another: months, or days where the span is short."""
    span = days_between(first, last)
    if span <= 0 or most < 1:
        return [DayTick(0, _short(first))]
    if span <= 75:
        step = max(1, -(-span // most))
        step = next((each for each in (1, 2, 7, 14, 28) if each >= step), 28)
        return [DayTick(offset, _short(day_after(first, offset))) for offset in range(0, span + 1, step)]
    step = next((each for each in _MONTHS if span / 30.4 / each <= most + 0.5), _MONTHS[-1])
    return list(_months(date.fromisoformat(first), date.fromisoformat(last), step))


def _short(day: str) -> str:
    return formats.locale().toString(as_date(day), "d MMM")


def _months(first: date, last: date, step: int) -> list[DayTick]:
    found: list[DayTick] = []
    number = first.year * 12 + first.month - 1
    number += first.day > 1
    number += -number % step
    named_year = 0
    while (month := date(number // 12, number % 12 + 1, 1)) <= last:
        with_year = month.year != named_year and (named_year or step >= 12 or month.month <= step)
        name = QDate(month.year, month.month, 1)
        style = "MMM yyyy" if with_year else "MMM"
        found.append(DayTick((month - first).days, formats.locale().toString(name, style)))
        named_year = month.year
        number += step
    return found
