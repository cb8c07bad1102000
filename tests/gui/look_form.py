"""A form around one of the widgets with which looks are chosen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.gui.theme import apply_theme

BLUE = "#0A66B5"

Key = Qt.Key


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "light")
    yield
    apply_theme(qapp, "light")


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    """A window in front, with a plain field first, so that Tab has somewhere to come from."""
    window = QWidget()
    window.resize(640, 320)
    before = QLineEdit(window)
    before.setObjectName("before")
    qtbot.addWidget(window)
    return window


def put(qtbot: QtBot, form: QWidget, widget: QWidget) -> None:
    widget.setParent(form)
    widget.setGeometry(20, 60, widget.sizeHint().width(), widget.sizeHint().height())
    after = QLineEdit(form)
    after.setObjectName("after")
    after.move(20, 280)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def pixels(widget: QWidget, colour: QColor | str) -> int:
    image: QImage = widget.grab().toImage()
    name = QColor(colour).name()
    return sum(image.pixelColor(x, y).name() == name for x in range(image.width()) for y in range(image.height()))


def named(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
