"""Answers what a list asks: from memory, or from the database while the memory is not there yet."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from statusdesk.domain.errors import Cancelled
from statusdesk.services.listing.memory import Memory
from statusdesk.store.lists import lists_for

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from statusdesk.domain.records import Account
    from statusdesk.services.listing.query import ListQuery
    from statusdesk.store.store import Store


class Listing:
    """Answers list queries from a reading connection; lives on one thread, not the one that paints."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lists = lists_for(store.db)
        self._memory = Memory(self._lists)
        self._stopped = Event()

    def ids(self, query: ListQuery, *, first: Callable[[array[int]], None] | None = None) -> array[int]:
        """Return the ids of all accounts that the query shows, in its order, as the database stands.

        Of a list that takes a while `first` gets its beginning, a page or more, as soon as that is known.
        Raises `StoreUnavailable`, and `Cancelled` after `interrupt`.
        """
        self._stopped.clear()
        with self._store.db.explained(), self._lists.snapshot():
            found = self._memory.ids(query, first, self._check)
            if found is None:
                found = self._store.accounts.ids(
                    query.matching, sort=query.sort, descending=query.descending, first=first
                )
            self._check()
            return found

    def prepare(self, check: Callable[[], None]) -> None:
        """Bring into memory what coming questions will need; what is there already when `check` raises stays.

        Raises as `ids` does.
        """
        for step in self._memory.preparations():
            check()
            with self._store.db.explained(), self._lists.snapshot():
                step(check)

    def page(self, ids: Sequence[int]) -> list[Account]:
        """Return these accounts in this order; those closed meanwhile are left out."""
        with self._store.db.explained():
            return self._store.accounts.page(ids)

    def interrupt(self) -> None:
        """Let what is being answered or prepared stop; may be called from any thread."""
        self._stopped.set()
        self._lists.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self._store.close()

    def _check(self) -> None:
        if self._stopped.is_set():
            raise Cancelled
