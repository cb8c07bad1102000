"""One opened database as the window knows it: asks, changes, and tells every pane once what was touched."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from statusdesk.domain.changes import Outcome, Totals, Touched
from statusdesk.domain.errors import Locked, StatusDeskError
from statusdesk.domain.rights import Right
from statusdesk.domain.store_errors import InDoubt, StoreUnavailable, Unreachable
from statusdesk.gui.jobs import Jobs, Progress
from statusdesk.gui.models.standing import OWN, Standing
from statusdesk.gui.wording import tr
from statusdesk.services import logbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.domain.records import ChangeSet, DatabaseInfo, Status, StatusLine
    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Store

EVERYTHING = Touched(accounts=True, statuses=True, details=True, settings=True, plans=True)


class Session(QObject):
    """The window's side of the desk.

    `reader` answers quick questions on the window's thread; everything else runs on the job thread, where the
    writing connection lives. `changed(Outcome)` comes once after each change, `failed(Exception)` when one was
    refused and nobody asked to hear of it, `crashed(Exception)` when it was our fault. `closing` comes before it
    ends. `lost(Exception)` comes when the server that keeps the database stops answering, `found` when it answers;
    `look_wished` asks whoever listens to it to find that out now. `cleared_up` says whether a change was made that
    nobody knew about.
    """

    changed = Signal(object)
    failed = Signal(object)
    crashed = Signal(object)
    closing = Signal()
    lost = Signal(object)
    found = Signal()
    look_wished = Signal()
    cleared_up = Signal(bool)

    def __init__(
        self,
        writer: Store,
        reader: Store,
        *,
        author: str,
        standing: Standing = OWN,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.reader = reader
        self.standing = standing
        self.jobs = Jobs(self)
        self._writer = writer
        self._author = author
        self._why_lost: StatusDeskError | None = None
        self._doubt: tuple[int, str] | None = None
        self._load()
        reader.db.keep_little()
        self._brisk = reader.db.keep_brisk(self.lose)

    @property
    def info(self) -> DatabaseInfo:
        """The database's currency, time zone and place."""
        return self.reader.info

    @cached_property
    def why_not_shape(self) -> str:
        """Why this login may not shape statuses and edit accounts, as the server knows it; empty where it may."""
        with self.reader.db.explained():
            if Right.SHAPE in self.reader.db.rights():
                return ""
        said = tr("Your login {login} may not do this: ask the owner of this database for the role office.")
        return said.format(login=self.reader.db.login)

    def why_not(self, right: Right) -> str:
        """Say why what needs a right cannot be done in this window; empty where it can."""
        return self.standing.locked or ("" if right is Right.MOVE else self.why_not_shape)

    @property
    def author(self) -> str:
        """The person at this desk."""
        return self._author

    @property
    def lines(self) -> list[StatusLine]:
        """The statuses with their counters, in people's order; read again after each change."""
        return self._lines

    @property
    def totals(self) -> Totals:
        """What is billed now, and this month's peak."""
        return self._totals

    @property
    def next_undo(self) -> ChangeSet | None:
        """What Undo would take back."""
        return self._next_undo

    @property
    def next_redo(self) -> ChangeSet | None:
        """What Redo would do again."""
        return self._next_redo

    def status(self, status_id: int) -> Status:
        """Return a status by id, deleted ones too."""
        return self._statuses[status_id]

    def statuses(self) -> dict[int, Status]:
        """Return every status by id, deleted ones too."""
        return self._statuses

    def live_lines(self) -> list[StatusLine]:
        """Return the statuses that accounts can move to, in people's order."""
        return [line for line in self._lines if not line.status.retired]

    def perform(
        self,
        verb: Callable[[Desk, Progress], Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        progressed: Callable[[int], None] | None = None,
    ) -> Progress:
        """Change something: `verb` gets the desk on the job thread and returns an outcome.

        `changed` is emitted before `done` is called. Refusals go to `failed`, or else to the signal.
        """
        if self.standing.locked:
            QTimer.singleShot(0, self, lambda: (failed or self.failed.emit)(Locked(why=self.standing.locked)))
            return Progress()

        def finish(result: Any) -> None:
            outcome = result if isinstance(result, Outcome) else result.outcome
            logbook.note_outcome(outcome)
            with suppress(StoreUnavailable):
                self._load()
            self.changed.emit(outcome)
            if done is not None:
                done(result)

        return self.ask(verb, finish, failed=failed, progressed=progressed)

    def ask(
        self,
        question: Callable[[Desk, Progress], Any],
        answered: Callable[[Any], None],
        *,
        failed: Callable[[Exception], None] | None = None,
        progressed: Callable[[int], None] | None = None,
    ) -> Progress:
        """Ask something that may take a while, such as a dry run; the answer comes to the window's thread."""

        def refuse(error: Exception) -> None:
            if not isinstance(error, StatusDeskError):
                self.crashed.emit(error)
                return
            logbook.note_refusal(error)
            if isinstance(error, InDoubt):
                self._doubt = error.change
                self.lose(error)
            if failed is not None:
                self.attempt(lambda: failed(error))
            else:
                self.failed.emit(error)

        def take(result: Any) -> None:
            self.attempt(lambda: answered(result))

        def answer(progress: Progress) -> Any:
            with self._writer.db.explained():
                return question(self._desk.telling(progress.tell), progress)

        return self.jobs.run(
            answer,
            take,
            refuse,
            progressed=progressed,
        )

    def attempt(self, deed: Callable[[], object]) -> bool:
        """Do something that reads here; say whether it could be done. What keeps it from that goes to `failed`."""
        try:
            deed()
        except StoreUnavailable as error:
            logbook.note_refusal(error)
            self.failed.emit(error)
            return False
        return True

    def tell(self, error: Exception) -> None:
        """Tell of what some part of the window could not read."""
        if isinstance(error, Unreachable):
            self.lose(error)
        elif isinstance(error, StatusDeskError):
            self.failed.emit(error)
        else:
            self.crashed.emit(error)

    @property
    def is_lost(self) -> bool:
        """Say whether the server does not answer now; all that is read until it does fails at once."""
        return self._why_lost is not None

    def lose(self, why: StatusDeskError) -> None:
        """Note that the server does not answer, and ask it nothing more here until `find`."""
        if self._why_lost is None:
            self._why_lost = why
            self._brisk.lose(why)
            self.lost.emit(why)

    def find(self, *, anew: bool) -> None:
        """Note that the server answers.

        On a connection made `anew` everything is looked at again; otherwise somebody only waited in vain, and is
        told why.
        """
        why, self._why_lost = self._why_lost, None
        if why is None:
            return
        self._brisk.find()
        self.found.emit()
        self._clear_up()
        if anew:
            self.refresh()
        else:
            self.failed.emit(why)

    def _clear_up(self) -> None:
        """Ask what became of a change that was being saved when the server was lost, if there is one."""
        change, self._doubt = self._doubt, None

        def failed(error: Exception) -> None:
            self._doubt = change
            self.tell(error)

        if change is not None:
            self.ask(lambda desk, _: desk.store.db.was_kept(change), self.cleared_up.emit, failed=failed)

    def lock(self, why: str) -> None:
        """Change nothing from now on, and say why in one sentence."""
        self.standing = self.standing._replace(kind="looking", locked=why)
        self.failed.emit(Locked(why=why))

    def refresh(self) -> None:
        """Look at the database again, as after another program changed it."""
        try:
            self._load()
        except StoreUnavailable:  # a server that does not answer is told of by `lost`
            return
        self.changed.emit(Outcome("refresh", touched=EVERYTHING))

    def close(self) -> None:
        """End the job thread and close both connections; nobody waits for a server that is lost."""
        self.closing.emit()
        if self.is_lost:
            self._writer.db.let_go()
            self._brisk.find()
        self.jobs.close()
        self.reader.close()
        self._writer.close()
        if self.standing.folder is not None:
            self.standing.folder.cleanup()

    @cached_property
    def _desk(self) -> Desk:
        """The desk, whose verbs are imported on the job thread when the first is wanted."""
        from statusdesk.services.desk import Desk

        return Desk(self._writer, author=self._author)

    def _load(self) -> None:
        with self.reader.db.explained():
            self._read()

    def _read(self) -> None:
        self._statuses = self.reader.statuses.by_id()
        self._lines = self.reader.statuses.lines()
        self._totals = self.reader.totals()
        journal = self.reader.journal
        self._next_undo = journal.undoable(self._author)
        undone = journal.redoable(self._author)
        self._next_redo = None if undone is None or undone.reverts is None else journal.get(undone.reverts)
