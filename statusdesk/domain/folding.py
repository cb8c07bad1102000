"""Texts as searching and uniqueness see them: without case, accents and stray blanks."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import filterfalse

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_NOT_DIGITS = re.compile(r"[^0-9]+")
FIELD_BREAK = "\x1f"
"""Stands between the fields of a search text, so that no word matches across two fields."""

_TEXT_BREAK = "\x1e"
"""Stands between texts that are looked at together."""


def clean(text: str) -> str:
    """Normalise to NFC, without blanks or line breaks at the ends."""
    return unicodedata.normalize("NFC", text).strip()


def name_key(name: str) -> str:
    """Return the form in which names are compared for uniqueness: NFC, blanks folded, case ignored."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def fold(text: str) -> str:
    """Return `text` without case and accents, for searching: “Łódź” becomes “lodz”, “Straße” “strasse”."""
    return text.lower() if text.isascii() else _folded(text)


@lru_cache(16_384)
def _folded(text: str) -> str:
    """Fold a text that is not ASCII; cities and names come again and again."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(filterfalse(unicodedata.combining, decomposed)).translate(_LETTERS_WITHOUT_DECOMPOSITION)


def search_text(
    number: str | None,
    name: str | None,
    phone: str | None,
    email: str | None,
    city: str | None,
    address: str | None,
) -> str:
    """Return the one text that searching looks through.

    The phone stands in it without blanks, as no search term has any; and as bare digits if it has other signs.
    """
    spoken = phone.replace(" ", "") if phone else ""
    digits = "" if _is_plain_phone(spoken) else _NOT_DIGITS.sub("", spoken)
    fields = (number, name, spoken, digits, email, city, address)
    text = FIELD_BREAK.join(filter(None, fields))
    if text.isascii():
        return text.lower()
    return FIELD_BREAK.join([part.lower() if part.isascii() else _folded(part) for part in fields if part])


def _is_plain_phone(phone: str) -> bool:
    digits = phone.lstrip("+")
    return digits.isascii() and digits.isdecimal()


Texts = Sequence[str | None]


def search_texts(
    numbers: Texts, names: Texts, phones: Texts, emails: Texts, cities: Texts, addresses: Texts
) -> list[str]:
    """Return `search_text` of each of many accounts, given column by column: what holds for all is asked once."""
    number, name, phone, email, city, address = map(_given, (numbers, names, phones, emails, cities, addresses))
    spoken = _split(_TEXT_BREAK.join(phone).replace(" ", ""), len(phone)) or [
        text.replace(" ", "") for text in phone
    ]
    columns = (number, name, spoken, _bare_digits(spoken), email, city, address)
    folded = [_fold_all(texts) for texts in columns if texts is number or any(texts)]
    if all(map(all, folded)):
        return list(map(FIELD_BREAK.join, zip(*folded, strict=True)))
    return [FIELD_BREAK.join(filter(None, texts)) for texts in zip(*folded, strict=True)]


def _given(texts: Texts) -> Sequence[str]:
    return [text or "" for text in texts]


def _bare_digits(phones: Sequence[str]) -> list[str]:
    """Return the digits of each phone that has other signs, or nothing where none has any."""
    together = f"{_TEXT_BREAK}{_TEXT_BREAK.join(phones)}".replace(f"{_TEXT_BREAK}+", "").replace(_TEXT_BREAK, "")
    if together.isascii() and together.isdecimal():
        return []
    return ["" if _is_plain_phone(phone) else _NOT_DIGITS.sub("", phone) for phone in phones]


def _fold_all(texts: Sequence[str]) -> list[str]:
    together = _TEXT_BREAK.join(texts)
    if together.isascii() and (lowered := _split(together.lower(), len(texts))):
        return lowered
    return [text.lower() if text.isascii() else _folded(text) for text in texts]


def _split(together: str, count: int) -> list[str]:
    """Take joined texts apart again; nothing comes back if one of them has the break within."""
    texts = together.split(_TEXT_BREAK)
    return texts if len(texts) == count else []


def search_terms(query: str) -> tuple[str, ...]:
    """Split what a person typed into folded words; an account matches when its search text contains each."""
    return tuple(dict.fromkeys(fold(query).split()))


def matches(text: str, terms: Iterable[str]) -> bool:
    """Say whether a search text contains every one of the folded terms."""
    return all(term in text for term in terms)
