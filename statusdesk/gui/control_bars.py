"""The long and thin: scroll bars, progress bars, splitters, tool bars and the heads of tables."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QStyle,
    QStyleOption,
    QStyleOptionHeader,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QWidget,
)

from statusdesk.gui.control_paint import R, S, has, mixed, paint_box, paint_chevron
from statusdesk.gui.palettes import tones

SCROLL_WIDTH: Final = 12
"""Width of a scroll bar, in logical pixels."""

_SC: Final = QStyle.SubControl
_HORIZONTAL: Final = Qt.Orientation.Horizontal
_SLIDER: Final = _SC.SC_ScrollBarSlider
_SORTED_UP: Final = QStyleOptionHeader.SortIndicator.SortUp
_UNSORTED: Final = QStyleOptionHeader.SortIndicator.None_
_END: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_LEAST_SLIDER: Final = 32
_PERCENT: Final = 44


def paint_scroll_bar(option: QStyleOptionSlider, painter: QPainter, widget: QWidget | None) -> None:
    """Paint a scroll bar: a rounded slider on the ground of what it scrolls."""
    ground = _scrolled_ground(option, widget)
    painter.fillRect(option.rect, ground)
    if option.maximum <= option.minimum:
        return
    held = has(option, S.State_Sunken) and option.activeSubControls == _SLIDER
    over = has(option, S.State_MouseOver) and option.activeSubControls == _SLIDER
    ink = mixed(ground, option.palette.color(R.Text), 0.55 if held else 0.45 if over else 0.3)
    paint_box(painter, scroll_part(option, _SLIDER).adjusted(3, 3, -3, -3), ink, None, 0, 3)


def _scrolled_ground(option: QStyleOption, widget: QWidget | None) -> QColor:
    frame = widget.parentWidget() if widget is not None else None
    area = frame.parentWidget() if frame is not None else None
    if isinstance(area, QAbstractScrollArea):
        viewport = area.viewport()
        return viewport.palette().color(viewport.backgroundRole())
    return option.palette.color(R.Window)


def scroll_part(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    """Return where a part of a scroll bar is; there are no arrows at its ends."""
    whole = option.rect
    level = option.orientation == _HORIZONTAL
    length = whole.width() if level else whole.height()
    span = option.maximum - option.minimum
    slider = min(length, max(_LEAST_SLIDER, length * option.pageStep // max(1, span + option.pageStep)))
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - slider, option.upsideDown
    )
    ranges = {
        _SLIDER: (start, slider),
        _SC.SC_ScrollBarSubPage: (0, start),
        _SC.SC_ScrollBarAddPage: (start + slider, length - start - slider),
        _SC.SC_ScrollBarGroove: (0, length),
    }
    at, size = ranges.get(part, (0, 0))
    place = QRect(whole.x() + at, whole.y(), size, whole.height())
    if not level:
        place = QRect(whole.x(), whole.y() + at, whole.width(), size)
    return QStyle.visualRect(option.direction, whole, place) if level else place


def paint_progress(option: QStyleOptionProgressBar, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint how far a job is: a bar of eight pixels and, where the text is shown, the text at its end."""
    label = _PERCENT if option.textVisible else 0
    track = QStyle.visualRect(option.direction, option.rect, option.rect.adjusted(0, 0, -label, 0))
    track.adjust(0, (track.height() - 8) // 2, 0, -((track.height() - 7) // 2))
    paint_box(painter, track, tones(option.palette).bar_track, None)
    span = max(1, option.maximum - option.minimum)
    done = 0 if option.progress < option.minimum else (option.progress - option.minimum) / span
    if done:
        filled = QRect(track.x(), track.y(), max(8, round(track.width() * done)), track.height())
        bar = QStyle.visualRect(option.direction, track, filled)
        paint_box(painter, bar, option.palette.color(R.Accent), None)
    if label:
        painter.setPen(option.palette.color(R.Text))
        end = QRect(option.rect.right() - label, option.rect.y(), label, option.rect.height())
        align = QStyle.visualAlignment(option.direction, _END)
        painter.drawText(QStyle.visualRect(option.direction, option.rect, end), align, option.text)


def is_busy(option: QStyleOption) -> bool:
    """Tell whether this is a progress bar that knows no end; Fusion keeps it moving."""
    return isinstance(option, QStyleOptionProgressBar) and option.maximum == option.minimum


def paint_splitter(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint the line between two panes."""
    painter.fillRect(option.rect, option.palette.color(R.Midlight))


def paint_tool_bar(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint the plain ground of a tool bar."""
    painter.fillRect(option.rect, option.palette.color(R.Window))


def paint_head(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint the ground of a table's head: plain, with a line below."""
    palette, rect = option.palette, option.rect
    painter.fillRect(rect, palette.color(R.Base))
    if has(option, S.State_MouseOver) or has(option, S.State_Sunken):
        painter.fillRect(rect, mixed(palette.color(R.Base), palette.color(R.Text), 0.05))
    painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), tones(palette).edge)


def head_label(option: QStyleOptionHeader) -> QStyleOptionHeader:
    """Return the option to draw a column's name with: muted, but for the column that sorts."""
    label = QStyleOptionHeader(option)
    palette = QPalette(option.palette)
    role = R.PlaceholderText if option.sortIndicator == _UNSORTED else R.Text
    palette.setColor(QPalette.ColorGroup.All, R.ButtonText, palette.color(role))
    label.palette = palette
    return label


def paint_sort_mark(option: QStyleOptionHeader, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint the chevron that shows which way a column sorts."""
    up = option.sortIndicator == _SORTED_UP
    paint_chevron(painter, option.rect, option.palette.color(R.Text), up=up)


def head_size(option: QStyleOptionHeader, contents: QSize, _widget: QWidget | None = None) -> QSize:
    """Return the least size of a column's head around its name."""
    name = option.fontMetrics.size(0, option.text)
    mark = 0 if option.sortIndicator == _UNSORTED else 16
    return QSize(name.width() + 16 + mark, max(30, name.height() + 10, contents.height()))


def progress_size(_option: QStyleOption, contents: QSize, _widget: QWidget | None = None) -> QSize:
    """Return the size of a progress bar."""
    return QSize(contents.width(), max(16, contents.height() - 4))
