"""The list behind the accounts table: what it is asked for, what came of it, and what people selected in it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from statusdesk.domain.errors import StatusDeskError
from statusdesk.domain.records import Account
from statusdesk.gui.models.account_columns import account_columns
from statusdesk.gui.models.account_selection import AccountSelection, Picks
from statusdesk.gui.models.account_source import AccountSource, Answer, Question
from statusdesk.gui.models.accounts_model import AccountsModel
from statusdesk.gui.panes.accounts_table import AccountsTable
from statusdesk.gui.session import Session
from statusdesk.services.listing import Listing, ListQuery
from statusdesk.services.opening import open_store


class AccountList(QObject):
    """Keeps a table on the newest answer.

    `listed` comes with each answer, `asked` when the question changes, `unanswered` when there was no answer.
    """

    listed = Signal()
    asked = Signal()
    unanswered = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.query = ListQuery()
        self.complete = False
        self.selection = AccountSelection(self)
        self.model = AccountsModel(
            account_columns(session.info, session.status), self.fetch, session.status, self.selection, self
        )
        self.table = AccountsTable(self.model, self.selection)
        self._source = AccountSource(self._open, self)
        self._source.answered.connect(self._show)
        self._source.failed.connect(self._fail)
        self._source.failed.connect(self.unanswered)
        self.model.failed.connect(self._fail, Qt.ConnectionType.QueuedConnection)
        self.table.head.sort_requested.connect(self._sort)
        self._untouched = self.selection.picks
        self._touched = False
        self._closed = False
        self._sought: tuple[int, Callable[[], None]] | None = None
        session.changed.connect(self.refresh)
        self._keep_room()

    @property
    def settled(self) -> bool:
        """True while nothing is asked."""
        return self._source.settled

    @property
    def count(self) -> int:
        """How many accounts are listed; so far, while the list is not complete."""
        return len(self.model.ids)

    def ask(self, query: ListQuery) -> None:
        """List what answers this question."""
        self.query = query
        self.complete = False
        self._ask()
        self.asked.emit()
        if self._session.is_lost:
            self.unanswered.emit()

    @Slot()
    def refresh(self) -> None:
        """Look at everything again, after a change."""
        self.model.refresh()
        self._keep_room()
        self._ask()

    def _keep_room(self) -> None:
        """Let the table show the names of all live statuses in full."""
        metrics = self.table.fontMetrics()
        names = (line.status.name for line in self._session.live_lines())
        self.table.head.keep_room({"status": max(map(metrics.horizontalAdvance, names), default=0)})

    def find(self, account_id: int, then: Callable[[], None]) -> None:
        """Select one account and show it, then call `then`; filters that hide it are given up."""
        if self._pick(account_id):
            then()
            return
        self._sought = (account_id, then)
        self.ask(ListQuery(sort=self.query.sort, descending=self.query.descending))

    def read(self, work: Callable[[Listing], Any], then: Callable[[Any], None]) -> None:
        """Read much off the painting thread; `then` is called with what `work` returns."""
        self._source.run(work, then)

    def fetch(self, ids: Sequence[int]) -> list[Account]:
        """Return a few accounts at once, in this order; raises `StoreUnavailable`."""
        with self._session.reader.db.explained():
            return self._session.reader.accounts.page(ids)

    def account(self, account_id: int) -> Account | None:
        """Return one account; None if it is closed or cannot be read."""
        with suppress(StatusDeskError):
            return next(iter(self.fetch([account_id])), None)
        return None

    def close(self) -> None:
        """End the thread and close the connection; nothing is listed any more."""
        if not self._closed:
            self._closed = True
            self._session.changed.disconnect(self.refresh)
            self._source.close()

    def _open(self) -> Listing:
        return Listing(open_store(self._session.info.place, "read"))

    def _ask(self) -> None:
        self._untouched, self._touched = self.selection.picks, False
        self._source.ask(
            Question(
                self.query,
                self.selection.listed,
                self.selection.picks,
                watched=self.table.seen_ids(),
                current=self.table.current_account(),
            )
        )

    @Slot(str, bool)
    def _sort(self, name: str, descending: bool) -> None:
        self.ask(self.query.sorted_by(name, descending=descending))

    @Slot(object)
    def _show(self, answer: Answer) -> None:
        listed = answer.listed
        stay = listed.query == self.selection.listed.query
        self.complete = answer.complete
        self.model.show_sort(listed.query.sort, descending=listed.query.descending)
        self.table.head.show_sort(listed.query.sort, descending=listed.query.descending)
        current = self.table.current_account()
        rows = dict(answer.rows)
        if current is not None and current != answer.question.current:
            with suppress(ValueError):
                rows[current] = listed.ids.index(current)
        current = answer.question.current if current is None else current
        self.table.show_ids(listed.ids, rows, current=current, stay=stay)
        self.selection.relist(listed, self._picks(answer))
        self._untouched = self.selection.picks
        self.listed.emit()
        if answer.complete:
            self._show_sought()

    def _picks(self, answer: Answer) -> Picks | None:
        """Return what the answer says is selected; None once people have selected something since."""
        self._touched = self._touched or self.selection.picks is not self._untouched
        return None if self._touched else answer.picks

    def _show_sought(self) -> None:
        if self._sought is not None:
            account_id, then = self._sought
            self._sought = None
            if self._pick(account_id):
                then()

    def _pick(self, account_id: int) -> bool:
        try:
            row = self.model.ids.index(account_id)
        except ValueError:
            return False
        self.table.pick(row)
        return True

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._session.tell(error)


def without_filters(query: ListQuery) -> ListQuery:
    """Return the question for all accounts that match the same words, in the same order."""
    return query._replace(status_ids=None, change_set=None, among=None)
