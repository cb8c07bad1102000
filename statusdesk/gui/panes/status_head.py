"""The status of the account that the details show, in one line where there is room."""

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from statusdesk.domain.records import Status
from statusdesk.gui.icons import status_icon
from statusdesk.gui.wording import effect


class StatusHead(QWidget):
    """The status with its sign, and what it does, in one line where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("details_status")
        self._icon = QLabel()
        self._icon.setFixedSize(16, 20)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._status: Status | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def show_status(self, status: Status) -> None:
        """Show another status."""
        self._status = status
        muted = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        name, does = escape(status.name), escape(effect(status)).replace(" ", "&nbsp;")
        self._text.setText(
            f"<span style='font-weight: 600'>{name}</span>&nbsp; <span style='color: {muted}'>{does}</span>"
        )
        self._icon.setPixmap(
            status_icon(status.shape, status.colour).pixmap(QSize(16, 16), self.devicePixelRatioF())
        )
        self.setAccessibleName(f"{status.name}, {effect(status)}")
        self._text.setAccessibleName(self.accessibleName())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._status is not None:
            self.show_status(self._status)
