"""Icons that follow the palette, the selection and the scheme by themselves.

One icon engine tints while it paints. A status keeps its colour; where that stands out less than 3:1 from its
ground it gets an outline in the text's colour. Item views paint icons, on Base or Highlight; buttons and menus
ask for pixmaps, so those are meant for the Button colour. Whoever knows the ground better calls `paint_shape`.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QImage, QPainter, QPalette, QPixmap

from statusdesk.domain.looks import contrast
from statusdesk.gui.vectors import Inks, paint_svg, sound_colour, svg_image

OUTLINED_BELOW: Final = 3.0
"""Contrast ratio to the ground below which a status icon is outlined. Source: WCAG 2.2, 1.4.11."""

_SELECTED: Final = QIcon.Mode.Selected
_DISABLED: Final = QIcon.Mode.Disabled
_ACTIVE_GROUP: Final = QPalette.ColorGroup.Active
_INACTIVE_GROUP: Final = QPalette.ColorGroup.Inactive
_DISABLED_GROUP: Final = QPalette.ColorGroup.Disabled
_R: Final = QPalette.ColorRole

_clones: list[QIconEngine] = []


@lru_cache(maxsize=1024)
def status_icon(shape: str, colour: str) -> QIcon:
    """Return the icon of a status; `shape` is a `Shape`, `colour` a `#RRGGBB`. It is shared: do not change it."""
    return QIcon(_TintingEngine(str(shape), lambda mode, painted: _status_inks(colour, mode, painted)))


@lru_cache(maxsize=256)
def action_icon(name: str, role: QPalette.ColorRole = _R.ButtonText) -> QIcon:
    """Return the sign of an action, such as "undo", in the palette's colour for the role. It is shared."""
    return QIcon(_TintingEngine(f"action-{name}", lambda mode, _: _action_inks(role, mode)))


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """Return the program's own icon. It is shared."""
    return QIcon(_TintingEngine("app", lambda _mode, _painted: ("", "")))


def paint_shape(
    painter: QPainter, rect: QRect | QRectF, shape: str, colour: str, ground: QColor, text: QColor
) -> None:
    """Paint a status shape as large as fits into the rectangle, outlined where the ground asks for it."""
    paint_svg(painter, QRectF(rect), str(shape), _shape_inks(colour, ground, text))


@lru_cache(maxsize=1024)
def shape_image(shape: str, colour: str, ground: int, text: int, side: int, scale: float) -> QImage:
    """Return what `paint_shape` paints into a square of `side`, where a logical pixel has `scale` whole ones.

    `ground` and `text` are colours as `QColor.rgb` gives them. The image is shared: do not change it.
    """
    inks = _shape_inks(colour, QColor.fromRgb(ground), QColor.fromRgb(text))
    return svg_image(str(shape), inks, round(side * scale), scale)


def _shape_inks(colour: str, ground: QColor, text: QColor) -> Inks:
    return colour, text.name() if needs_outline(colour, ground) else ""


def paint_action(painter: QPainter, rect: QRect | QRectF, name: str, colour: QColor) -> None:
    """Paint the sign of an action as large as fits into the middle of the rectangle."""
    paint_svg(painter, QRectF(rect), f"action-{name}", (colour.name(), ""))


def needs_outline(colour: str, ground: QColor) -> bool:
    """Tell whether this `#RRGGBB` stands out less than 3:1 from the ground."""
    return contrast(sound_colour(colour), ground.name()) < OUTLINED_BELOW


class _TintingEngine(QIconEngine):
    """Draws one SVG in the inks for a mode, as asked whether painted by an item view or made for a button."""

    def __init__(self, name: str, inks: Callable[[QIcon.Mode, bool], Inks]) -> None:
        super().__init__()
        self._name = name
        self._inks = inks

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State, /) -> None:
        """Paint straight into an item view."""
        paint_svg(painter, QRectF(rect), self._name, self._inks(mode, True))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, /) -> QPixmap:
        """Return a pixmap of this many pixels."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float, /) -> QPixmap:
        """Return a pixmap for a button or a menu: `size` logical pixels at `scale` device pixels each."""
        whole = QImage(size * scale, QImage.Format.Format_ARGB32_Premultiplied)
        whole.fill(Qt.GlobalColor.transparent)
        if not whole.isNull():
            with QPainter(whole) as painter:
                paint_svg(painter, QRectF(whole.rect()), self._name, self._inks(mode, False))
        return QPixmap.fromImage(whole)

    def iconName(self) -> str:
        """Return the name of the SVG."""
        return self._name

    def isNull(self) -> bool:
        """There is always something to draw."""
        return False

    def clone(self) -> QIconEngine:
        """Return a copy that Python keeps hold of, or Qt would call into freed memory."""
        copy = _TintingEngine(self._name, self._inks)
        _clones.append(copy)
        return copy


def _status_inks(colour: str, mode: QIcon.Mode, painted: bool) -> Inks:
    return _status_inks_in(colour, mode, painted, QGuiApplication.palette().cacheKey())


@lru_cache(maxsize=4096)
def _status_inks_in(colour: str, mode: QIcon.Mode, painted: bool, _palette_key: int) -> Inks:
    palette = QGuiApplication.palette()
    if mode == _DISABLED:
        return palette.color(_DISABLED_GROUP, _R.Text).name(), ""
    if any(needs_outline(colour, ground) for ground in _grounds(palette, mode, painted)):
        return colour, palette.color(_ACTIVE_GROUP, _R.Text).name()
    return colour, ""


def _grounds(palette: QPalette, mode: QIcon.Mode, painted: bool) -> list[QColor]:
    if mode == _SELECTED:
        return [palette.color(group, _R.Highlight) for group in (_ACTIVE_GROUP, _INACTIVE_GROUP)]
    return [palette.color(_ACTIVE_GROUP, _R.Base if painted else _R.Button)]


def _action_inks(role: QPalette.ColorRole, mode: QIcon.Mode) -> Inks:
    group = _DISABLED_GROUP if mode == _DISABLED else _ACTIVE_GROUP
    return QGuiApplication.palette().color(group, _R.HighlightedText if mode == _SELECTED else role).name(), ""
