"""The foot of a dialog: what the deed means in a few words, Cancel, and the deed itself at the end."""

from typing import Final

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from statusdesk.gui.icons import action_icon
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

HEIGHT: Final = 64
"""Height of the foot in logical pixels."""

_LEAST_BUTTON: Final = 96


class DialogFoot(QWidget):
    """A bar of 64 pixels; the dialog connects `accept_button` and `cancel_button` to what they do.

    Without `cancel_name` there is no Cancel, as in a dialog that only shows something. `sign` is an action icon.
    """

    def __init__(
        self, note: str, accept: str, *, accept_name: str, cancel_name: str = "dialog_cancel", sign: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("dialog_foot")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setFixedHeight(HEIGHT)
        self._note = TextLabel(note, Type.LABEL, "muted", wrap=True)
        self._note.setObjectName("dialog_note")
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.cancel_button = _button(tr("Cancel"), cancel_name or "dialog_cancel")
        if not cancel_name:
            self.cancel_button.hide()
        self.accept_button = _button(accept, accept_name)
        self.accept_button.setProperty("primary", True)
        self._arrange(sign)

    def _arrange(self, sign: str) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        if sign:
            icon = QLabel()
            icon.setPixmap(action_icon(sign).pixmap(16))
            row.addWidget(icon)
        row.addWidget(self._note, 1)
        row.addSpacing(8)
        row.addWidget(self.cancel_button)
        row.addWidget(self.accept_button)

    def set_note(self, text: str, tone: str = "muted") -> None:
        """Say something else at the side, in a tone of `Tones`: "loss" for what keeps the deed from being done."""
        self._note.set_tone(tone)
        self._note.setText(text)

    @property
    def note(self) -> str:
        """What is said at the side."""
        return self._note.text()


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setMinimumWidth(_LEAST_BUTTON)
    return button
