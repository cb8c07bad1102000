"""What forms are made of beside their fields: a label above each, and the sentence on what is wrong with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import TextLabel


def field_group(title: str, field: QWidget, *, side: QWidget | None = None) -> QVBoxLayout:
    """Return a field below its label, with something muted at the label's other end."""
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(TextLabel(title, Type.HEADING), 1)
    if side is not None:
        head.addWidget(side)
    column = QVBoxLayout()
    column.setSpacing(5)
    column.addLayout(head)
    column.addWidget(field, 1)
    return column


class ProblemLabel(TextLabel):
    """Says below a field what is wrong with it; not there while nothing is."""

    def __init__(self, name: str) -> None:
        super().__init__(use=Type.LABEL, tone="loss", wrap=True)
        self.setObjectName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, sentence: str, field: QWidget | None = None) -> None:
        """Show the sentence, mark the field, and tell screen readers at the field; an empty one takes it back."""
        self.setText(sentence)
        self.setVisible(bool(sentence))
        if field is not None:
            field.setProperty("invalid", bool(sentence))
            field.setAccessibleDescription(sentence)
            field.update()
