"""Columns standing over periods: beside each other or on top of each other, above and below nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from statusdesk.gui import formats
from statusdesk.gui.charts.chart import Chart
from statusdesk.gui.charts.columns_paint import ColumnsFrame, frame_of, paint_columns
from statusdesk.gui.charts.sheet import Sheet

__all__ = ["ColumnChart", "ColumnSeries", "Columns"]

_RTL: Final = Qt.LayoutDirection.RightToLeft


@dataclass(frozen=True, slots=True)
class ColumnSeries:
    """One colour: its name in the legend, its values, and what is behind each; `shape` is that of a status.

    A `line` is drawn across, as a limit is.
    """

    name: str
    colour: str
    values: tuple[int, ...]
    keys: tuple[object, ...] = ()
    shape: str = ""
    line: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """What a column chart shows: series over named places, side by side or `stacked`.

    `write` puts a value into words, with its unit; `scale` writes the numbers beside the lines. A name that has no
    room is cut where it `elides`, as names of statuses and cities may, and else left out.
    """

    names: tuple[str, ...] = ()
    series: tuple[ColumnSeries, ...] = ()
    stacked: bool = False
    write: Callable[[int], str] = formats.count
    scale: Callable[[int], str] = formats.count
    elides: bool = False

    @property
    def drawn(self) -> tuple[ColumnSeries, ...]:
        """The series that stand as columns."""
        return tuple(series for series in self.series if not series.line)

    def range(self) -> tuple[int, int]:
        """Return the lowest and the highest end of the columns and lines; nothing is between them."""
        low = high = 0
        for place in range(len(self.names)):
            values = [series.values[place] for series in self.drawn]
            ups, downs = [v for v in values if v > 0], [v for v in values if v < 0]
            high = max(high, sum(ups) if self.stacked else max(ups, default=0))
            low = min(low, sum(downs) if self.stacked else min(downs, default=0))
        for series in self.series:
            if series.line:
                high = max(high, *series.values)
        return low, high


class ColumnChart(Chart):
    """A column chart as a widget; arrows along the time keep to one series, the others change it."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self._columns = Columns()
        self._items: list[tuple[int, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def columns(self) -> Columns:
        """What is shown."""
        return self._columns

    def show_columns(self, columns: Columns, title: str = "") -> None:
        """Show something else, and give the chart another accessible name."""
        self._columns = columns
        self._items = [
            (place, number)
            for place in range(len(columns.names))
            for number, series in enumerate(columns.drawn)
            if series.values[place]
        ]
        self.take_items(title)

    def count(self) -> int:
        """Return how many columns are not empty."""
        return len(self._items)

    def key(self, item: int) -> object:
        """Return what is behind a column."""
        place, number = self._items[item]
        keys = self._columns.drawn[number].keys
        return keys[place] if keys else None

    def said(self, item: int) -> str:
        """Return what a column says."""
        place, number = self._items[item]
        series = self._columns.drawn[number]
        return f"{self._columns.names[place]}, {series.name}: {self._columns.write(series.values[place])}"

    def place(self, item: int) -> QRect:
        """Return where a column stands."""
        return self._frame().column(self._columns, *self._items[item])

    def item_at(self, point: QPoint) -> int | None:
        """Return the column under a point."""
        frame = self._frame()
        for item, (place, number) in enumerate(self._items):
            if frame.column(self._columns, place, number).adjusted(0, -2, 0, 2).contains(point):
                return item
        return None

    def open(self, item: int, point: QPoint | None = None) -> None:
        """Say what is behind a column, where something is."""
        if self.key(item) is not None:
            super().open(item, point)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Walk along the time in one series, or through the series of one place."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._items:
            super().keyPressEvent(event)
            return
        step = -step if self.layoutDirection() == _RTL else step
        _, number = self._items[self.current]
        item = self.current + step
        while 0 <= item < len(self._items) and self._items[item][1] != number:
            item += step
        self.walk_to(item)

    def sizeHint(self) -> QSize:
        """Return a size in which a year can be read."""
        return QSize(640, 300)

    def minimumSizeHint(self) -> QSize:
        """Return the least size that still shows something."""
        return QSize(320, 180)

    def paint(self, painter: QPainter, rect: QRect, palette: QPalette | None = None) -> None:
        """Paint the chart into a rectangle."""
        sheet = Sheet(painter, palette or self.palette(), self.layoutDirection())
        focus = self._items[self.current] if self.hasFocus() and self._items else None
        paint_columns(sheet, rect, self._columns, focus)

    def _frame(self) -> ColumnsFrame:
        return frame_of(self.rect(), self._columns, self.layoutDirection())
