"""A dialog with a few fields for one deed: it stays until the deed is done, and says why where it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from statusdesk.gui.dialogs.framed import FramedDialog, heading
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.form_parts import field_group
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import error_text, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

WIDTH: Final = 560
"""Width of the dialog in logical pixels."""

MOST_LETTERS: Final = 500
"""How long a reason may be."""


@dataclass(frozen=True, slots=True)
class FormWords:
    """The words of a form; `name` begins the names of its widgets, `note` stands in its foot."""

    name: str
    title: str
    explanation: str
    accept: str
    note: str = ""


class FormDialog(FramedDialog):
    """`wished` carries what people want each time they ask for it; whoever does it calls `finish` or `refuse`."""

    wished = Signal(object)

    def __init__(self, words: FormWords, sign: QIcon, parent: QWidget | None = None) -> None:
        super().__init__(f"{words.name}_dialog", words.title, parent)
        self._words = words
        self._note = words.note or tr("One step. You can undo it at any time.")
        self.form = QVBoxLayout()
        self.form.setSpacing(16)
        self.foot = DialogFoot(
            self._note, words.accept, accept_name=f"{words.name}_accept", cancel_name=f"{words.name}_cancel"
        )
        self._arrange(sign)
        self.foot.accept_button.setDefault(True)
        self.foot.accept_button.clicked.connect(self._say)
        self.foot.cancel_button.clicked.connect(self.reject)

    def _arrange(self, sign: QIcon) -> None:
        picture = QLabel()
        picture.setPixmap(sign.pixmap(32))
        body = QVBoxLayout()
        body.setContentsMargins(24, 24, 24, 24)
        body.setSpacing(20)
        body.addLayout(heading(self._words.title, self._words.explanation, sign=picture))
        body.addLayout(self.form)
        self.stack(body, foot=self.foot, width=WIDTH)

    def add(self, title: str, field: QWidget, hint: str = "") -> None:
        """Add a field below its label, with a muted hint at the label's other end."""
        first = self.form.isEmpty()
        side = TextLabel(hint, Type.LABEL, "muted") if hint else None
        self.form.addLayout(field_group(title, field, side=side))
        if first:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def line(self, part: str, title: str, placeholder: str = "") -> QLineEdit:
        """Return a line for words, named after the dialog and its part."""
        made = QLineEdit()
        made.setObjectName(f"{self._words.name}_{part}")
        made.setAccessibleName(title)
        made.setPlaceholderText(placeholder)
        made.setMaxLength(MOST_LETTERS)
        return made

    def wish(self) -> Any:
        """Return what is wished for, or None while that is incomplete."""
        raise NotImplementedError

    @Slot()
    def _say(self) -> None:
        wish = self.wish()
        if wish is not None:
            self.wished.emit(wish)

    def remind(self, sentence: str) -> None:
        """Say in the foot what is still missing; an empty sentence takes that back."""
        self.foot.set_note(sentence or self._note, "loss" if sentence else "muted")

    def refuse(self, error: Exception) -> bool:
        """Say why it cannot be done; tells whether the dialog still stands to say so."""
        there = isValid(self) and self.isVisible()
        if there:
            self.remind(error_text(error))
        return there

    def finish(self) -> None:
        """Close, as it is done."""
        if isValid(self) and self.isVisible():
            self.accept()
