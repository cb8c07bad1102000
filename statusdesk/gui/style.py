"""Fusion, flattened: filled rounded controls with one border, without style sheets.

A style written in Python triples the time a table takes to paint, as each cell asks it a dozen things. So the
application's style, `AppStyle`, is Fusion but for one thing: whatever control it polishes gets `ControlStyle`.
"""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QProxyStyle,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSplitter,
    QSplitterHandle,
    QStyle,
    QStyleOption,
    QTextEdit,
    QToolBar,
    QToolButton,
    QWidget,
)

from statusdesk.gui.control_style import ControlStyle
from statusdesk.gui.icons import action_icon
from statusdesk.gui.popup_rows import PopupRows

_CONTROLS: Final = (
    QPushButton,
    QToolButton,
    QCheckBox,
    QRadioButton,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QComboBox,
    QAbstractSpinBox,
    QDialogButtonBox,
    QScrollBar,
    QProgressBar,
    QSplitter,
    QSplitterHandle,
    QToolBar,
    QHeaderView,
    QLabel,
)
_STYLED: Final = Qt.WidgetAttribute.WA_SetStyle
_CLEAR: Final = QStyle.StandardPixmap.SP_LineEditClearButton


class AppStyle(QProxyStyle):
    """Fusion for everything, and `ControlStyle` for controls."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self._controls = ControlStyle(self)

    def polish(self, thing: QApplication | QWidget | QPalette | Qt.GlobalColor | QColor, /) -> None:
        """Prepare a widget for its first showing; a control gets the style for controls.

        Tips say names that people were given from outside: they are text, whatever Qt takes them for.
        """
        super().polish(thing)
        if isinstance(thing, QLabel) and thing.metaObject().className() == "QTipLabel":
            thing.setTextFormat(Qt.TextFormat.PlainText)
        if isinstance(thing, _CONTROLS) and not thing.testAttribute(_STYLED):
            thing.setStyle(self._controls)
            if (
                isinstance(thing, QComboBox)
                and thing.itemDelegate().metaObject().className() == "QComboBoxDelegate"
            ):
                thing.setItemDelegate(PopupRows(thing))

    def standardIcon(
        self,
        icon: QStyle.StandardPixmap,
        /,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> QIcon:
        """Return a standard icon; the one that clears a line is ours."""
        return action_icon("close") if icon == _CLEAR else super().standardIcon(icon, option, widget)
