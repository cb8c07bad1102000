"""What tests of files in the window share: a window to do it in, and hands that click and pick."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from statusdesk.domain.places import Place
from statusdesk.gui.dialogs.consequence_card import ConsequenceCard
from statusdesk.gui.dialogs.import_dialog import ImportDialog
from statusdesk.gui.flows.files import FileFlow
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.message_bar import MessageBar
from statusdesk.store.store import Store
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


TELCO = Path(__file__).parents[1] / "data" / "telco-customers.csv"


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def office(qtbot: QtBot, session: Session, answers: Answers) -> Office:
    window = Office(session, answers)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def new_office(qtbot: QtBot, dressed: QApplication, tmp_path: Path, answers: Answers) -> Iterator[Office]:
    """An office whose database has no account yet."""
    path = tmp_path / "new.statusdesk"
    opened = Session(Store(path, time_zone="Europe/Berlin"), Store(path, "read"), author="anna")
    window = Office(opened, answers)
    qtbot.addWidget(window)
    window.show()
    yield window
    opened.close()


MESSY = (
    "Kundennummer ;Name;Zustand;Monatsbetrag ;Erstkontakt\n"
    "00417;Jürgen Müller;aktiv;1.029,90;03/04/2024\n"
    "00500;Søren;gekündigt;29,90;05/06/2024\n"
    "00501;Ines;Sonderfall;-5,00;\n"
    "00502;Okan;aktiv;neunzehn;\n"
    "00503;Zoë;aktiv;19,9;07/08/2024\n"
)


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    path = tmp_path / "kunden.csv"
    path.write_bytes(MESSY.encode("latin-1"))
    return path


def note(dialog: ImportDialog) -> str:
    return the(dialog, DialogFoot, "dialog_foot").note


def accept(dialog: ImportDialog) -> QPushButton:
    return the(dialog, QPushButton, "import_accept")


def agree(qtbot: QtBot, dialog: ImportDialog) -> None:
    """Press Import and then the card's button."""
    click(qtbot, dialog, "import_accept")
    card = the(dialog, ConsequenceCard, "consequence_card")
    click(qtbot, card, "card_apply")
