"""Rows of a combo box's list: as high as a table's, with icons of 16 pixels."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT: Final = 28
"""Least height of a row, in logical pixels."""

_ICON: Final = QSize(16, 16)
_SEPARATOR: Final = Qt.ItemDataRole.AccessibleDescriptionRole
_FOCUS: Final = QStyle.StateFlag.State_HasFocus


class PopupRows(QStyledItemDelegate):
    """Paints the rows; those that Qt marks as separators are a line."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Give the option the index's data."""
        super().initStyleOption(option, index)
        option.decorationSize = _ICON
        option.state &= ~_FOCUS

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint a row or a separator."""
        if index.data(_SEPARATOR) == "separator":
            middle = option.rect.center().y()
            painter.fillRect(
                option.rect.x(), middle, option.rect.width(), 1, option.palette.color(QPalette.ColorRole.Midlight)
            )
        else:
            super().paint(painter, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index, /) -> QSize:
        """Return how much room a row needs."""
        if index.data(_SEPARATOR) == "separator":
            return QSize(0, 9)
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + 8, max(ROW_HEIGHT, hint.height()))
