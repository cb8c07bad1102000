"""Layers stacked over time as a widget: walked by arrows, opened by clicks, told in words."""

from bisect import bisect_left
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from statusdesk.gui import formats
from statusdesk.gui.charts.area_paint import Frame, frame_of, legend_row, paint_area, paint_around, paint_layers
from statusdesk.gui.charts.chart import Chart
from statusdesk.gui.charts.layers import Area, Layer
from statusdesk.gui.charts.scales import days_between
from statusdesk.gui.charts.sheet import Sheet
from statusdesk.gui.wording import tr

__all__ = ["Area", "AreaChart", "Layer"]

_RTL: Final = Qt.LayoutDirection.RightToLeft


class AreaChart(Chart):
    """`opened_on` carries the key of the opened layer and the ISO day: that under the pointer, or the one shown.

    `day_wished` carries the ISO day to which people walked with the arrows along the time.
    """

    opened_on = Signal(object, str)
    day_wished = Signal(str)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self._area = Area()
        self._measured: tuple[QRect, Frame] | None = None
        self._painted: tuple[tuple[object, ...], QPixmap] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def area(self) -> Area:
        """What is shown."""
        return self._area

    def show_area(self, area: Area, title: str = "") -> None:
        """Show something else, and give the chart another accessible name."""
        was = self._area.layers[self._layer(self.current)].name if self._area.layers else None
        self._area = area
        self._measured = None
        names = [layer.name for layer in reversed(area.layers)]
        self._current = names.index(was) if was in names else 0
        self.take_items(title)

    def count(self) -> int:
        """Return how many layers there are; the first item is the topmost layer, as in the legend."""
        return len(self._area.layers)

    def key(self, item: int) -> object:
        """Return the key of a layer."""
        return self._area.layers[self._layer(item)].key

    def said(self, item: int) -> str:
        """Return what a layer says of the day shown."""
        return self._area.layers[self._layer(item)].said

    def place(self, item: int) -> QRect:
        """Return the legend's row of a layer."""
        return legend_row(self._frame(), self._area, self._layer(item))

    def item_at(self, point: QPoint) -> int | None:
        """Return the layer under a point, in the legend or in the picture."""
        if not self._area.days:
            return None
        for item in range(self.count()):
            if self.place(item).contains(point):
                return item
        place, frame = self._day_at(point), self._frame()
        if place is None:
            return None
        edges = [edge[place] for edge in self._area.edges()]
        for layer, (below, above) in enumerate(pairwise(edges)):
            if frame.y(above) <= point.y() < frame.y(below):
                return self._layer(layer)
        return None

    def tip_at(self, point: QPoint) -> str:
        """Return what the layer under the pointer has on the day under it."""
        item, place = self.item_at(point), self._day_at(point)
        if item is None or place is None:
            return super().tip_at(point)
        layer, day = self._area.layers[self._layer(item)], self._area.days[place]
        said = tr("{name}: {value} on {day}")
        expected = self._area.known_until and day > self._area.known_until
        if expected:
            said = tr("{name}: {value} expected on {day}")
        return said.format(name=layer.name, value=self._area.write(layer.values[place]), day=formats.date(day))

    def open(self, item: int, point: QPoint | None = None) -> None:
        """Say which layer people opened, and of which day."""
        place = None if point is None else self._day_at(point)
        self.opened_on.emit(self.key(item), self._area.shown if place is None else self._area.days[place])
        super().open(item, point)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Walk along the time with the arrows to the sides, through the layers with the others."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._area.days:
            super().keyPressEvent(event)
            return
        step = -step if self.layoutDirection() == _RTL else step
        days = self._area.days
        here = bisect_left(days, self._area.shown)
        if step > 0 and here < len(days) and days[here] > self._area.shown:
            here -= 1
        self.day_wished.emit(days[max(0, min(here + step, len(days) - 1))])

    def sizeHint(self) -> QSize:
        """Return a size in which a year can be read."""
        return QSize(640, 400)

    def minimumSizeHint(self) -> QSize:
        """Return the least size that still shows something."""
        return QSize(360, 180)

    def paint(self, painter: QPainter, rect: QRect, palette: QPalette | None = None) -> None:
        """Paint the chart into a rectangle."""
        sheet = Sheet(painter, palette or self.palette(), self.layoutDirection())
        focus = self._layer(self.current) if self.hasFocus() and self.count() else None
        paint_area(sheet, rect, self._area, focus)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the chart as large as the widget; the layers are painted anew only when they are others."""
        if not self._area.days:
            return
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._layers())
            sheet = Sheet(painter, self.palette(), self.layoutDirection())
            focus = self._layer(self.current) if self.hasFocus() and self.count() else None
            paint_around(sheet, self.rect(), self._area, self._frame(), focus)

    def _layers(self) -> QPixmap:
        """Return the picture of the layers, as large and as sharp as the widget."""
        area, ratio = self._area, self.devicePixelRatioF()
        looks = tuple((layer.colour, layer.values) for layer in area.layers)
        ground = self.palette().cacheKey()
        key = (
            self._frame(),
            self.size(),
            ratio,
            ground,
            self.layoutDirection(),
            area.days,
            area.known_until,
            looks,
        )
        if self._painted is None or self._painted[0] != key:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(self.palette().color(QPalette.ColorRole.Base))
            with QPainter(picture) as painter:
                sheet = Sheet(painter, self.palette(), self.layoutDirection())
                paint_layers(sheet, self._frame(), area)
            self._painted = key, picture
        return self._painted[1]

    def _layer(self, item: int) -> int:
        """Turn the number of an item, from the top, into that of a layer, from the bottom, and back."""
        return len(self._area.layers) - 1 - item

    def _frame(self) -> Frame:
        if self._measured is None or self._measured[0] != self.rect():
            self._measured = self.rect(), frame_of(self.rect(), self._area, self.layoutDirection())
        return self._measured[1]

    def _day_at(self, point: QPoint) -> int | None:
        """Return the number of the day nearest to a point in the picture."""
        frame = self._frame()
        if not self._area.days or not frame.plot.contains(point):
            return None
        along = point.x() - frame.plot.left()
        if self.layoutDirection() == _RTL:
            along = frame.plot.right() - point.x()
        wished = frame.span * along / frame.plot.width()
        first = self._area.days[0]
        offsets = [days_between(first, day) for day in self._area.days]
        at = bisect_left(offsets, wished)
        near = [place for place in (at - 1, at) if 0 <= place < len(offsets)]
        return min(near, key=lambda place: abs(offsets[place] - wished))
