"""Boxes of the system stay until people close them, even where there is no window around them."""

import gc

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from statusdesk.gui.prompts import Prompts


def boxes() -> list[QMessageBox]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox)]


def test_why_there_is_no_window_stays_until_it_is_closed(qtbot: QtBot, dressed: QApplication) -> None:
    Prompts().tell_error(None, "notes.txt is not a StatusDesk database. Choose another file.")
    gc.collect()
    (box,) = (box for box in boxes() if box.isVisible())
    assert box.text() == "notes.txt is not a StatusDesk database. Choose another file."
    (close,) = box.buttons()
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not boxes())
