"""Keeps the thread that paints from waiting: a server that does not answer soon counts as lost until found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from statusdesk.domain.store_errors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.domain.errors import StatusDeskError

MOST: Final = 3.0
"""Seconds that a window waits for an answer, once: then it paints on without."""

LOST: Final[set[object]] = set()
"""The places of databases whose server does not answer, as far as a window of this program knows."""

R = TypeVar("R")


class Brisk:
    """Lets reads through while the server is there; `lost` hears once when it is not.

    After that each read fails at once with the same sentence, without asking the server, until `find`. `explain`
    says what an error of the engine means.
    """

    def __init__(
        self,
        place: object,
        lost: Callable[[StatusDeskError], None],
        explain: Callable[[BaseException], StatusDeskError],
    ) -> None:
        self._place = place
        self._lost = lost
        self._explain = explain
        self._why: StatusDeskError | None = None

    def carry_out(self, read: Callable[[], R], errors: type[Exception]) -> R:
        """Return what a read returns, which may raise `errors`; raises `Unreachable` where the server is lost."""
        if self._why is not None:
            raise type(self._why)(**self._why.facts)
        try:
            return read()
        except errors as error:
            found = self._explain(error)
            if not isinstance(found, Unreachable):
                raise
            self.lose(found)
            self._lost(found)
            raise found from error

    def lose(self, why: StatusDeskError) -> None:
        """Ask nothing from now on: somebody else noticed that the server is lost."""
        self._why = why
        LOST.add(self._place)

    def find(self) -> None:
        """Ask again."""
        self._why = None
        LOST.discard(self._place)
