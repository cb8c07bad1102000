"""What the import dialog decides with: the draft, the file it is about, and what the newest dry run found."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from statusdesk.domain.records import Status
from statusdesk.gui.dialogs.import_work import ImportWork, Opened, Study
from statusdesk.gui.models.import_draft import Choice, ImportDraft
from statusdesk.gui.session import Session
from statusdesk.gui.wording import error_text
from statusdesk.services.exchange.mapping import SavedMapping, applied
from statusdesk.services.exchange.tables import FileKind, Table, TableOptions
from statusdesk.services.importing import ImportReport

if TYPE_CHECKING:
    from statusdesk.services.exchange.plans import ImportPlan

PAUSE: Final = 200
"""Milliseconds after the last choice before what it does is tried."""


class Decisions(QObject):
    """Takes choices and keeps the dry run in step with them.

    `changed` comes after everything that should be shown anew, `opened(Opened)` before that when the file was
    read. `told(int)` is how much of a dry run is done, in thousandths; `misfits(tuple)` are errors about what of
    a saved matching does not fit. `unreadable(Exception)` comes once if the file is no table at all.
    """

    changed = Signal()
    opened = Signal(object)
    told = Signal(int)
    misfits = Signal(object)
    unreadable = Signal(object)

    def __init__(self, session: Session, path: Path, statuses: Sequence[Status], parent: QObject) -> None:
        super().__init__(parent)
        self.draft = ImportDraft(statuses)
        self.table: Table | None = None
        self.report: ImportReport | None = None
        self.plan: ImportPlan | None = None
        self.trouble = ""
        self._statuses = statuses
        self._latest: Opened | None = None
        self._pending: SavedMapping | None = None
        self._reading = True
        self._begin_anew = False
        self._work = ImportWork(session, path, self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._weigh)
        self._work.opened.connect(self._open)
        self._work.studied.connect(self._learn)
        self._work.weighed.connect(self._take_report)
        self._work.told.connect(self.told)
        self._work.refused.connect(self._refuse)

    @property
    def busy(self) -> bool:
        """True while something is being read, looked at or tried, or is about to be."""
        return self._work.busy or self._pause.isActive()

    def begin(self) -> None:
        """Read the file as it seems to be."""
        self._work.open()

    def end(self) -> None:
        """Stop everything."""
        self._pause.stop()
        self._work.close()

    def read(self, options: TableOptions) -> None:
        """Read the file in another way."""
        self._forget()
        self._reading = True
        self._work.open(options)
        self.changed.emit()

    def set_field(self, column: str, name: str) -> None:
        """Bring a column into a field, or into none."""
        before = self.draft.status_column
        self.draft.set_field(column, name)
        self._study(words=self.draft.status_column != before or self.draft.words is None)

    def set_decimal(self, decimal: str | None) -> None:
        """Say which mark stands before the cents; None judges each amount by itself."""
        self.draft.decimal, self.draft.decimal_guessed = decimal, False
        self._change()

    def set_date_style(self, style: str | None) -> None:
        """Say how dates are written."""
        if style is not None:
            self.draft.date_style, self.draft.date_guessed = style, False
        self._change()

    def choose(self, word: str | None, choice: Choice | None) -> None:
        """Decide what a word means; None instead of a word is about new accounts."""
        if word is None:
            self.draft.default = choice
        else:
            self.draft.choose(word, choice)
        self._change()

    def set_existing(self, way: str) -> None:
        """Update accounts that are there already, or skip them."""
        self.draft.on_existing = "skip" if way == "skip" else "update"
        self._change()

    def use_matching(self, saved: SavedMapping | None) -> None:
        """Decide as a saved matching says, reading the file as it was read then; None goes back to guesses."""
        if self._latest is None:
            return
        guess = self._latest.guess
        options = guess.options if saved is None else saved.options
        if guess.kind is not FileKind.CSV:
            options = TableOptions(header=options.header, sheet=self._latest.table.options.sheet)
        self._pending = saved
        self._begin_anew = True
        self.read(options)

    def _open(self, opened: Opened) -> None:
        known = () if self._latest is None or self._begin_anew else self._latest.table.columns
        again = opened.table.columns == known
        self._begin_anew = False
        self._latest, self.table, self.trouble = opened, opened.table, ""
        self._reading = False
        if again:
            self.draft.forget_words()
        else:
            self.draft.start(opened.mapping)
        if saved := self._pending:
            self._pending = None
            found = applied(saved, opened.table, self._statuses)
            self.draft.take_over(found.plan)
            if found.misfits:
                self.misfits.emit(found.misfits)
        self.opened.emit(opened)
        self._study(words=True)

    def _study(self, *, words: bool) -> None:
        self._forget()
        if self.table is None:
            return
        self._work.study(self.table, self.draft.mapping, words=words and bool(self.draft.status_column))
        self.changed.emit()

    def _learn(self, study: Study) -> None:
        self.draft.learn_styles(study.decimal, study.date_styles)
        if study.words is not None:
            self.draft.learn_words(study.words)
        self._weigh()

    def _change(self) -> None:
        self._forget()
        self._pause.start()
        self.changed.emit()

    def _forget(self) -> None:
        self._pause.stop()
        self._work.stop("weigh")
        self.report = self.plan = None
        self.trouble = ""

    def _weigh(self) -> None:
        if self.table is not None and self.draft.ready:
            self.plan = self.draft.plan()
            self._work.weigh(self.table, self.plan)
        self.changed.emit()

    def _take_report(self, report: ImportReport) -> None:
        self.report = report
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        if self._latest is None:
            self.unreadable.emit(error)
            return
        if self._reading:
            self.table = self._pending = None
        self.trouble = error_text(error)
        self.changed.emit()
