"""Finding and filling what the status editor is made of."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from statusdesk.gui.dialogs.status_editor import StatusEditor
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.colour_field import ColourField
from statusdesk.gui.widgets.tiles import Tile
from tests.gui.conftest import Answers
from tests.gui.status_window import Key, Mod, StatusWindow, find

BLUE = "#0A66B5"


@pytest.fixture
def window(qtbot: QtBot, session: Session, answers: Answers) -> StatusWindow:
    return StatusWindow(qtbot, session, answers)


def edit(window: StatusWindow, name: str) -> StatusEditor:
    window.click(name)
    window.press(Key.Key_Return)
    return window.editor()


def pick(editor: StatusEditor, tile: str) -> None:
    QTest.mouseClick(find(editor, Tile, tile), Qt.MouseButton.LeftButton)


def overtype(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, Key.Key_A, Mod.ControlModifier)
    QTest.keyClicks(field, text)


def hex_field(editor: StatusEditor) -> ColourField:
    return find(editor, ColourField, "editor_hex")


def accept_button(editor: StatusEditor) -> QPushButton:
    return find(editor, QPushButton, "editor_accept")


def said(editor: StatusEditor, name: str) -> str:
    label = find(editor, QLabel, name)
    return label.text() if label.isVisible() else ""
