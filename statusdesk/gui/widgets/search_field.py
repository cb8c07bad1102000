"""A field for words to search for: says each change, and is emptied by one key or click."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from statusdesk.gui.icons import action_icon
from statusdesk.gui.wording import tr


class SearchField(QLineEdit):
    """`searched(text)` comes with every change, however it is written; `left_downward` when people go on."""

    searched = Signal(str)
    left_downward = Signal()

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(placeholder)
        self.setPlaceholderText(placeholder)
        self.setClearButtonEnabled(True)
        self.addAction(action_icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._name_buttons()
        self.textChanged.connect(self.searched)

    def _name_buttons(self) -> None:
        """Name what Qt puts into the field without a name: the sign, and the button that clears it."""
        for button in self.findChildren(QToolButton):
            clears = button.objectName() == ""
            leading = bool(button.actions()) and button.actions()[0] in self.actions()
            if leading:
                button.setObjectName(f"{self.objectName()}_sign")
                button.setAccessibleName(tr("Search"))
            elif clears or "clear" in button.objectName():
                button.setObjectName(f"{self.objectName()}_clear")
                button.setAccessibleName(tr("Clear the search"))

    def empty(self) -> bool:
        """Clear the field as a person would; tells whether there was anything in it."""
        if not self.text():
            return False
        self.clear()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter and Down go on to what was found."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left_downward.emit()
        else:
            super().keyPressEvent(event)
