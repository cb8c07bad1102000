"""The head of a table: names of columns and the sign of the one that sorts.

Before it paints, Qt looks through all rows to see whether whole columns are selected. Nobody sees the difference,
and where very many rows are selected it takes seconds; so that is left out here.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget

from statusdesk.gui.widths import Need, shared_out

_D = Qt.ItemDataRole
_S = QStyleOptionHeader


class TableHead(QHeaderView):
    """Columns that sort on a click; some share what the others leave of the room, some go where there is none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortIndicatorClearable(True)
        self._sharing: dict[int, Need] = {}
        self._spared: tuple[int, ...] = ()
        self._busy = False
        self.sectionResized.connect(self._share_again)

    def share(self, needs: Mapping[int, Need], spared: Sequence[int] = ()) -> None:
        """Let some columns share what the others leave of the room; `spared` ones go in turn where it is short.

        Those that share get what they like, or less where there is less room, and their part of what is left.
        """
        self._sharing, self._spared = dict(needs), tuple(spared)
        for section in range(self.count()):
            self.setSectionHidden(section, False)
            shares = section in needs
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
        if self._busy:
            return
        self._busy = True
        for section in self._spared:
            self.setSectionHidden(section, False)
        for section in self._spared:
            if self._least() <= self.viewport().width():
                break
            self.setSectionHidden(section, True)
        sharing = [section for section in self._sharing if not self.isSectionHidden(section)]
        room = self.viewport().width() - sum(map(self.sectionSize, self._others()))
        needs = [self._sharing[section] for section in sharing]
        if room < sum(need.least for need in needs):
            needs = [Need(need.least, need.least) for need in needs]
            room = sum(need.least for need in needs)
        for section, width in zip(sharing, shared_out(needs, room), strict=True):
            self.resizeSection(section, width)
        self._busy = False

    def _others(self) -> list[int]:
        return [section for section in range(self.count()) if section not in self._sharing]

    def _least(self) -> int:
        """Return the least width that the columns need that show."""
        least = (need.least for section, need in self._sharing.items() if not self.isSectionHidden(section))
        return sum(map(self.sectionSize, self._others())) + sum(least)

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
