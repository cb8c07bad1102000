"""Finding and filling what the account form is made of."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from statusdesk.gui.session import Session
from tests.gui.conftest import Answers
from tests.gui.office import Office


@pytest.fixture
def office(qtbot: QtBot, session: Session, answers: Answers) -> Office:
    return Office(qtbot, session, answers)


def field(dialog: QWidget, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, f"account_{name}")
    assert isinstance(found, QLineEdit)
    return found


def hint(dialog: QWidget, name: str) -> str:
    label = dialog.findChild(QLabel, f"account_{name}_hint")
    assert isinstance(label, QLabel)
    return label.text() if not label.isHidden() else ""


def note(dialog: QWidget) -> str:
    label = dialog.findChild(QLabel, "dialog_note")
    assert isinstance(label, QLabel)
    return label.text()


def save_button(dialog: QWidget) -> QPushButton:
    button = dialog.findChild(QPushButton, "account_save")
    assert isinstance(button, QPushButton)
    return button


def type_into(line: QLineEdit, text: str) -> None:
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, text)
