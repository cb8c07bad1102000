"""The head of the status table: its first and last name stand in line with what is below them."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget

from statusdesk.gui.models.status_rows import Column
from statusdesk.gui.panes.status_painting import EDGE, PAD
from statusdesk.gui.theme import Type, font, tones

_HEIGHT: Final = 30
_R: Final = QPalette.ColorRole


class StatusColumns(QHeaderView):
    """Names the columns; they are as wide as their contents need and cannot be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("statuses_head")
        self.setAccessibleName(self.tr("Columns"))
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFont(font(Type.LABEL))
        self.setMinimumSectionSize(24)
        self.setMinimumHeight(_HEIGHT)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int, /) -> None:
        """Paint one name, and the line below it."""
        palette, direction = self.palette(), self.layoutDirection()
        painter.fillRect(rect, palette.color(_R.Base))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), tones(palette).edge)
        lead = EDGE if logical == Column.STATUS else PAD
        trail = EDGE if rect.right() + 1 >= self.length() else PAD
        place = QStyle.visualRect(direction, rect, rect.adjusted(lead, 0, -trail, 0))
        align = self.model().headerData(logical, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        text = self.model().headerData(logical, self.orientation(), Qt.ItemDataRole.DisplayRole)
        painter.save()
        painter.setFont(self.font())
        painter.setPen(tones(palette).muted)
        painter.drawText(place, int(QStyle.visualAlignment(direction, align)), str(text))
        painter.restore()
