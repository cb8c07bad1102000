"""Where pages of reports get their answers: asked off the painting thread, and only the newest question counts."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from statusdesk.domain.errors import Cancelled
from statusdesk.domain.store_errors import Unreachable
from statusdesk.gui.jobs import Jobs, Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.store.store import Store


class ReportSource(QObject):
    """A thread with a reading connection of its own; `open_store` is called on that thread, when needed.

    A question whose connection breaks is asked once more. `failed(Exception)` tells of those that could not be
    answered, `settled_changed` when it begins or ends to work.
    """

    failed = Signal(object)
    settled_changed = Signal(bool)

    def __init__(self, open_store: Callable[[], Store], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_store
        self._store: Store | None = None
        self._jobs = Jobs(self, name="report")
        self._jobs.idle_changed.connect(self.settled_changed)
        self._newest = 0
        self._asking: Progress | None = None
        self._answering = False
        self._guard = Lock()

    @property
    def settled(self) -> bool:
        """True while nothing is asked."""
        return self._jobs.idle

    def ask(self, question: Callable[[Store], Any], answered: Callable[[Any], None]) -> None:
        """Ask; whatever was asked before in this way is not answered any more."""
        self._newest += 1
        number = self._newest
        if self._asking is not None:
            self._asking.cancel()
            self._interrupt(whatever=False)
        self._asking = self._jobs.run(
            lambda progress: self._answer(question, progress),
            lambda answer: self._deliver(answered, answer, number),
            lambda error: self._refuse(error, number),
        )

    def run(self, work: Callable[[Store], Any], then: Callable[[Any], None]) -> None:
        """Ask something that no later question makes needless."""
        self._jobs.run(lambda _: work(self._store_here()), then, self.failed.emit)

    def close(self) -> None:
        """Ask nothing more, end the thread and close the connection."""
        self._newest += 1
        self._interrupt(whatever=True)
        self._jobs.close()
        if self._store is not None:
            self._store.close()
            self._store = None

    def _interrupt(self, *, whatever: bool) -> None:
        """Stop the question being answered; other work of the same thread goes on, unless `whatever` it is."""
        with self._guard:
            if self._store is not None and (whatever or self._answering):
                self._store.accounts.interrupt()

    def _store_here(self) -> Store:
        if self._store is None:
            self._store = self._open()
        return self._store

    def _answer(self, question: Callable[[Store], Any], progress: Progress) -> Any:
        store = self._store_here()
        self._answering = True
        try:
            progress.check()
            try:
                answer = question(store)
            except Unreachable:
                progress.check()
                answer = question(store)
            progress.check()
        finally:
            with self._guard:
                self._answering = False
        return answer

    def _deliver(self, answered: Callable[[Any], None], answer: Any, number: int) -> None:
        if number == self._newest:
            self._asking = None
            answered(answer)

    def _refuse(self, error: Exception, number: int) -> None:
        if number == self._newest and not isinstance(error, Cancelled):
            self._asking = None
            self.failed.emit(error)
