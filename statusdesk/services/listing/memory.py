"""Answers list questions from arrays in memory, which follow every change of the database by its journal.

There is one order of all accounts for each field that was sorted by; what a question leaves out is a mask over it.
"""

from __future__ import annotations

from array import array
from contextlib import closing
from functools import partial, reduce
from typing import TYPE_CHECKING, Final

from statusdesk.domain.folding import search_terms
from statusdesk.services.listing.answering import Answering
from statusdesk.services.listing.masks import both, mask_of
from statusdesk.services.listing.opening import Opening
from statusdesk.services.listing.orders import SLICE, Order
from statusdesk.services.listing.ranks import Ranks
from statusdesk.services.listing.server_texts import ServerTexts
from statusdesk.services.listing.states import States
from statusdesk.services.listing.texts import Texts, searchable
from statusdesk.store.accounts import HEAD
from statusdesk.store.lists import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from statusdesk.services.listing.query import ListQuery
    from statusdesk.store.lists import Lists

    Check = Callable[[], None]
    First = Callable[[array[int]], None]

SORTED_AHEAD: Final = ("number", "name", "status", "status_since", "monthly_charge", "city")
"""The orders that are worked out before anybody asks: of the columns that are shown at first."""

ORDERS, FEW_ORDERS = 10, 3
"""So many orders are kept, and fewer `BY_SERVER`; one takes 5 MB for a million accounts."""

FEW_MOVED: Final = 50
"""Up to so many accounts that changed find their new places in an order one by one; for more it is sorted anew."""

BY_SERVER: Final = 2_000_000
"""Above so many accounts a server looks through the texts, and orders are fetched only when they are asked for."""

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
        self._coming: tuple[str, Order] | None = None
        self._statuses: list[tuple[object, ...]] = []
        self._ranks = Ranks()
        self._rows = array("I")
        self._answered: tuple[ListQuery, array[int]] | None = None

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
        self._rows = self._read(order or self._sorted(query.sort, check), descending=query.descending)
        return self._answer(query, Opening(first), check)

    def _answer(self, query: ListQuery, opening: Opening, check: Check) -> array[int] | None:
        masks = list(self._filters(query))
        if None in masks:
            return None
        mask = reduce(both, filter(None, masks)) if masks else None
        ranks = self._ranks if self._ranks.know(self._rows, self._top) else None
        earlier = self._answered[1] if self._answered and query.narrows(self._answered[0]) else None
        answering = Answering(self._lists, self._texts, ranks, self._rows, check)
        ids = answering.ids(query, mask, earlier, opening)
        self._answered = query, ids
        return ids

    def preparations(self) -> Iterator[Callable[[Check], None]]:
        """Yield steps that bring into memory what coming questions will need, each for a snapshot of its own."""
        yield lambda _: self._prepare(lambda: self._states.mask(frozenset()))
        yield lambda check: self._prepare(partial(self._texts.load, check))
        for sort in () if self._by_server else SORTED_AHEAD:
            yield partial(self._sort_ahead, sort)
        yield lambda check: self._prepare(lambda: self._ranks.learn(self._rows, self._top, check))

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
            self._coming = None
        if statuses != self._statuses:
            self._orders.pop("status", None)
        if (top > BY_SERVER and self._lists.searches) is not self._by_server:
            self._texts = Texts(self._lists) if self._by_server else ServerTexts(self._lists)
        self._states.follow(entry, top)
        self._texts.follow(entry, top)
        self._version, self._entry, self._top, self._statuses = version, entry, top, statuses
        self._origin = origin
        self._answered = None

    @property
    def _by_server(self) -> bool:
        return isinstance(self._texts, ServerTexts)

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
        while (order := self._held(sort)) is None:
            grouped = self._grouped_by_status(check) if sort == "status" and self._by_server else None
            self._keep(sort, grouped or self._fetched(sort, check))
        return order

    def _grouped_by_status(self, check: Check) -> Order | None:
        """Make the order by status of that by number: for millions that is quicker than to have them sorted."""
        statuses, numbers = self._states.now(), self._sorted("number", check)
        if statuses is None:
            return None
        groups = {status_id: array("I") for status_id in (0, *self._lists.ordered_statuses())}
        for low in range(0, len(numbers.ids), SLICE):
            check()
            part = numbers.ids[low : low + SLICE]
            for account_id, status_id in zip(part, map(statuses.__getitem__, part), strict=True):
                groups[status_id].append(account_id)
        order = Order(entry=self._entry)
        for ids in filter(None, groups.values()):
            order.take(Part(ids, bytes((1,)) + bytes(len(ids) - 1), last=None))
        return order

    def _fetched(self, sort: str, check: Check) -> Order:
        """Fetch an order, from where it was left off if somebody asked for something else meanwhile."""
        name, order = self._coming or ("", Order())
        if name != sort:
            order = Order(entry=self._entry)
        with closing(self._lists.order(sort, order.place)) as parts:
            for part in parts:
                order.take(part)
                self._coming = (sort, order) if order.place else None
                check()
        self._coming = None
        return order

    def _read(self, order: Order, *, descending: bool) -> array[int]:
        for other in self._orders.values():
            if other is not order:
                other.forget_downward()
        return order.read(descending=descending)

    def _keep(self, sort: str, order: Order) -> Order:
        self._orders.pop(sort, None)
        spare = [name for name in self._orders if self._by_server or name not in SORTED_AHEAD]
        if len(self._orders) >= (FEW_ORDERS if self._by_server else ORDERS) and spare:
            del self._orders[spare[0]]
        self._orders[sort] = order
        return order

    def _head(self, query: ListQuery) -> array[int]:
        found = self._lists.head(query.matching, query.sort, descending=query.descending, count=HEAD)
        return array("I", found)

    def _filters(self, query: ListQuery) -> Iterator[bytes | None]:
        """Yield a mask by account id for each filter but the search; None if there can be none."""
        if query.among is not None:
            yield mask_of(query.among.ids, self._top)
        if query.status_ids is not None:
            yield self._states.mask(query.status_ids)
        if query.change_set is not None:
            yield mask_of(self._lists.in_change_set(query.change_set), self._top)
