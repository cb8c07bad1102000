"""Figures side by side, each with its label and what it is compared with; a click opens what is behind one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStyle, QWidget

from statusdesk.gui import formats
from statusdesk.gui.theme import Type, font, tones
from statusdesk.gui.widgets.wrapping import lay_out

_FOOT: Final = 5
_GAP: Final = 6
_R: Final = QPalette.ColorRole
_LEADING: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class FigureText:
    """A figure: the end of its object's name, its label, its value, and below it a difference and what it is to.

    `key` is what opening it says; None: nothing is behind it.
    """

    name: str
    label: str
    value: str
    difference: str = ""
    addition: str = ""
    key: object = None

    @property
    def said(self) -> str:
        """What a screen reader says."""
        below = f"{self.difference} {self.addition}".strip()
        return ", ".join(filter(None, (f"{self.label}: {self.value}", below)))


class Figures(QWidget):
    """A row of figures of the same width; `opened` carries the key of the one that people opened."""

    opened = Signal(object)

    def __init__(self, name: str, title: str, use: Type = Type.FIGURE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._use = use
        self._shown: list[Figure] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)

    def show_figures(self, texts: Sequence[FigureText]) -> None:
        """Show these figures; those that stay keep the keyboard."""
        while len(self._shown) > len(texts):
            last = self._shown.pop()
            self._row.removeWidget(last)
            last.hide()
            last.deleteLater()
        while len(self._shown) < len(texts):
            figure = Figure(self._use, self)
            figure.clicked.connect(partial(self._open, figure))
            self._shown.append(figure)
            self._row.addWidget(figure, 1)
        for figure, text in zip(self._shown, texts, strict=True):
            figure.show_text(self.objectName(), text)

        self._give_room()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Let what stands below the figures go on in a second line where one is too short."""
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        count = max(1, len(self._shown))
        room = (self.width() - self._row.spacing() * (count - 1)) // count
        lines = 2 if any(figure.below > room for figure in self._shown) else 1
        for figure in self._shown:
            figure.give_lines(lines)

    def stops(self) -> list[QWidget]:
        """Return where the keyboard stops, in order."""
        return list(self._shown)

    def _open(self, figure: "Figure") -> None:
        if figure.text_shown.key is not None:
            self.opened.emit(figure.text_shown.key)


class Figure(QAbstractButton):
    """One figure as a button."""

    def __init__(self, use: Type, parent: QWidget) -> None:
        super().__init__(parent)
        self._use = use
        self._lines = 1
        self.text_shown = FigureText("", "", "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_text(self, group: str, text: FigureText) -> None:
        """Show another figure."""
        self.text_shown = text
        self.setObjectName(f"{group}_{text.name}")
        self.setAccessibleName(text.said)
        self.setToolTip(text.said)
        self.setEnabled(text.key is not None)
        there = Qt.CursorShape.PointingHandCursor if text.key is not None else Qt.CursorShape.ArrowCursor
        self.setCursor(there)
        self.updateGeometry()
        self.update()

    @property
    def below(self) -> int:
        """The room in logical pixels that what stands below the figure needs in one line."""
        parts = filter(None, (self.text_shown.difference, self.text_shown.addition))
        widths = [QFontMetrics(font(Type.LABEL)).horizontalAdvance(part) for part in parts]
        return sum(widths) + _GAP * (len(widths) - 1) if widths else 0

    def give_lines(self, lines: int) -> None:
        """Have room for so many lines below the figure."""
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for three lines, or for two where there is nothing to compare with."""
        texts = ((Type.LABEL, self.text_shown.label), (self._use, self.text_shown.value))
        widest = max(QFontMetrics(font(use)).horizontalAdvance(text) for use, text in texts)
        label = QFontMetrics(font(Type.LABEL))
        widest = max(widest, self.below)
        height = label.height() + QFontMetrics(font(self._use)).height() + _FOOT
        return QSize(widest, height + (self._lines * label.height() if self._use is Type.FIGURE else 0))

    def minimumSizeHint(self) -> QSize:
        """Never cut a number, which may be written smaller; what stands below it may be."""
        use = Type.PANE_HEAD if self._use is Type.FIGURE else self._use
        widest = QFontMetrics(font(use)).horizontalAdvance(self.text_shown.value)
        label = QFontMetrics(font(Type.LABEL)).horizontalAdvance(self.text_shown.label)
        return QSize(max(widest, label), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the lines beneath each other: the label above, or below a small figure."""
        with QPainter(self) as painter:
            large = self._use is Type.FIGURE
            text, ink = self.text_shown, self.palette().color(QPalette.ColorGroup.Active, _R.Text)
            muted = tones(self.palette()).muted
            top = 0 if large else -1
            lines = [(text.label, Type.LABEL, muted), (text.value, self._fitting(), ink)]
            for said, use, colour in lines if large else reversed(lines):
                top = self._write(painter, top, said, use, colour) + (1 if large else 0)
            self._write_below(painter, top, ink, muted)
            if text.key is not None and self.underMouse():
                edge = tones(self.palette()).edge
                painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), edge)
            if self.hasFocus():
                line = QRect(0, self.height() - 2, self.width(), 2)
                painter.fillRect(line, self.palette().color(_R.Accent))

    def _write_below(self, painter: QPainter, top: int, ink: QColor, muted: QColor) -> None:
        text, start = self.text_shown, 0
        if text.difference:
            after = self._write(painter, top, text.difference, Type.LABEL, ink)
            start = QFontMetrics(font(Type.LABEL)).horizontalAdvance(text.difference) + _GAP
            if self._lines > 1 and self.below > self.width():
                top, start = after, 0
        if text.difference or self.below <= self.width():
            self._write(painter, top, text.addition, Type.LABEL, muted, start)
            return
        painter.setPen(muted)
        lines = lay_out(text.addition, font(Type.LABEL), self.width(), self.layoutDirection())
        lines.draw(painter, QPointF(0, top))

    def _fitting(self) -> Type:
        """Return the use of type in which the value has room: never cut a number."""
        wide = QFontMetrics(font(self._use)).horizontalAdvance(self.text_shown.value) > self.width()
        return Type.PANE_HEAD if wide and self._use is Type.FIGURE else self._use

    def _write(self, painter: QPainter, top: int, text: str, use: Type, colour: QColor, start: int = 0) -> int:
        face = font(use)
        metrics = QFontMetrics(face)
        place = QRect(start, top, self.width() - start, metrics.height())
        place = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
        painter.setFont(face)
        painter.setPen(colour)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        align = QStyle.visualAlignment(self.layoutDirection(), _LEADING)
        painter.drawText(place, int(align), formats.isolated(shown))
        return place.bottom() + 1
