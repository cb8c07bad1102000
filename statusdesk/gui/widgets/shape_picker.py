"""The sixteen shapes to choose one of, in two rows of eight; the chosen one shows its colour."""

from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from statusdesk.domain.looks import OFFERED_COLOURS, Shape
from statusdesk.gui.control_paint import R, paint_box
from statusdesk.gui.icons import paint_shape
from statusdesk.gui.palettes import tones
from statusdesk.gui.widgets.tiles import Tile, Tiles
from statusdesk.gui.wording import tr

_COLUMNS: Final = 8
_HEIGHT: Final = 40
_ICON: Final = 20


class ShapePicker(Tiles):
    """Says `picked` with the value of the shape that a person chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([_ShapeTile(shape) for shape in Shape], parent)
        self.setAccessibleName(self.tr("Shape"))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for place, tile in enumerate(self._tiles):
            layout.addWidget(tile, *divmod(place, _COLUMNS))

    def set_colour(self, colour: str) -> None:
        """Show the chosen shape in this `#RRGGBB`."""
        for tile in self._tiles:
            if isinstance(tile, _ShapeTile):
                tile.colour = colour
                tile.update()


class _ShapeTile(Tile):
    def __init__(self, shape: Shape) -> None:
        super().__init__(shape.value, tr(shape.label))
        self.colour = OFFERED_COLOURS[0]
        self.setObjectName(f"shape_{shape.value}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return 56 x 40 logical pixels, as the design draws them."""
        return QSize(56, _HEIGHT)

    def paint_tile(self, painter: QPainter, rect: QRect, palette: QPalette) -> None:
        """Paint the shape: in the text's colour, or chosen in its own with an accent edge."""
        chosen, focused = self.isChecked(), self.hasFocus()
        hovered = self.underMouse() and self.isEnabled()
        ground = palette.color(R.Button if hovered else R.Base)
        ground = tones(palette).message_ground if chosen else ground
        edge = palette.color(R.Accent if chosen or focused else R.Mid if hovered else R.Midlight)
        paint_box(painter, rect, ground, edge, 2 if chosen or focused else 1)
        if chosen and focused:
            paint_box(painter, rect.adjusted(4, 4, -4, -4), None, palette.color(R.Accent), 1, 2)
        text = palette.color(R.Text)
        colour = self.colour if chosen and self.isEnabled() else text.name()
        icon = QRect(0, 0, _ICON, _ICON)
        icon.moveCenter(rect.center())
        paint_shape(painter, icon, self.value, colour, ground, text)
