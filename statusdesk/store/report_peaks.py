"""The highest number of activating accounts of each month, read from the daily peaks that every change keeps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statusdesk.store.database import Database

_DAYS = """
SELECT substr(day, 1, 7), opening, accounts, reached_at, change_set_id FROM day_peak
WHERE day >= ? AND day < ? ORDER BY day
"""
_OPENING = "SELECT opening FROM day_peak WHERE day > ? ORDER BY day LIMIT 1"


@dataclass(frozen=True, slots=True)
class MonthPeak:
    """The most activating accounts at any moment of a month (YYYY-MM).

    It was reached at an instant (UTC milliseconds) by a change set; None for both where it stood so from the
    beginning of the month.
    """

    month: str
    accounts: int
    reached_at: int | None = None
    change_set_id: int | None = None


def month_peaks(db: Database, months: Sequence[str], active_now: int) -> list[MonthPeak]:
    """Return the peak of each of the months, which follow each other, when `active_now` accounts activate now."""
    if not months:
        return []
    rows = db.rows(_DAYS, (months[0], months[-1] + "~"))
    days = {month: list(found) for month, found in groupby(rows, key=lambda row: row[0])}
    return [_peak(db, month, days.get(month, []), active_now) for month in months]


def _peak(
    db: Database, month: str, days: list[tuple[str, int, int, int | None, int | None]], active_now: int
) -> MonthPeak:
    if not days:
        opening = db.value(_OPENING, (month + "~",))
        return MonthPeak(month, active_now if opening is None else int(opening))
    _, _, accounts, reached_at, change_set = max(days, key=lambda row: row[2])
    return MonthPeak(month, accounts, reached_at, change_set)
