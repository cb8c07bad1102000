"""How rows of the accounts table are painted: all cells of a page in one go, with no delegate between.

A page is about two hundred cells; asking a delegate for each would triple the time that scrolling takes.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle

from statusdesk.domain.records import Account, Status
from statusdesk.gui.icons import paint_action, paint_shape
from statusdesk.gui.models.account_columns import Column
from statusdesk.gui.theme import tones

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

    Both remember, as the same towns, statuses and amounts come again on each page.
    """

    def __init__(self, font: QFont) -> None:
        metrics = QFontMetrics(font)
        self.font = font
        self.width = lru_cache(_REMEMBERED)(lambda text: metrics.horizontalAdvance(text))
        self.cut = lru_cache(_REMEMBERED)(lambda text, width: metrics.elidedText(text, _ELIDE, width))


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
        self._places = places
        self._boxes: list[tuple[Place, QRect | None, QRect]] = []
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
        self._leading = int(QStyle.visualAlignment(direction, _LEADING))
        self._trailing = int(QStyle.visualAlignment(direction, _TRAILING))
        painter.setFont(measures.font)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)

    def paint(self, rect: QRect, account: Account | None, status: Status | None, state: RowState) -> None:
        """Paint one row over the whole width of the viewport; one that cannot be read stays blank."""
        ground = self._highlight if state.selected else self._hover if state.hovered else self._base
        self._painter.fillRect(rect, ground)
        line = QRect(rect.x(), rect.bottom(), rect.width(), 1)
        self._painter.fillRect(line, self._base if state.selected else self._line)
        if state.current:
            bar = QRect(rect.x(), rect.y(), ACCENT, rect.height() - 1)
            self._painter.fillRect(QStyle.visualRect(self._direction, rect, bar), self._accent)
        if account is None:
            return
        if not self._boxes:
            self._boxes = [self._boxed(place, QRect(0, 0, rect.width(), rect.height())) for place in self._places]
        for place, icon, box in self._boxes:
            if icon is not None and place.column.sign:
                self._mark(place, icon.translated(0, rect.y()), account, selected=state.selected)
            elif icon is not None and status is not None:
                sign = icon.translated(0, rect.y())
                paint_shape(self._painter, sign, status.shape, status.colour, ground, self._text)
            if place.room > 0:
                self._write(place, box.translated(0, rect.y()), account, selected=state.selected)

    def _mark(self, place: Place, sign: QRect, account: Account, *, selected: bool) -> None:
        """Paint the sign of a column that says something of the account."""
        if place.column.text(account):
            paint_action(self._painter, sign, place.column.sign, self._text if selected else self._planned)

    def _boxed(self, place: Place, row: QRect) -> tuple[Place, QRect | None, QRect]:
        """Return where a column's icon, if it has one, and its text lie in a row."""
        whole = QRect(place.left, row.y(), place.width, row.height() - 1)
        box = QStyle.visualRect(self._direction, whole, whole.adjusted(place.lead, 0, -place.trail, 0))
        if not place.icon:
            return place, None, box
        icon = QStyle.alignedRect(self._direction, _LEADING, QSize(ICON, ICON), box)
        return place, icon, QStyle.visualRect(self._direction, box, box.adjusted(place.icon, 0, 0, 0))

    def _write(self, place: Place, box: QRect, account: Account, *, selected: bool) -> None:
        text = place.column.text(account)
        if not text:
            return
        if place.column.whole:
            needed = self._measures.width(text)
            if needed > place.room:
                name = place.column.name
                self.widened[name] = max(needed, self.widened.get(name, 0))
        else:
            text = self._measures.cut(text, box.width())
        other = self._planned if place.column.sign else self._muted if place.column.muted else self._text
        self._painter.setPen(self._text if selected else other)
        self._painter.drawText(box, self._trailing if place.column.trailing else self._leading, text)
