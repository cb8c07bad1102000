"""What screen readers learn of a chart: that it is one, its name and numbers, and the item under the keyboard."""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleValueChangeEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget


class Graphic(QWidget):
    """A widget that is a chart to screen readers; its value is the item that the keyboard is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _introduce_graphics()

    def said_now(self) -> str:
        """Return what the current item says; empty where there is none."""
        raise NotImplementedError

    def tell_value(self) -> None:
        """Let a screen reader know that the current item is another one, or says something else."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, self.said_now()))


class _GraphicInterface(QAccessibleWidget):
    def __init__(self, graphic: Graphic) -> None:
        super().__init__(graphic, QAccessible.Role.Chart)
        self._graphic = graphic

    def text(self, kind: QAccessible.Text, /) -> str:
        """Return the value, and else what every widget says."""
        return self._graphic.said_now() if kind is QAccessible.Text.Value else super().text(kind)


@cache
def _introduce_graphics() -> None:
    QAccessible.installFactory(_interface_of)


def _interface_of(_class_name: str, widget: QObject) -> QAccessibleInterface | None:
    return _GraphicInterface(widget) if isinstance(widget, Graphic) else None
