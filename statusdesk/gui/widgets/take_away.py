"""The deeds by which people take a view away: print it, save it in one of four ways, copy it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from statusdesk.gui.icons import action_icon
from statusdesk.gui.wording import tr

PRINT, COPY, PDF, PNG, CSV, XLSX = "print", "copy", "pdf", "png", "csv", "xlsx"

SAVED = (
    (PDF, "PDF, as printed…"),
    (PNG, "Picture (PNG)…"),
    (XLSX, "Excel workbook, with the chart…"),
    (CSV, "Comma-separated table…"),
)
"""The forms in which a view is saved, and what menus say of them."""


class TakeAwayBar(QWidget):
    """Says `requested` with what people want to do with what is shown."""

    requested = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(tr("Take it away"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        copy = self._button("copy", tr("Copy"), "copy")
        copy.setToolTip(tr("Copy the table, for a spreadsheet"))
        copy.clicked.connect(partial(self.requested.emit, COPY))
        printed = self._button("print", tr("Print…"), "print")
        printed.clicked.connect(partial(self.requested.emit, PRINT))
        save = self._button("save", tr("Save as"), "export")
        save.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        save.setMenu(self._menu(save))
        self._buttons = (copy, printed, save)
        for button in self._buttons:
            row.addWidget(button)

    def stops(self) -> list[QWidget]:
        """Return where the keyboard stops, in order."""
        return list(self._buttons)

    def _button(self, name: str, text: str, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{self.objectName()}_{name}")
        button.setText(text)
        button.setAccessibleName(text)
        button.setIcon(action_icon(icon))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _menu(self, button: QToolButton) -> QMenu:
        menu = QMenu(button)
        menu.setObjectName(f"{self.objectName()}_menu")
        menu.setAccessibleName(tr("Save as"))
        for kind, text in SAVED:
            action = menu.addAction(tr(text), partial(self.requested.emit, kind))
            action.setObjectName(f"{self.objectName()}_{kind}")
        return menu
