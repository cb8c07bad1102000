"""One line that says what just happened and offers the way back; it never covers anything."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from statusdesk.gui.icons import action_icon
from statusdesk.gui.theme import Type, tones
from statusdesk.gui.widgets.texts import LinkButton, ShortLabel, TextLabel

HEIGHT = 40
"""Least height in logical pixels; a long problem takes more lines."""

_FACT_LEAST = 600


class MessageBar(QWidget):
    """A bold fact, a muted addition, links, and × — until the next change or a click on it.

    A problem has the warning ground instead of the message ground.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self.setAccessibleName(self.tr("Message"))
        self._problem = False
        self._sign_name = "tick"
        self._sign = TextLabel()
        self._fact = ShortLabel(use=Type.STRONG, least=_FACT_LEAST)
        self._fact.setObjectName("message_fact")
        self._addition = ShortLabel(tone="muted")
        self._addition.setObjectName("message_addition")
        self._undo = LinkButton(self.tr("Undo"))
        self._undo.setObjectName("message_undo")
        self._link = LinkButton("")
        self._link.setObjectName("message_link")
        self._undo_deed: Callable[[], None] | None = None
        self._link_deed: Callable[[], None] | None = None
        self._undo.clicked.connect(lambda: self._follow(self._undo_deed))
        self._link.clicked.connect(lambda: self._follow(self._link_deed))
        self._row = QHBoxLayout(self)
        self._build()
        self.hide()

    def _build(self) -> None:
        close = QToolButton(self)
        close.setObjectName("message_close")
        close.setAutoRaise(True)
        close.setIcon(action_icon("close"))
        close.setAccessibleName(self.tr("Close the message"))
        close.setToolTip(self.tr("Close the message"))
        close.clicked.connect(self.dismiss)
        row = self._row
        row.setContentsMargins(19, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._fact)
        row.addWidget(self._addition)
        row.addSpacing(8)
        row.addWidget(self._undo)
        row.addWidget(self._link)
        row.addStretch()
        row.addWidget(close)
        self.setMinimumHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(
        self,
        fact: str,
        addition: str = "",
        *,
        undo: Callable[[], None] | None = None,
        link: tuple[str, Callable[[], None]] | None = None,
        problem: bool = False,
        sign: str = "",
    ) -> None:
        """Show a message; `undo` and `link` (its text and what it does) appear only when given.

        Screen readers hear of it, unless it only continues what was said before.
        """
        self._problem = problem
        self._sign_name = sign or ("warning" if problem else "tick")
        self._sign.setPixmap(action_icon(self._sign_name).pixmap(16))
        news = fact != self._fact.text() or self.isHidden()
        self._fact.setWordWrap(problem)
        self._fact.setSizePolicy(
            QSizePolicy.Policy.Ignored if problem else QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred
        )
        self._fact.setText(fact)
        self._addition.setText(addition)
        self._addition.setVisible(bool(addition) and not problem)
        self._row.setStretch(self._row.indexOf(self._fact), 1 if problem else 0)
        self._undo_deed, self._link_deed = undo, link[1] if link else None
        self._undo.setVisible(undo is not None)
        self._link.setText(link[0] if link else "")
        self._link.setVisible(link is not None)
        self.show()
        self.update()
        self.setAccessibleDescription(f"{fact} {addition}".strip())
        if news:
            self._announce()

    def _announce(self) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def dismiss(self) -> None:
        """Take the message away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    @property
    def text(self) -> str:
        """The whole message as text, empty when none is shown."""
        return "" if self.isHidden() else self.accessibleDescription()

    @staticmethod
    def _follow(deed: Callable[[], None] | None) -> None:
        if deed is not None:
            deed()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange and self._sign is not None:
            self._sign.setPixmap(action_icon(self._sign_name).pixmap(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the edge at the leading side."""
        tone = tones(self.palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), tone.warning_ground if self._problem else tone.message_ground)
            edge = self.rect()
            edge.setWidth(3)
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                edge.moveRight(self.rect().right())
            painter.fillRect(edge, tone.warning_edge if self._problem else self.palette().accent())
