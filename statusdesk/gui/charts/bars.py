"""Bars beneath each other, in groups, all on one scale, with their numbers in columns."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from statusdesk.gui.charts.chart import Chart
from statusdesk.gui.charts.sheet import ICON, TRAILING, Sheet, line_height, text_width
from statusdesk.gui.control_paint import paint_focus
from statusdesk.gui.theme import Type

HEAD: Final = 30
ROW: Final = 27
_BAR: Final = 12
_SLIM: Final = 4
_INDENT: Final = 8
_PAD: Final = 8
_NAME_LEAST: Final = 96
_NAME_MOST: Final = 240
_BARS_LEAST: Final = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how long (`value`), its texts in columns, and where a compared value is marked.

    A `heading` begins a group; it has a slim bar of no status, or none where `value` is None. Without a shape the
    bar is of no status as well. `said` is what a tooltip and a screen reader say.
    """

    key: Hashable
    name: str
    value: int | None
    cells: tuple[str, ...]
    said: str
    mark: int | None = None
    shape: str = ""
    colour: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """What a bar chart shows: the names of the columns, and the bars from top to bottom."""

    columns: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()

    @property
    def most(self) -> int:
        """The highest value or mark: the end of the one scale."""
        values = (value for bar in self.bars for value in (bar.value, bar.mark) if value is not None)
        return max(values, default=0)


def bars_height(bars: Bars) -> int:
    """Return how high the chart is."""
    return HEAD + len(bars.bars) * row_height()


