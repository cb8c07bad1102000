"""Which accounts are selected: a value of our own, as a million rows are too many for Qt's selection ranges.

A selection is a set of ids, or everything that a question matches but for a few. Sorting and refreshing leave it
alone. What a search hides stays remembered, yet only what is listed counts and acts; see docs/decisions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from statusdesk.domain.changes import AccountIds, Among, Selection
from statusdesk.domain.folding import search_terms
from statusdesk.services.listing import ListQuery

MOST_EXCEPTIONS: Final = 1_000
"""Up to how many exceptions “all but these” is handed on as such, and not as a list of ids."""

_NONE: Final[frozenset[int]] = frozenset()
_SLICE: Final = 16_384


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """What a list shows: a question, and the ids that answer it in its order. Equal only to itself."""

    query: ListQuery = field(default_factory=ListQuery)
    ids: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Picks:
    """Selected accounts: those of `ids`, or with `everything` all that it lists but those of `ids`.

    `count` is how many of them the present list shows; `hidden` are those that a search hides.
    """

    ids: frozenset[int] = _NONE
    everything: Listed | None = None
    count: int = 0
    hidden: frozenset[int] = _NONE

    def contains(self, account_id: int) -> bool:
        """Tell whether an account of the present list is selected."""
        return (account_id in self.ids) is (self.everything is None)

    @property
    def hidden_count(self) -> int:
        """How many selected accounts the search hides."""
        if self.everything is None:
            return len(self.hidden)
        return len(self.everything.ids) - len(self.ids) - self.count

    def toggled(self, account_id: int) -> "Picks":
        """Return these with one listed account changed from selected to not, or back."""
        ids = self.ids ^ {account_id}
        return replace(self, ids=ids, count=self.count + (-1 if self.contains(account_id) else 1))

    def joined(self, ids: frozenset[int], now: Listed) -> "Picks":
        """Return these together with further accounts of the list."""
        if self.everything is None:
            union = self.ids | ids
            return replace(self, ids=union, count=len(union))
        return _all_but(self, self.ids - ids, now)

    def parted(self, ids: frozenset[int], now: Listed) -> "Picks":
        """Return these without some accounts of the list."""
        if self.everything is None:
            rest = self.ids - ids
            return replace(self, ids=rest, count=len(rest))
        return _all_but(self, self.ids | ids, now)


def picked(ids: frozenset[int], now: Listed) -> Picks:
    """Return a selection of exactly these accounts of the list; all of them are “everything”."""
    return everything(now) if ids and len(ids) == len(now.ids) else Picks(ids, count=len(ids))


def everything(now: Listed) -> Picks:
    """Return the selection of all that the list shows, now and after it is refreshed."""
    return Picks(everything=now, count=len(now.ids))


def slices(ids: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield a list in parts, each with its first row: between them other threads get their turn."""
    for low in range(0, len(ids), _SLICE):
        yield low, ids[low : low + _SLICE]


def listed_of(ids: frozenset[int], now: Listed) -> frozenset[int]:
    """Return those of the accounts that a list shows."""
    if not ids:
        return _NONE
    return _NONE.union(*(ids.intersection(part) for _, part in slices(now.ids)))


def carried(picks: Picks, before: Listed, now: Listed) -> Picks:
    """Return what is selected in the next list: safe and quick enough for any thread, but not for each frame."""
    if picks.everything is not None:
        if _within(now.query, picks.everything.query):
            return _everything_carried(picks, picks.everything, now)
        if _narrows(now.query, picks.everything.query):
            return _all_listed_but(picks.ids, now)
        if _narrows(now.query, picks.everything.query):
            exceptions = listed_of(picks.ids, now)
            return replace(everything(now), ids=exceptions, count=len(now.ids) - len(exceptions))
        picks = Picks(frozenset(picks.everything.ids) - picks.ids)
    remembered = picks.ids | picks.hidden
    if _scope(before.query) != _scope(now.query):
        listed = listed_of(remembered, now)
        return Picks(listed, count=len(listed))
    if before.query.search != now.query.search:
        listed = listed_of(remembered, now)
        return Picks(listed, count=len(listed), hidden=remembered - listed)
    listed = listed_of(remembered, now)
    return Picks(listed, count=len(listed), hidden=picks.hidden - listed)


def as_selection(picks: Picks, now: Listed) -> Selection:
    """Return the listed selection for the desk."""
    if picks.everything is None:
        return AccountIds(tuple(picks.ids))
    if len(picks.ids) <= MOST_EXCEPTIONS:
        return now.query.matching._replace(excluding=picks.ids)
    return AccountIds(tuple(ids_in_order(picks, now)))


