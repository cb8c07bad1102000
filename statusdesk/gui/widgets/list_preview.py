"""Two rows as the status table shows them: a status there is, and below it, selected, the one being shaped."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from statusdesk.gui.icons import paint_shape
from statusdesk.gui.theme import Type, font

ROW: Final = 28
"""Height of a row in logical pixels, as are all lengths here."""

_PAD: Final = 10
_ICON: Final = 16
_BAR: Final = 3
_R: Final = QPalette.ColorRole
_START: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What one row shows; `colour` is `#RRGGBB`."""

    name: str
    shape: str
    colour: str
    effect: str


class ListPreview(QWidget):
    """Shows the rows given last; the last one is the selected one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PreviewRow, ...] = ()
        self.setAccessibleName(self.tr("In the list"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, *rows: PreviewRow) -> None:
        """Show these rows."""
        self._rows = rows
        self.setAccessibleDescription("; ".join(f"{row.name}, {row.effect}" for row in rows))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for two rows."""
        return QSize(248, 2 * self._row_height() + 2)

    def _row_height(self) -> int:
        return max(ROW, QFontMetrics(font(Type.BODY)).height() + 12)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the ground, the rows and lines around."""
        palette, height = self.palette(), self._row_height()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), palette.color(_R.Base))
            painter.setPen(palette.color(_R.Midlight))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            for place, row in enumerate(self._rows):
                rect = QRect(1, 1 + place * height, self.width() - 2, height)
                self._paint_row(painter, rect, row, selected=place == len(self._rows) - 1)

    def _paint_row(self, painter: QPainter, rect: QRect, row: PreviewRow, *, selected: bool) -> None:
        palette, direction = self.palette(), self.layoutDirection()
        active = QPalette.ColorGroup.Active
        ground = palette.color(active, _R.Highlight if selected else _R.Base)
        text = palette.color(_R.Text)
        painter.fillRect(rect, ground)
        if selected:
            bar = QRect(rect.x(), rect.y(), _BAR, rect.height())
            painter.fillRect(QStyle.visualRect(direction, rect, bar), palette.color(_R.Accent))
        icon = QRect(rect.x() + _PAD, rect.y() + (rect.height() - _ICON) // 2, _ICON, _ICON)
        paint_shape(painter, QStyle.visualRect(direction, rect, icon), row.shape, row.colour, ground, text)
        painter.setFont(font(Type.LABEL))
        painter.setPen(text if selected else palette.color(_R.PlaceholderText))
        effect = QFontMetrics(painter.font()).horizontalAdvance(row.effect)
        self._write(painter, rect, (_PAD, _PAD), row.effect, _END)
        painter.setFont(font(Type.BODY))
        painter.setPen(text)
        self._write(painter, rect, (_PAD + _ICON + 8, 2 * _PAD + effect), row.name, _START)

    def _write(
        self, painter: QPainter, rect: QRect, sides: tuple[int, int], text: str, align: Qt.AlignmentFlag
    ) -> None:
        direction = self.layoutDirection()
        place = QStyle.visualRect(direction, rect, rect.adjusted(sides[0], 0, -sides[1], 0))
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(QStyle.visualAlignment(direction, align)), shown)
