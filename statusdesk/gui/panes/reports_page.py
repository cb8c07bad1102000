"""The managers' reports: a list of them, what can be chosen of each, and what they say."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from statusdesk.domain.changes import Selection
from statusdesk.domain.instants import day_of, now
from statusdesk.domain.rights import Right
from statusdesk.domain.scopes import Dimension
from statusdesk.gui.charts.table_cells import PAD
from statusdesk.gui.models.distribution_facts import AccountsBehind, values_of
from statusdesk.gui.models.report_source import ReportSource
from statusdesk.gui.panes.reports_building import Wish, build, to_activate
from statusdesk.gui.panes.reports_content import ReportsContent, inset
from statusdesk.gui.panes.reports_controls import ReportsControls
from statusdesk.gui.panes.reports_paper import takeaway_of
from statusdesk.gui.panes.reports_view import Behind, View
from statusdesk.gui.session import Session
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.segments import Segments
from statusdesk.gui.widgets.side_list import SideList
from statusdesk.gui.widgets.take_away import TakeAwayBar
from statusdesk.gui.widgets.texts import Hairline, ShortLabel, TextLabel
from statusdesk.gui.wording import tr
from statusdesk.services.opening import open_store
from statusdesk.services.report_requests import TITLES, Kind, Request
from statusdesk.services.reports.span import first_day
from statusdesk.services.settings_verbs import Limits, limits, set_limits
from statusdesk.store.store import Store

OFFERED: Final = (
    Kind.MATRIX,
    Kind.MOVEMENT,
    Kind.REVENUE,
    Kind.PEAK,
    Kind.GROWTH,
    Kind.STUCK,
    Kind.GHOSTS,
)
"""The reports in the order of the list."""

_EDGE: Final = 24
_MOMENT: Final = 300
"""Milliseconds that counting may take without a word."""


@dataclass(frozen=True, slots=True)
class _Shown:
    view: View
    limits: Limits
    earliest: str


class ReportsPage(QWidget):
    """`accounts_requested` carries `AccountsBehind` what people opened, `take_away_requested` a deed and a view.

    `selected` tells what is selected at the desk. Reports are asked on a thread with a reading connection of its
    own; an older answer never follows a newer one.
    """

    accounts_requested = Signal(object)
    take_away_requested = Signal(str, object)

    def __init__(
        self, session: Session, selected: Callable[[], Selection] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reports_page")
        self.setAccessibleName(tr("Reports"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._session = session
        self._selected = selected
        self._requests = {kind: Request(kind) for kind in OFFERED}
        self._kind = OFFERED[0]
        self._as_table = {kind: kind in (Kind.MATRIX, Kind.STUCK) for kind in OFFERED}
        self._stale = True
        self._closed = False
        self._source = ReportSource(self._open_store, self)
        self.list = SideList("reports_list", tr("Reports"), [(kind.value, tr(TITLES[kind])) for kind in OFFERED])
        self.controls = ReportsControls(self._ask_values)
        self.content = ReportsContent()
        self.take_away = TakeAwayBar("report_take")
        choices = [("chart", "report_chart", tr("Chart")), ("table", "report_as_table", tr("Table"))]
        self.toggle = Segments("report_view", tr("Show as"), choices)
        self._title = TextLabel("", Type.PANE_HEAD)
        self._busy = ShortLabel("", Type.LABEL, "planned")
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_MOMENT)
        self._build()
        self._wire()
        self._tell_kind()

    def _build(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.list)
        whole.addWidget(Hairline(upright=True))
        head = QHBoxLayout()
        head.setContentsMargins(PAD, 0, PAD, 0)
        head.setSpacing(12)
        self._title.setObjectName("report_title")
        self._busy.setObjectName("report_busy")
        head.addWidget(self._title)
        head.addWidget(self._busy)
        head.addStretch(1)
        head.addWidget(self.take_away)
        head.addWidget(self.toggle)
        column = QVBoxLayout()
        column.setContentsMargins(_EDGE - PAD, 12, _EDGE - PAD, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(inset(self.controls))
        column.addLayout(inset(Hairline()))
        column.addWidget(self.content, 1)
        whole.addLayout(column, 1)

    def _wire(self) -> None:
        self.controls.rest_limits(self._session.why_not(Right.SHAPE))
        self.list.currentRowChanged.connect(self._choose_report)
        self.controls.changed.connect(self._ask)
        self.controls.days_chosen.connect(self._choose_days)
        self.controls.selection_wished.connect(self._weigh_selection)
        self.controls.limits_wished.connect(self._set_limits)
        self.content.opened.connect(self._open)
        self.toggle.picked.connect(self._choose_view)
        self.take_away.requested.connect(self.take_shown_away)
        self._session.changed.connect(self.refresh)
        self._source.failed.connect(self._fail)
        self._source.settled_changed.connect(self._watch)
        self._patience.timeout.connect(self._say_busy)

    def _order_tabs(self) -> None:
        """Let Tab go through the page as it is read; figures come and go."""
        shown = self.toggle.focusProxy()
        stops = [self.list, *self.take_away.stops(), *([shown] if shown else []), *self.controls.stops()]
        for before, after in pairwise([*stops, *self.content.stops()]):
            QWidget.setTabOrder(before, after)

    @property
    def settled(self) -> bool:
        """True while nothing is asked."""
        return self._source.settled

    @property
    def kind(self) -> Kind:
        """The report that is chosen."""
        return self._kind

    def show_report(self, kind: Kind) -> None:
        """Show one of the reports."""
        self.list.setCurrentRow(OFFERED.index(kind))

    @Slot()
    def refresh(self) -> None:
        """Ask again; later, while nobody sees the page."""
        self._stale = True
        if self.isVisible():
            self._ask()

    def take_focus(self) -> None:
        """Take the keyboard."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_reports(self) -> None:
        """End the thread and close its connection; nothing is shown any more."""
        if not self._closed:
            self._closed = True
            self._session.changed.disconnect(self.refresh)
            self._source.close()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Ask again if something changed meanwhile."""
        super().showEvent(event)
        if self._stale and not self._closed:
            self._ask()

    def _open_store(self) -> Store:
        return open_store(self._session.info.place, "read")

    @Slot(int)
    def _choose_report(self, row: int) -> None:
        self._kind = OFFERED[row]
        self._tell_kind()
        self._ask()
        if self._busy.text():
            self._say_busy()

    def _tell_kind(self) -> None:
        self._title.setText(tr(TITLES[self._kind]))
        self.controls.show_kind(self._kind)
        self.toggle.set_value("table" if self._as_table[self._kind] else "chart")

    @Slot(str)
    def _choose_view(self, value: str) -> None:
        self._as_table[self._kind] = value == "table"
        self.content.show_table(wanted=self._as_table[self._kind])

    @Slot()
    def _choose_days(self) -> None:
        """Keep to the chosen days; without a choice they go along with today."""
        first, last = self.controls.first.day, self.controls.last.day
        self._requests[self._kind] = replace(self._requests[self._kind], first=first, last=last)
        self._ask()

    @Slot()
    def _ask(self) -> None:
        if self._stale:
            self.controls.filters.forget_values()
        self._stale = False
        wish = self.controls.wish(self._requests[self._kind])
        self._source.ask(lambda store: _answer(store, wish), self._take)
        self._say_unanswered()

    def _take(self, shown: _Shown) -> None:
        today = day_of(now(), self._session.info.time_zone)
        self.controls.show_request(shown.view.request, today, shown.earliest)
        self.controls.show_limits(shown.limits, self._session.live_lines())
        self.toggle.setEnabled(shown.view.chart is not None)
        self.content.show_view(shown.view, as_table=self._as_table[self._kind])
        self._order_tabs()

    @Slot()
    def _watch(self) -> None:
        """Say so when counting takes more than a moment: until then what is shown is that from before."""
        if self.settled:
            self._patience.stop()
            self._busy.setText("")
        elif not self._patience.isActive():
            self._patience.start()

    @Slot()
    def _say_busy(self) -> None:
        shown = self.content.view
        said = tr("Counting…")
        if shown is not None and shown.request.kind is not self._kind:
            said = tr("Counting… Until then this is “{title}”.").format(title=shown.title)
        self._busy.setText(tr("Waits for the server") if self._session.is_lost else said)

    @Slot()
    def _weigh_selection(self) -> None:
        """Weigh what it would mean to activate what is selected at the desk."""
        if self._selected is not None:
            selection = self._selected()
            self._source.run(lambda store: to_activate(store, selection), self.controls.activating.setValue)

    @Slot(object)
    def _set_limits(self, wanted: Limits) -> None:
        self._session.perform(lambda desk, _progress: set_limits(desk, wanted))

    def _ask_values(self, dimension: Dimension, then: Callable[[Any], None]) -> None:
        self._source.run(lambda store: values_of(store, dimension), then)

    @Slot(object)
    def _open(self, behind: Behind) -> None:
        self._source.run(
            lambda store: AccountsBehind(array("q", behind.ids(store)), behind.title), self.accounts_requested.emit
        )

    @Slot(str)
    def take_shown_away(self, deed: str) -> None:
        """Say that people want to do one of the deeds of `TakeAwayBar` with the report that is shown."""
        if self.content.view is not None:
            self.take_away_requested.emit(deed, takeaway_of(self.content.view, self._session.info))

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._session.tell(error)
        self._say_unanswered()

    def _say_unanswered(self) -> None:
        """Say what the page waits for where the server is lost."""
        if self._session.is_lost:
            self._busy.setText(tr("Waits for the server"))
            self.content.say_unanswered()


def _answer(store: Store, wish: Wish) -> _Shown:
    earliest = first_day(store) or day_of(now(), store.info.time_zone)
    return _Shown(build(store, wish), limits(store), earliest)
