"""Taking away the page that is shown, from the menu File: print it, or save it in one of four ways."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QStackedWidget

from statusdesk.gui.icons import action_icon
from statusdesk.gui.widgets.take_away import PRINT, SAVED
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.gui.flows.taking_away import TakingAway
    from statusdesk.gui.printing import Takeaway
    from statusdesk.gui.session import Session


class PageAway(QObject):
    """Offers its deeds while the distribution or a report is shown."""

    def __init__(self, session: Session, pages: QStackedWidget, taking_away: Callable[[], TakingAway]) -> None:
        super().__init__(pages)
        self._session = session
        self._taking_away = taking_away
        self._pages = pages
        self._print = QAction(tr("Print page…"), self)
        self._print.setObjectName("action_print_page")
        self._print.setIcon(action_icon("print"))
        self._print.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))
        self._print.triggered.connect(lambda: self.take(PRINT))
        self._save = QMenu(tr("Save page as"))
        self._save.setObjectName("menu_save_page")
        for deed, text in SAVED:
            self._save.addAction(tr(text), partial(self.take, deed)).setObjectName(f"action_page_{deed}")
        pages.currentChanged.connect(self._judge)
        self._judge()

    def fill_menu(self, menu: QMenu) -> None:
        """Put the deeds into a menu."""
        menu.addAction(self._print)
        menu.addMenu(self._save)

    @Slot(str, object)
    def take_away(self, deed: str, shown: Takeaway) -> None:
        """Do one of the deeds with what a page shows."""
        self._taking_away().take(deed, shown)

    def take(self, deed: str) -> None:
        """Do one of the deeds of `TakeAwayBar` with the page that is shown."""
        from statusdesk.gui.panes.distribution_page import DistributionPage
        from statusdesk.gui.panes.reports_page import ReportsPage
        from statusdesk.gui.panes.reports_paper import distribution_takeaway

        page = self._pages.currentWidget()
        if isinstance(page, ReportsPage):
            page.take_shown_away(deed)
        elif isinstance(page, DistributionPage):
            view = page.view
            self._session.ask(
                lambda desk, _progress: distribution_takeaway(desk.store, view),
                partial(self._taking_away().take, deed),
            )

    @Slot()
    def _judge(self) -> None:
        page = self._pages.currentWidget()
        there = page is not None and page.objectName() in ("distribution_page", "reports_page")
        self._print.setEnabled(there)
        self._save.setEnabled(there)
