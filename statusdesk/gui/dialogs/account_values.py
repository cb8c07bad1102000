"""An account's values as people type them: how each is shown in a form, read again, and refused."""

import re
from typing import Final

from PySide6.QtCore import QDate, QLocale

from statusdesk.domain import money
from statusdesk.domain.errors import BadValue
from statusdesk.domain.fields import Field, Kind
from statusdesk.domain.folding import clean
from statusdesk.domain.instants import parse_date
from statusdesk.gui import formats
from statusdesk.gui.wording import error_text, field_name, tr

Value = str | int

_MOST_ATTEMPTS: Final = 9999
_BEGINNING: Final = {
    Kind.MONEY: re.compile(r"[-−(+]?"),
    Kind.DATE: re.compile(r"[\d./-]{0,9}|\d{1,2}\.?\s*\D*\s?\d{0,3}"),
}


def as_text(field: Field, value: Value, currency: str) -> str:
    """Write a value for its field in the form."""
    if field.kind is Kind.MONEY:
        return money.plain(int(value), currency).replace(".", formats.locale().decimalPoint())
    if field.kind is Kind.DATE:
        return formats.date(str(value))
    return str(value)


def read(field: Field, text: str, currency: str) -> Value:
    """Return the value that the text means; an empty amount or count is zero. Raises `BadValue`."""
    bare = text.strip()
    if field.kind is Kind.MONEY:
        return _amount(field, bare, currency) if bare else 0
    if field.kind is Kind.COUNT:
        return _count(field, bare) if bare else 0
    if field.kind is Kind.DATE:
        return _date(field, bare) if bare else ""
    return clean(text)


def problem(field: Field, text: str, currency: str) -> str:
    """Say why the text is not a value of this field; nothing where it is."""
    try:
        read(field, text, currency)
    except BadValue as refusal:
        return error_text(refusal)
    return ""


def is_beginning(field: Field, text: str) -> bool:
    """Tell whether more typing may still make a value of this text, so that it is too early to complain."""
    pattern = _BEGINNING.get(field.kind)
    return pattern is not None and pattern.fullmatch(text.strip()) is not None


def _amount(field: Field, text: str, currency: str) -> int:
    try:
        return money.parse(text, currency)
    except BadValue as refusal:
        raise BadValue(**{**refusal.facts, "field": field_name(field)}) from None


def _count(field: Field, text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text) or int(text) > _MOST_ATTEMPTS:
        reason = tr("is not a whole number from 0 to {most}").format(most=_MOST_ATTEMPTS)
        raise BadValue(field=field_name(field), value=text, reason=reason)
    return int(text)


def _date(field: Field, text: str) -> str:
    for style in _date_styles():
        try:
            return parse_date(text, style)
        except BadValue:
            continue
    for style in ("d MMM yyyy", "d MMMM yyyy", "d. MMMM yyyy"):
        day = formats.locale().toDate(text, style)
        if day.isValid():
            return day.toString("yyyy-MM-dd")
    today = QDate.currentDate()
    reason = tr("is not a date. Type one like {iso} or {local}, or leave it empty").format(
        iso=today.toString("yyyy-MM-dd"), local=formats.locale().toString(today, "d MMM yyyy")
    )
    raise BadValue(field=field_name(field), value=text, reason=reason)


def _date_styles() -> tuple[str, ...]:
    """Return the formats to try; with slashes, the order of day and month is that of the locale."""
    short = formats.locale().dateFormat(QLocale.FormatType.ShortFormat)
    slashed = "%m/%d/%Y" if short.lstrip("'").startswith("M") else "%d/%m/%Y"
    return ("%Y-%m-%d", "%d.%m.%Y", slashed)
