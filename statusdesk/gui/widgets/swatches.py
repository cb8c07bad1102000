"""The eight offered colours to choose one of; those easily taken for another status carry a small mark."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from statusdesk.domain.looks import OFFERED_COLOURS
from statusdesk.gui.control_paint import R, paint_box, paint_focus
from statusdesk.gui.icons import needs_outline
from statusdesk.gui.palettes import tones
from statusdesk.gui.widgets.tiles import Tile, Tiles
from statusdesk.gui.wording import tr

COLOUR_NAMES: Final = dict(
    zip(OFFERED_COLOURS, ("Blue", "Sky blue", "Green", "Amber", "Orange", "Red", "Mauve", "Grey"), strict=True)
)
"""English names of the offered colours by `#RRGGBB`."""

_SIDE: Final = 32
_INSET: Final = 5


class Swatches(Tiles):
    """Says `picked` with the `#RRGGBB` that a person chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([_Swatch(colour, tr(name)) for colour, name in COLOUR_NAMES.items()], parent)
        self.setAccessibleName(self.tr("Offered colours"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for tile in self._tiles:
            layout.addWidget(tile)

    def set_safe(self, colours: Iterable[str]) -> None:
        """Mark all but these: with the chosen shape, the others are easily taken for a status there is."""
        safe = set(colours)
        for tile in self._tiles:
            if isinstance(tile, _Swatch):
                tile.set_safe(tile.value in safe)


class _Swatch(Tile):
    def __init__(self, colour: str, name: str) -> None:
        super().__init__(colour, f"{name} {colour}")
        self._safe = True
        self.setObjectName(f"swatch_{colour.removeprefix('#')}")
        self.setFixedSize(_SIDE, _SIDE)

    def set_safe(self, safe: bool) -> None:
        self._safe = safe
        warning = "" if safe else self.tr("With this shape easily taken for another status")
        self.setAccessibleDescription(warning)
        self.setToolTip("\n".join(filter(None, [self.accessibleName(), warning])))
        self.update()

    def sizeHint(self) -> QSize:
        """Return 32 x 32 logical pixels, as the design draws them."""
        return QSize(_SIDE, _SIDE)

    def paint_tile(self, painter: QPainter, rect: QRect, palette: QPalette) -> None:
        """Paint the colour, ringed where chosen, dotted where it is not safe."""
        inner = rect.adjusted(_INSET, _INSET, -_INSET, -_INSET)
        ground, text = palette.color(R.Base), palette.color(R.Text)
        fill = QColor(self.value) if self.isEnabled() else palette.color(R.Mid)
        outline = text if needs_outline(self.value, ground) else None
        hovered = self.underMouse() and self.isEnabled() and not self.isChecked()
        if self.isChecked() or self.hasFocus():
            paint_focus(painter, rect, palette.color(R.Accent))
        elif hovered:
            paint_box(painter, rect, None, palette.color(R.Mid))
        paint_box(painter, inner, fill, outline, 1, 2)
        if self.hasFocus():
            paint_box(painter, inner.adjusted(2, 2, -2, -2), None, ground, 1.5, 1)
        if not self._safe:
            self._paint_mark(painter, inner, ground, tones(palette).warning_edge)

    def _paint_mark(self, painter: QPainter, inner: QRect, ground: QColor, ink: QColor) -> None:
        halo = QRect(inner.right() - 6, inner.top() - 3, 10, 10)
        paint_box(painter, halo, ground, None, 0, 5)
        paint_box(painter, halo.adjusted(2, 2, -2, -2), ink, None, 0, 3)
