"""Text over several lines as people read it: broken at blanks, and inside a word only where that is too long."""

import re
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle

CHANCE: Final = "\u200b"
"""An invisible mark where a line may be broken."""

_HARD_BLANK: Final = "\u00a0"
_WITHIN_NUMBER: Final = re.compile(r"(?<=\d) (?=\d)| (?=→)")
_LEADING: Final = Qt.AlignmentFlag.AlignLeading


def with_chances(text: str, fits: Callable[[str], bool]) -> str:
    """Return the text with marks in the words that do not fit: behind @ and the like, else between all letters."""
    return " ".join(word if fits(word) else _broken(word, fits) for word in text.split(" "))


def _broken(word: str, fits: Callable[[str], bool]) -> str:
    pieces = re.findall(r"[^@./_-]*[@./_-]|[^@./_-]+", word)
    return CHANCE.join(piece if fits(piece) else CHANCE.join(piece) for piece in pieces)


def lay_out(
    text: str, use: QFont, width: int, direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight
) -> QTextLayout:
    """Put the text into lines of a width in logical pixels, ready to be drawn.

    Digits of one number, and an arrow and what it comes from, stay together.
    """
    layout = QTextLayout(_WITHIN_NUMBER.sub(_HARD_BLANK, text), use)
    option = QTextOption(QStyle.visualAlignment(direction, _LEADING))
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout
