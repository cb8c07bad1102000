"""Two people edited one status: both versions side by side, for the second to choose."""

from collections.abc import Mapping
from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from statusdesk.domain.records import EDITED, Stage, Status, StatusFields
from statusdesk.domain.rules import with_fields
from statusdesk.gui.dialogs.framed import FramedDialog, heading
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.status_sign import StatusSign
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import effect, stage_name, tr

WIDTH: Final = 680
_LABELS: Final = 148


class StatusConflict(FramedDialog):
    """`accepted` saves one's own version, `keep_theirs` leaves the status as it is, `rejected` goes on editing."""

    keep_theirs = Signal()

    def __init__(
        self,
        seen: Status,
        now: Status,
        mine: StatusFields,
        author: str,
        statuses: Mapping[int, Status],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("status_conflict", tr("Two versions of {name}").format(name=now.name), parent)
        self._seen, self._now = seen, now
        self._mine = with_fields(now, mine)
        self._statuses = statuses
        self._theirs_button = QPushButton(tr("Keep theirs"))
        self._theirs_button.setObjectName("conflict_theirs")
        self._theirs_button.setAutoDefault(False)
        self._foot = DialogFoot("", tr("Save mine"), accept_name="conflict_mine", cancel_name="conflict_back")
        self._foot.cancel_button.setText(tr("Back to editing"))
        self._arrange(author)
        self._theirs_button.clicked.connect(self._keep)
        self._foot.accept_button.clicked.connect(self.accept)
        self._foot.cancel_button.clicked.connect(self.reject)
        self._foot.cancel_button.setFocus()

    def _arrange(self, author: str) -> None:
        told = tr("{author} changed it while you were editing. What you did not touch stays as it is now.")
        body = QVBoxLayout()
        body.setContentsMargins(24, 24, 24, 16)
        body.setSpacing(4)
        body.addLayout(heading(self.windowTitle(), told.format(author=author), name="conflict"))
        body.addSpacing(16)
        body.addLayout(self._versions(author))
        body.addSpacing(8)
        body.addWidget(self._theirs_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.stack(body, foot=self._foot, width=WIDTH)

    def _versions(self, author: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, _LABELS - 16)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addLayout(_head(tr("As it is now, by {author}").format(author=author), self._now), 0, 1)
        grid.addLayout(_head(tr("Yours, if you save it"), self._mine), 0, 2)
        place = 1
        for name in EDITED:
            before, *texts = (self._text(version, name) for version in (self._seen, self._now, self._mine))
            if texts != [before, before]:
                texts = [texts[0], tr("Stays as it is now")] if texts[0] == texts[1] else texts
                grid.addWidget(Hairline(), place, 0, 1, 3)
                label = TextLabel(_label(name), tone="muted")
                label.setContentsMargins(0, 10, 0, 10)
                grid.addWidget(label, place + 1, 0, Qt.AlignmentFlag.AlignTop)
                for column, text in enumerate(texts, start=1):
                    grid.addWidget(_value(text, name, column), place + 1, column, Qt.AlignmentFlag.AlignTop)
                place += 2
        return grid

    def _text(self, version: Status, name: str) -> str:
        value = getattr(version, name)
        if name == "activates":
            return effect(version)
        if name == "stage":
            return stage_name(cast("Stage", value))
        if name == "winback":
            return tr("Yes") if value else tr("No")
        if name == "followers":
            names = [self._statuses[status_id].name for status_id in value if status_id in self._statuses]
            return ", ".join(names) or "—"
        if name == "required":
            return ", ".join(value) or "—"
        return str(value) or "—"

    def _keep(self) -> None:
        self.keep_theirs.emit()
        self.done(2)


def _head(caption: str, version: Status) -> QVBoxLayout:
    sign = StatusSign(24)
    sign.set_look(version.shape, version.colour)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(sign)
    row.addWidget(TextLabel(version.name, Type.PANE_HEAD), 1)
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 12)
    column.setSpacing(6)
    column.addWidget(TextLabel(caption, Type.HEADING, "muted"))
    column.addLayout(row)
    return column


def _value(text: str, name: str, column: int) -> TextLabel:
    label = TextLabel(text, wrap=True)
    label.setObjectName(f"conflict_{'theirs' if column == 1 else 'mine'}_{name}")
    label.setContentsMargins(0, 10, 0, 10)
    return label


def _label(name: str) -> str:
    return {
        "name": tr("Name"),
        "activates": tr("Effect"),
        "shape": tr("Shape"),
        "colour": tr("Colour"),
        "stage": tr("Stage"),
        "winback": tr("May be won back"),
        "description": tr("Description"),
        "required": tr("What accounts need"),
        "followers": tr("May go on to"),
        "customer_note": tr("What to tell the customer"),
    }[name]
