"""How rows of the history are painted: hairlines between them, and muted where nothing asks for a look."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from statusdesk.gui import formats
from statusdesk.gui.models.history_model import CHANGE_SET_ROLE, Column
from statusdesk.gui.theme import Type, colour_group, font, tones
from statusdesk.gui.widths import Need, shared_out
from statusdesk.gui.wording import tr

Index = QModelIndex | QPersistentModelIndex

_EDGE: Final = 16
_PAD: Final = 8
_ACCENT: Final = 3
_HEAD: Final = 30
_MUTED: Final = (Column.WHEN, Column.WHO, Column.STATE)
_R: Final = QPalette.ColorRole
_S: Final = QStyle.StateFlag


class HistoryRows(QStyledItemDelegate):
    """Paints a cell; what was undone is muted as a whole."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint ground, mark of the current row, text and hairline."""
        selected = bool(option.state & _S.State_Selected)
        group = colour_group(option)
        palette, rect = option.palette, option.rect
        if selected:
            painter.fillRect(rect, palette.color(group, _R.Highlight))
            if index.column() == 0:
                edge = QRect(rect.left(), rect.top(), _ACCENT, rect.height())
                painter.fillRect(QStyle.visualRect(option.direction, rect, edge), palette.color(_R.Accent))
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, palette.color(_R.Base if selected else _R.Midlight))
        muted = not selected and (index.column() in _MUTED or index.data(CHANGE_SET_ROLE).reverted)
        painter.setPen(palette.color(group, _R.PlaceholderText if muted else _R.Text))
        self._write(painter, option, index)

    @staticmethod
    def _write(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        use = font(Type.BODY)
        place = _inside(option.rect, index.column(), option.direction)
        text = QFontMetrics(use).elidedText(index.data(), Qt.TextElideMode.ElideRight, place.width())
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        painter.setFont(use)
        painter.drawText(place, int(QStyle.visualAlignment(option.direction, align)), formats.isolated(text))


class HistoryHead(QHeaderView):
    """Names the columns, each above its texts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("history_head")
        self.setAccessibleName(tr("Columns"))
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFont(font(Type.LABEL))
        self.setMinimumHeight(_HEAD)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._needs = _needs()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Share the room out among the columns."""
        super().resizeEvent(event)
        widths = shared_out(list(self._needs.values()), self.viewport().width())
        for column, width in zip(self._needs, widths, strict=True):
            self.resizeSection(column, width)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int, /) -> None:
        """Paint one name, and the line below it."""
        palette, direction = self.palette(), self.layoutDirection()
        painter.fillRect(rect, palette.color(_R.Base))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), tones(palette).edge)
        align = self.model().headerData(logical, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        text = self.model().headerData(logical, self.orientation(), Qt.ItemDataRole.DisplayRole)
        painter.save()
        painter.setFont(self.font())
        painter.setPen(tones(palette).muted)
        place = _inside(rect, logical, direction)
        painter.drawText(place, int(QStyle.visualAlignment(direction, align)), str(text))
        painter.restore()


def _needs() -> dict[Column, Need]:
    """Return what the columns need: times and numbers their room, what was done most of what is left."""
    metrics = QFontMetrics(font(Type.BODY))

    def room(text: str, around: int = 2 * _PAD) -> int:
        return metrics.horizontalAdvance(text) + around + 1

    when, accounts = room("30 Mmm 2026, 00:00", _EDGE + _PAD), room("1,000,000")
    undone = room(tr("Undo of {moment}").format(moment="30 Mmm, 00:00"), _EDGE + _PAD)
    return {
        Column.WHEN: Need(when, when),
        Column.WHO: Need(room("n" * 10), room("n" * 12)),
        Column.WHAT: Need(room("n" * 20), room("n" * 44), 3),
        Column.ACCOUNTS: Need(accounts, accounts),
        Column.REASON: Need(room("n" * 12), room("n" * 24), 2),
        Column.STATE: Need(undone, undone),
    }


def _inside(rect: QRect, column: int, direction: Qt.LayoutDirection) -> QRect:
    lead = _EDGE if column == 0 else _PAD
    trail = _EDGE if column == len(Column) - 1 else _PAD
    return QStyle.visualRect(direction, rect, rect.adjusted(lead, 0, -trail, 0))
