"""A field for a colour as text: it reads what people type or paste, and says why where it cannot."""

import re
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from statusdesk.domain.css_colours import CSS_COLOURS
from statusdesk.domain.looks import BadColour, parse_colour
from statusdesk.gui.wording import error_text

_BEGINNING: Final = re.compile(r"(#|0x?)?[0-9a-f]{0,5}|rgb?|rgb\([0-9,]*")
_ROOM: Final = "#DDDDDD"


class ColourField(QLineEdit):
    """Shows `#RRGGBB`; its text stays as typed until the field is left.

    `colour_changed` says each new colour that was written, `problem_changed` why the text is none, or nothing when
    it is one. The words belong under the field. The edge turns red only for what more typing cannot mend.
    """

    colour_changed = Signal(str)
    problem_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = ""
        self._problem = ""
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMaxLength(64)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Colour as six digits or a name"))
        self.textChanged.connect(self._read)
        self.editingFinished.connect(self._finish)

    @property
    def colour(self) -> str:
        """The last good colour, as `#RRGGBB`; empty before there was one."""
        return self._colour

    @property
    def problem(self) -> str:
        """Why the text is no colour, as a sentence; empty where it is one."""
        return self._problem

    def set_colour(self, colour: str) -> None:
        """Show this `#RRGGBB`, and keep quiet; a text that means the same stays while a person is typing it."""
        typing = self.hasFocus() and not self._problem and self._colour == colour
        self._colour = colour
        if not typing:
            self.setText(colour)
        self._tell("", wrong=False)

    def sizeHint(self) -> QSize:
        """Return room for `#RRGGBB`."""
        usual = super().sizeHint()
        text = self.fontMetrics().horizontalAdvance(_ROOM)
        return QSize(max(104, text + 32), usual.height())

    def minimumSizeHint(self) -> QSize:
        """Return room for `#RRGGBB`."""
        return self.sizeHint()

    def _read(self, text: str) -> None:
        try:
            colour = parse_colour(text)
        except BadColour as refusal:
            unfinished = _is_beginning(text)
            hint = self.tr("Not a colour yet. Type six digits such as #1F6FEB, or a name such as Steel Blue.")
            self._tell(hint if unfinished else error_text(refusal), wrong=not unfinished)
            return
        self._tell("", wrong=False)
        if colour != self._colour:
            self._colour = colour
            self.colour_changed.emit(colour)

    def _finish(self) -> None:
        try:
            self.setText(parse_colour(self.text()))
        except BadColour as refusal:
            self._tell(error_text(refusal), wrong=True)

    def _tell(self, problem: str, *, wrong: bool) -> None:
        if wrong is not self.property("invalid"):
            self.setProperty("invalid", wrong)
            self.update()
        if problem != self._problem:
            self._problem = problem
            self.setAccessibleDescription(problem)
            self.problem_changed.emit(problem)


def _is_beginning(text: str) -> bool:
    typed = "".join(text.lower().split())
    return bool(_BEGINNING.fullmatch(typed)) or any(name.startswith(typed) for name in CSS_COLOURS)
