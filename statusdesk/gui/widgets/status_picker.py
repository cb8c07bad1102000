"""Choosing a status for one account: signs and names to pick from; below, what the chosen one does and is for."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionViewItem, QVBoxLayout, QWidget

from statusdesk.domain.records import Status
from statusdesk.gui.icons import status_icon
from statusdesk.gui.popup_rows import Index, PopupRows
from statusdesk.gui.theme import Type, font
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import effect, tr

_BESIDE: Final = 48
_COLUMN: Final = 160
"""Room for sign and gap beside a name, and where descriptions start at the least, in logical pixels."""


class CalmComboBox(QComboBox):
    """A combo box that a turn of the wheel does not change: in a form that scrolls it would do so unseen."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()


class _StatusRows(PopupRows):
    """Rows of the list with what each status does and is for beside its name."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint a row, and the description where there is room."""
        super().paint(painter, option, index)
        name = option.fontMetrics.horizontalAdvance(str(index.data())) + _BESIDE
        room = option.rect.adjusted(max(name, _COLUMN), 0, -8, 0)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        use = font(Type.LABEL)
        text = str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole) or "")
        shown = QFontMetrics(use).elidedText(text, Qt.TextElideMode.ElideRight, max(0, room.width()))
        painter.save()
        painter.setFont(use)
        role = QPalette.ColorRole.Text if selected else QPalette.ColorRole.PlaceholderText
        painter.setPen(option.palette.color(role))
        place = QStyle.visualRect(option.direction, option.rect, room)
        align = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(QStyle.visualAlignment(option.direction, align)), shown)
        painter.restore()


class StatusPicker(QWidget):
    """Offers statuses; `name` begins the names of its parts; `chosen` comes when a person picks one."""

    chosen = Signal()

    def __init__(
        self, statuses: Iterable[Status], name: str = "account_status", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._statuses = {status.id: status for status in statuses}
        self.box = CalmComboBox()
        self.box.setObjectName(name)
        self.box.view().setObjectName(f"{name}_list")
        self.box.view().setAccessibleName(tr("Status"))
        self.box.setAccessibleName(tr("Status"))
        self.box.setIconSize(QSize(16, 16))
        self.box.setItemDelegate(_StatusRows(self.box))
        self._hint = TextLabel("", Type.LABEL, "muted", wrap=True)
        self._hint.setObjectName(f"{name}_hint")
        for place, status in enumerate(self._statuses.values()):
            name = status.name if status.live else tr("{status} (retired)").format(status=status.name)
            self.box.addItem(status_icon(status.shape, status.colour), name, status.id)
            self.box.setItemData(place, describe(status), Qt.ItemDataRole.ToolTipRole)
            self.box.setItemData(place, describe(status), Qt.ItemDataRole.AccessibleDescriptionRole)
        self.box.activated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box)
        column.addWidget(self._hint)
        self.setFocusProxy(self.box)
        self._tell()

    @property
    def status_id(self) -> int:
        """The status that is chosen."""
        return int(self.box.currentData())

    def choose(self, status_id: int) -> None:
        """Choose a status, and keep quiet."""
        self.box.setCurrentIndex(self.box.findData(status_id))
        self._tell()

    def _choose(self) -> None:
        self._tell()
        self.chosen.emit()

    def _tell(self) -> None:
        text = describe(self._statuses[self.status_id]) if self.box.count() else ""
        self._hint.setText(text)
        self.box.setAccessibleDescription(text)


def describe(status: Status) -> str:
    """Say what a status does and when to use it."""
    return ". ".join(part for part in (effect(status), status.description) if part)
