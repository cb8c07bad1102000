"""Money as whole minor units of one currency; never a float."""

import re
from decimal import Decimal, InvalidOperation

from statusdesk.domain.errors import BadValue

_EXPONENTS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}
"""Digits after the point by ISO 4217, where they are not two."""

_CURRENCY_SIGNS = r"[\s\u00a0\u202f'’€$£¥]|[A-Z]{3}"
_MOST = 10**15


def exponent(currency: str) -> int:
    """Return how many digits the currency has after the point (ISO 4217)."""
    return _EXPONENTS.get(currency, 2)


def plain(amount: int, currency: str) -> str:
    """Write `amount` minor units for files and commands: “1234.50”, with a point and no grouping."""
    digits = exponent(currency)
    sign, whole = ("-", -amount) if amount < 0 else ("", amount)
    if not digits:
        return f"{sign}{whole}"
    units, cents = divmod(whole, 10**digits)
    return f"{sign}{units}.{cents:0{digits}d}"


def parse(text: str, currency: str, *, decimal: str | None = None) -> int:
    """Read an amount as people and spreadsheets write it and return minor units.

    `decimal` is the decimal mark of the file, "." or ","; without it, the last of the two marks counts as one
    when it is followed by fewer or more than three digits, or when both marks occur. An amount in
    parentheses or with a minus at either end is negative. Raises `BadValue`.
    """
    bare = re.sub(_CURRENCY_SIGNS, "", text.strip().replace("−", "-"))
    if bare.startswith("(") and bare.endswith(")"):
        bare = "-" + bare[1:-1]
    if bare.endswith("-"):
        bare = "-" + bare[:-1]
    try:
        number = Decimal(_with_point(bare, decimal))
        minor = number.scaleb(exponent(currency))
    except InvalidOperation:
        raise BadValue(field="amount", value=text, reason="is not an amount") from None
    if not number.is_finite() or minor != minor.to_integral_value():
        raise BadValue(field="amount", value=text, reason=f"is not an amount in whole units of {currency}")
    if abs(minor) > _MOST:
        raise BadValue(field="amount", value=text, reason="is too large for an amount")
    return int(minor)


def _with_point(bare: str, decimal: str | None) -> str:
    mark = decimal or _decimal_mark(bare)
    grouping = "," if mark == "." else "."
    if "e" in bare.lower() or "_" in bare:
        raise InvalidOperation
    whole, _, fraction = bare.partition(mark)
    if grouping in fraction:
        raise InvalidOperation
    if grouping in whole and not re.fullmatch(rf"[-+]?\d{{1,3}}(\{grouping}\d{{2,3}})*", whole):
        raise InvalidOperation
    return whole.replace(grouping, "") + ("." + fraction if fraction else "")


def _decimal_mark(bare: str) -> str:
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and point >= 0:
        return "," if comma > point else "."
    if comma >= 0:
        return "." if re.search(r"\d,\d{3}$", bare) and bare.count(",") > 1 else ","
    return "," if bare.count(".") > 1 else "."