def row_height() -> int:
    """Return the height of one row in the present font."""
    return max(ROW, line_height(Type.BODY) + 8)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns are, from the leading edge: names, bars, and the ends of the number columns."""

    names: int
    bars: int
    ends: tuple[int, ...]
    widths: tuple[int, ...]


def _layout(bars: Bars, width: int) -> _Layout:
    widths = tuple(
        max(
            text_width(title, Type.LABEL),
            max((text_width(bar.cells[place], Type.BODY) for bar in bars.bars), default=0),
        )
        + 2 * _PAD
        for place, title in enumerate(bars.columns)
    )
    lead = _INDENT + ICON + _PAD
    wished = max((text_width(bar.name, Type.BODY) for bar in bars.bars if not bar.heading), default=0)
    rest = width - sum(widths) - lead - _BARS_LEAST - 2 * _PAD
    names = lead + max(_NAME_LEAST, min(wished, _NAME_MOST, rest))
    ends, reached = [], width
    for each in reversed(widths):
        ends.append(reached)
        reached -= each
    return _Layout(names, max(0, reached - names - 3 * _PAD), tuple(reversed(ends)), widths)


def least_width(bars: Bars) -> int:
    """Return the width below which names would have no room."""
    return _INDENT + ICON + 4 * _PAD + _NAME_LEAST + _BARS_LEAST + sum(_layout(bars, 400).widths)


def paint_bars(sheet: Sheet, rect: QRect, bars: Bars, focus: int | None = None) -> None:
    """Paint the chart at the top of the rectangle; `focus` is the bar that the keyboard is on."""
    layout = _layout(bars, rect.width())
    head = QRect(rect.left(), rect.top(), rect.width(), HEAD)
    for title, end, width in zip(bars.columns, layout.ends, layout.widths, strict=True):
        place = sheet.part(head, end - width, width)
        sheet.write(_inner(sheet, place, end == rect.width()), title, Type.LABEL, sheet.tones.muted, TRAILING)
    sheet.hairline(rect.left(), rect.right(), head.bottom(), sheet.tones.edge)
    for number, bar in enumerate(bars.bars):
        row = _row(rect, number)
        if bar.heading and number:
            sheet.hairline(row.left(), row.right(), row.top())
        _paint_row(sheet, row, bar, layout, bars.most)
        if number == focus:
            paint_focus(sheet.painter, row.adjusted(0, 1, 0, -1), sheet.accent)


def _row(rect: QRect, place: int) -> QRect:
    return QRect(rect.left(), rect.top() + HEAD + place * row_height(), rect.width(), row_height())


def _inner(sheet: Sheet, place: QRect, last: bool) -> QRect:
    """Leave room beside a number; the last column ends with the chart."""
    inner = place.adjusted(_PAD, 0, -2 if last else -_PAD, 0)
    return QStyle.visualRect(sheet.direction, place, inner)


def _paint_row(sheet: Sheet, row: QRect, bar: Bar, layout: _Layout, most: int) -> None:
    if bar.heading:
        name = sheet.part(row, 0, layout.names + (layout.bars if bar.value is None else 0))
        sheet.write(name, bar.name, Type.HEADING, sheet.tones.muted)
    else:
        lead = _INDENT + (ICON + _PAD if bar.shape else 0)
        if bar.shape:
            sheet.shape(sheet.part(row, _INDENT, ICON), bar.shape, bar.colour)
        sheet.write(sheet.part(row, lead, layout.names - lead), bar.name, Type.BODY, sheet.text)
    _paint_bar(sheet, sheet.part(row, layout.names + _PAD, layout.bars), bar, most)
    for text, end, width in zip(bar.cells, layout.ends, layout.widths, strict=True):
        place = _inner(sheet, sheet.part(row, end - width, width), end == row.width())
        use, ink = (Type.LABEL, sheet.tones.muted) if bar.heading else (Type.BODY, sheet.text)
        sheet.write(place, text, use, ink, TRAILING)


def _paint_bar(sheet: Sheet, track: QRect, bar: Bar, most: int) -> None:
    if bar.value is None or most <= 0:
        return
    thick = _SLIM if bar.heading else _BAR
    middle = track.center().y() + 1
    length = _length(bar.value, most, track.width())
    if length:
        place = QRect(track.left(), middle - thick // 2, length, thick)
        place = QStyle.visualRect(sheet.direction, track, place)
        sheet.bar(place, bar.colour or sheet.tones.bar.name(), 1 if bar.heading else 2)
    if bar.mark is not None:
        at = _length(bar.mark, most, track.width())
        x = track.left() + at if sheet.direction == Qt.LayoutDirection.LeftToRight else track.right() + 1 - at
        reach = thick // 2 + 3
        sheet.tick(x, middle - reach, middle + reach)


def _length(value: int, most: int, room: int) -> int:
    """Return the length of a bar; one that is not zero can be seen."""
    return max(2, round(room * value / most)) if value > 0 else 0


class BarChart(Chart):
    """A bar chart as a widget, as high as its bars."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self._bars = Bars()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @property
    def bars(self) -> Bars:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Bars, title: str = "") -> None:
        """Show other bars, and give the chart another accessible name."""
        self._bars = bars
        self.setMinimumHeight(bars_height(bars))
        self.take_items(title)

    def count(self) -> int:
        """Return how many bars there are."""
        return len(self._bars.bars)

    def key(self, item: int) -> object:
        """Return the key of a bar."""
        return self._bars.bars[item].key

    def said(self, item: int) -> str:
        """Return what a bar says."""
        return self._bars.bars[item].said

    def place(self, item: int) -> QRect:
        """Return the row of a bar."""
        return _row(self.rect(), item)

    def item_at(self, point: QPoint) -> int | None:
        """Return the bar whose row a point is in."""
        item = (point.y() - HEAD) // row_height()
        return item if self.rect().contains(point) and 0 <= item < self.count() else None

    def sizeHint(self) -> QSize:
        """Return room for all bars."""
        return QSize(least_width(self._bars) + 120, bars_height(self._bars))

    def minimumSizeHint(self) -> QSize:
        """Return the width below which names would have no room."""
        return QSize(least_width(self._bars), bars_height(self._bars))

    def paint(self, painter: QPainter, rect: QRect, palette: QPalette | None = None) -> None:
        """Paint the bars into a rectangle."""
        sheet = Sheet(painter, palette or self.palette(), self.layoutDirection())
        paint_bars(sheet, rect, self._bars, self.current if self.hasFocus() else None)
