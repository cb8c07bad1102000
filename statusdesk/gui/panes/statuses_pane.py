"""The pane of statuses: it shows them, says what people wish for them, and which of them they look at."""

from collections.abc import Collection

from PySide6.QtCore import QByteArray, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from statusdesk.domain.changes import Outcome
from statusdesk.domain.errors import Refused
from statusdesk.domain.rules import check_edit
from statusdesk.gui import formats
from statusdesk.gui.icons import action_icon
from statusdesk.gui.models.status_rows import StatusRow
from statusdesk.gui.models.statuses_model import StatusesModel
from statusdesk.gui.panes.status_actions import StatusActions
from statusdesk.gui.panes.status_dragging import DraggingTable
from statusdesk.gui.panes.status_summary import StatusSummary
from statusdesk.gui.session import Session
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import Hairline, LinkButton, TextLabel
from statusdesk.gui.wording import error_text

HEAD_HEIGHT = 56
"""Height of the pane's head in logical pixels."""

_RETIRED = QByteArray(b"retired")


class StatusesPane(QWidget):
    """Head, table and summary.

    `statuses_chosen` carries the ids that the accounts are filtered by, none for all of them. Of the wishes,
    `wished` carries the name of a status action and a status's id, `new_wished` a template or None,
    `place_wished` a `Place`; `refused` is a sentence that says why something cannot be done.
    """

    statuses_chosen = Signal(object)
    accounts_dropped = Signal(int)
    new_wished = Signal(object)
    wished = Signal(str, int)
    rename_wished = Signal(int, str)
    place_wished = Signal(object)
    refused = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statuses_pane")
        self.setAccessibleName(self.tr("Statuses"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._session = session
        self._model = StatusesModel(session.info.currency, self)
        self._model.set_lines(session.lines)
        self.table = DraggingTable(self._model, self._refusal)
        self.actions_of_status = StatusActions(self.table)
        self._summary = StatusSummary(self.actions_of_status, session.info.currency)
        self._new = QPushButton(action_icon("new"), self.tr("New status…"))
        self._retired = LinkButton("")
        self._steps: list[tuple[int, int]] = []
        self._arrange()
        self._wire()
        self._show_summary()

    def rest(self, why: str) -> None:
        """Switch off for good what shapes statuses, and say why."""
        self.actions_of_status.rest(why)
        self._new.setEnabled(False)
        self._new.setToolTip(why)
        self.table.rest(why)

    def _arrange(self) -> None:
        self._new.setObjectName("new_status")
        self._new.setAutoDefault(False)
        self._retired.setObjectName("retired_link")
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 12)
        head.setSpacing(16)
        head.addWidget(TextLabel(self.tr("Statuses"), Type.PANE_HEAD))
        head.addStretch(1)
        head.addWidget(self._retired)
        head.addWidget(self._new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(Hairline())
        column.addWidget(self._summary)
        QWidget.setTabOrder(self.table, self._new)
        QWidget.setTabOrder(self._new, self._retired)

    def _wire(self) -> None:
        table, actions = self.table, self.actions_of_status
        self._new.clicked.connect(self._offer_templates)
        self._retired.clicked.connect(actions["show_retired"].trigger)
        actions.new_wished.connect(self.new_wished)
        actions.wished.connect(self._wish)
        table.rename_requested.connect(self.rename_wished)
        table.place_requested.connect(self.place_wished)
        table.accounts_dropped.connect(self.accounts_dropped)
        table.refused.connect(self.refused)
        table.chosen_changed.connect(self._say_chosen)
        table.selectionModel().currentChanged.connect(self._show_summary)
        table.menu_requested.connect(self._show_context_menu)
        self._session.changed.connect(self._refresh)
        self._session.jobs.idle_changed.connect(self._take_steps, Qt.ConnectionType.QueuedConnection)

    def select_statuses(self, status_ids: Collection[int]) -> None:
        """Select exactly these statuses; says nothing."""
        self.table.select(status_ids)
        current = self.table.current_status()
        if len(status_ids) == 1 and (current is None or current.key not in status_ids):
            self.table.go_to(next(iter(status_ids)))
        self._show_summary()

    def go_to(self, status_id: int) -> None:
        """Make a status the one in question and bring it into view; what is selected stays."""
        self.table.go_to(status_id)

    def rename(self, status_id: int, typed: str | None = None, refusal: str = "") -> None:
        """Open the field for a name, holding what was typed before and why that was refused."""
        self.table.rename(status_id, typed, refusal)

    def fill_menu(self, menu: QMenu) -> None:
        """Put what can be done with statuses into a menu."""
        self.actions_of_status.fill(menu)

    def take_focus(self) -> None:
        """Give the table the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_state(self) -> QByteArray:
        """Return what is remembered until the next start: whether retired statuses are shown."""
        return _RETIRED if self._model.shows_retired else QByteArray()

    def restore_state(self, state: QByteArray) -> None:
        """Be again as `save_state` said."""
        wanted = state == _RETIRED
        if wanted is not self._model.shows_retired:
            self._show_retired(shown=wanted)

    def _refusal(self, status_id: int, name: str) -> str:
        statuses = [line.status for line in self._session.lines]
        status = next((status for status in statuses if status.id == status_id), None)
        try:
            if status is not None:
                check_edit(status, {"name": name}, statuses)
        except Refused as refused:
            return error_text(refused)
        return ""

    @Slot()
    def _offer_templates(self) -> None:
        corner = self._new.rect().bottomLeft() + QPoint(0, 4)
        self.actions_of_status.new_menu.popup(self._new.mapToGlobal(corner))

    @Slot(QPoint)
    def _show_context_menu(self, at: QPoint) -> None:
        self.actions_of_status.context_menu(self).popup(at)

    @Slot(str, int)
    def _wish(self, name: str, status_id: int) -> None:
        if name == "show_retired":
            self._show_retired(shown=not self._model.shows_retired)
        elif name == "rename":
            self.table.rename(status_id)
        elif name in ("move_up", "move_down"):
            self._steps.append((status_id, -1 if name == "move_up" else 1))
            self._take_steps()
        else:
            self.wished.emit(name, status_id)

    @Slot()
    def _take_steps(self) -> None:
        """Take the steps one by one: each counts from where the one before ended, however fast the keys are."""
        while self._steps and self._session.jobs.idle:
            self.table.step(*self._steps.pop(0))

    def _show_retired(self, *, shown: bool) -> None:
        self.table.change_rows(lambda: self._model.show_retired(shown))
        self.actions_of_status["show_retired"].setChecked(shown)
        self._show_summary()

    @Slot()
    def _say_chosen(self) -> None:
        self._show_summary()
        self.statuses_chosen.emit(self.table.chosen())

    @Slot(object)
    def _refresh(self, outcome: Outcome) -> None:
        if outcome.touched.accounts or outcome.touched.statuses:
            self.table.change_rows(lambda: self._model.set_lines(self._session.lines))
            self._show_summary()

    @Slot()
    def _show_summary(self) -> None:
        chosen = self.table.chosen()
        several = [row for row in self._model.rows if isinstance(row, StatusRow) and row.key in chosen]
        current = self.table.current_status()
        if len(several) > 1:
            self._summary.show_sums(several)
        elif current is not None:
            self._summary.show_status(current)
        else:
            self._summary.show_advice()
        self._show_link()
        status = current.line.status if current is not None else None
        self.actions_of_status.aim(status, current.line.accounts if current is not None else 0)

    def _show_link(self) -> None:
        """Offer the retired statuses that have no row, or to hide those that only have one by wish."""
        number = sum(line.status.retired and not line.accounts for line in self._model.lines)
        shown = self._model.shows_retired
        show = self.tr("Show {count} retired").format(count=formats.count(number))
        self._retired.setText(self.tr("Hide retired") if shown else show)
        self._retired.setVisible(number > 0)
