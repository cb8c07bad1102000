"""From a database that cannot be opened to one that is: by a backup, or for looking at what is left."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from statusdesk.domain.errors import StatusDeskError
from statusdesk.domain.store_errors import Damaged, EmptyFile, Gone, NotADatabase
from statusdesk.gui.dialogs.opening_trouble import OpeningTrouble
from statusdesk.gui.jobs import Jobs
from statusdesk.gui.models.standing import Standing
from statusdesk.gui.session import Session
from statusdesk.gui.wording import accounts_text, error_text, fact, tr
from statusdesk.services.opening import current_author
from statusdesk.store import backups
from statusdesk.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from statusdesk.gui.jobs import Progress
    from statusdesk.services.restoring import Restored
    from statusdesk.store.salvaging import Salvaged

CHECKED: Final = 5
"""So many of the newest backups are looked at; an older one can be chosen by command."""


def can_help(error: StatusDeskError, path: Path) -> bool:
    """Say whether there is a way on from what kept a database from being opened."""
    if isinstance(error, Damaged):
        return True
    return isinstance(error, EmptyFile | NotADatabase | Gone) and bool(backups.usable(path))


class Trouble(QObject):
    """Offers the ways on from one database that cannot be opened; `show` gets the session that comes of it."""

    def __init__(
        self,
        path: Path,
        error: StatusDeskError,
        *,
        show: Callable[[Session], None],
        reopen: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._path = path
        self._show = show
        self._reopen = reopen
        self._jobs = Jobs(self, name="trouble")
        known = backups.usable(path)[:CHECKED]
        self.dialog = OpeningTrouble(
            _title(path, error), _text(error, found=bool(known)), known,
            readable=isinstance(error, Damaged), parent=parent,
        )  # fmt: skip
        self.dialog.restore_wished.connect(self._restore)
        self.dialog.look_wished.connect(self._look)
        self.dialog.finished.connect(self._end)
        for backup in known:
            self._jobs.run(partial(_is_sound, backup.path), partial(self._judge, backup.path), lambda _: None)
        self.dialog.open()

    def _judge(self, path: Path, sound: bool) -> None:
        self.dialog.judge(path, sound=sound)

    def _end(self) -> None:
        self._jobs.close()
        self.deleteLater()

    def _restore(self, backup: Path) -> None:
        from statusdesk.services.restoring import put_back

        self.dialog.set_busy(busy=True)
        self.dialog.tell(tr("Restoring…"))

        def work(_progress: Progress) -> Restored:
            return put_back(self._path, backup, author=current_author())

        self._jobs.run(work, self._restored, self._fail)

    def _restored(self, done: Restored) -> None:
        self._reopen(self._path)
        _tell_restored(self._path, done)
        self.dialog.accept()

    def _look(self) -> None:
        self.dialog.set_busy(busy=True)
        self.dialog.tell(tr("Reading what can be read. The damaged file stays as it is…"))
        self._jobs.run(partial(_read, self._path), self._looked, self._fail)

    def _looked(self, found: tuple[Salvaged, TemporaryDirectory[str]]) -> None:
        salvaged, folder = found
        target = Path(folder.name) / self._path.name
        said = tr("{name} is damaged. This is what can be read of it: {accounts}. Nothing can be changed here.")
        accounts = accounts_text(salvaged.accounts)
        locked = said.format(name=self._path.name, accounts=accounts)
        standing = Standing("readable", self._path, locked, folder)
        reading = Store(target, "read"), Store(target, "read")
        self._show(Session(*reading, author=current_author(), standing=standing))
        self.dialog.accept()

    def _fail(self, error: Exception) -> None:
        self.dialog.set_busy(busy=False)
        self.dialog.tell(error_text(error), problem=True)


def _tell_restored(path: Path, done: Restored) -> None:
    """Say in the window that shows the database now what was done, and where the rest of the old file is."""
    from statusdesk.gui.main_window import MainWindow

    for window in MainWindow.opened:
        if window.session.info.place == path and window.session.standing.kind == "own":
            found = window.session.reader.journal.get(done.change_set)
            said = "" if found is None else fact(found.kind, found.facts)
            kept = tr("What was left of the damaged file is kept as {name}.")
            window.flows.weighing.say(said, kept.format(name=done.kept.name))


def _read(path: Path, _progress: Progress) -> tuple[Salvaged, TemporaryDirectory[str]]:
    from statusdesk.store.salvaging import salvage

    folder = TemporaryDirectory(prefix="statusdesk-")
    try:
        return salvage(path, Path(folder.name) / path.name), folder
    except BaseException:
        folder.cleanup()
        raise


def _is_sound(path: Path, _progress: Progress) -> bool:
    from statusdesk.store.auditing import Auditing

    try:
        store = Store(path, "read")
    except StatusDeskError:
        return False
    try:
        return not Auditing(store.db).damage()
    except StatusDeskError:
        return False
    finally:
        store.close()


def _title(path: Path, error: StatusDeskError) -> str:
    said: dict[type[StatusDeskError], str] = {
        Gone: tr("{name} is gone"),
        EmptyFile: tr("{name} is empty"),
        Damaged: tr("{name} is damaged"),
    }
    return said.get(type(error), tr("{name} cannot be read")).format(name=path.name)


def _text(error: StatusDeskError, *, found: bool) -> str:
    if not found:
        return f"{error_text(error)} " + tr("There are no backups beside it.")
    return tr(
        "Nothing is written to it. Going back to a backup keeps what is left of it; what was changed after the"
        " backup has to be done again. What is wrong: {why}"
    ).format(why=f"{error.facts.get('reason') or error_text(error)}".rstrip(".") + ".")
