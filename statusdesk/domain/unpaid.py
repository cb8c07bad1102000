"""The office's rule for those who do not pay: after how many days they go where, and on which days nobody does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from statusdesk.domain.errors import BadValue
from statusdesk.domain.records import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from statusdesk.domain.records import Status

LONGEST: Final = 3650
"""The most days that the rule can wait."""

WEEK: Final = 7
_LOOK_AHEAD: Final = 2 * 366
_DAYS, _TARGET, _BACK = "unpaid.days", "unpaid.target", "unpaid.back"
_WEEKDAYS, _DATES = "unpaid.weekdays", "unpaid.dates"


@dataclass(frozen=True, slots=True)
class RestDays:
    """Days on which nothing is cut: weekdays (0 is Monday), and dates, as “2026-12-31” or, every year, “12-24”."""

    weekdays: frozenset[int] = frozenset()
    dates: frozenset[str] = frozenset()

    def rests(self, day: date) -> bool:
        """Say whether nothing is cut on a day."""
        iso = day.isoformat()
        return day.weekday() in self.weekdays or iso in self.dates or iso[5:] in self.dates

    def first_working(self, day: date) -> date | None:
        """Return the first day from this one on that is none of them; None if there is none for two years."""
        days = (day + timedelta(more) for more in range(_LOOK_AHEAD))
        return next((each for each in days if not self.rests(each)), None)


@dataclass(frozen=True, slots=True)
class UnpaidRule:
    """After `days` of not paying, accounts go to the status `target`; once they paid, to `back`.

    Without `back` they return to the status that they had before.
    """

    days: int
    target: int
    back: int | None = None
    rest: RestDays = RestDays()

    def concerns(self, status: Status) -> bool:
        """Say whether the rule looks at accounts of a status: those in service that are billed."""
        return status.activates and status.stage is Stage.IN_SERVICE and status.id != self.target

    def cut_day(self, since: date, today: date, until: str = "") -> date | None:
        """Return when an account is cut that does not pay `since` a day and was given time `until` one (ISO)."""
        earliest = max(since + timedelta(self.days), today)
        if until:
            earliest = max(earliest, date.fromisoformat(until) + timedelta(1))
        return self.rest.first_working(earliest)


class Outlook(StrEnum):
    """What the rule makes of an account that does not pay."""

    WAITS = "waits"
    CUT = "cut"
    LEFT = "left"
    HELD = "held"
    OTHER = "other"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Unpaid:
    """An account that does not pay: since when (UTC milliseconds), what it owes (minor units), what comes next.

    `on` is the day (ISO) on which it is cut, if it waits, `until` the last one that it was given time for.
    `paused` says that days on which nothing is cut put it off.
    """

    account_id: int
    number: str
    title: str
    phone: str
    status_id: int
    since: int
    since_day: str
    balance: int
    outlook: Outlook
    on: str = ""
    until: str = ""
    paused: bool = False

    def days(self, today: str) -> int:
        """Return for how many days it does not pay, seen from a day (ISO)."""
        return max(0, (date.fromisoformat(today) - date.fromisoformat(self.since_day)).days)


def may_be_target(status: Status) -> bool:
    """Say whether the rule can put accounts into a status."""
    return status.live and status.stage is not Stage.PROSPECT


def parse_dates(text: str) -> frozenset[str]:
    """Read dates with commas or blanks between: “12-24, 2026-12-31”. Raises `BadValue`."""
    found = set()
    for word in re.split(r"[\s,;]+", text.strip()):
        if word:
            found.add(_date(word))
    return frozenset(found)


def _date(word: str) -> str:
    yearly = re.fullmatch(r"\d{2}-\d{2}", word) is not None
    try:
        day = date.fromisoformat(f"2024-{word}" if yearly else word)
    except ValueError:
        reason = "is not a date like 2026-12-31, or 12-24 for every year"
        raise BadValue(field="Days on which nothing is cut", value=word, reason=reason) from None
    return day.isoformat()[5:] if yearly else day.isoformat()


def from_texts(texts: Mapping[str, str], statuses: Mapping[int, Status]) -> UnpaidRule | None:
    """Read the rule; None while it is off, also where its target is no longer offered."""
    if not texts.get(_DAYS) or not texts.get(_TARGET):
        return None
    target = statuses.get(int(texts[_TARGET]))
    if target is None or not may_be_target(target):
        return None
    back = texts.get(_BACK)
    weekdays = frozenset(int(digit) for digit in texts.get(_WEEKDAYS, ""))
    rest = RestDays(weekdays, frozenset(texts.get(_DATES, "").split()))
    return UnpaidRule(int(texts[_DAYS]), target.id, int(back) if back else None, rest)


def as_texts(rule: UnpaidRule | None) -> dict[str, str]:
    """Return the rule as it is kept; an empty text is a setting that is not made. Raises `BadValue`."""
    if rule is None:
        return dict.fromkeys((_DAYS, _TARGET, _BACK, _WEEKDAYS, _DATES), "")
    if not 0 <= rule.days <= LONGEST:
        raise BadValue(field="Days of not paying", value=rule.days, reason=f"is not between 0 and {LONGEST}")
    if len(rule.rest.weekdays) >= WEEK:
        raise BadValue(field="Weekdays", value=WEEK, reason="leaves no day on which anybody is cut")
    return {
        _DAYS: str(rule.days),
        _TARGET: str(rule.target),
        _BACK: "" if rule.back is None else str(rule.back),
        _WEEKDAYS: "".join(map(str, sorted(rule.rest.weekdays))),
        _DATES: " ".join(sorted(rule.rest.dates)),
    }
