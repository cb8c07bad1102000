"""Two or more options side by side, each with its name and a sentence on what it means; one is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyle, QStyleOption, QWidget

from statusdesk.gui.control_paint import R, paint_box, paint_dot_box
from statusdesk.gui.palettes import tones
from statusdesk.gui.theme import Type, font
from statusdesk.gui.widgets.tiles import Tile, Tiles

HEIGHT: Final = 84
"""Least height of an option in logical pixels, as are all lengths here."""

_WIDTH: Final = 246
_PAD: Final = 12
_MARK: Final = 16
_LINES: Final = 3
_LEADING: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
_S: Final = QStyle.StateFlag


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen: the value said, the object's name, the title, and what it means."""

    value: str
    name: str
    title: str
    text: str


class OptionTiles(Tiles):
    """Says `picked` with the value of the option that a person chose."""

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__([_OptionTile(option) for option in options], parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for tile in self._tiles:
            layout.addWidget(tile)


class _OptionTile(Tile):
    def __init__(self, option: Option) -> None:
        super().__init__(option.value, option.title)
        self._option = option
        self.setObjectName(option.name)
        self.setAccessibleDescription(option.text)
        self.setToolTip("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the title and three lines."""
        title = QFontMetrics(font(Type.STRONG)).height()
        line = QFontMetrics(font(Type.LABEL)).lineSpacing()
        return QSize(_WIDTH, max(HEIGHT, 2 * _PAD + title + _LINES * line))

    def minimumSizeHint(self) -> QSize:
        """Return the same height, and a width in which the lines are enough."""
        return QSize(200, self.sizeHint().height())

    def paint_tile(self, painter: QPainter, rect: QRect, palette: QPalette) -> None:
        """Paint the box, the mark of a radio button, the title and the text."""
        chosen, focused = self.isChecked(), self.hasFocus()
        marked = (chosen or focused) and self.isEnabled()
        hovered = self.underMouse() and self.isEnabled() and not chosen
        ground = palette.color(R.AlternateBase if hovered else R.Base)
        ground = tones(palette).message_ground if chosen and self.isEnabled() else ground
        paint_box(painter, rect, ground, palette.color(R.Accent if marked else R.Mid), 2 if marked else 1)
        if focused:
            paint_box(painter, rect.adjusted(4, 4, -4, -4), None, palette.color(R.Accent), 1, 2)
        self._paint_mark(painter, rect, palette)
        self._paint_words(painter, rect, palette)

    def _paint_mark(self, painter: QPainter, rect: QRect, palette: QPalette) -> None:
        option = QStyleOption()
        place = QRect(rect.x() + _PAD, rect.y() + _PAD, _MARK, _MARK)
        option.rect = QStyle.visualRect(self.layoutDirection(), rect, place)
        option.palette = palette
        option.state = _S.State_Enabled if self.isEnabled() else _S.State_None
        option.state |= _S.State_On if self.isChecked() else _S.State_Off
        paint_dot_box(painter, option)

    def _paint_words(self, painter: QPainter, rect: QRect, palette: QPalette) -> None:
        align = int(QStyle.visualAlignment(self.layoutDirection(), _LEADING))
        words = rect.adjusted(2 * _PAD + _MARK - 4, _PAD - 2, -_PAD, -4)
        words = QStyle.visualRect(self.layoutDirection(), rect, words)
        painter.setFont(font(Type.STRONG))
        painter.setPen(palette.color(R.Text))
        painter.drawText(words, align, self._option.title)
        below = words.adjusted(0, QFontMetrics(painter.font()).height() + 3, 0, 0)
        painter.setFont(font(Type.LABEL))
        strong = self.isChecked() and self.isEnabled()
        painter.setPen(palette.color(R.Text if strong else R.PlaceholderText))
        painter.drawText(below, align | Qt.TextFlag.TextWordWrap, self._option.text)
