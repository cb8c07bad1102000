"""What can be done with statuses, once as actions: for keys, the Status menu, the context menu and the buttons."""

from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from statusdesk.domain.records import Status
from statusdesk.domain.templates import TEMPLATES
from statusdesk.gui.icons import action_icon, status_icon
from statusdesk.gui.wording import tr


class _Deed(NamedTuple):
    """An action by its name: its text, its keys while the table has the keyboard, its sign, what it needs.

    `free` deeds need no status; `own` ones are not for the three built-in statuses.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    free: bool = False
    own: bool = False


_DEEDS: Final = (
    _Deed("edit", "Edit…", ("Return", "Enter"), "edit"),
    _Deed("rename", "Rename", ("F2",), "rename"),
    _Deed("duplicate", "Duplicate…", ("Ctrl+D",), "duplicate"),
    _Deed("move_up", "Move up", ("Alt+Up",)),
    _Deed("move_down", "Move down", ("Alt+Down",)),
    _Deed("merge", "Merge into…", (), "merge", own=True),
    _Deed("retire", "Retire", (), "retire", own=True),
    _Deed("bring_back", "Bring back", (), "retire", own=True),
    _Deed("delete", "Delete…", ("Delete",), "delete", own=True),
    _Deed("show_retired", "Show retired", free=True),
    _Deed("check_colours", "Check colours…", free=True),
)
_MENU: Final = (
    "edit rename duplicate",
    "move_up move_down",
    "merge retire bring_back delete",
    "show_retired check_colours",
)
_CONTEXT: Final = _MENU[:-1]


class StatusActions(QObject):
    """The actions; `wished` says the name of one and the id of the status that it is for (0: for none).

    `new_wished` carries the template to start from, or None.
    """

    wished = Signal(str, int)
    new_wished = Signal(object)

    def __init__(self, table: QWidget) -> None:
        super().__init__(table)
        self._status: Status | None = None
        self._resting = ""
        self._by_name = {deed.name: self._make(deed) for deed in _DEEDS}
        self["show_retired"].setCheckable(True)
        for deed in _DEEDS:
            if deed.keys:
                table.addAction(self[deed.name])
        self.new_menu = self._make_new_menu(table)
        self.aim(None)

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def _make(self, deed: _Deed) -> QAction:
        action = QAction(tr(deed.text), self)
        action.setObjectName(f"status_{deed.name}")
        action.setShortcuts([QKeySequence(keys) for keys in deed.keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if deed.icon:
            action.setIcon(action_icon(deed.icon))
        action.triggered.connect(self._wish(deed.name))
        return action

    def _wish(self, name: str) -> Callable[[], None]:
        def say() -> None:
            self.wished.emit(name, self._status.id if self._status is not None else 0)

        return say

    def _make_new_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(tr("New status"), parent)
        menu.setObjectName("new_status_menu")
        menu.setIcon(action_icon("new"))
        blank = menu.addAction(tr("Blank…"))
        blank.setObjectName("new_blank")
        blank.triggered.connect(lambda: self.new_wished.emit(None))
        menu.addSeparator()
        for place, template in enumerate(TEMPLATES):
            entry = menu.addAction(status_icon(template.shape, template.colour), tr(template.label) + "…")
            entry.setObjectName(f"new_template_{place}")
            entry.setToolTip(tr(template.description))
            entry.triggered.connect(self._wish_template(place))
        menu.setToolTipsVisible(True)
        return menu

    def _wish_template(self, place: int) -> Callable[[], None]:
        return lambda: self.new_wished.emit(TEMPLATES[place])

    def aim(self, status: Status | None, accounts: int = 0) -> None:
        """Let the actions be for this status and its number of accounts; None switches off those that need one."""
        self._status = status
        for deed in _DEEDS:
            locked = deed.own and status is not None and status.built_in is not None
            rests = bool(self._resting) and not deed.free
            self[deed.name].setEnabled(deed.free or (status is not None and not locked and not rests))
            why = self._resting if rests else _why_locked(status) if locked and status else _tip(self[deed.name])
            self[deed.name].setToolTip(why)
            self[deed.name].setStatusTip(why if rests else "")
        retired = status is not None and status.retired
        self["retire"].setVisible(not retired)
        self["bring_back"].setVisible(retired)
        self["delete"].setText(tr("Delete…") if accounts else tr("Delete"))

    def rest(self, why: str) -> None:
        """Switch off for good what shapes statuses, and say why."""
        self._resting = why
        self.new_menu.setEnabled(False)
        self.aim(self._status)

    def fill(self, menu: QMenu) -> None:
        """Put all of it into a menu."""
        menu.setToolTipsVisible(True)
        menu.addMenu(self.new_menu)
        menu.addSeparator()
        self._add(menu, _MENU)

    def context_menu(self, parent: QWidget) -> QMenu:
        """Return a menu of what can be done with the status, which frees itself."""
        menu = QMenu(parent)
        menu.setObjectName("status_context_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        self._add(menu, _CONTEXT)
        return menu

    def _add(self, menu: QMenu, groups: tuple[str, ...]) -> None:
        for place, group in enumerate(groups):
            if place:
                menu.addSeparator()
            menu.addActions([self[name] for name in group.split()])


def _why_locked(status: Status) -> str:
    return tr("{name} stays: it is one of the three that every database has.").format(name=status.name)


def _tip(action: QAction) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    name = action.text().rstrip("…")
    return f"{name} ({keys})" if keys else name
