"""The folded texts of all accounts, searched by one pass of the regular expression engine, or account by account.

They stand in spans of consecutive account ids, one after the other in one piece of bytes; after each text comes a
separator that no text holds, and a mark that says whose it was.
"""

from __future__ import annotations

import re
from array import array
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from statusdesk.store.lists import Lists

SPAN: Final = 4_096
"""Account ids in one span; as many marks are there."""

_MARKS: Final = 0xE000
_MARK_IN_TERM: Final = re.compile(f"[{chr(_MARKS)}-{chr(_MARKS + SPAN - 1)}]")
_END: Final = b"\x1e"
_MARK: Final = 3
"""Bytes of a mark."""
LONG: Final = 5
"""From so many bytes on, `find` sees more quickly than a regular expression that a term is not there."""


@cache
def _places(span: int) -> dict[bytes, int]:
    """Return the place in a span of so many ids by the mark of it."""
    return {chr(_MARKS + place).encode(): place for place in range(span)}


def searchable(term: str) -> bool:
    """Tell whether a folded term can be looked for: not if it holds one of the marks, which no script uses."""
    return not _MARK_IN_TERM.search(term)


class Texts:
    """Search texts by account id, as of one entry of the journal."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._spans: list[bytes | None] = []
        self._bounds: list[array[int]] = []
        self._entry = self._top = 0

    def follow(self, entry: int, top: int) -> None:
        """Forget what may have changed up to this entry, and make room for ids up to `top`."""
        if entry > self._entry and any(self._spans):
            for place in self._lists.rewritten(self._entry, SPAN):
                self._spans[place : place + 1] = [None]
        if top > self._top:
            kept, count = self._top // SPAN, top // SPAN + 1
            self._spans[kept:] = [None] * (count - kept)
            self._bounds[kept:] = [array("I")] * (count - kept)
        self._entry, self._top = entry, top

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
                text = self._lists.texts(low, low + SPAN - 1, _MARKS)
                self._bounds[place] = _bounds(text)
                self._spans[place] = text

    @property
    def size(self) -> int:
        """The length of a mask of all accounts."""
        return self._top + 1

    @property
    def spans(self) -> list[int]:
        """The first ids of all spans."""
        return list(range(0, self.size, SPAN))

    def held(self, _terms: Sequence[str]) -> bytes | None:
        """Return a mask of all texts that hold all terms; None where each is looked for by itself."""
        return None

    def holding(self, term: str, low: int) -> bytes:
        """Return a mask of those texts that hold a folded term, in the span that begins with the id `low`."""
        span, wanted = self._spans[low // SPAN] or b"", term.encode()
        begin = span.find(wanted) if len(wanted) >= LONG else 0
        found = bytearray(min(SPAN, self.size - low))
        if begin >= 0:
            pattern = re.compile(re.escape(wanted) + rb"[^\x1e]*\x1e(...)", re.DOTALL)
            places = _places(SPAN)
            for mark in pattern.findall(span, begin):
                found[places[mark]] = 1
        return bytes(found)

    def among(self, ids: Iterable[int], terms: Sequence[str]) -> Iterable[int]:
        """Return those of the accounts whose texts hold all terms, as they come; all must be loaded."""
        for term in terms:
            ids = self._among(ids, term.encode())
        return ids

    def _among(self, ids: Iterable[int], term: bytes) -> list[int]:
        spans, bounds, found = self._spans, self._bounds, []
        for account_id in ids:
            number, place = divmod(account_id, SPAN)
            limits = bounds[number]
            if (spans[number] or b"").find(term, limits[place], limits[place + 1]) >= 0:
                found.append(account_id)
        return found


def _bounds(text: bytes) -> array[int]:
    """Return where the text of each place in a span begins; that of the next place is where it ends."""
    ends, at, places = [0] * SPAN, 0, _places(SPAN)
    pieces = text.split(_END)
    for piece, behind in pairwise(pieces):
        at += len(piece) + 1
        ends[places[behind[:_MARK]]] = at + _MARK
    return array("I", accumulate([0, *ends], max))
