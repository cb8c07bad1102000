"""How a status looks: its shape carries the meaning, its colour confirms it."""

from dataclasses import dataclass
from enum import StrEnum

from statusdesk.domain.colours import OFFERED_COLOURS, BadColour, contrast, luminance, parse_colour

__all__ = ["OFFERED_COLOURS", "BadColour", "Look", "Shape", "contrast", "luminance", "parse_colour"]


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


@dataclass(frozen=True, slots=True)
class Look:
    """A shape in a colour, the latter as `#RRGGBB` in upper case."""

    shape: Shape
    colour: str
