"""What is known about one account, as a list of labels and values; only what is filled in is shown."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from statusdesk.domain.fields import FIELDS, Field, Kind
from statusdesk.domain.records import Account, DatabaseInfo
from statusdesk.gui import formats
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import field_name, tr

LABELS: Final = 100
"""Width of the column of labels, in logical pixels."""

_ELSEWHERE: Final = ("name", "status")


class _Value(TextLabel):
    """A value that can be selected and copied; a word longer than the pane is cut instead of widening it."""

    def __init__(self) -> None:
        super().__init__(wrap=True)
        self.below = False
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def minimumSizeHint(self) -> QSize:
        """Let the pane decide the width."""
        return QSize(0, super().minimumSizeHint().height())


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
        self._grid = grid
        for place, field in enumerate(field for field in FIELDS if field.name not in _ELSEWHERE):
            label = TextLabel(field_name(field), Type.LABEL, "muted", wrap=True)
            label.setFixedWidth(LABELS - 8)
            label.setContentsMargins(0, 1, 0, 0)
            value = _Value()
            value.setObjectName(f"details_{field.name}")
            value.setAccessibleDescription(field_name(field))
            grid.addWidget(label, 2 * place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, 2 * place, 1, Qt.AlignmentFlag.AlignTop)
            self._rows[field.name] = (label, value)

    def show_account(self, account: Account) -> None:
        """Show another account's fields, or the same one's as they are now."""
        texts = dict(self._texts(account))
        for name, (label, value) in self._rows.items():
            text = texts.get(name, "")
            value.setText(text)
            label.setVisible(bool(text))
            value.setVisible(bool(text))
        self._arrange()

    def _arrange(self) -> None:
        """Give a value with a word too long for its column the whole width, below its label."""
        for place, (_, value) in enumerate(self._rows.values()):
            widest = max((value.fontMetrics().horizontalAdvance(word) for word in value.text().split()), default=0)
            below = widest > self.width() - LABELS
            value.setToolTip(value.text() if widest > self.width() else "")
            if below is not value.below:
                value.below = below
                row, column, columns = (2 * place + 1, 0, 2) if below else (2 * place, 1, 1)
                self._grid.addWidget(value, row, column, 1, columns, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the values for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _texts(self, account: Account) -> Iterator[tuple[str, str]]:
        for field in FIELDS:
            if field.name not in _ELSEWHERE:
                yield field.name, self._text(field, getattr(account, field.name))

    def _text(self, field: Field, value: object) -> str:
        match field.kind, value:
            case Kind.MONEY, int():
                return f"{formats.money(value, self._info.currency)} {self._info.currency}"
            case Kind.INSTANT, int():
                return formats.moment(value, self._info.time_zone)
            case Kind.DATE, str():
                return formats.date(value)
            case Kind.FLAG, _:
                return tr("Yes") if value else ""
            case Kind.COUNT, int():
                return formats.count(value) if value else ""
            case _:
                return str(value)
