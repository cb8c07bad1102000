"""A history as people read one: signs on a line, newest first, what and when above, who and why below."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from statusdesk.gui import formats
from statusdesk.gui.icons import paint_action, paint_shape
from statusdesk.gui.models.timeline_steps import Step
from statusdesk.gui.theme import Type, font, tones
from statusdesk.gui.widgets.texts import LinkButton
from statusdesk.gui.widgets.wrapping import lay_out
from statusdesk.gui.wording import tr

Index = QModelIndex | QPersistentModelIndex

STEP: Final = 52
"""Height of a step that shows no details, in logical pixels, as are all lengths here."""

STEP_ROLE: Final = Qt.ItemDataRole.UserRole
_LINE: Final = 18
_ICON: Final = 16
_MARK_LEFT: Final = 20
_TEXT_LEFT: Final = 28
_LEADING: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_TRAILING: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_R: Final = QPalette.ColorRole
_FOCUS: Final = QStyle.StateFlag.State_HasFocus


class TimelineModel(QAbstractListModel):
    """The steps as rows; `STEP_ROLE` gives a row's `Step`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.steps: tuple[Step, ...] = ()

    def show(self, steps: Sequence[Step]) -> None:
        """Show other steps."""
        self.beginResetModel()
        self.steps = tuple(steps)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many steps there are."""
        return 0 if parent.isValid() else len(self.steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the whole step as text, or the step itself."""
        if not index.isValid():
            return None
        step = self.steps[index.row()]
        if role == STEP_ROLE:
            return step
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (*step.details, step.who_and_why, step.tip) if part)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return step.text
        return None


class _StepDelegate(QStyledItemDelegate):
    """Paints a step; the line goes on to the one below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index, /) -> QSize:
        """Return the height that the step's lines need."""
        return QSize(0, step_height(index.data(STEP_ROLE), _text_width(self.parent())))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint sign and line at the leading side, the texts beside them."""
        step: Step = index.data(STEP_ROLE)
        last = index.row() == index.model().rowCount() - 1
        painter.save()
        self._paint_sign(painter, option, step, last=last)
        self._paint_texts(painter, option, step)
        if option.state & _FOCUS:
            mark = QRect(option.rect.left() + _MARK_LEFT, option.rect.top(), 3, option.rect.height() - 12)
            painter.fillRect(
                QStyle.visualRect(option.direction, option.rect, mark), option.palette.color(_R.Accent)
            )
        painter.restore()

    def _paint_sign(self, painter: QPainter, option: QStyleOptionViewItem, step: Step, *, last: bool) -> None:
        rect, palette = option.rect, option.palette
        if not last:
            line = QRect(rect.left() + _ICON // 2, rect.top() + _ICON + 8, 1, rect.height() - _ICON - 10)
            painter.fillRect(QStyle.visualRect(option.direction, rect, line), tones(palette).edge)
        icon = QRect(rect.left(), rect.top() + 3, _ICON, _ICON)
        icon = QStyle.visualRect(option.direction, rect, icon)
        if step.shape:
            paint_shape(painter, icon, step.shape, step.colour, palette.color(_R.Base), palette.color(_R.Text))
        else:
            paint_action(painter, icon, step.sign, tones(palette).muted)

    def _paint_texts(self, painter: QPainter, option: QStyleOptionViewItem, step: Step) -> None:
        palette, small = option.palette, font(Type.LABEL)
        muted = tones(palette).muted
        row = QRect(
            option.rect.left() + _TEXT_LEFT, option.rect.top() + 2, option.rect.width() - _TEXT_LEFT, _LINE
        )
        apart = _is_apart(step, row.width())
        _write(painter, option, row, step.title, font(Type.STRONG), palette.color(_R.Text), _LEADING)
        row.translate(0, _LINE if apart else 0)
        _write(painter, option, row, step.moment, small, muted, _LEADING if apart else _TRAILING)
        row.translate(0, _LINE)
        for text in step.details:
            row.setHeight(_detail_height(text, row.width()))
            painter.setPen(palette.color(_R.Text))
            place = QStyle.visualRect(option.direction, option.rect, row)
            lay_out(text, small, place.width(), option.direction).draw(painter, QPointF(place.topLeft()))
            row.translate(0, row.height())
        row.setHeight(_LINE)
        room = link_width(step) + 8 if step.link else 0
        if step.undone:
            room = _write(painter, option, row, tr("undone"), small, muted, _TRAILING) + 8
        _write(painter, option, row.adjusted(0, 0, -room, 0), step.who_and_why, small, muted, _LEADING)


def step_height(step: Step, width: int) -> int:
    """Return how high a step is whose texts have this width."""
    return STEP + sum(_detail_height(text, width) for text in step.details) + _LINE * _is_apart(step, width)


def _is_apart(step: Step, width: int) -> bool:
    """Tell whether the moment has no room beside the title, and stands below it."""
    title = QFontMetrics(font(Type.STRONG)).horizontalAdvance(step.title)
    return title + 8 + QFontMetrics(font(Type.LABEL)).horizontalAdvance(step.moment) > width


def _detail_height(text: str, width: int) -> int:
    small = font(Type.LABEL)
    height = lay_out(text, small, width).boundingRect().height()
    return round(height) + _LINE - QFontMetrics(small).height()


def _text_width(view: QObject | None) -> int:
    return view.viewport().width() - _TEXT_LEFT if isinstance(view, QListView) else 0


def link_width(step: Step) -> int:
    """Return how wide the step's link is."""
    return QFontMetrics(font(Type.STRONG)).horizontalAdvance(step.link)


