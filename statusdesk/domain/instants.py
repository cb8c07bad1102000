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


class IsoTexts:
    """Writes very many instants as `iso` does, but looks each day up only once."""

    def __init__(self, zone: str) -> None:
        self._zone = zone
        self._offset = lru_cache(20_000)(self._look_up)

    def __call__(self, instant: int) -> str:
        """Write one instant."""
        known = self._offset(instant // _DAY)
        if known is None:
            return iso(instant, self._zone)
        day, rest = divmod(instant + known[0], _DAY)
        minutes, rest = divmod(rest, 60_000)
        return _date(day) + _time(minutes) + _seconds(rest) + known[1]

    def _look_up(self, utc_day: int) -> tuple[int, str] | None:
        """Return the offset from UTC in milliseconds and as text; None for a day on which clocks change."""
        first, last = (to_datetime(day * _DAY, self._zone) for day in (utc_day, utc_day + 1))
        offset = first.utcoffset()
        if offset is None or offset != last.utcoffset():
            return None
        return round(offset.total_seconds() * 1000), first.isoformat(timespec="milliseconds")[23:]


_DAY = 86_400_000


@lru_cache(20_000)
def _date(day: int) -> str:
    return to_datetime(day * _DAY).date().isoformat()


@lru_cache(1_440)
def _time(minutes: int) -> str:
    return f"T{minutes // 60:02}:{minutes % 60:02}"


@lru_cache(10_000)
def _seconds(thousandths: int) -> str:
    return f":{thousandths // 1000:02}.{thousandths % 1000:03}"


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


def spelled(style: str) -> str:
    """Write a date format as people do: %d.%m.%Y becomes DD.MM.YYYY."""
    for code, letters in {"%Y": "YYYY", "%m": "MM", "%d": "DD", "%b": "MMM"}.items():
        style = style.replace(code, letters)
    return style


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


def local_text(instant: int, zone: str) -> str:
    """Write an instant as local date and time: “2026-12-01 08:00”."""
    return to_datetime(instant, zone).strftime("%Y-%m-%d %H:%M")
