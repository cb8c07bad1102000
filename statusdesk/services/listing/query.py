"""What a list is asked for."""

from typing import NamedTuple

from statusdesk.domain.changes import Among, Matching
from statusdesk.domain.folding import search_terms


class ListQuery(NamedTuple):
    """What the list is asked for: statuses (None: any), search words, and the order by one field's name.

    With `change_set` it shows only accounts which that change set changed, with `among` only those.
    """

    status_ids: frozenset[int] | None = None
    search: str = ""
    sort: str = "number"
    descending: bool = False
    change_set: int | None = None
    among: Among | None = None

    @property
    def matching(self) -> Matching:
        """The accounts that this query shows, as a selection."""
        return Matching(self.status_ids, self.search, change_set=self.change_set, among=self.among)

    def sorted_by(self, sort: str, *, descending: bool) -> "ListQuery":
        """Return the same question in another order."""
        return self._replace(sort=sort, descending=descending)

    def narrows(self, other: "ListQuery") -> bool:
        """Say whether this shows some of what the other shows, in the same order: somebody typed on."""
        if other._replace(search=self.search) != self:
            return False
        terms = search_terms(self.search)
        return all(any(shorter in term for term in terms) for shorter in search_terms(other.search))
