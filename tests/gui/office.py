"""A window with a message bar and the flow of accounts, and short ways to its dialogs."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import Outcome
from statusdesk.domain.records import Account, TimelineEntry
from statusdesk.gui.flows.accounts import AccountFlow
from statusdesk.gui.flows.taking_back import TakingBack
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.message_bar import MessageBar
from statusdesk.services.desk import Desk
from tests.gui.conftest import Answers

LEFT = Qt.MouseButton.LeftButton


class Office:
    """Shows what is put into it; `do` changes something as somebody else would, and waits for it."""

    def __init__(self, qtbot: QtBot, session: Session, answers: Answers) -> None:
        self.qtbot = qtbot
        self.session = session
        self.window = QWidget()
        self.window.resize(900, 800)
        qtbot.addWidget(self.window)
        self.messages = MessageBar(self.window)
        self._column = QVBoxLayout(self.window)
        self._column.addWidget(self.messages)
        self.window.show()
        weighing = Weighing(session, self.messages, answers, self.window)
        self.flow = AccountFlow(weighing)
        self.taking_back = TakingBack(weighing)

    def put(self, widget: QWidget) -> None:
        self._column.addWidget(widget, 1)
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()

    def do(self, verb: Callable[[Desk], Outcome]) -> Outcome:
        found: list[Outcome] = []
        self.session.perform(lambda desk, _: verb(desk), done=found.append)
        self.qtbot.waitUntil(lambda: bool(found))
        return found[0]

    def dialog(self, name: str) -> QDialog:
        found: list[QDialog] = []

        def there() -> bool:
            found[:] = [d for d in self.window.findChildren(QDialog, name) if d.isVisible()]
            return bool(found)

        self.qtbot.waitUntil(there)
        return found[0]

    def click(self, parent: QWidget, name: str) -> None:
        button = parent.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton)
        assert button.isEnabled(), name
        QTest.mouseClick(button, LEFT)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.session.jobs.idle)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def visible_dialogs(self) -> list[str]:
        return [dialog.objectName() for dialog in self.window.findChildren(QDialog) if dialog.isVisible()]

    def account(self, number: str) -> Account:
        found = self.session.reader.accounts.by_number(number)
        assert found is not None
        return found

    def steps(self, number: str) -> list[TimelineEntry]:
        statuses = self.session.statuses()
        return self.session.reader.journal.timeline(self.account(number).id, statuses)
