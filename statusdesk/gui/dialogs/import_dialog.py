"""Brings a file of accounts in: how it is read, what its columns and words mean, and what that will do."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from statusdesk.domain.errors import Cancelled
from statusdesk.gui import formats
from statusdesk.gui.dialogs.consequence_card import ConsequenceCard
from statusdesk.gui.dialogs.framed import FramedDialog
from statusdesk.gui.dialogs.import_columns_page import ColumnsPage
from statusdesk.gui.dialogs.import_decisions import Decisions
from statusdesk.gui.dialogs.import_file_page import FilePage
from statusdesk.gui.dialogs.import_matchings import Matchings
from statusdesk.gui.dialogs.import_result_page import ResultPage
from statusdesk.gui.dialogs.import_statuses_page import StatusesPage
from statusdesk.gui.dialogs.import_steps import Side
from statusdesk.gui.dialogs.import_summary import card_subtitle, counts, foot_note, step_texts
from statusdesk.gui.dialogs.import_work import Opened
from statusdesk.gui.icons import action_icon
from statusdesk.gui.jobs import Progress
from statusdesk.gui.models.card_head import CardHead
from statusdesk.gui.models.import_draft import Step
from statusdesk.gui.prompts import Prompts
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.progress_line import ProgressLine
from statusdesk.gui.widgets.texts import Hairline
from statusdesk.gui.wording import accounts_text, error_text, tr
from statusdesk.services import importing
from statusdesk.services.desk import Desk
from statusdesk.services.exchange.mapping_files import MappingFiles
from statusdesk.services.importing import ImportReport

SIZE: Final = (1000, 720)
LEAST: Final = (960, 600)


class ImportDialog(FramedDialog):
    """Lets people check the guesses, tries the import while they do, and carries it out.

    `imported(ImportReport)` comes when it is done, `unreadable(Exception)` when the file is no table at all; the
    dialog closes after either. `saving_requested(ImportReport)` asks for a file for the refused rows.
    """

    imported = Signal(object)
    unreadable = Signal(object)
    saving_requested = Signal(object)

    def __init__(
        self,
        session: Session,
        prompts: Prompts,
        path: Path,
        matchings: MappingFiles,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("import_dialog", tr("Import {file}").format(file=path.name), parent)
        self._session = session
        self._path = path
        self._statuses = [line.status for line in session.live_lines()]
        self._running: Progress | None = None
        self._cancelled = False
        self.decisions = Decisions(session, path, self._statuses, self)
        self._make_parts()
        self._build()
        self._wire()
        Matchings(matchings, self._columns, self.decisions, prompts, self)
        self._refresh()
        self.decisions.begin()

    def _make_parts(self) -> None:
        self._side = Side()
        self._file = FilePage()
        self._columns = ColumnsPage()
        self._words = StatusesPage(self._statuses)
        self._result = ResultPage(self._session.info.currency)
        self._pages = QStackedWidget()
        for page in (self._file, self._columns, self._words, self._result):
            self._pages.addWidget(page)
        self._foot = DialogFoot("", tr("Import"), accept_name="import_accept", cancel_name="import_cancel")
        self._progress = ProgressLine("import_progress", "import_stop")
        self._feet = QStackedWidget()
        self._feet.addWidget(self._foot)
        self._feet.addWidget(self._progress)
        self._feet.setFixedHeight(self._foot.height())

    def _build(self) -> None:
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        self._body = QWidget()
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(Hairline(upright=True))
        row.addWidget(self._pages, 1)
        self.stack(self._body, foot=self._feet)

    def _wire(self) -> None:
        decisions = self.decisions
        self._side.step_picked.connect(self._pages.setCurrentIndex)
        self._side.going_requested.connect(self._go_where_it_is_missing)
        self._pages.currentChanged.connect(self._offer_to_go)
        self._file.options_chosen.connect(decisions.read)
        self._columns.field_chosen.connect(decisions.set_field)
        self._columns.decimal_chosen.connect(decisions.set_decimal)
        self._columns.date_chosen.connect(decisions.set_date_style)
        self._words.choice_made.connect(decisions.choose)
        self._result.existing_chosen.connect(decisions.set_existing)
        self._result.saving_requested.connect(lambda: self.saving_requested.emit(decisions.report))
        decisions.opened.connect(self._show_opened)
        decisions.changed.connect(self._refresh)
        decisions.told.connect(self._tell)
        decisions.unreadable.connect(self._give_up)
        self._foot.accept_button.clicked.connect(self._ask)
        self._foot.cancel_button.clicked.connect(self.reject)
        self._foot.accept_button.setDefault(True)
        self._progress.cancel_requested.connect(self._stop)
        self._session.crashed.connect(self._crash)

    def show_step(self, step: Step) -> None:
        """Show a step's page."""
        self._side.steps.set_value(str(int(step)))
        self._pages.setCurrentIndex(int(step))

    def _show_opened(self, opened: Opened) -> None:
        self._file.show_opened(opened)
        self._columns.show_opened(opened)

    def _give_up(self, error: Exception) -> None:
        self.unreadable.emit(error)
        self.reject()

    def _refresh(self) -> None:
        decisions = self.decisions
        for step, (text, problem) in step_texts(decisions).items():
            self._side.steps.describe(step, text, problem=problem)
        self._side.show_counts(counts(decisions, self._session.info.currency))
        self._side.show_state(self._state())
        if decisions.trouble and decisions.plan is None:
            self._file.show_trouble(decisions.trouble)
        self._columns.show_draft(decisions.draft)
        if decisions.table is not None:
            self._words.show_draft(decisions.draft)
        self._result.show_draft(decisions.draft)
        self._result.show_report(decisions.report)
        self._offer_to_go()
        self._refresh_foot()

    def _missing(self) -> Step | None:
        problems = self.decisions.draft.problems() if self.decisions.table else []
        return problems[0].step if problems else None

    def _offer_to_go(self) -> None:
        step = self._missing()
        self._side.offer_to_go(None if step == self._pages.currentIndex() else step)

    def _go_where_it_is_missing(self) -> None:
        if (step := self._missing()) is not None:
            self.show_step(step)
            self._side.steps.setFocus()

    def _state(self) -> str:
        if self.decisions.report is not None or self.decisions.trouble:
            return ""
        if self.decisions.table is not None and self.decisions.draft.problems():
            return tr("Known once everything is decided.")
        return tr("Being worked out…")

    def _tell(self, thousandths: int) -> None:
        self._side.show_state(tr("Being worked out: {percent}").format(percent=formats.percent(thousandths)))

    def _refresh_foot(self) -> None:
        changed = self.decisions.report.outcome.changed if self.decisions.report else 0
        accounts = accounts_text(changed)
        button = self._foot.accept_button
        button.setText(tr("Import {accounts}").format(accounts=accounts) if changed else tr("Import"))
        button.setEnabled(changed > 0)
        if self._cancelled:
            self._foot.set_note(tr("Cancelled. Nothing was imported."))
        else:
            self._foot.set_note(*foot_note(self.decisions))

    def _ask(self) -> None:
        """Show what the import does, where people must see it first; then do it."""
        report = self.decisions.report
        found = report.consequences if report else None
        if report is None or found is None:
            return
        if not found.needs_card:
            self._run()
            return
        info = self._session.info
        circumstances = card_subtitle(self._path.name, report, self._result.reason)
        head = CardHead(self._foot.accept_button.text(), circumstances, action_icon("import"), tr("Import"))
        card = ConsequenceCard(head, found, currency=info.currency, zone=info.time_zone, parent=self)
        card.accepted.connect(self._run)
        card.open()

    def _run(self) -> None:
        decisions, reason = self.decisions, self._result.reason
        table, plan, report = decisions.table, decisions.plan, decisions.report
        assert table is not None
        assert plan is not None
        assert report is not None
        rows = report.rows

        def verb(desk: Desk, progress: Progress) -> ImportReport:
            def tell(done: int, _fraction: float) -> None:
                progress.tell(done, at_once=done >= rows)

            return importing.import_table(desk, table, plan, reason=reason, progress=tell)

        self._cancelled = False
        self._body.setEnabled(False)
        self._feet.setCurrentWidget(self._progress)
        self._progress.begin(tr("Importing {done} of {total} rows"), rows)
        self._running = self._session.perform(
            verb, done=self._finish, failed=self._fail, progressed=self._show_progress
        )

    def _show_progress(self, done: int) -> None:
        if done >= (self.decisions.report.rows if self.decisions.report else 0):
            self._progress.finish(tr("Writing the accounts…"))
        else:
            self._progress.advance(done)

    def _finish(self, report: ImportReport) -> None:
        self._running = None
        self.imported.emit(report)
        self.accept()

    def _fail(self, error: Exception) -> None:
        self._running = None
        self._body.setEnabled(True)
        self._feet.setCurrentWidget(self._foot)
        self._cancelled = isinstance(error, Cancelled)
        if not self._cancelled:
            self.decisions.trouble = error_text(error)
        self._refresh()
        self._foot.accept_button.setFocus()

    def _crash(self, error: Exception) -> None:
        if self._running is not None:
            self._fail(error)

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Let Enter press a button only where that has the focus: typing a name must not import anything."""
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enters or isinstance(self.focusWidget(), QPushButton):
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Close, unless the import runs: then stop it first, and stay until that is settled."""
        if self._running is not None:
            self._stop()
            return
        self.decisions.end()
        super().done(result)
