"""Adding one account, or editing one: everything typed stays until it was saved or given up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QWidget

from statusdesk.domain.errors import NumberTaken
from statusdesk.domain.records import Account, AccountFields, DatabaseInfo, Status
from statusdesk.gui.dialogs.account_form import SCROLL_BAR, SECTION_WIDTH, AccountForm
from statusdesk.gui.dialogs.framed import FramedDialog, column_without_room
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.screen_room import fitting
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import error_text, tr

SIZE: Final = QSize(760, 720)
"""Width and height at the start, in logical pixels."""


@dataclass(frozen=True, slots=True)
class AccountWish:
    """What a person wants of an account: the fields to set, others staying as they are, and why."""

    fields: AccountFields
    reason: str


class AccountDialog(FramedDialog):
    """Shows the form; `save_requested(AccountWish)` comes from Save, and whoever saves closes the dialog.

    Until then it is kept as it is: `refuse` says why not, `wait` that it is being done. `leave_requested` comes
    when Escape or the window's own × would lose what was typed; `leave` then closes it all the same.
    """

    save_requested = Signal(object)
    leave_requested = Signal()

    def __init__(
        self,
        account: Account | None,
        statuses: Sequence[Status],
        choices: Mapping[str, Sequence[str]],
        info: DatabaseInfo,
        parent: QWidget | None = None,
    ) -> None:
        title = tr("New account") if account is None else tr("Edit {account}").format(account=account.title)
        super().__init__("account_dialog", title, parent)
        self._new = account is None
        self._waiting = False
        self._form = AccountForm(account, statuses, choices, info)
        self._reason = QLineEdit()
        self._foot = DialogFoot(
            "",
            tr("Create") if self._new else tr("Save"),
            accept_name="account_save",
            cancel_name="account_cancel",
        )
        self._build(title)
        self._form.edited.connect(self._judge)
        self._foot.accept_button.clicked.connect(self._save)
        self._foot.cancel_button.clicked.connect(self.leave)
        self._foot.cancel_button.setAutoDefault(False)
        self._foot.accept_button.setDefault(True)
        self._judge()
        self._form.take_focus()

    def _build(self, title: str) -> None:
        head = TextLabel(title, Type.DIALOG_TITLE, wrap=True)
        head.setObjectName("account_title")
        head.setContentsMargins(24, 20, 24, 12)
        scroll = QScrollArea()
        scroll.setObjectName("account_scroll")
        scroll.setAccessibleName(tr("Fields"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        scroll.verticalScrollBar().setFixedWidth(SCROLL_BAR)
        scroll.setWidget(self._form)
        body = column_without_room()
        body.addWidget(scroll, 1)
        body.addWidget(Hairline())
        body.addLayout(self._reason_row())
        self.stack(head, body, foot=self._foot)
        self.setMinimumSize(600, 420)
        self.resize(fitting(self, SIZE))

    def _reason_row(self) -> QHBoxLayout:
        self._reason.setObjectName("account_reason")
        self._reason.setAccessibleName(tr("Reason"))
        self._reason.setPlaceholderText(tr("Reason, kept in the history"))
        label = TextLabel(tr("Reason"), Type.STRONG)
        label.setFixedWidth(SECTION_WIDTH)
        label.setBuddy(self._reason)
        row = QHBoxLayout()
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(16)
        row.addWidget(label)
        row.addWidget(self._reason, 1)
        return row

    @Slot()
    def _judge(self) -> None:
        problem = self._form.problem()
        changed = not problem and bool(self._form.changes())
        self._foot.accept_button.setEnabled(changed)
        if problem:
            self._foot.set_note(problem, "muted" if self._new and not self._form.begun else "loss")
        elif changed:
            self._foot.set_note(tr("One step. You can undo it at any time."))
        else:
            self._foot.set_note(tr("Nothing is changed yet."))

    def reject(self) -> None:
        """Close, but ask first where something would be lost."""
        if self._form.begun:
            self.leave_requested.emit()
        else:
            self.leave()

    @Slot()
    def leave(self) -> None:
        """Close and forget what was typed."""
        super().reject()

    @Slot()
    def _save(self) -> None:
        if self._waiting:
            return
        self.wait()
        self.save_requested.emit(AccountWish(self._form.changes(), self._reason.text().strip()))

    def wait(self) -> None:
        """Say that it is being done; nothing can be saved a second time meanwhile."""
        self._waiting = True
        self._foot.set_note(tr("Saving…"))

    @Slot()
    def resume(self) -> None:
        """Let people go on editing, as after they thought better of it."""
        self._waiting = False
        self._judge()

    def refuse(self, error: Exception) -> None:
        """Say why it could not be saved, at the field that it is about."""
        self.resume()
        sentence = error_text(error)
        self._foot.set_note(sentence, "loss")
        if isinstance(error, NumberTaken):
            self._form.point_at_number(sentence)
