"""The accounts table as Qt wants it: as many rows as there are ids, fetched when they are looked at.

A million rows cost nothing here: only what was shown lately is in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from statusdesk.domain.store_errors import StoreUnavailable
from statusdesk.gui.icons import status_icon
from statusdesk.gui.models.account_columns import Column, status_tip
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from statusdesk.domain.records import Account, Status
    from statusdesk.gui.models.account_selection import AccountSelection

PAGE: Final = 32
"""Rows that are fetched at once where a single one is asked for."""

_MOST_KNOWN: Final = 2_048
_ROOT: Final = QModelIndex()
_ROLE: Final = Qt.ItemDataRole
_DISPLAY: Final = int(_ROLE.DisplayRole)
_DECORATION: Final = int(_ROLE.DecorationRole)
_TOOL_TIP: Final = int(_ROLE.ToolTipRole)
_ALIGNMENT: Final = int(_ROLE.TextAlignmentRole)
_SAID: Final = int(_ROLE.AccessibleTextRole)
_START: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_FLAGS: Final = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)  # fmt: skip

Index = QModelIndex | QPersistentModelIndex


class AccountsModel(QAbstractTableModel):
    """Rows of accounts. `fetch` returns accounts by id, `status_of` a status; `selection` is what is selected.

    `failed` comes, after painting, when rows could not be fetched; they are blank until the next refresh.
    """

    failed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Callable[[Sequence[int]], list[Account]],
        status_of: Callable[[int], Status],
        selection: AccountSelection,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._status_of = status_of
        self._selection = selection
        self._ids: Sequence[int] = ()
        self._known: dict[int, Account | None] = {}
        self._sort = ("", False)

    @property
    def ids(self) -> Sequence[int]:
        """The ids of all rows, in order."""
        return self._ids

    def set_ids(self, ids: Sequence[int]) -> bool:
        """Show these accounts; tells whether rows moved, and so the model was reset."""
        self._known.clear()
        if ids == self._ids:
            self.refresh()
            return False
        self.beginResetModel()
        self._ids = ids
        self.endResetModel()
        return True

    def refresh(self) -> None:
        """Fetch what is shown anew."""
        self._known.clear()
        if len(self._ids):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))

    def show_sort(self, name: str, *, descending: bool) -> None:
        """Let the heads say which column sorts, and which way."""
        self._sort = (name, descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def account(self, row: int) -> Account | None:
        """Return the account in this row; None if it was closed meanwhile or cannot be fetched."""
        account_id = self._ids[row]
        if account_id not in self._known:
            first = row - row % PAGE
            self.bring(range(first, min(first + PAGE, len(self._ids))))
        return self._known[account_id]

    def bring(self, rows: range) -> None:
        """Fetch those of these rows that are not known yet, all at once."""
        wanted = self._ids[rows.start : rows.stop]
        missing = [account_id for account_id in wanted if account_id not in self._known]
        if not missing:
            return
        if len(self._known) + len(missing) > _MOST_KNOWN:
            self._known = {
                account_id: self._known[account_id] for account_id in wanted if account_id in self._known
            }
        self._known.update(dict.fromkeys(missing))
        try:
            self._known.update((account.id, account) for account in self._fetch(missing))
        except StoreUnavailable as error:
            self.failed.emit(error)

    def status(self, status_id: int) -> Status:
        """Return a status by its id."""
        return self._status_of(status_id)

    def is_selected(self, row: int) -> bool:
        """Tell whether the account in this row is selected."""
        return self._selection.contains(self._ids[row])

    def rowCount(self, parent: Index = _ROOT, /) -> int:
        """Count the rows; they have no children."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT, /) -> int:
        """Count the columns, hidden ones too."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index, /) -> Qt.ItemFlag:
        """Let every row be selected and dragged."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = _DISPLAY, /) -> Any:
        """Return what a cell shows and says."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == _ALIGNMENT:
            return _END if column.trailing else _START
        if role not in (_DISPLAY, _SAID, _TOOL_TIP, _DECORATION):
            return None
        account = self.account(index.row())
        return None if account is None else self._cell(account, column, index.row(), role)

    def _cell(self, account: Account, column: Column, row: int, role: int) -> Any:
        if role == _DISPLAY:
            return column.text(account)
        if role == _SAID:
            said = column.said(account)
            return tr("{cell}, selected").format(cell=said) if self.is_selected(row) else said
        if column.sign:
            return column.said(account) if role == _TOOL_TIP else None
        if column.name != "status":
            return column.text(account) if role == _TOOL_TIP and not column.whole else None
        status = self._status_of(account.status_id)
        return status_tip(status) if role == _TOOL_TIP else status_icon(status.shape, status.colour)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY, /) -> Any:
        """Return a column's name."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == _DISPLAY:
            return column.header
        if role == _SAID:
            return self._said_head(column)
        if role == _TOOL_TIP:
            return column.title
        return (_END if column.trailing else _START) if role == _ALIGNMENT else None

    def _said_head(self, column: Column) -> str:
        name, descending = self._sort
        if column.name != name:
            return column.title
        way = tr("{column}, sorted downward") if descending else tr("{column}, sorted upward")
        return way.format(column=column.title)
