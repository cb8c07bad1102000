"""Asks which status takes another one's accounts: the question that merging and deleting have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from statusdesk.domain.records import Status
from statusdesk.gui.dialogs.framed import FramedDialog, heading
from statusdesk.gui.icons import status_icon
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.status_sign import StatusSign
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import effect, tr

WIDTH: Final = 560
"""Width of the dialog in logical pixels."""


@dataclass(frozen=True, slots=True)
class Question:
    """The words of the dialog, and `name`, with which the names of its widgets begin."""

    name: str
    title: str
    explanation: str
    label: str
    accept: str


class TargetDialog(FramedDialog):
    """`chosen` carries the id of the status that people picked, and why; the dialog closes with it."""

    chosen = Signal(int, str)

    def __init__(
        self, question: Question, status: Status, targets: Sequence[Status], parent: QWidget | None = None
    ) -> None:
        super().__init__(question.name, question.title, parent)
        self._targets = list(targets)
        self._target = QComboBox()
        self._reason = QLineEdit()
        self._effect = TextLabel(use=Type.LABEL, tone="muted", wrap=True)
        prefix = question.name.partition("_")[0]
        self._foot = DialogFoot(
            "", question.accept, accept_name=f"{prefix}_accept", cancel_name=f"{prefix}_cancel"
        )
        self._fill(f"{prefix}_target", question.label)
        self._reason.setObjectName(f"{prefix}_reason")
        self._reason.setAccessibleName(tr("Reason"))
        self._reason.setPlaceholderText(tr("Reason, kept in the history"))
        self._arrange(question, status)
        self._foot.accept_button.clicked.connect(self._say)
        self._foot.cancel_button.clicked.connect(self.reject)
        self._foot.accept_button.setDefault(True)
        self._target.activated.connect(self._follow)
        self._follow()

    def _fill(self, name: str, label: str) -> None:
        self._target.setObjectName(name)
        self._target.setAccessibleName(label)
        self._target.view().setObjectName(f"{name}_list")
        self._target.view().setAccessibleName(label)
        self._target.setPlaceholderText(self.tr("Choose a status"))
        for target in self._targets:
            self._target.addItem(status_icon(target.shape, target.colour), target.name)
        self._target.setCurrentIndex(-1)

    def _arrange(self, question: Question, status: Status) -> None:
        sign = StatusSign(32)
        sign.set_look(status.shape, status.colour)
        body = QVBoxLayout()
        body.setContentsMargins(24, 24, 24, 24)
        body.setSpacing(5)
        body.addLayout(heading(question.title, question.explanation, sign=sign))
        body.addSpacing(14)
        body.addWidget(TextLabel(question.label, Type.HEADING))
        body.addWidget(self._target)
        body.addWidget(self._effect)
        body.addSpacing(6)
        body.addWidget(TextLabel(tr("Reason"), Type.HEADING))
        body.addWidget(self._reason)
        self.stack(body, foot=self._foot, width=WIDTH)
        self._effect.setMinimumHeight(2 * self._effect.fontMetrics().lineSpacing())
        self._effect.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _follow(self) -> None:
        place = self._target.currentIndex()
        self._foot.accept_button.setEnabled(place >= 0)
        if place < 0:
            self._effect.setText("")
            self._foot.set_note(self.tr("Choose where the accounts go."))
            return
        target = self._targets[place]
        self._effect.setText(" · ".join(filter(None, (effect(target), target.description))))
        self._foot.set_note(tr("One step. You can undo it at any time."))

    @Slot()
    def _say(self) -> None:
        target = self._targets[self._target.currentIndex()]
        self.accept()
        self.chosen.emit(target.id, self._reason.text().strip())
