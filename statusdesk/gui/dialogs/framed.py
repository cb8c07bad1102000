"""What all dialogs have in common: their ground, their title with what it is about, and parts above a foot."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import Hairline, TextLabel


class FramedDialog(QDialog):
    """A dialog on the ground that contents stand on, freed once it is closed."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)

    def stack(self, *parts: QWidget | QLayout, foot: QWidget, width: int = 0) -> None:
        """Put the parts one below the other, the last of them growing, and the foot below a hairline.

        With a `width`, in logical pixels, the dialog is never narrower and just as high as what it shows.
        """
        column = column_without_room(self)
        for part in parts:
            if isinstance(part, QLayout):
                column.addLayout(part)
            else:
                column.addWidget(part)
        column.setStretch(len(parts) - 1, 1)
        column.addWidget(Hairline())
        column.addWidget(foot)
        if width:
            column.addStrut(width)
            column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)


def column_without_room(widget: QWidget | None = None) -> QVBoxLayout:
    """Return a new column, of the widget if one is given, with no room around its parts and none between them."""
    column = QVBoxLayout() if widget is None else QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def heading(title: str, explanation: str, *, sign: QWidget | None = None, name: str = "") -> QHBoxLayout:
    """Return the title above what it is about, muted, beside the sign of what the dialog is for.

    With a `name` the two texts are named NAME_title and NAME_text.
    """
    texts = QVBoxLayout()
    texts.setSpacing(4)
    for part, label in (
        ("title", TextLabel(title, Type.DIALOG_TITLE, wrap=True)),
        ("text", TextLabel(explanation, tone="muted", wrap=True)),
    ):
        if name:
            label.setObjectName(f"{name}_{part}")
        texts.addWidget(label)
    row = QHBoxLayout()
    row.setSpacing(12)
    if sign is not None:
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(texts, 1)
    return row
