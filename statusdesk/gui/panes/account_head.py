"""The head of the accounts table: which columns are shown, in which order and width, and which one sorts.

Numbers, dates and money always get the room that they need; names and other words share what is left.
"""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QByteArray, QRect, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle

from statusdesk.gui.control_paint import paint_chevron
from statusdesk.gui.icons import paint_action
from statusdesk.gui.models.account_columns import DEFAULT_COLUMNS, Column
from statusdesk.gui.panes.account_painting import EDGE, ICON, PAD, Place
from statusdesk.gui.theme import Type, font, tones
from statusdesk.gui.widths import Need, shared_out

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT: Final = 30
_VERSION: Final = 1
_LEAST: Final = 48
_READABLE: Final = {"name": 14, "status": 10, "city": 9}
"""How many letters n wide these columns of words keep."""

_MOST_KEPT: Final = 200
_FIRST_TO_GO: Final = ("city", "status_since")
_MARK: Final = 16
_R: Final = QPalette.ColorRole
_CENTRE: Final = Qt.AlignmentFlag.AlignVCenter


class AccountsHead(QHeaderView):
    """Columns by name. `sort_requested(name, descending)` when a head is clicked, `arranged` after any change."""

    sort_requested = Signal(str, bool)
    arranged = Signal()

    def __init__(self, columns: Sequence[Column], table: QAbstractItemView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setObjectName("accounts_head")
        self.setAccessibleName(self.tr("Columns"))
        self.columns = tuple(columns)
        self._number = {column.name: number for number, column in enumerate(columns)}
        self._sort = ("number", False)
        self._held: dict[str, int] = {}
        self._seen: dict[str, int] = {}
        self._kept: dict[str, int] = {}
        self._shown = set(DEFAULT_COLUMNS)
        self._fitting = False
        self._terse = False
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setFixedHeight(max(HEIGHT, QFontMetrics(font(Type.HEADING)).height() + 12))
        self.sectionClicked.connect(self._ask_to_sort)
        self.sectionResized.connect(self._hold)
        self.sectionMoved.connect(self.fit)
        self.sectionHandleDoubleClicked.connect(self._let_go)

    @property
    def sort(self) -> tuple[str, bool]:
        """The name of the column that sorts, and whether downward."""
        return self._sort

    def show_sort(self, name: str, *, descending: bool) -> None:
        """Mark the column that sorts."""
        self._sort = (name, descending)
        self.viewport().update()

    def next_sort(self, name: str) -> tuple[str, bool]:
        """Return what a click on a column asks for: upward, then downward, then by number again."""
        if self._sort == (name, False):
            return name, True
        return ("number", False) if self._sort == (name, True) else (name, False)

    def shown(self) -> list[Column]:
        """Return the columns that are shown, in the order in which they stand."""
        order = (self.logicalIndex(place) for place in range(self.count()))
        return [self.columns[number] for number in order if not self.isSectionHidden(number)]

    def is_shown(self, name: str) -> bool:
        """Tell whether people want to see this column."""
        return name in self._shown

    def show_column(self, name: str, *, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        if shown:
            self._shown.add(name)
        elif len(self._shown) > 1:
            self._shown.discard(name)
        self.fit()

    def move_column(self, name: str, by: int) -> None:
        """Let a column change places with the one before it (−1) or after it (1) that is shown."""
        names = [column.name for column in self.shown()]
        other = names[names.index(name) + by]
        self.moveSection(self.visualIndex(self._number[name]), self.visualIndex(self._number[other]))

    def reset_columns(self) -> None:
        """Show the columns, widths and order of a new database."""
        self._shown, self._held = set(DEFAULT_COLUMNS), {}
        self._arrange([column.name for column in self.columns])
        self.fit()

    def places(self) -> list[Place]:
        """Return where the shown columns lie in the viewport."""
        shown = self.shown()
        return [
            Place(
                column,
                number := self._number[column.name],
                self.sectionViewportPosition(number),
                self.sectionSize(number),
                EDGE if at == 0 else PAD,
                EDGE if at == len(shown) - 1 else PAD,
            )
            for at, column in enumerate(shown)
        ]

    def widen(self, needs: dict[str, int]) -> None:
        """Give columns of numbers the room that a longer one needs; widths are those of the texts."""
        for name, needed in needs.items():
            self._seen[name] = max(needed, self._seen.get(name, 0))
        self.fit()

    def keep_room(self, needs: dict[str, int]) -> None:
        """Give columns of words room for texts of these widths, within reason, before others share the rest."""
        self._kept = {name: min(needed, _MOST_KEPT) for name, needed in needs.items()}
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Share the width of the table out among the columns."""
        if self.count() == 0 or self._fitting:
            return
        self._fitting = True
        room = self._table.viewport().width()
        needs = self._needs(room)
        for column, width in zip(self.shown(), shared_out(needs, room), strict=True):
            self.resizeSection(self._number[column.name], width)
        self._fitting = False
        self.viewport().update()
        self.arranged.emit()

    def _needs(self, room: int) -> list[Need]:
        """Return what the columns need; where there is too little room signs stand alone, then columns go.

        None goes from those that people chose.
        """
        most = len(_FIRST_TO_GO) if self._shown == set(DEFAULT_COLUMNS) else 0
        metrics = QFontMetrics(font(Type.HEADING)), QFontMetrics(self._table.font())
        order = [self.columns[self.logicalIndex(place)] for place in range(self.count())]
        needs: dict[str, Need] = {}
        for gone, terse in product(range(most + 1), (False, True)):
            self._terse = terse
            names = self._shown - set(_FIRST_TO_GO[:gone])
            stay = [column for column in order if column.name in names]
            ends = (*stay[:1], *stay[-1:])
            needs = {column.name: self._need(column, metrics, at_edge=column in ends) for column in stay}
            if sum(need.least for need in needs.values()) <= room:
                break
        for name, number in self._number.items():
            self.setSectionHidden(number, name not in needs)
        return list(needs.values())

    def _need(self, column: Column, metrics: tuple[QFontMetrics, QFontMetrics], *, at_edge: bool) -> Need:
        around = 2 * PAD + (EDGE - PAD if at_edge else 0)
        if column.sign and self._terse:
            return Need(around + ICON, around + ICON)
        around += ICON + PAD if column.name == "status" or column.sign else 0
        heads, body = metrics
        least = heads.horizontalAdvance(column.header) + _MARK
        if column.whole:
            least = max(least, body.horizontalAdvance(column.sample), self._seen.get(column.name, 0))
            least += around + 1
            return Need(least, max(least, self._held.get(column.name, 0)))
        liked = max(least, column.letters * body.averageCharWidth()) + around
        held = self._held.get(column.name)
        if held is not None:
            return Need(held, held)
        readable = max(least, body.horizontalAdvance("n" * _READABLE.get(column.name, 0))) + around
        kept = self._kept.get(column.name)
        if kept is not None:
            wide = max(least, kept) + around + 1
            return Need(min(wide, readable), wide)
        if column.name in _READABLE:
            return Need(readable, max(readable, liked), column.share)
        return Need(min(liked, _LEAST + around), liked, column.share)

    @Slot(int)
    def _ask_to_sort(self, number: int) -> None:
        if self.columns[number].sorts:
            self.sort_requested.emit(*self.next_sort(self.columns[number].name))

    @Slot(int, int, int)
    def _hold(self, number: int, _old: int, new: int) -> None:
        if not self._fitting and new:
            self._held[self.columns[number].name] = new
            self.fit()

    @Slot(int)
    def _let_go(self, number: int) -> None:
        self._held.pop(self.columns[number].name, None)
        self.fit()

    def save_state(self) -> QByteArray:
        """Return columns, order, widths and sorting, to be remembered by name."""
        order = [self.columns[self.logicalIndex(place)].name for place in range(self.count())]
        state = {
            "version": _VERSION, "order": order, "shown": sorted(self._shown), "widths": self._held,
            "sort": self._sort,
        }  # fmt: skip
        return QByteArray(json.dumps(state).encode())

    def restore_state(self, state: QByteArray) -> None:
        """Take on what was remembered, as far as it is understood; says by `sort_requested` what sorts."""
        found = _read(state)
        shown, order = found.get("shown", DEFAULT_COLUMNS), found.get("order", self._number)
        known = {name: name in shown or (name not in order and name in DEFAULT_COLUMNS) for name in self._number}
        self._shown = {name for name, shown in known.items() if shown} or set(DEFAULT_COLUMNS)
        widths = found.get("widths", {})
        self._held = {name: int(width) for name, width in widths.items() if name in known and 24 <= width <= 2000}
        self._arrange([name for name in found.get("order", ()) if name in known])
        self.fit()
        name, descending = found.get("sort", self._sort)
        if name in known and (name, descending) != self._sort:
            self.sort_requested.emit(name, bool(descending))

    def _arrange(self, order: Sequence[str]) -> None:
        with QSignalBlocker(self):
            for place, name in enumerate(order):
                self.moveSection(self.visualIndex(self._number[name]), place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the names of the columns on the table's ground, with a line below."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), self.palette().color(_R.Base))
            for place in self.places():
                self._paint_name(painter, place)
            foot = QRect(event.rect().x(), self.height() - 1, event.rect().width(), 1)
            painter.fillRect(foot, tones(self.palette()).edge)

    def _paint_name(self, painter: QPainter, place: Place) -> None:
        name, descending = self._sort
        sorts = place.column.name == name
        use = font(Type.HEADING if sorts else Type.LABEL)
        whole = QRect(place.left, 0, place.width, self.height() - 1)
        box = whole.adjusted(place.lead, 0, -place.trail, 0)
        if place.column.sign and self._terse:
            sign = QStyle.visualRect(self.layoutDirection(), whole, QRect(box.left(), 0, ICON, box.height()))
            paint_action(painter, sign, place.column.sign, self.palette().color(_R.PlaceholderText))
            return
        align = Qt.AlignmentFlag.AlignTrailing if place.column.trailing else Qt.AlignmentFlag.AlignLeading
        metrics = QFontMetrics(use)
        text = metrics.elidedText(
            place.column.header, Qt.TextElideMode.ElideRight, box.width() - (_MARK if sorts else 0)
        )
        painter.setFont(use)
        painter.setPen(self.palette().color(_R.Text if sorts else _R.PlaceholderText))
        text_box = QStyle.visualRect(self.layoutDirection(), whole, box)
        painter.drawText(text_box, int(QStyle.visualAlignment(self.layoutDirection(), align | _CENTRE)), text)
        if sorts:
            width = metrics.horizontalAdvance(text)
            left = box.right() - width - _MARK if place.column.trailing else box.left() + width + 2
            mark = QStyle.visualRect(self.layoutDirection(), whole, QRect(left, 0, _MARK, whole.height()))
            paint_chevron(painter, mark, self.palette().color(_R.Text), up=descending)


def _read(state: QByteArray) -> dict[str, Any]:
    try:
        found = json.loads(state.toStdString() or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) and found.get("version") == _VERSION else {}
