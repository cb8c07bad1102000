"""Which accounts a list shows and in which order; answers with ids only, the rows are fetched by page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from statusdesk.domain.changes import Matching

if TYPE_CHECKING:
    from array import array

    from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What the list is asked for: statuses (None: any), search words, and the order by one field's name."""

    status_ids: frozenset[int] | None = None
    search: str = ""
    sort: str = "number"
    descending: bool = False

    @property
    def matching(self) -> Matching:
        """The accounts that this query shows, as a selection."""
        return Matching(self.status_ids, self.search)

    def sorted_by(self, sort: str, *, descending: bool) -> ListQuery:
        """Return the same question in another order."""
        return replace(self, sort=sort, descending=descending)


class Listing:
    """Answers list queries from a reading connection; lives on one thread, not the one that paints."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ids(self, query: ListQuery) -> array[int]:
        """Return the ids of all accounts that the query shows, in its order."""
        return self._store.accounts.ids(query.matching, sort=query.sort, descending=query.descending)

    def close(self) -> None:
        """Close the connection."""
        self._store.close()
