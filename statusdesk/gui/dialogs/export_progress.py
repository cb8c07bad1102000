"""Shows how far a long export is, and lets people stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from statusdesk.gui.dialogs.framed import FramedDialog, heading
from statusdesk.gui.widgets.progress_line import ProgressLine
from statusdesk.gui.wording import tr

WIDTH = 480
_WHOLE = 1000


class ExportProgress(FramedDialog):
    """Is closed by `finish` only; Escape and the window's cross ask to stop, as Cancel does."""

    cancel_requested = Signal()

    def __init__(self, title: str, file: str, parent: QWidget | None = None) -> None:
        super().__init__("export_progress_dialog", title, parent)
        body = QVBoxLayout()
        body.setContentsMargins(24, 24, 24, 24)
        body.setSpacing(4)
        body.addLayout(heading(title, file))
        self._line = ProgressLine("export_progress", "export_stop")
        self._line.begin(tr("Writing…"), _WHOLE)
        self._line.cancel_requested.connect(self.cancel_requested)
        self.stack(body, foot=self._line, width=WIDTH)

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
