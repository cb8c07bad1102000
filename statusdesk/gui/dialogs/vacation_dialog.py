"""Sends accounts on vacation in one step: when, into which status, and what they pay meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from statusdesk.domain.errors import BadValue
from statusdesk.domain.fields import FIELD
from statusdesk.gui.charts.scales import months_after
from statusdesk.gui.dialogs.account_values import read
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import action_icon
from statusdesk.gui.panes.later_fields import LaterFields
from statusdesk.gui.widgets.status_picker import StatusPicker
from statusdesk.gui.wording import accounts_text, error_text, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statusdesk.domain.records import DatabaseInfo, Status

_CHARGE: Final = FIELD["monthly_charge"]
_CHOICE: Final = 136
_ON: Final = 1


@dataclass(frozen=True, slots=True)
class VacationWish:
    """What people want. Instants are UTC milliseconds; None is now for the leave, not known for the return.

    `charge` is minor units a month while away; None leaves it.
    """

    status_id: int
    leave_at: int | None
    return_at: int | None
    yearly: bool
    charge: int | None
    reason: str


class VacationDialog(FormDialog):
    """`wished` carries a `VacationWish`; `statuses` are those to choose from, `name` the account if it is one."""

    def __init__(
        self,
        accounts: int,
        name: str,
        statuses: Sequence[Status],
        info: DatabaseInfo,
        parent: QWidget | None = None,
    ) -> None:
        who = name or accounts_text(accounts)
        said = tr("Each account returns to the status that it leaves from. Time away is never charged later.")
        title = tr("Vacation of {account}").format(account=who)
        words = FormWords("vacation", title, said, tr("Send on vacation…"))
        super().__init__(words, action_icon("clock"), parent)
        self._statuses = {status.id: status for status in statuses}
        self._currency = info.currency
        self._status = StatusPicker(statuses, "vacation_status")
        self._leave = _Moment("vacation_leave", tr("Leaves"), tr("Now"), info.time_zone)
        self._return = _Moment("vacation_return", tr("Returns"), tr("Not known yet"), info.time_zone)
        self._yearly = QCheckBox(tr("Every year"))
        self._charge = QLineEdit()
        self._reason = self.line("reason", tr("Reason"), tr("Reason, kept in the history"))
        self._fill()
        self._follow()

    def _fill(self) -> None:
        self._yearly.setObjectName("vacation_yearly")
        self._charge.setObjectName("vacation_charge")
        self._charge.setAccessibleName(tr("Monthly charge while away"))
        self._charge.setPlaceholderText(tr("As before"))
        self._charge.setFixedWidth(160)
        self.add(tr("Status while away"), self._status)
        self.add(tr("Leaves"), self._leave)
        self.add(tr("Returns"), self._return)
        self.form.addWidget(self._yearly)
        charge = QWidget()
        row = QHBoxLayout(charge)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._charge)
        row.addStretch(1)
        title = tr("Monthly charge while away, {currency}").format(currency=self._currency)
        self.add(title, charge)
        self._charge_box = charge
        self.add(tr("Reason"), self._reason)
        self._return.choose_later(months_after(self._leave.day, 1))
        self._status.chosen.connect(self._follow)
        self._leave.chosen.connect(self._follow)
        self._return.chosen.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        """Allow what goes together: every year with a return, a charge where the status is billed."""
        self._yearly.setEnabled(self._return.is_set)
        billed = self._statuses[self._status.status_id].activates
        self._charge.setEnabled(billed)
        self._charge.setPlaceholderText(tr("As before") if billed else tr("Not billed while away"))
        self.remind("")

    def wish(self) -> VacationWish | None:
        """Return what is wished for; None where the charge is none."""
        charge: int | None = None
        if self._charge.isEnabled() and self._charge.text().strip():
            try:
                charge = int(read(_CHARGE, self._charge.text(), self._currency))
            except BadValue as problem:
                self.remind(error_text(problem))
                return None
        return VacationWish(
            self._status.status_id,
            self._leave.instant(),
            self._return.instant(),
            self._yearly.isEnabled() and self._yearly.isChecked(),
            charge,
            self._reason.text().strip(),
        )


class _Moment(QWidget):
    """A choice between a word, such as “Now”, and a day and time; `name` begins the names of its parts."""

    def __init__(self, name: str, title: str, word: str, zone: str) -> None:
        super().__init__()
        self._choice = QComboBox()
        self._choice.setObjectName(name)
        self._choice.setAccessibleName(title)
        self._choice.addItems([word, tr("On…")])
        self._choice.setMinimumWidth(_CHOICE)
        self._later = LaterFields(zone, name, tr("{what} on").format(what=title))
        self.chosen = self._choice.activated
        self._choice.activated.connect(self._choose)
        self.setFocusProxy(self._choice)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._choice)
        row.addWidget(self._later, 1)
        row.addStretch(0)

    @property
    def is_set(self) -> bool:
        """True where a day and time are chosen."""
        return self._choice.currentIndex() == _ON

    @property
    def day(self) -> str:
        """The ISO day in the field."""
        return self._later.date.day

    def choose_later(self, day: str) -> None:
        """Choose a day and a time."""
        self._choice.setCurrentIndex(_ON)
        self._later.start()
        self._later.choose_day(day)

    @Slot()
    def _choose(self) -> None:
        if self.is_set:
            self._later.start()
        else:
            self._later.hide()

    def instant(self) -> int | None:
        """Return the chosen instant in UTC milliseconds; None for the word."""
        return self._later.instant() if self.is_set else None
