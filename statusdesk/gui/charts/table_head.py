"""The head of a table: names of columns and the sign of the one that sorts.

Before it paints, Qt looks through all rows to see whether whole columns are selected. Nobody sees the difference,
and where very many rows are selected it takes seconds; so that is left out here.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget

_D = Qt.ItemDataRole
_S = QStyleOptionHeader


class TableHead(QHeaderView):
    """Columns that sort on a click; some share what the others leave of the room, but stay readable."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortIndicatorClearable(True)
        self._sharing: dict[int, int] = {}
        self.sectionResized.connect(self._share_again)

    def share(self, least: Mapping[int, int]) -> None:
        """Let these columns share what the others leave of the room; each has its least width in pixels."""
        self._sharing = dict(least)
        for section in range(self.count()):
            shares = section in least
            self.setSectionResizeMode(section, self.ResizeMode.Fixed if shares else self.ResizeMode.Interactive)
        self._share()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._share()

    @Slot(int)
    def _share_again(self, section: int) -> None:
        if section not in self._sharing:
            self._share()

    def _share(self) -> None:
        room = self.viewport().width()
        left = room - sum(self.sectionSize(one) for one in range(self.count()) if one not in self._sharing)
        widest_first = sorted(self._sharing.items(), key=lambda each: -each[1])
        for place, (section, least) in enumerate(widest_first):
            width = max(least, left // (len(widest_first) - place))
            left -= width
            self.resizeSection(section, width)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int, /) -> None:
        """Say what is painted of one column."""
        model, way = self.model(), self.orientation()
        option.section = section
        option.text = str(model.headerData(section, way, _D.DisplayRole) or "")
        option.textAlignment = Qt.AlignmentFlag(model.headerData(section, way, _D.TextAlignmentRole))
        option.position = _S.SectionPosition.Middle
        option.selectedPosition = _S.SelectedPosition.NotAdjacent
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            down = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            option.sortIndicator = _S.SortIndicator.SortDown if down else _S.SortIndicator.SortUp
