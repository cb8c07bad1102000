"""The rules of a status: what accounts need that come into it, where they go on to, what to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from statusdesk.domain.admission import REASON, REQUIRABLE, RETURN_DATE
from statusdesk.domain.fields import FIELD
from statusdesk.domain.rules import LONGEST_NOTE
from statusdesk.gui import formats
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import status_icon
from statusdesk.gui.wording import field_name, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QIcon

    from statusdesk.domain.records import Status, StatusFields

_ROWS: Final = 6
_ROW_HEIGHT: Final = 28
_NOTE_HEIGHT: Final = 64
_ID: Final = Qt.ItemDataRole.UserRole


class StatusRulesDialog(FormDialog):
    """`wished` carries the three fields; the editor takes them into its draft."""

    def __init__(
        self, fields: StatusFields, others: Sequence[Status], sign: QIcon, parent: QWidget | None = None
    ) -> None:
        """Show the rules as `fields` have them; `others` are the statuses that could follow."""
        name = fields["name"].strip() or tr("New status")
        words = FormWords(
            "rules",
            tr("Rules of {name}").format(name=name),
            tr("They hold for every move from now on. Accounts that are there already stay as they are."),
            tr("Done"),
            tr("Kept when you save the status."),
        )
        super().__init__(words, sign, parent)
        self._required = _CheckList("rules_required", tr("What accounts need that come into it"))
        self._some_follow = QCheckBox(tr("Only some statuses may follow"))
        self._some_follow.setObjectName("rules_some_follow")
        self._followers = _CheckList("rules_followers", tr("Statuses that may follow"))
        self._text = QPlainTextEdit(fields["customer_note"])
        self._fill(fields, others)
        self._place()
        self._some_follow.toggled.connect(self._follow)
        self._text.textChanged.connect(self._measure)
        self._follow()

    def _fill(self, fields: StatusFields, others: Sequence[Status]) -> None:
        for what in REQUIRABLE:
            self._required.add(required_name(what), what, checked=what in fields["required"])
        for other in others:
            checked = other.id in fields["followers"]
            self._followers.add(other.name, other.id, checked=checked, icon=status_icon(other.shape, other.colour))
        self._some_follow.setChecked(bool(fields["followers"]))
        self._some_follow.setEnabled(bool(others))
        self._text.setObjectName("rules_customer_note")
        self._text.setAccessibleName(tr("What to tell the customer"))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(_NOTE_HEIGHT)

    def _place(self) -> None:
        self.add(tr("Needed on entering"), self._required, tr("asked for before the move"))
        self.form.addWidget(self._some_follow)
        self.form.addWidget(self._followers)
        self.add(tr("What to tell the customer"), self._text, tr("offered on the card, for copying"))

    @Slot()
    def _follow(self) -> None:
        self._followers.setVisible(self._some_follow.isChecked())

    @Slot()
    def _measure(self) -> None:
        over = len(self._text.toPlainText().strip()) - LONGEST_NOTE
        most = tr("The note is too long by {count} characters.").format(count=formats.count(over))
        self.remind(most if over > 0 else "")

    def wish(self) -> StatusFields | None:
        """Return the rules; None, with a reminder, where they make no sense."""
        if len(self._text.toPlainText().strip()) > LONGEST_NOTE:
            return None
        followers = self._followers.checked() if self._some_follow.isChecked() else []
        if self._some_follow.isChecked() and not followers:
            self.remind(tr("Tick the statuses that may follow, or let all follow."))
            return None
        return {
            "required": tuple(map(str, self._required.checked())),
            "followers": tuple(map(int, followers)),
            "customer_note": self._text.toPlainText(),
        }


class _CheckList(QListWidget):
    """A list whose rows are ticked with a click or the space bar."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setUniformItemSizes(True)
        self.setFixedHeight(_ROWS * _ROW_HEIGHT)

    def add(self, text: str, value: str | int, *, checked: bool, icon: QIcon | None = None) -> None:
        """Add a row that stands for a value."""
        item = QListWidgetItem(text, self)
        item.setData(_ID, value)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        if icon is not None:
            item.setIcon(icon)

    def checked(self) -> list[str | int]:
        """Return the values whose rows are ticked."""
        items = [self.item(place) for place in range(self.count())]
        return [item.data(_ID) for item in items if item.checkState() is Qt.CheckState.Checked]


def required_name(what: str) -> str:
    """Return what people call something that a status can require."""
    plain = {REASON: tr("A reason"), RETURN_DATE: tr("A return date")}
    return plain.get(what) or field_name(FIELD[what])


def rules_text(fields: StatusFields) -> str:
    """Sum the rules of a status up: that it needs 2 details, that 3 statuses may follow."""
    parts = []
    if needed := len(fields["required"]):
        needs = tr("Needs {what}.").format(what=required_name(fields["required"][0]).lower())
        parts.append(needs if needed == 1 else tr("Needs {count} details.").format(count=formats.count(needed)))
    if follow := len(fields["followers"]):
        some = tr("{count} statuses may follow.").format(count=formats.count(follow))
        parts.append(tr("1 status may follow.") if follow == 1 else some)
    if fields["customer_note"].strip():
        parts.append(tr("With a note for the customer."))
    return " ".join(parts) or tr("Nothing is asked for, all statuses may follow.")
