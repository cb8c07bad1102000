"""How the whole application is dressed: style, palette and type, the same on every platform.

Some platforms ignore a wish for dark, others bring a palette of their own; ours is set in any case.
"""

from enum import Enum
from typing import Literal

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QToolTip

from statusdesk.gui.palettes import Tones, is_dark, scheme_palette, scheme_tones, tones
from statusdesk.gui.style import AppStyle

__all__ = [
    "Scheme",
    "Tones",
    "Type",
    "apply_theme",
    "colour_group",
    "font",
    "is_dark",
    "scheme_palette",
    "scheme_tones",
    "tones",
]

Scheme = Literal["system", "light", "dark"]


class Type(Enum):
    """A use of type: size relative to body text at 13, and weight. Source: the design's type table."""

    BODY = (13, QFont.Weight.Normal)
    LABEL = (12, QFont.Weight.Normal)
    HEADING = (12, QFont.Weight.DemiBold)
    STRONG = (13, QFont.Weight.DemiBold)
    PANE_HEAD = (15, QFont.Weight.DemiBold)
    OLD_FIGURE = (15, QFont.Weight.Normal)
    DIALOG_TITLE = (18, QFont.Weight.DemiBold)
    FIGURE = (22, QFont.Weight.DemiBold)


def font(use: Type) -> QFont:
    """Return the application's font in the size and weight of this use."""
    size, weight = use.value
    chosen = QApplication.font()
    if chosen.pointSizeF() > 0:
        chosen.setPointSizeF(chosen.pointSizeF() * size / 13)
    else:
        chosen.setPixelSize(round(chosen.pixelSize() * size / 13))
    chosen.setWeight(weight)
    return chosen


def colour_group(option: QStyleOptionViewItem) -> QPalette.ColorGroup:
    """Return the group for a cell: active as long as its window is; Qt's own answer asks for the keyboard."""
    shown = option.widget.isActiveWindow()
    return QPalette.ColorGroup.Active if shown else QPalette.ColorGroup.Inactive


class _Theme(QObject):
    """Keeps one application in the wanted scheme, or in the platform's as that changes."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("theme")
        self._app = app
        self._wanted: Scheme = "system"
        self._platform_is_dark = is_dark(QGuiApplication.palette())
        app.setStyle(AppStyle())
        _use_tabular_digits(app)
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def want(self, scheme: Scheme) -> None:
        self._wanted = scheme
        hints = self._app.styleHints()
        if scheme == "system":
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if scheme == "dark" else Qt.ColorScheme.Light)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        palette = scheme_palette(dark=self._wants_dark())
        if self._app.palette() != palette:
            self._app.setPalette(palette)
            QToolTip.setPalette(palette)

    def _wants_dark(self) -> bool:
        if self._wanted != "system":
            return self._wanted == "dark"
        platform = _platform_scheme()
        if platform == Qt.ColorScheme.Unknown:
            return self._platform_is_dark
        return platform == Qt.ColorScheme.Dark


def apply_theme(app: QApplication, scheme: Scheme = "system") -> None:
    """Dress the application in our style, type and palette; call it again to change the scheme."""
    theme = app.findChild(_Theme, "theme", Qt.FindChildOption.FindDirectChildrenOnly) or _Theme(app)
    theme.want(scheme)


def _platform_scheme() -> Qt.ColorScheme:
    return QGuiApplication.styleHints().colorScheme()


def _use_tabular_digits(app: QApplication) -> None:
    digits = app.font()
    digits.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(digits)
