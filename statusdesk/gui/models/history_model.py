"""The change sets as rows, newest first: read page by page, searched by who, what and why."""

from contextlib import suppress
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from statusdesk.domain.folding import fold, search_terms
from statusdesk.domain.records import ChangeSet
from statusdesk.domain.store_errors import StoreUnavailable
from statusdesk.gui import formats
from statusdesk.gui.session import Session
from statusdesk.gui.wording import fact, tr

Index = QModelIndex | QPersistentModelIndex

PAGE: Final = 200
"""How many change sets are read at a time."""

CHANGE_SET_ROLE: Final = Qt.ItemDataRole.UserRole
_TRAILING: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEADING: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The columns, in order."""

    WHEN = 0
    WHO = 1
    WHAT = 2
    ACCOUNTS = 3
    REASON = 4
    STATE = 5


_NUMBERS: Final = (Column.WHEN, Column.ACCOUNTS)


class HistoryModel(QAbstractTableModel):
    """Rows come as they are asked for; `settled` comes when a search has filled a page or found its end.

    While a server does not answer, no more are asked for; it goes on from there at the next change or refresh.
    """

    settled = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[ChangeSet] = []
        self._terms: tuple[str, ...] = ()
        self._oldest: int | None = None
        self._newest = 0
        self._ended = False
        self._of: dict[int, ChangeSet | None] = {}
        self.unanswered = False
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.timeout.connect(self._read_page)
        self._found_since = 0
        session.changed.connect(self.catch_up)
        self._start()

    @property
    def empty(self) -> bool:
        """True where nothing was found and nothing more is to come, at least for now."""
        return not self._rows and (self._ended or self.unanswered)

    def row(self, row: int) -> ChangeSet:
        """Return the change set of a row."""
        return self._rows[row]

    def search(self, text: str) -> None:
        """Show only change sets whose author, description or reason contain all of these words."""
        terms = search_terms(text)
        if terms != self._terms:
            self._terms = terms
            self._start()

    def _start(self) -> None:
        self.beginResetModel()
        self._rows = []
        self._oldest, self._ended, self._found_since, self._newest = None, False, 0, 0
        self.endResetModel()
        self._read_page()

    def _read(self, before: int | None) -> list[ChangeSet] | None:
        """Return a page of change sets; None where the server does not answer."""
        try:
            with self._session.reader.db.explained():
                read = self._session.reader.journal.newest(limit=PAGE, before=before)
        except StoreUnavailable as error:
            self.unanswered = True
            self._session.tell(error)
            return None
        self.unanswered = False
        return read

    def _read_page(self) -> None:
        """Read one page; where a search found little in it, go on after the window had its turn."""
        read = self._read(self._oldest)
        if read is None:
            self.settled.emit()
            return
        if self._oldest is None:
            self._newest = read[0].id if read else 0
        found = [change_set for change_set in read if self._wanted(change_set)]
        self._ended = len(read) < PAGE
        if read:
            self._oldest = read[-1].id
        if found:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(found) - 1)
            self._rows.extend(found)
            self.endInsertRows()
        self._found_since += len(found)
        if not self._ended and self._found_since < PAGE // 2:
            self._more.start(0)
        else:
            self.settled.emit()

    def _wanted(self, change_set: ChangeSet) -> bool:
        if not self._terms:
            return True
        text = fold(f"{change_set.author} {fact(change_set.kind, change_set.facts)} {change_set.reason}")
        return all(term in text for term in self._terms)

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether there are older ones to read."""
        return not (parent.isValid() or self._ended or self.unanswered or self._more.isActive())

    def fetchMore(self, parent: Index) -> None:
        """Read older ones."""
        if self.canFetchMore(parent):
            self._found_since = 0
            self._read_page()

    def catch_up(self) -> None:
        """Put change sets that are new on top, and mark those that they took back."""
        if self._oldest is None:
            self._read_page()
            return
        new: list[ChangeSet] = []
        before: int | None = None
        while True:
            read = self._read(before)
            if read is None:
                return
            fresh = [change_set for change_set in read if change_set.id > self._newest]
            new.extend(fresh)
            if len(fresh) < PAGE:
                break
            before = fresh[-1].id
        if not new:
            return
        self._newest = new[0].id
        for reverted in {change_set.reverts for change_set in new} - {None}:
            self._look_again(reverted)
        found = [change_set for change_set in new if self._wanted(change_set)]
        if found:
            self.beginInsertRows(QModelIndex(), 0, len(found) - 1)
            self._rows[:0] = found
            self.endInsertRows()
        self.settled.emit()

    def _look_again(self, number: int | None) -> None:
        for row, change_set in enumerate(self._rows):
            if change_set.id == number:
                with suppress(StoreUnavailable):
                    self._rows[row] = self._session.reader.journal.get(change_set.id) or change_set
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many were read so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text and place, or its row's change set."""
        if not index.isValid():
            return None
        change_set = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(change_set, Column(index.column()))
            case Qt.ItemDataRole.ToolTipRole if index.column() in (Column.WHAT, Column.REASON, Column.STATE):
                return self._text(change_set, Column(index.column())) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return _TRAILING if index.column() in _NUMBERS else _LEADING
            case _ if role == CHANGE_SET_ROLE:
                return change_set
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("When"), tr("Who"), tr("What"), tr("Accounts"), tr("Reason"), tr("State"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _TRAILING if section in _NUMBERS else _LEADING
        return None

    def _text(self, change_set: ChangeSet, column: Column) -> str:
        match column:
            case Column.WHEN:
                return formats.moment(change_set.recorded_at, self._session.info.time_zone)
            case Column.WHO:
                return change_set.author
            case Column.WHAT:
                return fact(change_set.kind, change_set.facts)
            case Column.ACCOUNTS:
                return formats.count(change_set.accounts) if change_set.accounts else ""
            case Column.REASON:
                return change_set.reason
            case Column.STATE:
                return self._state(change_set)

    def _state(self, change_set: ChangeSet) -> str:
        if change_set.reverted:
            return tr("Undone") if change_set.kind != "undo" else tr("Done again")
        of = None if change_set.reverts is None else self._reverted(change_set.reverts)
        if of is None:
            return ""
        text = tr("Undo of {moment}") if change_set.kind == "undo" else tr("Redo of {moment}")
        return text.format(moment=formats.near_moment(of.recorded_at, self._session.info.time_zone))

    def _reverted(self, number: int) -> ChangeSet | None:
        """Return a change set that another one took back; what was read once is remembered."""
        if number not in self._of:
            try:
                self._of[number] = self._session.reader.journal.get(number)
            except StoreUnavailable:
                return None
        return self._of[number]
