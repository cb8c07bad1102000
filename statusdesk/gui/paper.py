"""How a view is divided over pages: title, sentences, figures and picture first, then the table, row by row."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics

from statusdesk.gui.charts.sheet import ICON, LEADING, TRAILING, Sheet, chart_font, line_height, text_width
from statusdesk.gui.theme import Type
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from statusdesk.gui.charts.table_model import Cell, TableRows
    from statusdesk.gui.printing import Picture, Takeaway

Paint = Callable[[Sheet], None]
Page = list[Paint]
"""What is painted on one page, from its top left corner."""

_HEAD: Final = 26
_ROW: Final = 21
_PAD: Final = 6
_GAP: Final = 16
_SMALLEST: Final = 0.62
_FIGURES: Final = 62
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)


def table_width(table: TableRows) -> int:
    """Return how wide a table is when nothing in it is cut."""
    return sum(_widths(table))


def pages_of(takeaway: Takeaway, size: QSize) -> list[Page]:
    """Divide a view over pages of this size (logical pixels)."""
    pages = _Pages(size)
    _write_head(pages, takeaway)
    if takeaway.picture is not None:
        _place_picture(pages, takeaway.picture)
    for table in _fitting(takeaway.table, size.width()):
        _write_table(pages, table)
    return pages.done


def height_of(takeaway: Takeaway, width: int) -> int:
    """Return how high one endless page of this width would be."""
    pages = _Pages(QSize(width, 1_000_000))
    _write_head(pages, takeaway)
    if takeaway.picture is not None:
        _place_picture(pages, takeaway.picture)
    for table in _fitting(takeaway.table, width):
        _write_table(pages, table)
    return pages.used


def paint_foot(sheet: Sheet, place: QRect, takeaway: Takeaway, number: int, count: int) -> None:
    """Paint what a page is of, and which page it is."""
    said = f"{takeaway.title} · {takeaway.source}"
    sheet.write(place, said, Type.LABEL, sheet.tones.muted, LEADING)
    pages = tr("Page {number} of {count}").format(number=number, count=count)
    sheet.write(place, pages, Type.LABEL, sheet.tones.muted, TRAILING)


class _Pages:
    """Pages that are filled from top to bottom."""

    def __init__(self, size: QSize) -> None:
        self.done: list[Page] = [[]]
        self.size = size
        self.used = 0

    @property
    def left(self) -> int:
        """The height that is left of this page."""
        return self.size.height() - self.used

    def take(self, height: int) -> QRect:
        """Return the next part of this page, or of a new one where it does not fit."""
        if height > self.left and self.used:
            self.done.append([])
            self.used = 0
        place = QRect(0, self.used, self.size.width(), height)
        self.used += height
        return place

    def add(self, paint: Paint) -> None:
        """Paint something on this page."""
        self.done[-1].append(paint)


def _write_head(pages: _Pages, takeaway: Takeaway) -> None:
    title = pages.take(line_height(Type.DIALOG_TITLE) + 6)
    pages.add(lambda sheet: sheet.write(title, takeaway.title, Type.DIALOG_TITLE, sheet.text))
    source = pages.take(line_height(Type.LABEL) + 10)
    pages.add(lambda sheet: sheet.write(source, takeaway.source, Type.LABEL, sheet.tones.muted))
    metrics = QFontMetrics(chart_font(Type.BODY))
    for note in takeaway.notes:
        room = QRect(0, 0, pages.size.width(), 10_000)
        place = pages.take(metrics.boundingRect(room, _WRAP, note).height() + 4)
        pages.add(partial(_paint_note, place=place, text=note))
    if takeaway.figures:
        pages.take(_GAP)
        pages.add(partial(_paint_figures, place=pages.take(_FIGURES), figures=takeaway.figures))
    pages.take(_GAP)


def _paint_note(sheet: Sheet, *, place: QRect, text: str) -> None:
    sheet.painter.setFont(chart_font(Type.BODY))
    sheet.painter.setPen(sheet.text)
    align = Qt.AlignmentFlag.AlignLeft if sheet.direction == Qt.LayoutDirection.LeftToRight else None
    sheet.painter.drawText(place, _WRAP | int(align or Qt.AlignmentFlag.AlignRight), text)


def _paint_figures(sheet: Sheet, *, place: QRect, figures: tuple[tuple[str, str], ...]) -> None:
    width = place.width() // max(3, len(figures))
    for number, (label, value) in enumerate(figures):
        whole = sheet.part(place, number * width, width - _GAP)
        line = line_height(Type.LABEL)
        sheet.write(QRect(whole.left(), whole.top(), whole.width(), line), label, Type.LABEL, sheet.tones.muted)
        below = QRect(whole.left(), whole.top() + line + 2, whole.width(), line_height(Type.FIGURE))
        sheet.write(below, value, Type.FIGURE, sheet.text)


def _place_picture(pages: _Pages, picture: Picture) -> None:
    height = min(picture.height(pages.size.width()), pages.size.height())
    place = pages.take(height)
    pages.take(min(_GAP, max(0, pages.left)))
    pages.add(lambda sheet: picture.paint(sheet.painter, place, sheet.palette))


class _Fitted:
    """A part of a table's columns, and by how much it is made smaller."""

    def __init__(self, table: TableRows, columns: list[int], widths: list[int], scale: float) -> None:
        self.table = table
        self.columns = columns
        self.widths = widths
        self.scale = scale


