"""How far a long work is, in figures that are true, with a way to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from statusdesk.gui import formats
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

HEIGHT = 64


class ProgressLine(QWidget):
    """What is being done, how much of it is done, and Cancel; as high as a dialog's foot."""

    cancel_requested = Signal()

    def __init__(self, name: str, cancel_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(tr("Progress"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setFixedHeight(HEIGHT)
        self._said = ""
        self._text = TextLabel()
        self._text.setObjectName(f"{name}_text")
        self._bar = QProgressBar()
        self._bar.setObjectName(f"{name}_bar")
        self._bar.setAccessibleName(tr("Progress"))
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.setObjectName(cancel_name)
        self._cancel.setMinimumWidth(96)
        self._cancel.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(16)
        row.addWidget(self._text)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)

    def begin(self, said: str, total: int) -> None:
        """Show a work at its start; `said` has {done} and {total} in it, `total` of 0 is not known yet."""
        self._said = said
        self._bar.setRange(0, total)
        self._cancel.setEnabled(True)
        self._cancel.setFocus()
        self.advance(0)

    def advance(self, done: int) -> None:
        """Show how much is done; once that is all, there is nothing left to cancel."""
        total = self._bar.maximum()
        self._bar.setValue(min(done, total) if total else 0)
        self._text.setText(self._said.format(done=formats.count(done), total=formats.count(total)))

    def finish(self, said: str) -> None:
        """Show that the rest, whose length nobody knows, cannot be cancelled any more."""
        self._text.setText(said)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(False)

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._text.setText(tr("Stopping…"))
        self.cancel_requested.emit()
