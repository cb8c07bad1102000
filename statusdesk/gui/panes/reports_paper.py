"""A report's view as something to take away: its picture painted for paper, its words and its numbers."""

from dataclasses import replace
from typing import Final, Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QApplication

from statusdesk.domain.instants import day_of, now
from statusdesk.domain.periods import Step
from statusdesk.domain.records import DatabaseInfo
from statusdesk.domain.scopes import Dimension, Scope
from statusdesk.gui import formats
from statusdesk.gui.charts.area_paint import paint_area
from statusdesk.gui.charts.bars import Bars, bars_height, paint_bars
from statusdesk.gui.charts.columns import Columns
from statusdesk.gui.charts.columns_paint import paint_columns
from statusdesk.gui.charts.layers import Area
from statusdesk.gui.charts.scales import months_after
from statusdesk.gui.charts.sheet import Sheet
from statusdesk.gui.panes.reports_building import Wish, build
from statusdesk.gui.panes.reports_view import View
from statusdesk.gui.printing import Picture, Takeaway
from statusdesk.gui.wording import tr
from statusdesk.services.report_requests import Kind, Request
from statusdesk.store.store import Store

_HEIGHT: Final = 320
_GAP: Final = 24


class Asked(Protocol):
    """What a page shows: an ISO day (empty: today), which accounts, and by what they are split."""

    @property
    def day(self) -> str:
        """The day."""

    @property
    def scope(self) -> Scope:
        """Which accounts."""

    @property
    def split(self) -> Dimension | None:
        """The split."""


def takeaway_of(view: View, info: DatabaseInfo) -> Takeaway:
    """Return a view as it is printed, saved and copied, with the newest seal of what it rests on."""
    sealed = tr("{source} · seal {seal}").format(source=source_of(info), seal=view.seal)
    return Takeaway(
        view.title,
        sealed if view.seal else source_of(info),
        view.notes,
        view.table,
        view.request,
        tuple((figure.label, figure.value) for figure in view.figures),
        None if view.chart is None else picture_of(view.chart),
    )


def distribution_takeaway(store: Store, asked: Asked) -> Takeaway:
    """Return the distribution of a day with both its charts; `asked` is what the page shows."""
    request = Request(Kind.DISTRIBUTION, last=asked.day, scope=asked.scope, split=asked.split)
    spread = build(store, Wish(request))
    day = asked.day or _today(store)
    first = months_after(min(day, _today(store)), -12)
    course = build(store, Wish(Request(Kind.OVER_TIME, first, day, Step.WEEK, asked.scope)))
    charts = [chart for chart in (spread.chart, course.chart) if chart is not None]
    picture = _beneath([picture_of(chart) for chart in charts])
    return replace(takeaway_of(spread, store.info), picture=picture)


def _today(store: Store) -> str:
    return day_of(now(), store.info.time_zone)


def _beneath(pictures: list[Picture]) -> Picture | None:
    """Return pictures beneath each other as one."""
    if not pictures:
        return None

    def paint(painter: QPainter, rect: QRect, palette: QPalette) -> None:
        top = rect.top()
        for picture in pictures:
            height = picture.height(rect.width())
            picture.paint(painter, QRect(rect.left(), top, rect.width(), height), palette)
            top += height + _GAP

    def height(width: int) -> int:
        return sum(picture.height(width) for picture in pictures) + _GAP * (len(pictures) - 1)

    return Picture(paint, height)


def source_of(info: DatabaseInfo) -> str:
    """Say of which database something was taken, and when."""
    moment = formats.moment(now(), info.time_zone)
    return tr("{database}, as of {moment}").format(database=info.place.name, moment=moment)


def picture_of(chart: Bars | Columns | Area) -> Picture:
    """Return a chart as a picture for paper."""

    def paint(painter: QPainter, rect: QRect, palette: QPalette) -> None:
        sheet = Sheet(painter, palette, QApplication.layoutDirection())
        if isinstance(chart, Bars):
            paint_bars(sheet, rect, chart)
        elif isinstance(chart, Columns):
            paint_columns(sheet, rect, chart)
        else:
            paint_area(sheet, rect, chart)

    def height(_width: int) -> int:
        return bars_height(chart) + 8 if isinstance(chart, Bars) else _HEIGHT

    return Picture(paint, height)
