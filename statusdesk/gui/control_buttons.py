"""Push buttons and tool buttons: their grounds, labels, focus and sizes.

`primary` marks the one button that its view is about, `flat_link` a button that reads as a link: both are dynamic
properties, set to True before the button is first shown.
"""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionToolButton,
    QToolButton,
    QWidget,
)

from statusdesk.gui.control_paint import (
    CONTROL_HEIGHT,
    R,
    S,
    has,
    mixed,
    paint_box,
    paint_chevron,
    paint_focus,
    touched,
)
from statusdesk.gui.icons import action_icon
from statusdesk.gui.palettes import tones

_DEFAULT: Final = QStyleOptionButton.ButtonFeature.DefaultButton
_FLAT: Final = QStyleOptionButton.ButtonFeature.Flat
_OFFERS: Final = QStyleOptionButton.ButtonFeature.HasMenu
_HAS_MENU: Final = QStyleOptionToolButton.ToolButtonFeature.HasMenu
_BESIDE: Final = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_ICON_ONLY: Final = Qt.ToolButtonStyle.ToolButtonIconOnly
_MENU_MARK: Final = 16
_ALL: Final = QPalette.ColorGroup.All
_PADDING: Final = 16
_LEAST_WIDTH: Final = 64
_LINK_HEIGHT: Final = 24


def is_marked(widget: QWidget | None, mark: str) -> bool:
    """Tell whether the widget has this dynamic property set to True."""
    return widget is not None and widget.property(mark) is True


def paint_command(option: QStyleOptionButton, painter: QPainter, widget: QWidget | None) -> None:
    """Paint the ground of a push button."""
    palette = option.palette
    if is_marked(widget, "primary"):
        _paint_primary(option, painter)
        return
    if is_marked(widget, "flat_link") or option.features & _FLAT:
        _paint_veil(option, painter, link=is_marked(widget, "flat_link"))
    else:
        on = has(option, S.State_On)
        ground = touched(option, tones(palette).message_ground if on else palette.color(R.Button))
        edge = palette.color(R.Accent if on or option.features & _DEFAULT else R.Mid)
        paint_box(painter, option.rect, ground, edge)
    if has(option, S.State_HasFocus):
        paint_focus(painter, option.rect, palette.color(R.Accent))


def _paint_primary(option: QStyleOption, painter: QPainter) -> None:
    palette, enabled = option.palette, has(option, S.State_Enabled)
    ground = palette.color(R.Accent) if enabled else palette.color(R.Midlight)
    if enabled and has(option, S.State_Sunken):
        ground = mixed(ground, palette.color(R.Text), 0.28)
    elif enabled and has(option, S.State_MouseOver):
        ground = mixed(ground, palette.color(R.Text), 0.14)
    paint_box(painter, option.rect, ground, None)
    if has(option, S.State_HasFocus):
        paint_box(painter, option.rect.adjusted(2, 2, -2, -2), None, palette.color(R.BrightText), 1.5, 2.5)


def paint_tool(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint the ground of a tool button; a flat one shows it only under the pointer or when switched on."""
    palette = option.palette
    if has(option, S.State_On):
        paint_box(painter, option.rect, touched(option, tones(palette).message_ground), None)
    elif has(option, S.State_AutoRaise):
        _paint_veil(option, painter)
    else:
        paint_box(painter, option.rect, touched(option, palette.color(R.Button)), palette.color(R.Mid))


def _paint_veil(option: QStyleOption, painter: QPainter, *, link: bool = False) -> None:
    if not has(option, S.State_Enabled) or link:
        return
    veil = QColor(option.palette.color(R.Text))
    veil.setAlphaF(0.14 if has(option, S.State_Sunken) else 0.07)
    if has(option, S.State_Sunken) or has(option, S.State_MouseOver):
        paint_box(painter, option.rect, veil, None)


def paint_label_focus(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Paint the focus of a tool button around it, of a check box or radio button around its label."""
    if isinstance(widget, QToolButton):
        paint_focus(painter, widget.rect(), option.palette.color(R.Accent))
    elif widget is not None:
        roomy = option.rect.adjusted(-2, -2, 4, 2).intersected(widget.rect())
        paint_focus(painter, roomy, option.palette.color(R.Accent))


def label_option(option: QStyleOptionButton, painter: QPainter, widget: QWidget | None) -> QStyleOptionButton:
    """Return the option to draw a push button's label with, and give the painter the font for it."""
    link = is_marked(widget, "flat_link")
    if not link and not is_marked(widget, "primary"):
        return option
    role = R.Link if link else R.BrightText
    font = _strong(painter.font())
    font.setUnderline(link and has(option, S.State_MouseOver))
    painter.setFont(font)
    label = QStyleOptionButton(option)
    label.fontMetrics = QFontMetrics(font)
    if has(option, S.State_Enabled):
        palette = QPalette(option.palette)
        palette.setColor(_ALL, R.ButtonText, palette.color(role))
        label.palette = palette
        label.icon = (
            action_icon(option.icon.name().removeprefix("action-"), role) if option.icon.name() else option.icon
        )
    return label


def tool_label_option(
    option: QStyleOptionToolButton, _painter: QPainter, _widget: QWidget | None
) -> QStyleOptionToolButton:
    """Return the option to draw a tool button's label with: icon and text keep away from the sides."""
    if option.toolButtonStyle != _BESIDE or not option.text:
        return option
    label = QStyleOptionToolButton(option)
    end = _MENU_MARK if option.features & _HAS_MENU else 0
    label.rect = QStyle.visualRect(option.direction, option.rect, option.rect.adjusted(6, 0, -6 - end, 0))
    return label


def paint_menu_mark(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Paint the chevron of a button that opens a menu, at the button's end."""
    place = option.rect
    if isinstance(widget, QToolButton):
        whole = widget.rect()
        place = QStyle.visualRect(
            option.direction, whole, whole.adjusted(whole.width() - _MENU_MARK - 8, 0, -8, 0)
        )
    paint_chevron(painter, place, option.palette.color(R.ButtonText))


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


def push_size(option: QStyleOptionButton, contents: QSize, widget: QWidget | None = None) -> QSize:
    """Return the size of a push button around its contents."""
    width = contents.width()
    link = is_marked(widget, "flat_link")
    if widget is not None and (link or is_marked(widget, "primary")):
        strong = QFontMetrics(_strong(widget.font()))
        width += strong.horizontalAdvance(option.text) - option.fontMetrics.horizontalAdvance(option.text)
    if link:
        return QSize(width + 8, max(_LINK_HEIGHT, contents.height() + 6))
    padding, least = (_PADDING, _LEAST_WIDTH) if option.text else (8, CONTROL_HEIGHT)
    padding = 12 if option.features & _OFFERS else padding
    return QSize(max(least, width + 2 * padding), max(CONTROL_HEIGHT, contents.height() + 12))


def tool_size(option: QStyleOptionToolButton, contents: QSize, _widget: QWidget | None = None) -> QSize:
    """Return the size of a tool button around its contents."""
    padding = 12 if option.text and option.toolButtonStyle != _ICON_ONLY else 8
    padding += _MENU_MARK if option.features & _HAS_MENU else 0
    return QSize(max(CONTROL_HEIGHT, contents.width() + padding), max(CONTROL_HEIGHT, contents.height() + 8))


def mark_size(_option: QStyleOption, contents: QSize, _widget: QWidget | None = None) -> QSize:
    """Return the size of a check box or radio button around its label."""
    return QSize(contents.width() + 16 + 8 + 4, max(24, contents.height() + 4))
