"""The side that shows one account: what is known about it, and its history."""

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from statusdesk.domain.changes import Outcome
from statusdesk.domain.records import Account
from statusdesk.gui.icons import action_icon
from statusdesk.gui.models.timeline_steps import steps
from statusdesk.gui.panes.details_fields import DetailsFields
from statusdesk.gui.panes.details_planned import DetailsPlanned
from statusdesk.gui.panes.status_head import StatusHead
from statusdesk.gui.session import Session
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.flow_row import FlowRow
from statusdesk.gui.widgets.texts import Hairline, LinkButton, TextLabel
from statusdesk.gui.widgets.timeline import Timeline

PAGE: Final = 200
"""How many steps of a history are shown at first, and how many more each time."""

WIDTH: Final = 272
_EDGE: Final = 16


class DetailsPane(QWidget):
    """Shows the account that is current in the list; wishes about it go to whoever carries them out."""

    edit_requested = Signal(int)
    set_status_requested = Signal(int)
    vacation_requested = Signal(int)
    undo_requested = Signal(int)
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("details_pane")
        self.setAccessibleName(self.tr("Account details"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setMinimumWidth(240)
        self.resize(WIDTH, 800)
        self._session = session
        self._account_id: int | None = None
        self._shown = PAGE
        self._title = TextLabel(use=Type.PANE_HEAD, wrap=True)
        self._title.setObjectName("details_title")
        self._status = StatusHead()
        self._fields = DetailsFields(session.info)
        self._planned = DetailsPlanned(session)
        self._timeline = Timeline()
        self._timeline.setObjectName("details_history")
        self._older = LinkButton(self.tr("Show older"))
        self._older.setObjectName("details_older")
        self._scroll = QScrollArea()
        self._pages = QStackedWidget()
        self._build()
        self._connect()
        self.show_account(None)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        self._pages.addWidget(self._nothing())
        self._scroll.setObjectName("details_scroll")
        self._scroll.setAccessibleName(self.tr("Account details"))
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = self._contents()
        self._scroll.setWidget(self._inside)
        self._pages.addWidget(self._scroll)
        column.addWidget(self._pages, 1)

    def _head(self) -> QHBoxLayout:
        close = QToolButton()
        close.setObjectName("details_close")
        close.setAutoRaise(True)
        close.setIcon(action_icon("close"))
        close.setAccessibleName(self.tr("Close the details"))
        close.setToolTip(self.tr("Close the details (F4)"))
        close.clicked.connect(self.closed)
        self._close = close
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 12, 8, 12)
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _nothing(self) -> QWidget:
        page = QWidget()
        text = TextLabel(self.tr("Select an account to see its history"), tone="muted", wrap=True)
        text.setObjectName("details_empty")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(page)
        column.setContentsMargins(_EDGE, 0, _EDGE, 56)
        column.addWidget(text, 1)
        return page

    def _contents(self) -> QWidget:
        contents = QWidget()
        contents.setBackgroundRole(QPalette.ColorRole.Base)
        contents.setAutoFillBackground(True)
        column = QVBoxLayout(contents)
        column.setContentsMargins(_EDGE, 0, _EDGE, _EDGE)
        column.setSpacing(0)
        column.addWidget(self._status)
        column.addSpacing(10)
        column.addWidget(self._fields)
        column.addSpacing(16)
        column.addWidget(self._buttons())
        column.addSpacing(16)
        column.addWidget(self._planned)
        column.addWidget(_section("details_groups"))
        column.addWidget(Hairline())
        column.addSpacing(12)
        column.addWidget(TextLabel(self.tr("History"), Type.HEADING))
        column.addSpacing(10)
        column.addWidget(self._timeline)
        column.addWidget(self._older, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return contents

    def _buttons(self) -> FlowRow:
        self._edit = QPushButton(self.tr("Edit…"))
        self._edit.setObjectName("details_edit")
        self._set_status = QPushButton(self.tr("Set status…"))
        self._set_status.setObjectName("details_set_status")
        self._vacation = QPushButton(self.tr("Vacation…"))
        self._vacation.setObjectName("details_vacation")
        return FlowRow([self._edit, self._set_status, self._vacation])

    def _connect(self) -> None:
        self._edit.clicked.connect(lambda: self.edit_requested.emit(self._account_id))
        self._set_status.clicked.connect(lambda: self.set_status_requested.emit(self._account_id))
        self._vacation.clicked.connect(lambda: self.vacation_requested.emit(self._account_id))
        self._timeline.undo_requested.connect(self.undo_requested)
        self._timeline.step_reached.connect(self._bring_into_view)
        self._older.clicked.connect(self._show_older)
        self._session.changed.connect(self._follow)

    @Slot(object)
    def show_account(self, account_id: int | None) -> None:
        """Show an account from the top, or none; the same one again keeps its place."""
        if account_id != self._account_id:
            self._shown = PAGE
            self._scroll.verticalScrollBar().setValue(0)
        self._account_id = account_id
        self._refresh()

    def take_focus(self) -> None:
        """Give the keyboard to the first thing that can be done here."""
        shown = self._pages.currentIndex() == 1
        (self._edit if shown else self._close).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _follow(self, outcome: Outcome) -> None:
        touched = outcome.touched
        if self._account_id is not None and (touched.accounts or touched.statuses or touched.details):
            self._refresh()

    def _refresh(self) -> None:
        account = None if self._account_id is None else self._session.reader.accounts.get(self._account_id)
        self._title.setText("" if account is None else account.title)
        self._pages.setCurrentIndex(0 if account is None else 1)
        if account is not None:
            self._show(account)

    def _show(self, account: Account) -> None:
        place = self._scroll.verticalScrollBar().value()
        self._status.show_status(self._session.status(account.status_id))
        self._fields.show_account(account)
        self._planned.show_account(account.id)
        self._show_history(account.id)
        self._scroll.verticalScrollBar().setValue(place)

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
        self._timeline.show_steps(steps(entries, change_sets, currency=info.currency, zone=info.time_zone))

    def _show_older(self) -> None:
        self._shown += PAGE
        self._refresh()

    def _bring_into_view(self, step: QRect) -> None:
        place = self._timeline.mapTo(self._inside, step.center())
        self._scroll.ensureVisible(place.x(), place.y(), 0, step.height() // 2 + 8)


def _section(name: str) -> QWidget:
    section = QWidget()
    section.setObjectName(name)
    section.hide()
    return section
