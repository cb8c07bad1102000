"""The list at the leading side of a page: what it can show, in the look of the other lists, with muted counts."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from statusdesk.gui import formats
from statusdesk.gui.theme import Type, colour_group, font, tones

_WIDTH: Final = 192
_ROW: Final = 32
_EDGE: Final = 16
_ACCENT: Final = 3
_VALUE: Final = Qt.ItemDataRole.UserRole
_COUNT: Final = Qt.ItemDataRole.UserRole + 1
_R: Final = QPalette.ColorRole
_S: Final = QStyle.StateFlag


class SideList(QListWidget):
    """One row for each (value, text); the first is chosen."""

    def __init__(self, name: str, title: str, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(_WIDTH)
        self.setItemDelegate(_Rows(self))
        self.setViewportMargins(0, 8, 0, 8)
        for value, text in rows:
            item = QListWidgetItem(text, self)
            item.setData(_VALUE, value)
        self.setCurrentRow(0)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show a count beside each value that has one; none where it is zero."""
        for row in range(self.count()):
            item = self.item(row)
            number = counts.get(item.data(_VALUE), 0)
            item.setData(_COUNT, number)
            said = f"{item.text()}, {formats.count(number)}" if number else item.text()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)


class _Rows(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex, /) -> QSize:
        """Return the height of a row."""
        return QSize(_WIDTH, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, /
    ) -> None:
        """Paint ground, the mark of the chosen row, its name, and its count."""
        palette, rect = option.palette, option.rect
        chosen = bool(option.state & _S.State_Selected)
        if chosen:
            painter.fillRect(rect, palette.color(colour_group(option), _R.Highlight))
            edge = QRect(rect.left(), rect.top(), _ACCENT, rect.height())
            painter.fillRect(QStyle.visualRect(option.direction, rect, edge), palette.color(_R.Accent))
        text = palette.color(QPalette.ColorGroup.Active, _R.Text)
        place = QStyle.visualRect(option.direction, rect, rect.adjusted(_EDGE, 0, -_EDGE, 0))
        painter.setFont(font(Type.STRONG if chosen else Type.BODY))
        painter.setPen(text)
        painter.drawText(place, _aligned(option, Qt.AlignmentFlag.AlignLeading), index.data())
        count = index.data(_COUNT)
        if count:
            painter.setFont(font(Type.BODY))
            painter.setPen(text if chosen else tones(palette).muted)
            painter.drawText(place, _aligned(option, Qt.AlignmentFlag.AlignTrailing), formats.count(count))


def _aligned(option: QStyleOptionViewItem, side: Qt.AlignmentFlag) -> int:
    return int(QStyle.visualAlignment(option.direction, side | Qt.AlignmentFlag.AlignVCenter))
