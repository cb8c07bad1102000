"""The head of a table: names of columns and the sign of the one that sorts.

Before it paints, Qt looks through all rows to see whether whole columns are selected. Nobody sees the difference,
and where very many rows are selected it takes seconds; so that is left out here.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget

_D = Qt.ItemDataRole
_S = QStyleOptionHeader


class TableHead(QHeaderView):
    """Columns that sort on a click."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortIndicatorClearable(True)

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
