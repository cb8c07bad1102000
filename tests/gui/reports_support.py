"""A manager who works with the page of reports, by its own widgets."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QMenu,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import AccountIds, Selection
from statusdesk.domain.instants import now
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.flows.taking_away import TakingAway
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.models.distribution_facts import AccountsBehind
from statusdesk.gui.panes.reports_page import ReportsPage
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.message_bar import MessageBar
from statusdesk.services.desk import Desk
from tests.gui.conftest import Answers

LEFT = Qt.MouseButton.LeftButton


class Manager:
    """One person at the reports of a small office; `opened` is what they asked to see behind figures."""

    def __init__(self, qtbot: QtBot, session: Session, answers: Answers) -> None:
        self.qtbot = qtbot
        self.session = session
        self.answers = answers
        self.opened: list[AccountsBehind] = []
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1300, 800)
        messages = MessageBar(self.window)
        self.selected: Selection = AccountIds(())
        self.page = ReportsPage(session, lambda: self.selected)
        self.taking_away = TakingAway(Weighing(session, messages, answers, self.window))
        column = QVBoxLayout(self.window)
        column.addWidget(messages)
        column.addWidget(self.page, 1)
        self.page.accounts_requested.connect(self.opened.append)
        self.page.take_away_requested.connect(self.taking_away.take)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.page.settled and self.session.jobs.idle)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def find(self, kind: type[Any], name: str) -> Any:
        found = self.window.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def choose(self, name: str) -> None:
        """Click a report in the list."""
        (item,) = self.page.list.findItems(name, Qt.MatchFlag.MatchExactly)
        place = self.page.list.visualItemRect(item).center()
        QTest.mouseClick(self.page.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
        self.settle()

    def click(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        assert button.isEnabled(), name
        QTest.mouseClick(button, LEFT)
        self.settle()

    def enter(self, name: str, number: int) -> None:
        """Type a number into a field, and Enter."""
        field = self.find(QSpinBox, name)
        assert field.isVisible(), name
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, str(number))
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def pick(self, name: str, text: str) -> None:
        """Pick an entry of a combo box with the keyboard."""
        combo = self.find(QComboBox, name)
        assert combo.isVisible(), name
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_Home)
        for _ in range(combo.count()):
            if combo.currentText() == text:
                break
            QTest.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentText() == text
        self.settle()

    @property
    def table(self) -> ChartTable:
        found: ChartTable = self.find(ChartTable, "report_table")
        return found

    def rows(self) -> list[list[str]]:
        model = self.table.model()
        return [
            [model.index(row, column).data() for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def columns(self) -> list[str]:
        return [column.title for column in self.table.rows.columns]

    def open_cell(self, row: str, column: str, lead: int = 0) -> AccountsBehind:
        """Double-click the cell of a row and a column, and wait for its accounts."""
        number = next(place for place, cells in enumerate(self.rows()) if cells[lead].strip() == row)
        index = self.table.model().index(number, self.columns().index(column))
        self.table.scrollTo(index)
        place = self.table.visualRect(index).center()
        viewport = self.table.viewport()
        QTest.mouseClick(viewport, LEFT, Qt.KeyboardModifier.NoModifier, place)
        QTest.mouseDClick(viewport, LEFT, Qt.KeyboardModifier.NoModifier, place)
        self.settle()
        return self.opened[-1]

    def figures(self) -> dict[str, str]:
        return {one.text_shown.label: one.text_shown.value for one in self.page.content.figures._shown}

    def notes(self) -> str:
        found: QLabel = self.find(QLabel, "report_notes")
        return found.text()

    def do(self, verb: Callable[[Desk], Any]) -> None:
        done: list[Any] = []
        self.session.perform(lambda desk, _: verb(desk), done=done.append)
        self.qtbot.waitUntil(lambda: bool(done))
        self.settle()

    def take(self, kind: str) -> None:
        """Choose an entry of “Save as”."""
        menu: QMenu | None = self.find(QToolButton, "report_take_save").menu()
        assert menu is not None
        (action,) = [one for one in menu.actions() if one.objectName() == f"report_take_{kind}"]
        menu.popup(self.window.mapToGlobal(QPoint(0, 0)))
        QTest.mouseClick(menu, LEFT, Qt.KeyboardModifier.NoModifier, menu.actionGeometry(action).center())
        self.settle()


@pytest.fixture
def manager(qtbot: QtBot, session: Session, answers: Answers) -> Iterator[Manager]:
    """A manager whose office has one account more: on vacation for forty days, with a RADIUS user."""
    away: Any = {
        "number": "90001", "status_id": 4, "status_since": now() - 40 * 86_400_000, "city": "Plön",
        "monthly_charge": 1_000, "radius_user": "plön1",
    }  # fmt: skip
    done: list[Any] = []
    session.perform(lambda desk, _: desk.create_account(away), done=done.append)
    qtbot.waitUntil(lambda: bool(done))
    person = Manager(qtbot, session, answers)
    yield person
    person.page.close_reports()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("report")]
