"""Importing accounts: the file is chosen, the dialog does the rest, and the message bar says what came of it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from statusdesk.gui import formats
from statusdesk.gui.dialogs.import_dialog import ImportDialog
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.jobs import Progress
from statusdesk.gui.wording import error_text, fact, tr
from statusdesk.services import importing
from statusdesk.services.desk import Desk
from statusdesk.services.exchange.mapping_files import MappingFiles
from statusdesk.services.exchange.plans import ImportPlan
from statusdesk.services.exchange.tables import Table
from statusdesk.services.importing import ImportReport


class BringingIn(QObject):
    """Imports files in one window."""

    def __init__(self, weighing: Weighing, matchings: MappingFiles | None = None) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._matchings = matchings or MappingFiles()

    def choose_file(self) -> None:
        """Ask which file."""
        kinds = tr("Tables (*.csv *.txt *.tsv *.xlsx *.ods);;All files (*)")
        self._weighing.prompts.open_file(self._weighing.window, tr("Import accounts"), kinds, self.bring_in)

    def bring_in(self, path: Path) -> None:
        """Show what the file seems to be and let people go on from there."""
        weighing = self._weighing
        dialog = ImportDialog(weighing.session, weighing.prompts, path, self._matchings, weighing.window)
        dialog.imported.connect(partial(self._announce, dialog))
        dialog.unreadable.connect(weighing.refuse)
        dialog.saving_requested.connect(partial(self._save_from, dialog))
        dialog.open()

    def _announce(self, dialog: ImportDialog, report: ImportReport) -> None:
        """Add to the message what was refused, with the way to save it."""
        outcome, table, plan = report.outcome, dialog.decisions.table, dialog.decisions.plan
        if not report.refused_count or outcome.change_set is None or table is None or plan is None:
            return
        one = report.refused_count == 1
        said = tr("1 row was refused.") if one else tr("{count} rows were refused.")
        self._weighing.say(
            fact(outcome.kind, outcome.facts),
            said.format(count=formats.count(report.refused_count)),
            undo=partial(self._weighing.undo, outcome.change_set),
            link=(
                tr("Save refused rows…"),
                partial(self._save_refused, self._weighing.window, table, plan, report),
            ),
        )

    def _save_from(self, dialog: ImportDialog, report: ImportReport) -> None:
        table, plan = dialog.decisions.table, dialog.decisions.plan
        if table is not None and plan is not None:
            self._save_refused(dialog, table, plan, report)

    def _save_refused(self, parent: QWidget, table: Table, plan: ImportPlan, report: ImportReport) -> None:
        suggested = tr("{file} refused.csv").format(file=table.path.stem)
        kinds = tr("Comma-separated table (*.csv)")
        self._weighing.prompts.save_file(
            parent,
            tr("Save refused rows"),
            kinds,
            suggested,
            partial(self._write_refused, parent, table, plan, report),
        )

    def _write_refused(
        self, parent: QWidget, table: Table, plan: ImportPlan, report: ImportReport, path: Path
    ) -> None:
        def question(desk: Desk, progress: Progress) -> int:
            return importing.save_refused(
                desk, table, plan, report, path, progress=lambda rows, _: progress.tell(rows)
            )

        def saved(count: int) -> None:
            rows = tr("Saved 1 refused row") if count == 1 else tr("Saved {count} refused rows")
            where = tr("as {file}").format(file=path.name)
            self._weighing.say(rows.format(count=formats.count(count)), where)

        def failed(error: Exception) -> None:
            self._weighing.prompts.tell_error(self._weighing.window, error_text(error))

        self._weighing.session.ask(question, saved, failed=failed)
