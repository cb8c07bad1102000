"""The pages of one window, each made when it is first shown; what people wish for on them is told in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from statusdesk.gui.widgets.pages import Pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from statusdesk.domain.changes import Selection
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.gui.panes.distribution_page import DistributionPage
    from statusdesk.gui.panes.reports_page import ReportsPage
    from statusdesk.gui.panes.work.page import WorkPage

DESK, WORK, DISTRIBUTION, REPORTS, NETWORK, HISTORY = range(6)
"""Where the pages stand."""


class WindowPages(Pages):
    """The desk, and the other pages.

    `accounts_requested` carries `AccountsBehind` something, `changed_accounts_requested` and `undo_requested` a
    change set, `take_away_requested` a deed of `TakeAwayBar` and a view, `page_away_requested` one
    for the page that is shown.
    """

    accounts_requested = Signal(object)
    changed_accounts_requested = Signal(int)
    undo_requested = Signal(int)
    import_requested = Signal()
    take_away_requested = Signal(str, object)
    page_away_requested = Signal(str)

    def __init__(self, desk: QWidget, selected: Callable[[], Selection], weighing: Callable[[], Weighing]) -> None:
        """Hold the desk; `selected` and `weighing` are asked for when pages are made that need them."""
        super().__init__(desk)
        self._selected = selected
        self._weighing = weighing
        self._asking: list[DistributionPage | ReportsPage | WorkPage] = []
        for make in (
            self._make_work,
            self._make_distribution,
            self._make_reports,
            self._make_network,
            self._make_history,
        ):
            self.add_later(make)

    @property
    def settled(self) -> bool:
        """True while no page waits for an answer."""
        return all(page.settled for page in self._asking)

    def close_pages(self) -> None:
        """End the threads of all pages."""
        for page in self._asking:
            page.close_reports()

    def show_targets(self) -> None:
        """Show where service levels are published to."""
        from statusdesk.gui.panes.work.page import WorkPage

        self.show_page(NETWORK)
        page = self.currentWidget()
        assert isinstance(page, WorkPage)
        page.show_list("targets")

    def show_list(self, name: str, view: str = "") -> None:
        """Show a worklist, in one of its views."""
        from statusdesk.gui.panes.work.page import WorkPage

        self.show_page(WORK)
        page = self.currentWidget()
        assert isinstance(page, WorkPage)
        page.show_list(name, view)

    def _make_work(self) -> QWidget:
        from statusdesk.gui.panes.work.offered import WORKLISTS
        from statusdesk.gui.panes.work.page import WorkPage

        weighing = self._weighing()
        page = WorkPage(weighing.session, [make(weighing) for make in WORKLISTS])
        page.accounts_requested.connect(self.accounts_requested)
        self._asking.append(page)
        return page

    def _make_distribution(self) -> QWidget:
        from statusdesk.gui.panes.distribution_page import DistributionPage

        page = DistributionPage(self._weighing().session)
        page.accounts_requested.connect(self.accounts_requested)
        page.import_requested.connect(self.import_requested)
        page.take_away_requested.connect(self.page_away_requested)
        self._asking.append(page)
        return page

    def _make_reports(self) -> QWidget:
        from statusdesk.gui.panes.reports_page import ReportsPage

        page = ReportsPage(self._weighing().session, self._selected)
        page.accounts_requested.connect(self.accounts_requested)
        page.take_away_requested.connect(self.take_away_requested)
        self._asking.append(page)
        return page

    def _make_network(self) -> QWidget:
        from statusdesk.gui.panes.network.offered import LISTS
        from statusdesk.gui.panes.work.page import WorkPage

        weighing = self._weighing()
        lists = [make(weighing) for make in LISTS]
        page = WorkPage(weighing.session, lists, name="network", title="Network")
        self._asking.append(page)
        return page

    def _make_history(self) -> QWidget:
        from statusdesk.gui.panes.history_page import HistoryPage

        page = HistoryPage(self._weighing().session)
        page.undo_requested.connect(self.undo_requested)
        page.accounts_requested.connect(self.changed_accounts_requested)
        return page
