"""The status table as Qt wants it: stages and statuses as flat rows, one column for each thing to know.

A refresh changes only what differs, so selection, current row, scroll and a name being edited stay.
"""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from statusdesk.domain.records import StatusLine
from statusdesk.gui.icons import status_icon
from statusdesk.gui.models.status_rows import Column, Row, StatusRow, build_rows
from statusdesk.gui.models.status_texts import accessible_text, cell_text, head_text, tip_text

ACCOUNTS_MIME: Final = "application/x-statusdesk-accounts"
"""What the accounts table drags: its selected accounts, known to the window that they came from."""

STATUS_MIME: Final = "application/x-statusdesk-status"
"""What this table drags: one status, by its id."""

Index = QModelIndex | QPersistentModelIndex

_ROOT: Final = QModelIndex()
_ROLE: Final = Qt.ItemDataRole
_FLAG: Final = Qt.ItemFlag
_START: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class StatusesModel(QAbstractTableModel):
    """Rows of stages and statuses; texts are formatted for `currency`, as are those for screen readers."""

    def __init__(self, currency: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self._lines: list[StatusLine] = []
        self._rows: list[Row] = []
        self._retired = False

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as shown."""
        return self._rows

    @property
    def lines(self) -> Sequence[StatusLine]:
        """The statuses, hidden ones too."""
        return self._lines

    @property
    def shows_retired(self) -> bool:
        """Whether retired statuses without accounts have a row."""
        return self._retired

    def set_lines(self, lines: Sequence[StatusLine]) -> None:
        """Show these statuses, in their order."""
        self._lines = list(lines)
        self._become(build_rows(self._lines, retired=self._retired))

    def show_retired(self, shown: bool) -> None:
        """Show or hide retired statuses without accounts."""
        self._retired = shown
        self._become(build_rows(self._lines, retired=shown))

    def status_row(self, index: Index) -> StatusRow | None:
        """Return the status at an index; None for a stage and for no index at all."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, StatusRow) else None

    def row_of(self, status_id: int) -> int | None:
        """Return the row of a status; None while it is hidden."""
        return next((at for at, row in enumerate(self._rows) if row.key == status_id), None)

    def rowCount(self, parent: Index = _ROOT, /) -> int:
        """Count the rows; they have no children."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT, /) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index, /) -> Qt.ItemFlag:
        """Statuses can be selected, renamed and dragged; stages cannot even be reached by the arrow keys."""
        if not index.isValid():
            return _FLAG.NoItemFlags
        if self.status_row(index) is None:
            return _FLAG.ItemNeverHasChildren | _FLAG.ItemIsDropEnabled
        flags = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable | _FLAG.ItemNeverHasChildren
        flags |= _FLAG.ItemIsDragEnabled | _FLAG.ItemIsDropEnabled
        return flags | _FLAG.ItemIsEditable if index.column() == Column.STATUS else flags

    def data(self, index: Index, role: int = _ROLE.DisplayRole, /) -> Any:
        """Return what a cell shows, says and holds."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        if role in (_ROLE.DisplayRole, _ROLE.EditRole):
            return cell_text(row, column, self._currency)
        if role == _ROLE.AccessibleTextRole:
            return accessible_text(row, column, self._currency)
        if role == _ROLE.ToolTipRole:
            return tip_text(row, column, self._currency)
        if role == _ROLE.TextAlignmentRole:
            return _alignment(column)
        if role == _ROLE.DecorationRole and column is Column.STATUS and isinstance(row, StatusRow):
            return status_icon(row.line.status.shape, row.line.status.colour)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole, /) -> Any:
        """Return a column's name."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return head_text(Column(section))
        return _alignment(Column(section)) if role == _ROLE.TextAlignmentRole else None

    def mimeTypes(self) -> list[str]:
        """Return what can be dropped here."""
        return [STATUS_MIME, ACCOUNTS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex], /) -> QMimeData:
        """Return the first status among the indexes, as it is dragged: also as text, for other programs."""
        data = QMimeData()
        for row in filter(None, map(self.status_row, indexes)):
            data.setData(STATUS_MIME, QByteArray(str(row.key).encode()))
            data.setText(row.line.status.name)
            break
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        """Allow moving; Qt would offer copying only, and no drop here could take that."""
        return Qt.DropAction.MoveAction

    def supportedDropActions(self) -> Qt.DropAction:
        """Statuses are moved here; accounts may come as copies."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def _become(self, wanted: Sequence[Row]) -> None:
        keys = {row.key for row in wanted}
        for at in reversed(range(len(self._rows))):
            if self._rows[at].key not in keys:
                self.beginRemoveRows(_ROOT, at, at)
                del self._rows[at]
                self.endRemoveRows()
        for at, row in enumerate(wanted):
            self._bring(row, at)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))

    def _bring(self, row: Row, at: int) -> None:
        """Have this row at this place: change it there, move it there from below, or insert it."""
        found = next((place for place in range(at, len(self._rows)) if self._rows[place].key == row.key), None)
        if found is None:
            self.beginInsertRows(_ROOT, at, at)
            self._rows.insert(at, row)
            self.endInsertRows()
        elif found > at:
            self.beginMoveRows(_ROOT, found, found, _ROOT, at)
            self._rows.insert(at, self._rows.pop(found))
            self.endMoveRows()
        self._rows[at] = row


def _alignment(column: Column) -> Qt.AlignmentFlag:
    return _START if column in (Column.STATUS, Column.EFFECT) else _END
