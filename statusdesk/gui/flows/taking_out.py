"""Exporting accounts, statuses and history: which of them, into which file, and how many they were."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, QObject, QTimer

from statusdesk.domain.changes import AccountIds, Matching, Selection
from statusdesk.domain.errors import Cancelled
from statusdesk.gui import formats
from statusdesk.gui.dialogs.export_choice import ExportChoice
from statusdesk.gui.dialogs.export_progress import ExportProgress
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.jobs import Progress
from statusdesk.gui.wording import accounts_text, tr
from statusdesk.services import exporting
from statusdesk.services.desk import Desk

PATIENCE = 400
"""Milliseconds after which a work that is not done yet shows how far it is."""

Write = Callable[[Desk, Path, exporting.Progress], int]


class TakingOut(QObject):
    """Exports from one window."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session

    def export_accounts(self, selection: Selection) -> None:
        """Ask whether the selected accounts or all are meant, if some are selected; then where to."""

        def question(desk: Desk, _progress: Progress) -> tuple[int, int]:
            accounts = desk.store.accounts
            chosen = len(selection.ids) if isinstance(selection, AccountIds) else accounts.count(selection)
            return chosen, accounts.count(Matching())

        def answered(counts: tuple[int, int]) -> None:
            chosen, there = counts
            if not there:
                self._weighing.say(tr("There are no accounts to export yet."))
            elif chosen in (0, there):
                self._accounts_to_file(exporting.EVERYTHING, tr("accounts"))
            else:
                dialog = ExportChoice(chosen, there, self._weighing.window)
                dialog.selected_chosen.connect(partial(self._accounts_to_file, selection, tr("some accounts")))
                dialog.all_chosen.connect(partial(self._accounts_to_file, exporting.EVERYTHING, tr("accounts")))
                dialog.open()

        self._session.ask(question, answered)

    def _accounts_to_file(self, selection: Selection, name: str) -> None:
        def write(desk: Desk, path: Path, tell: exporting.Progress) -> int:
            return exporting.export_accounts(desk.store, path, selection, progress=tell)

        def said(count: int) -> str:
            return tr("Exported {accounts}").format(accounts=accounts_text(count))

        self._choose_place(tr("Export accounts"), name, write, said)

    def export_statuses(self) -> None:
        """Ask where to, and write every status with its counters."""

        def write(desk: Desk, path: Path, _tell: exporting.Progress) -> int:
            return exporting.export_statuses(desk.store, path)

        self._choose_place(
            tr("Export statuses"),
            tr("statuses"),
            write,
            lambda count: tr("Exported {count} statuses").format(count=formats.count(count)),
        )

    def export_history(self) -> None:
        """Ask where to, and write everything that was ever changed."""

        def write(desk: Desk, path: Path, tell: exporting.Progress) -> int:
            return exporting.export_history(desk.store, path, progress=tell)

        self._choose_place(
            tr("Export history"),
            tr("history"),
            write,
            lambda count: tr("Exported {count} changes of the history").format(count=formats.count(count)),
        )

    def _choose_place(self, title: str, name: str, write: Write, said: Callable[[int], str]) -> None:
        kinds = tr("Comma-separated table (*.csv);;Excel workbook (*.xlsx)")
        suggested = f"{name} {QDate.currentDate().toString('yyyy-MM-dd')}.csv"
        self._weighing.prompts.save_file(
            self._weighing.window, title, kinds, suggested, partial(self._write, title, write, said)
        )

    def _write(self, title: str, write: Write, said: Callable[[int], str], path: Path) -> None:
        """Write the file on the job thread; what takes longer shows how far it is."""
        progress_box = ExportProgress(title, path.name, self._weighing.window)
        timer = QTimer(progress_box, singleShot=True, interval=PATIENCE)
        timer.timeout.connect(progress_box.open)

        def question(desk: Desk, progress: Progress) -> tuple[int, str]:
            count = write(desk, path, lambda _rows, fraction: progress.tell(round(fraction * 1000)))
            return count, desk.store.newest_seal()

        def written(result: tuple[int, str]) -> None:
            progress_box.finish()
            count, seal = result
            self._weighing.say(said(count), tr("to {file} · seal {seal}").format(file=path.name, seal=seal))

        def failed(error: Exception) -> None:
            progress_box.finish()
            if isinstance(error, Cancelled):
                self._weighing.say(tr("Cancelled. Nothing was exported."))
            else:
                self._weighing.refuse(error)

        running = self._session.ask(question, written, failed=failed, progressed=progress_box.advance)
        progress_box.cancel_requested.connect(running.cancel)
        self._session.crashed.connect(progress_box.finish)
        timer.start()
