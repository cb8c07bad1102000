"""The window: panes side by side, one bar for deeds, one for messages; it wires wishes to flows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QVBoxLayout, QWidget

from statusdesk.gui import menus, reports, settings
from statusdesk.gui.commands import make_actions
from statusdesk.gui.flows.accounts import AccountFlow
from statusdesk.gui.flows.due import DuePlans
from statusdesk.gui.flows.files import FileFlow
from statusdesk.gui.flows.moves import Moves
from statusdesk.gui.flows.page_away import PageAway
from statusdesk.gui.flows.statuses import StatusFlow
from statusdesk.gui.flows.taking_back import TakingBack
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.panes.accounts_pane import AccountsPane
from statusdesk.gui.panes.desk import Desk
from statusdesk.gui.panes.details_pane import DetailsPane
from statusdesk.gui.panes.statuses_pane import StatusesPane
from statusdesk.gui.theme import Scheme, apply_theme
from statusdesk.gui.watcher import Watcher
from statusdesk.gui.widgets.action_bar import ActionBar
from statusdesk.gui.widgets.message_bar import MessageBar
from statusdesk.gui.widgets.screen_room import fitting
from statusdesk.gui.widgets.status_line import StatusLine
from statusdesk.gui.widgets.texts import Hairline
from statusdesk.gui.window_pages import DESK, DISTRIBUTION, HISTORY, REPORTS, WORK, WindowPages
from statusdesk.gui.wording import deed, error_text, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from statusdesk.gui.models.distribution_facts import AccountsBehind
    from statusdesk.gui.prompts import Prompts
    from statusdesk.gui.session import Session

FIRST_SIZE = QSize(1440, 900)

DETAILS_NEED = 1240
"""Width below which the details close by themselves, in logical pixels."""

SHOWN, HIDDEN = QByteArray(b"shown"), QByteArray(b"hidden")
"""What is remembered of the details; nothing, where they wait for a wider window."""


class MainWindow(QMainWindow):
    """One window on one database."""

    opened: ClassVar[set[MainWindow]] = set()

    def __init__(self, session: Session, prompts: Prompts, *, remembers: bool = True) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        self.prompts = prompts
        self._remembers = remembers
        self._wants_details = True
        self.actions_by_name = make_actions(self)
        self.export_menu = QMenu(self)
        self.messages = MessageBar()
        self.statuses = StatusesPane(session)
        self.accounts = AccountsPane(session)
        self.details = DetailsPane(session)
        self.action_bar = ActionBar()
        self._splitter = Desk(self.statuses, self.accounts, self.details)
        self._pages = WindowPages(self._splitter, self.accounts.selection, lambda: self.weighing)
        self._build()
        self.weighing = Weighing(session, self.messages, prompts, self)
        self.moves = Moves(self.weighing)
        self.status_flow = StatusFlow(self.weighing, self.statuses)
        self.account_flow = AccountFlow(self.weighing)
        self.taking_back = TakingBack(self.weighing)
        self.page_away = PageAway(self.weighing, self._pages)
        self.files = FileFlow(self.weighing, self.open_database)
        self._watcher = Watcher(session, self)
        self.due = DuePlans(self.weighing, self.show_flagged)
        self._wire()
        self._wire_actions()
        menus.build(self)
        self._restore()
        session.changed.connect(self._refresh)
        session.crashed.connect(self._report)
        self._refresh()
        MainWindow.opened.add(self)

    def _build(self) -> None:
        self.setWindowTitle(tr("{database} – StatusDesk").format(database=Path(self.session.info.path).name))
        self.setMinimumSize(1024, 640)
        self.resize(fitting(self, FIRST_SIZE))
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.action_bar)
        column.addWidget(Hairline())
        column.addWidget(self.messages)
        column.addWidget(self._pages, 1)
        column.addWidget(Hairline())
        column.addWidget(StatusLine(self.session))
        self.setCentralWidget(central)

    def _wire(self) -> None:
        self.statuses.statuses_chosen.connect(self.accounts.show_statuses)
        self.accounts.statuses_chosen.connect(self.statuses.select_statuses)
        self.statuses.accounts_dropped.connect(
            lambda status_id: self.moves.reassign(self.accounts.selection(), status_id)
        )
        self.accounts.reassign_requested.connect(self.moves.carry_out)
        self.accounts.current_account_changed.connect(self.details.show_account)
        self.accounts.edit_requested.connect(self.account_flow.edit)
        self.accounts.history_requested.connect(self._focus_details)
        self.accounts.create_requested.connect(self.account_flow.create)
        self.accounts.import_requested.connect(self.files.import_accounts)
        self.accounts.demo_requested.connect(self.open_demo)
        self.details.edit_requested.connect(self.account_flow.edit)
        self.details.set_status_requested.connect(self.accounts.choose_status_for)
        self.details.undo_requested.connect(self.taking_back.take_back)
        self._pages.accounts_requested.connect(self._show_accounts_behind)
        self._pages.changed_accounts_requested.connect(self._show_accounts_of)
        self._pages.undo_requested.connect(self.taking_back.take_back)
        self._pages.import_requested.connect(self.files.import_accounts)
        self._pages.take_away_requested.connect(self.page_away.take_away)
        self._pages.page_away_requested.connect(self.page_away.take)
        self.details.closed.connect(lambda: self._show_details(shown=False))

    def _wire_actions(self) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "new_database": self.files.new_database,
            "open_database": self.files.choose_database,
            "open_demo": self.open_demo,
            "import_accounts": self.files.import_accounts,
            "export_accounts": lambda: self.files.export_accounts(self.accounts.selection()),
            "export_statuses": self.files.export_statuses,
            "export_history": self.files.export_history,
            "backup_database": self.files.back_up,
            "check_database": self.files.check,
            "quit": self.close,
            "undo": self.taking_back.undo,
            "redo": self.taking_back.redo,
            "account_types": self.account_flow.edit_types,
            "new_account": self.account_flow.create,
            "show_desk": lambda: self._show_page(DESK),
            "show_work": lambda: self._show_page(WORK),
            "show_distribution": lambda: self._show_page(DISTRIBUTION),
            "show_reports": lambda: self._show_page(REPORTS),
            "show_history": lambda: self._show_page(HISTORY),
            "next_pane": self._next_pane,
            "show_details": self._toggle_details,
            "scheme_system": lambda: self._use_scheme("system"),
            "scheme_light": lambda: self._use_scheme("light"),
            "scheme_dark": lambda: self._use_scheme("dark"),
            "report_problem": lambda: menus.report_problem(self),
            "about": lambda: menus.about(self),
            "about_qt": self.prompts.about_qt,
        }
        for name, do in deeds.items():
            self.actions_by_name[name].triggered.connect(lambda _=False, do=do: do())
        self.action_bar.page_chosen.connect(self._show_page)

    def _refresh(self) -> None:
        undo, redo = self.session.next_undo, self.session.next_redo
        for name, change_set, plain in (("undo", undo, tr("Undo")), ("redo", redo, tr("Redo"))):
            action = self.actions_by_name[name]
            action.setEnabled(change_set is not None)
            said = plain if change_set is None else f"{plain}: {deed(change_set.kind, change_set.facts)}"
            action.setText(said)
            action.setIconText(plain)
            action.setToolTip(f"{said} ({action.shortcut().toString()})")

    def _report(self, error: Exception) -> None:
        reports.record(error)
        self.messages.say(error_text(error), problem=True)

    def open_database(self, path: Path, *, demo: bool = False) -> None:
        """Show another database in place of this one."""
        from statusdesk.domain.errors import StatusDeskError
        from statusdesk.gui.main import open_session

        try:
            session = open_session(path, demo=demo)
        except StatusDeskError as error:
            self.weighing.refuse(error)
            return
        window = MainWindow(session, self.prompts, remembers=self._remembers)
        window.restoreGeometry(self.saveGeometry())
        window.show()
        self.close()

    def open_demo(self) -> None:
        """Show the demonstration database, which is made where it is not there yet."""
        from statusdesk.services.opening import default_database

        self.open_database(default_database(demo=True), demo=True)

    @property
    def settled(self) -> bool:
        """True while the window waits for nothing."""
        return self.session.jobs.idle and self.accounts.settled and self._pages.settled

    def when_settled(self, then: Callable[[], None]) -> None:
        """Call `then` once everything that the window waits for has come."""
        if self.settled:
            then()
        else:
            QTimer.singleShot(10, self, lambda: self.when_settled(then))

    def _show_accounts_of(self, change_set: int) -> None:
        self.accounts.show_change_set(change_set)
        self._show_page(DESK)

    def _show_accounts_behind(self, behind: AccountsBehind) -> None:
        self.accounts.show_ids(behind.ids, behind.title)
        self._show_page(DESK)
        self.accounts.take_focus()

    def _show_page(self, index: int) -> None:
        self._pages.show_page(index)
        self.action_bar.show_page(index)
        menus.offer_desk(self, offered=index == DESK)

    def show_flagged(self) -> None:
        """Show the planned changes that need a look."""
        self._show_page(WORK)
        self._pages.show_list("planned", "flagged")

    def _toggle_details(self) -> None:
        self._show_details(shown=self.details.isHidden())

    def _show_details(self, *, shown: bool) -> None:
        self._wants_details = shown
        self._place_details(shown=shown)

    def _place_details(self, *, shown: bool) -> None:
        self.details.setVisible(shown)
        self.actions_by_name["show_details"].setChecked(shown)

    def _focus_details(self) -> None:
        self._show_details(shown=True)
        self.details.take_focus()

    def _next_pane(self) -> None:
        panes = [pane for pane in (self.statuses, self.accounts, self.details) if pane.isVisible()]
        if not panes:
            return
        focus = QApplication.focusWidget()
        here = next((place for place, pane in enumerate(panes) if focus and pane.isAncestorOf(focus)), -1)
        target = panes[(here + 1) % len(panes)]
        target.take_focus()

    def _use_scheme(self, scheme: Scheme) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, scheme)
        if self._remembers:
            settings.remember_scheme(scheme)
        menus.mark_scheme(self, scheme)

    def _restore(self) -> None:
        details = settings.state("details") if self._remembers else QByteArray()
        self._restore_places()
        self._wants_details = details != HIDDEN
        self._place_details(shown=details == SHOWN or (self._wants_details and self.width() >= DETAILS_NEED))

    def _restore_places(self) -> None:
        if not self._remembers:
            return
        settings.remember_recent(Path(self.session.info.path))
        self.restoreGeometry(settings.state("geometry"))
        self._splitter.restore_state(settings.state("splitter"))
        self.accounts.restore_state(settings.state("accounts"))
        self.statuses.restore_state(settings.state("statuses"))

    def _remember(self) -> None:
        settings.remember("geometry", self.saveGeometry())
        settings.remember("splitter", self._splitter.save_state())
        settings.remember("accounts", self.accounts.save_state())
        settings.remember("statuses", self.statuses.save_state())
        waiting = QByteArray() if self._wants_details else HIDDEN
        settings.remember("details", waiting if self.details.isHidden() else SHOWN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Close the details where there is no room for them, and open them again where there is."""
        super().resizeEvent(event)
        narrow, was_narrow = (size.width() < DETAILS_NEED for size in (event.size(), event.oldSize()))
        if narrow is not was_narrow:
            self._place_details(shown=self._wants_details and not narrow)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window was, end its threads, close its database."""
        if self._remembers:
            self._remember()
        self.accounts.close_listing()
        self._pages.close_pages()
        self.session.close()
        MainWindow.opened.discard(self)
        super().closeEvent(event)
