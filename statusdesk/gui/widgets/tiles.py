"""Tiles to choose one of: a radio group that shows what it offers. Arrows move in it, Tab leaves it."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QWidget

_TAB: Final = Qt.FocusPolicy.StrongFocus
_NO_TAB: Final = Qt.FocusPolicy.ClickFocus


class Tile(QAbstractButton):
    """One choice, named for screen readers and by its tooltip; `value` is what picking it says."""

    def __init__(self, value: str, name: str) -> None:
        super().__init__()
        self.value = value
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(_NO_TAB)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint what the tile offers."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_tile(painter, self.rect(), self.palette())

    def paint_tile(self, painter: QPainter, rect: QRect, palette: QPalette) -> None:
        """Paint the tile; the kinds of tiles do it each in their way."""
        raise NotImplementedError


class Tiles(QWidget):
    """The tiles as one control."""

    picked = Signal(str)

    def __init__(self, tiles: Sequence[Tile], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = tuple(tiles)
        for tile in self._tiles:
            tile.setParent(self)
            tile.clicked.connect(partial(self._pick, tile))
        self._lead_in(self._tiles[0])

    def tile(self, value: str) -> Tile | None:
        """Return the tile of that value, if there is one."""
        return next((tile for tile in self._tiles if tile.value == value), None)

    def value(self) -> str:
        """Return the value of the chosen tile, empty where none is chosen."""
        return next((tile.value for tile in self._tiles if tile.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose the tile of that value, or none where there is no such tile; says nothing."""
        chosen = self.tile(value)
        if chosen is not None:
            chosen.setChecked(True)
            self._lead_in(chosen)
            return
        for tile in self._tiles:
            tile.setAutoExclusive(False)
            tile.setChecked(False)
            tile.setAutoExclusive(True)

    def stops(self) -> list[QWidget]:
        """Return all tiles, in order; Tab stops at the one that is chosen."""
        return list(self._tiles)

    def _pick(self, tile: Tile) -> None:
        self._lead_in(tile)
        self.picked.emit(tile.value)

    def _lead_in(self, chosen: Tile) -> None:
        self.setFocusProxy(chosen)
        for tile in self._tiles:
            tile.setFocusPolicy(_TAB if tile is chosen else _NO_TAB)
