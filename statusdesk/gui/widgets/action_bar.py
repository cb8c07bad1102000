"""The bar under the menus: which page is shown, and the deeds that people need from every page."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QIcon, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from statusdesk.gui import formats
from statusdesk.gui.theme import Type, font
from statusdesk.gui.widgets.texts import Hairline

HEIGHT = 40


class _PageButton(QToolButton):
    """The name of a page, with a line in the accent colour under the one that is shown."""

    def __init__(self, text: str, icon: QIcon, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setIcon(icon)
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFixedHeight(HEIGHT)
        self.toggled.connect(lambda on: self.setFont(font(Type.STRONG if on else Type.BODY)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon and name on the bar's ground."""
        with QPainter(self) as painter:
            accent = self.palette().color(QPalette.ColorRole.Accent)
            role = QPalette.ColorRole.WindowText if self.isChecked() else QPalette.ColorRole.PlaceholderText
            box = self.rect().adjusted(8, 0, -8, 0)
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            place = QRect(box.right() - 15 if mirrored else box.left(), (HEIGHT - 16) // 2, 16, 16)
            self.icon().paint(painter, place)
            painter.setPen(self.palette().color(role))
            text = box.adjusted(0, 0, -24, 0) if mirrored else box.adjusted(24, 0, 0, 0)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.text())
            if self.isChecked():
                painter.fillRect(0, HEIGHT - 2, self.width(), 2, accent)
            if self.hasFocus():
                painter.setPen(accent)
                painter.drawRoundedRect(self.rect().adjusted(2, 4, -3, -5), 4, 4)

    def sizeHint(self) -> QSize:
        """Leave room for the bolder form of the name, so that no page moves when another is shown."""
        metrics = QFontMetrics(font(Type.STRONG))
        return QSize(metrics.horizontalAdvance(self.text()) + 24 + 16, HEIGHT)


class ActionBar(QWidget):
    """Pages at the leading end, actions at the other."""

    page_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("action_bar")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setFixedHeight(HEIGHT)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 12, 0)
        self._row.setSpacing(4)
        self._pages = QButtonGroup(self)
        self._switch = QWidget(self)
        self._switch.setObjectName("page_switch")
        self._switch.setAccessibleName(self.tr("Pages"))
        inside = QHBoxLayout(self._switch)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        self._row.addWidget(self._switch)
        self._row.addStretch(1)
        self._pages.idClicked.connect(self.page_chosen)

    def add_page(self, name: str, text: str, icon: QIcon) -> None:
        """Offer a page; the first one is shown at the start."""
        button = _PageButton(text, icon, self._switch)
        button.setObjectName(name)
        button.setAccessibleName(text)
        layout = self._switch.layout()
        assert layout is not None
        layout.addWidget(button)
        self._pages.addButton(button, len(self._pages.buttons()))
        button.setChecked(len(self._pages.buttons()) == 1)

    def mark_page(self, index: int, count: int, text: str = "") -> None:
        """Show a count beside a page's name, which `text` explains; none where it is zero."""
        button = self._pages.button(index)
        name = button.accessibleName().split(", ")[0]
        button.setText(f"{name} {formats.count(count)}" if count else name)
        button.setAccessibleName(f"{name}, {text}" if text else name)
        button.setToolTip(text)
        button.updateGeometry()

    def show_page(self, index: int) -> None:
        """Mark a page as the one that is shown."""
        self._pages.button(index).setChecked(True)

    def add_actions(self, groups: Sequence[Sequence[QAction]]) -> None:
        """Offer actions as buttons, with a line between groups."""
        for place, group in enumerate(groups):
            if place:
                line = Hairline(self, upright=True)
                line.setFixedHeight(20)
                self._row.addWidget(line)
            for action in group:
                button = QToolButton(self)
                button.setObjectName(f"{action.objectName()}_button")
                button.setDefaultAction(action)
                button.setAutoRaise(True)
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
                if action.menu() is not None:
                    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
                self._row.addWidget(button)
