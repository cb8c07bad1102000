"""The line above the accounts table: which filters are in force, and how many accounts they leave."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from statusdesk.domain.changes import Among
from statusdesk.gui.panes.account_list import AccountList, without_filters
from statusdesk.gui.panes.account_texts import chips_of, count_text
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.status_chips import StatusChips
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr


class AccountFilters(QWidget):
    """Follows a list and asks it anew; `statuses_chosen(ids)` tells which statuses still filter, none for all."""

    statuses_chosen = Signal(object)

    def __init__(self, session: Session, accounts: AccountList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("account_filters")
        self._session = session
        self._list = accounts
        self.chips = StatusChips()
        self._count = TextLabel(tone="muted")
        self._count.setObjectName("accounts_count")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 4)
        row.setSpacing(8)
        row.addWidget(self.chips, 1)
        row.addWidget(self._count)
        self.chips.removed.connect(self._drop)
        self.chips.all_removed.connect(self.show_all)
        accounts.asked.connect(self._show_asked)
        accounts.listed.connect(self._show_listed)
        accounts.unanswered.connect(self._show_unanswered)
        session.changed.connect(self._show_chips)
        self._show_chips()

    def show_statuses(self, status_ids: frozenset[int]) -> None:
        """Show the accounts of these statuses; of all statuses if there are none."""
        wanted = without_filters(self._list.query)._replace(status_ids=frozenset(status_ids) or None)
        if wanted != self._list.query:
            self._list.ask(wanted)

    def show_change_set(self, change_set: int) -> None:
        """Show exactly the accounts that a change set changed, whatever was searched for."""
        self._list.ask(without_filters(self._list.query)._replace(search="", change_set=change_set))
        self.statuses_chosen.emit(frozenset())

    def show_ids(self, ids: Sequence[int], title: str) -> None:
        """Show exactly these accounts under a title, whatever was searched for."""
        self._list.ask(without_filters(self._list.query)._replace(search="", among=Among(ids, title)))
        self.statuses_chosen.emit(frozenset())

    @Slot()
    def show_all(self) -> None:
        """Show the accounts of all statuses."""
        self._list.ask(without_filters(self._list.query))
        self.statuses_chosen.emit(frozenset())

    @property
    def in_force(self) -> bool:
        """True while anything but the search filters."""
        return self._list.query != without_filters(self._list.query)

    @Slot(int)
    def _drop(self, key: int) -> None:
        """Take a filter away; the key is a status, where statuses filter."""
        query = self._list.query
        if query.status_ids is None or query.status_ids == {key}:
            self.show_all()
            return
        rest = query.status_ids - {key}
        self._list.ask(query._replace(status_ids=rest))
        self.statuses_chosen.emit(rest)

    @Slot()
    def _show_chips(self) -> None:
        query = self._list.query
        names = "status_chip" if query.among is None else "found_chip"
        names = names if query.change_set is None else "change_chip"
        self.chips.show_chips(chips_of(self._session, query), names=names, otherwise=tr("All statuses"))

    @Slot()
    def _show_asked(self) -> None:
        """Show no number until the list is counted: that of the question before would be wrong."""
        self._count.setText("")
        self._show_chips()

    @Slot()
    def _show_unanswered(self) -> None:
        """Say that what is listed answers the question before, until there is an answer to this one."""
        if not self._list.complete:
            self._count.setText(tr("Waits for the server"))

    @Slot()
    def _show_listed(self) -> None:
        self._count.setText(count_text(self._list.count, complete=self._list.complete))
