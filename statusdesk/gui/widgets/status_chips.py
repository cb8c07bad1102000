"""The filters in force, each as a chip that a click takes away; what does not fit is counted at the end."""

from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from statusdesk.gui.control_paint import mixed, paint_box
from statusdesk.gui.icons import paint_action, paint_shape
from statusdesk.gui.theme import Type, font, tones
from statusdesk.gui.widgets.texts import LinkButton, TextLabel
from statusdesk.gui.wording import tr

HEIGHT: Final = 26
"""Height of a chip, in logical pixels, as are all lengths here."""

GAP: Final = 8
_PAD: Final = 8
_ICON: Final = 16
_CROSS: Final = 12
_WIDEST: Final = 280
_R: Final = QPalette.ColorRole
_LEADING: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_REMOVES: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChipText(NamedTuple):
    """What a chip shows: a name, a muted count, and the look of a status if it stands for one."""

    key: int
    name: str
    number: str = ""
    shape: str = ""
    colour: str = ""


class Chip(QAbstractButton):
    """One filter in force. A click, Enter, Space or Delete takes it away."""

    def __init__(self, text: ChipText, object_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.text_shown = text
        self.setObjectName(object_name)
        said = tr("{name}, {count} accounts") if text.number else "{name}"
        self.setAccessibleName(said.format(name=text.name, count=text.number))
        self.setAccessibleDescription(tr("Filter in force; press to take it away"))
        self.setToolTip(tr("{name} – click to take this filter away").format(name=text.name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(HEIGHT)

    def sizeHint(self) -> QSize:
        """Return the room for icon, name, count and cross; a long name is cut."""
        name = min(QFontMetrics(self.font()).horizontalAdvance(self.text_shown.name) + 1, _WIDEST)
        count = QFontMetrics(font(Type.LABEL)).horizontalAdvance(self.text_shown.number)
        icon = _ICON + _PAD if self.text_shown.shape else 0
        return QSize(_PAD + icon + name + (_PAD + count if count else 0) + _PAD + _CROSS + _PAD, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the keys that delete and confirm take the chip away, as Space does."""
        if event.key() in _REMOVES:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the box, then icon, name, count and cross from the leading side on."""
        palette, text = self.palette(), self.text_shown
        ground = palette.color(_R.Base)
        if self.underMouse() or self.isDown():
            ground = mixed(ground, palette.color(_R.Text), 0.14 if self.isDown() else 0.07)
        focused = self.hasFocus()
        edge = palette.color(_R.Accent) if focused else tones(palette).edge
        with QPainter(self) as painter:
            paint_box(painter, self.rect(), ground, edge, 2 if focused else 1)
            at = _PAD
            if text.shape:
                icon = self._part(at, _ICON, _ICON)
                paint_shape(painter, icon, text.shape, text.colour, ground, palette.color(_R.Text))
                at += _ICON + _PAD
            count = QFontMetrics(font(Type.LABEL)).horizontalAdvance(text.number)
            room = self.width() - at - _PAD - _CROSS - _PAD - (_PAD + count if count else 0)
            shown = QFontMetrics(self.font()).elidedText(text.name, Qt.TextElideMode.ElideRight, room)
            align = int(QStyle.visualAlignment(self.layoutDirection(), _LEADING))
            painter.setPen(palette.color(_R.Text))
            painter.drawText(self._part(at, room, HEIGHT), align, shown)
            painter.setPen(palette.color(_R.PlaceholderText))
            painter.setFont(font(Type.LABEL))
            painter.drawText(self._part(at + room + _PAD, count + 1, HEIGHT), align, text.number)
            cross = self._part(self.width() - _PAD - _CROSS, _CROSS, _CROSS)
            paint_action(painter, cross, "close", palette.color(_R.Text))

    def _part(self, at: int, width: int, height: int) -> QRect:
        place = QRect(at, (HEIGHT - height) // 2, width, height)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)


class StatusChips(QWidget):
    """A row of chips with the link “Show all” behind them; `removed(key)` and `all_removed` say what is wished.

    `replaced` comes when there are other chips: Tab must be told its way over them again.
    """

    removed = Signal(int)
    all_removed = Signal()
    replaced = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_chips")
        self.setAccessibleName(tr("Filters in force"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self._chips: list[Chip] = []
        self._none = TextLabel("", Type.LABEL, "muted", parent=self)
        self._more = TextLabel("", Type.LABEL, "muted", parent=self)
        self._more.setObjectName("more_chips")
        self._all = LinkButton(tr("Show all"), self)
        self._all.setObjectName("show_all")
        self._all.clicked.connect(self.all_removed)

    def show_chips(self, texts: Sequence[ChipText], *, names: str, otherwise: str) -> None:
        """Show these chips, named `names` and their key; without any the words of `otherwise`."""
        if [chip.text_shown for chip in self._chips] != list(texts):
            self._replace(texts, names)
        self._none.setText(otherwise)
        self._arrange()

    def _replace(self, texts: Sequence[ChipText], names: str) -> None:
        held = next((at for at, chip in enumerate(self._chips) if chip.hasFocus()), None)
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [Chip(text, f"{names}_{text.key}", self) for text in texts]
        for chip in self._chips:
            chip.clicked.connect(partial(self.removed.emit, chip.text_shown.key))
        self.replaced.emit()
        if held is not None and self._chips:
            self._chips[min(held, len(self._chips) - 1)].setFocus()

    def stops(self) -> list[QWidget]:
        """Return what Tab visits, in order."""
        return [*self._chips, self._all]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many chips as fit."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._none.setVisible(not self._chips)
        self._all.setVisible(bool(self._chips))
        if not self._chips:
            self._put(self._none, 0, self.width())
            self._more.hide()
            return
        fitting = self._fitting()
        at = 0
        for number, chip in enumerate(self._chips):
            chip.setVisible(number < fitting)
            if number < fitting:
                at = self._put(chip, at, min(chip.sizeHint().width(), self._room())) + GAP
        rest = self._chips[fitting:]
        self._more.setVisible(bool(rest))
        if rest:
            self._more.setText(tr("+{count} more").format(count=len(rest)))
            self._more.setToolTip("\n".join(chip.text_shown.name for chip in rest))
            at = self._put(self._more, at, self._more.sizeHint().width()) + GAP
        self._put(self._all, at, self._all.sizeHint().width())

    def _room(self) -> int:
        return max(48, self.width() - self._all.sizeHint().width() - GAP)

    def _fitting(self) -> int:
        """How many chips there is room for, at least one."""
        widths = [chip.sizeHint().width() + GAP for chip in self._chips]
        room = self._room()
        if sum(widths) <= room + GAP:
            return len(widths)
        room -= QFontMetrics(self._more.font()).horizontalAdvance(tr("+{count} more").format(count=99)) + GAP
        used = 0
        for number, width in enumerate(widths):
            used += width
            if used > room:
                return max(1, number)
        return len(widths)

    def _put(self, widget: QWidget, at: int, width: int) -> int:
        height = min(HEIGHT, widget.sizeHint().height())
        place = QRect(at, (HEIGHT - height) // 2, width, height)
        widget.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
        return at + width
