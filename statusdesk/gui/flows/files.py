"""Everything about files: importing, exporting, and the databases themselves."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QDate, QObject
from shiboken6 import isValid

from statusdesk.domain.places import Server
from statusdesk.gui import formats
from statusdesk.gui.wording import error_text, tr
from statusdesk.services.opening import data_folder, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from statusdesk.domain.changes import Selection
    from statusdesk.domain.places import Place
    from statusdesk.gui.dialogs.new_database import Wish
    from statusdesk.gui.dialogs.open_shared import OpenShared
    from statusdesk.gui.flows.bringing_in import BringingIn
    from statusdesk.gui.flows.taking_out import TakingOut
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.gui.jobs import Progress
    from statusdesk.services.checking import Verdict
    from statusdesk.services.desk import Desk

ENDING = ".statusdesk"


class OpensDatabases(Protocol):
    """Shows another database in place of this one."""

    def __call__(self, path: Place, *, demo: bool = False) -> None:
        """Open it, and say why where that cannot be."""


class FileFlow(QObject):
    """Carries out, for one window, what its File menu offers."""

    def __init__(self, weighing: Weighing, open_database: OpensDatabases) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session
        self._prompts = weighing.prompts
        self._open_database = open_database

    @cached_property
    def _bringing_in(self) -> BringingIn:
        from statusdesk.gui.flows.bringing_in import BringingIn

        return BringingIn(self._weighing)

    @cached_property
    def _taking_out(self) -> TakingOut:
        from statusdesk.gui.flows.taking_out import TakingOut

        return TakingOut(self._weighing)

    def import_accounts(self) -> None:
        """Bring a file of accounts in."""
        self._bringing_in.choose_file()

    def export_accounts(self, selection: Selection) -> None:
        """Take accounts out: the selected ones, or all of them."""
        self._taking_out.export_accounts(selection)

    def export_statuses(self) -> None:
        """Take the statuses out."""
        self._taking_out.export_statuses()

    def export_history(self) -> None:
        """Take the history out."""
        self._taking_out.export_history()

    def new_database(self) -> None:
        """Ask for a place, a currency and a time zone, make a database with them, and show it."""
        from statusdesk.gui.dialogs.new_database import NewDatabase

        dialog = NewDatabase(self._prompts, data_folder(), self._weighing.window)
        dialog.wished.connect(self._make_database)
        dialog.open()

    def _make_database(self, wish: Wish) -> None:
        def question(_desk: Desk, _progress: Progress) -> Path:
            open_store(wish.path, currency=wish.currency, time_zone=wish.time_zone).close()
            return wish.path

        self._session.ask(question, self._show, failed=self._weighing.refuse)

    def choose_database(self) -> None:
        """Ask which database, and show it."""
        kinds = tr("StatusDesk databases (*.statusdesk);;All files (*)")
        self._prompts.open_file(self._weighing.window, tr("Open database"), kinds, self._show)

    def choose_shared(self) -> None:
        """Ask which database on a server, and show it once it is known to open."""
        from statusdesk.gui import settings
        from statusdesk.gui.dialogs.open_shared import OpenShared

        known = (str(place) for place in settings.recent() if isinstance(place, Server))
        dialog = OpenShared(next(known, ""), self._weighing.window)
        dialog.wished.connect(partial(self._try_server, dialog))
        dialog.open()

    def _try_server(self, dialog: OpenShared, server: Server) -> None:
        def question(_desk: Desk, _progress: Progress) -> Server:
            open_store(server, "read").close()
            return server

        def show(found: Server) -> None:
            if isValid(dialog):
                dialog.accept()
                self._show(found)

        def refuse(error: Exception) -> None:
            if isValid(dialog):
                dialog.show_problem(error_text(error))

        self._session.ask(question, show, failed=refuse)

    def _show(self, path: Place) -> None:
        self._open_database(path)

    def back_up(self) -> None:
        """Ask where to, and put a checked copy of the database there."""
        stem = self._session.info.place.stem
        suggested = f"{stem} {QDate.currentDate().toString('yyyy-MM-dd')}{ENDING}"
        self._prompts.save_file(
            self._weighing.window,
            tr("Back up the database"),
            tr("StatusDesk databases (*.statusdesk)"),
            suggested,
            self._copy,
        )

    def _copy(self, path: Path) -> None:
        from statusdesk.services.backing_up import back_up

        self._weighing.say(tr("Backing up…"))
        self._session.ask(
            lambda desk, _: back_up(desk.store, path, replace=True),
            partial(self._say_copied, path),
            failed=self._weighing.refuse,
        )

    def _say_copied(self, path: Path, size: int) -> None:
        said = tr("Backed up to {file}").format(file=path.name)
        self._weighing.say(said, tr("{size}, checked").format(size=formats.locale().formattedDataSize(size)))

    def check(self) -> None:
        """Check the whole database and say in words what was found."""
        from statusdesk.services import checking

        self._weighing.say(tr("Checking the database…"))
        self._session.ask(
            lambda desk, _: checking.check(desk.store), self._say_verdict, failed=self._weighing.refuse
        )

    def _say_verdict(self, verdict: Verdict) -> None:
        from statusdesk.gui.dialogs.check_result import CheckResult

        sound = not verdict.findings
        said = tr("The database is sound.") if sound else tr("The check found problems.")
        self._weighing.say(said, problem=not sound)
        CheckResult(verdict, self._session.info.place, self._weighing.window).open()
