"""The texts of very many accounts stay on the server, which looks through them by an index of three letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.services.listing.masks import mask_of
from statusdesk.services.listing.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class ServerTexts(Texts):
    """Answers as `Texts` does, without anything in memory."""

    def follow(self, _entry: int, top: int) -> None:
        """Note how far the account ids have come."""
        self._top = top

    @property
    def missing(self) -> float:
        """Nothing is missing: the server has them."""
        return 0.0

    def load(self, _check: Callable[[], None]) -> None:
        """Do nothing: the server has them."""

    def held(self, terms: Sequence[str]) -> bytes | None:
        """Return a mask of all texts that hold all terms."""
        return mask_of(self._lists.holding(terms), self._top)

    def among(self, ids: Iterable[int], terms: Sequence[str]) -> Iterable[int]:
        """Return those of the accounts whose texts hold all terms, as they come."""
        listed = list(ids)
        found = self._lists.among(listed, terms)
        return [account_id for account_id in listed if account_id in found]
