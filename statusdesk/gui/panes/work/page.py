"""The page of worklists: a list of them, and the chosen one with its views, its rows and what to do with them."""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from statusdesk.domain.folding import fold
from statusdesk.domain.rights import Right
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.models.distribution_facts import AccountsBehind
from statusdesk.gui.models.report_source import ReportSource
from statusdesk.gui.panes.work.answering import Answer, answered
from statusdesk.gui.panes.work.foot import EDGE, WorkFoot
from statusdesk.gui.panes.work.head import WorkHead
from statusdesk.gui.panes.work.marks import marks_column
from statusdesk.gui.panes.work.rows import table_of
from statusdesk.gui.panes.work.waiting import Waiting
from statusdesk.gui.widgets.empty_state import EmptyState
from statusdesk.gui.widgets.side_list import SideList
from statusdesk.gui.widgets.texts import Hairline
from statusdesk.gui.wording import not_answered, tr
from statusdesk.services.opening import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statusdesk.gui.panes.work.worklist import WorkAction, WorkColumn, Worklist
    from statusdesk.gui.session import Session

_ROWS, _NOTHING, _WAITING = range(3)
_TEXT_INSET: Final = 8


class WorkPage(QWidget):
    """`accounts_requested` carries `AccountsBehind` what people want to see at the desk.

    Rows come from a thread with a reading connection of its own; an older answer never follows a newer one.
    """

    accounts_requested = Signal(object)

    def __init__(
        self,
        session: Session,
        lists: Sequence[Worklist[Any]],
        parent: QWidget | None = None,
        *,
        name: str = "work",
        title: str = "Work",
    ) -> None:
        """Show these lists; `name` begins the names of the page's parts."""
        super().__init__(parent)
        self.setObjectName(f"{name}_page")
        self.setAccessibleName(tr(title))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._session = session
        self._lists = tuple(lists)
        self._chosen = self._lists[0]
        self._answer = Answer()
        self._shown: Sequence[Any] = ()
        self._stale = True
        self._arriving = False
        self._closed = False
        self._source = ReportSource(lambda: open_store(session.info.place, "read"), self)
        self.list = SideList(
            f"{name}_lists", tr("Worklists"), [(each.name, tr(each.title)) for each in self._lists]
        )
        self.head = WorkHead(name)
        self.table = ChartTable(f"{name}_table", tr(title))
        self._empty = EmptyState(f"{name}_empty")
        self._waiting = Waiting(f"{name}_waiting")
        self._stack = QStackedWidget()
        self.foot = WorkFoot(self.table, session.why_not, name)
        self._build()
        self._wire()
        self._turn_to(self._chosen)

    def _build(self) -> None:
        for part in (self.table, self._empty, self._waiting):
            self._stack.addWidget(part)
        rows = QVBoxLayout()
        rows.setContentsMargins(EDGE - _TEXT_INSET, 0, EDGE - _TEXT_INSET, 0)
        rows.addWidget(self._stack)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(rows, 1)
        column.addWidget(Hairline())
        column.addWidget(self.foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.list)
        whole.addWidget(Hairline(upright=True))
        whole.addLayout(column, 1)

    def _wire(self) -> None:
        self.list.currentRowChanged.connect(self._choose_list)
        self.head.view_chosen.connect(self._ask)
        self.head.search.searched.connect(self._show_matching)
        self.head.search.left_downward.connect(self.foot.take_back_focus)
        self._empty.pressed.connect(self._press_empty)
        self.table.chosen.connect(self._judge)
        self.table.opened.connect(self._open)
        self.foot.wished.connect(self._do)
        self.foot.accounts_wished.connect(self._show_accounts)
        self._session.changed.connect(self.refresh)
        self._source.failed.connect(self._fail)
        for each in self._lists:
            each.wanted.connect(self._ask)

    @property
    def settled(self) -> bool:
        """True while nothing is asked."""
        return self._source.settled

    @property
    def lists(self) -> tuple[Worklist[Any], ...]:
        """All lists, in their order."""
        return self._lists

    @property
    def worklist(self) -> Worklist[Any]:
        """The list that is chosen."""
        return self._chosen

    def show_list(self, name: str, view: str = "") -> None:
        """Show a list by its name, in one of its views."""
        self.list.setCurrentRow(next(row for row, each in enumerate(self._lists) if each.name == name))
        if view:
            self.head.choose_view(view)
            self._ask()

    def chosen_rows(self) -> list[Any]:
        """Return the selected rows as they stand."""
        return [self._shown[number] for number in self.table.chosen_numbers()]

    @Slot(int)
    def _choose_list(self, row: int) -> None:
        if self._lists[row] is not self._chosen:
            self._turn_to(self._lists[row])
            self._ask()

    def _turn_to(self, worklist: Worklist[Any]) -> None:
        """Show another list's head and actions; its rows are on their way."""
        self._chosen = worklist
        self.head.show_list(worklist)
        self.foot.offer(worklist.actions())
        self.foot.show_accounts(offered=worklist.has_accounts)
        self._shown = ()
        self._stack.setCurrentIndex(_WAITING)
        self.foot.show_chosen("", self.head.view, ())
        self._order_tabs()

    def _order_tabs(self) -> None:
        stops = [self.list, *self.head.stops(), self.table, *self.foot.stops()]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    @Slot()
    def refresh(self) -> None:
        """Ask again; later, while nobody sees the page."""
        self._stale = True
        if self.isVisible():
            self._ask()

    @Slot()
    def _ask(self) -> None:
        self._stale = False
        self._waiting.begin()
        lists, chosen, view = self._lists, self._chosen, self.head.view
        self._source.ask(lambda store: answered(store, lists, chosen, view), self._take)
        self._say_unanswered()

    def _take(self, answer: Answer) -> None:
        self._answer = answer
        self._waiting.end()
        urgent = {
            each.name: sum(answer.counts[each.name].get(view, 0) for view in each.urgent) for each in self._lists
        }
        self.list.show_counts(urgent)
        self.head.show_counts(answer.counts[answer.worklist])
        self.head.show_note(self._chosen.note(answer.view, answer.rows))
        self._show_matching()

    @Slot()
    def _show_matching(self) -> None:
        """Show those rows in which all words of the search are."""
        answer = self._answer
        if answer.worklist != self._chosen.name:
            return
        words = fold(self.head.search.text()).split()
        places = [at for at, text in enumerate(answer.words) if all(word in text for word in words)]
        self._shown = [answer.rows[place] for place in places] if words else answer.rows
        keys = [answer.keys[place] for place in places] if words else answer.keys
        self.table.show_rows(table_of(self._shown, keys, self._columns(answer)), tr(self._chosen.title))
        if self._shown:
            self._stack.setCurrentIndex(_ROWS)
            self._go_to_rows()
            return
        if words and answer.rows:
            said = tr("Nothing matches “{text}”.").format(text=self.head.search.text().strip())
            self._empty.say(said, tr("Clear search"))
        else:
            remedy = None if self._session.why_not(Right.SHAPE) else self._chosen.remedy()
            self._empty.say(self._chosen.empty(answer.view), remedy[0] if remedy else "")
        self._stack.setCurrentIndex(_NOTHING)

    def _columns(self, answer: Answer) -> tuple[WorkColumn[Any], ...]:
        columns = self._chosen.columns(answer.view)
        if answer.marks is None:
            return columns
        return (*columns, marks_column(self._chosen, answer.marks, self._session.info.time_zone))

    @Slot()
    def _press_empty(self) -> None:
        """Clear the search, or do something about there being nothing."""
        remedy = self._chosen.remedy()
        if self.head.search.text() or remedy is None:
            self.head.search.empty()
        else:
            self._session.attempt(remedy[1])

    @Slot()
    def _judge(self) -> None:
        rows = self.chosen_rows()
        hint = tr("Select rows to do something with them") if self._chosen.actions() else ""
        said = self._chosen.chosen(rows) if rows else hint
        self.foot.show_chosen(said if self._shown else "", self._answer.view, rows)

    @Slot(object)
    def _do(self, action: WorkAction[Any]) -> None:
        rows = self.chosen_rows()
        fits = action.free or (rows and action.enabled(rows))
        if fits and not self._session.why_not(action.right):
            self.foot.take_back_focus()
            self._session.attempt(lambda: action.run(rows))

    @Slot()
    def _show_accounts(self) -> None:
        self._request(self.chosen_rows())

    @Slot(object)
    def _open(self, key: object) -> None:
        rows = [row for row in self._shown if self._chosen.key(row) == key]
        primary = next((action for action in self._chosen.actions() if action.primary), None)
        if self._chosen.has_accounts or primary is None:
            self._request(rows)
        elif rows and primary.enabled(rows) and not self._session.why_not(primary.right):
            self._session.attempt(lambda: primary.run(rows))

    def _request(self, rows: Sequence[Any]) -> None:
        if rows and self._chosen.has_accounts:
            ids = array("q", dict.fromkeys(one for row in rows for one in self._chosen.account_ids(row)))
            self.accounts_requested.emit(AccountsBehind(ids, self._chosen.behind(rows)))

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._waiting.end()
        self._session.tell(error)
        self._say_unanswered()

    def _say_unanswered(self) -> None:
        """Say why there is nothing to see where the server is lost."""
        if self._stack.currentIndex() == _WAITING and self._session.is_lost:
            self._empty.say(not_answered())
            self._stack.setCurrentIndex(_NOTHING)

    def close_reports(self) -> None:
        """End the thread and close its connection; nothing is shown any more."""
        if not self._closed:
            self._closed = True
            self._session.changed.disconnect(self.refresh)
            self._source.close()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Ask again if something changed meanwhile, and give the keyboard to the rows."""
        super().showEvent(event)
        if self._stale and not self._closed:
            self._ask()
        self._arriving = True
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.table.isVisible():
            self._go_to_rows()

    def _go_to_rows(self) -> None:
        """Give the keyboard to the rows when people arrive, unless they are doing something else already."""
        if self._arriving and self.list.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arriving = False
