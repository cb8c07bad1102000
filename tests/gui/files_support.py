"""What tests of files in the window share: a window to do it in, and hands that click and pick."""

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.places import Place
from statusdesk.gui.dialogs.import_dialog import ImportDialog
from statusdesk.gui.flows.files import FileFlow
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.message_bar import MessageBar
from tests.gui.conftest import Answers

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier
SOON = 20_000
"""Milliseconds to wait for the job thread."""

Kind = TypeVar("Kind", bound=QWidget)


class Office(QWidget):
    """A window with a message bar, and the file flow at work in it."""

    def __init__(self, session: Session, answers: Answers) -> None:
        super().__init__()
        self.session = session
        self.messages = MessageBar()
        QVBoxLayout(self).addWidget(self.messages)
        self.opened: list[Place] = []
        self.flow = FileFlow(Weighing(session, self.messages, answers, self), self.open_database)

    def open_database(self, path: Place, *, demo: bool = False) -> None:
        """Note which database should be shown."""
        assert not demo
        self.opened.append(path)


def the(parent: QWidget, kind: type[Kind], name: str) -> Kind:
    """Return the one widget of that name."""
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def text_of(parent: QWidget, name: str) -> str:
    """Return what a label says."""
    return the(parent, QLabel, name).text()


def click(qtbot: QtBot, parent: QWidget, name: str) -> None:
    """Click a button that can be clicked."""
    button = the(parent, QAbstractButton, name)
    assert button.isVisible(), name
    assert button.isEnabled(), name
    QTest.mouseClick(button, LEFT, NO_KEY, QPoint(12, button.height() // 2))


def pick(qtbot: QtBot, parent: QWidget, name: str, text: str) -> None:
    """Open a combo box by key and click the row that says this."""
    combo = the(parent, QComboBox, name)
    assert combo.isVisible(), name
    row = combo.findText(text)
    assert row >= 0, text
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_F4)
    view = combo.view()
    index = view.model().index(row, 0)
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), LEFT, NO_KEY, view.visualRect(index).center())


def start_import(qtbot: QtBot, office: Office) -> ImportDialog:
    """Import the file that people choose, and wait until it is read."""
    office.flow.import_accounts()
    dialog = office.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitExposed(dialog)
    settle(qtbot, dialog)
    return dialog


def settle(qtbot: QtBot, dialog: ImportDialog) -> None:
    """Wait until the dialog knows all that it can know."""
    qtbot.waitUntil(lambda: not dialog.decisions.busy and office_idle(dialog), timeout=SOON)


def office_idle(dialog: ImportDialog) -> bool:
    """Say whether the job thread has nothing to do."""
    office = dialog.parentWidget()
    assert isinstance(office, Office)
    return office.session.jobs.idle
