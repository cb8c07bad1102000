"""One group in the dialog of the office's settings: a heading, its fields, and what they say as it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import TextLabel

if TYPE_CHECKING:
    from collections.abc import Mapping


class SettingsGroup(QWidget):
    """A group; `texts` are its settings by the names under which they are kept."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(TextLabel(title, Type.STRONG))

    def texts(self) -> Mapping[str, str]:
        """Return what the fields say. Raises `BadValue`."""
        raise NotImplementedError
