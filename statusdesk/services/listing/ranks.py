"""In which row of a list each account stands: so that few of very many are put in its order at once."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from statusdesk.services.listing.orders import SLICE
from statusdesk.services.listing.texts import SPAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Ranks:
    """The rows of one list by account id; worked out beforehand, as it takes a tenth of a second for a million."""

    def __init__(self) -> None:
        self._ids = self._rows = array("I")
        self.spans: dict[int, int] = {}
        """Where the texts' spans begin, those first whose accounts stand furthest up in the list.

        With each goes the first row in which an account of those behind it may stand. Empty where the accounts of
        each span stand all over the list.
        """

    def learn(self, ids: array[int], top: int, check: Callable[[], None]) -> None:
        """Note the row of each id, up to the id `top`; `check` may raise in between."""
        if self.know(ids, top):
            return
        rows = array("I", [len(ids)]) * (top + 1)
        for low in range(0, len(ids), SLICE):
            check()
            for row, account_id in enumerate(ids[low : low + SLICE], start=low):
                rows[account_id] = row
        self._ids, self._rows, self.spans = ids, rows, _spans(rows, len(ids))

    def know(self, ids: array[int], top: int) -> bool:
        """Say whether these are the rows of this very list."""
        return self._ids is ids and len(self._rows) == top + 1

    def of(self, ids: Iterable[int]) -> list[int]:
        """Return the rows of the accounts; closed ones stand nowhere and are left out."""
        nowhere = len(self._ids)
        return [row for row in map(self._rows.__getitem__, ids) if row < nowhere]

    def in_order(self, ids: Iterable[int]) -> array[int]:
        """Return those of the accounts that stand in the list, in its order."""
        return array("I", map(self._ids.__getitem__, sorted(self.of(ids))))


def _spans(rows: array[int], end: int) -> dict[int, int]:
    starts = sorted((min(rows[low : low + SPAN]), low) for low in range(0, len(rows), SPAN))
    behind = [row for row, _ in starts[1:]] + [end]
    scattered = behind[len(behind) // 2] < end // 10
    return {} if scattered else {low: row for (_, low), row in zip(starts, behind, strict=True)}
