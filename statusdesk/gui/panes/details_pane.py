"""The side that shows one account; what it says of it is made when there is one to show."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from statusdesk.domain.store_errors import StoreUnavailable
from statusdesk.gui.icons import action_icon
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import TextLabel

if TYPE_CHECKING:
    from statusdesk.domain.changes import Outcome
    from statusdesk.gui.panes.details_account import DetailsAccount
    from statusdesk.gui.session import Session

WIDTH: Final = 272
_EDGE: Final = 16


class DetailsPane(QWidget):
    """Shows the account that is current in the list; wishes about it go to whoever carries them out."""

    edit_requested = Signal(int)
    set_status_requested = Signal(int)
    vacation_requested = Signal(int)
    disconnect_requested = Signal(int)
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
        self._shown: DetailsAccount | None = None
        self._title = TextLabel(use=Type.PANE_HEAD, wrap=True)
        self._title.setObjectName("details_title")
        self._pages = QStackedWidget()
        self._build()
        self._session.changed.connect(self._follow)
        self.show_account(None)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        self._pages.addWidget(self._nothing())
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

    def prepare(self) -> DetailsAccount:
        """Make what an account is shown with, if that was not done yet, and return it."""
        if self._shown is None:
            from statusdesk.gui.panes.details_account import DetailsAccount

            self._shown = DetailsAccount(self._session)
            self._shown.edit_requested.connect(lambda: self.edit_requested.emit(self._account_id))
            self._shown.set_status_requested.connect(lambda: self.set_status_requested.emit(self._account_id))
            self._shown.vacation_requested.connect(lambda: self.vacation_requested.emit(self._account_id))
            self._shown.disconnect_requested.connect(lambda: self.disconnect_requested.emit(self._account_id))
            self._shown.undo_requested.connect(self.undo_requested)
            self._pages.addWidget(self._shown)
            for before, after in pairwise((self._close, *self._shown.stops())):
                QWidget.setTabOrder(before, after)
        return self._shown

    @Slot(object)
    def show_account(self, account_id: int | None) -> None:
        """Show an account from the top, or none; the same one again keeps its place."""
        anew, self._account_id = account_id != self._account_id, account_id
        self._refresh(anew=anew)

    def take_focus(self) -> None:
        """Give the keyboard to the first thing that can be done here."""
        first = self._close if self._shown is None or not self._pages.currentIndex() else self._shown.edit
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _follow(self, outcome: Outcome) -> None:
        touched = outcome.touched
        if self._account_id is not None and (touched.accounts or touched.statuses or touched.details):
            self._refresh(anew=False)

    def _refresh(self, *, anew: bool) -> None:
        with suppress(StoreUnavailable), self._session.reader.db.explained():
            self._show_anew(anew=anew)

    def _show_anew(self, *, anew: bool) -> None:
        account = None if self._account_id is None else self._session.reader.accounts.get(self._account_id)
        self._title.setText("" if account is None else account.title)
        if account is not None:
            self.prepare().show_account(account, anew=anew)
        self._pages.setCurrentIndex(0 if account is None else 1)
