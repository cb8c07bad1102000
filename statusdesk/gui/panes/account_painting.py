"""How rows of the accounts table are painted: all cells of a page in one go, with no delegate between.

A page is about two hundred cells; asking a delegate for each would triple the time that scrolling takes.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle

from statusdesk.domain.records import Account, Status
from statusdesk.gui.icons import paint_action, paint_shape, shape_image
from statusdesk.gui.models.account_columns import Column
from statusdesk.gui.theme import tones
from statusdesk.gui.vectors import whole_scale

EDGE: Final = 16
"""Room between the pane's edge and what the table shows, in logical pixels, as are all lengths here."""

PAD: Final = 8
ICON: Final = 16
ROW_HEIGHT: Final = 28
ACCENT: Final = 3

_R: Final = QPalette.ColorRole
_G: Final = QPalette.ColorGroup
_CENTRE: Final = Qt.AlignmentFlag.AlignVCenter
_LEADING: Final = Qt.AlignmentFlag.AlignLeading | _CENTRE
_TRAILING: Final = Qt.AlignmentFlag.AlignTrailing | _CENTRE
_ELIDE: Final = Qt.TextElideMode.ElideRight
_REMEMBERED: Final = 4_096
_AS_ZEROS: Final = str.maketrans("123456789", "000000000")


def row_height(use: QFont) -> int:
    """Return the height of a row in this font."""
    return max(ROW_HEIGHT, QFontMetrics(use).height() + 10)


class Place(NamedTuple):
    """A column as it lies in the viewport: its model's number, left edge, width, and room at both ends."""

    column: Column
    number: int
    left: int
    width: int
    lead: int = PAD
    trail: int = PAD

    @property
    def icon(self) -> int:
        """Room for an icon before the text."""
        return ICON + PAD if self.column.name == "status" or self.column.sign else 0

    @property
    def room(self) -> int:
        """How much width the text has."""
        return self.width - self.lead - self.trail - self.icon


class RowState(NamedTuple):
    """How a row stands out: selected, having the keyboard, under the pointer."""

    selected: bool = False
    current: bool = False
    hovered: bool = False


class Measures:
    """Texts as they are in one font: `width` tells their width, `cut` returns what of them fits into a width.

    Both remember, as the same towns, statuses and amounts come again on each page. All digits are as wide as a
    zero, which the theme asks of the font, so numbers of one form are measured once.
    """

    def __init__(self, font: QFont) -> None:
        metrics = QFontMetrics(font)
        self.font = font
        self._advance = lru_cache(_REMEMBERED)(lambda form: metrics.horizontalAdvance(form))
        self.cut = lru_cache(_REMEMBERED)(lambda text, width: metrics.elidedText(text, _ELIDE, width))

    def width(self, text: str) -> int:
        """Return the width of a text in logical pixels."""
        return self._advance(text.translate(_AS_ZEROS))


class _Cell(NamedTuple):
    """What is the same for all cells of a column, at the places that they have in a row at the very top."""

    place: Place
    icon: QRect | None
    box: QRect
    room: int
    align: int


@lru_cache(maxsize=16)
def _cells(places: tuple[Place, ...], width: int, height: int, direction: Qt.LayoutDirection) -> tuple[_Cell, ...]:
    """Return where icons and texts lie in a row of this size."""
    return tuple(_cell(place, QRect(0, 0, width, height), direction) for place in places)


def _cell(place: Place, row: QRect, direction: Qt.LayoutDirection) -> _Cell:
    whole = QRect(place.left, row.y(), place.width, row.height() - 1)
    box = QStyle.visualRect(direction, whole, whole.adjusted(place.lead, 0, -place.trail, 0))
    align = int(QStyle.visualAlignment(direction, _TRAILING if place.column.trailing else _LEADING))
    if not place.icon:
        return _Cell(place, None, box, place.room, align)
    icon = QStyle.alignedRect(direction, _LEADING, QSize(ICON, ICON), box)
    box = QStyle.visualRect(direction, box, box.adjusted(place.icon, 0, 0, 0))
    return _Cell(place, icon, box, place.room, align)


class RowPainter:
    """Paints rows of one size into a viewport; `widened` collects uncut columns that need more room."""

    def __init__(
        self,
        painter: QPainter,
        places: Sequence[Place],
        *,
        measures: Measures,
        palette: QPalette,
        active: bool,
        direction: Qt.LayoutDirection,
    ) -> None:
        self.widened: dict[str, int] = {}
        self._painter = painter
        self._places = tuple(places)
        self._cells: tuple[_Cell, ...] = ()
        self._scale = whole_scale(painter)
        self._pen: QColor | None = None
        self._measures = measures
        self._direction = direction
        group = _G.Active if active else _G.Inactive
        self._planned = tones(palette).planned
        self._base, self._line, self._hover, self._accent, self._highlight, self._text, self._muted = (
            palette.color(group, role)
            for role in (
                _R.Base, _R.Midlight, _R.AlternateBase, _R.Accent, _R.Highlight, _R.Text, _R.PlaceholderText,
            )
        )  # fmt: skip
        painter.setFont(measures.font)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)

    def paint(self, rect: QRect, account: Account | None, status: Status | None, state: RowState) -> None:
        """Paint one row over the whole width of a viewport in Base; one that cannot be read shows “…”."""
        ground = self._highlight if state.selected else self._hover if state.hovered else self._base
        if ground is not self._base:
            self._painter.fillRect(rect, ground)
        line = QRect(rect.x(), rect.bottom(), rect.width(), 1)
        self._painter.fillRect(line, self._base if state.selected else self._line)
        if state.current:
            bar = QRect(rect.x(), rect.y(), ACCENT, rect.height() - 1)
            self._painter.fillRect(QStyle.visualRect(self._direction, rect, bar), self._accent)
        if not self._cells:
            self._cells = _cells(self._places, rect.width(), rect.height(), self._direction)
        if account is None:
            self._painter.translate(0, rect.y())
            self._write(self._cells[0], "…", selected=state.selected)
            self._painter.translate(0, -rect.y())
            return
        self._painter.translate(0, rect.y())
        for cell in self._cells:
            text = cell.place.column.text(account)
            if cell.icon is not None and text:
                sign = cell.place.column.sign
                if sign:
                    self._mark(cell.icon, sign, selected=state.selected)
                elif status is not None:
                    self._paint_status(cell.icon, status, ground)
            if text and cell.room > 0:
                self._write(cell, text, selected=state.selected)
        self._painter.translate(0, -rect.y())

    def _mark(self, icon: QRect, sign: str, *, selected: bool) -> None:
        """Paint the sign of a column that says something of the account."""
        paint_action(self._painter, icon, sign, self._text if selected else self._planned)

    def _paint_status(self, icon: QRect, status: Status, ground: QColor) -> None:
        if self._scale:
            image = shape_image(status.shape, status.colour, ground.rgb(), self._text.rgb(), ICON, self._scale)
            self._painter.drawImage(icon.topLeft(), image)
        else:
            paint_shape(self._painter, icon, status.shape, status.colour, ground, self._text)

    def _write(self, cell: _Cell, text: str, *, selected: bool) -> None:
        column = cell.place.column
        if column.whole:
            needed = self._measures.width(text)
            if needed > cell.room:
                self.widened[column.name] = max(needed, self.widened.get(column.name, 0))
        else:
            text = self._measures.cut(text, cell.room)
        other = self._planned if column.sign else self._muted if column.muted else self._text
        ink = self._text if selected else other
        if self._pen is not ink:
            self._pen = ink
            self._painter.setPen(ink)
        self._painter.drawText(cell.box, cell.align, text)
