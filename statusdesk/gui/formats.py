"""Numbers, money and days as the person's own country writes them."""

import re
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QDate, QDateTime, QLocale, QTimeZone

from statusdesk.domain.money import exponent

MINUS: Final = "−"
NOTHING: Final = "—"
_NEAR_MS: Final = 300 * 86_400_000
_LOCAL: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


@lru_cache(maxsize=1)
def locale() -> QLocale:
    """Return the system's locale; a machine without one gets English with grouped digits."""
    system = QLocale()
    if system.language() == QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    return system


def count(number: int) -> str:
    """Write a count with grouped digits."""
    return locale().toString(number)


def signed(number: int) -> str:
    """Write a difference with a sign: “+3”, “−287”."""
    sign = "+" if number > 0 else MINUS if number < 0 else ""
    return sign + count(abs(number))


def money(amount: int, currency: str, *, blank: bool = False) -> str:
    """Write minor units with grouped digits, without the currency; a zero as a dash if `blank`."""
    if blank and not amount:
        return NOTHING
    digits = exponent(currency)
    units, cents = divmod(abs(amount), 10**digits)
    text = locale().toString(units)
    if digits:
        text += f"{locale().decimalPoint()}{cents:0{digits}d}"
    return (MINUS if amount < 0 else "") + text


def signed_money(amount: int, currency: str) -> str:
    """Write a difference of money with its sign."""
    return ("+" if amount > 0 else "") + money(amount, currency)


def percent(tenths: int) -> str:
    """Write tenths of a percent: “48.7 %”."""
    whole, tenth = divmod(abs(tenths), 10)
    return f"{locale().toString(whole)}{locale().decimalPoint()}{tenth}\u00a0%"


def moment(instant: int, zone: str) -> str:
    """Write an instant (UTC milliseconds) as local day and time: “20 Nov 2026, 09:14”."""
    return locale().toString(_local(instant, zone), "d MMM yyyy, HH:mm")


def long_moment(instant: int, zone: str) -> str:
    """Write an instant as local day and time in full: “Friday 20 November 2026, 09:14”."""
    return locale().toString(_local(instant, zone), "dddd d MMMM yyyy, HH:mm")


def local_moments(text: str) -> str:
    """Write the local days and times (“2026-11-20 09:14”) of a text as `moment` does; the rest stays."""
    return _LOCAL.sub(lambda found: _moment_text(found.group()), text)


def _moment_text(text: str) -> str:
    return locale().toString(QDateTime.fromString(text, "yyyy-MM-dd HH:mm"), "d MMM yyyy, HH:mm")


def day(instant: int, zone: str) -> str:
    """Write the local day of an instant: “20 Nov 2026”."""
    return locale().toString(_local(instant, zone).date(), "d MMM yyyy")


def date(text: str) -> str:
    """Write an ISO date as “20 Nov 2026”; an empty one stays empty."""
    return locale().toString(QDate.fromString(text, "yyyy-MM-dd"), "d MMM yyyy") if text else ""


def month(text: str) -> str:
    """Write the name of the month of an ISO month (YYYY-MM)."""
    return locale().standaloneMonthName(int(text[5:7]))


def short_day(instant: int, zone: str) -> str:
    """Write the local day of an instant without its year: “6 Nov”."""
    return locale().toString(_local(instant, zone).date(), "d MMM")


def near_day(instant: int, zone: str) -> str:
    """Write the local day of an instant, with its year where that is not this year or the months to come."""
    return short_day(instant, zone) if _is_near(instant) else day(instant, zone)


def near_moment(instant: int, zone: str) -> str:
    """Write local day and time of an instant, with its year as `near_day` does: “6 Nov, 09:14”."""
    return locale().toString(_local(instant, zone), "d MMM, HH:mm") if _is_near(instant) else moment(instant, zone)


def _is_near(instant: int) -> bool:
    return abs(instant - QDateTime.currentMSecsSinceEpoch()) <= _NEAR_MS


def isolated(text: str) -> str:
    """Keep a text in its own order wherever it is painted: “24 Nov 2026” turns round in right-to-left lines."""
    return f"\u2068{text}\u2069"


def _local(instant: int, zone: str) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(instant, _zone(zone))


@lru_cache(maxsize=4)
def _zone(name: str) -> QTimeZone:
    zone = QTimeZone(name.encode())
    return zone if zone.isValid() else QTimeZone(QTimeZone.Initialization.UTC)
