"""Which accounts a list shows and in which order; answers with ids only, the rows are fetched by page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from statusdesk.domain.changes import Matching

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from statusdesk.domain.records import Account
    from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What the list is asked for: statuses (None: any), search words, and the order by one field's name.

    With `change_set` it shows only accounts which that change set changed.
    """

    status_ids: frozenset[int] | None = None
    search: str = ""
    sort: str = "number"
    descending: bool = False
    change_set: int | None = None

    @property
    def matching(self) -> Matching:
        """The accounts that this query shows, as a selection."""
        return Matching(self.status_ids, self.search, change_set=self.change_set)

    def sorted_by(self, sort: str, *, descending: bool) -> ListQuery:
        """Return the same question in another order."""
        return replace(self, sort=sort, descending=descending)


class Listing:
    """Answers list queries from a reading connection; lives on one thread, not the one that paints."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ids(self, query: ListQuery, *, first: Callable[[array[int]], None] | None = None) -> array[int]:
        """Return the ids of all accounts that the query shows, in its order.

        Of a long list `first` gets the first thousand as soon as they are known. Raises `StoreUnavailable`, and
        `Cancelled` after `interrupt`.
        """
        with self._store.db.explained():
            return self._store.accounts.ids(
                query.matching, sort=query.sort, descending=query.descending, first=first
            )

    def page(self, ids: Sequence[int]) -> list[Account]:
        """Return these accounts in this order; those closed meanwhile are left out."""
        with self._store.db.explained():
            return self._store.accounts.page(ids)

    def interrupt(self) -> None:
        """Let the query that runs stop; may be called from any thread."""
        self._store.accounts.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self._store.close()
