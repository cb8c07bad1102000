"""Every two statuses and how far apart their colours are, for each way of seeing; sorted by any column."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from statusdesk.domain.colour_vision import CONFUSABLE_BELOW
from statusdesk.domain.looks import Audience, Comparison
from statusdesk.domain.records import Status
from statusdesk.gui import formats
from statusdesk.gui.icons import action_icon, status_icon
from statusdesk.gui.wording import tr


class PairColumn(IntEnum):
    """The columns, from the leading side on."""

    ONE = 0
    OTHER = 1
    FINDING = 2
    NORMAL = 3
    PROTANOPIA = 4
    DEUTERANOPIA = 5
    TRITANOPIA = 6
    GREY = 7


Index = QModelIndex | QPersistentModelIndex

_C: Final = PairColumn
_ROOT: Final = QModelIndex()
_ROLE: Final = Qt.ItemDataRole
_START: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class StatusPairs(QAbstractTableModel):
    """The comparisons as given, worst first, until people sort them; ids are those of `statuses`."""

    def __init__(
        self, pairs: Sequence[Comparison], statuses: Mapping[int, Status], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._given = list(pairs)
        self._pairs = list(pairs)
        self._statuses = statuses

    @property
    def confused(self) -> int:
        """The number of pairs that people take for each other."""
        return sum(pair.audience is not None for pair in self._pairs)

    def rowCount(self, parent: Index = _ROOT, /) -> int:
        """Count the pairs."""
        return 0 if parent.isValid() else len(self._pairs)

    def columnCount(self, parent: Index = _ROOT, /) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(PairColumn)

    def data(self, index: Index, role: int = _ROLE.DisplayRole, /) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        pair, column = self._pairs[index.row()], PairColumn(index.column())
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return self._text(pair, column)
        if role == _ROLE.TextAlignmentRole:
            return _START if column <= _C.FINDING else _END
        return self._icon(pair, column) if role == _ROLE.DecorationRole else None

    def _text(self, pair: Comparison, column: PairColumn) -> str:
        if column in (_C.ONE, _C.OTHER):
            return self._status(pair, column).name
        if column is _C.FINDING:
            return finding(pair)
        return formats.locale().toString(_distance(pair, column), "f", 1)

    def _icon(self, pair: Comparison, column: PairColumn) -> Any:
        if column in (_C.ONE, _C.OTHER):
            status = self._status(pair, column)
            return status_icon(status.shape, status.colour)
        return action_icon("warning") if column is _C.FINDING and pair.audience is not None else None

    def _status(self, pair: Comparison, column: PairColumn) -> Status:
        return self._statuses[pair.one if column is _C.ONE else pair.other]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole, /) -> Any:
        """Return a column's name."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(PairColumn):
            return None
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return _heads()[section]
        if role == _ROLE.TextAlignmentRole:
            return _START if section <= _C.FINDING else _END
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder, /) -> None:
        """Sort by a column; by none, or by the finding, worst first."""
        self.layoutAboutToBeChanged.emit()
        self._pairs = list(self._given)
        if column >= 0 and column != _C.FINDING:
            self._pairs.sort(key=lambda pair: self._key(pair, PairColumn(column)))
        if order == Qt.SortOrder.DescendingOrder:
            self._pairs.reverse()
        self.layoutChanged.emit()

    def _key(self, pair: Comparison, column: PairColumn) -> tuple[float, str]:
        if column in (_C.ONE, _C.OTHER):
            return 0, self._status(pair, column).name.casefold()
        return _distance(pair, column), ""


def finding(pair: Comparison) -> str:
    """Say who confuses the two; of similar colours, that their shapes differ; nothing where they are apart."""
    if pair.audience is not None:
        return _people(pair.audience)
    return tr("Nobody: shapes differ") if pair.nearest < CONFUSABLE_BELOW else ""


def _people(audience: Audience) -> str:
    return {
        Audience.EVERYONE: tr("Everyone"),
        Audience.PROTANOPIA: tr("Protanopia"),
        Audience.DEUTERANOPIA: tr("Deuteranopia"),
        Audience.RED_GREEN: tr("Protanopia, deuteranopia"),
    }[audience]


def _distance(pair: Comparison, column: PairColumn) -> float:
    return float(getattr(pair.apart, column.name.lower()))


def _heads() -> list[str]:
    return [
        tr("Status"),
        tr("Other status"),
        tr("Easily confused by"),
        tr("Normal"),
        tr("Protanopia"),
        tr("Deuteranopia"),
        tr("Tritanopia"),
        tr("Grey"),
    ]
