"""A few choices side by side in one frame, of which one is chosen. Arrows move in it, Tab leaves it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from statusdesk.gui.control_paint import CONTROL_HEIGHT, R, paint_box, paint_focus
from statusdesk.gui.theme import Type, font
from statusdesk.gui.widgets.tiles import Tile, Tiles

_PAD: Final = 12
_INSET: Final = 2


class Segments(Tiles):
    """Says `picked` with the value of the choice that a person made; choices are (value, object name, text)."""

    def __init__(
        self, name: str, title: str, choices: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__([_Segment(*choice) for choice in choices], parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        row.setSpacing(0)
        for tile in self._tiles:
            row.addWidget(tile)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the frame around the choices."""
        with QPainter(self) as painter:
            palette = self.palette()
            paint_box(painter, self.rect(), palette.color(R.Button), palette.color(R.Mid))


class _Segment(Tile):
    def __init__(self, value: str, name: str, text: str) -> None:
        super().__init__(value, text)
        self.setObjectName(name)
        self.setToolTip("")
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the text at its widest."""
        width = QFontMetrics(font(Type.STRONG)).horizontalAdvance(self.text()) + 2 * _PAD
        return QSize(width, max(CONTROL_HEIGHT, QFontMetrics(font(Type.BODY)).height() + 8) - 2 * _INSET)

    def minimumSizeHint(self) -> QSize:
        """Never cut the text."""
        return self.sizeHint()

    def paint_tile(self, painter: QPainter, rect: QRect, palette: QPalette) -> None:
        """Paint the text, on the colour of selections where it is chosen."""
        if self.isChecked():
            paint_box(painter, rect, palette.color(QPalette.ColorGroup.Active, R.Highlight), None, radius=3)
        elif self.underMouse():
            paint_box(painter, rect, palette.color(R.AlternateBase), None, radius=3)
        if self.hasFocus():
            paint_focus(painter, rect, palette.color(R.Accent))
        painter.setFont(font(Type.STRONG if self.isChecked() else Type.BODY))
        painter.setPen(palette.color(R.Text))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self.text())
