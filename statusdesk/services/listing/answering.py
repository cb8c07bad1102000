"""One question under way: from all rows of an order to those that pass its filters and hold its words."""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from statusdesk.domain.folding import search_terms
from statusdesk.services.listing.masks import both, passing, places
from statusdesk.services.listing.opening import Arriving, Opening
from statusdesk.services.listing.orders import SLICE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from statusdesk.services.listing.query import ListQuery
    from statusdesk.services.listing.ranks import Ranks
    from statusdesk.services.listing.texts import Texts
    from statusdesk.store.lists import Lists

FEW_FOUND: Final = 2_000
"""Up to so many accounts are sorted by the database: quicker than going through all of an order."""

MANY_FOUND: Final = 80_000
"""Up to so many accounts are sorted by their ranks in an order; for more it is quicker to go through all of it."""

CHECKED: Final = 20_000
"""Up to so many accounts are searched one by one: quicker than searching the texts of all."""

STEPS: Final = (0, 500, 2_000, 6_000)
"""So much of the beginning of a list is searched one by one, in some milliseconds, before all texts are."""

FURTHER: Final = (6_000, 12_000, 24_000, 48_000)
"""So much is, of words that are found further down: in an order by name they come name by name."""

PROBED: Final = 100
"""Whether they are is seen from one account in so many."""


class Answering:
    """Answers one question about `rows`, all ids in the order that it asks for.

    `ranks` are None, or those of these rows. `check` is called every few milliseconds and may raise.
    """

    def __init__(
        self,
        lists: Lists,
        texts: Texts,
        ranks: Ranks | None,
        rows: array[int],
        check: Callable[[], None],
    ) -> None:
        self._lists = lists
        self._texts = texts
        self._ranks = ranks
        self._rows = rows
        self._check = check

    def ids(
        self, query: ListQuery, mask: bytes | None, earlier: array[int] | None, opening: Opening
    ) -> array[int]:
        """Return the rows that pass the mask and hold the words; `earlier`, if given, has all of them."""
        terms = sorted(search_terms(query.search), key=len, reverse=True)
        if not terms:
            return self._rows if mask is None else self._listed(query, mask, opening)
        if earlier is None and mask is not None and mask.count(1) <= CHECKED:
            earlier, mask = self._listed(query, mask, Opening(None)), None
        rows = self._rows if earlier is None else earlier
        self._texts.load(self._check)
        if len(rows) <= CHECKED:
            return array("I", self._among(rows, mask, terms))
        self._open(rows, mask, terms, opening)
        if (held := self._texts.held(terms)) is not None:
            return self._listed(query, held if mask is None else both(mask, held), opening)
        return self._searched(query, mask, terms, opening)

    def _open(self, rows: array[int], mask: bytes | None, terms: Sequence[str], opening: Opening) -> None:
        """Look for a first page in the beginning of a list, as far down as that is promising."""
        for low, high in pairwise(STEPS):
            if opening.wanted:
                opening.add(self._among(rows[low:high], mask, terms))
        if opening.wanted and any(self._among(rows[FURTHER[0] : FURTHER[-1] : PROBED], mask, terms)):
            for low, high in pairwise(FURTHER):
                if opening.wanted:
                    opening.add(self._among(rows[low:high], mask, terms))

    def _among(self, ids: Sequence[int], mask: bytes | None, terms: Sequence[str]) -> Iterable[int]:
        return self._texts.among(ids if mask is None else passing(ids, mask), terms)

    def _searched(
        self, query: ListQuery, mask: bytes | None, terms: Sequence[str], opening: Opening
    ) -> array[int]:
        """Search all texts for one word after the other, until few are left to look for the other words in."""
        for place, term in enumerate(terms):
            others = terms[place + 1 :]
            holding = self._holding(term, mask, others, opening)
            mask = holding if mask is None else both(mask, holding)
            if others and mask.count(1) <= CHECKED:
                return array("I", self._texts.among(self._listed(query, mask, Opening(None)), others))
        return self._rows if mask is None else self._listed(query, mask, opening)

    def _holding(self, term: str, mask: bytes | None, others: Sequence[str], opening: Opening) -> bytes:
        """Return a mask of all texts that hold a word.

        Where accounts stand in the list much as they were made, as by number, it is searched from its beginning
        on. So its first page may be known long before all texts are searched.
        """
        opening.start_again()
        arriving = Arriving()
        found = bytearray(self._texts.size)
        spans = self._ranks.spans if self._ranks else {}
        for low in spans or self._texts.spans:
            part = self._texts.holding(term, low)
            found[low : low + len(part)] = part
            self._check()
            if self._ranks and spans and opening.wanted:
                ids = [low + place for place in places(part)]
                arriving.add(self._ranks.of(self._among(ids, mask, others)))
                opening.add(map(self._rows.__getitem__, arriving.before(spans[low])))
        return bytes(found)

    def _listed(self, query: ListQuery, mask: bytes, opening: Opening) -> array[int]:
        """Return what a mask leaves, in order."""
        count = mask.count(1)
        if count <= MANY_FOUND and self._ranks:
            return self._ranks.in_order(places(mask))
        if count <= FEW_FOUND:
            return array("I", self._lists.in_order(places(mask), query.sort, descending=query.descending))
        found = array("I")
        opening.start_again()
        for low in range(0, len(self._rows), SLICE):
            part = array("I", passing(self._rows[low : low + SLICE], mask))
            found.extend(part)
            opening.add(part)
            self._check()
        return found
