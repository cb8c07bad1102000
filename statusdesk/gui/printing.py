"""Views on paper: the same pages for the printer, its preview, a PDF, and, as one long page, a picture."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPalette, QPdfWriter
from PySide6.QtWidgets import QApplication

from statusdesk import __version__
from statusdesk.gui import formats
from statusdesk.gui.charts.sheet import Sheet
from statusdesk.gui.charts.table_model import TableRows
from statusdesk.gui.paper import Page, height_of, pages_of, paint_foot, table_width
from statusdesk.gui.theme import apply_theme, scheme_palette
from statusdesk.services.exchange.errors import CannotWrite
from statusdesk.services.exchange.writing import in_place
from statusdesk.services.report_requests import Request
from statusdesk.store.store import Store

_UNIT: Final = 96
"""Lengths on paper are logical pixels: so many are an inch."""

_FINE: Final = 1200
_MARGIN: Final = 56
_SHARP: Final = 2
_ENDLESS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """What is painted between words and table: how, and how high for a width."""

    paint: Callable[[QPainter, QRect, QPalette], None]
    height: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Takeaway:
    """A view as it can be printed, saved and copied; files hold the answer to `request`.

    `figures` are labels with their values; `source` says which database it is of.
    """

    title: str
    source: str
    notes: tuple[str, ...]
    table: TableRows
    request: Request
    figures: tuple[tuple[str, str], ...] = ()
    picture: Picture | None = None


def page_layout(takeaway: Takeaway) -> QPageLayout:
    """Return the paper of the person's country, lying where the table is wide."""
    imperial = formats.locale().measurementSystem() == formats.locale().MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if imperial else QPageSize.PageSizeId.A4)
    wide = table_width(takeaway.table) > size.sizePixels(_UNIT).width() - 2 * _MARGIN
    orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    return QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0))


def paint_pages(
    painter: QPainter, takeaway: Takeaway, layout: QPageLayout, turn: Callable[[], object], resolution: int
) -> None:
    """Paint all pages; `turn` begins the next one, `resolution` is that of the paper in dots an inch."""
    whole = layout.fullRectPixels(_UNIT)
    inside = whole.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    pages = pages_of(takeaway, inside.size())
    painter.scale(resolution / _UNIT, resolution / _UNIT)
    for number, page in enumerate(pages, 1):
        if number > 1:
            turn()
        _paint_page(painter, page, inside)
        _paint_foot(painter, takeaway, inside, number, len(pages))


def _paint_page(painter: QPainter, page: Page, inside: QRect) -> None:
    painter.save()
    painter.translate(inside.topLeft())
    sheet = Sheet(painter, scheme_palette(dark=False), QApplication.layoutDirection())
    for paint in page:
        paint(sheet)
    painter.restore()


def _paint_foot(painter: QPainter, takeaway: Takeaway, inside: QRect, number: int, count: int) -> None:
    sheet = Sheet(painter, scheme_palette(dark=False), QApplication.layoutDirection())
    paint_foot(sheet, QRect(inside.left(), inside.bottom() + 12, inside.width(), 20), takeaway, number, count)


def write_pdf(path: Path, takeaway: Takeaway) -> None:
    """Write the pages as vectors. Raises `CannotWrite`; what stood there before stays then."""
    with in_place(path) as part:
        writer = QPdfWriter(str(part))
        writer.setResolution(_FINE)
        writer.setTitle(takeaway.title)
        writer.setCreator(f"StatusDesk {__version__}")
        layout = page_layout(takeaway)
        writer.setPageLayout(layout)
        with QPainter(writer) as painter:
            paint_pages(painter, takeaway, layout, writer.newPage, _FINE)


def write_png(path: Path, takeaway: Takeaway) -> None:
    """Write all of it as one picture. Raises `CannotWrite`; what stood there before stays then."""
    layout = page_layout(takeaway)
    width = layout.fullRectPixels(_UNIT).width() - 2 * _MARGIN
    height = height_of(takeaway, width)
    image = QImage(QSize(width + 2 * _MARGIN, height + 2 * _MARGIN) * _SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SHARP)
    image.fill(Qt.GlobalColor.white)
    (page,) = pages_of(takeaway, QSize(width, _ENDLESS))
    with QPainter(image) as painter:
        _paint_page(painter, page, QRect(_MARGIN, _MARGIN, width, height))
    with in_place(path) as part:
        if not QImageWriter(str(part), b"png").write(image):
            raise CannotWrite(file=path.name, reason="the picture is too large for it")


def write_report_pdf(store: Store, request: Request, path: Path) -> None:
    """Write a report of a store as a PDF, without a window or a screen. Raises `CannotWrite`."""
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    from statusdesk.gui.panes.reports_building import Wish, build
    from statusdesk.gui.panes.reports_paper import takeaway_of

    write_pdf(path, takeaway_of(build(store, Wish(request)), store.info))
