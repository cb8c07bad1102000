"""How a column chart is laid out and painted: legend, scale, columns, lines and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor

from statusdesk.gui.charts.scales import round_steps
from statusdesk.gui.charts.sheet import ICON, MIDDLE, TRAILING, Sheet, line_height, text_width
from statusdesk.gui.control_paint import paint_focus
from statusdesk.gui.theme import Type

if TYPE_CHECKING:
    from statusdesk.gui.charts.columns import Columns, ColumnSeries

_LEGEND: Final = 26
_FOOT: Final = 28
_PAD: Final = 8
_GAP: Final = 16
_SWATCH: Final = 10
_FULL: Final = 0.7
_WIDEST: Final = 44
_NAME: Final = 56
"""The least room in which part of a name says something, in logical pixels."""

_GRID: Final = 0.16


@dataclass(frozen=True, slots=True)
class ColumnsFrame:
    """Where the parts of a column chart are within its rectangle, and the numbers of its scale, lowest first."""

    plot: QRect
    scale: tuple[int, ...]
    direction: Qt.LayoutDirection

    def y(self, value: int) -> int:
        """Return how far down a value is."""
        low, high = self.scale[0], self.scale[-1]
        return round(self.plot.bottom() + 1 - self.plot.height() * (value - low) / (high - low))

    def slot(self, columns: Columns, place: int) -> QRect:
        """Return the room of one place, from top to bottom of the picture."""
        width = self.plot.width() / max(1, len(columns.names))
        number = place if self.direction == Qt.LayoutDirection.LeftToRight else len(columns.names) - 1 - place
        left = self.plot.left() + round(number * width)
        right = self.plot.left() + round((number + 1) * width)
        return QRect(left, self.plot.top(), right - left, self.plot.height())

    def column(self, columns: Columns, place: int, number: int) -> QRect:
        """Return where the column of a series stands."""
        slot, drawn = self.slot(columns, place), columns.drawn
        value = drawn[number].values[place]
        base = 0
        if columns.stacked:
            below = [series.values[place] for series in drawn[:number]]
            base = sum(other for other in below if (other > 0) == (value > 0))
            left, width = slot.left(), slot.width()
            wide = max(2, min(_WIDEST, round(width * _FULL)))
            left += (width - wide) // 2
        else:
            group = min(_WIDEST * len(drawn), round(slot.width() * _FULL))
            wide = max(2, group // max(1, len(drawn)))
            order = number if self.direction == Qt.LayoutDirection.LeftToRight else len(drawn) - 1 - number
            left = slot.left() + (slot.width() - wide * len(drawn)) // 2 + wide * order
        ends = sorted((self.y(base), self.y(base + value)))
        return QRect(left, ends[0], max(1, wide - 1), max(2, ends[1] - ends[0]))


def frame_of(rect: QRect, columns: Columns, direction: Qt.LayoutDirection) -> ColumnsFrame:
    """Lay the chart out: the legend above, the numbers of the scale at the leading side, the names below."""
    scale = _scale(columns, rect.height())
    numbers = max(text_width(columns.scale(value), Type.LABEL) for value in scale) + _PAD
    top = _LEGEND * len(legend_rows(columns, rect.width())) + _PAD
    plot = QRect(rect.left() + numbers, rect.top() + top, max(1, rect.width() - numbers), 0)
    plot.setHeight(max(1, rect.height() - top - _FOOT))
    if direction == Qt.LayoutDirection.RightToLeft:
        plot.moveLeft(rect.left())
    return ColumnsFrame(plot, scale, direction)


def _scale(columns: Columns, height: int) -> tuple[int, ...]:
    low, high = columns.range()
    steps = round_steps(max(high - low, 1), max(2, min(5, height // 70)))
    step = steps[1]
    highest = max(-(-high // step), 0 if low else 1) * step
    return tuple(range(low // step * step, highest + 1, step))


def legend_rows(columns: Columns, width: int) -> list[list[ColumnSeries]]:
    """Divide the series over rows of the legend; a single one needs none, but that of a status."""
    if len(columns.series) < 2 and not any(series.shape for series in columns.series):
        return []
    rows: list[list[ColumnSeries]] = [[]]
    used = 0
    for series in columns.series:
        need = legend_width(series)
        if rows[-1] and used + need > width:
            rows.append([])
            used = 0
        rows[-1].append(series)
        used += need
    return rows


def legend_width(series: ColumnSeries) -> int:
    """Return the room of one name with its sign."""
    return ICON + _PAD + text_width(series.name, Type.LABEL) + _GAP


def paint_columns(sheet: Sheet, rect: QRect, columns: Columns, focus: tuple[int, int] | None = None) -> None:
    """Paint the chart into the rectangle; `focus` is place and series of the column that the keyboard is on."""
    if not columns.names:
        return
    frame = frame_of(rect, columns, sheet.direction)
    _paint_legend(sheet, rect, columns)
    _paint_scale(sheet, rect, frame, columns)
    for place in range(len(columns.names)):
        for number, series in enumerate(columns.drawn):
            if series.values[place]:
                sheet.bar(frame.column(columns, place, number), series.colour, 1)
    sheet.hairline(frame.plot.left(), frame.plot.right(), frame.y(0), sheet.tones.muted)
    _paint_lines(sheet, frame, columns)
    _paint_names(sheet, frame, columns)
    if focus is not None:
        current = frame.column(columns, *focus)
        paint_focus(sheet.painter, current.adjusted(-3, -3, 3, 3), sheet.accent)


def _paint_legend(sheet: Sheet, rect: QRect, columns: Columns) -> None:
    for number, row in enumerate(legend_rows(columns, rect.width())):
        whole = QRect(rect.left(), rect.top() + number * _LEGEND, rect.width(), _LEGEND)
        start = 0
        for series in row:
            sign = sheet.part(whole, start, ICON)
            if series.shape:
                sheet.shape(sign, series.shape, series.colour)
            else:
                thick = 2 if series.line else _SWATCH
                swatch = QRect(0, 0, ICON if series.line else _SWATCH, thick)
                swatch.moveCenter(sign.center())
                sheet.bar(swatch, series.colour, 0 if series.line else 2)
            width = legend_width(series)
            name = sheet.part(whole, start + ICON + _PAD, width - ICON - _PAD)
            sheet.write(name, series.name, Type.LABEL, sheet.text)
            start += width


def _paint_scale(sheet: Sheet, rect: QRect, frame: ColumnsFrame, columns: Columns) -> None:
    grid = QColor(sheet.text)
    grid.setAlphaF(_GRID)
    half = line_height(Type.LABEL) // 2 + 1
    width = rect.width() - frame.plot.width() - _PAD
    left = rect.left()
    if sheet.direction == Qt.LayoutDirection.RightToLeft:
        left = frame.plot.right() + 1 + _PAD
    for value in frame.scale:
        y = frame.y(value)
        sheet.hairline(frame.plot.left(), frame.plot.right(), y, grid)
        number = QRect(left, y - half, width, 2 * half)
        sheet.write(number, columns.scale(value), Type.LABEL, sheet.tones.muted, TRAILING)


def _paint_lines(sheet: Sheet, frame: ColumnsFrame, columns: Columns) -> None:
    for series in columns.series:
        for place, value in enumerate(series.values if series.line else ()):
            slot = frame.slot(columns, place)
            line = QRect(slot.left(), frame.y(value) - 1, slot.width(), 2)
            sheet.painter.fillRect(line.adjusted(0, -1, 0, 1), sheet.ground)
            sheet.painter.fillRect(line, QColor(series.colour))


def _paint_names(sheet: Sheet, frame: ColumnsFrame, columns: Columns) -> None:
    """Write as many names as have room, always from the first one on."""
    widest = max(text_width(name, Type.LABEL) for name in columns.names) + _PAD
    slot = frame.plot.width() / len(columns.names)
    if columns.elides and slot >= _NAME:
        widest = min(widest, int(slot))
    every = max(1, -(-widest // max(1, int(slot))))
    for place in range(0, len(columns.names), every):
        room = frame.slot(columns, place)
        wide = max(room.width(), widest)
        left = room.center().x() - wide // 2
        left = max(frame.plot.left() - _PAD, min(left, frame.plot.right() + 1 + _PAD - wide))
        name = QRect(left, frame.plot.bottom() + 6, wide, _FOOT - 8)
        sheet.write(name, columns.names[place], Type.LABEL, sheet.tones.muted, MIDDLE)
