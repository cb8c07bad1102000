"""The list of account types that the office offers: add, rename, remove, and put in order."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from statusdesk.domain.folding import clean, name_key
from statusdesk.gui.popup_rows import PopupRows
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import tr

_EDITABLE: Final = Qt.ItemFlag.ItemIsEditable
_TRIGGERS: Final = QAbstractItemView.EditTrigger


class AccountTypesDialog(QDialog):
    """Edits a copy of the list; `types_chosen` brings the new one when people save it."""

    types_chosen = Signal(object)

    def __init__(self, types: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("account_types")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setWindowTitle(tr("Account types"))
        self._before = list(types)
        self._list = QListWidget()
        self._foot = DialogFoot("", tr("Save"), accept_name="types_save", cancel_name="types_cancel")
        self._buttons: dict[str, QPushButton] = {}
        self._build()
        for name in self._before:
            self._put(name)
        self._list.setCurrentRow(0)
        self._list.itemChanged.connect(self._judge)
        self._list.currentRowChanged.connect(self._judge)
        self._foot.accept_button.clicked.connect(self._save)
        self._foot.cancel_button.clicked.connect(self.reject)
        self._foot.cancel_button.setAutoDefault(False)
        self._foot.accept_button.setDefault(True)
        self._judge()

    def _build(self) -> None:
        self._list.setObjectName("types_list")
        self._list.setAccessibleName(tr("Account types"))
        self._list.setEditTriggers(_TRIGGERS.DoubleClicked | _TRIGGERS.EditKeyPressed)
        self._list.setItemDelegate(PopupRows(self._list))
        title = TextLabel(tr("Account types"), Type.DIALOG_TITLE)
        explanation = tr("These are offered when an account is edited. Accounts keep the type that they have.")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._list, 1)
        row.addLayout(self._deeds())
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 24)
        body.setSpacing(4)
        body.addWidget(title)
        body.addWidget(TextLabel(explanation, tone="muted", wrap=True))
        body.addSpacing(12)
        body.addLayout(row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(Hairline())
        column.addWidget(self._foot)
        self.resize(520, 440)

    def _deeds(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        deeds = (
            ("types_add", tr("Add"), self._add),
            ("types_rename", tr("Rename"), self._rename),
            ("types_remove", tr("Remove"), self._remove),
            ("types_up", tr("Move up"), lambda: self._move(-1)),
            ("types_down", tr("Move down"), lambda: self._move(1)),
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
        """Return the list as it stands, empty lines left out."""
        texts = (clean(self._list.item(row).text()) for row in range(self._list.count()))
        return [text for text in texts if text]

    def _put(self, name: str) -> QListWidgetItem:
        item = QListWidgetItem(name, self._list)
        item.setFlags(item.flags() | _EDITABLE)
        return item

    @Slot()
    def _add(self) -> None:
        item = self._put(tr("New type"))
        self._list.setCurrentItem(item)
        self._list.editItem(item)
        self._judge()

    @Slot()
    def _rename(self) -> None:
        self._list.editItem(self._list.currentItem())

    @Slot()
    def _remove(self) -> None:
        self._list.takeItem(self._list.currentRow())
        self._judge()

    def _move(self, by: int) -> None:
        row = self._list.currentRow()
        item = self._list.takeItem(row)
        self._list.insertItem(row + by, item)
        self._list.setCurrentRow(row + by)
        self._judge()

    @Slot()
    def _judge(self) -> None:
        row, count = self._list.currentRow(), self._list.count()
        for name in ("types_rename", "types_remove"):
            self._buttons[name].setEnabled(row >= 0)
        self._buttons["types_up"].setEnabled(row > 0)
        self._buttons["types_down"].setEnabled(0 <= row < count - 1)
        names = self.names()
        double = next((name for name in names if _times(name, names) > 1), "")
        self._foot.accept_button.setEnabled(not double and names != self._before)
        if double:
            self._foot.set_note(tr("“{name}” is there twice. Rename one of them.").format(name=double), "loss")
        else:
            self._foot.set_note("" if names != self._before else tr("Nothing is changed yet."))

    @Slot()
    def _save(self) -> None:
        self.types_chosen.emit(self.names())
        self.accept()


def _times(name: str, names: Iterable[str]) -> int:
    return sum(name_key(other) == name_key(name) for other in names)
