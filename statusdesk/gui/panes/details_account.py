"""What the details say of one account: status, fields, deeds, what is planned for it, and its history."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from statusdesk.domain.records import Account
from statusdesk.domain.rights import Right, needed_to_undo
from statusdesk.gui.models.timeline_steps import steps
from statusdesk.gui.panes.details_fields import DetailsFields
from statusdesk.gui.panes.details_groups import DetailsGroups
from statusdesk.gui.panes.details_planned import DetailsPlanned
from statusdesk.gui.panes.status_head import StatusHead
from statusdesk.gui.session import Session
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.flow_row import FlowRow
from statusdesk.gui.widgets.texts import Hairline, LinkButton, TextLabel
from statusdesk.gui.widgets.timeline import Timeline

PAGE: Final = 200
"""How many steps of a history are shown at first, and how many more each time."""

EDGE: Final = 16


class DetailsAccount(QScrollArea):
    """Shows an account; wishes carry nothing, as they are about the one that is shown."""

    edit_requested = Signal()
    set_status_requested = Signal()
    vacation_requested = Signal()
    disconnect_requested = Signal()
    undo_requested = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._account: Account | None = None
        self._shown = PAGE
        self._status = StatusHead()
        self._fields = DetailsFields(session.info)
        self._planned = DetailsPlanned(session)
        self._groups = DetailsGroups(session)
        self._timeline = Timeline()
        self._timeline.setObjectName("details_history")
        self._older = LinkButton(self.tr("Show older"))
        self._older.setObjectName("details_older")
        self.edit = QPushButton(self.tr("Edit…"))
        self._set_status = QPushButton(self.tr("Set status…"))
        self._vacation = QPushButton(self.tr("Vacation…"))
        self._disconnect = QPushButton(self.tr("Disconnect…"))
        self._dress()
        self._inside = self._contents()
        self.setWidget(self._inside)
        self.edit.clicked.connect(self.edit_requested)
        self._set_status.clicked.connect(self.set_status_requested)
        self._vacation.clicked.connect(self.vacation_requested)
        self._disconnect.clicked.connect(self.disconnect_requested)
        self._timeline.undo_requested.connect(self.undo_requested)
        self._timeline.step_reached.connect(self._bring_into_view)
        self._older.clicked.connect(self._show_older)

    def _dress(self) -> None:
        self._rest()
        self.setObjectName("details_scroll")
        self.setAccessibleName(self.tr("Account details"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.edit.setObjectName("details_edit")
        self._set_status.setObjectName("details_set_status")
        self._vacation.setObjectName("details_vacation")
        self._disconnect.setObjectName("details_disconnect")

    def _contents(self) -> QWidget:
        contents = QWidget()
        contents.setBackgroundRole(QPalette.ColorRole.Base)
        contents.setAutoFillBackground(True)
        column = QVBoxLayout(contents)
        column.setContentsMargins(EDGE, 0, EDGE, EDGE)
        column.setSpacing(0)
        column.addWidget(self._status)
        column.addSpacing(10)
        column.addWidget(self._fields)
        column.addSpacing(16)
        column.addWidget(FlowRow([self.edit, self._set_status, self._vacation, self._disconnect]))
        column.addSpacing(16)
        column.addWidget(self._planned)
        column.addWidget(self._groups)
        column.addWidget(Hairline())
        column.addSpacing(12)
        column.addWidget(TextLabel(self.tr("History"), Type.HEADING))
        column.addSpacing(10)
        column.addWidget(self._timeline)
        column.addWidget(self._older, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return contents

    def _rest(self) -> None:
        """Switch off what this login may not do, and say why."""
        for button, right in (
            (self.edit, Right.SHAPE),
            (self._set_status, Right.MOVE),
            (self._vacation, Right.MOVE),
            (self._disconnect, Right.SHAPE),
        ):
            why = self._session.why_not(right)
            button.setEnabled(not why)
            button.setToolTip(why)

    def stops(self) -> tuple[QWidget, ...]:
        """Return what Tab stops at whatever account is shown, in order."""
        return self.edit, self._set_status, self._vacation, self._disconnect, self._timeline, self._older

    def show_account(self, account: Account, *, anew: bool) -> None:
        """Show an account from the top if it is shown `anew`, or else where people are in it."""
        if anew:
            self._shown = PAGE
        self._account = account
        place = 0 if anew else self.verticalScrollBar().value()
        self._status.show_status(self._session.status(account.status_id))
        self._fields.show_account(account)
        self._planned.show_account(account.id)
        self._groups.show_account(account)
        self._show_history(account.id)
        self.verticalScrollBar().setValue(place)

    def _show_history(self, account_id: int) -> None:
        journal, info = self._session.reader.journal, self._session.info
        entries = journal.timeline(account_id, self._session.statuses(), limit=self._shown + 1)
        self._older.setVisible(len(entries) > self._shown)
        entries = entries[: self._shown]
        change_sets = {
            number: found
            for number in dict.fromkeys(entry.change_set_id for entry in entries)
            if (found := journal.get(number)) is not None
        }
        told = steps(entries, change_sets, currency=info.currency, zone=info.time_zone)
        for place, step in enumerate(told):
            if self._session.why_not(needed_to_undo(change_sets[step.change_set].kind)):
                told[place] = replace(step, link="")
        self._timeline.show_steps(told)

    @Slot()
    def _show_older(self) -> None:
        self._shown += PAGE
        if self._account is not None:
            self.show_account(self._account, anew=False)

    @Slot(QRect)
    def _bring_into_view(self, step: QRect) -> None:
        place = self._timeline.mapTo(self._inside, step.center())
        self.ensureVisible(place.x(), place.y(), 0, step.height() // 2 + 8)
