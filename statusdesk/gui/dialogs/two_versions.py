"""Two people edited the same: both versions side by side, for the second to choose."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from statusdesk.gui.dialogs.framed import FramedDialog, heading
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import tr

WIDTH: Final = 680
_LABELS: Final = 148


class Differing(NamedTuple):
    """A field that is not the same in all versions: its name in code and in words, and what each version says."""

    name: str
    label: str
    before: str
    theirs: str
    mine: str


class TwoVersions(FramedDialog):
    """`accepted` saves one's own version, `keep_theirs` leaves it as it is, `rejected` goes on editing."""

    keep_theirs = Signal()

    def __init__(
        self, name: str, title: str, author: str, rows: Sequence[Differing], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, title, parent)
        self._rows = [row for row in rows if (row.theirs, row.mine) != (row.before, row.before)]
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
        grid.addLayout(self.head(tr("As it is now, by {author}").format(author=author), mine=False), 0, 1)
        grid.addLayout(self.head(tr("Yours, if you save it"), mine=True), 0, 2)
        for place, row in enumerate(self._rows):
            mine = tr("Stays as it is now") if row.theirs == row.mine else row.mine
            grid.addWidget(Hairline(), 2 * place + 1, 0, 1, 3)
            label = TextLabel(row.label, tone="muted", wrap=True)
            label.setContentsMargins(0, 10, 0, 10)
            grid.addWidget(label, 2 * place + 2, 0, Qt.AlignmentFlag.AlignTop)
            for column, text in enumerate((row.theirs, mine), start=1):
                value = _value(text, row.name, column)
                grid.addWidget(value, 2 * place + 2, column, Qt.AlignmentFlag.AlignTop)
        return grid

    def head(self, caption: str, *, mine: bool) -> QLayout:
        """Return what stands above a version."""
        _ = mine
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(6)
        column.addWidget(TextLabel(caption, Type.HEADING, "muted"))
        return column

    def _keep(self) -> None:
        self.keep_theirs.emit()
        self.done(2)


def _value(text: str, name: str, column: int) -> TextLabel:
    label = TextLabel(text or "—", wrap=True)
    label.setObjectName(f"conflict_{'theirs' if column == 1 else 'mine'}_{name}")
    label.setContentsMargins(0, 10, 0, 10)
    return label
