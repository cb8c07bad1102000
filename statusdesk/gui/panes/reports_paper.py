"""A report's view as something to take away: its picture painted for paper, its words and its numbers."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QApplication

from statusdesk.domain.instants import now
from statusdesk.domain.records import DatabaseInfo
from statusdesk.gui import formats
from statusdesk.gui.charts.area_paint import paint_area
from statusdesk.gui.charts.bars import Bars, bars_height, paint_bars
from statusdesk.gui.charts.columns import Columns
from statusdesk.gui.charts.columns_paint import paint_columns
from statusdesk.gui.charts.layers import Area
from statusdesk.gui.charts.sheet import Sheet
from statusdesk.gui.panes.reports_view import View
from statusdesk.gui.printing import Picture, Takeaway
from statusdesk.gui.wording import tr

_HEIGHT: Final = 320


def takeaway_of(view: View, info: DatabaseInfo) -> Takeaway:
    """Return a view as it is printed, saved and copied."""
    return Takeaway(
        view.title,
        source_of(info),
        view.notes,
        view.table,
        view.request,
        tuple((figure.label, figure.value) for figure in view.figures),
        None if view.chart is None else picture_of(view.chart),
    )


def source_of(info: DatabaseInfo) -> str:
    """Say of which database something was taken, and when."""
    moment = formats.moment(now(), info.time_zone)
    return tr("{database}, as of {moment}").format(database=Path(info.path).name, moment=moment)


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
