"""How a look will look: at three sizes, on the grounds it will meet, whatever scheme the window is in now."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from statusdesk.domain.looks import OFFERED_COLOURS, Shape
from statusdesk.gui.control_paint import R, paint_box
from statusdesk.gui.icons import needs_outline, paint_shape
from statusdesk.gui.palettes import scheme_palette, tones
from statusdesk.gui.theme import Type, font
from statusdesk.gui.wording import tr

SIZES: Final = (12, 16, 32)
"""Icon sizes shown, in logical pixels."""

_COLUMN: Final = 56
_BOX: Final = 56
_GAP: Final = 8
_MARGIN: Final = 4
_START: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_MIDDLE: Final = Qt.AlignmentFlag.AlignCenter


class LookPreview(QWidget):
    """Shows one shape in one colour on light, dark and selected ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape: Shape = Shape.CIRCLE
        self._colour = OFFERED_COLOURS[0]
        self.setFont(font(Type.LABEL))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Preview"))
        self._describe()

    def set_look(self, shape: Shape, colour: str) -> None:
        """Show this shape in this `#RRGGBB`."""
        self._shape, self._colour = shape, colour
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the names at the side, the sizes above and three boxes."""
        boxes = 3 * _BOX + 2 * _GAP
        return QSize(self._names_width() + 3 * _COLUMN + 2 * _MARGIN, self._sizes_height() + boxes)

    def minimumSizeHint(self) -> QSize:
        """Return the same room; less would cut something."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the names, the sizes and the boxes."""
        with QPainter(self) as painter:
            self._paint_sizes(painter)
            for row, (name, ground, text, edge) in enumerate(self._grounds()):
                self._paint_row(painter, row, name, ground, text, edge)

    def _paint_sizes(self, painter: QPainter) -> None:
        painter.setPen(tones(self.palette()).muted)
        for column, size in enumerate(SIZES):
            above = self._cell(column, 0, self._sizes_height())
            painter.drawText(above, _MIDDLE, self.tr("{size} px").format(size=size))

    def _paint_row(
        self, painter: QPainter, row: int, name: str, ground: QColor, text: QColor, edge: QColor
    ) -> None:
        top = self._sizes_height() + row * (_BOX + _GAP)
        names = self._mirrored(QRect(0, top, self._names_width(), _BOX))
        painter.setPen(tones(self.palette()).muted)
        painter.drawText(names, QStyle.visualAlignment(self.layoutDirection(), _START), name)
        left = self._names_width()
        paint_box(painter, self._mirrored(QRect(left, top, self.width() - left, _BOX)), ground, edge)
        for column, size in enumerate(SIZES):
            icon = QRect(0, 0, size, size)
            icon.moveCenter(self._cell(column, top, _BOX).center())
            paint_shape(painter, icon, self._shape, self._colour, ground, text)

    def _grounds(self) -> Iterator[tuple[str, QColor, QColor, QColor]]:
        active = QPalette.ColorGroup.Active
        for name, dark in ((self.tr("Light"), False), (self.tr("Dark"), True)):
            there = scheme_palette(dark=dark)
            yield name, there.color(active, R.Base), there.color(active, R.Text), self.palette().color(R.Midlight)
        here = self.palette()
        yield (
            self.tr("Selected"),
            here.color(active, R.Highlight),
            here.color(active, R.Text),
            here.color(R.Midlight),
        )

    def _cell(self, column: int, top: int, height: int) -> QRect:
        room = self.width() - self._names_width() - 2 * _MARGIN
        width = room // len(SIZES)
        return self._mirrored(QRect(self._names_width() + _MARGIN + column * width, top, width, height))

    def _mirrored(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    def _names_width(self) -> int:
        metrics = QFontMetrics(self.font())
        return max(metrics.horizontalAdvance(name) for name, *_ in self._grounds()) + 16

    def _sizes_height(self) -> int:
        return QFontMetrics(self.font()).height() + _GAP

    def _describe(self) -> None:
        outlined = [name for name, ground, *_ in self._grounds() if needs_outline(self._colour, ground)]
        look = f"{tr(self._shape.label)} {self._colour}"
        where = self.tr("outlined on: {grounds}").format(grounds=", ".join(outlined)) if outlined else ""
        self.setAccessibleDescription(", ".join(filter(None, [look, where])))
