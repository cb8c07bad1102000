"""A few choices side by side in one frame, of which one is chosen. Arrows move in it, Tab leaves it."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyle, QWidget

from statusdesk.gui import formats
from statusdesk.gui.control_paint import CONTROL_HEIGHT, R, paint_box, paint_focus
from statusdesk.gui.theme import Type, font, tones
from statusdesk.gui.widgets.tiles import Tile, Tiles

_PAD: Final = 12
_GAP: Final = 6
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

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show a muted count beside each choice whose value has one."""
        for tile in self._tiles:
            if isinstance(tile, _Segment):
                tile.show_count(counts.get(tile.value))

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
        self._count = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_count(self, number: int | None) -> None:
        """Show a count beside the text; none where it is None."""
        self._count = "" if number is None else formats.count(number)
        self.setAccessibleName(f"{self.text()}, {self._count}" if self._count else self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the text at its widest, and for the count."""
        width = QFontMetrics(font(Type.STRONG)).horizontalAdvance(self.text()) + 2 * _PAD
        if self._count:
            width += _GAP + QFontMetrics(font(Type.LABEL)).horizontalAdvance(self._count)
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
        if not self._count:
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self.text())
            return
        inside = rect.adjusted(_PAD, 0, -_PAD, 0)
        direction, middle = self.layoutDirection(), Qt.AlignmentFlag.AlignVCenter
        lead = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeading | middle)
        trail = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignTrailing | middle)
        painter.drawText(inside, int(lead), self.text())
        painter.setFont(font(Type.LABEL))
        painter.setPen(palette.color(R.Text) if self.isChecked() else tones(palette).muted)
        painter.drawText(inside, int(trail), self._count)
