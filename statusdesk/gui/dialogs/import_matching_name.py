"""Asks under which name a matching of columns and statuses is kept for the next file of its kind."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from statusdesk.domain.folding import name_key
from statusdesk.gui.dialogs.framed import FramedDialog, heading
from statusdesk.gui.dialogs.import_parts import MARGIN, Captioned
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.wording import tr

WIDTH = 480


class MatchingName(FramedDialog):
    """Says `named(str)`; a name that is taken replaces the older matching, and that is said before."""

    named = Signal(str)

    def __init__(self, taken: Sequence[str], suggested: str, parent: QWidget) -> None:
        super().__init__("import_matching_dialog", tr("Save matching"), parent)
        self._taken = {name_key(name) for name in taken}
        self._name = QLineEdit(suggested)
        self._name.setObjectName("import_matching_name")
        self._name.setAccessibleName(tr("Name of the matching"))
        self._name.setMaxLength(80)
        self._foot = DialogFoot(
            "", tr("Save"), accept_name="import_matching_accept", cancel_name="import_matching_cancel"
        )
        self._build()
        self._name.textChanged.connect(self._judge)
        self._foot.accept_button.clicked.connect(self._accept)
        self._foot.cancel_button.clicked.connect(self.reject)
        self._foot.accept_button.setDefault(True)
        self._judge()
        self._name.selectAll()

    def _build(self) -> None:
        said = tr("Columns, statuses, and how the file is written are kept for the next file of this kind.")
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        body.setSpacing(4)
        body.addLayout(heading(tr("Save this matching"), said))
        body.addSpacing(12)
        body.addWidget(Captioned(tr("Name"), self._name))
        self.stack(body, foot=self._foot, width=WIDTH)

    def _judge(self) -> None:
        name = self._name.text()
        self._foot.accept_button.setEnabled(bool(name.strip()))
        replaces = name_key(name) in self._taken
        self._foot.set_note(tr("Replaces the saved matching of this name.") if replaces else "")

    def _accept(self) -> None:
        self.named.emit(self._name.text().strip())
        self.accept()
