"""What tests of the accounts pane share: the pane in a window of its own, and hands for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.gui.panes.accounts_pane import AccountsPane
from statusdesk.gui.panes.accounts_table import AccountsTable
from statusdesk.gui.panes.set_status_row import Wish
from statusdesk.gui.session import Session
from statusdesk.services.desk import Desk

Key = Qt.Key
ACTIVE, LEAD, VACATION = 2, 1, 4
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NO_KEYS = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
RIGHT = Qt.MouseButton.RightButton

Thing = TypeVar("Thing", bound=QObject)


@dataclass
class Hands:
    """One person at one accounts pane; remembers what the pane wished."""

    qtbot: QtBot
    pane: AccountsPane
    wishes: list[Wish] = field(default_factory=list)
    chosen: list[frozenset[int]] = field(default_factory=list)
    current: list[int | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pane.reassign_requested.connect(self.wishes.append)
        self.pane.statuses_chosen.connect(self.chosen.append)
        self.pane.current_account_changed.connect(self.current.append)

    @property
    def table(self) -> AccountsTable:
        return self.find(AccountsTable, "accounts_table")

    @property
    def search(self) -> QLineEdit:
        return self.find(QLineEdit, "accounts_search")

    @property
    def picker(self) -> QComboBox:
        return self.find(QComboBox, "set_status_picker")

    @property
    def reason(self) -> QLineEdit:
        return self.find(QLineEdit, "set_status_reason")

    def find(self, kind: type[Thing], name: str) -> Thing:
        found = self.pane.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def action(self, name: str) -> QAction:
        return self.pane.actions_by_name[name]

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.pane.settled, timeout=10_000)

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = NO_KEYS, widget: QWidget | None = None) -> None:
        target = widget or self.table
        target.setFocus()
        QTest.keyClick(target, key, keys)

    def click_row(
        self, row: int, keys: Qt.KeyboardModifier = NO_KEYS, button: Qt.MouseButton = LEFT, twice: bool = False
    ) -> None:
        place = self.middle(row)
        if twice:
            QTest.mouseDClick(self.table.viewport(), button, keys, place)
        else:
            QTest.mouseClick(self.table.viewport(), button, keys, place)

    def middle(self, row: int) -> QPoint:
        table: QTableView = self.table
        column = table.horizontalHeader().logicalIndex(0)
        return table.visualRect(table.model().index(row, column)).center()

    def click(self, name: str) -> None:
        QTest.mouseClick(self.find(QPushButton, name), LEFT)

    def type_search(self, text: str) -> None:
        self.search.setFocus()
        self.search.selectAll()
        QTest.keyClicks(self.search, text)
        self.settle()

    def sort_by(self, name: str) -> None:
        head = self.table.head
        place = next(place for place in head.places() if place.column.name == name)
        QTest.mouseClick(head.viewport(), LEFT, NO_KEYS, QPoint(place.left + place.width // 2, head.height() // 2))
        self.settle()

    def column(self, name: str) -> list[str]:
        number = next(at for at, column in enumerate(self.table.accounts.columns) if column.name == name)
        model = self.table.accounts
        return [str(model.index(row, number).data()) for row in range(model.rowCount())]

    def selected(self) -> set[str]:
        model = self.table.accounts
        numbers = self.column("number")
        return {numbers[row] for row in range(model.rowCount()) if model.is_selected(row)}

    def text(self, name: str) -> str:
        found = self.pane.findChild(QLabel, name)
        assert found is not None, name
        return str(found.text())


@pytest.fixture
def make_hands(session: Session, qtbot: QtBot) -> Callable[[], Hands]:
    def make() -> Hands:
        pane = AccountsPane(session)
        qtbot.addWidget(pane, before_close_func=lambda _: pane.close_listing())
        pane.resize(720, 480)
        with qtbot.waitActive(pane):
            pane.show()
            pane.activateWindow()
        hands = Hands(qtbot, pane)
        hands.settle()
        return hands

    return make


@pytest.fixture
def hands(make_hands: Callable[[], Hands]) -> Hands:
    return make_hands()


def perform(hands: Hands, session: Session, verb: Callable[[Desk], object]) -> None:
    with hands.qtbot.waitSignal(session.changed):
        session.perform(lambda desk, _: verb(desk))
    hands.settle()
