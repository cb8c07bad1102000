"""The pages of a window, of which only the first stands from the start; the others are made when first shown."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget


class Pages(QStackedWidget):
    """Shows one page at a time; a page that nobody looks at costs neither time nor memory."""

    def __init__(self, first: QWidget) -> None:
        super().__init__()
        self._waiting: dict[int, tuple[QWidget, Callable[[], QWidget]]] = {}
        self.addWidget(first)

    def add_later(self, make: Callable[[], QWidget]) -> None:
        """Add a page that `make` returns once it is needed."""
        placeholder = QWidget()
        self._waiting[self.addWidget(placeholder)] = placeholder, make

    def show_page(self, index: int) -> None:
        """Show the page at this place, counted from 0 in the order of adding."""
        if index in self._waiting:
            placeholder, make = self._waiting.pop(index)
            self.insertWidget(index, make())
            self.removeWidget(placeholder)
            placeholder.deleteLater()
        self.setCurrentIndex(index)
