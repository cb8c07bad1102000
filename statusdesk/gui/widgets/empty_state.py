"""What stands in the middle of a region with nothing in it: one sentence, and a way on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from statusdesk.gui.widgets.texts import LinkButton, TextLabel


class EmptyState(QWidget):
    """A muted sentence, at most one button and one link below it; `name` begins the names of its parts."""

    pressed = Signal()
    link_pressed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.sentence = TextLabel(tone="muted", wrap=True)
        self.sentence.setObjectName(f"{name}_sentence")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton()
        self.button.setObjectName(f"{name}_button")
        self.link = LinkButton("")
        self.link.setObjectName(f"{name}_link")
        self.button.clicked.connect(self.pressed)
        self.link.clicked.connect(self.link_pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(self.sentence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say(self, sentence: str, button: str = "", link: str = "") -> None:
        """Show a sentence; button and link only where they have a text."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        for part, text in ((self.button, button), (self.link, link)):
            part.setText(text)
            part.setVisible(bool(text))
