"""Several windows and programs at one file: each follows the others, and nobody's edit is run over unseen."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTableView
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.gui import watcher
from statusdesk.gui.dialogs.status_conflict import StatusConflict
from statusdesk.gui.dialogs.status_editor import StatusEditor
from statusdesk.gui.main import open_session
from statusdesk.gui.main_window import MainWindow
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store
from tests.gui.conftest import Answers
from tests.gui.files_support import SOON, click, text_of, the


@pytest.fixture
def windows(dressed: object, qtbot: QtBot, database: Path, answers: Answers) -> Iterator[list[MainWindow]]:
    """Two windows on the same database."""
    opened = [MainWindow(open_session(database), answers, remembers=False) for _ in range(2)]
    for window in opened:
        window.show()
    qtbot.waitUntil(lambda: all(window.settled for window in opened), timeout=SOON)
    yield opened
    for window in opened:
        window.close()


def counts(window: MainWindow) -> dict[str, int]:
    return {line.status.name: line.accounts for line in window.session.lines}


def test_a_change_in_one_window_shows_in_the_other_and_disturbs_nobody(
    qtbot: QtBot, windows: list[MainWindow]
) -> None:
    first, second = windows
    table = the(second, QTableView, "accounts_table")
    table.selectRow(3)
    before = second.accounts.selection()
    assert isinstance(before, AccountIds)
    first.session.perform(lambda desk, _: desk.reassign(Matching(search="00417"), 3))
    qtbot.waitUntil(lambda: counts(second)["Inactive"] == 1, timeout=SOON)
    qtbot.waitUntil(lambda: second.settled, timeout=SOON)
    assert second.accounts.selection() == before
    assert counts(first) == counts(second)
    assert second.messages.text == ""


def test_another_program_is_followed_before_the_second_is_over(
    qtbot: QtBot, windows: list[MainWindow], database: Path
) -> None:
    for window in windows:
        for timer in window.findChildren(QTimer):
            if timer.interval() == watcher.EVERY_MS:
                timer.stop()
    store = Store(database)
    Desk(store, author="jens").create_account({"number": "77", "status_id": 1})
    store.close()
    qtbot.waitUntil(lambda: all(counts(window)["Lead"] == 3 for window in windows), timeout=SOON)


def test_overlapping_changes_say_how_many_were_already_there(qtbot: QtBot, windows: list[MainWindow]) -> None:
    first, second = windows
    first.session.perform(lambda desk, _: desk.reassign(Matching(search="kiel"), 3))
    second.session.perform(lambda desk, _: desk.reassign(Matching(), 3))
    qtbot.waitUntil(lambda: "were already there" in second.messages.text, timeout=SOON)
    assert second.messages.text == "Moved 5 accounts to Inactive 4 were already there."


def edit(qtbot: QtBot, window: MainWindow, name: str, description: str) -> StatusEditor:
    """Open the editor of a status and type another description."""
    status_id = next(line.status.id for line in window.session.lines if line.status.name == name)
    window.flows.statuses.edit(status_id)
    editor = the(window, StatusEditor, "status_editor")
    field = the(editor, QPlainTextEdit, "editor_description")
    field.setFocus()
    field.selectAll()
    field.insertPlainText(description)
    return editor


def test_the_second_to_save_a_status_sees_both_versions(qtbot: QtBot, windows: list[MainWindow]) -> None:
    first, second = windows
    editors = [
        edit(qtbot, first, "Vacation", "Away for a while."),
        edit(qtbot, second, "Vacation", "On a journey."),
    ]
    name = the(editors[0], QLineEdit, "editor_name")
    name.selectAll()
    name.insert("Holidays")
    name.textEdited.emit("Holidays")
    click(qtbot, editors[0], "editor_accept")
    qtbot.waitUntil(lambda: "Holidays" in counts(second), timeout=SOON)
    click(qtbot, editors[1], "editor_accept")
    qtbot.waitUntil(lambda: editors[1].findChild(StatusConflict) is not None, timeout=SOON)
    conflict = the(editors[1], StatusConflict, "status_conflict")
    assert text_of(conflict, "conflict_theirs_description") == "Away for a while."
    assert text_of(conflict, "conflict_mine_description") == "On a journey."
    assert text_of(conflict, "conflict_mine_name") == "Stays as it is now"
    click(qtbot, conflict, "conflict_mine")
    qtbot.waitUntil(lambda: second.findChild(StatusEditor) is None, timeout=SOON)
    status = next(line.status for line in second.session.lines if line.status.name == "Holidays")
    assert status.description == "On a journey."


def test_theirs_may_be_kept_and_ones_own_gone_on_with(qtbot: QtBot, windows: list[MainWindow]) -> None:
    first, second = windows
    editors = [
        edit(qtbot, first, "Vacation", "Away for a while."),
        edit(qtbot, second, "Vacation", "On a journey."),
    ]
    click(qtbot, editors[0], "editor_accept")
    qtbot.waitUntil(lambda: first.findChild(StatusEditor) is None, timeout=SOON)
    click(qtbot, editors[1], "editor_accept")
    qtbot.waitUntil(lambda: editors[1].findChild(StatusConflict) is not None, timeout=SOON)
    click(qtbot, the(editors[1], StatusConflict, "status_conflict"), "conflict_back")
    qtbot.waitUntil(lambda: editors[1].findChild(StatusConflict) is None, timeout=SOON)
    click(qtbot, editors[1], "editor_accept")
    qtbot.waitUntil(lambda: editors[1].findChild(StatusConflict) is not None, timeout=SOON)
    click(qtbot, the(editors[1], StatusConflict, "status_conflict"), "conflict_theirs")
    qtbot.waitUntil(lambda: second.findChild(StatusEditor) is None, timeout=SOON)
    status = next(line.status for line in second.session.lines if line.status.name == "Vacation")
    assert status.description == "Away for a while."


@pytest.mark.parametrize("replaced", [False, True])
def test_nothing_is_written_to_a_file_that_lost_its_name(
    qtbot: QtBot, windows: list[MainWindow], database: Path, replaced: bool
) -> None:
    first = windows[0]
    moved = database.rename(database.with_name("moved.statusdesk"))
    if replaced:
        shutil.copy(moved, database)
    qtbot.waitUntil(lambda: "was removed or replaced" in first.messages.text, timeout=SOON)
    before = moved.read_bytes()
    first.messages.dismiss()
    first.session.perform(lambda desk, _: desk.reassign(Matching(), 3))
    qtbot.waitUntil(lambda: "was removed or replaced" in first.messages.text, timeout=SOON)
    assert moved.read_bytes() == before
