"""The table of accounts: paints itself, and stays where people look while the list changes under it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QItemSelectionModel, QMimeData, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import (
    QDrag,
    QFontMetrics,
    QHelpEvent,
    QHoverEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QToolTip, QWidget

from statusdesk.gui.models.account_selection import AccountSelection
from statusdesk.gui.models.accounts_model import AccountsModel
from statusdesk.gui.models.statuses_model import ACCOUNTS_MIME
from statusdesk.gui.panes.account_chip import CHIP_HEIGHT, accounts_chip
from statusdesk.gui.panes.account_head import AccountsHead
from statusdesk.gui.panes.account_painting import EDGE, Measures, RowPainter, RowState, row_height
from statusdesk.gui.panes.account_picking import PickingTable

_MOST_SEEN: Final = 200


class AccountsTable(PickingTable):
    """Shows an `AccountsModel` with an `AccountSelection`; see `PickingTable` for what it says.

    `painted` tells whether rows have ever been painted.
    """

    def __init__(self, model: AccountsModel, selection: AccountSelection, parent: QWidget | None = None) -> None:
        super().__init__(model, selection, parent)
        self.setObjectName("accounts_table")
        self.setAccessibleName(self.tr("Accounts"))
        self.painted = False
        self._hovered = -1
        self._measures = Measures(self.font())
        self._widened: dict[str, int] = {}
        self.head = AccountsHead(model.columns, self)
        self._dress()
        self.drag_requested.connect(self.start_drag)
        selection.changed.connect(self.viewport().update)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        corner = QWidget()
        corner.setAutoFillBackground(True)
        corner.setBackgroundRole(QPalette.ColorRole.Base)
        self.setCornerWidget(corner)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setHorizontalHeader(self.head)
        self.head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        side = self.verticalHeader()
        side.setObjectName("accounts_rows")
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setMinimumSectionSize(1)
        side.setDefaultSectionSize(row_height(self.font()))
        for header in (self.head, side):
            header.setSelectionModel(QItemSelectionModel(self.accounts, header))
        self.head.fit()

    def seen_rows(self) -> range:
        """Return the rows that are at least partly in view."""
        count = len(self.accounts.ids)
        if not count:
            return range(0)
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        return range(first, min(count if last < 0 else last + 1, first + _MOST_SEEN))

    def seen_ids(self) -> list[int]:
        """Return the ids of the accounts in view, from the top."""
        return [self.accounts.ids[row] for row in self.seen_rows()]

    def show_ids(self, ids: Sequence[int], rows: Mapping[int, int], *, current: int | None, stay: bool) -> None:
        """Show another list in which `current` has the keyboard; `rows` are rows of it and of one in view.

        With `stay` what was in view stays in view, else the list is shown from its beginning.
        """
        heights = {self.accounts.ids[row]: self.rowViewportPosition(row) for row in self.seen_rows()}
        row, column = self.current_row, self.currentIndex().column()
        if self.accounts.set_ids(ids):
            self.doItemsLayout()
            found = None if current is None else rows.get(current)
            if found is None and stay and row >= 0 and len(ids):
                found = min(row, len(ids) - 1)
            if found is not None:
                self._quietly_current(found, column)
                self._start_from(found)
            if stay:
                self._stay_at(heights, rows)
            else:
                self.verticalScrollBar().setValue(0)
        self._tell_current()

    def _stay_at(self, heights: Mapping[int, int], rows: Mapping[int, int]) -> None:
        """Scroll so that an account lies where it lay: one whose row is known, or else the topmost."""
        known = [account_id for account_id in rows if account_id in heights]
        for account_id in (*known, *list(heights)[:1]):
            with suppress(ValueError):
                row = rows[account_id] if account_id in rows else self.accounts.ids.index(account_id)
                height = row * self.verticalHeader().defaultSectionSize() - heights[account_id]
                self.verticalScrollBar().setValue(height)
                return

    def _quietly_current(self, row: int, column: int) -> None:
        """Give a row the keyboard without scrolling to it."""
        self.setAutoScroll(False)
        index = self.accounts.index(row, max(0, column))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.setAutoScroll(True)

    @Slot()
    def start_drag(self) -> None:
        """Drag the selected accounts, with their number at the pointer."""
        count = self.selection.count
        drag = QDrag(self)
        data = QMimeData()
        data.setData(ACCOUNTS_MIME, QByteArray(str(count).encode()))
        drag.setMimeData(data)
        drag.setPixmap(accounts_chip(self, count))
        drag.setHotSpot(QPoint(EDGE, CHIP_HEIGHT // 2))
        drag.exec(Qt.DropAction.MoveAction)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that show in the area."""
        area = event.rect()
        with QPainter(self.viewport()) as painter:
            painter.fillRect(area, self.palette().color(QPalette.ColorRole.Base))
            self._paint_rows(painter, area)

    def _paint_rows(self, painter: QPainter, area: QRect) -> None:
        rows = RowPainter(
            painter,
            self.head.places(),
            measures=self._measures,
            palette=self.palette(),
            active=self.isActiveWindow(),
            direction=self.layoutDirection(),
        )
        height, width = self.verticalHeader().defaultSectionSize(), self.viewport().width()
        current, model = self.current_row, self.accounts
        rows_seen = self.seen_rows()
        model.bring(rows_seen)
        above = self.rowViewportPosition(rows_seen.start) if rows_seen else 0
        for row in rows_seen:
            rect = QRect(0, above + (row - rows_seen.start) * height, width, height)
            if not rect.intersects(area):
                continue
            account = model.account(row)
            status = None if account is None else model.status(account.status_id)
            state = RowState(model.is_selected(row), row == current, row == self._hovered)
            rows.paint(rect, account, status, state)
            self.painted = True
        if rows.widened:
            self._widened.update(rows.widened)
            QTimer.singleShot(0, self, self._widen)

    @Slot()
    def _widen(self) -> None:
        needs, self._widened = self._widened, {}
        if needs:
            self.head.widen(needs)

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the pointer; tell the whole of what is cut."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell_tip(event)
            return True
        if isinstance(event, QHoverEvent):
            left = event.type() == QEvent.Type.HoverLeave
            self._hover(-1 if left else self.rowAt(event.position().toPoint().y()))
        return super().viewportEvent(event)

    def _tell_tip(self, event: QHelpEvent) -> None:
        index = self.indexAt(event.pos())
        place = next((place for place in self.head.places() if place.number == index.column()), None)
        text = str(index.data(Qt.ItemDataRole.ToolTipRole) or "") if index.isValid() else ""
        if place is None or not text or not (place.icon or self._is_cut(str(index.data()), place.room)):
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), text, self.viewport(), self.visualRect(index))

    def _is_cut(self, text: str, room: int) -> bool:
        return QFontMetrics(self.font()).horizontalAdvance(text) > room

    def _hover(self, row: int) -> None:
        if self._hovered != row:
            self._hovered = row
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into the new width."""
        super().resizeEvent(event)
        self.head.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new font, and the window's coming to the front."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measures = Measures(self.font())
            self.verticalHeader().setDefaultSectionSize(row_height(self.font()))
            self.head.fit()
        elif event.type() == QEvent.Type.ActivationChange:
            self.viewport().update()
