"""The form with all that can be set of one account, in sections; it knows what was changed and what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from statusdesk.domain.errors import NumberMissing
from statusdesk.domain.fields import FIELD
from statusdesk.domain.records import Account, AccountFields, DatabaseInfo, Status
from statusdesk.gui.dialogs.account_fields import FlagField, FormField, make_field
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.status_picker import StatusPicker
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import error_text, field_name, tr

SECTIONS: Final = (
    ("Account", (("number", "account_type"), ("name",))),
    ("Contact", (("phone", "email"), ("address", "city"))),
    ("Service and billing", (("status",), ("monthly_charge", "balance_due"), ("service_level", "delinquent"))),
    ("Installation", (("install_on", "install_attempts"),)),
    ("Collections", (("collections_agency", "handed_over_on"),)),
    ("Lead", (("lead_source", "first_contact_on"),)),
    ("Ending", (("disconnect_reason", "next_contact_on"),)),
    ("Network", (("radius_user", "ip_addresses"),)),
    ("Note", (("note",),)),
)
"""Sections by name, each with its rows of one or two fields."""

SECTION_WIDTH: Final = 136
"""Width of the column of section names, in logical pixels."""

SCROLL_BAR: Final = 12
"""Width of the scroll bar beside the form, in logical pixels."""


class AccountForm(QWidget):
    """Shows one account to be edited, or an empty one to be made; `edited` comes whenever a person changed it."""

    edited = Signal()

    def __init__(
        self,
        account: Account | None,
        statuses: Sequence[Status],
        choices: Mapping[str, Sequence[str]],
        info: DatabaseInfo,
    ) -> None:
        super().__init__()
        self.setObjectName("account_form")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._account = account
        self._currency = info.currency
        self._choices = {name: tuple(offered) for name, offered in choices.items()}
        self._status = StatusPicker(statuses)

        self._status.chosen.connect(self.edited)
        explanation = tr("Behind with paying. This is kept apart from the status.")
        self._delinquent = FlagField(FIELD["delinquent"], explanation)
        self._delinquent.edited.connect(self.edited)
        self._fields: dict[str, FormField] = {}
        self._build()
        if account is not None:
            self._fill(account)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24 - SCROLL_BAR, 12)
        column.setSpacing(0)
        for place, (name, rows) in enumerate(SECTIONS):
            if place:
                column.addSpacing(16)
                column.addWidget(Hairline())
                column.addSpacing(16)
            column.addLayout(self._section(tr(name), rows))
        column.addStretch(1)

    def _section(self, name: str, rows: Sequence[Sequence[str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnMinimumWidth(0, SECTION_WIDTH)
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        grid.addWidget(TextLabel(name, Type.STRONG), 0, 0, Qt.AlignmentFlag.AlignTop)
        for place, names in enumerate(rows):
            for column, field in enumerate(names):
                grid.addWidget(self._control(field), place, 1 + column, 1, 3 - len(names))
        return grid

    def _control(self, name: str) -> QWidget:
        if name == "status":
            return self._captioned(field_name(FIELD["status"]), self._status, tr("required"))
        if name == "delinquent":
            return self._captioned("", self._delinquent)
        field = make_field(FIELD[name], self._currency, self._choices.get(name))
        field.edited.connect(self.edited)
        self._fields[name] = field
        return field

    @staticmethod
    def _captioned(caption: str, control: QWidget, remark: str = "") -> QWidget:
        """Put a control at the height of the ones beside it, which have their caption above."""
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        label: QLabel = TextLabel(caption or " ", Type.HEADING)
        label.setBuddy(control)
        grid.addWidget(label, 0, 0)
        grid.addWidget(TextLabel(remark, Type.LABEL, "muted"), 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(control, 1, 0, 1, 2)
        if not caption:
            grid.setRowMinimumHeight(1, 32)
        grid.setRowStretch(2, 1)
        return box

    def _fill(self, account: Account) -> None:
        for name, field in self._fields.items():
            field.fill(getattr(account, name))
        self._status.choose(account.status_id)
        self._delinquent.fill(on=account.delinquent)

    def take_focus(self) -> None:
        """Give the keyboard to the number of a new account, and to the name of one that has its number."""
        self._fields["number" if self._account is None else "name"].control.setFocus()

    def problem(self) -> str:
        """Say the first thing that keeps the form from being saved; nothing if it is fine."""
        wrong = next((field.problem for field in self._fields.values() if field.problem), "")
        return wrong or ("" if self._fields["number"].text.strip() else error_text(NumberMissing()))

    @property
    def begun(self) -> bool:
        """True once something was typed or chosen."""
        status = self._account is not None and self._status.status_id != self._account.status_id
        return status or self._delinquent.changed or any(field.changed for field in self._fields.values())

    def changes(self) -> AccountFields:
        """Return the fields that were changed, and only these; a new account has its status in any case.

        Raises `BadValue` where `problem` says something.
        """
        return cast("AccountFields", dict(self._changes()))

    def _changes(self) -> Iterator[tuple[str, object]]:
        for name, field in self._fields.items():
            if field.changed:
                value = field.read()
                if self._account is None or value != getattr(self._account, name):
                    yield name, value
        if self._account is None or self._status.status_id != self._account.status_id:
            yield "status_id", self._status.status_id
        if self._delinquent.changed:
            yield "delinquent", self._delinquent.isChecked()

    def point_at_number(self, sentence: str) -> None:
        """Say at the number why it was refused."""
        self._fields["number"].show_problem(sentence)
        self._fields["number"].control.setFocus()
