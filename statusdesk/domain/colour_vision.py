"""How far apart two colours are for the people who look at them.

Distances are CIEDE2000 between CIE Lab (D65) colours: below about 2 nobody sees a difference, from 10 on
nobody takes one for the other. Colour blindness is simulated after Machado, Oliveira and Fernandes (2009) at
full severity. ColorAide does the arithmetic; it takes 150 ms to import, so only when first needed.
"""

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from coloraide import Color

CONFUSABLE_BELOW = 10.0
"""CIEDE2000 below which two colours are easily taken for each other."""


class Vision(StrEnum):
    """A way of seeing colours; the value is how the check report calls it."""

    NORMAL = "normal"
    PROTANOPIA = "protanopia"
    DEUTERANOPIA = "deuteranopia"
    TRITANOPIA = "tritanopia"
    GREY = "grey"


_FILTERS = {
    Vision.PROTANOPIA: "protan",
    Vision.DEUTERANOPIA: "deutan",
    Vision.TRITANOPIA: "tritan",
}


class Confusion(NamedTuple):
    """CIEDE2000 distances between two colours, from 0 (the same) to about 100, one for each way of seeing."""

    normal: float
    protanopia: float
    deuteranopia: float
    tritanopia: float
    grey: float


def confusion(one: str, other: str) -> Confusion:
    """Return how far apart two `#RRGGBB` are, in every way of seeing; the order does not matter."""
    return Confusion(*(seen_distance(one, other, vision) for vision in Vision))


def seen_distance(one: str, other: str, vision: Vision) -> float:
    """Return the CIEDE2000 distance of two `#RRGGBB` for this vision; the order does not matter."""
    return _sorted_distance(min(one, other), max(one, other), vision)


@lru_cache(maxsize=16_384)
def _sorted_distance(one: str, other: str, vision: Vision) -> float:
    return ciede2000(_seen(one, vision), _seen(other, vision))


def ciede2000(one: "Color", other: "Color") -> float:
    """Return the CIEDE2000 distance. Source: Sharma, Wu and Dalal (2005)."""
    return float(one.delta_e(other, method="2000"))


@lru_cache(maxsize=2_048)
def _seen(colour: str, vision: Vision) -> "Color":
    from coloraide import Color

    plain = Color(colour)
    if vision in _FILTERS:
        plain = plain.filter(_FILTERS[vision], method="machado")
    lab = plain.convert("lab-d65")
    return lab.set({"a": 0, "b": 0}) if vision is Vision.GREY else lab