def _widths(table: TableRows) -> list[int]:
    return [
        max(
            text_width(column.title, Type.LABEL) + 4,
            max((_cell_width(row[place]) for row in table.rows), default=0),
        )
        + 2 * _PAD
        for place, column in enumerate(table.columns)
    ]


def _cell_width(cell: Cell) -> int:
    return text_width(cell.text, Type.LABEL) + (ICON + _PAD if cell.look else 0) + 4


def _fitting(table: TableRows, width: int) -> list[_Fitted]:
    """Make a wide table smaller; one that is too wide even so comes in parts, each with its first columns."""
    if not table.rows:
        return []
    widths = _widths(table)
    everything = list(range(len(widths)))
    scale = min(1.0, width / max(1, sum(widths)))
    if scale >= _SMALLEST:
        return [_Fitted(table, everything, widths, scale)]
    lead = [place for place in everything[:2] if not table.columns[place].number] or [0]
    room = width / _SMALLEST - sum(widths[place] for place in lead)
    parts: list[list[int]] = [[]]
    for place in everything:
        if place in lead:
            continue
        if parts[-1] and sum(widths[each] for each in parts[-1]) + widths[place] > room:
            parts.append([])
        parts[-1].append(place)
    return [_Fitted(table, [*lead, *part], widths, _SMALLEST) for part in parts]


def _write_table(pages: _Pages, fitted: _Fitted) -> None:
    head, row = round(_HEAD * fitted.scale), round(_ROW * fitted.scale)
    place = pages.take(head + row)
    pages.used -= row
    pages.add(partial(_paint_row, fitted=fitted, top=place.top(), row=None))
    for number in range(len(fitted.table.rows)):
        before = len(pages.done)
        place = pages.take(row)
        if len(pages.done) > before:
            pages.add(partial(_paint_row, fitted=fitted, top=0, row=None))
            pages.used = head
            place = pages.take(row)
        pages.add(partial(_paint_row, fitted=fitted, top=place.top(), row=number))
    pages.take(min(_GAP, max(0, pages.left)))


def _paint_row(sheet: Sheet, *, fitted: _Fitted, top: int, row: int | None) -> None:
    """Paint one row of a table, or the names of its columns."""
    sheet.painter.save()
    sheet.painter.translate(0, top)
    sheet.painter.scale(fitted.scale, fitted.scale)
    height = _HEAD if row is None else _ROW
    width = sum(fitted.widths[column] for column in fitted.columns)
    whole, start = QRect(0, 0, width, height), 0
    for column in fitted.columns:
        place = sheet.part(whole, start, fitted.widths[column]).adjusted(_PAD, 0, -_PAD, 0)
        align = TRAILING if fitted.table.columns[column].number else LEADING
        if row is None:
            sheet.write(place, fitted.table.columns[column].title, Type.LABEL, sheet.tones.muted, align)
        else:
            _paint_cell(sheet, place, fitted.table.rows[row][column], align)
        start += fitted.widths[column]
    sheet.hairline(0, width - 1, height - 1, sheet.tones.edge if row is None else sheet.line)
    sheet.painter.restore()


def _paint_cell(sheet: Sheet, place: QRect, cell: Cell, align: Qt.AlignmentFlag) -> None:
    if cell.look is not None:
        sheet.shape(sheet.part(place, 0, ICON), *cell.look)
        place = sheet.part(place, ICON + _PAD, place.width() - ICON - _PAD)
    sheet.write(place, cell.text, Type.LABEL, sheet.text, align)
