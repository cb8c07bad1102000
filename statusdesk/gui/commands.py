"""The window's own actions: names, keys and signs in one table, so that menus, bars and tests agree."""

from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from statusdesk.gui.icons import action_icon
from statusdesk.gui.wording import tr

_KEY = QKeySequence.StandardKey


class Command(NamedTuple):
    """An action by its name: what the menu says, the keys, the sign, and what the status tip explains."""

    name: str
    text: str
    keys: tuple[QKeySequence.StandardKey | str, ...] = ()
    icon: str = ""
    checkable: bool = False


COMMANDS = (
    Command("new_database", "New database…"),
    Command("open_database", "Open database…", (_KEY.Open,)),
    Command("open_shared", "Open shared database…"),
    Command("open_demo", "Open the demo"),
    Command("import_accounts", "Import…", ("Ctrl+I",), "import"),
    Command("export_accounts", "Accounts…", ("Ctrl+E",), "export"),
    Command("export_statuses", "Statuses…"),
    Command("export_history", "History…"),
    Command("hand_over_billing", "Hand over to billing…"),
    Command("backup_database", "Back up…"),
    Command("restore_backup", "Restore…"),
    Command("begin_rehearsal", "Open a rehearsal copy"),
    Command("check_database", "Check the database"),
    Command("office_settings", "Settings…", icon="settings"),
    Command("quit", "Quit", ("Ctrl+Q",)),
    Command("undo", "Undo", (_KEY.Undo,), "undo"),
    Command("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    Command("manage_lists", "Manage lists…"),
    Command("new_account", "New account…", ("Ctrl+N",), "new"),
    Command("show_desk", "Desk", ("Alt+1",), "desk"),
    Command("show_work", "Work", ("Alt+2",), "work"),
    Command("show_distribution", "Distribution", ("Alt+3",), "chart"),
    Command("show_reports", "Reports", ("Alt+4",), "report"),
    Command("show_network", "Network", ("Alt+5",), "network"),
    Command("show_history", "History", ("Alt+6",), "history"),
    Command("next_pane", "Next pane", ("F6",)),
    Command("show_details", "Account details", ("F4",), "details", checkable=True),
    Command("scheme_system", "As the system", checkable=True),
    Command("scheme_light", "Light", checkable=True),
    Command("scheme_dark", "Dark", checkable=True),
    Command("report_problem", "Report a problem…"),
    Command("show_log", "Show the log"),
    Command("about", "About StatusDesk"),
    Command("about_qt", "About Qt"),
)


def make_actions(parent: QObject) -> dict[str, QAction]:
    """Return the window's actions by name; their object names are `action_` and the name."""
    actions = {}
    for command in COMMANDS:
        action = QAction(tr(command.text), parent)
        action.setObjectName(f"action_{command.name}")
        action.setIconText(action.text())
        action.setCheckable(command.checkable)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        if command.icon:
            action.setIcon(action_icon(command.icon))
        action.setToolTip(_tip(action))
        actions[command.name] = action
    return actions


def _tip(action: QAction) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    name = action.text().rstrip("…")
    return f"{name} ({keys})" if keys else name
