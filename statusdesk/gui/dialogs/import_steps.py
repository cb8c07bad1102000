"""The side of the import: its steps with what is decided in each, and what the import would do so far."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from statusdesk.gui.control_paint import R, mixed, paint_focus
from statusdesk.gui.icons import paint_action
from statusdesk.gui.models.import_draft import Step
from statusdesk.gui.theme import Type, font, tones
from statusdesk.gui.widgets.texts import Hairline, LinkButton, TextLabel
from statusdesk.gui.widgets.tiles import Tile, Tiles
from statusdesk.gui.wording import tr

WIDTH: Final = 264
"""Width of the side, in logical pixels."""

_TILE: Final = 60
_EDGE: Final = 24
_SIGN: Final = 16
_LINK: Final = 4
_START: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


def step_names() -> dict[Step, str]:
    """Return what the steps are called."""
    return {
        Step.FILE: tr("File"),
        Step.COLUMNS: tr("Columns"),
        Step.STATUSES: tr("Statuses"),
        Step.RESULT: tr("Result"),
    }


class _StepTile(Tile):
    """A step's name, what is decided in it, and a sign: a tick, or a warning where something is missing."""

    def __init__(self, step: Step, name: str) -> None:
        super().__init__(str(int(step)), name)
        self._name = name
        self._text = ""
        self._problem = False
        self.setObjectName(f"import_step_{step.name.lower()}")
        self.setToolTip("")
        self.setFixedHeight(_TILE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the width of the side and the height of two lines."""
        return QSize(WIDTH, _TILE)

    def describe(self, text: str, *, problem: bool) -> None:
        self._text, self._problem = text, problem
        self.setAccessibleDescription(text)
        self.setToolTip(text)
        self.update()

    def paint_tile(self, painter: QPainter, rect: QRect, palette: QPalette) -> None:
        """Paint the two lines, the sign, and the accent bar of the step that is shown."""
        if self.isChecked():
            painter.fillRect(rect, palette.color(R.Base))
            painter.fillRect(self._visual(QRect(0, 0, 3, rect.height())), palette.color(R.Accent))
        elif self.underMouse():
            painter.fillRect(rect, mixed(palette.color(R.Window), palette.color(R.Text), 0.05))
        if self.hasFocus():
            paint_focus(painter, rect.adjusted(4, 3, -4, -3), palette.color(R.Accent))
        tone = tones(palette)
        room = rect.width() - 2 * _EDGE - _SIGN - 8
        painter.setPen(palette.color(R.Text))
        painter.setFont(font(Type.STRONG))
        painter.drawText(self._visual(QRect(_EDGE, 9, room, 22)), _START, self._name)
        painter.setFont(font(Type.LABEL))
        painter.setPen(tone.warning_text if self._problem else tone.muted)
        said = QFontMetrics(font(Type.LABEL)).elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(self._visual(QRect(_EDGE, 31, room, 20)), _START, said)
        sign = self._visual(QRect(rect.width() - _EDGE - _SIGN, (rect.height() - _SIGN) // 2, _SIGN, _SIGN))
        if self._problem:
            paint_action(painter, sign, "warning", tone.warning_edge)
        elif self._text:
            paint_action(painter, sign, "tick", tone.gain)

    def _visual(self, rect: QRect) -> QRect:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            rect.moveLeft(self.width() - rect.right() - 1)
        return rect


class Steps(Tiles):
    """The steps, one below the other; arrows walk them, and say `picked` with the step's number."""

    def __init__(self) -> None:
        self._by_step = {step: _StepTile(step, name) for step, name in step_names().items()}
        super().__init__(list(self._by_step.values()))
        self.setObjectName("import_steps")
        self.setAccessibleName(tr("Steps"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for tile in self._by_step.values():
            column.addWidget(tile)
        self.set_value(str(int(Step.FILE)))

    def describe(self, step: Step, text: str, *, problem: bool) -> None:
        """Say what is decided in a step, or what is missing."""
        self._by_step[step].describe(text, problem=problem)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Let the arrows show the step before or after."""
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        way = ways.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
            return
        at = min(max(int(self.value()) + way, 0), len(Step) - 1)
        self._by_step[Step(at)].setFocus()
        self._by_step[Step(at)].click()


class Side(QWidget):
    """The steps, and below them the counts of the newest dry run."""

    step_picked = Signal(int)
    going_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("import_side")
        self.setAccessibleName(tr("Steps and counts"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setFixedWidth(WIDTH)
        self.steps = Steps()
        self._caption = TextLabel(tr("What will happen"), Type.HEADING)
        self._state = TextLabel(use=Type.LABEL, tone="muted", wrap=True)
        self._state.setObjectName("import_state")
        self._go = LinkButton("")
        self._go.setObjectName("import_go")
        self._go.clicked.connect(self.going_requested)
        self._go.hide()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(0, 1)
        self._values: dict[str, TextLabel] = {}
        self._build()
        self.steps.picked.connect(lambda value: self.step_picked.emit(int(value)))

    def _build(self) -> None:
        below = QVBoxLayout()
        below.setContentsMargins(_EDGE, 16, _EDGE, 8)
        below.setSpacing(10)
        below.addWidget(self._caption)
        below.addLayout(self._grid)
        below.addWidget(self._state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.steps)
        column.addSpacing(12)
        column.addWidget(Hairline())
        column.addLayout(below)
        link = QHBoxLayout()
        link.setContentsMargins(_EDGE - _LINK, 0, _EDGE, 0)
        link.addWidget(self._go)
        link.addStretch(1)
        column.addLayout(link)
        column.addStretch(1)

    def show_counts(self, counts: Sequence[tuple[str, str, str, str]]) -> None:
        """Show rows of (name, label, value, tone)."""
        for place, (name, label, value, tone) in enumerate(counts):
            if name not in self._values:
                self._add(place, name, label)
            self._values[name].setText(value)
            self._values[name].setPalette(QPalette())
            self._values[name].set_tone(tone)

    def _add(self, place: int, name: str, label: str) -> None:
        value = TextLabel(use=Type.STRONG)
        value.setObjectName(f"import_count_{name}")
        caption = TextLabel(label, tone="muted")
        caption.setBuddy(value)
        self._values[name] = value
        self._grid.addWidget(caption, place, 0)
        self._grid.addWidget(value, place, 1, Qt.AlignmentFlag.AlignTrailing)

    def offer_to_go(self, step: Step | None) -> None:
        """Offer the step where something is missing, unless that is the one on show."""
        if step is not None:
            self._go.setText(tr("Go to {step}").format(step=step_names()[step]))
        self._go.setVisible(step is not None)

    def show_state(self, text: str) -> None:
        """Say how far the dry run is."""
        self._state.setText(text)
