"""Moments and days: UTC milliseconds in the store, days of the database's own time zone in reports."""

import re
import time
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from statusdesk.domain.errors import BadValue


def now() -> int:
    """Return the present instant in milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def to_datetime(instant: int, zone: str = "UTC") -> datetime:
    """Return the instant as an aware datetime in the IANA time zone `zone`."""
    return datetime.fromtimestamp(instant / 1000, UTC).astimezone(_zone(zone))


def day_of(instant: int, zone: str) -> str:
    """Return the calendar day (ISO) that the instant falls on in the time zone."""
    return to_datetime(instant, zone).date().isoformat()


def start_of(day: str, zone: str) -> int:
    """Return the first instant of a calendar day (ISO) in the time zone; midnight, unless clocks skip it."""
    return round(datetime.fromisoformat(day).replace(tzinfo=_zone(zone)).timestamp() * 1000)


def iso(instant: int, zone: str = "UTC") -> str:
    """Write the instant for files: ISO 8601 to the millisecond, with its offset."""
    return to_datetime(instant, zone).isoformat(timespec="milliseconds")


def parse_instant(text: str, zone: str) -> int:
    """Read an ISO date or date and time; without an offset it is local time in `zone`. Raises `BadValue`."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadValue(field="date", value=text, reason="is not a date and time") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_zone(zone))
    return round(moment.timestamp() * 1000)


DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y%m%d", "%d %b %Y")
"""Formats in which a file may write its dates; ISO comes first and is the default."""


def parse_date(text: str, style: str = "%Y-%m-%d") -> str:
    """Read a date in the given strptime format (a time after it is dropped) and return ISO. Raises `BadValue`."""
    bare = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?$", "", text.strip())
    try:
        return datetime.strptime(bare, style).date().isoformat()
    except ValueError:
        example = date(2026, 11, 22).strftime(style)
        raise BadValue(field="date", value=text, reason=f"is not a date like {example}") from None


def check_zone(name: str) -> str:
    """Return the IANA name if the time zone is known, or raise `BadValue`."""
    try:
        _zone(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadValue(
            field="time zone", value=name, reason="is not a known time zone, such as Europe/Berlin"
        ) from None
    return name


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
