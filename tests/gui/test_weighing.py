"""The road of every change: what people are told while it takes long, and that they can stop it."""

import threading

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import Matching, Outcome
from statusdesk.gui.flows.weighing import Job, Weighing
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.message_bar import MessageBar
from statusdesk.services.desk import Desk
from tests.gui.conftest import Answers


def test_a_long_move_tells_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, session: Session, answers: Answers
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    messages = MessageBar(window)
    QVBoxLayout(window).addWidget(messages)
    window.show()
    weighing = Weighing(session, messages, answers, window)
    go_on = threading.Event()

    def move(desk: Desk, _: bool) -> Outcome:
        assert desk.progress is not None
        desk.progress(30_000)
        go_on.wait(10)
        return desk.reassign(Matching(), 3)

    before = session.reader.journal.next_id()
    weighing.do(move, job=Job("Move 100,000 accounts to Inactive", 100_000))
    told = "Move 100,000 accounts to Inactive… 30,000 of 100,000 accounts"
    qtbot.waitUntil(lambda: messages.text == told)
    cancel = messages.findChild(QPushButton, "message_link")
    assert isinstance(cancel, QPushButton)
    assert cancel.text() == "Cancel"
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    go_on.set()
    qtbot.waitUntil(lambda: messages.text == "Cancelled. Nothing was changed.")
    assert session.reader.journal.next_id() == before
