"""What stands in the place of rows that are on their way: nothing at first, then that they are counted."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Slot

from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

_PATIENCE: Final = 400
"""After how many milliseconds without an answer people are told."""


class Waiting(TextLabel):
    """Says “Counting…” where an answer takes longer than a moment."""

    def __init__(self, name: str) -> None:
        super().__init__("", tone="muted")
        self.setObjectName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self._tell)

    def begin(self) -> None:
        """Wait from now on."""
        self._patience.start()

    def end(self) -> None:
        """Have the answer, or none that will come."""
        self._patience.stop()
        self.setText("")

    @Slot()
    def _tell(self) -> None:
        self.setText(tr("Counting…"))
