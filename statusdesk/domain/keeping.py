"""Which automatic backups stay: one of each of the last days, weeks and months, and nothing to decide."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final

from statusdesk.domain.instants import to_datetime

DAILY: Final = 7
WEEKLY: Final = 4
MONTHLY: Final = 12
"""So many days, weeks and months with backups keep their newest one."""


def kept(instants: Iterable[int], *, at: int) -> set[int]:
    """Return which of the instants (UTC milliseconds) of backups stay at the instant `at`.

    Those of the future come from a clock that was wrong: they stay, and take no other's place.
    """
    every = sorted(instants, reverse=True)
    stay = {instant for instant in every if instant > at}
    past = [instant for instant in every if instant <= at]
    for most, period in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month)):
        stay.update(_newest_of_each(past, period)[:most])
    return stay


def is_due(instants: Iterable[int], *, at: int) -> bool:
    """Say whether the day (UTC) of the instant `at` has no backup yet."""
    today = _day(to_datetime(at))
    return all(_day(to_datetime(instant)) != today for instant in instants)


def _newest_of_each(instants: Iterable[int], period: Callable[[datetime], str]) -> list[int]:
    newest: dict[str, int] = {}
    for instant in instants:
        newest.setdefault(period(to_datetime(instant)), instant)
    return list(newest.values())


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d")


def _week(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%G-%V")


def _month(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m")
