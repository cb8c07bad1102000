"""All open accounts in the order of one field: an array of ids that can be read both ways and mended in places."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final

from statusdesk.store.lists import starts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from statusdesk.store.lists import Part

    Rows = Sequence[tuple[int, object]]

STEP: Final = 1_000
"""So many accounts are sorted anew around each one that is to find its place."""

SLICE: Final = 16_384
"""Rows that are gone through at once; takes about a millisecond, so that other threads get their turn."""

_NOTHING: Final = object()


@dataclass(slots=True)
class Order:
    """Accounts in the upward order of a field. Equal ones stand by number, `blanks` empty ones at the end.

    `starts` is 1 where a group of equal ones begins. It holds as of one `entry` of the journal. `ids` and what
    `upward` and `downward` return is never changed, as others may still read it.
    """

    ids: array[int] = field(default_factory=lambda: array("I"))
    starts: bytearray = field(default_factory=bytearray)
    blanks: int = 0
    entry: int = 0
    _downward: array[int] | None = None

    place: tuple[object, ...] = ()
    """Where it goes on, of an order that is still coming in."""

    def take(self, part: Part) -> None:
        """Add what follows the accounts there are."""
        self.ids.extend(part.ids)
        self.starts.extend(part.starts)
        self.place = part.place
        self.note_blanks(part.last)

    def read(self, *, descending: bool) -> array[int]:
        """Return all ids upward, or downward: then equal ones still stand by number, and empty ones at the end."""
        if not descending:
            return self.ids
        if self._downward is None:
            self._downward = self._turned()
        return self._downward

    def forget_downward(self) -> None:
        """Let go of the array for reading downward; it is quickly made again."""
        self._downward = None

    def mended(self, moved: set[int], ordered: Callable[[Iterable[int]], Rows], entry: int) -> Order:
        """Return the order in which some accounts have found their new places, or none any more.

        `ordered` sorts open accounts; only those around the new places are handed to it.
        """
        made = self._without(moved)
        probes = {account_id: place for place, account_id in enumerate(made.ids[::STEP])}
        into: dict[int, list[int]] = defaultdict(list)
        place = 0
        for account_id, _ in ordered({*probes, *moved}):
            if account_id in probes:
                place = probes[account_id]
            else:
                into[place].append(account_id)
        for place, arriving in sorted(into.items(), reverse=True):
            made.let_in(arriving, place * STEP, ordered)
        made.note_blanks(ordered(made.ids[-1:])[0][1] if made.ids else _NOTHING)
        made.entry = entry
        return made

    def note_blanks(self, last: object) -> None:
        """Find out how many at the end are empty, from what the last one sorts by."""
        self.blanks = len(self.ids) - self.starts.rfind(1) if last == "" else 0

    def _turned(self) -> array[int]:
        """Put the groups of equal ones in reverse; those of one account are turned many at a time."""
        end = len(self.ids) - self.blanks
        found = array("I")
        while end:
            single = self.starts.rfind(0, 0, end) + 1
            found.extend(self.ids[single:end][::-1])
            start = max(0, self.starts.rfind(1, 0, single))
            found.extend(self.ids[start:single])
            end = start
        found.extend(self.ids[len(self.ids) - self.blanks :])
        return found

    def _without(self, moved: set[int]) -> Order:
        made = Order(self.ids[:], self.starts[:])
        for low in reversed(range(0, len(self.ids), SLICE)):
            part = self.ids[low : low + SLICE]
            if moved.isdisjoint(part):
                continue
            for place in reversed([low + at for at, account_id in enumerate(part) if account_id in moved]):
                if made.starts[place : place + 2] == b"\1\0":
                    made.starts[place + 1] = 1
                del made.ids[place], made.starts[place]
        return made

    def let_in(self, arriving: list[int], low: int, ordered: Callable[[Iterable[int]], Rows]) -> None:
        """Sort some accounts into the step that begins at row `low`; its neighbours tell where groups end."""
        high = min(low + STEP, len(self.ids))
        before = self.ids[low - 1 : low] if low else array("I")
        after = self.ids[high : high + 1]
        rows = ordered(chain(before, self.ids[low:high], arriving, after))
        begins = starts(rows, _NOTHING)
        first, last = len(before), len(rows) - len(after)
        self.ids[low:high] = array("I", [account_id for account_id, _ in rows[first:last]])
        self.starts[low : high + len(after)] = begins[first:]
