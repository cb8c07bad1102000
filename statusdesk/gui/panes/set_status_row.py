"""The row that sets the status of the selected accounts: which status, why, when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from statusdesk.domain.admission import NOTHING, Details
from statusdesk.gui import formats
from statusdesk.gui.icons import status_icon
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import closed_door, tr

if TYPE_CHECKING:
    from statusdesk.domain.changes import Selection
    from statusdesk.domain.records import Status
    from statusdesk.gui.panes.later_fields import LaterFields
    from statusdesk.gui.session import Session

MOST_LETTERS: Final = 500
"""How long a reason may be."""

_TIP: Final = Qt.ItemDataRole.ToolTipRole


class Wish(NamedTuple):
    """What people want: these accounts in that status, why, and when (UTC milliseconds; None: now).

    `details` are what the status requires besides.
    """

    selection: Selection
    status_id: int
    reason: str = ""
    due_at: int | None = None
    details: Details = NOTHING


class Chosen(NamedTuple):
    """What the row speaks of: how many accounts, how many more a search hides, the one account's status.

    `at_least` says that the list is still being counted.
    """

    number: int = 0
    hidden: int = 0
    status: Status | None = None
    at_least: bool = False


class SetStatusRow(QWidget):
    """`applied(status id, reason, due instant or None)` comes by its button, and by Enter in the reason.

    Day and time are made by `prepare`, or when people first want to say them; then `grown` comes.
    """

    applied = Signal(int, str, object)
    grown = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("set_status_row")
        self.setAccessibleName(tr("Set status"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self._session = session
        self._chosen = Chosen()
        self._resting = ""
        self._from_key = False
        self.title = TextLabel(use=Type.STRONG)
        self.title.setObjectName("set_status_title")
        self.addition = TextLabel(use=Type.LABEL, tone="muted")
        self.addition.setObjectName("set_status_hidden")
        self.picker = QComboBox()
        self.reason = QLineEdit()
        self.when = QComboBox()
        self._later: LaterFields | None = None
        self.apply = QPushButton()
        self._dress()
        self._build()
        self.picker.activated.connect(self._picked)
        self.reason.returnPressed.connect(self._apply)
        self.apply.clicked.connect(self._apply)
        self.when.activated.connect(self._choose_when)
        self.refresh()

    def _dress(self) -> None:
        self.picker.setObjectName("set_status_picker")
        self.picker.setAccessibleName(tr("New status"))
        self.picker.setPlaceholderText(tr("Choose a status"))
        self.picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.picker.setMinimumContentsLength(12)
        self.picker.setMaxVisibleItems(16)
        self.reason.setObjectName("set_status_reason")
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.setPlaceholderText(tr("Reason, kept in the history"))
        self.reason.setMaxLength(MOST_LETTERS)
        self.when.setObjectName("set_status_when")
        self.when.setAccessibleName(tr("When"))
        self.when.addItem(tr("Now"))
        self.when.addItem(tr("Later…"))
        self.apply.setObjectName("set_status_apply")
        self.apply.setProperty("primary", True)
        self.apply.setText(tr("Apply…"))
        self.apply.ensurePolished()
        self.apply.setMinimumWidth(self.apply.sizeHint().width())

    def _build(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.title)
        above.addWidget(self.addition, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.picker, 3)
        row.addWidget(self.reason, 4)
        row.addWidget(self.when)
        row.addWidget(self.apply)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(above)
        column.addLayout(row)

    def stops(self) -> tuple[QWidget, ...]:
        """Return what Tab stops at, in order."""
        later = () if self._later is None else self._later.stops()
        return self.picker, self.reason, self.when, *later, self.apply

    @property
    def status_id(self) -> int | None:
        """The status that is picked; None while none is."""
        found = self.picker.currentData()
        return int(found) if found is not None else None

    def refresh(self) -> None:
        """Offer the statuses as they are now; the picked one stays picked while it is offered."""
        picked = self.status_id
        self.picker.clear()
        for line in self._session.live_lines():
            status = line.status
            self.picker.addItem(status_icon(status.shape, status.colour), status.name, status.id)
        self.picker.setCurrentIndex(-1 if picked is None else self.picker.findData(picked))
        self._show_open_doors()
        self._follow()

    def show_chosen(self, chosen: Chosen) -> None:
        """Speak of these accounts."""
        self._chosen = chosen
        self._show_open_doors()
        self._follow()

    def _show_open_doors(self) -> None:
        """Offer greyed, with the reason, where the one account may not go."""
        before, model = self._chosen.status, self.picker.model()
        for place, line in enumerate(self._session.live_lines()):
            why = "" if before is None else closed_door(before, line.status, self._session.statuses())
            if isinstance(model, QStandardItemModel):
                model.item(place).setEnabled(not why)
            self.picker.setItemData(place, why or line.status.description, _TIP)

    def clear_reason(self) -> None:
        """Forget the reason, as it belonged to what was done."""
        self.reason.clear()

    def open_picker(self) -> None:
        """Let people pick a status; the reason comes next."""
        if self._chosen.number and not self._resting:
            self._from_key = True
            self.picker.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.picker.showPopup()

    @property
    def _is_later(self) -> bool:
        return self.when.currentIndex() == 1

    @Slot()
    def _choose_when(self) -> None:
        if self._is_later:
            self.prepare().start()
        elif self._later is not None:
            self._later.hide()
        self._follow()

    def prepare(self) -> LaterFields:
        """Make the fields for day and time, if that was not done yet, and return them."""
        if self._later is None:
            from statusdesk.gui.panes.later_fields import LaterFields

            self._later = LaterFields(self._session.info.time_zone)
            self._column.addWidget(self._later)
            self.grown.emit()
        return self._later

    def rest(self, why: str) -> None:
        """Take no wishes for good, and say why."""
        self._resting = why
        for part in (self, self.picker, self.reason, self.when, self.apply):
            part.setToolTip(why)
            part.setAccessibleDescription(why)
        self._follow()

    def _follow(self) -> None:
        chosen, status_id = Chosen() if self._resting else self._chosen, self.status_id
        self.title.setText(tr("Here you can look, not set a status") if self._resting else _title(chosen))
        self.title.setEnabled(bool(chosen.number))
        self.addition.setText(_addition(chosen))
        for part in (self.picker, self.reason, self.when, self._later):
            if part is not None:
                part.setEnabled(bool(chosen.number))
        self.apply.setEnabled(bool(chosen.number) and status_id is not None)
        self.apply.setText(tr("Apply…") if self._asks(status_id) else tr("Apply"))
        tip = "" if status_id is None else str(self.picker.currentData(_TIP) or "")
        self.picker.setToolTip(self._resting or tip)
        self.picker.setAccessibleDescription(self._resting or tip)

    def _asks(self, status_id: int | None) -> bool:
        """Tell whether the card is going to ask."""
        chosen = self._chosen
        if status_id is None or chosen.status is None:
            return chosen.number > 1
        target = self._session.status(status_id)
        if (target.customer_note or target.required) and target.id != chosen.status.id:
            return True
        return chosen.status.activates is not target.activates

    @Slot()
    def _picked(self) -> None:
        self._follow()
        if self._from_key:
            self._from_key = False
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _apply(self) -> None:
        if self.apply.isEnabled() and self.status_id is not None:
            due_at = self.prepare().instant() if self._is_later else None
            self.applied.emit(self.status_id, self.reason.text().strip(), due_at)


def _title(chosen: Chosen) -> str:
    if not chosen.number:
        return tr("Select accounts to set their status")
    if chosen.number == 1:
        return tr("Set status of 1 selected account")
    written = formats.count(chosen.number) + ("+" if chosen.at_least else "")
    return tr("Set status of {count} selected accounts").format(count=written)


def _addition(chosen: Chosen) -> str:
    if not chosen.hidden:
        return ""
    if chosen.hidden == 1:
        return tr("The search hides 1 more; it stays as it is.")
    return tr("The search hides {count} more; they stay as they are.").format(count=formats.count(chosen.hidden))
