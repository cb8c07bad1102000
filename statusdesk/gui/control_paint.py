"""The strokes that controls are made of: boxes, ticks, dots and chevrons, in the palette of their option."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOption

from statusdesk.gui.palettes import tones

CONTROL_HEIGHT: Final = 32
"""Least height of a control, in logical pixels."""

RADIUS: Final = 4
"""Corner radius of controls, in logical pixels."""

R: Final = QPalette.ColorRole
S: Final = QStyle.StateFlag
_AA: Final = QPainter.RenderHint.Antialiasing
_ROUND: Final = Qt.PenCapStyle.RoundCap
_JOIN: Final = Qt.PenJoinStyle.RoundJoin


def mixed(ground: QColor, ink: QColor, share: float) -> QColor:
    """Return the ground with a share of ink in it, from 0 to 1."""

    def blend(below: int, above: int) -> int:
        return round(below * (1 - share) + above * share)

    return QColor(
        blend(ground.red(), ink.red()), blend(ground.green(), ink.green()), blend(ground.blue(), ink.blue())
    )


def has(option: QStyleOption, state: QStyle.StateFlag) -> bool:
    """Tell whether the option is in this state."""
    return bool(option.state & state)


def touched(option: QStyleOption, ground: QColor) -> QColor:
    """Return the ground as it looks while the pointer is over it or presses it."""
    if not has(option, S.State_Enabled):
        return ground
    if has(option, S.State_Sunken):
        return mixed(ground, option.palette.color(R.Text), 0.14)
    return mixed(ground, option.palette.color(R.Text), 0.07) if has(option, S.State_MouseOver) else ground


def paint_box(
    painter: QPainter,
    rect: QRect,
    ground: QColor | None,
    edge: QColor | None,
    width: float = 1,
    radius: float = RADIUS,
) -> None:
    """Paint a filled rounded rectangle whose edge, `width` logical pixels wide, lies inside `rect`."""
    inset = width / 2 if edge is not None else 0
    painter.save()
    painter.setRenderHint(_AA)
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)
    painter.restore()


def paint_field(
    painter: QPainter, option: QStyleOption, ground: QColor, *, focused: bool, wrong: bool = False
) -> None:
    """Paint the box of a field: two pixels of accent where it has the focus, red where its text is wrong."""
    palette = option.palette
    edge = palette.color(R.Accent if focused else R.Mid)
    if wrong and has(option, S.State_Enabled):
        edge = tones(palette).loss
    paint_box(painter, option.rect, ground, edge, 2 if focused else 1)


def paint_focus(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Paint the ring of two pixels that shows the keyboard focus, inside `rect`."""
    paint_box(painter, rect, None, colour, 2)


def paint_tick_box(painter: QPainter, option: QStyleOption) -> None:
    """Paint the indicator of a check box: empty, ticked or barred."""
    mark, palette = has(option, S.State_On) or has(option, S.State_NoChange), option.palette
    enabled = has(option, S.State_Enabled)
    full = palette.color(R.Accent) if enabled else palette.color(R.PlaceholderText)
    ground = touched(option, full if mark else palette.color(R.Base))
    paint_box(painter, option.rect, ground, None if mark else palette.color(R.Mid), 1, 3)
    points = [(3.5, 8), (12.5, 8)] if has(option, S.State_NoChange) else [(3.75, 8.25), (6.75, 11.25), (12.25, 5)]
    if mark:
        paint_line(painter, option.rect, points, palette.color(R.BrightText), 1.8)


def paint_dot_box(painter: QPainter, option: QStyleOption) -> None:
    """Paint the indicator of a radio button: empty or dotted."""
    palette, on = option.palette, has(option, S.State_On)
    ink = palette.color(R.Accent) if has(option, S.State_Enabled) else palette.color(R.PlaceholderText)
    ground = touched(option, palette.color(R.Base))
    paint_box(painter, option.rect, ground, ink if on else palette.color(R.Mid), 1.5 if on else 1.2, 8)
    if on:
        paint_box(painter, option.rect.adjusted(4, 4, -4, -4), ink, None, 0, 4)


def paint_chevron(painter: QPainter, rect: QRect, colour: QColor, *, up: bool = False) -> None:
    """Paint a chevron of 8 x 4 logical pixels in the middle of the rectangle."""
    box = QRect(0, 0, 16, 16)
    box.moveCenter(rect.center())
    paint_line(painter, box, [(4, 10), (8, 6), (12, 10)] if up else [(4, 6), (8, 10), (12, 6)], colour, 1.4)


def paint_line(
    painter: QPainter, rect: QRect, points: Sequence[tuple[float, float]], colour: QColor, width: float
) -> None:
    """Paint a line with round ends; points and width are on a grid of 16 across the rectangle."""
    unit = rect.width() / 16
    painter.save()
    painter.setRenderHint(_AA)
    painter.setPen(QPen(colour, width * unit, Qt.PenStyle.SolidLine, _ROUND, _JOIN))
    corner = QPointF(rect.topLeft())
    painter.drawPolyline(QPolygonF([corner + QPointF(x, y) * unit for x, y in points]))
    painter.restore()