def _write(
    painter: QPainter,
    option: QStyleOptionViewItem,
    row: QRect,
    text: str,
    use: QFont,
    ink: QColor,
    align: Qt.AlignmentFlag,
) -> int:
    metrics = QFontMetrics(use)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, row.width()))
    painter.setFont(use)
    painter.setPen(ink)
    place = QStyle.visualRect(option.direction, option.rect, row)
    painter.drawText(place, int(QStyle.visualAlignment(option.direction, align)), formats.isolated(shown))
    return metrics.horizontalAdvance(shown)


class Timeline(QListView):
    """All steps in full height, for a scroll area around it; links are buttons in their rows.

    `undo_requested(change set)` comes from a link, `step_reached(QRect)` when the keyboard moves to a step: its
    place in this widget.
    """

    undo_requested = Signal(int)
    step_reached = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("History"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.steps = TimelineModel(self)
        self.setModel(self.steps)
        self.setItemDelegate(_StepDelegate(self))
        self._links: list[LinkButton] = []
        self.selectionModel().currentChanged.connect(self._reach)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show other steps; the row that the keyboard is at stays."""
        if tuple(steps) == self.steps.steps:
            return
        row = self.currentIndex().row()
        self.steps.show(steps)
        self._fit()
        self._make_links()
        if row >= 0:
            self.setCurrentIndex(self.steps.index(min(row, len(steps) - 1)))

    def _fit(self) -> None:
        width = _text_width(self)
        self.setFixedHeight(sum(step_height(step, width) for step in self.steps.steps))

    def _make_links(self) -> None:
        for link in self._links:
            link.hide()
            link.deleteLater()
        self._links = []
        for row, step in enumerate(self.steps.steps):
            if step.link:
                self._links.append(self._make_link(row, step))
        self._place_links()

    def _make_link(self, row: int, step: Step) -> LinkButton:
        link = LinkButton(step.link, self.viewport())
        link.setObjectName("timeline_undo")
        link.setProperty("row", row)
        link.setAccessibleName(f"{step.link} {step.tip}")
        link.setToolTip(step.tip)
        link.clicked.connect(lambda: self.undo_requested.emit(step.change_set))
        link.show()
        return link

    def _place_links(self) -> None:
        for link in self._links:
            place = self.visualRect(self.steps.index(link.property("row")))
            size = link.sizeHint()
            top = place.top() + place.height() - STEP + 2 + _LINE + (_LINE - size.height()) // 2
            spare = (size.width() - link.fontMetrics().horizontalAdvance(link.text())) // 2
            box = QRect(place.right() + 1 - size.width() + spare, top, size.width(), size.height())
            link.setGeometry(QStyle.visualRect(self.layoutDirection(), place, box))

    def _reach(self, current: QModelIndex) -> None:
        if current.isValid() and self.hasFocus():
            self.step_reached.emit(self.visualRect(current))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the links at the trailing edge."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._fit()
        self._place_links()
