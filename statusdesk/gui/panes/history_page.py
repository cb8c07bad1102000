"""Everything that was ever changed, newest first, with the way back from any of it."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from statusdesk.domain.records import FINAL_KINDS, ChangeSet
from statusdesk.domain.rights import needed_to_undo
from statusdesk.gui.models.history_model import HistoryModel
from statusdesk.gui.panes.account_painting import row_height
from statusdesk.gui.panes.history_rows import HistoryHead, HistoryRows
from statusdesk.gui.session import Session
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.search_field import SearchField
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import fact, not_answered, planned_fact, tr

_EDGE: Final = 16


class HistoryPage(QWidget):
    """Lists change sets; wishes about the chosen one go to whoever carries them out."""

    undo_requested = Signal(int)
    accounts_requested = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history_page")
        self.setAccessibleName(tr("History"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._session = session
        self._model = HistoryModel(session, self)
        self._search = SearchField("history_search", tr("Search who, what and why"))
        self._table = QTableView()
        self._rows = QStackedWidget()
        self._nothing = TextLabel("", tone="muted")
        self._chosen = TextLabel("", Type.LABEL, "muted", wrap=True)
        self._chosen.setObjectName("history_chosen")
        self._undo = QPushButton(tr("Undo this…"))
        self._show_accounts = QPushButton(tr("Show accounts"))
        self._build()
        self._connect()
        self._judge()
        self._tell_empty()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        self._dress_table()
        self._nothing.setObjectName("history_empty")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._rows.addWidget(self._table)
        self._rows.addWidget(self._nothing)
        column.addWidget(self._rows, 1)
        column.addWidget(Hairline())
        column.addWidget(self._foot())

    def _head(self) -> QHBoxLayout:
        self._search.setAccessibleName(tr("Search the history"))
        self._search.setMaximumWidth(420)
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 12, _EDGE, 12)
        head.setSpacing(12)
        head.addWidget(TextLabel(tr("History"), Type.PANE_HEAD))
        head.addWidget(self._search, 1)
        head.addStretch(1)
        return head

    def _dress_table(self) -> None:
        table = self._table
        table.setObjectName("history_table")
        table.setAccessibleName(tr("Changes, newest first"))
        table.setModel(self._model)
        table.setItemDelegate(HistoryRows(table))
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setCornerButtonEnabled(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(row_height(self.font()))
        table.setHorizontalHeader(HistoryHead(table))

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setAutoFillBackground(True)
        foot.setBackgroundRole(QPalette.ColorRole.Window)
        foot.setFixedHeight(64)
        self._undo.setObjectName("history_undo")
        self._show_accounts.setObjectName("history_show_accounts")
        row = QHBoxLayout(foot)
        row.setContentsMargins(_EDGE, 0, _EDGE, 0)
        row.setSpacing(8)
        row.addWidget(self._chosen, 1)
        row.addWidget(self._show_accounts)
        row.addWidget(self._undo)
        return foot

    def _connect(self) -> None:
        self._search.searched.connect(self._model.search)
        self._search.left_downward.connect(self._table.setFocus)
        self._model.settled.connect(self._tell_empty)
        self._model.modelReset.connect(self._judge)
        self._model.dataChanged.connect(self._judge)
        self._table.selectionModel().selectionChanged.connect(self._judge)
        self._table.doubleClicked.connect(self._ask_for_accounts)
        self._undo.clicked.connect(self._ask_for_undo)
        self._show_accounts.clicked.connect(self._ask_for_accounts)

    @property
    def chosen(self) -> ChangeSet | None:
        """The change set that is selected."""
        rows = self._table.selectionModel().selectedRows()
        return self._model.row(rows[0].row()) if rows else None

    @Slot()
    def _judge(self) -> None:
        chosen = self.chosen
        why = "" if chosen is None else self._session.why_not(needed_to_undo(chosen.kind))
        self._undo.setToolTip(why)
        self._undo.setEnabled(
            chosen is not None and not chosen.reverted and chosen.kind not in FINAL_KINDS and not why
        )
        self._show_accounts.setEnabled(chosen is not None and chosen.accounts > 0)
        self._undo.setText(tr("Redo this…") if chosen is not None and chosen.kind == "undo" else tr("Undo this…"))
        if chosen is None:
            self._chosen.setText(tr("Select a change to undo it or to see its accounts"))
            return
        parts = [fact(chosen.kind, chosen.facts)]
        if "planned_by" in chosen.facts:
            parts.append(planned_fact(chosen.facts))
        if chosen.reverted:
            parts.append(tr("Already done again") if chosen.kind == "undo" else tr("Already undone"))
        self._chosen.setText(" · ".join(parts))

    @Slot()
    def _tell_empty(self) -> None:
        text = self._search.text().strip()
        said = tr("Nothing matches “{text}”.").format(text=text) if text else tr("Nothing was changed yet.")
        if self._model.unanswered:
            said = not_answered()
        self._nothing.setText(said)
        self._rows.setCurrentIndex(1 if self._model.empty else 0)

    @Slot()
    def _ask_for_undo(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self._table.setFocus()
            self.undo_requested.emit(chosen.id)

    @Slot()
    def _ask_for_accounts(self) -> None:
        chosen = self.chosen
        if chosen is not None and chosen.accounts:
            self.accounts_requested.emit(chosen.id)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the keyboard to the list of changes."""
        super().showEvent(event)
        self._table.setFocus()
