"""The report on colours: which statuses could be taken for each other, and by whom."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from statusdesk.domain.looks import Comparison
from statusdesk.domain.records import Status
from statusdesk.gui import formats
from statusdesk.gui.dialogs.framed import FramedDialog, heading
from statusdesk.gui.models.status_pairs import PairColumn, StatusPairs
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.wording import tr

WIDTH: Final = 1000
HEIGHT: Final = 560
"""Size of the dialog in logical pixels."""

_ROW: Final = 28
_PAD: Final = 5
_R: Final = QPalette.ColorRole
_S: Final = QStyle.StateFlag


class CheckColours(FramedDialog):
    """Shows comparisons that were made before; it changes nothing."""

    def __init__(
        self, pairs: Sequence[Comparison], statuses: Mapping[int, Status], parent: QWidget | None = None
    ) -> None:
        super().__init__("check_colours", tr("Check colours"), parent)
        self._model = StatusPairs(pairs, statuses, self)
        self._table = QTableView()
        self._dress_table()
        self._arrange()
        self.resize(WIDTH, HEIGHT)

    def _dress_table(self) -> None:
        table = self._table
        table.setObjectName("check_colours_table")
        table.setAccessibleName(self.tr("Pairs of statuses"))
        table.setModel(self._model)
        table.setItemDelegate(_Cells(table))
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setCornerButtonEnabled(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        table.verticalHeader().setObjectName("check_colours_rows")
        table.verticalHeader().setDefaultSectionSize(max(_ROW, table.fontMetrics().height() + 12))
        head = table.horizontalHeader()
        head.setObjectName("check_colours_head")
        head.setAccessibleName(self.tr("Columns"))
        head.setHighlightSections(False)
        head.setSortIndicator(PairColumn.FINDING, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        table.resizeColumnsToContents()
        for column in (PairColumn.ONE, PairColumn.OTHER):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def _arrange(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(24, 24, 24, 16)
        top.setSpacing(4)
        explanation = self.tr(
            "The numbers say how far apart two colours look (CIEDE2000), for different eyes. Two statuses of the "
            "same shape are easily confused where they are below 10."
        )
        top.addLayout(heading(self._summary(), explanation))
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 0, 16, 0)
        middle.addWidget(self._table)
        note = self.tr("Grey is how a print without colours shows them.")
        foot = DialogFoot(note, self.tr("Close"), accept_name="check_colours_close", cancel_name="")
        foot.accept_button.clicked.connect(self.accept)
        foot.accept_button.setDefault(True)
        self.stack(top, middle, foot=foot)
        self._table.setFocus()

    def _summary(self) -> str:
        number = self._model.confused
        if not number:
            return self.tr("No two statuses are easily confused")
        if number == 1:
            return self.tr("One pair of statuses is easily confused")
        return tr("{count} pairs of statuses are easily confused").format(count=formats.count(number))


class _Cells(QStyledItemDelegate):
    """Cells in line with the names of their columns, a hairline below each row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, /) -> QSize:
        """Return the room for a cell with its padding."""
        return super().sizeHint(option, index) + QSize(2 * _PAD, 0)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, /
    ) -> None:
        """Paint the ground, then what the cell shows."""
        selected = bool(option.state & _S.State_Selected)
        painter.fillRect(option.rect, option.palette.color(_R.Highlight if selected else _R.Base))
        line = QRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1)
        painter.fillRect(line, option.palette.color(_R.Midlight))
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        inner.state &= ~(_S.State_Selected | _S.State_HasFocus | _S.State_MouseOver)
        super().paint(painter, inner, index)
