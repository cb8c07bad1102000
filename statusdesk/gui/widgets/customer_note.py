"""What to tell the customer, ready to be copied into a letter or read out."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton, QWidget

from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr


class CustomerNote(QWidget):
    """A label as wide as those of the card's facts, the note, and Copy at the end."""

    def __init__(self, note: str, label_width: int) -> None:
        super().__init__()
        self.setObjectName("card_customer_note")
        self.setAccessibleName(tr("What to tell the customer"))
        self._note = note
        self._copy = QPushButton(tr("Copy"))
        self._copy.setObjectName("card_copy_note")
        self._copy.setAccessibleName(tr("Copy what to tell the customer"))
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self._put_on_clipboard)
        text = TextLabel(note, wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 10, 0, 10)
        grid.setHorizontalSpacing(8)
        grid.setColumnMinimumWidth(0, label_width)
        grid.setColumnStretch(1, 1)
        grid.addWidget(TextLabel(tr("Tell the customer"), tone="muted"), 0, 0)
        grid.addWidget(text, 0, 1)
        grid.addWidget(self._copy, 0, 2)

    @Slot()
    def _put_on_clipboard(self) -> None:
        QApplication.clipboard().setText(self._note)
        self._copy.setText(tr("Copied"))
