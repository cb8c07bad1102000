"""Line edits, text edits, combo boxes and spin boxes: their boxes, their parts and their sizes.

A field with the dynamic property `invalid` set to True has a red edge; words beside it must say why.
"""

from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QStyle,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStyleOptionSpinBox,
    QWidget,
)

from statusdesk.gui.control_buttons import is_marked
from statusdesk.gui.control_paint import (
    CONTROL_HEIGHT,
    R,
    S,
    has,
    paint_chevron,
    paint_field,
    paint_focus,
    touched,
)
from statusdesk.gui.palettes import tones

_SC: Final = QStyle.SubControl
_READ_ONLY: Final = S.State_ReadOnly
_NO_BUTTONS: Final = QAbstractSpinBox.ButtonSymbols.NoButtons
_UP: Final = QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
_DOWN: Final = QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
_ARROW: Final = 28
_STEPS: Final = 24


def paint_line_edit(option: QStyleOptionFrame, painter: QPainter, widget: QWidget | None) -> None:
    """Paint the box of a line edit; one without a frame is part of another control or edits a table's cell."""
    ground = option.palette.color(R.Window if has(option, _READ_ONLY) else R.Base)
    if option.lineWidth > 0:
        paint_box_of(option, painter, widget)
    elif widget is None or not isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox):
        painter.fillRect(option.rect, ground)
        if has(option, S.State_HasFocus):
            edge = tones(option.palette).loss if is_marked(widget, "invalid") else option.palette.color(R.Accent)
            paint_focus(painter, option.rect, edge)


def paint_box_of(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Paint the box of a line edit or a text edit."""
    ground = option.palette.color(R.Window if has(option, _READ_ONLY) else R.Base)
    focused = has(option, S.State_HasFocus)
    paint_field(painter, option, ground, focused=focused, wrong=is_marked(widget, "invalid"))


def paint_combo(option: QStyleOptionComboBox, painter: QPainter, widget: QWidget | None) -> None:
    """Paint a combo box but for its label."""
    palette = option.palette
    ground = palette.color(R.Base) if option.editable else touched(option, palette.color(R.Button))
    focused = has(option, S.State_HasFocus)
    paint_field(painter, option, ground, focused=focused, wrong=is_marked(widget, "invalid"))
    paint_chevron(painter, combo_part(option, _SC.SC_ComboBoxArrow), palette.color(R.ButtonText))


def paint_spin(option: QStyleOptionSpinBox, painter: QPainter, widget: QWidget | None) -> None:
    """Paint a spin box but for its text."""
    palette = option.palette
    focused = has(option, S.State_HasFocus)
    ground = palette.color(R.Window if has(option, _READ_ONLY) else R.Base)
    paint_field(painter, option, ground, focused=focused, wrong=is_marked(widget, "invalid"))
    if option.buttonSymbols == _NO_BUTTONS:
        return
    for part, step in ((_SC.SC_SpinBoxUp, _UP), (_SC.SC_SpinBoxDown, _DOWN)):
        role = R.ButtonText if option.stepEnabled & step else R.Mid
        paint_chevron(painter, spin_part(option, part), palette.color(role), up=part == _SC.SC_SpinBoxUp)


def combo_part(option: QStyleOptionComboBox, part: QStyle.SubControl) -> QRect:
    """Return where the frame, the arrow or the text of a combo box is."""
    whole = option.rect
    if part == _SC.SC_ComboBoxArrow:
        return _mirrored(option, whole.adjusted(whole.width() - _ARROW, 0, 0, 0))
    if part == _SC.SC_ComboBoxEditField:
        return _mirrored(option, whole.adjusted(6 if option.editable else 10, 3, -_ARROW, -3))
    return whole


def spin_part(option: QStyleOptionSpinBox, part: QStyle.SubControl) -> QRect:
    """Return where the frame, a step or the text of a spin box is."""
    whole = option.rect
    steps = 0 if option.buttonSymbols == _NO_BUTTONS else _STEPS
    column = whole.adjusted(whole.width() - steps - 2, 2, -2, -2)
    half = column.height() // 2
    parts = {
        _SC.SC_SpinBoxUp: column.adjusted(0, 0, 0, -half),
        _SC.SC_SpinBoxDown: column.adjusted(0, half, 0, 0),
        _SC.SC_SpinBoxEditField: whole.adjusted(6, 3, -max(6, steps + 2), -3),
    }
    return _mirrored(option, parts.get(part, whole))


def line_edit_contents(option: QStyleOption) -> QRect:
    """Return where the text of a line edit is."""
    return option.rect.adjusted(6, 2, -6, -2) if getattr(option, "lineWidth", 0) > 0 else option.rect


def line_edit_size(option: QStyleOptionFrame, contents: QSize, _widget: QWidget | None = None) -> QSize:
    """Return the size of a line edit around its text."""
    if option.lineWidth <= 0:
        return contents
    return QSize(contents.width() + 12, max(CONTROL_HEIGHT, contents.height() + 8))


def combo_size(_option: QStyleOption, contents: QSize, _widget: QWidget | None = None) -> QSize:
    """Return the size of a combo box around its widest text."""
    return QSize(contents.width() + 12 + _ARROW, max(CONTROL_HEIGHT, contents.height() + 8))


def spin_size(_option: QStyleOption, contents: QSize, _widget: QWidget | None = None) -> QSize:
    """Return the size of a spin box around its widest text."""
    return QSize(contents.width() + 12 + _STEPS, max(CONTROL_HEIGHT, contents.height() + 6))


def _mirrored(option: QStyleOption, part: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, part)
