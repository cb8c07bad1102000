"""How large a window may be at first, so that all of it is on the screen, its foot included."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

FRAME: Final = QSize(4, 40)
"""Room for the frame that the platform puts around a window, in logical pixels."""


def fitting(window: QWidget, wanted: QSize) -> QSize:
    """Return the wanted size, or as much of it as the window's screen has room for."""
    return wanted.boundedTo(window.screen().availableSize() - FRAME)
