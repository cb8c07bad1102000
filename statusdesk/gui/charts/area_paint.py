"""How an area chart is laid out and painted: scale, layers, the line at the day shown, and the legend."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from statusdesk.gui.charts.layers import Area
from statusdesk.gui.charts.scales import day_ticks, days_between, round_steps
from statusdesk.gui.charts.sheet import ICON, LEADING, MIDDLE, TRAILING, Sheet, line_height, text_width
from statusdesk.gui.control_paint import paint_focus
from statusdesk.gui.theme import Type
from statusdesk.gui.vectors import sound_colour

LEGEND_ROW: Final = 24
_FOOT: Final = 28
_TOP: Final = 8
_GAP: Final = 16
_PAD: Final = 8
_LEGEND_MOST: Final = 240
_GRID: Final = 0.16
_EXPECTED: Final = 0.5
_TICK: Final = 72


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the parts of an area chart are within its rectangle, and what its scale is."""

    plot: QRect
    legend: QRect
    scale: tuple[int, ...]
    span: int
    """Days from the first to the last."""

    def y(self, value: int) -> float:
        """Return how far down a value is."""
        return self.plot.bottom() + 1 - self.plot.height() * value / self.scale[-1]


def frame_of(rect: QRect, area: Area, direction: Qt.LayoutDirection) -> Frame:
    """Lay the chart out; the legend is at the trailing side, the numbers of the scale at the leading one."""
    scale = tuple(round_steps(area.most, max(2, min(7, rect.height() // 72))))
    numbers = max(text_width(area.scale(value), Type.LABEL) for value in scale) + _PAD
    legend = min(legend_width(area), max(0, rect.width() // 2))
    sheet_width = max(1, rect.width() - numbers - legend - (_GAP if legend else 0) - 2)
    height = max(1, rect.height() - _TOP - _FOOT)
    left, top = rect.left(), rect.top() + _TOP
    plot = QRect(left + numbers, top, sheet_width, height)
    key = QRect(rect.right() + 1 - legend, rect.top(), legend, rect.height())
    if direction == Qt.LayoutDirection.RightToLeft:
        plot.moveLeft(rect.right() + 1 - numbers - sheet_width)
        key.moveLeft(rect.left())
    span = days_between(area.days[0], area.days[-1]) if area.days else 0
    return Frame(plot, key, scale, span)


def legend_width(area: Area) -> int:
    """Return the width in which the legend's names and figures stand side by side; names may be cut."""
    if not area.layers:
        return 0
    names = max(text_width(layer.name, Type.LABEL) for layer in area.layers)
    figures = max(text_width(layer.figure, Type.LABEL) for layer in area.layers)
    wished = ICON + _PAD + names + 2 * _PAD + figures + 2
    return max(text_width(area.title, Type.LABEL) + 2, min(wished, _LEGEND_MOST))


def x_of(frame: Frame, offset: float, direction: Qt.LayoutDirection) -> float:
    """Return where a day lies, so many days after the first; time runs in the reading direction."""
    along = frame.plot.width() * offset / frame.span if frame.span else frame.plot.width()
    if direction == Qt.LayoutDirection.RightToLeft:
        return frame.plot.right() + 1 - along
    return frame.plot.left() + along


def legend_row(frame: Frame, area: Area, layer: int) -> QRect:
    """Return the legend's row of a layer: the topmost comes first, below the title; many stand closer."""
    step = (frame.legend.height() - LEGEND_ROW) // max(1, len(area.layers))
    step = max(line_height(Type.LABEL), min(step, LEGEND_ROW))
    top = frame.legend.top() + LEGEND_ROW + step * (len(area.layers) - 1 - layer)
    return QRect(frame.legend.left(), top, frame.legend.width(), step)


def paint_area(sheet: Sheet, rect: QRect, area: Area, focus: int | None = None) -> None:
    """Paint the chart into the rectangle; `focus` is the layer that the keyboard is on."""
    if not area.days:
        return
    frame = frame_of(rect, area, sheet.direction)
    paint_layers(sheet, frame, area)
    paint_around(sheet, rect, area, frame, focus)


def paint_around(sheet: Sheet, rect: QRect, area: Area, frame: Frame, focus: int | None = None) -> None:
    """Paint everything but the layers: scale, days, the line at the day shown, and the legend."""
    _paint_scale(sheet, rect, frame, area)
    _paint_days(sheet, rect, frame, area)
    _paint_shown(sheet, frame, area)
    _paint_legend(sheet, frame, area)
    if focus is not None:
        paint_focus(sheet.painter, legend_row(frame, area, focus).adjusted(-4, 0, 2, 0), sheet.accent)


def _paint_scale(sheet: Sheet, rect: QRect, frame: Frame, area: Area) -> None:
    grid = QColor(sheet.text)
    grid.setAlphaF(_GRID)
    half = line_height(Type.LABEL) // 2 + 1
    width = frame.plot.left() - rect.left() - _PAD
    left = rect.left()
    if sheet.direction == Qt.LayoutDirection.RightToLeft:
        left, width = frame.plot.right() + 1 + _PAD, rect.right() - frame.plot.right() - _PAD
    for value in frame.scale:
        y = round(frame.y(value))
        sheet.hairline(frame.plot.left(), frame.plot.right(), y - (value == 0), grid)
        number = QRect(left, y - half, width, 2 * half)
        sheet.write(number, area.scale(value), Type.LABEL, sheet.tones.muted, TRAILING)


def _paint_days(sheet: Sheet, rect: QRect, frame: Frame, area: Area) -> None:
    ticks = day_ticks(area.days[0], area.days[-1], max(1, frame.plot.width() // _TICK))
    for tick in ticks:
        x = round(x_of(frame, tick.offset, sheet.direction))
        width = text_width(tick.name, Type.LABEL) + 4
        left = max(rect.left(), min(x - width // 2, frame.plot.right() + 1 + _GAP - width))
        place = QRect(left, frame.plot.bottom() + 6, width, _FOOT - 8)
        sheet.write(place, tick.name, Type.LABEL, sheet.tones.muted, MIDDLE)


def paint_layers(sheet: Sheet, frame: Frame, area: Area) -> None:
    """Paint the layers alone: they stay as they are while another day is shown."""
    offsets = [days_between(area.days[0], day) for day in area.days]
    xs = [x_of(frame, offset, sheet.direction) for offset in offsets]
    edges = area.edges()
    if len(xs) == 1:
        other = frame.plot.left() if sheet.direction == Qt.LayoutDirection.LeftToRight else frame.plot.right() + 1
        xs, edges = [other, *xs], [(edge[0], edge[0]) for edge in edges]
    painter = sheet.painter
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(sheet.ground, 1))
    for layer, (below, above) in zip(area.layers, pairwise(edges), strict=True):
        if above == below:
            continue
        points = [QPointF(x, frame.y(value)) for x, value in zip(xs, above, strict=True)]
        points += [QPointF(x, frame.y(value)) for x, value in reversed(list(zip(xs, below, strict=True)))]
        painter.setBrush(QColor(sound_colour(layer.colour)))
        painter.drawPolygon(QPolygonF(points))
    painter.restore()
    _veil_expected(sheet, frame, area)


def _veil_expected(sheet: Sheet, frame: Frame, area: Area) -> None:
    """Pale what is expected, and divide it from what is known by a dotted line."""
    if not area.known_until or area.days[-1] <= area.known_until:
        return
    since = x_of(frame, days_between(area.days[0], area.known_until), sheet.direction)
    until = x_of(frame, frame.span, sheet.direction)
    veil = QColor(sheet.ground)
    veil.setAlphaF(_EXPECTED)
    place = QRectF(min(since, until), frame.plot.top(), abs(until - since), frame.plot.height())
    sheet.painter.fillRect(place, veil)
    sheet.dotted(QPointF(since, frame.plot.top()), QPointF(since, frame.plot.bottom()), sheet.tones.muted)


def _paint_shown(sheet: Sheet, frame: Frame, area: Area) -> None:
    if area.days[0] <= area.shown <= area.days[-1]:
        x = round(x_of(frame, days_between(area.days[0], area.shown), sheet.direction))
        line = QRect(x - 1, frame.plot.top() - 6, 2, frame.plot.height() + 6)
        sheet.painter.fillRect(line.adjusted(-1, 6, 1, 0), sheet.ground)
        sheet.painter.fillRect(line, sheet.accent)


def _paint_legend(sheet: Sheet, frame: Frame, area: Area) -> None:
    whole = frame.legend
    title = QRect(whole.left(), whole.top(), whole.width(), LEGEND_ROW)
    sheet.write(title, area.title, Type.LABEL, sheet.tones.muted, LEADING)
    for place, layer in enumerate(area.layers):
        row = legend_row(frame, area, place)
        if row.bottom() > whole.bottom():
            continue
        figure = text_width(layer.figure, Type.LABEL) + 2
        lead = ICON + _PAD
        sheet.shape(sheet.part(row, 0, ICON), layer.shape, layer.colour)
        name = sheet.part(row, lead, row.width() - lead - figure - _PAD)
        sheet.write(name, layer.name, Type.LABEL, sheet.text, LEADING)
        sheet.write(sheet.part(row, row.width() - figure, figure), layer.figure, Type.LABEL, sheet.text, TRAILING)
