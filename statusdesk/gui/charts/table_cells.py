"""How cells of tables are painted: ground, shape, text, the line below; what is cut is told under the pointer."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from statusdesk.gui.charts.table_model import SIGN_ROLE, TONE_ROLE
from statusdesk.gui.icons import paint_action
from statusdesk.gui.theme import Type, colour_group, font, tones

Index = QModelIndex | QPersistentModelIndex

PAD: Final = 8
"""Room at the sides of a cell in logical pixels."""

ICON: Final = 16
"""Size of a shape in a cell in logical pixels."""

_D: Final = Qt.ItemDataRole
_R: Final = QPalette.ColorRole


class TableDelegate(QStyledItemDelegate):
    """Paints a cell: its ground, its shape or sign if it has one, its text, and the line below it.

    A sign stands alone where there is no room for the whole text.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint one cell."""
        palette, rect = option.palette, option.rect
        group = colour_group(option)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, palette.color(group, _R.Highlight))
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, palette.color(_R.Base if selected else _R.Midlight))
        place = rect.adjusted(PAD, 0, -PAD, 0)
        tone = "" if selected else index.data(TONE_ROLE)
        colour = getattr(tones(palette), tone) if tone else palette.color(group, _R.Text)
        icon, sign = index.data(_D.DecorationRole), index.data(SIGN_ROLE)
        if icon is not None or sign:
            side = QRect(place.left(), place.center().y() - ICON // 2, ICON, ICON)
            side = QStyle.visualRect(option.direction, rect, side)
            if sign:
                paint_action(painter, side, sign, colour)
            else:
                icon.paint(painter, side)
            place = place.adjusted(ICON + PAD, 0, 0, 0)
        place = QStyle.visualRect(option.direction, rect, place)
        align = Qt.AlignmentFlag(index.data(_D.TextAlignmentRole))
        use = font(Type.BODY)
        painter.setFont(use)
        painter.setPen(colour)
        text = QFontMetrics(use).elidedText(index.data(), Qt.TextElideMode.ElideRight, place.width())
        if not sign or text == index.data():
            painter.drawText(place, int(QStyle.visualAlignment(option.direction, align)), text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            edge = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(QStyle.visualRect(option.direction, rect, edge), tones(palette).muted)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index, /
    ) -> bool:
        """Tell the whole of a text that is cut."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        shape = _side(index)
        needed = QFontMetrics(font(Type.BODY)).horizontalAdvance(index.data()) + shape + 2 * PAD
        cut = needed > option.rect.width()
        QToolTip.showText(event.globalPos(), index.data() if cut else "", view)
        return cut

    def sizeHint(self, option: QStyleOptionViewItem, index: Index, /) -> QSize:
        """Return room for the whole text and its shape."""
        size = super().sizeHint(option, index)
        shape = _side(index)
        text = QFontMetrics(font(Type.BODY)).horizontalAdvance(index.data())
        return QSize(text + shape + 2 * PAD + 2, size.height())


def _side(index: Index) -> int:
    """Return the room that a shape or a sign takes before the text."""
    return ICON + PAD if index.data(_D.DecorationRole) is not None or index.data(SIGN_ROLE) else 0
