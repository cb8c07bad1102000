"""The lists that the office manages: pick one; add, rename, remove, and put in order what it offers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from statusdesk.domain.choices import TITLES, ChoiceList
from statusdesk.domain.folding import clean, name_key
from statusdesk.gui.dialogs.framed import FramedDialog, heading
from statusdesk.gui.popup_rows import PopupRows
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

_EDITABLE: Final = Qt.ItemFlag.ItemIsEditable
_TRIGGERS: Final = QAbstractItemView.EditTrigger
_WHICH_WIDTH: Final = 216
_USES: Final = {
    ChoiceList.ACCOUNT_TYPE: "Offered when an account is edited, and counted apart in reports.",
    ChoiceList.LEAD_SOURCE: "Where people heard of you. Leads and their conversion are counted by source.",
    ChoiceList.FAILED_INSTALL_REASON: "Asked when an installation did not work out.",
    ChoiceList.DISCONNECT_REASON: "Asked when an account is disconnected. The return rate is counted by reason.",
    ChoiceList.COLLECTIONS_AGENCY: "Who collects what is owed. Offered when an account is handed over.",
}


class ManageListsDialog(FramedDialog):
    """Edits a copy of the lists; `lists_chosen` brings those that were changed, by list, when people save."""

    lists_chosen = Signal(object)

    def __init__(
        self,
        lists: Mapping[ChoiceList, Sequence[str]],
        parent: QWidget | None = None,
        *,
        first: ChoiceList = ChoiceList.ACCOUNT_TYPE,
    ) -> None:
        super().__init__("manage_lists", tr("Manage lists"), parent)
        self._before = {which: list(lists.get(which, ())) for which in ChoiceList}
        self._drafts = {which: list(names) for which, names in self._before.items()}
        self._shown = first
        self._which = QListWidget()
        self._names = QListWidget()
        self._title = TextLabel("", Type.HEADING)
        self._use = TextLabel("", tone="muted", wrap=True)
        self._foot = DialogFoot("", tr("Save"), accept_name="lists_save", cancel_name="lists_cancel")
        self._buttons: dict[str, QPushButton] = {}
        self._build()
        self._which.setCurrentRow(list(ChoiceList).index(first))
        self._show(first)
        self._which.currentRowChanged.connect(self._switch)
        self._names.itemChanged.connect(self._judge)
        self._names.currentRowChanged.connect(self._judge)
        self._foot.accept_button.clicked.connect(self._save)
        self._foot.cancel_button.clicked.connect(self.reject)
        self._foot.cancel_button.setAutoDefault(False)
        self._foot.accept_button.setDefault(True)
        self._names.setFocus()

    def _build(self) -> None:
        for widget, name, said in (
            (self._which, "lists_which", tr("List")),
            (self._names, "lists_names", tr("What the list offers")),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(said)
            widget.setItemDelegate(PopupRows(widget))
        self._which.addItems([tr(TITLES[which]) for which in ChoiceList])
        self._which.setFixedWidth(_WHICH_WIDTH)
        self._names.setEditTriggers(_TRIGGERS.DoubleClicked | _TRIGGERS.EditKeyPressed)
        head = heading(tr("Manage lists"), tr("Accounts keep the values that they have."))
        head.setContentsMargins(24, 20, 24, 12)
        self.stack(head, self._body(), foot=self._foot)
        self.resize(720, 480)

    def _body(self) -> QHBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self._title)
        right.addWidget(self._use)
        right.addSpacing(8)
        list_row = QHBoxLayout()
        list_row.setSpacing(16)
        list_row.addWidget(self._names, 1)
        list_row.addLayout(self._deeds())
        right.addLayout(list_row, 1)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 24)
        row.setSpacing(16)
        row.addWidget(self._which)
        row.addLayout(right, 1)
        return row

    def _deeds(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        deeds = (
            ("lists_add", tr("Add"), self._add),
            ("lists_rename", tr("Rename"), self._rename),
            ("lists_remove", tr("Remove"), self._remove),
            ("lists_up", tr("Move up"), lambda: self._move(-1)),
            ("lists_down", tr("Move down"), lambda: self._move(1)),
        )
        for name, text, do in deeds:
            button = QPushButton(text)
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(do)
            column.addWidget(button)
            self._buttons[name] = button
        column.addStretch(1)
        return column

    def names(self) -> list[str]:
        """Return the list that is shown as it stands, empty lines left out."""
        texts = (clean(self._names.item(row).text()) for row in range(self._names.count()))
        return [text for text in texts if text]

    def _show(self, which: ChoiceList) -> None:
        self._shown = which
        self._title.setText(tr(TITLES[which]))
        self._use.setText(tr(_USES[which]))
        was = self._names.blockSignals(True)
        self._names.clear()
        for name in self._drafts[which]:
            self._put(name)
        self._names.setCurrentRow(0)
        self._names.blockSignals(was)
        self._judge()

    def _put(self, name: str) -> QListWidgetItem:
        item = QListWidgetItem(name, self._names)
        item.setFlags(item.flags() | _EDITABLE)
        return item

    @Slot(int)
    def _switch(self, row: int) -> None:
        self._show(list(ChoiceList)[row])

    @Slot()
    def _add(self) -> None:
        item = self._put(tr("New name"))
        self._names.setCurrentItem(item)
        self._names.editItem(item)
        self._judge()

    @Slot()
    def _rename(self) -> None:
        self._names.editItem(self._names.currentItem())

    @Slot()
    def _remove(self) -> None:
        self._names.takeItem(self._names.currentRow())
        self._judge()

    def _move(self, by: int) -> None:
        row = self._names.currentRow()
        item = self._names.takeItem(row)
        self._names.insertItem(row + by, item)
        self._names.setCurrentRow(row + by)
        self._judge()

    @Slot()
    def _judge(self) -> None:
        self._drafts[self._shown] = self.names()
        row, count = self._names.currentRow(), self._names.count()
        for name in ("lists_rename", "lists_remove"):
            self._buttons[name].setEnabled(row >= 0)
        self._buttons["lists_up"].setEnabled(row > 0)
        self._buttons["lists_down"].setEnabled(0 <= row < count - 1)
        double = next((name for names in self._drafts.values() for name in _doubles(names)), "")
        changed = self._drafts != self._before
        self._foot.accept_button.setEnabled(changed and not double)
        if double:
            self._foot.set_note(tr("“{name}” is there twice. Rename one of them.").format(name=double), "loss")
        else:
            self._foot.set_note(
                tr("One step. You can undo it at any time.") if changed else tr("Nothing is changed yet.")
            )

    @Slot()
    def _save(self) -> None:
        changed = {which: names for which, names in self._drafts.items() if names != self._before[which]}
        self.lists_chosen.emit(changed)
        self.accept()


def _doubles(names: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    return [name for name in names if found.setdefault(name_key(name), name) is not name]
