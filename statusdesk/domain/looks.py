"""How a status looks: its shape carries the meaning, its colour confirms it, and no two get confused."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import combinations, product
from typing import NamedTuple

from statusdesk.domain.colour_vision import CONFUSABLE_BELOW, Confusion, Vision, confusion, seen_distance
from statusdesk.domain.colours import OFFERED_COLOURS, BadColour, contrast, luminance, parse_colour
from statusdesk.domain.css_colours import CSS_COLOURS

__all__ = [
    "OFFERED_COLOURS",
    "Audience",
    "BadColour",
    "Comparison",
    "Confusion",
    "Look",
    "Shape",
    "compare_all",
    "confusion",
    "contrast",
    "looks_alike",
    "luminance",
    "parse_colour",
    "safe_suggestions",
    "suggest_look",
    "who_confuses",
]


class Shape(StrEnum):
    """The sixteen shapes that stay apart at 16 pixels; the value is the icon's file name."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE_UP = "triangle-up"
    TRIANGLE_DOWN = "triangle-down"
    DIAMOND = "diamond"
    STAR = "star"
    PLUS = "plus"
    CROSS = "cross"
    HEART = "heart"
    MOON = "moon"
    BOLT = "bolt"
    FLAG = "flag"
    CLOUD = "cloud"
    RING = "ring"
    HOURGLASS = "hourglass"
    ARROW_RIGHT = "arrow-right"

    @property
    def label(self) -> str:
        """The shape's name for people, in English: "Triangle up"."""
        return self.value.replace("-", " ").capitalize()


class Audience(StrEnum):
    """The people who could take one status for another, in the words of the warning."""

    EVERYONE = "everyone"
    PROTANOPIA = "people with protanopia"
    DEUTERANOPIA = "people with deuteranopia"
    RED_GREEN = "people with protanopia or deuteranopia"


class Look(NamedTuple):
    """A shape in a colour, the latter as `#RRGGBB` in upper case."""

    shape: Shape
    colour: str


def looks_alike(one: Look, other: Look) -> bool:
    """Tell whether people could take one for the other: same shape, nearly the same colour to somebody."""
    return who_confuses(one, other) is not None


def who_confuses(one: Look, other: Look) -> Audience | None:
    """Return the people who could take one for the other; None where nobody does, or the shapes differ."""
    if one.shape != other.shape:
        return None
    if _near(one, other, Vision.NORMAL):
        return Audience.EVERYONE
    protanopia, deuteranopia = (_near(one, other, v) for v in (Vision.PROTANOPIA, Vision.DEUTERANOPIA))
    if protanopia and deuteranopia:
        return Audience.RED_GREEN
    if protanopia:
        return Audience.PROTANOPIA
    return Audience.DEUTERANOPIA if deuteranopia else None


def _near(one: Look, other: Look, vision: Vision) -> bool:
    return one.colour == other.colour or seen_distance(one.colour, other.colour, vision) < CONFUSABLE_BELOW


def safe_suggestions(shape: Shape, taken: Iterable[Look]) -> list[str]:
    """Return the offered colours, in their order, in which this shape is like none of the taken looks."""
    rivals = [look for look in taken if look.shape == shape]
    return [c for c in OFFERED_COLOURS if not any(looks_alike(Look(shape, c), rival) for rival in rivals)]


def suggest_look(taken: Iterable[Look]) -> Look:
    """Return a look for a new status: an unused shape if there is one, in the colour used least so far."""
    looks = list(taken)
    used = Counter(look.shape for look in looks)
    tints = Counter(look.colour for look in looks)
    for shape in sorted(Shape, key=lambda shape: used[shape]):
        if safe := safe_suggestions(shape, looks):
            return Look(shape, min(safe, key=lambda colour: tints[colour]))
    return _first_untaken(set(looks))


def _first_untaken(taken: set[Look]) -> Look:
    pairs = product((*OFFERED_COLOURS, *CSS_COLOURS.values()), Shape)
    return next(look for colour, shape in pairs if (look := Look(shape, colour)) not in taken)


class Comparison(NamedTuple):
    """Two looks, by the keys they were given with: how far apart, and who takes one for the other, if anybody."""

    one: int
    other: int
    apart: Confusion
    audience: Audience | None

    @property
    def nearest(self) -> float:
        """The least distance as most people see it: normally, with protanopia, with deuteranopia."""
        return min(self.apart.normal, self.apart.protanopia, self.apart.deuteranopia)


def compare_all(looks: Mapping[int, Look]) -> list[Comparison]:
    """Return every pair, those that people confuse first, then by how near their colours are.

    Each new pair of colours takes about a quarter of a millisecond, and thirty statuses make 435 pairs.
    """
    pairs = [
        Comparison(
            one, other, confusion(looks[one].colour, looks[other].colour), who_confuses(looks[one], looks[other])
        )
        for one, other in combinations(looks, 2)
    ]
    return sorted(pairs, key=lambda pair: (pair.audience is None, pair.nearest))
