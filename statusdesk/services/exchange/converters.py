"""Turns the text of one cell into the value of one field, or refuses it with a reason.

Texts recur: statuses, prices, days. So each converter is a dictionary that fills itself, and most cells cost one
look-up.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from statusdesk.domain import money
from statusdesk.domain.errors import BadValue
from statusdesk.domain.fields import FIELD, Kind
from statusdesk.domain.folding import clean, name_key
from statusdesk.domain.instants import parse_date, parse_instant
from statusdesk.services.exchange.plans import ImportPlan

Value = str | int | None
V = TypeVar("V")


class Converter(Protocol):
    """Turns clean texts into values, or raises `BadValue`."""

    def __call__(self, text: str) -> Value:
        """Convert one text."""

    def column(self, texts: Sequence[str]) -> Sequence[Value]:
        """Convert many."""


LONGEST_TEXT = 1_000
"""Characters of a text field, for files; nothing on screen or on paper shows more."""

LONGEST_NOTE = 32_767
"""Characters of a note: as many as a cell of a workbook holds, so that it can be exported again."""

_MOST_REMEMBERED = 50_000
_UTC_LETTERS = len("2026-11-24T18:00:00Z")
_MOST_COUNTED = 10**9
_YES = frozenset("yes y true t 1 x on ja j wahr oui si sí tak ✓ ✔".split())
_NO = frozenset("no n false f 0 - off nein falsch non nie".split()) | {""}
NO_DATE = frozenset(("", "0000-00-00", "0000-00-00 00:00:00", "00.00.0000", "00/00/0000", "-"))
"""How files write that there is no date."""

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\U000f0000-\U0010ffff]"
)
"""Characters that nobody sees, or that turn text around: controls, embeddings, line separators, private use."""

_MARKS = re.compile("[\u061c\u200c-\u200f]")
"""Joiners and direction marks: names of some scripts need them, but two numbers must not differ by them."""

_LINE_BREAKS = re.compile(r"\r\n|\r|\n")
_TABS_AND_BREAKS = re.compile(r"[\t\r\n]")


class Remembered(dict[str, V]):
    """Converts a text on its first look-up, and remembers the result."""

    def __init__(self, convert: Callable[[str], V]) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, text: str) -> V:
        value = self._convert(text)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[text] = value
        return value

    def __call__(self, text: str) -> V:
        """Convert one text."""
        return self[text]

    def column(self, texts: Sequence[str]) -> list[V]:
        """Convert many texts."""
        return list(map(self.__getitem__, texts))


class _Instants:
    """Converts instants: days recur, and so do times of day, but seldom both together."""

    def __init__(self, style: str, zone: str) -> None:
        self._days = Remembered(lambda day: parse_instant(f"{day}00:00:00Z", "UTC"))
        self._minutes = Remembered(lambda minutes: parse_instant(f"1970-01-01T{minutes}:00Z", "UTC"))
        self._seconds = Remembered(_seconds)
        self._others = Remembered(lambda text: _instant(text, style, zone))

    def __call__(self, text: str) -> Value:
        """Convert one text."""
        return self.column([text])[0]

    def column(self, texts: Sequence[str]) -> Sequence[Value]:
        """Convert many texts."""
        days, minutes, seconds = self._days, self._minutes, self._seconds
        if set(map(len, texts)) == {_UTC_LETTERS}:
            try:
                return [days[text[:11]] + minutes[text[11:16]] + seconds[text[16:]] for text in texts]
            except BadValue:
                pass
        return self._others.column(texts)


def converter(name: str, plan: ImportPlan, currency: str, zone: str) -> Converter | None:
    """Return what converts clean texts of this field, or None where they are the value."""
    kind = FIELD[name].kind
    if kind in (Kind.TEXT, Kind.LONG_TEXT):
        return None
    if kind is Kind.INSTANT:
        return _Instants(plan.date_style, zone)
    converters: dict[Kind, Callable[[str], Value]] = {
        Kind.MONEY: lambda text: _amount(text, currency, plan.decimal),
        Kind.FLAG: _flag,
        Kind.DATE: lambda text: _date(text, plan.date_style),
        Kind.COUNT: _count,
        Kind.STATUS: _status(plan),
    }
    return Remembered(converters[kind])


def clean_text(name: str, text: str) -> str:
    """Return the text in NFC without blanks around it, or raise `BadValue` for what cannot be kept as it is.

    Notes keep their tabs and lines; the lines of an address are joined by commas, those of other texts by blanks.
    """
    tidy = clean(text)
    long = FIELD[name].kind is Kind.LONG_TEXT
    if name != "number" and _TABS_AND_BREAKS.search(tidy):
        tidy = _LINE_BREAKS.sub("\n", tidy) if long else _on_one_line(name, tidy)
    hidden = _HIDDEN.search(_TABS_AND_BREAKS.sub("", tidy) if long else tidy)
    if hidden := hidden or (_MARKS.search(tidy) if name == "number" else None):
        raise BadValue(field=name, value=text, reason=f"contains {_named(hidden[0])}, which cannot be seen")
    most = LONGEST_NOTE if long else LONGEST_TEXT
    if len(tidy) > most:
        raise BadValue(field=name, value=text, reason=f"has {len(tidy):,} characters; {most:,} is the most")
    return tidy


def _on_one_line(name: str, text: str) -> str:
    between = ", " if name == "address" else " "
    lines = (line.strip(" \t,") if name == "address" else line.strip() for line in _LINE_BREAKS.split(text))
    return between.join(filter(None, lines)).replace("\t", " ")


def _named(character: str) -> str:
    name = unicodedata.name(character, "a control character" if character < "\xa0" else "a special character")
    return f"U+{ord(character):04X} ({name.lower()})"


def _amount(text: str, currency: str, decimal: str | None) -> int:
    if not text:
        return 0
    grouping = {".": ",", ",": "."}.get(decimal or "", "")
    if grouping and grouping in text and not re.match(r"\d{3}(\D|$)", text.rpartition(grouping)[2]):
        raise BadValue(field="amount", value=text, reason=f"is not an amount with “{decimal}” before the cents")
    return money.parse(text, currency, decimal=decimal)


def _flag(text: str) -> int:
    word = text.casefold()
    if word not in _YES and word not in _NO:
        raise BadValue(field="flag", value=text, reason="is neither yes nor no")
    return int(word in _YES)


def _date(text: str, style: str) -> str:
    if text in NO_DATE:
        return ""
    try:
        return parse_date(text, style)
    except BadValue as problem:
        try:
            return parse_date(text)
        except BadValue:
            raise problem from None


def _count(text: str) -> int:
    whole = re.fullmatch(r"(\d{1,9})([.,]0+)?", text, re.ASCII)
    if text and not whole:
        raise BadValue(field="count", value=text, reason="is not a whole number")
    return int(whole[1]) if whole else 0


def _instant(text: str, style: str, zone: str) -> int | None:
    if text in NO_DATE:
        return None
    try:
        return parse_instant(text, zone)
    except BadValue:
        return parse_instant(parse_date(text, style), zone)


def _seconds(text: str) -> int:
    """Read the end of an instant, as “:49Z”."""
    if text[0] != ":" or text[-1] != "Z":
        raise BadValue(field="date", value=text, reason="is not a date and time")
    return parse_instant(f"1970-01-01T00:00{text}", "UTC")


def _status(plan: ImportPlan) -> Callable[[str], Value]:
    values = {name_key(word): plan.status_value(choice) for word, choice in plan.status_words.items()}
    return lambda text: _known_status(text, values)


def _known_status(text: str, values: Mapping[str, int]) -> int:
    value = values.get(name_key(text))
    if value is None:
        reason = "is not matched to a status" if text else "is empty, and every account needs a status"
        raise BadValue(field="status", value=text, reason=reason)
    return value
