"""Several windows and programs at one file: each follows the others, and nobody's edit is run over unseen."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTableView
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.gui import watcher
from statusdesk.gui.dialogs.account_conflict import AccountConflict
from statusdesk.gui.dialogs.account_dialog import AccountDialog
from statusdesk.gui.dialogs.status_conflict import StatusConflict
from statusdesk.gui.dialogs.status_editor import StatusEditor
from statusdesk.gui.main import open_session
from statusdesk.gui.main_window import MainWindow
from statusdesk.gui.panes.accounts_table import AccountsTable
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
    table = the(second, AccountsTable, "accounts_table")
    table.pick(3)
    before = second.accounts.selection()
    assert isinstance(before, AccountIds)
    assert len(before.ids) == 1
    first.session.perform(lambda desk, _: desk.reassign(Matching(search="00417"), 3))
    qtbot.waitUntil(lambda: counts(second)["Inactive"] == 1, timeout=SOON)
    qtbot.waitUntil(lambda: second.settled, timeout=SOON)
    assert second.accounts.selection() == before
    assert counts(first) == counts(second)
    assert second.messages.text == ""


def test_rows_that_people_look_at_stay_where_they_are_when_another_window_puts_some_above_them(
    qtbot: QtBot, windows: list[MainWindow]
) -> None:
    first, second = windows
    rows = ((line, (f"9{line:03}", f"Person {line}", 1, 990)) for line in range(300))
    first.session.perform(
        lambda desk, _: desk.import_accounts(("number", "name", "status", "monthly_charge"), rows, file="a.csv")
    )
    qtbot.waitUntil(lambda: second.session.totals.accounts == 309 and second.settled, timeout=SOON)
    table = the(second, AccountsTable, "accounts_table")
    table.scrollTo(table.model().index(200, 0), QTableView.ScrollHint.PositionAtTop)
    qtbot.wait(0)
    top = table.accounts.ids[table.rowAt(0)]
    table.pick(table.rowAt(0) + 3)
    before, current = second.accounts.selection(), table.current_account()
    first.session.perform(lambda desk, _: desk.create_account({"number": "00000", "status_id": 1}))
    qtbot.waitUntil(lambda: second.session.totals.accounts == 310 and second.settled, timeout=SOON)
    assert table.accounts.ids[table.rowAt(0)] == top
    assert second.accounts.selection() == before
    assert table.current_account() == current


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
    qtbot.waitUntil(lambda: first.session.jobs.idle, timeout=SOON)
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


def edit_account(window: MainWindow, **texts: str) -> AccountDialog:
    """Open the form of the first account and type into some of its fields."""
    window.flows.accounts.edit(1)
    dialog = the(window, AccountDialog, "account_dialog")
    for name, text in texts.items():
        field = the(dialog, QLineEdit, f"account_{name}")
        field.selectAll()
        QTest.keyClicks(field, text)
    return dialog


def _has_none(window: MainWindow) -> bool:
    return window.findChild(AccountDialog) is None


def _is_gone(dialog: AccountConflict) -> bool:
    return not isValid(dialog)


def test_two_people_who_edit_other_fields_of_an_account_do_not_disturb_each_other(
    qtbot: QtBot, windows: list[MainWindow]
) -> None:
    first, second = windows
    dialogs = [edit_account(first, phone="0431 1"), edit_account(second, city="Eutin")]
    for window, dialog in zip(windows, dialogs, strict=True):
        click(qtbot, dialog, "account_save")
        qtbot.waitUntil(partial(_has_none, window), timeout=SOON)
    account = first.session.reader.accounts.get(1)
    assert account is not None
    assert (account.phone, account.city) == ("0431 1", "Eutin")


@pytest.mark.parametrize(("pressed", "kept"), [("conflict_mine", "0431 2"), ("conflict_theirs", "0431 1")])
def test_the_second_to_save_the_same_field_of_an_account_chooses(
    qtbot: QtBot, windows: list[MainWindow], pressed: str, kept: str
) -> None:
    first, second = windows
    dialogs = [edit_account(first, phone="0431 1"), edit_account(second, phone="0431 2", city="Eutin")]
    click(qtbot, dialogs[0], "account_save")
    qtbot.waitUntil(lambda: first.findChild(AccountDialog) is None, timeout=SOON)
    for answer in ("conflict_back", pressed):
        click(qtbot, dialogs[1], "account_save")
        qtbot.waitUntil(lambda: dialogs[1].findChild(AccountConflict) is not None, timeout=SOON)
        conflict = the(dialogs[1], AccountConflict, "account_conflict")
        assert text_of(conflict, "conflict_theirs_phone") == "0431 1"
        assert text_of(conflict, "conflict_mine_phone") == "0431 2"
        click(qtbot, conflict, answer)
        qtbot.waitUntil(partial(_is_gone, conflict), timeout=SOON)
    qtbot.waitUntil(lambda: second.findChild(AccountDialog) is None, timeout=SOON)
    account = second.session.reader.accounts.get(1)
    assert account is not None
    assert account.phone == kept
    assert (account.city == "Eutin") is (pressed == "conflict_mine")


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
