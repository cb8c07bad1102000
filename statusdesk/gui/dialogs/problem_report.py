"""What can be sent when something went wrong: versions and the last errors, and nothing of the accounts."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from statusdesk.gui import reports
from statusdesk.gui.dialogs.framed import FramedDialog, heading
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.wording import tr


class ProblemReport(FramedDialog):
    """Shows the report as it is copied, so that people see what they give away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("problem_report", tr("Report a problem"), parent)
        self._text = QPlainTextEdit(reports.report())
        self._text.setObjectName("report_text")
        self._text.setAccessibleName(tr("Report"))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._foot = DialogFoot("", tr("Copy"), accept_name="report_copy", cancel_name="report_close")
        self._foot.cancel_button.setText(tr("Close"))
        explanation = tr(
            "Copy this and say what you were doing. It names versions and places in the program,"
            " and nothing that stands in your database."
        )
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 24)
        body.setSpacing(4)
        body.addLayout(heading(tr("Report a problem"), explanation))
        body.addSpacing(12)
        body.addWidget(self._text, 1)
        self.stack(body, foot=self._foot)
        self.resize(620, 480)
        self._foot.cancel_button.clicked.connect(self.reject)
        self._foot.accept_button.clicked.connect(self._copy)
        self._foot.accept_button.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._foot.set_note(tr("Copied."))
