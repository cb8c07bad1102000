"""Which status each account has: one byte by account id, so that a filter of statuses is one look-up of bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from statusdesk.store.lists import Lists

MANY: Final = 50_000
"""From so many new entries of the journal on, and from a twentieth of the accounts on, all are read anew."""


class States:
    """Statuses by account id, as of one entry of the journal; they are read when first asked for."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._statuses: bytearray | None = None
        self._read = self._entry = self._top = 0
        self._fits = True

    def follow(self, entry: int, top: int) -> None:
        """Note how far the journal and the account ids have come."""
        self._entry, self._top = entry, top

    def mask(self, status_ids: frozenset[int]) -> bytes | None:
        """Return a mask by account id of accounts in these statuses; None if an id of a status passes 255."""
        statuses = self.now()
        if statuses is None:
            return None
        return bytes(statuses.translate(bytes(status_id in status_ids for status_id in range(256))))

    def now(self) -> bytearray | None:
        """Return each account's status by account id, 0 for none; None if an id of a status passes 255."""
        if self._statuses is None or self._entry - self._read > max(MANY, self._top // 20):
            self._statuses = self._lists.statuses(self._top) if self._fits else None
        elif self._read < self._entry:
            self._patch(self._statuses)
        self._read = self._entry
        self._fits = self._statuses is not None
        return self._statuses

    def _patch(self, statuses: bytearray) -> None:
        statuses.extend(bytes(self._top + 1 - len(statuses)))
        try:
            for account_id, status_id in self._lists.moves(self._read):
                statuses[account_id] = status_id
        except ValueError:
            self._statuses = None
