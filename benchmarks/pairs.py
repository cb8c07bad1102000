"""What a benchmark yields: a figure of ours beside its limit, both measured by turns in one run."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

Trial = Callable[[], float]
"""Does the thing once, apart from what has to be made ready for it, and returns the seconds that it took."""


@dataclass(frozen=True, slots=True)
class Target:
    """What may be asked of a figure: at most so many times the limit, or so many milliseconds will also do.

    `never_over` are milliseconds that no single reading may pass.
    """

    ratio: float | None = None
    or_ms: float | None = None
    never_over: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the results; readings are milliseconds, or whatever `unit` says."""

    what: str
    against: str
    accounts: int
    target: Target
    ours: list[float]
    limit: list[float] = field(default_factory=list)
    unit: str = "ms"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the limit ours is, by medians."""
        return median(self.ours) / median(self.limit) if self.limit else None

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        target, ratio = self.target, self.ratio
        if target.never_over is not None and max(self.ours) > target.never_over:
            return False
        if target.or_ms is not None and median(self.ours) <= target.or_ms:
            return True
        if target.ratio is None or ratio is None:
            return target.or_ms is None
        return ratio <= target.ratio


@dataclass
class Stopwatch:
    """The seconds that a block took."""

    seconds: float = 0.0


@contextmanager
def timed() -> Iterator[Stopwatch]:
    """Time a block, without a collection of garbage that something before it left behind."""
    watch = Stopwatch()
    gc.collect()
    began = time.perf_counter()
    yield watch
    watch.seconds = time.perf_counter() - began


def by_turns(rounds: int, *trials: Trial, warm_up: int = 1) -> list[list[float]]:
    """Run the trials in alternating order and return each one's readings in milliseconds."""
    readings: list[list[float]] = [[] for _ in trials]
    for turn in range(-warm_up, rounds):
        places = range(len(trials)) if turn % 2 else reversed(range(len(trials)))
        for place in places:
            milliseconds = trials[place]() * 1000
            if turn >= 0:
                readings[place].append(milliseconds)
    return readings
