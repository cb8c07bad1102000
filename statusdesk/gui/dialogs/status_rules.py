"""The rules of a status: what accounts need that come into it, where they go on to, what to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QPlainTextEdit, QScrollArea, QWidget

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

_MOST_HEIGHT: Final = 190
_NOTE_HEIGHT: Final = 64


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
        self._required = _Checks("rules_required", tr("What accounts need that come into it"), 3)
        self._some_follow = QCheckBox(tr("Only some statuses may follow"))
        self._some_follow.setObjectName("rules_some_follow")
        self._followers = _Checks("rules_followers", tr("Statuses that may follow"), 2)
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
        self._required.arrange()
        self._followers.arrange()
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


class _Checks(QScrollArea):
    """Boxes to tick, in columns that are read downward; where there are very many, they scroll."""

    def __init__(self, name: str, title: str, columns: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._columns = columns
        self._boxes: dict[str | int, QCheckBox] = {}

    def add(self, text: str, value: str | int, *, checked: bool, icon: QIcon | None = None) -> None:
        """Add a box that stands for a value."""
        box = QCheckBox(text.replace("&", "&&"))
        box.setObjectName(f"{self.objectName()}_{value}")
        box.setChecked(checked)
        if icon is not None:
            box.setIcon(icon)
            box.setIconSize(QSize(16, 16))
        self._boxes[value] = box

    def arrange(self) -> None:
        """Lay the boxes out, once they are all there."""
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        rows = -(-len(self._boxes) // self._columns)
        for place, box in enumerate(self._boxes.values()):
            grid.addWidget(box, place % rows, place // rows)
        for column in range(self._columns):
            grid.setColumnStretch(column, 1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFixedHeight(min(inside.sizeHint().height(), _MOST_HEIGHT))

    def checked(self) -> list[str | int]:
        """Return the values whose boxes are ticked."""
        return [value for value, box in self._boxes.items() if box.isChecked()]


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
