"""The field in which a status is renamed in its own row; a refusal stands below it in words."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QHideEvent, QMoveEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from statusdesk.domain.rules import clean_name
from statusdesk.gui.control_paint import paint_box
from statusdesk.gui.theme import Type, tones
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

Refusal = Callable[[int, str], str]
"""Says why a status (by id) cannot have a name; an empty text where it can."""


class FieldNote(TextLabel):
    """A sentence in a box of the warning's colours, laid over what is below a field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", Type.LABEL, "warning_text", wrap=True, parent=parent)
        self._around = parent
        self.setObjectName("field_note")
        self.setContentsMargins(8, 6, 8, 6)
        self.hide()

    def show_below(self, field: QWidget, sentence: str) -> None:
        """Show the sentence below a field, or above it where there is no room."""
        self.setText(sentence)
        around = self._around.rect()
        self.setFixedWidth(max(200, min(360, around.width() - 16)))
        self.adjustSize()
        corner = field.geometry().bottomLeft() + QPoint(0, 4)
        if corner.y() + self.height() > around.bottom():
            corner.setY(field.geometry().top() - 4 - self.height())
        corner.setX(max(8, min(corner.x(), around.right() - 8 - self.width())))
        self.move(corner)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, then the sentence."""
        tone = tones(self.palette())
        with QPainter(self) as painter:
            paint_box(painter, self.rect(), tone.warning_ground, tone.warning_edge)
        super().paintEvent(event)


class NameField(QLineEdit):
    """Edits a name, and says at once what speaks against what is typed."""

    def __init__(self, name: str, refusal: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(name, parent)
        self.setObjectName("rename_field")
        self.setAccessibleName(tr("New name of {name}").format(name=name))
        self.setFrame(False)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setTextMargins(3, 0, 3, 0)
        self._refusal = refusal
        self._note = FieldNote(parent)
        self.destroyed.connect(self._note.deleteLater)
        self.textChanged.connect(self._check)
        self.selectAll()

    @property
    def wanted(self) -> str:
        """The name as it would be kept; empty where something speaks against it."""
        return "" if self._refusal(self.text()) else clean_name(self.text())

    @Slot()
    def complain(self, sentence: str = "") -> None:
        """Say what speaks against the name: this sentence, or what the rules find."""
        self._say(sentence or self._refusal(self.text()))

    @Slot(str)
    def _check(self, text: str) -> None:
        self._say(self._refusal(text) if text.strip() else "")

    def _say(self, sentence: str) -> None:
        self.setProperty("invalid", bool(sentence))
        self.setAccessibleDescription(sentence)
        if sentence:
            self._note.show_below(self, sentence)
        else:
            self._note.hide()
        self.update()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Take the note along."""
        super().moveEvent(event)
        if self._note.isVisible():
            self._note.show_below(self, self._note.text())

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the note away."""
        self._note.hide()
        super().hideEvent(event)
