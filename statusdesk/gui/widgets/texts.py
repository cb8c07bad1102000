"""Labels in the design's sizes and tones, links, and hairlines; they follow the scheme by themselves."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from statusdesk.gui.theme import Type, font, tones


class TextLabel(QLabel):
    """A plain-text label in one use of type; `tone` is a name of `Tones`, or empty for the normal colour."""

    def __init__(
        self,
        text: str = "",
        use: Type = Type.BODY,
        tone: str = "",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(use))
        self.setWordWrap(wrap)
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self._colour()

    def set_tone(self, tone: str) -> None:
        """Change the tone."""
        self._tone = tone
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._colour()

    def _colour(self) -> None:
        if not self._tone:
            return
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, getattr(tones(palette), self._tone))
        self.setPalette(palette)


class ShortLabel(TextLabel):
    """One line, cut off where there is no room for it; then the tooltip has the whole of it.

    `least` is the width in logical pixels below which it is not cut. With word wrap on it wraps instead.
    One that `fills` takes the room that it is given, as in a column, and never asks for more.
    """

    def __init__(
        self, text: str = "", use: Type = Type.BODY, tone: str = "", *, least: int = 0, fills: bool = False
    ) -> None:
        super().__init__(text, use, tone)
        self._least = least
        across = QSizePolicy.Policy.Ignored if fills else QSizePolicy.Policy.Maximum
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Return the height of the line, and the least width."""
        least = super().minimumSizeHint()
        return least if self.wordWrap() else QSize(min(self._least, self.sizeHint().width()), least.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what there is room for."""
        if self.wordWrap():
            self.setToolTip("")
            super().paintEvent(event)
            return
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, shown)


class LinkButton(QPushButton):
    """A button that looks like a link and is one for screen readers and the keyboard as well."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("flat_link", True)
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(font(Type.STRONG))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)


class Hairline(QFrame):
    """A line of one pixel between regions."""

    def __init__(self, parent: QWidget | None = None, *, upright: bool = False) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Midlight)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
