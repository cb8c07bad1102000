"""How rows of the status table are painted and renamed: every pixel of a cell is decided here."""

from typing import Final, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from statusdesk.gui.icons import paint_shape
from statusdesk.gui.models.status_rows import Column, StageRow, StatusRow
from statusdesk.gui.models.statuses_model import StatusesModel
from statusdesk.gui.panes.name_field import NameField, Refusal
from statusdesk.gui.theme import Tones, Type, colour_group, font, tones
from statusdesk.gui.wording import tr

Index = QModelIndex | QPersistentModelIndex

EDGE: Final = 16
"""Room between the pane's edge and what the table shows, in logical pixels, as are all lengths here."""

PAD: Final = 8
INDENT: Final = 8
ICON: Final = 16
BAR: Final = QSize(32, 6)
ROW_HEIGHT: Final = 28
ACCENT: Final = 3

_R: Final = QPalette.ColorRole
_S: Final = QStyle.StateFlag
_LEADING: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_TRAILING: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_ELIDE: Final = Qt.TextElideMode.ElideRight
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class _Cell:
    """One cell about to be painted: where it is, its colours, and ways to put text into it."""

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem, column: Column, last: Column) -> None:
        self.painter = painter
        self.rect = option.rect
        self.direction = option.direction
        self.palette = option.palette
        self.body = option.font
        self.selected = bool(option.state & _S.State_Selected)
        self.group = colour_group(option)
        self.lead = EDGE if column is Column.STATUS else PAD
        self.trail = EDGE if column is last else PAD
        self.tones: Tones = tones(option.palette)

    def colour(self, role: QPalette.ColorRole) -> QColor:
        return self.palette.color(self.group, role)

    def ink(self, *, muted: bool) -> QColor:
        """Text on Highlight is never muted: it would be hard to read."""
        return self.colour(_R.PlaceholderText if muted and not self.selected else _R.Text)

    def part(self, lead: int, trail: int) -> QRect:
        """Return what is left of the cell between these distances from its leading and trailing edges."""
        return QStyle.visualRect(self.direction, self.rect, self.rect.adjusted(lead, 0, -trail, 0))

    def write(self, place: QRect, text: str, use: QFont, ink: QColor, align: Qt.AlignmentFlag) -> int:
        """Write one line, cut where it does not fit; return how wide it is."""
        metrics = QFontMetrics(use)
        shown = metrics.elidedText(text, _ELIDE, place.width())
        self.painter.setFont(use)
        self.painter.setPen(ink)
        self.painter.drawText(place, int(QStyle.visualAlignment(self.direction, align)), shown)
        return metrics.horizontalAdvance(shown)


