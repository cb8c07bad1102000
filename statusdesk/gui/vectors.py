"""Draws our one-colour SVGs: rendered once for each colour and size, placed on whole pixels, sharp at every ratio.

Nothing here raises while painting, as Qt would crash. What cannot be drawn becomes a grey square.
"""

from functools import lru_cache
from math import hypot
from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEngine, QPainter
from PySide6.QtSvg import QSvgRenderer

from statusdesk.domain.resources import resource_dir

Inks = tuple[str, str]
"""Fill and outline as `#RRGGBB`; an empty outline is none."""

_GREY: Final = "#7A8088"
_FALLBACK: Final = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="{_GREY}" d="M2 2h12v12H2z"/></svg>'
)
_OUTLINE: Final = ' stroke="{}" stroke-width="1.2" stroke-linejoin="round"'
_RASTER: Final = QPaintEngine.Type.Raster


def paint_svg(painter: QPainter, rect: QRectF, name: str, inks: Inks) -> None:
    """Paint the SVG of that name as large as fits into the middle of the rectangle; as vectors on paper."""
    side = min(rect.width(), rect.height())
    engine = painter.paintEngine()
    if engine is None or side <= 0:
        return
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    if engine.type() == _RASTER:
        _paint_pixels(painter, square, name, inks)
    else:
        _renderer(name, inks).render(painter, square)


def whole_scale(painter: QPainter) -> float:
    """Return how many pixels a logical one has if that is a whole number, so that whole coordinates are sharp.

    0 where it is not, and where there are no pixels at all: there it takes `paint_svg`.
    """
    engine, to_device = painter.paintEngine(), painter.deviceTransform()
    scale = to_device.m11()
    whole = engine is not None and engine.type() == _RASTER and scale >= 1 and scale.is_integer()
    return scale if whole and not to_device.isRotating() else 0


@lru_cache(maxsize=4096)
def sound_colour(colour: str) -> str:
    """Return the colour as `#rrggbb`, or grey where the text names none."""
    read = QColor.fromString(colour)
    return read.name() if read.isValid() else _GREY


def _paint_pixels(painter: QPainter, square: QRectF, name: str, inks: Inks) -> None:
    to_device = painter.deviceTransform()
    scale = hypot(to_device.m11(), to_device.m12()) or 1.0
    side = max(1, round(square.width() * scale))
    corner = to_device.map(square.topLeft())
    shift = QPointF(round(corner.x()), round(corner.y())) - corner
    painter.drawImage(square.topLeft() + shift / scale, svg_image(name, inks, side, scale))


@lru_cache(maxsize=2048)
def svg_image(name: str, inks: Inks, side: int, scale: float) -> QImage:
    """Return the SVG on a square of so many pixels, of which a logical one has `scale`. It is shared."""
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        _renderer(name, inks).render(painter, QRectF(0, 0, side, side))
    image.setDevicePixelRatio(scale)
    return image


def _renderer(name: str, inks: Inks) -> QSvgRenderer:
    fill, outline = inks
    stroke = _OUTLINE.format(sound_colour(outline)) if outline else ""
    text = _svg(name).replace('fill="currentColor"', f'fill="{sound_colour(fill)}"{stroke}')
    return QSvgRenderer(QByteArray(text.replace("currentColor", sound_colour(fill)).encode()))


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    file = resource_dir() / "icons" / f"{name}.svg"
    return file.read_text("utf-8") if file.is_file() else _FALLBACK
