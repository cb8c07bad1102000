"""The list of reports at the leading side of their page, in the look of the other lists."""

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

from statusdesk.gui.theme import Type, colour_group, font
from statusdesk.gui.wording import tr
from statusdesk.services.report_requests import TITLES, Kind

_WIDTH: Final = 192
_ROW: Final = 32
_EDGE: Final = 16
_ACCENT: Final = 3
_R: Final = QPalette.ColorRole
_S: Final = QStyle.StateFlag


class ReportsList(QListWidget):
    """One row for each report."""

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        super().__init__()
        self.setObjectName("reports_list")
        self.setAccessibleName(tr("Reports"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(_WIDTH)
        self.setItemDelegate(_Rows(self))
        self.setViewportMargins(0, 8, 0, 8)
        for kind in kinds:
            item = QListWidgetItem(tr(TITLES[kind]), self)
            item.setData(Qt.ItemDataRole.UserRole, kind.value)
        self.setCurrentRow(0)


class _Rows(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex, /) -> QSize:
        """Return the height of a row."""
        return QSize(_WIDTH, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, /
    ) -> None:
        """Paint ground, the mark of the chosen report, and its name."""
        palette, rect = option.palette, option.rect
        chosen = bool(option.state & _S.State_Selected)
        if chosen:
            painter.fillRect(rect, palette.color(colour_group(option), _R.Highlight))
            edge = QRect(rect.left(), rect.top(), _ACCENT, rect.height())
            painter.fillRect(QStyle.visualRect(option.direction, rect, edge), palette.color(_R.Accent))
        painter.setFont(font(Type.STRONG if chosen else Type.BODY))
        painter.setPen(palette.color(QPalette.ColorGroup.Active, _R.Text))
        align = QStyle.visualAlignment(
            option.direction, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        )
        painter.drawText(rect.adjusted(_EDGE, 0, -8, 0), int(align), index.data())
