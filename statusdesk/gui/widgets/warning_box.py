"""A warning that stands where it belongs and blocks nothing: what, in bold, then why and the way out."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from statusdesk.gui.control_paint import paint_box
from statusdesk.gui.icons import paint_action
from statusdesk.gui.palettes import tones
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import TextLabel


class WarningBox(QWidget):
    """Hidden until there is something to warn of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(use=Type.STRONG, tone="warning_text", wrap=True)
        self._text = TextLabel(use=Type.LABEL, tone="warning_text", wrap=True)
        self._sign = _Sign()
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 12, 12, 12)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.addWidget(self._sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._text, 1, 1)
        grid.setColumnStretch(1, 1)
        self.hide()

    def warn(self, title: str, text: str) -> None:
        """Show a warning."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.show()

    @property
    def text(self) -> str:
        """The whole warning, empty while there is none."""
        return "" if self.isHidden() else f"{self._title.text()} {self._text.text()}"

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the ground and its edge."""
        tone = tones(self.palette())
        with QPainter(self) as painter:
            paint_box(painter, self.rect(), tone.warning_ground, tone.warning_edge)


class _Sign(QLabel):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(16, 16)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the sign in the warning's colour."""
        with QPainter(self) as painter:
            paint_action(painter, self.rect(), "warning", tones(self.palette()).warning_edge)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        super().changeEvent(event)
        self.update()
