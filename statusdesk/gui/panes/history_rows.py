"""How rows of the history are painted: hairlines between them, and muted where nothing asks for a look."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from statusdesk.gui.models.history_model import CHANGE_SET_ROLE, Column
from statusdesk.gui.theme import Type, font

Index = QModelIndex | QPersistentModelIndex

_EDGE: Final = 16
_PAD: Final = 8
_ACCENT: Final = 3
_MUTED: Final = (Column.WHEN, Column.WHO, Column.STATE)
_R: Final = QPalette.ColorRole
_G: Final = QPalette.ColorGroup
_S: Final = QStyle.StateFlag


class HistoryRows(QStyledItemDelegate):
    """Paints a cell; what was undone is muted as a whole."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint ground, mark of the current row, text and hairline."""
        selected = bool(option.state & _S.State_Selected)
        group = _G.Active if option.state & _S.State_Active else _G.Inactive
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
        lead = _EDGE if index.column() == 0 else _PAD
        trail = _EDGE if index.column() == len(Column) - 1 else _PAD
        place = QStyle.visualRect(option.direction, option.rect, option.rect.adjusted(lead, 0, -trail, 0))
        text = QFontMetrics(use).elidedText(index.data(), Qt.TextElideMode.ElideRight, place.width())
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        painter.setFont(use)
        painter.drawText(place, int(QStyle.visualAlignment(option.direction, align)), text)
