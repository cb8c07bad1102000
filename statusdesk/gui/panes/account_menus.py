"""What can be done with accounts, as actions and menus: the same ones in the menu bar, in the list and by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from statusdesk.domain.rights import Right
from statusdesk.gui.icons import action_icon, status_icon
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from statusdesk.domain.records import StatusLine
    from statusdesk.gui.panes.account_head import AccountsHead
    from statusdesk.gui.panes.accounts_table import AccountsTable

KEYS_FOR_STATUSES: Final = 9
_KEY: Final = QKeySequence.StandardKey
_HERE: Final = Qt.ShortcutContext.WidgetWithChildrenShortcut
_WINDOW: Final = Qt.ShortcutContext.WindowShortcut


class _Deed(NamedTuple):
    name: str
    text: str
    keys: QKeySequence.StandardKey | str = ""
    icon: str = ""


_DEEDS: Final = (
    _Deed("set_status_with_reason", "Set status with a reason…", "S"),
    _Deed("vacation", "Vacation…", "V", "clock"),
    _Deed("disconnect", "Disconnect…", "", "retire"),
    _Deed("mark_unpaid", "Mark as not paying"),
    _Deed("hand_over", "Hand over to collections…"),
    _Deed("take_back", "Take back from collections…"),
    _Deed("edit_account", "Edit…", "", "edit"),
    _Deed("account_history", "Show history…", "", "history"),
    _Deed("copy", "Copy", _KEY.Copy, "copy"),
    _Deed("copy_with_headers", "Copy with headers", "Ctrl+Shift+C"),
    _Deed("select_all", "Select all", _KEY.SelectAll),
    _Deed("find", "Find…", _KEY.Find, "search"),
    _Deed("add_account", "New account…", "", "new"),
)
_MOVES: Final = ("set_status_with_reason", "vacation", "disconnect", "mark_unpaid", "hand_over", "take_back")
_OF_THE_OFFICE: Final = (*_MOVES[2:], "edit_account", "add_account")
_FOR_SELECTED: Final = (*_MOVES, "copy", "copy_with_headers")
_FOR_CURRENT: Final = ("edit_account", "account_history")


class AccountMenus(QObject):
    """`status_wanted(status id)` comes from the menu of statuses and from Ctrl+1 to Ctrl+9."""

    status_wanted = Signal(int)

    def __init__(self, pane: QWidget, table: AccountsTable) -> None:
        super().__init__(pane)
        self._pane = pane
        self._head = table.head
        self.by_name = {deed.name: self._make(deed, table) for deed in _DEEDS}
        self.by_name["find"].setShortcutContext(_WINDOW)
        pane.addAction(self.by_name["find"])
        self._keyed = [self._make_keyed(number) for number in range(1, KEYS_FOR_STATUSES + 1)]
        self.statuses = QMenu(tr("Set status"), pane)
        self.statuses.setObjectName("set_status_menu")
        self.statuses.setToolTipsVisible(True)
        self._tips: dict[int, str] = {}
        self._resting: dict[str, str] = {}
        self._why_no_moves = ""
        self.columns = QMenu(tr("Columns"), pane)
        self.columns.setObjectName("columns_menu")
        self.columns.aboutToShow.connect(self._fill_columns)

    def _make(self, deed: _Deed, table: AccountsTable) -> QAction:
        action = QAction(tr(deed.text), self)
        action.setObjectName(f"action_{deed.name}")
        if deed.icon:
            action.setIcon(action_icon(deed.icon))
        if deed.keys:
            action.setShortcut(QKeySequence(deed.keys))
            action.setShortcutContext(_HERE)
        table.addAction(action)
        return action

    def _make_keyed(self, number: int) -> QAction:
        action = QAction(self)
        action.setObjectName(f"action_set_status_{number}")
        action.setShortcut(QKeySequence(f"Ctrl+{number}"))
        action.setShortcutContext(_HERE)
        action.triggered.connect(lambda: self.status_wanted.emit(action.data()))
        self._pane.addAction(action)
        return action

    def offer(self, lines: Sequence[StatusLine]) -> None:
        """Offer these statuses; the first nine have keys."""
        self.statuses.clear()
        self._tips = {line.status.id: line.status.description or line.status.name for line in lines}
        for action in self._keyed[len(lines) :]:
            action.setVisible(False)
        for place, line in enumerate(lines):
            status = line.status
            keyed = place < len(self._keyed)
            action = self._keyed[place] if keyed else QAction(self.statuses)
            if not keyed:
                action.triggered.connect(lambda _=False, chosen=status.id: self.status_wanted.emit(chosen))
            action.setVisible(True)
            action.setData(status.id)
            action.setText(status.name.replace("&", "&&"))
            action.setIcon(status_icon(status.shape, status.colour))
            action.setToolTip(self._tips[status.id])
            self.statuses.addAction(action)

    def rest(self, right: Right, why: str) -> None:
        """Switch off for good what needs a right, and say why."""
        if right is Right.MOVE:
            self._why_no_moves = why
        self._resting |= dict.fromkeys(_MOVES if right is Right.MOVE else _OF_THE_OFFICE, why)
        for name, said in self._resting.items():
            self.by_name[name].setEnabled(False)
            self.by_name[name].setToolTip(said)
            self.by_name[name].setStatusTip(said)

    def enable(self, *, selected: bool, current: bool, listed: bool) -> None:
        """Allow what can be done: with something selected, with a current account, with anything listed."""
        for name in _FOR_SELECTED:
            self.by_name[name].setEnabled(selected and name not in self._resting)
        for name in _FOR_CURRENT:
            self.by_name[name].setEnabled(current and name not in self._resting)
        self.by_name["select_all"].setEnabled(listed)
        self.statuses.setEnabled(selected)
        for action in self._keyed:
            action.setEnabled(selected and not self._why_no_moves)

    def close_doors(self, why: Mapping[int, str]) -> None:
        """Offer greyed, with the reason, the statuses to which the one selected account may not go."""
        for action in self.statuses.actions():
            reason = self._why_no_moves or why.get(action.data(), "")
            action.setEnabled(not reason and self.statuses.isEnabled())
            action.setToolTip(reason or self._tips[action.data()])

    def fill_menu(self, menu: QMenu) -> None:
        """Put everything that has no place elsewhere in the menu bar into a menu of it."""
        menu.addMenu(self.statuses)
        self._add(menu, *_MOVES, "", "edit_account", "account_history", "", "copy_with_headers")
        menu.addSeparator()
        menu.addMenu(self.columns)

    def context_menu(self) -> QMenu:
        """Return the menu of a row; it goes when it is closed."""
        menu = QMenu(self._pane)
        menu.setObjectName("account_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.addMenu(self.statuses)
        self._add(menu, *_MOVES, "", "edit_account", "account_history", "")
        self._add(menu, "copy", "copy_with_headers", "select_all", "", "add_account")
        return menu

    def _add(self, menu: QMenu, *names: str) -> None:
        for name in names:
            if name:
                menu.addAction(self.by_name[name])
            else:
                menu.addSeparator()

    def _fill_columns(self) -> None:
        fill_columns(self.columns, self._head)


def fill_columns(menu: QMenu, head: AccountsHead) -> None:
    """Fill the menu that chooses columns, sorts by them, and puts them back as they were."""
    menu.clear()
    for column in head.columns:
        action = menu.addAction(column.title)
        action.setObjectName(f"column_{column.name}")
        action.setCheckable(True)
        action.setChecked(head.is_shown(column.name))
        action.toggled.connect(lambda on, name=column.name: head.show_column(name, shown=on))
    menu.addSeparator()
    _fill_sorting(menu.addMenu(tr("Sort by")), head)
    _fill_moving(menu.addMenu(tr("Move left")), head, "left")
    _fill_moving(menu.addMenu(tr("Move right")), head, "right")
    reset = menu.addAction(tr("Show the usual columns"), head.reset_columns)
    reset.setObjectName("columns_reset")


def _fill_moving(menu: QMenu, head: AccountsHead, way: str) -> None:
    menu.setObjectName(f"move_{way}_menu")
    shown = head.shown()
    for column in shown[1:] if way == "left" else shown[:-1]:
        action = menu.addAction(column.title)
        action.setObjectName(f"move_{way}_{column.name}")
        by = -1 if way == "left" else 1
        action.triggered.connect(lambda _=False, name=column.name, by=by: head.move_column(name, by))


def _fill_sorting(menu: QMenu, head: AccountsHead) -> None:
    menu.setObjectName("sort_menu")
    name, descending = head.sort
    group = QActionGroup(menu)
    for column in filter(lambda column: column.sorts, head.shown()):
        action = group.addAction(menu.addAction(column.title))
        action.setObjectName(f"sort_{column.name}")
        action.setCheckable(True)
        action.setChecked(column.name == name)
        action.triggered.connect(lambda _=False, by=column.name: head.sort_requested.emit(by, descending))
    menu.addSeparator()
    downward = menu.addAction(tr("Downward"))
    downward.setObjectName("sort_downward")
    downward.setCheckable(True)
    downward.setChecked(descending)
    downward.toggled.connect(lambda on: head.sort_requested.emit(name, on))
