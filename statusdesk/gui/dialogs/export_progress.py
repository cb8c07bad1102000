"""Shows how far a long export is, and lets people stop it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from statusdesk.gui.control_paint import R
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.progress_line import ProgressLine
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import tr

WIDTH = 480
_WHOLE = 1000


class ExportProgress(QDialog):
    """Is closed by `finish` only; Escape and the window's cross ask to stop, as Cancel does."""

    cancel_requested = Signal()

    def __init__(self, title: str, file: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_progress_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setBackgroundRole(R.Base)
        self.setAutoFillBackground(True)
        body = QVBoxLayout()
        body.setContentsMargins(24, 24, 24, 24)
        body.setSpacing(4)
        body.addWidget(TextLabel(title, Type.DIALOG_TITLE))
        body.addWidget(TextLabel(file, tone="muted", wrap=True))
        self._line = ProgressLine("export_progress", "export_stop")
        self._line.begin(tr("Writing…"), _WHOLE)
        self._line.cancel_requested.connect(self.cancel_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body)
        column.addWidget(Hairline())
        column.addWidget(self._line)
        column.addStrut(WIDTH)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def advance(self, thousandths: int) -> None:
        """Show how much is written."""
        self._line.advance(thousandths)

    def finish(self, _why: object = None) -> None:
        """Go away, whether shown or not."""
        super().done(QDialog.DialogCode.Accepted)
        self.deleteLater()

    def done(self, _result: int) -> None:
        """Ask to stop; the work's end closes the dialog."""
        self.cancel_requested.emit()
