"""The folded texts of all accounts, searched by one pass of the regular expression engine.

They stand in spans of consecutive account ids, one after the other in one piece of bytes; after each text comes a
separator that no text holds, and a mark that says whose it was.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.store.lists import Lists

SPAN: Final = 4_096
"""Account ids in one span; as many marks are there."""

_MARKS: Final = 0xE000
_PLACES: Final = {chr(_MARKS + place).encode(): place for place in range(SPAN)}
_MARK_IN_TERM: Final = re.compile(f"[{chr(_MARKS)}-{chr(_MARKS + SPAN - 1)}]")


def searchable(term: str) -> bool:
    """Tell whether a folded term can be looked for: not if it holds one of the marks, which no script uses."""
    return not _MARK_IN_TERM.search(term)


class Texts:
    """Search texts by account id, as of one entry of the journal."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._spans: list[bytes | None] = []
        self._entry = self._top = 0
        self._last: tuple[str, bytes] | None = None

    def follow(self, entry: int, top: int) -> None:
        """Forget what may have changed up to this entry, and make room for ids up to `top`."""
        if entry > self._entry and any(self._spans):
            for place in self._lists.rewritten(self._entry, SPAN):
                self._spans[place : place + 1] = [None]
        if top > self._top:
            self._spans[self._top // SPAN :] = [None] * (top // SPAN + 1 - self._top // SPAN)
        self._entry, self._top, self._last = entry, top, None

    @property
    def missing(self) -> float:
        """How much of them is not in memory, from 0 to 1."""
        return self._spans.count(None) / len(self._spans) if self._spans else 1.0

    def load(self, check: Callable[[], None]) -> None:
        """Read what is missing; `check` may raise in between."""
        for place, span in enumerate(self._spans):
            if span is None:
                check()
                low = place * SPAN
                self._spans[place] = self._lists.texts(low, low + SPAN - 1, _MARKS)

    def holding(self, term: str, check: Callable[[], None], few: int) -> bytes:
        """Return a mask by account id of the texts that hold a folded term; all of them must be loaded.

        It may be that of a shorter term that was asked for before, if no more than a `few` texts hold that:
        whoever goes on typing need not wait again.
        """
        if self._last and self._last[0] in term and self._last[1].count(1) <= few:
            return self._last[1]
        self._last = (term, self._found(term, check))
        return self._last[1]

    def _found(self, term: str, check: Callable[[], None]) -> bytes:
        pattern = re.compile(re.escape(term.encode()) + rb"[^\x1e]*\x1e(...)", re.DOTALL)
        found = bytearray(len(self._spans) * SPAN)
        for place, span in enumerate(self._spans):
            low = place * SPAN
            for mark in pattern.findall(span or b""):
                found[low + _PLACES[mark]] = 1
            check()
        return bytes(found[: self._top + 1])
