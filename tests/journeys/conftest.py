"""The whole window on a small database, and hands to use it with."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSettings, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QTableView, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.gui.main_window import MainWindow
from statusdesk.gui.session import Session
from statusdesk.store.store import Store
from tests.gui.conftest import Answers, answers, database, dressed, unseen

__all__ = ["answers", "database", "dressed", "unseen"]

Thing = TypeVar("Thing", bound=QObject)
NO_KEYS = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Hands:
    """One person at one window."""

    def __init__(self, qtbot: QtBot, window: MainWindow, answers: Answers) -> None:
        self.qtbot = qtbot
        self.window = window
        self.answers = answers
        self.settle()

    def find(self, kind: type[Thing], name: str, within: QObject | None = None) -> Thing:
        found = (within or self.window).findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def settle(self) -> None:
        """Wait for all work, and for closed dialogs to be gone."""
        self.qtbot.waitUntil(lambda: self.window.settled)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def click(self, name: str, within: QObject | None = None) -> None:
        button = self.find(QAbstractButton, name, within)
        assert button.isVisible(), name
        assert button.isEnabled(), name
        QTest.mouseClick(button, LEFT)

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = NO_KEYS, widget: QWidget | None = None) -> None:
        QTest.keyClick(widget or self.window.focusWidget() or self.window, key, keys)

    def trigger(self, name: str) -> None:
        action = self.window.actions_by_name[name]
        assert action.isEnabled(), name
        action.trigger()

    def row(self, table: str, text: str) -> tuple[QTableView, QPoint]:
        view = self.find(QTableView, table)
        model = view.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                if not view.isColumnHidden(column) and index.data() == text:
                    return view, view.visualRect(index).center()
        raise AssertionError(f"no row says {text}")

    def click_row(self, table: str, text: str, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        view, place = self.row(table, text)
        QTest.mouseClick(view.viewport(), LEFT, keys, place)

    def drag(self, widget: QWidget, right: int) -> None:
        """Drag something sideways with the mouse, by this many pixels."""
        QTest.mousePress(widget, LEFT)
        QTest.mouseMove(widget, widget.rect().center() + QPoint(right, 0))
        QTest.mouseRelease(widget, LEFT)

    def dialog(self, name: str) -> QDialog:
        found: list[QDialog] = []

        def there() -> bool:
            found[:] = [dialog for dialog in self.window.findChildren(QDialog, name) if dialog.isVisible()]
            return bool(found)

        self.qtbot.waitUntil(there)
        return found[0]

    def counts(self) -> dict[str, int]:
        return {line.status.name: line.accounts for line in self.window.session.lines if line.accounts}


Opens = Callable[..., Hands]
DESK = QSize(1440, 900)
"""The room on an office screen, which the screen of the tests does not have."""


@pytest.fixture
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QSettings:
    """Keep what the window remembers in a file of this test."""
    kept = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    monkeypatch.setattr("statusdesk.gui.settings.settings", lambda: kept)
    return kept


@pytest.fixture
def opens(
    qtbot: QtBot, dressed: QApplication, database: Path, answers: Answers, own_settings: QSettings
) -> Iterator[Opens]:
    """Return what opens a window on the database, first in this size; all windows are closed in the end."""

    def open_window(size: QSize | None = DESK) -> Hands:
        session = Session(Store(database), Store(database, "read"), author="anna")
        window = MainWindow(session, answers)
        if size is not None and own_settings.value("window/geometry") is None:
            window.resize(size)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return Hands(qtbot, window, answers)

    yield open_window
    for window in list(MainWindow.opened):
        window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def hands(opens: Opens) -> Hands:
    return opens()
