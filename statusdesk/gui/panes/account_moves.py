"""Gives the selected accounts another status, whichever way people ask for it: the row, the menus or the keys."""

from PySide6.QtCore import QObject, Signal, Slot

from statusdesk.domain.changes import Outcome
from statusdesk.domain.records import Status
from statusdesk.gui.panes.account_list import AccountList
from statusdesk.gui.panes.account_menus import AccountMenus
from statusdesk.gui.panes.set_status_row import Chosen, SetStatusRow, Wish
from statusdesk.gui.session import Session
from statusdesk.gui.wording import closed_door

MOVES = frozenset({"reassign", "plan_made", "take_back", "vacation_begun", "vacation_planned"})
"""Kinds of change sets that the row can have asked for."""


class AccountMoves(QObject):
    """Keeps the row and the menus on what is selected. `wished(Wish)` asks for a move.

    `deselected` comes when nothing is selected any more while the keyboard was in the row.
    """

    wished = Signal(object)
    deselected = Signal()

    def __init__(self, session: Session, accounts: AccountList, menus: AccountMenus, row: SetStatusRow) -> None:
        super().__init__(row)
        self._session = session
        self._list = accounts
        self._menus = menus
        self._row = row
        self._awaited: Wish | None = None
        accounts.listed.connect(self._show_selected)
        accounts.selection.changed.connect(self._show_selected)
        accounts.table.current_account_changed.connect(self._enable)
        menus.status_wanted.connect(self._wish)
        row.applied.connect(self._wish)
        session.changed.connect(self._follow_change)
        self._follow_statuses()
        self._show_selected()

    @Slot()
    def _show_selected(self) -> None:
        selection = self._list.selection
        counting = selection.picks.everything is not None and not self._list.complete
        focus = self._row.window().focusWidget()
        held = focus is not None and self._row.isAncestorOf(focus)
        self._row.show_chosen(Chosen(selection.count, selection.hidden, self._only_status(), at_least=counting))
        if held and not selection.count:
            self.deselected.emit()
        self._enable()

    def _only_status(self) -> Status | None:
        """Return the status of the selected account, if it is only one."""
        if self._list.selection.count != 1:
            return None
        account = self._list.account(self._list.selection.ids_in_order()[0])
        return None if account is None else self._session.status(account.status_id)

    @Slot()
    def _enable(self) -> None:
        self._menus.enable(
            selected=self._list.selection.count > 0,
            current=self._list.table.current_account() is not None,
            listed=self._list.count > 0,
        )
        self._menus.close_doors(self._doors())

    def _doors(self) -> dict[int, str]:
        """Return by status why the one account that is selected may not go there."""
        before = self._only_status()
        if before is None:
            return {}
        targets, known = [line.status for line in self._session.live_lines()], self._session.statuses()
        return {target.id: closed_door(before, target, known) for target in targets}

    def _follow_statuses(self) -> None:
        self._menus.offer(self._session.live_lines())
        self._row.refresh()
        self._enable()

    @Slot(object)
    def _follow_change(self, outcome: Outcome) -> None:
        """Offer the statuses as they are now, and forget a reason that has been used."""
        self._follow_statuses()
        if outcome.kind in MOVES and self._awaited is not None:
            self._awaited = None
            self._row.clear_reason()

    @Slot(int)
    @Slot(int, str, object)
    def _wish(self, status_id: int, reason: str = "", due_at: int | None = None) -> None:
        wish = Wish(self._list.selection.as_selection(), status_id, reason, due_at)
        self._awaited = wish if reason else None
        self.wished.emit(wish)
