"""The window: panes side by side, one bar for deeds, one for messages; wishes are wired to flows."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QVBoxLayout, QWidget

from statusdesk.gui import menus, reports, settings
from statusdesk.gui.commands import make_actions
from statusdesk.gui.flows import special
from statusdesk.gui.flows.page_away import PageAway
from statusdesk.gui.panes.accounts_pane import AccountsPane
from statusdesk.gui.panes.desk import Desk
from statusdesk.gui.panes.details_pane import DetailsPane
from statusdesk.gui.panes.statuses_pane import StatusesPane
from statusdesk.gui.theme import Scheme, apply_theme
from statusdesk.gui.watcher import Watcher
from statusdesk.gui.widgets.action_bar import ActionBar
from statusdesk.gui.widgets.message_bar import MessageBar
from statusdesk.gui.widgets.notice_bar import NoticeBar
from statusdesk.gui.widgets.status_line import StatusLine
from statusdesk.gui.widgets.texts import Hairline
from statusdesk.gui.window_pages import DESK, WORK, WindowPages
from statusdesk.gui.window_places import Places
from statusdesk.gui.window_wiring import wire_actions, wire_pages, wire_panes
from statusdesk.gui.wording import deed, error_text, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from statusdesk.domain.errors import StatusDeskError
    from statusdesk.domain.places import Place
    from statusdesk.gui.flows.flows import Flows
    from statusdesk.gui.prompts import Prompts
    from statusdesk.gui.session import Session

_LOOK_EVERY: Final = 10
_LOOKS: Final = 100
"""How often, in milliseconds, a window looks whether its first rows are painted, and how many times at most."""


class MainWindow(QMainWindow):
    """One window on one database.

    `flows` are made right after the first rows are painted, or at once for somebody who is quicker than that.
    """

    opened: ClassVar[set[MainWindow]] = set()

    def __init__(self, session: Session, prompts: Prompts | None = None, *, remembers: bool = True) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        if prompts is not None:
            self.prompts = prompts
        self._remembers = remembers
        self.actions_by_name = make_actions(self)
        self.export_menu = QMenu(self)
        self.notice = NoticeBar()
        self.messages = MessageBar()
        self.statuses = StatusesPane(session)
        self.accounts = AccountsPane(session)
        self.details = DetailsPane(session)
        self.action_bar = ActionBar()
        self.status_line = StatusLine(session)
        self.desk = Desk(self.statuses, self.accounts, self.details)
        self.pages = WindowPages(self.desk, self.accounts.selection, lambda: self.flows.weighing)
        self.page_away = PageAway(session, self.pages, lambda: self.flows.taking_away)
        self.places = Places(self, remembers=remembers)
        self._watcher = Watcher(session, self)
        session.lost.connect(self._say_lost, Qt.ConnectionType.QueuedConnection)
        session.found.connect(self._say_found, Qt.ConnectionType.QueuedConnection)
        self._painting = QTimer(self, interval=_LOOK_EVERY)
        self._looks = 0
        self._build()
        wire_panes(self)
        wire_pages(self)
        wire_actions(self)
        menus.build(self)
        self.places.restore()
        session.changed.connect(self._refresh)
        session.crashed.connect(self._report)
        session.failed.connect(self._tell_early)
        self.accounts.listed.connect(self._paint_first)
        self._painting.timeout.connect(self._complete_once_painted)
        self._refresh()
        special.dress(self)
        MainWindow.opened.add(self)

    def _build(self) -> None:
        self.setWindowTitle(special.title(self))
        self.places.begin()
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.action_bar)
        column.addWidget(Hairline())
        column.addWidget(self.notice)
        column.addWidget(self.messages)
        column.addWidget(self.pages, 1)
        column.addWidget(Hairline())
        column.addWidget(self.status_line)
        self.setCentralWidget(central)

    @cached_property
    def prompts(self) -> Prompts:
        """What asks people in windows of their own."""
        from statusdesk.gui.prompts import Prompts

        return Prompts()

    @cached_property
    def flows(self) -> Flows:
        """What carries out wishes."""
        from statusdesk.gui.flows.flows import Flows

        return Flows(self)

    @Slot()
    def _paint_first(self) -> None:
        self.accounts.listed.disconnect(self._paint_first)
        self._painting.start()

    @Slot()
    def _complete_once_painted(self) -> None:
        """Make what does not show, as soon as there is something to see; a window out of sight waits a second."""
        self._looks += 1
        if self.accounts.painted or self._looks == _LOOKS:
            self._painting.stop()
            _ = self.flows
            self.accounts.row.prepare()
            self.details.prepare()

    @Slot(object)
    def _tell_early(self, error: Exception) -> None:
        """Tell of a failure that comes before the flows, which hear of later ones themselves."""
        if "flows" not in self.__dict__:
            self.flows.weighing.refuse(error)

    def _refresh(self) -> None:
        undo, redo = self.session.next_undo, self.session.next_redo
        for name, change_set, plain in (("undo", undo, tr("Undo")), ("redo", redo, tr("Redo"))):
            action = self.actions_by_name[name]
            action.setEnabled(change_set is not None and not self.session.standing.locked)
            said = plain if change_set is None else f"{plain}: {deed(change_set.kind, change_set.facts)}"
            action.setText(said)
            action.setIconText(plain)
            action.setToolTip(f"{said} ({action.shortcut().toString()})")

    @Slot(object)
    def _say_lost(self, _error: Exception) -> None:
        self.notice.say(
            tr("The server does not answer."),
            tr("What you see is from before. StatusDesk tries again by itself; nothing is lost."),
        )
        self.notice.offer("again", tr("Try now"), self.session.look_wished.emit)

    @Slot()
    def _say_found(self) -> None:
        locked = self.session.standing.locked
        if locked:
            self.notice.say(locked)
        else:
            self.notice.hide()
        self.notice.withdraw("again")
        if not self.messages.text:
            self.messages.say(tr("The server answers again."))

    def _report(self, error: Exception) -> None:
        reports.record(error)
        self.messages.say(error_text(error), problem=True)

    def open_database(self, path: Place, *, demo: bool = False) -> None:
        """Show another database in place of this one."""
        from statusdesk.domain.errors import StatusDeskError
        from statusdesk.gui.main import open_session

        try:
            session = open_session(path, demo=demo)
        except StatusDeskError as error:
            self._tell_trouble(path, error)
            return
        self._show_instead(session)

    def _tell_trouble(self, path: Place, error: StatusDeskError) -> None:
        from statusdesk.gui.flows.trouble import Trouble, can_help

        if isinstance(path, Path) and can_help(error, path):
            Trouble(path, error, show=self._show_instead, reopen=self.open_database, parent=self)
        else:
            self.flows.weighing.refuse(error)

    def _show_instead(self, session: Session) -> None:
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
        busy = self._painting.isActive() or not self.session.jobs.idle
        return not busy and self.accounts.settled and self.pages.settled

    def when_settled(self, then: Callable[[], None]) -> None:
        """Call `then` once everything that the window waits for has come."""
        if self.settled:
            then()
        else:
            QTimer.singleShot(10, self, lambda: self.when_settled(then))

    def show_page(self, index: int) -> None:
        """Show a page, with its button pressed; the deeds of the desk rest while another is shown."""
        self.pages.show_page(index)
        self.action_bar.show_page(index)
        menus.offer_desk(self, offered=index == DESK)

    def show_flagged(self) -> None:
        """Show the planned changes that need a look."""
        self.show_page(WORK)
        self.pages.show_list("planned", "flagged")

    def use_scheme(self, scheme: Scheme) -> None:
        """Wear other colours, also after the next start."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, scheme)
        if self._remembers:
            settings.remember_scheme(scheme)
        menus.mark_scheme(self, scheme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self.places.resized(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window was, end its threads, close its database."""
        self.places.remember()
        if self.session.is_lost:
            self.hide()
        self.accounts.close_listing()
        self.pages.close_pages()
        self.session.close()
        MainWindow.opened.discard(self)
        super().closeEvent(event)
