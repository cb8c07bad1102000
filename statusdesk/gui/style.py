"""Fusion, flattened: filled rounded controls with one border, without style sheets.

A style written in Python triples the time a table takes to paint, as each cell asks it a dozen things. So the
application's style, `AppStyle`, is Fusion but for one thing: whatever control it polishes gets `ControlStyle`.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QProxyStyle, QWidget


class AppStyle(QProxyStyle):
    """Fusion for everything, and `ControlStyle` for controls."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def polish(self, thing: QApplication | QWidget | QPalette | Qt.GlobalColor | QColor, /) -> None:
        """Prepare a widget for its first showing."""
        super().polish(thing)
