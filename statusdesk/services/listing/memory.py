"""Answers list questions from arrays in memory, which follow every change of the database by its journal.

There is one order of all accounts for each field that was sorted by; what a question leaves out is a mask over it.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from functools import partial
from itertools import compress, pairwise
from typing import TYPE_CHECKING, Final

from statusdesk.domain.changes import Matching
from statusdesk.domain.folding import search_terms
from statusdesk.services.listing.orders import SLICE, Order
from statusdesk.services.listing.states import States
from statusdesk.services.listing.texts import Texts, searchable
from statusdesk.store.accounts import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from statusdesk.services.listing.query import ListQuery
    from statusdesk.store.lists import Lists

    Check = Callable[[], None]
    First = Callable[[array[int]], None]

SORTED_AHEAD: Final = ("number", "name", "status", "status_since", "monthly_charge", "city")
"""The orders that are worked out before anybody asks: of the columns that are shown at first."""

ORDERS: Final = 10
"""So many orders are kept; one takes 5 MB for a million accounts."""

FEW_MOVED: Final = 50
"""Up to so many accounts that changed find their new places in an order one by one; for more it is sorted anew."""

FEW_FOUND: Final = 2_000
"""Up to so many accounts are checked and sorted by the database: quicker than going through all of an order."""

MANY_FOUND: Final = 40_000
"""Up to so many accounts are sorted by their ranks in an order; for more it is quicker to go through all of it."""

FIRST: Final = 64
"""Rows that are a first page, whatever the size of the screen."""

_WALKS: Final = (0, 200, 1_000, 4_000)
_MOST: Final = 50_000_000


class Memory:
    """What lists need of one database. Every call stands in a snapshot of it, on one thread.

    `check` is called every few milliseconds and may raise, to give up.
    """

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._version: int | None = None
        self._entry = self._top = 0
        self._origin = ""
        self._states = States(lists)
        self._texts = Texts(lists)
        self._orders: dict[str, Order] = {}
        self._statuses: list[tuple[object, ...]] = []
        self._ranked: tuple[array[int], array[int]] = (array("I"), array("I"))

    def ids(self, query: ListQuery, first: First | None, check: Check) -> array[int] | None:
        """Return the ids that a query lists, in its order; None if it must be answered without memory.

        `first` gets the beginning of a list that takes a while.
        """
        self._follow()
        terms = search_terms(query.search)
        if self._top > _MOST or not all(map(searchable, terms)) or (terms and self._texts.missing > 0.25):
            return None
        order = self._held(query.sort)
        if order is None and first is not None:
            head = self._head(query)
            if len(head) < HEAD:
                return head
            first(head)
            first = None
        ids = self._read(order or self._sorted(query.sort, check), descending=query.descending)
        if not terms and query.matching == Matching():
            return ids
        if terms and first is not None and self._begin(query, ids, first):
            first = None
        return self._filtered(query, ids, first, check)

    def preparations(self) -> Iterator[Callable[[Check], None]]:
        """Yield steps that bring into memory what coming questions will need, each for a snapshot of its own."""
        yield lambda _: self._prepare(lambda: self._states.mask(frozenset()))
        yield lambda check: self._prepare(partial(self._texts.load, check))
        for sort in SORTED_AHEAD:
            yield partial(self._sort_ahead, sort)

    def _sort_ahead(self, sort: str, check: Check) -> None:
        self._prepare(partial(self._sorted, sort, check))

    def _prepare(self, step: Callable[[], object]) -> None:
        self._follow()
        if self._top <= _MOST:
            step()

    def _follow(self) -> None:
        """Look how far the journal has come. Without it nothing about accounts changes."""
        version = self._lists.version()
        if version == self._version:
            return
        entry, top = self._lists.newest()
        origin = self._lists.restored()
        statuses = self._lists.places_of_statuses()
        if entry < self._entry or top < self._top or origin != self._origin:
            self._states, self._texts, self._orders = States(self._lists), Texts(self._lists), {}
        if statuses != self._statuses:
            self._orders.pop("status", None)
        self._states.follow(entry, top)
        self._texts.follow(entry, top)
        self._version, self._entry, self._top, self._statuses = version, entry, top, statuses
        self._origin = origin

    def _held(self, sort: str) -> Order | None:
        """Return an order as it is now if that takes no time to speak of, else None."""
        order = self._orders.get(sort)
        if order is None or order.entry == self._entry:
            return order
        moved = self._lists.displaced(order.entry, sort, FEW_MOVED + 1)
        if len(moved) > FEW_MOVED:
            del self._orders[sort]
            return None
        if moved:
            order = order.mended(set(moved), partial(self._lists.ordered, sort=sort), self._entry)
        order.entry = self._entry
        return self._keep(sort, order)

    def _sorted(self, sort: str, check: Check) -> Order:
        """Return an order as it is now, however long that takes."""
        order = self._held(sort)
        return order or self._keep(sort, Order.of(self._lists.order(sort), self._entry, check))

    def _read(self, order: Order, *, descending: bool) -> array[int]:
        for other in self._orders.values():
            if other is not order:
                other.forget_downward()
        return order.read(descending=descending)

    def _keep(self, sort: str, order: Order) -> Order:
        self._orders.pop(sort, None)
        spare = [name for name in self._orders if name not in SORTED_AHEAD]
        if len(self._orders) >= ORDERS and spare:
            del self._orders[spare[0]]
        self._orders[sort] = order
        return order

    def _head(self, query: ListQuery) -> array[int]:
        found = self._lists.head(query.matching, query.sort, descending=query.descending, count=HEAD)
        return array("I", found)

    def _begin(self, query: ListQuery, ids: Sequence[int], first: First) -> bool:
        """Look for the first page at the beginning of the order, where frequent words are found at once."""
        found: list[int] = []
        for low, high in pairwise(_WALKS):
            found += self._lists.first_matching(ids[low:high], query.matching, FIRST - len(found))
            if len(found) == FIRST:
                first(array("I", found))
                return True
        return False

    def _filtered(self, query: ListQuery, ids: array[int], first: First | None, check: Check) -> array[int] | None:
        """Return what passes all filters; once they leave few, the database looks at those."""
        mask: bytes | None = None
        rest = replace(query.matching, among=None)
        for part in self._masks(query, check):
            if part is None:
                return None
            mask = part if mask is None else _both(mask, part)
            if mask.count(1) <= FEW_FOUND:
                few = self._lists.matching(_places(mask), rest, query.sort, descending=query.descending)
                return array("I", few)
            check()
        if mask is None:
            return ids
        if mask.count(1) <= MANY_FOUND:
            return self._by_rank(ids, mask, check)
        return _picked(ids, mask, first, check)

    def _by_rank(self, ids: array[int], mask: bytes, check: Check) -> array[int]:
        """Sort what the mask leaves by where it stands in the order; accounts that are closed stand nowhere."""
        if self._ranked[0] is not ids or len(self._ranked[1]) != self._top + 1:
            self._ranked = (ids, _ranks(ids, self._top, check))
        ranks, nowhere = self._ranked[1], len(ids)
        found = [account_id for account_id in _places(mask) if ranks[account_id] < nowhere]
        return array("I", sorted(found, key=ranks.__getitem__))

    def _masks(self, query: ListQuery, check: Check) -> Iterator[bytes | None]:
        """Yield a mask by account id for each filter, the quickest first; None if there can be none."""
        if query.among is not None:
            yield _mask(query.among.ids, self._top)
        if query.status_ids is not None:
            yield self._states.mask(query.status_ids)
        if query.change_set is not None:
            yield _mask(self._lists.in_change_set(query.change_set), self._top)
        terms = sorted(search_terms(query.search), key=len, reverse=True)
        if terms:
            self._texts.load(check)
        for term in terms:
            yield self._texts.holding(term, check, FEW_FOUND)


def _mask(ids: Iterable[int], top: int) -> bytes:
    mask = bytearray(top + 1)
    for account_id in ids:
        mask[account_id] = 1
    return bytes(mask)


def _both(one: bytes, other: bytes) -> bytes:
    """Return the mask of what is in both; big numbers do that at once."""
    both = int.from_bytes(one, "little") & int.from_bytes(other, "little")
    return both.to_bytes(len(one), "little")


def _places(mask: bytes) -> Iterator[int]:
    place = mask.find(1)
    while place >= 0:
        yield place
        place = mask.find(1, place + 1)


def _ranks(ids: array[int], top: int, check: Check) -> array[int]:
    """Return by account id in which row it stands, up to the id `top`."""
    ranks = array("I", [len(ids)]) * (top + 1)
    for low in range(0, len(ids), SLICE):
        check()
        for row, account_id in enumerate(ids[low : low + SLICE], start=low):
            ranks[account_id] = row
    return ranks


def _picked(ids: array[int], mask: bytes, first: First | None, check: Check) -> array[int]:
    found = array("I")
    for low in range(0, len(ids), SLICE):
        part = ids[low : low + SLICE]
        found.extend(compress(part, map(mask.__getitem__, part)))
        if first is not None and len(found) >= FIRST:
            first(found[:])
            first = None
        check()
    return found
