"""The menu bar: every deed of the window, of its panes and of its help has a place here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from statusdesk.gui import settings
from statusdesk.gui.icons import action_icon
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from statusdesk.gui.main_window import MainWindow
    from statusdesk.gui.theme import Scheme


def build(window: MainWindow) -> None:
    """Fill the menu bar and the action bar."""
    _file(window)
    _edit(window)
    _panes(window)
    _view(window)
    _help(window)
    actions = window.actions_by_name
    window.action_bar.add_page("page_desk", tr("Desk"), action_icon("desk"))
    window.action_bar.add_page("page_work", tr("Work"), action_icon("work"))
    window.action_bar.add_page("page_distribution", tr("Distribution"), action_icon("chart"))
    window.action_bar.add_page("page_reports", tr("Reports"), action_icon("report"))
    window.action_bar.add_page("page_network", tr("Network"), action_icon("network"))
    window.action_bar.add_page("page_history", tr("History"), action_icon("history"))
    window.action_bar.add_actions(
        [[actions["undo"], actions["redo"]], [actions["import_accounts"], window.export_menu.menuAction()]]
    )


def _menu(window: MainWindow, name: str, title: str) -> QMenu:
    menu = window.menuBar().addMenu(title)
    menu.setObjectName(f"menu_{name}")
    menu.setToolTipsVisible(True)
    return menu


def _add(menu: QMenu, window: MainWindow, *names: str) -> None:
    for name in names:
        if name:
            menu.addAction(window.actions_by_name[name])
        else:
            menu.addSeparator()


def _file(window: MainWindow) -> None:
    menu = _menu(window, "file", tr("&File"))
    _add(menu, window, "new_database", "open_database", "open_shared")
    recent = menu.addMenu(tr("Open recent"))
    recent.setObjectName("menu_recent")
    recent.aboutToShow.connect(lambda: _fill_recent(window, recent))
    _add(menu, window, "open_demo", "", "import_accounts")
    export = window.export_menu
    export.setTitle(tr("Export"))
    export.setIcon(action_icon("export"))
    menu.addMenu(export)
    export.setObjectName("menu_export")
    export.menuAction().setObjectName("action_export")
    export.menuAction().setIconText(tr("Export"))
    _add(export, window, "export_accounts", "export_statuses", "export_history")
    _add(menu, window, "hand_over_billing", "")
    window.page_away.fill_menu(menu)
    _add(
        menu,
        window,
        "",
        "backup_database",
        "restore_backup",
        "check_database",
        "",
        "begin_rehearsal",
        "",
        "office_settings",
        "",
        "quit",
    )


def _fill_recent(window: MainWindow, menu: QMenu) -> None:
    menu.clear()
    here = window.session.info.place
    for path in settings.recent():
        if path != here:
            menu.addAction(str(path).replace("&", "&&"), partial(window.open_database, path))
    menu.setEnabled(True)
    if menu.isEmpty():
        menu.addAction(tr("No other databases yet")).setEnabled(False)


def _edit(window: MainWindow) -> None:
    menu = _menu(window, "edit", tr("&Edit"))
    _add(menu, window, "undo", "redo", "")
    for name in ("copy", "select_all", "find"):
        menu.addAction(window.accounts.actions_by_name[name])


def _panes(window: MainWindow) -> None:
    statuses = _menu(window, "status", tr("&Status"))
    window.statuses.fill_menu(statuses)
    accounts = _menu(window, "accounts", tr("&Accounts"))
    _add(accounts, window, "new_account")
    window.accounts.fill_menu(accounts)
    _add(accounts, window, "", "manage_lists")


def offer_desk(window: MainWindow, *, offered: bool) -> None:
    """Offer what acts on the desk's panes, keys included, or not while another page is shown."""
    for name in ("menu_status", "menu_accounts"):
        menu = window.menuBar().findChild(QMenu, name)
        assert isinstance(menu, QMenu)
        menu.menuAction().setEnabled(offered)
    for name in ("copy", "select_all", "find"):
        window.accounts.actions_by_name[name].setVisible(offered)


def _view(window: MainWindow) -> None:
    menu = _menu(window, "view", tr("&View"))
    _add(
        menu,
        window,
        "show_desk",
        "show_work",
        "show_distribution",
        "show_reports",
        "show_network",
        "show_history",
        "",
        "show_details",
        "next_pane",
        "",
    )
    schemes = menu.addMenu(tr("Colours"))
    schemes.setObjectName("menu_scheme")
    group = QActionGroup(window)
    for name in ("scheme_system", "scheme_light", "scheme_dark"):
        group.addAction(window.actions_by_name[name])
        schemes.addAction(window.actions_by_name[name])
    mark_scheme(window, settings.scheme())


def mark_scheme(window: MainWindow, scheme: Scheme) -> None:
    """Tick the scheme in use."""
    window.actions_by_name[f"scheme_{scheme}"].setChecked(True)


def _help(window: MainWindow) -> None:
    _add(_menu(window, "help", tr("&Help")), window, "report_problem", "show_log", "", "about", "about_qt")


def about(window: MainWindow) -> None:
    """Show what this is, and what it is made of."""
    from statusdesk.gui.dialogs.about import AboutDialog

    AboutDialog(window.session.info, window).open()


def report_problem(window: MainWindow) -> None:
    """Show what can be copied into a report."""
    from statusdesk.gui.dialogs.problem_report import ProblemReport

    ProblemReport(window).open()
