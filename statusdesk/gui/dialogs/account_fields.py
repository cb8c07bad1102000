"""The controls of the account form: one for each kind of field, alike to fill, to ask and to mark as wrong."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from statusdesk.domain.fields import Field, Kind
from statusdesk.gui.dialogs import account_values as values
from statusdesk.gui.dialogs.account_values import Value
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.status_picker import CalmComboBox
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import field_name, tr

NOTE_HEIGHT: Final = 88
"""Height of the field for notes, in logical pixels."""


class FormField(QWidget):
    """A label, a control below it, and a sentence where what was typed cannot be kept.

    `edited` comes when a person changed the text. The text that the field started with is never complained of and
    never counts as a change.
    """

    edited = Signal()

    def __init__(self, field: Field, control: QLineEdit | QComboBox | QPlainTextEdit, currency: str) -> None:
        super().__init__()
        self.field = field
        self.control = control
        self._currency = currency
        self._start = ""
        label = field_name(field)
        if field.kind is Kind.MONEY:
            label = tr("{label}, {currency}").format(label=label, currency=currency)
        control.setObjectName(f"account_{field.name}")
        control.setAccessibleName(field_name(field))
        self._caption = TextLabel(label, Type.HEADING)
        self._caption.setBuddy(control)
        self._hint = TextLabel("", Type.LABEL, "muted", wrap=True)
        self._hint.setObjectName(f"account_{field.name}_hint")
        self._hint.hide()
        self._arrange()
        self._listen()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._caption)
        head.addStretch(1)
        if self.field.required:
            head.addWidget(TextLabel(tr("required"), Type.LABEL, "muted"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.control)
        column.addWidget(self._hint)
        column.addStretch(1)

    def _listen(self) -> None:
        if isinstance(self.control, QPlainTextEdit):
            self.control.textChanged.connect(self._edited)
        elif isinstance(self.control, QLineEdit):
            self.control.textChanged.connect(self._edited)
            self.control.editingFinished.connect(self.complain)
        else:
            self.control.editTextChanged.connect(self._edited)
            self.control.activated.connect(self._edited)

    @property
    def text(self) -> str:
        """What stands in the field."""
        if isinstance(self.control, QPlainTextEdit):
            return self.control.toPlainText()
        return self.control.text() if isinstance(self.control, QLineEdit) else self.control.currentText()

    def fill(self, value: Value) -> None:
        """Put a value in, and keep quiet."""
        self._start = values.as_text(self.field, value, self._currency)
        was = self.control.blockSignals(True)
        if isinstance(self.control, QPlainTextEdit):
            self.control.setPlainText(self._start)
        elif isinstance(self.control, QLineEdit):
            self.control.setText(self._start)
            self.control.setCursorPosition(0)
        else:
            self.control.setCurrentText(self._start)
        self.control.blockSignals(was)

    @property
    def changed(self) -> bool:
        """True where something else was typed than the field started with."""
        return self.text != self._start

    @property
    def problem(self) -> str:
        """Why what was typed cannot be kept; nothing where it can, or where it was there before."""
        return values.problem(self.field, self.text, self._currency) if self.changed else ""

    def read(self) -> Value:
        """Return the value that was typed. Raises `BadValue`."""
        return values.read(self.field, self.text, self._currency)

    def complain(self) -> None:
        """Show the problem, if there is one."""
        self.show_problem(self.problem)

    def show_problem(self, sentence: str) -> None:
        """Show a sentence below the field and mark its edge; nothing takes both away."""
        self._say(sentence, "loss", wrong=bool(sentence))

    def advise(self, sentence: str) -> None:
        """Show a sentence below the field that does not keep anybody from saving."""
        self._say(sentence, "muted", wrong=False)

    def _say(self, sentence: str, tone: str, *, wrong: bool) -> None:
        self._hint.set_tone(tone)
        self._hint.setText(sentence)
        self._hint.setVisible(bool(sentence))
        self.control.setAccessibleDescription(sentence)
        self.control.setProperty("invalid", wrong)
        self.control.update()

    def _edited(self) -> None:
        if self.problem and not values.is_beginning(self.field, self.text):
            self.complain()
        elif self.field.name == "monthly_charge" and not self.problem and self.text and int(self.read()) < 0:
            self.advise(tr("A credit: it lowers what is billed each month."))
        else:
            self.show_problem("")
        self.edited.emit()


def make_field(field: Field, currency: str, offered: Sequence[str] | None = None) -> FormField:
    """Return the field's label and control; `offered` are the names of the list that it is picked from, if any."""
    if field.kind is Kind.LONG_TEXT:
        note = QPlainTextEdit()
        note.setTabChangesFocus(True)
        note.setFixedHeight(NOTE_HEIGHT)
        return FormField(field, note, currency)
    if offered is not None:
        box = CalmComboBox()
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.addItems(list(offered))
        box.setCurrentText("")
        return FormField(field, box, currency)
    line = _Line()
    if field.kind is Kind.DATE:
        line.setPlaceholderText(tr("YYYY-MM-DD"))
    if field.kind is Kind.MONEY:
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
    return FormField(field, line, currency)


class _Line(QLineEdit):
    """A line whose width is the form's business."""

    def minimumSizeHint(self) -> QSize:
        """Let two fit side by side."""
        return QSize(96, super().minimumSizeHint().height())


class FlagField(QCheckBox):
    """A tick that knows whether it was changed."""

    edited = Signal()

    def __init__(self, field: Field, explanation: str) -> None:
        super().__init__(field_name(field))
        self.field = field
        self._start = False
        self.setObjectName(f"account_{field.name}")
        self.setToolTip(explanation)
        self.setAccessibleDescription(explanation)
        self.clicked.connect(self.edited)

    def fill(self, *, on: bool) -> None:
        """Set the tick, and keep quiet."""
        self._start = on
        self.setChecked(on)

    @property
    def changed(self) -> bool:
        """True where the tick is not as it was."""
        return self.isChecked() != self._start
