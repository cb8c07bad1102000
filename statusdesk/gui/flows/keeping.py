"""Backups in the window: the day's own, made by itself, and the way back to one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from statusdesk.gui.jobs import Jobs
from statusdesk.gui.wording import error_text, fact, tr
from statusdesk.services import logbook

if TYPE_CHECKING:
    from statusdesk.gui.dialogs.restore_backup import RestoreBackup
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.gui.jobs import Progress
    from statusdesk.services.restoring import Preview, Restored

FIRST_MS: Final = 4_000
EVERY_MS: Final = 3_600_000
"""When a window looks whether the day has its backup: soon after it opens, and each hour."""


class Keeping(QObject):
    """Keeps the backups of one window's database, on a thread of its own, and restores them."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session
        self._jobs = Jobs(self, name="backup")
        self._trouble = ""
        self._session.closing.connect(self._jobs.close)
        if self._session.standing.kind == "own" and isinstance(self._session.info.place, Path):
            self._timer = QTimer(self)
            self._timer.timeout.connect(self.look)
            self._timer.start(FIRST_MS)
            self._session.closing.connect(self._timer.stop)

    @Slot()
    def look(self) -> None:
        """Make the day's backup if it is due."""
        self._timer.start(EVERY_MS)
        if self._session.standing.locked:
            return
        path = Path(self._session.info.path)
        self._jobs.run(partial(_take, path), lambda _: None, self._fail)

    def _fail(self, error: Exception) -> None:
        """Say once why there is no backup; it is tried again every hour."""
        said = error_text(error)
        if said != self._trouble:
            self._trouble = said
            self._weighing.say(tr("Today’s backup could not be made. {why}").format(why=said), problem=True)

    def restore(self) -> None:
        """Ask which backup to go back to."""
        from statusdesk.gui.dialogs.restore_backup import RestoreBackup
        from statusdesk.store import backups

        known = backups.usable(Path(self._session.info.path))
        dialog = RestoreBackup(known, self._session.info.time_zone, self._weighing.window)
        dialog.looked_at.connect(partial(self._look_at, dialog))
        dialog.chosen.connect(partial(self._show_card, dialog))
        dialog.other_wished.connect(partial(self._choose_file, dialog))
        if dialog.path is not None:
            self._look_at(dialog, dialog.path)
        dialog.open()

    def _choose_file(self, dialog: RestoreBackup) -> None:
        kinds = tr("StatusDesk databases (*.statusdesk);;All files (*)")
        self._weighing.prompts.open_file(dialog, tr("Choose a backup"), kinds, dialog.add_file)

    def _look_at(self, dialog: RestoreBackup, path: Path) -> None:
        from statusdesk.services.restoring import preview

        self._session.ask(
            lambda desk, _: preview(desk, path),
            dialog.show_preview,
            failed=lambda error: dialog.show_problem(path, error_text(error)),
        )

    def _show_card(self, dialog: RestoreBackup, preview: Preview) -> None:
        from statusdesk.gui.dialogs.consequence_card import ConsequenceCard
        from statusdesk.gui.models.restore_card import restore_head

        info = self._session.info
        card = ConsequenceCard(
            restore_head(preview, info.time_zone),
            preview.consequences,
            currency=info.currency,
            zone=info.time_zone,
            parent=dialog,
        )
        card.accepted.connect(partial(self._go_back, dialog, preview))
        card.open()

    def _go_back(self, dialog: RestoreBackup, preview: Preview) -> None:
        from statusdesk.services.restoring import restore

        dialog.accept()
        self._weighing.say(tr("Restoring…"), sign="clock")
        self._session.ask(
            lambda desk, _: restore(desk, preview.backup), self._say_restored, failed=self._weighing.refuse
        )

    def _say_restored(self, done: Restored) -> None:
        self._session.refresh()
        found = self._session.reader.journal.get(done.change_set)
        said = "" if found is None else fact(found.kind, found.facts)
        kept = tr("What was there before is kept as {name}.").format(name=done.kept.name)
        self._weighing.say(said, kept, link=(tr("Restore another…"), self.restore))


def _take(path: Path, progress: Progress) -> Path | None:
    from statusdesk.services.keeping import take_daily
    from statusdesk.store.store import Store

    store = Store(path, "read")
    try:
        made = take_daily(store, tell=lambda _left, _all: progress.check())
        if made is not None:
            logbook.note("backed up", bytes=made.stat().st_size)
        return made
    finally:
        store.close()