class StatusDelegate(QStyledItemDelegate):
    """Paints cells, and lets people rename a status in its own row.

    `hovered` and `target` are the rows under the pointer and under accounts being dragged, -1 for none; `last` is
    the last column that shows.
    """

    renamed = Signal(int, str)

    def __init__(self, model: StatusesModel, refusal: Refusal, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._refusal = refusal
        self.hovered = -1
        self.target = -1
        self.current = -1
        self.last = Column.MONTHLY

    def sizeHint(self, option: QStyleOptionViewItem, index: Index, /) -> QSize:
        """Return the size of a cell."""
        return QSize(super().sizeHint(option, index).width(), row_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint a cell: its ground, then what its column shows."""
        row, column = self._model.rows[index.row()], Column(index.column())
        cell = _Cell(painter, option, column, self.last)
        painter.save()
        self._paint_ground(cell, index)
        if isinstance(row, StageRow):
            self._paint_stage(cell, index)
        elif column is Column.STATUS:
            _paint_name(cell, row)
        else:
            _paint_fact(cell, row, column, index.data())
        painter.restore()

    def _paint_ground(self, cell: _Cell, index: Index) -> None:
        aimed = index.row() == self.target
        cell.selected = cell.selected or aimed
        hovered = index.row() == self.hovered and self._model.status_row(index) is not None
        role = _R.Highlight if cell.selected else _R.AlternateBase if hovered else _R.Base
        cell.painter.fillRect(cell.rect, cell.colour(role))
        if aimed:
            for top in (cell.rect.top(), cell.rect.bottom() - 1):
                cell.painter.fillRect(QRect(cell.rect.x(), top, cell.rect.width(), 2), cell.colour(_R.Accent))
        if index.row() == self.current and index.column() == Column.STATUS:
            bar = cell.part(0, cell.rect.width() - ACCENT)
            cell.painter.fillRect(bar, cell.colour(_R.Accent))

    def _paint_stage(self, cell: _Cell, index: Index) -> None:
        if index.row():
            line = QRect(cell.rect.x(), cell.rect.y(), cell.rect.width(), 1)
            cell.painter.fillRect(line, cell.colour(_R.Midlight))
        named = index.column() == Column.STATUS
        use = font(Type.HEADING if named else Type.LABEL)
        place = cell.part(cell.lead, cell.trail)
        cell.write(place, index.data(), use, cell.ink(muted=True), _LEADING if named else _TRAILING)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index, /) -> QWidget:
        """Return the field in which a status is renamed."""
        row = self._model.status_row(index)
        assert row is not None
        status = row.line.status
        return NameField(status.name, lambda text: self._refusal(status.id, text), parent)

    def setEditorData(self, _editor: QWidget, _index: Index, /) -> None:
        """Leave the field alone: it began with the name, and what is typed must survive a refresh."""

    def setModelData(self, editor: QWidget, _model: QObject, index: Index, /) -> None:
        """Ask for the new name, if it is one and nothing speaks against it."""
        row, field = self._model.status_row(index), cast("NameField", editor)
        if row is not None and field.wanted and field.wanted != row.line.status.name:
            self.renamed.emit(row.key, field.wanted)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index, /) -> None:
        """Put the field where the name is, beside the icon."""
        cell = option.rect.adjusted(EDGE + INDENT + ICON + PAD - 4, 1, -PAD + 4, -1)
        editor.setGeometry(QStyle.visualRect(option.direction, option.rect, cell))

    def eventFilter(self, editor: QObject, event: QEvent, /) -> bool:
        """Keep the field open where Enter or Tab would take a refused name."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            field = cast("NameField", editor)
            if not field.wanted:
                field.complain()
                return True
        return super().eventFilter(editor, event)


def row_height(use: QFont) -> int:
    """Return the height of a table row in this font."""
    return max(ROW_HEIGHT, QFontMetrics(use).height() + 10)


def _paint_name(cell: _Cell, row: StatusRow) -> None:
    status = row.line.status
    box = cell.part(cell.lead + INDENT, 0)
    box = QStyle.alignedRect(cell.direction, _LEADING, QSize(ICON, ICON), box)
    ground = cell.colour(_R.Highlight if cell.selected else _R.Base)
    paint_shape(cell.painter, box, status.shape, status.colour, ground, cell.colour(_R.Text))
    lead, trail = cell.lead + INDENT + ICON + PAD, cell.trail
    if status.retired:
        trail += _paint_retired(cell) + PAD
    cell.write(cell.part(lead, trail), status.name, cell.body, cell.ink(muted=status.retired), _LEADING)


def _paint_retired(cell: _Cell) -> int:
    return cell.write(
        cell.part(cell.lead, cell.trail), tr("retired"), font(Type.LABEL), cell.ink(muted=True), _TRAILING
    )


def _paint_fact(cell: _Cell, row: StatusRow, column: Column, text: str) -> None:
    status = row.line.status
    muted = status.retired or (column is Column.EFFECT and not status.activates)
    use = font(Type.LABEL) if column is Column.EFFECT else cell.body
    align = _LEADING if column is Column.EFFECT else _TRAILING
    if column is Column.SHARE:
        _paint_bar(cell, row.share, shown=row.line.accounts > 0)
    cell.write(cell.part(cell.lead, cell.trail), text, use, cell.ink(muted=muted), align)


def _paint_bar(cell: _Cell, share: int, *, shown: bool) -> None:
    track = QStyle.alignedRect(cell.direction, _LEADING, BAR, cell.part(cell.lead, cell.trail))
    cell.painter.fillRect(track, cell.colour(_R.Base) if cell.selected else cell.tones.bar_track)
    if shown:
        length = max(2, round(track.width() * share / 1000))
        bar = track.adjusted(0, 0, length - track.width(), 0)
        cell.painter.fillRect(QStyle.visualRect(cell.direction, track, bar), cell.tones.bar)
