"""The first page of a list, known while the rest of it is still being looked for."""

from __future__ import annotations

from array import array
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    First = Callable[[array[int]], None]

FIRST: Final = 64
"""Rows that are a first page, whatever the size of the screen."""


class Opening:
    """Gathers the beginning of a list and tells it, once, as soon as it is a page."""

    def __init__(self, tell: First | None) -> None:
        self._tell = tell
        self._found = array("I")

    @property
    def wanted(self) -> bool:
        """True while somebody waits for it."""
        return self._tell is not None

    def add(self, ids: Iterable[int]) -> None:
        """Take what comes next in the list."""
        self._found.extend(ids)
        if self._tell is not None and len(self._found) >= FIRST:
            self._tell(self._found)
            self._tell = None

    def start_again(self) -> None:
        """Forget what came so far."""
        self._found = array("I")


class Arriving:
    """Rows that are found in any order, and handed on in theirs once none can come any more before them."""

    def __init__(self) -> None:
        self._rows: list[int] = []

    def add(self, rows: Iterable[int]) -> None:
        """Take some that were found."""
        for row in rows:
            heappush(self._rows, row)

    def before(self, row: int) -> Iterable[int]:
        """Yield, upward, those that stand before a row, and forget them."""
        while self._rows and self._rows[0] < row:
            yield heappop(self._rows)
