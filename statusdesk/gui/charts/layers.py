"""What an area chart shows: layers stacked over days, as plain data."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import accumulate

from statusdesk.gui import formats


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer with a number for each day; `figure` stands in the legend, as of the day shown.

    `said` is what a tooltip and a screen reader say of it, as of the day shown.
    """

    key: Hashable
    name: str
    shape: str
    colour: str
    values: tuple[int, ...]
    figure: str
    said: str


@dataclass(frozen=True, slots=True)
class Area:
    """Layers from the bottom up over ISO days in order, with the day that is shown and the legend's title.

    Days after `known_until` are expected. `write` puts a value of a layer into words, with its unit; `scale`
    writes the numbers beside the lines.
    """

    days: tuple[str, ...] = ()
    layers: tuple[Layer, ...] = ()
    shown: str = ""
    title: str = ""
    known_until: str = ""
    write: Callable[[int], str] = formats.count
    scale: Callable[[int], str] = formats.count

    def edges(self) -> list[tuple[int, ...]]:
        """Return the foot, then the upper edge of each layer by day; negative numbers add nothing."""
        foot = (0,) * len(self.days)
        return list(
            accumulate(
                (layer.values for layer in self.layers),
                lambda below, values: tuple(low + max(0, value) for low, value in zip(below, values, strict=True)),
                initial=foot,
            )
        )

    @property
    def most(self) -> int:
        """The highest sum."""
        return max(self.edges()[-1], default=0)
