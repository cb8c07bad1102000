"""Lists of two lines a row: what it is, and muted below it the circumstances."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from statusdesk.gui import formats
from statusdesk.gui.theme import Type, colour_group, font, tones

_ROW: Final = 48
_EDGE: Final = 16
_ACCENT: Final = 3
_BELOW: Final = Qt.ItemDataRole.UserRole + 1
_R: Final = QPalette.ColorRole
_S: Final = QStyle.StateFlag


class TwoLineList(QListWidget):
    """One choice at a time; without `choosable` it is for reading only."""

    def __init__(self, name: str, accessible: str, *, choosable: bool = True) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setItemDelegate(_Rows(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setForegroundRole(_R.WindowText)
        self._frame()
        if not choosable:
            self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)

    def put(self, text: str, below: str, data: object = None) -> QListWidgetItem:
        """Add a row; `data` comes back as the item's user data."""
        item = QListWidgetItem(text, self)
        item.setData(Qt.ItemDataRole.UserRole, data)
        self.tell_below(item, below)
        return item

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._frame()

    def _frame(self) -> None:
        palette = QPalette()
        palette.setColor(_R.WindowText, palette.color(_R.Mid))
        self.setPalette(palette)

    @staticmethod
    def tell_below(item: QListWidgetItem, below: str) -> None:
        """Say something else in the second line."""
        item.setData(_BELOW, below)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {below}")
        item.setToolTip(f"{item.text()}\n{below}")


class _Rows(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex, /) -> QSize:
        """Return the height of a row."""
        return QSize(0, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, /
    ) -> None:
        """Paint ground, mark, both lines and a hairline."""
        palette, rect, chosen = option.palette, option.rect, bool(option.state & _S.State_Selected)
        if chosen:
            painter.fillRect(rect, palette.color(colour_group(option), _R.Highlight))
            edge = QRect(rect.left(), rect.top(), _ACCENT, rect.height())
            painter.fillRect(QStyle.visualRect(option.direction, rect, edge), palette.color(_R.Accent))
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, palette.color(_R.Base if chosen else _R.Midlight))
        text = palette.color(QPalette.ColorGroup.Active, _R.Text)
        upper = QRect(rect.left() + _EDGE, rect.top() + 6, rect.width() - 2 * _EDGE, 18)
        _write(painter, option, upper, index.data(), Type.BODY, text)
        muted = text if chosen else tones(palette).muted
        _write(painter, option, upper.translated(0, 18), index.data(_BELOW), Type.LABEL, muted)


def _write(
    painter: QPainter, option: QStyleOptionViewItem, place: QRect, text: str, use: Type, colour: QColor
) -> None:
    painter.setFont(font(use))
    painter.setPen(colour)
    shown = QFontMetrics(font(use)).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    align = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(place, int(align), formats.isolated(shown))
