"""How each kind of control is drawn and sized: Fusion's structure in flat, rounded, bordered boxes."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComplex,
    QTextEdit,
    QWidget,
)

from statusdesk.gui import control_bars as bars
from statusdesk.gui import control_buttons as buttons
from statusdesk.gui import control_fields as fields
from statusdesk.gui.control_paint import paint_dot_box, paint_tick_box

_PE: Final = QStyle.PrimitiveElement
_CE: Final = QStyle.ControlElement
_CC: Final = QStyle.ComplexControl
_CT: Final = QStyle.ContentsType
_PM: Final = QStyle.PixelMetric
_SH: Final = QStyle.StyleHint
_LINE_EDIT_CONTENTS: Final = QStyle.SubElement.SE_LineEditContents
_POPUP: Final = QStyle.SubControl.SC_ComboBoxListBoxPopup
_FRAME_WIDTH: Final = _PM.PM_DefaultFrameWidth

Paint = Callable[[Any, QPainter, QWidget | None], None]

_PRIMITIVES: Final[dict[QStyle.PrimitiveElement, Paint]] = {
    _PE.PE_PanelButtonCommand: buttons.paint_command,
    _PE.PE_PanelButtonTool: buttons.paint_tool,
    _PE.PE_FrameFocusRect: buttons.paint_label_focus,
    _PE.PE_FrameDefaultButton: lambda _option, _painter, _widget: None,
    _PE.PE_PanelLineEdit: fields.paint_line_edit,
    _PE.PE_Frame: fields.paint_box_of,
    _PE.PE_IndicatorCheckBox: lambda option, painter, _: paint_tick_box(painter, option),
    _PE.PE_IndicatorRadioButton: lambda option, painter, _: paint_dot_box(painter, option),
    _PE.PE_IndicatorArrowDown: buttons.paint_menu_mark,
    _PE.PE_IndicatorHeaderArrow: bars.paint_sort_mark,
}
_CONTROLS: Final[dict[QStyle.ControlElement, Paint]] = {
    _CE.CE_ProgressBar: bars.paint_progress,
    _CE.CE_Splitter: bars.paint_splitter,
    _CE.CE_ToolBar: bars.paint_tool_bar,
    _CE.CE_HeaderSection: bars.paint_head,
    _CE.CE_HeaderEmptyArea: bars.paint_head,
}
_LABELS: Final[dict[QStyle.ControlElement, Callable[[Any, QPainter, QWidget | None], QStyleOption]]] = {
    _CE.CE_PushButtonLabel: buttons.label_option,
    _CE.CE_ToolButtonLabel: buttons.tool_label_option,
    _CE.CE_HeaderLabel: lambda option, _painter, _widget: bars.head_label(option),
}
_COMPLEX: Final[dict[QStyle.ComplexControl, Paint]] = {
    _CC.CC_ScrollBar: bars.paint_scroll_bar,
    _CC.CC_ComboBox: fields.paint_combo,
    _CC.CC_SpinBox: fields.paint_spin,
}
_PARTS: Final[dict[QStyle.ComplexControl, Callable[[Any, QStyle.SubControl], QRect]]] = {
    _CC.CC_ComboBox: fields.combo_part,
    _CC.CC_SpinBox: fields.spin_part,
    _CC.CC_ScrollBar: bars.scroll_part,
}
_SIZES: Final[dict[QStyle.ContentsType, Callable[..., QSize]]] = {
    _CT.CT_PushButton: buttons.push_size,
    _CT.CT_ToolButton: buttons.tool_size,
    _CT.CT_CheckBox: buttons.mark_size,
    _CT.CT_RadioButton: buttons.mark_size,
    _CT.CT_LineEdit: fields.line_edit_size,
    _CT.CT_ComboBox: fields.combo_size,
    _CT.CT_SpinBox: fields.spin_size,
    _CT.CT_HeaderSection: bars.head_size,
    _CT.CT_ProgressBar: bars.progress_size,
}
_METRICS: Final = {
    _PM.PM_IndicatorWidth: 16,
    _PM.PM_IndicatorHeight: 16,
    _PM.PM_ExclusiveIndicatorWidth: 16,
    _PM.PM_ExclusiveIndicatorHeight: 16,
    _PM.PM_CheckBoxLabelSpacing: 8,
    _PM.PM_RadioButtonLabelSpacing: 8,
    _PM.PM_LineEditIconMargin: 8,
    _PM.PM_ButtonShiftHorizontal: 0,
    _PM.PM_ButtonShiftVertical: 0,
    _PM.PM_ScrollBarExtent: bars.SCROLL_WIDTH,
    _PM.PM_SplitterWidth: 1,  # Qt gives a line this thin a grip of 5
    _PM.PM_HeaderMargin: 8,
    _PM.PM_HeaderMarkSize: 12,
}
_HINTS: Final = {
    _SH.SH_ComboBox_Popup: 0,
    _SH.SH_DialogButtonBox_ButtonsHaveIcons: 0,
}


class ControlStyle(QProxyStyle):
    """Draws and sizes controls; whatever has no entry in the tables above stays Fusion's."""

    def __init__(self, parent: QObject) -> None:
        super().__init__("Fusion")
        self.setParent(parent)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        /,
        widget: QWidget | None = None,
    ) -> None:
        """Draw a ground, a frame or an indicator."""
        if paint := _PRIMITIVES.get(element):
            paint(option, painter, widget)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        /,
        widget: QWidget | None = None,
    ) -> None:
        """Draw a part of a control, or its label with an option of our own."""
        paint = _CONTROLS.get(element)
        if paint and not bars.is_busy(option):
            paint(option, painter, widget)
            return
        painter.save()
        if prepare := _LABELS.get(element):
            option = prepare(option, painter, widget)
        super().drawControl(element, option, painter, widget)
        painter.restore()

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        /,
        widget: QWidget | None = None,
    ) -> None:
        """Draw a combo box or a spin box."""
        if paint := _COMPLEX.get(control):
            paint(option, painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        /,
        *of: Any,
        **named: Any,
    ) -> QRect:
        """Return where a part of a combo box or spin box is."""
        parts = _PARTS.get(control)
        if parts is None or (control == _CC.CC_ComboBox and part == _POPUP):
            return super().subControlRect(control, option, part, *of, **named)
        return parts(option, part)

    def subElementRect(self, element: QStyle.SubElement, option: QStyleOption, /, *of: Any, **named: Any) -> QRect:
        """Return where the text of a line edit is."""
        if element == _LINE_EDIT_CONTENTS:
            return fields.line_edit_contents(option)
        return super().subElementRect(element, option, *of, **named)

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, /, *of: Any, **named: Any
    ) -> QSize:
        """Return the size of a control around its contents."""
        if measure := _SIZES.get(kind):
            return measure(option, size, *of)
        return super().sizeFromContents(kind, option, size, *of, **named)

    def pixelMetric(
        self, metric: QStyle.PixelMetric, /, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Return a length in logical pixels."""
        if metric == _FRAME_WIDTH and isinstance(widget, QPlainTextEdit | QTextEdit):
            return 4
        known = _METRICS.get(metric)
        return super().pixelMetric(metric, option, widget) if known is None else known

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        /,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        """Return how a control behaves."""
        known = _HINTS.get(hint)
        return super().styleHint(hint, option, widget, returned) if known is None else known