def ids_in_order(picks: Picks, now: Listed) -> list[int]:
    """Return the selected ids in the order of the list."""
    if picks.everything is None:
        few = len(picks.ids) < 2
        return list(picks.ids) if few else [account_id for account_id in now.ids if account_id in picks.ids]
    return [account_id for account_id in now.ids if account_id not in picks.ids]


def _all_but(picks: Picks, exceptions: frozenset[int], now: Listed) -> Picks:
    return replace(picks, ids=exceptions, count=len(now.ids) - len(listed_of(exceptions, now)))


def _everything_carried(picks: Picks, of: Listed, now: Listed) -> Picks:
    if now.query.matching != of.query.matching:
        return Picks(picks.ids, of, len(now.ids) - len(listed_of(picks.ids, now)))
    return _all_listed_but(picks.ids, now)


def _all_listed_but(ids: frozenset[int], now: Listed) -> Picks:
    exceptions = listed_of(ids, now)
    count = len(now.ids) - len(exceptions)
    return Picks(exceptions, now, count) if count else Picks()


def _scope(query: ListQuery) -> tuple[frozenset[int] | None, int | None, Among | None]:
    return query.status_ids, query.change_set, query.among


def _within(query: ListQuery, wider: ListQuery) -> bool:
    """Tell whether all that `query` matches is surely among what `wider` matches."""
    return _scope(query) == _scope(wider) and _has_all_words(query, wider)


def _narrows(query: ListQuery, wider: ListQuery) -> bool:
    """Tell whether `query` matches just what `wider` matches of some statuses."""
    some = query.status_ids is not None and (wider.status_ids is None or query.status_ids <= wider.status_ids)
    return some and _scope(query)[1:] == _scope(wider)[1:] and _has_all_words(query, wider)


def _has_all_words(query: ListQuery, wider: ListQuery) -> bool:
    terms = search_terms(query.search)
    return all(any(asked in term for term in terms) for asked in search_terms(wider.search))


class AccountSelection(QObject):
    """The selection of one list: by rows for the table, by ids for the desk. `changed` comes after any change."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listed = Listed()
        self._picks = Picks()

    @property
    def listed(self) -> Listed:
        """The list that this is a selection of."""
        return self._listed

    @property
    def picks(self) -> Picks:
        """What is selected, as a value."""
        return self._picks

    @property
    def count(self) -> int:
        """How many listed accounts are selected."""
        return self._picks.count

    @property
    def hidden(self) -> int:
        """How many more are remembered while a search hides them."""
        return self._picks.hidden_count

    def contains(self, account_id: int) -> bool:
        """Tell whether a listed account is selected."""
        return self._picks.contains(account_id)

    def toggle(self, row: int) -> None:
        """Select the account in this row, or no longer."""
        self._become(self._picks.toggled(self._listed.ids[row]))

    def pick(self, row: int) -> None:
        """Select the account in this row, and only that."""
        self.pick_range(row, row)

    def pick_range(self, first: int, last: int, *, kept: Picks | None = None) -> None:
        """Select the rows between two (both included, in either order): only those, or together with `kept`."""
        if abs(last - first) + 1 == len(self._listed.ids):
            self._become(everything(self._listed))
            return
        ids = self._ids_between(first, last)
        self._become(kept.joined(ids, self._listed) if kept else picked(ids, self._listed))

    def drop_range(self, first: int, last: int) -> None:
        """Select the rows between two no longer."""
        self._become(self._picks.parted(self._ids_between(first, last), self._listed))

    def pick_all(self) -> None:
        """Select all that is listed, and all that will be when the same question is asked again."""
        self._become(everything(self._listed) if len(self._listed.ids) else Picks())

    def clear(self) -> None:
        """Select nothing."""
        self._become(Picks())

    def relist(self, listed: Listed, picks: Picks | None = None) -> None:
        """Follow the list to its next state; `picks` is what `carried` has worked out for it already."""
        before, self._listed = self._listed, listed
        self._become(carried(self._picks, before, listed) if picks is None else picks)

    def as_selection(self) -> Selection:
        """Return what is selected and listed, for the desk."""
        return as_selection(self._picks, self._listed)

    def ids_in_order(self) -> list[int]:
        """Return the selected ids in the order of the list."""
        return ids_in_order(self._picks, self._listed)

    def _ids_between(self, first: int, last: int) -> frozenset[int]:
        return frozenset(self._listed.ids[min(first, last) : max(first, last) + 1])

    def _become(self, picks: Picks) -> None:
        if picks is not self._picks:
            self._picks = picks
            self.changed.emit()
