"""Dragging in the status table: a status to a new place, in its stage or another; accounts onto a status."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QToolTip, QWidget

from statusdesk.domain.errors import Refused, StatusRetired
from statusdesk.domain.records import Status
from statusdesk.domain.rules import check_edit
from statusdesk.gui.control_paint import paint_box
from statusdesk.gui.icons import paint_shape
from statusdesk.gui.models.status_rows import Place, StatusRow, place_at_gap, place_by_step
from statusdesk.gui.models.statuses_model import ACCOUNTS_MIME, STATUS_MIME, StatusesModel
from statusdesk.gui.panes.name_field import Refusal
from statusdesk.gui.panes.status_painting import EDGE, ICON, INDENT, PAD
from statusdesk.gui.panes.statuses_table import StatusesTable
from statusdesk.gui.wording import error_text

_MOVE: Final = Qt.DropAction.MoveAction
_R: Final = QPalette.ColorRole
_CHIP_HEIGHT: Final = 28


class DraggingTable(StatusesTable):
    """A table of statuses in which things are dragged, or stepped by keyboard; it only says what is wished.

    `refused` carries a sentence that says why something cannot be done.
    """

    place_requested = Signal(object)
    accounts_dropped = Signal(int)
    refused = Signal(str)

    def __init__(self, model: StatusesModel, refusal: Refusal, parent: QWidget | None = None) -> None:
        super().__init__(model, refusal, parent)
        self._pressed: StatusRow | None = None
        self._gap = -1
        self._resting = ""
        self._objection = ""
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDefaultDropAction(_MOVE)

    def step(self, status_id: int, step: int) -> None:
        """Wish a status one place up (-1) or down (1), over the border of its stage if need be."""
        place = place_by_step(self.statuses.rows, self.statuses.lines, status_id, step)
        if place is None:
            return
        if objection := self._objection_to(place):
            self._object(objection, self.visualRect(self.statuses.index(self.currentIndex().row(), 0)).center())
        else:
            self.place_requested.emit(place)

    def rest(self, why: str) -> None:
        """Let no status be renamed or put elsewhere for good, and say why."""
        self._resting = why

    def rename(self, status_id: int, typed: str | None = None, refusal: str = "") -> None:
        """Open the field for a status's name, unless that rests."""
        if not self._resting:
            super().rename(status_id, typed, refusal)

    def _objection_to(self, place: Place) -> str:
        if self._resting:
            return self._resting
        status = self._status(place.status_id)
        try:
            check_edit(status, {"stage": place.stage}, ())
        except Refused as refused:
            return error_text(refused)
        return ""

    def _status(self, status_id: int) -> Status:
        return next(line.status for line in self.statuses.lines if line.status.id == status_id)

    def _object(self, sentence: str, at: QPoint) -> None:
        QToolTip.showText(self.viewport().mapToGlobal(at), sentence, self)
        self.refused.emit(sentence)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember which status a drag would take along."""
        self._pressed = self.statuses.status_row(self.indexAt(event.position().toPoint()))
        super().mousePressEvent(event)

    def startDrag(self, _actions: Qt.DropAction, /) -> None:
        """Drag the status that was pressed, whatever else is selected."""
        if self._pressed is None or (row := self.statuses.row_of(self._pressed.key)) is None:
            return
        drag = QDrag(self)
        drag.setMimeData(self.statuses.mimeData([self.statuses.index(row, 0)]))
        drag.setPixmap(self._chip(self._pressed.line.status))
        drag.setHotSpot(QPoint(EDGE, _CHIP_HEIGHT // 2))
        dropped = drag.exec(_MOVE)
        if dropped == Qt.DropAction.IgnoreAction and self._objection:
            self.refused.emit(self._objection)
        self._aim()

    def _chip(self, status: Status) -> QPixmap:
        """Return what hangs at the pointer: the status's icon and name."""
        ratio = self.devicePixelRatioF()
        name = QFontMetrics(self.font()).elidedText(status.name, Qt.TextElideMode.ElideRight, 240)
        width = PAD + ICON + PAD + QFontMetrics(self.font()).horizontalAdvance(name) + 2 * PAD
        chip = QPixmap(round(width * ratio), round(_CHIP_HEIGHT * ratio))
        chip.setDevicePixelRatio(ratio)
        chip.fill(QColor(0, 0, 0, 0))
        ground, edge, text = (self.palette().color(role) for role in (_R.Base, _R.Mid, _R.Text))
        with QPainter(chip) as painter:
            painter.setFont(self.font())
            paint_box(painter, QRect(0, 0, width, _CHIP_HEIGHT), ground, edge)
            icon = QRect(PAD, (_CHIP_HEIGHT - ICON) // 2, ICON, ICON)
            paint_shape(painter, icon, status.shape, status.colour, ground, text)
            painter.setPen(text)
            place = QRect(PAD + ICON + PAD, 0, width, _CHIP_HEIGHT)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        return chip

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let in what this window drags; whether it can be dropped is a matter of the place."""
        if self._is_ours(event):
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where a drop would go, and let the pointer say where it would not."""
        super().dragMoveEvent(event)
        event.ignore()
        if not self._is_ours(event):
            return
        if event.mimeData().hasFormat(STATUS_MIME):
            self._aim_status(event)
        elif event.mimeData().hasFormat(ACCOUNTS_MIME):
            self._aim_accounts(event)

    def _is_ours(self, event: QDropEvent) -> bool:
        source, kinds = event.source(), event.mimeData()
        known = kinds.hasFormat(STATUS_MIME) or kinds.hasFormat(ACCOUNTS_MIME)
        return known and isinstance(source, QWidget) and source.window() is self.window()

    def _aim_status(self, event: QDragMoveEvent | QDropEvent) -> Place | None:
        gap = self._gap_at(event.position().toPoint())
        place = place_at_gap(self.statuses.rows, self.statuses.lines, _dragged(event), gap)
        if place is not None and (objection := self._objection_to(place)):
            self._aim(objection=objection, at=event.position().toPoint())
            return None
        self._aim(gap=-1 if place is None else gap)
        event.setDropAction(_MOVE)
        event.accept()
        return place

    def _aim_accounts(self, event: QDragMoveEvent | QDropEvent) -> int | None:
        at = event.position().toPoint()
        row = self.statuses.status_row(self.indexAt(at))
        if row is None or row.line.status.retired:
            name = row.line.status.name if row is not None else ""
            self._aim(objection=error_text(StatusRetired(name=name)) if name else "", at=at)
            return None
        self._aim(target=self.indexAt(at).row())
        event.acceptProposedAction()
        return row.key

    def _gap_at(self, at: QPoint) -> int:
        """Return before which row a status would go; onto a stage means to the top of it."""
        index = self.indexAt(at)
        if not index.isValid():
            return len(self.statuses.rows)
        row = index.row()
        upper = at.y() < self.visualRect(index).center().y()
        return row if upper and self.statuses.status_row(index) is not None else row + 1

    def _aim(self, *, gap: int = -1, target: int = -1, objection: str = "", at: QPoint | None = None) -> None:
        """Show where a drop would go; nothing given: nowhere, because of the objection if there is one."""
        if objection and at is not None:
            QToolTip.showText(self.viewport().mapToGlobal(at), objection, self)
        elif self._objection:
            QToolTip.hideText()
        self._gap, self._objection = gap, objection
        self.delegate.target = target
        self.viewport().update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show no place any more."""
        super().dragLeaveEvent(event)
        self._aim()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what is wished."""
        status_drag = event.mimeData().hasFormat(STATUS_MIME)
        place = self._aim_status(event) if status_drag else None
        status_id = None if status_drag else self._aim_accounts(event)
        self._aim()
        self.stopAutoScroll()
        self.setState(self.State.NoState)
        if place is not None:
            self.place_requested.emit(place)
        if status_id is not None:
            self.accounts_dropped.emit(status_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and above them the line at which a dragged status would land."""
        super().paintEvent(event)
        if self._gap >= 0:
            with QPainter(self.viewport()) as painter:
                painter.fillRect(self._gap_line(), self.palette().color(_R.Accent))

    def _gap_line(self) -> QRect:
        last = self._gap >= len(self.statuses.rows)
        row = self.visualRect(self.statuses.index(self._gap - 1 if last else self._gap, 0))
        y = row.bottom() if last else row.top() - 1
        return QRect(EDGE + INDENT, max(0, y), self.viewport().width() - 2 * EDGE - INDENT, 2)


def _dragged(event: QDropEvent) -> int:
    return int(event.mimeData().data(STATUS_MIME).toStdString())
