"""The accounts pane: find accounts, select them, and give them another status."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QByteArray, QPoint, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from statusdesk.domain.changes import Selection
from statusdesk.domain.rights import Right
from statusdesk.gui.panes.account_filters import AccountFilters
from statusdesk.gui.panes.account_list import AccountList
from statusdesk.gui.panes.account_menus import AccountMenus
from statusdesk.gui.panes.account_moves import AccountMoves
from statusdesk.gui.panes.account_texts import empty_text
from statusdesk.gui.panes.set_status_row import SetStatusRow
from statusdesk.gui.session import Session
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.empty_state import EmptyState
from statusdesk.gui.widgets.search_field import SearchField
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import tr

_START = Qt.FocusReason.OtherFocusReason


class AccountsPane(QWidget):
    """Signals whose names end in `_requested` are wishes; whoever hears them fulfils them.

    `statuses_chosen` carries the ids that still filter after a chip was taken away, empty for all; `listed` comes
    whenever the list shows an answer.
    """

    listed = Signal()
    statuses_chosen = Signal(object)
    reassign_requested = Signal(object)
    current_account_changed = Signal(object)
    vacation_requested = Signal(object)
    disconnect_requested = Signal(object)
    edit_requested = Signal(int)
    history_requested = Signal(int)
    mark_unpaid_requested = Signal(object)
    hand_over_requested = Signal(int)
    take_back_requested = Signal(int)
    create_requested = Signal()
    import_requested = Signal()
    demo_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("accounts_pane")
        self.setAccessibleName(tr("Accounts"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._session = session
        self._list = AccountList(session, self)
        self._table = self._list.table
        self._search = SearchField("accounts_search", tr("Search number, name, address, phone"))
        self._columns = QToolButton()
        self._filters = AccountFilters(session, self._list)
        self._empty = EmptyState("accounts_empty")
        self._middle = QStackedWidget()
        self.row = SetStatusRow(session)
        self._menus = AccountMenus(self, self._table)
        self.actions_by_name = self._menus.by_name
        self._moves = AccountMoves(session, self._list, self._menus, self.row)
        self._build()
        self._wire()
        self._wire_actions()
        self._list.refresh()

    def _build(self) -> None:
        self._columns.setObjectName("accounts_columns")
        self._columns.setText(tr("Columns"))
        self._columns.setAccessibleName(tr("Columns"))
        self._columns.setAutoRaise(True)
        self._columns.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._columns.setToolTip(tr("Choose columns, and what sorts"))
        self._columns.clicked.connect(self._open_columns)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 12)
        head.setSpacing(12)
        head.addWidget(TextLabel(tr("Accounts"), Type.PANE_HEAD))
        head.addWidget(self._search, 1)
        head.addWidget(self._columns)
        self._middle.addWidget(self._table)
        self._middle.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._filters)
        column.addWidget(self._middle, 1)
        column.addWidget(Hairline())
        column.addWidget(self.row)
        self._order_tabs()

    @Slot()
    def _order_tabs(self) -> None:
        empty = (self._empty.button, self._empty.link)
        order = (self._search, *self._filters.chips.stops(), self._table, *empty, *self.row.stops(), self._columns)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _wire(self) -> None:
        self._search.searched.connect(self._search_for)
        self._search.left_downward.connect(self._go_to_list)
        self._filters.chips.replaced.connect(self._order_tabs)
        self.row.grown.connect(self._order_tabs)
        self._filters.statuses_chosen.connect(self.statuses_chosen)
        self._empty.pressed.connect(self._leave_empty)
        self._empty.link_pressed.connect(self._follow_empty_link)
        self._list.listed.connect(self._show_listed)
        self._list.listed.connect(self.listed)
        self._table.current_account_changed.connect(self.current_account_changed)
        self._table.opened.connect(self.edit_requested)
        self._table.menu_requested.connect(self._show_menu)
        self._table.head.customContextMenuRequested.connect(self._show_columns)
        self._moves.wished.connect(self.reassign_requested)
        self._moves.deselected.connect(self.take_focus)

    def _wire_actions(self) -> None:
        deeds = {
            "find": self._find,
            "copy": self._copy,
            "copy_with_headers": lambda: self._copy(headers=True),
            "select_all": self._list.selection.pick_all,
            "set_status_with_reason": self.row.open_picker,
            "vacation": lambda: self.vacation_requested.emit(self.selection()),
            "disconnect": lambda: self.disconnect_requested.emit(self.selection()),
            "mark_unpaid": lambda: self.mark_unpaid_requested.emit(self.selection()),
            "hand_over": lambda: self.hand_over_requested.emit(self._list.selection.count),
            "take_back": lambda: self.take_back_requested.emit(self._list.selection.count),
            "edit_account": lambda: self._with_current(self.edit_requested),
            "account_history": lambda: self._with_current(self.history_requested),
            "add_account": self.create_requested.emit,
        }
        for name, deed in deeds.items():
            self.actions_by_name[name].triggered.connect(lambda _=False, deed=deed: deed())

    @property
    def settled(self) -> bool:
        """True while nothing is pending."""
        return self._list.settled

    @property
    def painted(self) -> bool:
        """True once people have seen rows, or that there are none."""
        return self._table.painted or not self._list.count

    def selection(self) -> Selection:
        """Return the selected accounts."""
        return self._list.selection.as_selection()

    def show_statuses(self, status_ids: frozenset[int]) -> None:
        """Show the accounts of these statuses; of all statuses if there are none."""
        self._filters.show_statuses(status_ids)

    def show_change_set(self, change_set: int) -> None:
        """Show exactly the accounts that a change set changed, as far as they are open."""
        self._search.clear()
        self._filters.show_change_set(change_set)

    def show_ids(self, ids: Sequence[int], title: str) -> None:
        """Show exactly these accounts, as far as they are open, under a title such as “Vacation on 3 Mar 2026”."""
        self._search.clear()
        self._filters.show_ids(ids, title)

    def choose_status_for(self, account_id: int) -> None:
        """Select one account and let people pick its new status."""
        self._list.find(account_id, self.row.open_picker)
        if self._list.query.search != self._search.text():
            self._search.clear()
        if not self._filters.in_force:
            self.statuses_chosen.emit(frozenset())

    def rest(self, right: Right, why: str) -> None:
        """Switch off for good what needs a right, and say why."""
        self._menus.rest(right, why)
        if right is Right.MOVE:
            self.row.rest(why)

    def fill_menu(self, menu: QMenu) -> None:
        """Put what can be done with accounts into a menu of the menu bar."""
        self._menus.fill_menu(menu)

    @Slot()
    def take_focus(self) -> None:
        """Take the keyboard: the list, or the search where nothing is listed."""
        (self._table if self._list.count else self._search).setFocus(_START)

    def save_state(self) -> QByteArray:
        """Return columns and sorting, to be remembered."""
        return self._table.head.save_state()

    def restore_state(self, state: QByteArray) -> None:
        """Take on what was remembered."""
        self._table.head.restore_state(state)

    def close_listing(self) -> None:
        """End the list's thread and its connection."""
        self._list.close()

    @Slot(str)
    def _search_for(self, text: str) -> None:
        if text != self._list.query.search:
            self._list.ask(self._list.query._replace(search=text))

    @Slot()
    def _leave_empty(self) -> None:
        """Do what the button of the empty list offers."""
        deed = empty_text(self._session, self._list.query).deed
        if deed == "import":
            self.import_requested.emit()
        elif deed == "clear":
            self._search.empty()
            self._search.setFocus(_START)
        else:
            self._filters.show_all()

    @Slot()
    def _follow_empty_link(self) -> None:
        """Search everywhere where only a part was searched; a list without any accounts leads to the demo."""
        if self._filters.in_force:
            self._filters.show_all()
        else:
            self.demo_requested.emit()

    @Slot()
    def _go_to_list(self) -> None:
        if self._list.count:
            self._table.setFocus(_START)
            if not self._list.selection.count:
                self._table.pick(max(self._table.current_row, 0))

    @Slot()
    def _find(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    @Slot()
    def _show_listed(self) -> None:
        nothing = self._list.complete and not self._list.count
        if nothing:
            text = empty_text(self._session, self._list.query)
            self._empty.say(text.sentence, text.button, text.link)
        shown: QWidget = self._empty if nothing else self._table
        if self._middle.currentWidget() is not shown:
            held = self._has_focus_in(self._middle)
            self._middle.setCurrentWidget(shown)
            if held:
                self.take_focus()

    def _has_focus_in(self, part: QWidget) -> bool:
        """Tell whether the window's keyboard is in this part, even while a dialog is before the window."""
        focus = self.window().focusWidget()
        return focus is not None and part.isAncestorOf(focus)

    def _with_current(self, wish: SignalInstance) -> None:
        account_id = self._table.current_account()
        if account_id is not None:
            wish.emit(account_id)

    def _copy(self, *, headers: bool = False) -> None:
        from statusdesk.gui.panes.account_copies import copy_selected

        copy_selected(self._session, self._list, headers=headers)

    @Slot(object)
    def _show_menu(self, place: QPoint) -> None:
        self._menus.context_menu().popup(place)

    @Slot()
    def _open_columns(self) -> None:
        self._menus.columns.popup(self._columns.mapToGlobal(self._columns.rect().bottomLeft()))

    @Slot(QPoint)
    def _show_columns(self, place: QPoint) -> None:
        self._menus.columns.popup(self._table.head.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc take back the search, then the filters, then the selection."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self._search.empty():
            if self._filters.in_force:
                self._filters.show_all()
            elif self._list.selection.count:
                self._list.selection.clear()
            else:
                event.ignore()
