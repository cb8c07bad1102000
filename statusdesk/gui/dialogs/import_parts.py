"""What the pages of the import share: their head, captions above controls, warnings, and calm combo boxes."""

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from statusdesk.gui.control_paint import R, paint_box
from statusdesk.gui.icons import action_icon
from statusdesk.gui.theme import Type, tones
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

Index = QModelIndex | QPersistentModelIndex

MARGIN: Final = 24
"""Between the edge of a page and what is on it, in logical pixels."""

ROW: Final = 28
_INSET: Final = 5
_HEAD: Final = 30


class CalmCombo(QComboBox):
    """A combo box that the wheel scrolls past: turning it over a list must not decide anything."""

    def __init__(self, name: str, said: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view().setObjectName(f"{name}_list")
        self.view().setAccessibleName(said)

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        """Leave the wheel to the list behind."""
        event.ignore()

    def offer(self, items: Iterable[tuple[str, Any]], chosen: Any) -> None:
        """Fill it with texts and their values, and choose one; says nothing."""
        self.clear()
        for text, value in items:
            self.addItem(text, value)
        self.choose(chosen)

    def choose(self, value: Any) -> None:
        """Choose the item of a value, or none."""
        self.setCurrentIndex(self.findData(value))


class Captioned(QWidget):
    """A control below its caption; at the caption's end stands whether the content is a guess."""

    def __init__(self, caption: str, control: QWidget, *, width: int = 0) -> None:
        super().__init__()
        label = TextLabel(caption, Type.HEADING)
        label.setBuddy(control)
        self._note = TextLabel(use=Type.LABEL, tone="muted")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(control)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if width:
            self.setFixedWidth(width)

    def set_guessed(self, guessed: bool) -> None:
        """Say whether the content is a guess."""
        self._note.setText(tr("guessed") if guessed else "")


class Page(QWidget):
    """One step: a title, a sentence about it, and what is to be decided."""

    def __init__(self, name: str, title: str, sentence: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, 20, MARGIN, MARGIN)
        self.column.setSpacing(0)
        self.column.addWidget(TextLabel(title, Type.DIALOG_TITLE))
        self.column.addSpacing(2)
        self.sentence = TextLabel(sentence, tone="muted", wrap=True)
        self.column.addWidget(self.sentence)
        self.column.addSpacing(16)


class WarningBox(QFrame):
    """A bold fact and what to do about it, on the ground of warnings."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._sign = QLabel()
        self._fact = TextLabel(use=Type.STRONG, tone="warning_text", wrap=True)
        self._text = TextLabel(tone="warning_text", wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._fact)
        texts.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self.hide()

    def warn(self, fact: str, text: str = "") -> None:
        """Show a warning; an empty fact takes it away."""
        self._sign.setPixmap(action_icon("warning").pixmap(16))
        self._fact.setText(fact)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{fact} {text}".strip())
        self.setVisible(bool(fact))

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the ground and its edge."""
        tone = tones(self.palette())
        with QPainter(self) as painter:
            paint_box(painter, self.rect(), tone.warning_ground, tone.warning_edge)


class Box(QFrame):
    """A frame of one pixel around a list or a table."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(content)
        self.setFocusProxy(content)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the frame."""
        with QPainter(self) as painter:
            paint_box(painter, QRect(self.rect()), self.palette().color(R.Base), tones(self.palette()).edge)


def scrolling(content: QWidget, name: str, said: str) -> QScrollArea:
    """Return an area in which a long list scrolls up and down; Tab goes to what is in it."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setAccessibleName(said)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    for ground in (area.viewport(), content):
        ground.setAutoFillBackground(True)
        ground.setBackgroundRole(R.Base)
    return area


class _Cells(QStyledItemDelegate):
    """Text cells with the design's eight pixels at either side."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint the ground over the whole cell, and the text within its padding."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.color(R.Highlight))
        option.rect = option.rect.adjusted(_INSET, 0, -_INSET, 0)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)


def plain_table(name: str, said: str) -> QTableView:
    """Return a table to read and to walk through with the arrows, dressed as the others."""
    table = QTableView()
    table.setObjectName(name)
    table.setAccessibleName(said)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setItemDelegate(_Cells(table))
    corner = QWidget()
    corner.setAutoFillBackground(True)
    corner.setBackgroundRole(R.Base)
    table.setCornerWidget(corner)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.horizontalHeader().setFixedHeight(_HEAD)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    return table


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while item := layout.takeAt(0):
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
