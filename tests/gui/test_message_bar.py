"""What the message bar shows of short and long messages, and where its links are."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.gui.widgets.message_bar import HEIGHT, MessageBar

LONG = "Left alone, because they were changed again since: " + ", ".join(f"account {at}" for at in range(60)) + "."


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(MessageBar())
    column.addStretch(1)
    window.resize(1024, 640)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def bar(window: QWidget) -> MessageBar:
    found = window.findChild(MessageBar, "message_bar")
    assert isinstance(found, MessageBar)
    return found


def part(bar: MessageBar, name: str) -> QWidget:
    kind = QPushButton if name in ("message_undo", "message_link") else QLabel
    found = bar.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def right_of(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), QPoint(widget.width(), 0)).x()


def say(bar: MessageBar, fact: str, addition: str = "", *, problem: bool = False) -> None:
    undo = None if problem else bar.dismiss
    bar.say(fact, addition, undo=undo, problem=problem)
    layout = bar.layout()
    assert layout is not None
    layout.activate()
    bar.window().repaint()
    QApplication.processEvents()


@pytest.mark.parametrize("addition", ["", "12 were already there."])
def test_undo_stands_right_behind_the_text(bar: MessageBar, addition: str) -> None:
    say(bar, "Moved 287 accounts to Vacation", addition)
    before = part(bar, "message_addition" if addition else "message_fact")
    assert 0 <= part(bar, "message_undo").x() - right_of(before) <= 32
    assert part(bar, "message_fact").toolTip() == ""


def test_a_long_addition_is_cut_and_told_whole_in_a_tooltip(bar: MessageBar) -> None:
    say(bar, "Undid: Moved 287 accounts to Vacation", LONG)
    assert bar.window().width() == 1024
    assert bar.window().minimumSizeHint().width() <= 1024
    assert part(bar, "message_addition").toolTip() == LONG
    assert right_of(part(bar, "message_undo")) < 1024
    assert part(bar, "message_fact").toolTip() == ""


def test_a_long_fact_never_widens_the_window(bar: MessageBar) -> None:
    fact = f"Moved 1,234,567 accounts to {'W' * 40}{'M' * 40}"
    say(bar, fact, LONG)
    assert bar.window().width() == 1024
    assert part(bar, "message_fact").toolTip() == fact
    assert right_of(part(bar, "message_undo")) < 1024


def test_a_long_problem_is_read_in_as_many_lines_as_it_needs(bar: MessageBar) -> None:
    say(bar, LONG, problem=True)
    fact = part(bar, "message_fact")
    assert bar.height() > HEIGHT
    assert fact.width() > 900, "all of the bar is for it"
    assert fact.height() >= fact.heightForWidth(fact.width())
    say(bar, "Moved 1 account to Vacation")
    assert bar.height() == HEIGHT
