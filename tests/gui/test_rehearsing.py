"""A rehearsal in the window: marked as one, compared with the original on the card, applied or thrown away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import Matching
from statusdesk.domain.choices import ChoiceList
from statusdesk.domain.instants import now
from statusdesk.gui.dialogs.consequence_card import ConsequenceCard
from statusdesk.gui.main import open_session
from statusdesk.gui.main_window import MainWindow
from statusdesk.services.desk import Desk
from statusdesk.services.rehearsing import place_of
from statusdesk.store.store import Store
from tests.gui.conftest import Answers
from tests.gui.files_support import SOON, click, the


@pytest.fixture
def rehearsal(qtbot: QtBot, dressed: object, database: Path, answers: Answers) -> Iterator[MainWindow]:
    """The window of a rehearsal that was begun from the menu."""
    window = MainWindow(open_session(database), answers, remembers=False)
    window.show()
    qtbot.waitUntil(lambda: window.settled, timeout=SOON)
    window.actions_by_name["begin_rehearsal"].trigger()
    yield next_window(qtbot, window)
    for left in list(MainWindow.opened):
        left.close()


def next_window(qtbot: QtBot, before: MainWindow) -> MainWindow:
    """Wait until another window stands in the place of one."""
    qtbot.waitUntil(lambda: MainWindow.opened not in ({before}, set()), timeout=SOON)
    qtbot.waitUntil(lambda: len(MainWindow.opened) == 1 and before not in MainWindow.opened, timeout=SOON)
    (window,) = MainWindow.opened
    qtbot.waitUntil(lambda: window.settled, timeout=SOON)
    return window


def counts(path: Path) -> dict[str, int]:
    store = Store(path, "read")
    try:
        return {line.status.name: line.accounts for line in store.statuses.lines()}
    finally:
        store.close()


def test_what_was_tried_is_seen_on_the_card_and_applied(
    qtbot: QtBot, rehearsal: MainWindow, database: Path
) -> None:
    before = counts(database)
    assert "Rehearsal of office.statusdesk" in rehearsal.windowTitle()
    assert "office.statusdesk stays as it is" in rehearsal.notice.text
    rehearsal.session.perform(lambda desk, _: desk.reassign(Matching(search="kiel"), 3))
    qtbot.waitUntil(lambda: rehearsal.messages.text.startswith("Moved 4 accounts"), timeout=SOON)
    assert counts(database) == before
    rehearsal.session.perform(lambda desk, _: desk.set_choices({ChoiceList.LEAD_SOURCE: ["Fair"]}))
    rehearsal.session.perform(
        lambda desk, _: desk.plan_change(Matching(search="kiel"), 1, now() + 86_400_000, reason="later")
    )
    qtbot.waitUntil(lambda: rehearsal.messages.text.startswith("Planned"), timeout=SOON)
    store = Store(database)
    Desk(store, author="jens").reassign(Matching(search="brennan"), 1)
    store.close()
    click(qtbot, rehearsal.notice, "notice_difference")
    qtbot.waitUntil(lambda: rehearsal.findChild(ConsequenceCard) is not None, timeout=SOON)
    card = the(rehearsal, ConsequenceCard, "consequence_card")
    said = [label.text() for label in card.findChildren(QLabel)]
    assert "Apply the rehearsal to office.statusdesk" in said
    assert "1 account" in said
    assert "Changes of planned changes (1), lists (1)" in said
    click(qtbot, card, "card_apply")
    window = next_window(qtbot, rehearsal)
    assert counts(database) == {"Lead": 2, "Active": 3, "Vacation": 1, "Inactive": 3}
    assert not place_of(database).exists()
    assert window.actions_by_name["undo"].text() == "Undo: Apply a rehearsal to 3 accounts"
    assert window.notice.text == ""
    assert window.messages.text.startswith("Applied a rehearsal to 3 accounts")


def test_a_rehearsal_is_thrown_away_after_a_question(
    qtbot: QtBot, rehearsal: MainWindow, database: Path, answers: Answers
) -> None:
    rehearsal.session.perform(lambda desk, _: desk.reassign(Matching(), 3))
    qtbot.waitUntil(lambda: rehearsal.messages.text.startswith("Moved 9 accounts"), timeout=SOON)
    click(qtbot, rehearsal.notice, "notice_discard")
    window = next_window(qtbot, rehearsal)
    assert "Everything that was tried on this copy is lost" in answers.told[0]
    assert not place_of(database).exists()
    assert "Rehearsal" not in window.windowTitle()
    assert counts(database)["Active"] == 5
