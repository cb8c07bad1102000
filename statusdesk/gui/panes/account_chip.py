"""What hangs at the pointer while accounts are dragged: how many they are."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from statusdesk.gui.control_paint import paint_box
from statusdesk.gui.wording import accounts_text

CHIP_HEIGHT: Final = 28
_PAD: Final = 12


def accounts_chip(widget: QWidget, count: int) -> QPixmap:
    """Return the picture, in the widget's font and palette and as sharp as its screen."""
    text = accounts_text(count)
    ratio = widget.devicePixelRatioF()
    width = QFontMetrics(widget.font()).horizontalAdvance(text) + 2 * _PAD
    chip = QPixmap(round(width * ratio), round(CHIP_HEIGHT * ratio))
    chip.setDevicePixelRatio(ratio)
    chip.fill(QColor(0, 0, 0, 0))
    palette = widget.palette()
    with QPainter(chip) as painter:
        whole = QRect(0, 0, width, CHIP_HEIGHT)
        paint_box(painter, whole, palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Mid))
        painter.setFont(widget.font())
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(whole, int(Qt.AlignmentFlag.AlignCenter), text)
    return chip
