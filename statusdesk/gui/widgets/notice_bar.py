"""One line that stays for as long as a window shows something special: what it is, and the ways out."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from statusdesk.gui.icons import action_icon
from statusdesk.gui.theme import Type, tones
from statusdesk.gui.widgets.texts import LinkButton, ShortLabel, TextLabel
from statusdesk.gui.wording import tr

HEIGHT = 40
"""Least height in logical pixels."""

_LEAST = 400


class NoticeBar(QWidget):
    """Hidden until there is something to say; it has no ×, because what it says goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice_bar")
        self._sign = TextLabel()
        self._fact = ShortLabel(use=Type.STRONG, tone="warning_text", least=_LEAST)
        self._fact.setObjectName("notice_fact")
        self._addition = ShortLabel(tone="warning_text")
        self._addition.setObjectName("notice_addition")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(19, 4, 16, 4)
        self._row.setSpacing(12)
        for part in (self._sign, self._fact, self._addition):
            self._row.addWidget(part)
        self._row.addStretch()
        self.setMinimumHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def say(self, fact: str, addition: str = "") -> None:
        """Show it."""
        self._sign.setPixmap(action_icon("warning").pixmap(16))
        self._fact.setText(fact)
        self._addition.setText(addition)
        self.setAccessibleName(tr("Notice"))
        self.setAccessibleDescription(f"{fact} {addition}".strip())
        self.show()

    def offer(self, name: str, text: str, do: Callable[[], object]) -> None:
        """Add a way out at the end; its object name is `notice_` and the name."""
        self.withdraw(name)
        link = LinkButton(text)
        link.setObjectName(f"notice_{name}")
        link.clicked.connect(lambda: do())
        self._row.addWidget(link)

    def withdraw(self, name: str) -> None:
        """Take a way out away again."""
        link = self.findChild(LinkButton, f"notice_{name}")
        if link is not None:
            link.setParent(None)
            link.deleteLater()

    @property
    def text(self) -> str:
        """The whole notice, empty when none is shown."""
        return "" if self.isHidden() else self.accessibleDescription()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange and not self.isHidden():
            self._sign.setPixmap(action_icon("warning").pixmap(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the edge at the leading side."""
        tone = tones(self.palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), tone.warning_ground)
            edge = self.rect()
            edge.setWidth(3)
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                edge.moveRight(self.rect().right())
            painter.fillRect(edge, tone.warning_edge)
