"""Colours as text and as numbers: what people type becomes `#RRGGBB` or is refused with a reason."""

import re
from functools import lru_cache

from statusdesk.domain.css_colours import CSS_COLOURS
from statusdesk.domain.errors import Refused

OFFERED_COLOURS = (
    "#0A66B5",
    "#3E9BD6",
    "#00855F",
    "#C27C00",
    "#D55E00",
    "#C62828",
    "#B8578F",
    "#7A8088",
)
"""The eight colours offered for a status, each about 3:1 or better on both grounds."""

_WRAPPING = " \t\r\n\f\v\u00a0\u2007\u202f\u200b\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff\"'`“”„‘’;"
_HEX = re.compile(r"(#|0x)?([0-9a-f]+)")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})(?:\s*,\s*|\s+)(\d{1,3})(?:\s*,\s*|\s+)(\d{1,3})\s*\)", re.ASCII)
_ALPHA = re.compile(r"(rgba|hsla)\(.*|\w+\(.*/.*|\w+\((.*,){3}.*|transparent")


class BadColour(Refused):
    """A text that names no colour."""

    sentence = "“{text}” is not a colour. Type six digits such as #1F6FEB, or a name such as Steel Blue."


class ColourMissing(BadColour):
    """Nothing was typed."""

    sentence = "A status needs a colour. Type six digits such as #1F6FEB, or a name such as Steel Blue."


class ColourDigits(BadColour):
    """Hexadecimal, but not of three or six digits."""

    sentence = "“{text}” has {count} digits, a colour has six. Type one such as #1F6FEB."


class ColourTransparent(BadColour):
    """Four or eight digits, or `rgba`: programs disagree about the extra ones, so nobody guesses."""

    sentence = (
        "“{text}” asks for transparency, which a status colour cannot have. Type six digits such as #1F6FEB."
    )


class ColourRange(BadColour):
    """An `rgb()` part above 255."""

    sentence = "“{text}” is not a colour: red, green and blue go from 0 to 255."


def parse_colour(text: str) -> str:
    """Return the colour as `#RRGGBB` in upper case.

    Takes `#abc`, `abc`, `#AABBCC`, `aabbcc`, `0xAABBCC`, `rgb(31, 111, 235)` and CSS names ("Steel Blue"), in
    any case, and ignores blanks, quotes and semicolons around them. Raises `BadColour` for anything else.
    """
    shown = text.strip(_WRAPPING)
    plain = shown.lower()
    if not plain:
        raise ColourMissing
    if named := CSS_COLOURS.get("".join(plain.split())):
        return named
    if hexadecimal := _HEX.fullmatch(plain):
        return _from_digits(shown, hexadecimal[1], hexadecimal[2])
    if parts := _RGB.fullmatch(plain):
        return _from_parts(shown, [int(part) for part in parts.groups()])
    raise (ColourTransparent if _ALPHA.fullmatch(plain) else BadColour)(text=shown)


def _from_digits(shown: str, prefix: str | None, digits: str) -> str:
    if len(digits) == 3 and prefix != "0x":
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) in (4, 8):
        raise ColourTransparent(text=shown)
    if len(digits) != 6:
        raise ColourDigits(text=shown, count=len(digits))
    return f"#{digits.upper()}"


def _from_parts(shown: str, parts: list[int]) -> str:
    if max(parts) > 255:
        raise ColourRange(text=shown)
    return "#{:02X}{:02X}{:02X}".format(*parts)


@lru_cache(maxsize=1024)
def luminance(colour: str) -> float:
    """Relative luminance, from 0 (black) to 1 (white), of a `#RRGGBB`. Source: WCAG 2.2."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast ratio, from 1 to 21, of two `#RRGGBB` in any order. Source: WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
