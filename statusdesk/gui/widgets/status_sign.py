"""A status's icon on plain ground: painted as tables paint it, so that one status never looks two ways."""

from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from statusdesk.gui.icons import paint_shape


class StatusSign(QWidget):
    """Shows one shape in one colour; it follows the scheme by itself. It says nothing: the name beside it does."""

    def __init__(self, size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: tuple[str, str] | None = None
        self.setFixedSize(size, size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_look(self, shape: str, colour: str) -> None:
        """Show this `Shape` in this `#RRGGBB`."""
        self._look = (shape, colour)
        self.update()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the shape."""
        if self._look is None:
            return
        palette = self.palette()
        with QPainter(self) as painter:
            ground, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
            paint_shape(painter, self.rect(), *self._look, ground, text)
