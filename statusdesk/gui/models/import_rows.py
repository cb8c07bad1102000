"""Rows of a file as tables: the preview of its first ones, and those that were refused."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication

from statusdesk.domain.fields import FIELD
from statusdesk.gui import formats
from statusdesk.gui.wording import field_name, tr
from statusdesk.services.exchange.interpreting import RefusedRow
from statusdesk.services.exchange.tables import NumberedRow

Index = QModelIndex | QPersistentModelIndex

MOST_SHOWN: Final = 10_000
"""Refused rows shown; more are counted, and saved, but nobody reads on."""

_ROLE: Final = Qt.ItemDataRole
_LEVEL: Final = Qt.Orientation.Horizontal
_ROOT: Final = QModelIndex()


class PreviewModel(QAbstractTableModel):
    """The first rows of a file as they are read, with the line that each begins in."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._columns: tuple[str, ...] = ()
        self._rows: Sequence[NumberedRow] = ()

    def show_rows(self, columns: tuple[str, ...], rows: Sequence[NumberedRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._columns, self._rows = columns, rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() or not self._columns else len(self._columns) + 1

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return a cell's text; a row may be shorter than the others."""
        if role == _ROLE.TextAlignmentRole:
            return _side(index.column())
        if role == _ROLE.ForegroundRole and index.column() == 0:
            return QApplication.palette().placeholderText()
        if role not in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return None
        line, cells = self._rows[index.row()]
        if index.column() == 0:
            return formats.count(line)
        return cells[index.column() - 1] if index.column() <= len(cells) else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the columns' names; the first column has the lines' numbers."""
        if orientation == _LEVEL and role == _ROLE.TextAlignmentRole:
            return _side(section)
        if orientation != _LEVEL or role not in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return None
        return self._columns[section - 1] if section else tr("Line")


class RefusedModel(QAbstractTableModel):
    """Refused rows: the line, the field, what stands there, and why that cannot be."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: Sequence[RefusedRow] = ()

    def show_rows(self, rows: Sequence[RefusedRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows[:MOST_SHOWN]
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return a cell's text, or how it stands in the cell."""
        if role == _ROLE.TextAlignmentRole:
            return _side(index.column())
        if role not in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return None
        row = self._rows[index.row()]
        name = field_name(FIELD[row.field]) if row.field in FIELD else tr("Whole row")
        return (formats.count(row.line), name, row.value or "—", _sentence(row.reason))[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the columns' names."""
        if orientation != _LEVEL:
            return None
        if role == _ROLE.TextAlignmentRole:
            return _side(section)
        if role == _ROLE.DisplayRole:
            return (tr("Line"), tr("Field"), tr("Value"), tr("Reason"))[section]
        return None


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignTrailing if column == 0 else Qt.AlignmentFlag.AlignLeading
    return side | Qt.AlignmentFlag.AlignVCenter


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:]
