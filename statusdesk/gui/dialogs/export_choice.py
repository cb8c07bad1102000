"""Asks whether the selected accounts are exported, or all of them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from statusdesk.gui.dialogs.framed import FramedDialog
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import accounts_text, tr

WIDTH = 480


class ExportChoice(FramedDialog):
    """Says `selected_chosen` or `all_chosen`, once it is closed."""

    selected_chosen = Signal()
    all_chosen = Signal()

    def __init__(self, selected: int, there: int, parent: QWidget | None = None) -> None:
        super().__init__("export_choice", tr("Export accounts"), parent)
        some = accounts_text(selected)
        every = accounts_text(there)
        self._selected = QRadioButton(tr("What is selected: {accounts}").format(accounts=some))
        self._selected.setObjectName("export_selected")
        self._selected.setChecked(True)
        self._all = QRadioButton(tr("Everything: {accounts}").format(accounts=every))
        self._all.setObjectName("export_all")
        self._foot = DialogFoot(
            tr("Then choose the file, as CSV or XLSX."),
            tr("Export…"),
            accept_name="export_accept",
            cancel_name="export_cancel",
        )
        self._arrange()
        self._foot.accept_button.setDefault(True)
        self._foot.accept_button.clicked.connect(self._say)
        self._foot.cancel_button.clicked.connect(self.reject)
        self._selected.setFocus()

    def _arrange(self) -> None:
        body = QVBoxLayout()
        body.setContentsMargins(24, 24, 24, 24)
        body.setSpacing(10)
        body.addWidget(TextLabel(tr("Export accounts"), Type.DIALOG_TITLE))
        body.addSpacing(4)
        body.addWidget(self._selected)
        body.addWidget(self._all)
        self.stack(body, foot=self._foot, width=WIDTH)

    def _say(self) -> None:
        chosen = self.selected_chosen if self._selected.isChecked() else self.all_chosen
        self.accept()
        chosen.emit()
