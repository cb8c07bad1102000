"""What charts are painted on: a painter with a palette, a reading direction, and type that scales with the paper.

A printer is served by scaling its painter to 96 units an inch: all lengths and type are logical pixels.
"""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle

from statusdesk.gui import formats
from statusdesk.gui.icons import needs_outline, paint_shape
from statusdesk.gui.theme import Tones, Type, font, tones
from statusdesk.gui.vectors import sound_colour

LEADING: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
TRAILING: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
MIDDLE: Final = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
ICON: Final = 16
"""Side of a shape, in logical pixels, as are all lengths of charts."""

_R: Final = QPalette.ColorRole


def chart_font(use: Type) -> QFont:
    """Return the font of a use in pixels, so that it grows with a scaled painter and not by itself."""
    found = font(use)
    found.setPixelSize(QFontInfo(found).pixelSize())
    return found


def text_width(text: str, use: Type) -> int:
    """Return a width in which a text is not cut."""
    return QFontMetrics(chart_font(use)).horizontalAdvance(text) + 2


def line_height(use: Type) -> int:
    """Return how high a line is."""
    return QFontMetrics(chart_font(use)).height()


class Sheet:
    """A painter that knows colours and sides; parts are measured from the leading edge of a rectangle."""

    def __init__(
        self,
        painter: QPainter,
        palette: QPalette,
        direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
    ) -> None:
        self.painter = painter
        self.palette = palette
        self.direction = direction
        self.tones: Tones = tones(palette)

    @property
    def text(self) -> QColor:
        """The colour of texts."""
        return self.palette.color(_R.Text)

    @property
    def ground(self) -> QColor:
        """The colour of the paper."""
        return self.palette.color(_R.Base)

    @property
    def line(self) -> QColor:
        """The colour of hairlines."""
        return self.palette.color(_R.Midlight)

    @property
    def accent(self) -> QColor:
        """The one accent."""
        return self.palette.color(_R.Accent)

    def part(self, whole: QRect, start: int, width: int) -> QRect:
        """Return the part of a rectangle that begins so far from its leading edge."""
        inside = QRect(whole.left() + start, whole.top(), width, whole.height())
        return QStyle.visualRect(self.direction, whole, inside)

    def write(self, place: QRect, text: str, use: Type, ink: QColor, align: Qt.AlignmentFlag = LEADING) -> None:
        """Write one line, cut where it does not fit; at the trailing side stand numbers."""
        face = chart_font(use)
        shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        self.painter.setFont(face)
        self.painter.setPen(ink)
        self.painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight if align == TRAILING else self.direction)
        visual = QStyle.visualAlignment(self.direction, align) | Qt.AlignmentFlag.AlignAbsolute
        self.painter.drawText(place, int(visual), formats.isolated(shown))

    def shape(self, place: QRect, shape: str, colour: str) -> None:
        """Paint a shape in the middle of the rectangle."""
        side = QRect(0, 0, ICON, ICON)
        side.moveCenter(place.center())
        paint_shape(self.painter, side, shape, colour, self.ground, self.text)

    def bar(self, place: QRect, colour: str, radius: float = 2) -> None:
        """Paint a bar, with an edge where its colour hardly stands out from the paper."""
        edge = needs_outline(colour, self.ground)
        self.painter.save()
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.setPen(QPen(self.text, 1) if edge else Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(sound_colour(colour)))
        inset = 0.5 if edge else 0.0
        self.painter.drawRoundedRect(QRectF(place).adjusted(inset, inset, -inset, -inset), radius, radius)
        self.painter.restore()

    def tick(self, x: int, top: int, bottom: int) -> None:
        """Paint the mark of a compared value: two pixels of text colour in a halo of paper."""
        self.painter.fillRect(QRect(x - 3, top, 6, bottom - top), self.ground)
        self.painter.fillRect(QRect(x - 1, top - 1, 2, bottom - top + 2), self.text)

    def hairline(self, left: int, right: int, y: int, colour: QColor | None = None) -> None:
        """Paint a line of one pixel across."""
        self.painter.fillRect(QRect(left, y, right - left + 1, 1), colour or self.line)

    def dotted(self, start: QPointF, end: QPointF, colour: QColor, width: float = 1) -> None:
        """Paint a dotted line: what is expected rather than known."""
        pen = QPen(colour, width, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 2])
        self.painter.setPen(pen)
        self.painter.drawLine(start, end)
