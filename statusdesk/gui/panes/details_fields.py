"""What is known about one account, as a list of labels and values; only what is filled in is shown."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from statusdesk.domain.fields import FIELDS
from statusdesk.domain.records import Account, DatabaseInfo
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.widgets.wrapping import CHANCE, with_chances
from statusdesk.gui.wording import field_name, field_text, tr

LABELS: Final = 100
"""Width of the column of labels, in logical pixels."""

_ELSEWHERE: Final = ("name", "status")


class _Value(TextLabel):
    """A value that can be selected and copied; a word longer than the column goes on in the next line."""

    def __init__(self) -> None:
        super().__init__(wrap=True)
        self._value = ""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_value(self, value: str) -> None:
        """Show another value."""
        self._value = value
        self.setAccessibleName(value)
        self._wrap()

    def minimumSizeHint(self) -> QSize:
        """Let the pane decide the width."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break words for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._wrap()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected as it is, without the marks where lines are broken."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy(QClipboard.Mode.Clipboard)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Offer what was selected to the middle button, where the platform has that."""
        super().mouseReleaseEvent(event)
        if QGuiApplication.clipboard().supportsSelection():
            self._copy(QClipboard.Mode.Selection)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy what is selected, or else the whole value."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("details_value_menu")
        menu.addAction(tr("Copy"), lambda: self._copy(QClipboard.Mode.Clipboard, otherwise=self._value))
        menu.popup(event.globalPos())

    def _copy(self, mode: QClipboard.Mode, otherwise: str = "") -> None:
        text = self.selectedText().replace(CHANCE, "") or otherwise
        if text:
            QGuiApplication.clipboard().setText(text, mode)

    def _wrap(self) -> None:
        metrics, width = self.fontMetrics(), self.width()
        text = with_chances(self._value, lambda piece: metrics.horizontalAdvance(piece) <= width)
        if text != self.text():
            self.setText(text)


class DetailsFields(QWidget):
    """Shows the fields of one account, but for its name and status."""

    def __init__(self, info: DatabaseInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("details_fields")
        self.setAccessibleName(self.tr("Fields"))
        self._info = info
        self._rows: dict[str, tuple[TextLabel, _Value]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, LABELS)
        grid.setColumnStretch(1, 1)
        for place, field in enumerate(field for field in FIELDS if field.name not in _ELSEWHERE):
            label = TextLabel(field_name(field), Type.LABEL, "muted", wrap=True)
            label.setFixedWidth(LABELS - 8)
            label.setContentsMargins(0, 1, 0, 0)
            value = _Value()
            value.setObjectName(f"details_{field.name}")
            value.setAccessibleDescription(field_name(field))
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            value.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1)
            self._rows[field.name] = (label, value)

    def show_account(self, account: Account) -> None:
        """Show another account's fields, or the same one's as they are now."""
        texts = dict(self._texts(account))
        for name, (label, value) in self._rows.items():
            text = texts.get(name, "")
            value.show_value(text)
            label.setVisible(bool(text))
            value.setVisible(bool(text))

    def _texts(self, account: Account) -> Iterator[tuple[str, str]]:
        for field in FIELDS:
            if field.name not in _ELSEWHERE:
                yield field.name, field_text(field, getattr(account, field.name), self._info)
