"""A window with the pane of statuses and all that carries out its wishes, and hands to use it with."""

from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.records import Status, StatusFields
from statusdesk.gui.dialogs.consequence_card import ConsequenceCard
from statusdesk.gui.dialogs.status_editor import StatusEditor
from statusdesk.gui.flows.statuses import StatusFlow
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.models.status_rows import Column, StageRow
from statusdesk.gui.panes.statuses_pane import StatusesPane
from statusdesk.gui.prompts import Prompts
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.message_bar import MessageBar
from statusdesk.gui.window_wiring import wire_statuses
from statusdesk.services.desk import Desk
from tests.gui.conftest import Answers

Key = Qt.Key
Mod = Qt.KeyboardModifier
W = TypeVar("W", bound=QWidget)


class StatusWindow(QWidget):
    """The pane below a message bar, as in the program's window."""

    def __init__(self, qtbot: QtBot, session: Session, prompts: Prompts) -> None:
        super().__init__()
        self.qtbot = qtbot
        self.session = session
        self.messages = MessageBar()
        self.pane = StatusesPane(session)
        self.weighing = Weighing(session, self.messages, prompts, self)
        self.flow = StatusFlow(self.weighing, self.pane)
        wire_statuses(self.pane, lambda: self.flow)
        self.chosen: list[frozenset[int]] = []
        self.pane.statuses_chosen.connect(self.chosen.append)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.messages)
        column.addWidget(self.pane)
        self.resize(544, 760)
        qtbot.addWidget(self)
        with qtbot.waitActive(self):
            self.show()
            self.activateWindow()
        self.pane.take_focus()

    @property
    def table(self) -> QWidget:
        return self.pane.table

    def id(self, name: str) -> int:
        return next(line.status.id for line in self.session.lines if line.status.name == name)

    def status(self, name: str) -> Status:
        return self.session.status(self.id(name))

    def accounts(self, name: str) -> int:
        return next(line.accounts for line in self.session.lines if line.status.name == name)

    def names(self) -> list[str]:
        return [line.status.name for line in self.session.lines]

    def rows(self) -> list[str]:
        """The table's rows from the top, stages with a colon."""
        model = self.pane.table.statuses
        texts = [str(model.index(at, 0).data()) for at in range(model.rowCount())]
        return [
            f"{text}:" if isinstance(row, StageRow) else text for text, row in zip(texts, model.rows, strict=True)
        ]

    def at(self, name: str) -> QPoint:
        """Where a status's row is, in the table's viewport."""
        row = self.pane.table.statuses.row_of(self.id(name))
        assert row is not None
        return self.pane.table.visualRect(self.pane.table.statuses.index(row, Column.STATUS)).center()

    def click(self, name: str, modifier: Mod = Mod.NoModifier) -> None:
        """Click a row; a click brings the window to the front, which no window manager does here."""
        self.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self)
        QTest.mouseClick(self.pane.table.viewport(), Qt.MouseButton.LeftButton, modifier, self.at(name))

    def double_click(self, name: str) -> None:
        QTest.mouseDClick(self.pane.table.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, self.at(name))

    def press(self, key: Key, modifier: Mod = Mod.NoModifier) -> None:
        """Press a key where the keyboard is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)

    def type(self, text: str) -> None:
        """Type over what is selected where the keyboard is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def push(self, name: str, within: QWidget | None = None) -> None:
        button = find(within or self, QPushButton, name)
        assert button.isEnabled(), f"{name} is disabled"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.session.jobs.idle)

    def dialog(self, name: str) -> QDialog:
        """Wait for a dialog and return it."""
        self.qtbot.waitUntil(lambda: self._open_dialog(name) is not None)
        dialog = self._open_dialog(name)
        assert dialog is not None
        dialog.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    def _open_dialog(self, name: str) -> QDialog | None:
        return next((d for d in self.findChildren(QDialog, name) if d.isVisible()), None)

    def editor(self) -> StatusEditor:
        dialog = self.dialog("status_editor")
        assert isinstance(dialog, StatusEditor)
        return dialog

    def card(self) -> ConsequenceCard:
        dialog = self.dialog("consequence_card")
        assert isinstance(dialog, ConsequenceCard)
        return dialog

    def gone(self, name: str) -> None:
        """Wait until no dialog of that name is open."""
        self.qtbot.waitUntil(lambda: self._open_dialog(name) is None)

    def save(self) -> None:
        """Push the editor's last button and wait until it closed."""
        self.push("editor_accept", self.editor())
        self.gone("status_editor")
        self.settle()

    def said(self) -> str:
        return self.messages.text

    def undo(self) -> None:
        self.push("message_undo")
        self.settle()

    def choose(self, menu: QMenu, name: str) -> None:
        """Click an entry of an open menu."""
        action = next(entry for entry in menu.actions() if entry.objectName() == name)
        assert action.isEnabled(), f"{name} is disabled"
        at = menu.actionGeometry(action).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Mod.NoModifier, at)

    def action(self, name: str) -> QAction:
        return self.pane.actions_of_status[name]

    def summary(self) -> list[str]:
        labels = (find(self, QLabel, name) for name in ("summary_name", "summary_facts", "summary_text"))
        return [label.text() for label in labels if label.isVisible()]

    def meanwhile(self, name: str, fields: StatusFields) -> None:
        """Let somebody else at another desk change a status, unnoticed here."""
        done: list[object] = []

        def change(desk: Desk) -> object:
            return Desk(desk.store, author="bert").edit_status(self.id(name), fields)

        self.session.ask(lambda desk, _: change(desk), done.append)
        self.qtbot.waitUntil(lambda: bool(done))


def find(within: QWidget, kind: type[W], name: str) -> W:
    found = within.findChild(kind, name)
    assert isinstance(found, kind), f"no {kind.__name__} named {name}"
    return found


FRESH = ["Prospect:", "Lead", "Onboarding:", "In service:", "Active", "Paused:", "Vacation", "Ended:", "Inactive",
         "Debt:"]  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, session: Session, answers: Answers) -> StatusWindow:
    return StatusWindow(qtbot, session, answers)
