"""Where the accounts list gets its ids: asked off the painting thread, and only the newest question is answered.

What would take a moment for a long list is worked out there as well: what stays selected, and in which rows the
accounts that people look at have come to be. While nobody asks, the listing prepares for what may be asked next.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot

from statusdesk.domain.errors import Cancelled, StatusDeskError
from statusdesk.domain.store_errors import Unreachable
from statusdesk.gui.jobs import Jobs, Progress
from statusdesk.gui.models.account_selection import Listed, Picks, carried, slices

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from statusdesk.services.listing import Listing, ListQuery

_PAINTING: Final = 0.008
"""Seconds that the window gets to paint the first page, before the rest of the list is worked out beside it."""

_BREATH: Final = 0.06
"""Seconds that the window gets to itself, new or with another list, before anything longer goes on beside it."""


class Question(NamedTuple):
    """What is asked, and what was before: the list, what is selected in it, which accounts people look at.

    `watched` come in the order of their worth: the first that is still listed will be found, `current` as well.
    """

    query: ListQuery
    before: Listed = Listed()
    picks: Picks = Picks()
    watched: Sequence[int] = ()
    current: int | None = None

    @property
    def is_new(self) -> bool:
        """True when this is not merely the question of before, asked again because something changed."""
        return self.query != self.before.query or not len(self.before.ids)


class Answer(NamedTuple):
    """The list that answers a question; while it is not `complete`, only its beginning is known.

    `picks` is what is selected in it if nobody selected anything since the question, `rows` the new places of
    `current` and of the first of the watched accounts.
    """

    question: Question
    listed: Listed
    complete: bool
    picks: Picks
    rows: Mapping[int, int] = MappingProxyType({})


class AccountSource(QObject):
    """Asks one listing on a thread of its own; `answered(Answer)` comes once or twice for the newest question.

    It comes twice for a new question with a long answer. `open_listing` is called on that thread, when needed.
    """

    answered = Signal(object)
    failed = Signal(object)
    _begun = Signal(object, int)

    def __init__(self, open_listing: Callable[[], Listing], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_listing
        self._listing: Listing | None = None
        self._jobs = Jobs(self, name="listing")
        self._newest = 0
        self._asking: Progress | None = None
        self._preparing: Progress | None = None
        self._is_first = True
        self._answering = False
        self._guard = Lock()
        self._begun.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    @property
    def settled(self) -> bool:
        """True while nothing is asked, and nothing prepared."""
        return self._jobs.idle

    def ask(self, question: Question) -> None:
        """Ask; whatever was asked before is not answered any more."""
        self._newest += 1
        number = self._newest
        if self._asking is not None:
            self._asking.cancel()
            self._interrupt()
        self._make_way()
        self._asking = self._jobs.run(
            lambda progress: self._answer(question, number, progress),
            lambda answer: self._deliver(answer, number),
            lambda error: self._refuse(error, number),
        )

    def run(self, work: Callable[[Listing], Any], then: Callable[[Any], None]) -> None:
        """Do something longer with the listing, off the painting thread."""
        self._make_way()
        self._jobs.run(lambda _: work(self._listing_here()), then, self.failed.emit)
        self._prepare()

    def close(self) -> None:
        """Ask nothing more, end the thread and close the connection."""
        self._newest += 1
        if self._asking is not None:
            self._asking.cancel()
        self._make_way()
        self._interrupt()
        self._jobs.close()
        if self._listing is not None:
            self._listing.close()
            self._listing = None

    def _prepare(self) -> None:
        """Let the listing prepare until something else is wanted of it."""

        def work(progress: Progress) -> None:
            self._is_first = False
            progress.rest(_BREATH)
            with self._interruptible():
                self._listing_here().prepare(progress.check)

        self._preparing = self._jobs.run(work, lambda _: None, self._leave_unprepared)

    def _leave_unprepared(self, error: Exception) -> None:
        """Keep quiet when the file is out of reach: the next question will say so."""
        if not isinstance(error, StatusDeskError):
            self.failed.emit(error)

    def _make_way(self) -> None:
        if self._preparing is not None:
            self._preparing.cancel()
            self._preparing = None
            self._interrupt()

    def _interrupt(self) -> None:
        """Stop the question being answered; other work of the same thread goes on undisturbed."""
        with self._guard:
            if self._answering and self._listing is not None:
                self._listing.interrupt()

    @contextmanager
    def _interruptible(self) -> Iterator[None]:
        self._answering = True
        try:
            yield
        finally:
            with self._guard:
                self._answering = False

    def _listing_here(self) -> Listing:
        if self._listing is None:
            self._listing = self._open()
        return self._listing

    def _answer(self, question: Question, number: int, progress: Progress) -> Answer:
        def begin(ids: array[int]) -> None:
            self._begun.emit(_answer(question, ids, complete=False), number)
            progress.rest(_BREATH if self._is_first else _PAINTING)

        listing = self._listing_here()
        with self._interruptible():
            try:
                ids = listing.ids(question.query, first=begin if question.is_new else None)
            except Unreachable:
                progress.check()
                ids = listing.ids(question.query)
        progress.check()
        return _answer(question, ids, complete=True)

    @Slot(object, int)
    def _pass_on(self, answer: Answer, number: int) -> None:
        if number == self._newest:
            self.answered.emit(answer)

    def _deliver(self, answer: Answer, number: int) -> None:
        if number == self._newest:
            self._asking = None
            self.answered.emit(answer)
            self._prepare()

    def _refuse(self, error: Exception, number: int) -> None:
        if number == self._newest:
            self._asking = None
            if not isinstance(error, Cancelled):
                self.failed.emit(error)


def _answer(question: Question, ids: array[int], *, complete: bool) -> Answer:
    listed = Listed(question.query, ids)
    picks = carried(question.picks, question.before, listed)
    return Answer(question, listed, complete, picks, _rows(question, ids))


def _rows(question: Question, ids: array[int]) -> dict[int, int]:
    """Return the rows of the current account and of the first watched one, as far as they are listed."""
    before, watched = question.before.ids, () if question.is_new else question.watched
    wanted = {account_id for account_id in (*watched, question.current) if account_id is not None}
    if not wanted or (not question.is_new and ids == before):
        return {}
    there: dict[int, int] = {}
    for low, part in slices(ids):
        there |= {account_id: low + part.index(account_id) for account_id in wanted.intersection(part)}
    anchor = next((account_id for account_id in watched if account_id in there), None)
    return {account_id: there[account_id] for account_id in (anchor, question.current) if account_id in there}
