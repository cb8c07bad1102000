"""Asks under which name a matching of columns and statuses is kept for the next file of its kind."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from statusdesk.domain.folding import name_key
from statusdesk.gui.control_paint import R
from statusdesk.gui.dialogs.import_parts import MARGIN, Captioned
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import tr

WIDTH = 480


class MatchingName(QDialog):
    """Says `named(str)`; a name that is taken replaces the older matching, and that is said before."""

    named = Signal(str)

    def __init__(self, taken: Sequence[str], suggested: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("import_matching_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Save matching"))
        self.setBackgroundRole(R.Base)
        self.setAutoFillBackground(True)
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
        body.addWidget(TextLabel(tr("Save this matching"), Type.DIALOG_TITLE))
        body.addWidget(TextLabel(said, tone="muted", wrap=True))
        body.addSpacing(12)
        body.addWidget(Captioned(tr("Name"), self._name))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body)
        column.addWidget(Hairline())
        column.addWidget(self._foot)
        column.addStrut(WIDTH)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def _judge(self) -> None:
        name = self._name.text()
        self._foot.accept_button.setEnabled(bool(name.strip()))
        replaces = name_key(name) in self._taken
        self._foot.set_note(tr("Replaces the saved matching of this name.") if replaces else "")

    def _accept(self) -> None:
        self.named.emit(self._name.text().strip())
        self.accept()
