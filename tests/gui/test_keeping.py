"""Backups in the window: made by themselves, gone back to after a look; and the way out of a damaged file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QListWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import Matching
from statusdesk.domain.store_errors import Damaged, Gone
from statusdesk.gui.dialogs.consequence_card import ConsequenceCard
from statusdesk.gui.dialogs.opening_trouble import OpeningTrouble
from statusdesk.gui.dialogs.restore_backup import RestoreBackup
from statusdesk.gui.flows import keeping as flow
from statusdesk.gui.flows.trouble import Trouble, can_help
from statusdesk.gui.main import open_session
from statusdesk.gui.main_window import MainWindow
from statusdesk.gui.session import Session
from statusdesk.services import keeping
from statusdesk.services.desk import Desk
from statusdesk.store import backups
from statusdesk.store.store import Store
from tests.gui.conftest import Answers
from tests.gui.files_support import SOON, click, text_of, the


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "FIRST_MS", 0)


@pytest.fixture
def show(dressed: object, qtbot: QtBot, answers: Answers) -> Iterator[Callable[[Session], MainWindow]]:
    """Show windows, and close them all in the end."""

    def shows(session: Session) -> MainWindow:
        window = MainWindow(session, answers, remembers=False)
        window.show()
        qtbot.waitUntil(lambda: window.settled, timeout=SOON)
        return window

    yield shows
    for window in list(MainWindow.opened):
        window.close()


def wait_for(qtbot: QtBot, window: MainWindow, start: str) -> None:
    qtbot.waitUntil(lambda: window.messages.text.startswith(start), timeout=SOON)


def accounts_of(path: Path, status: int) -> int:
    store = Store(path, "read")
    try:
        return store.statuses.counts().get(status, (0, 0))[0]
    finally:
        store.close()


def test_a_day_s_backup_is_gone_back_to_and_nothing_is_lost(
    qtbot: QtBot, database: Path, show: Callable[[Session], MainWindow]
) -> None:
    window = show(open_session(database))
    qtbot.waitUntil(lambda: len(backups.found(database)) == 1, timeout=SOON)
    made = backups.found(database)[0].path
    made.rename(made.with_name("2031-03-02T101500Z-daily.statusdesk"))
    window.session.perform(lambda desk, _: desk.reassign(Matching(), 3, reason="by mistake"))
    wait_for(qtbot, window, "Moved 9 accounts to Inactive")
    window.actions_by_name["restore_backup"].trigger()
    dialog = the(window, RestoreBackup, "restore_backup")
    qtbot.waitUntil(lambda: "would be taken away" in text_of(dialog, "restore_lost"), timeout=SOON)
    assert text_of(dialog, "restore_title") == "Back to 2 Mar 2031, 11:15"
    assert "1 change to 9 accounts since then would be taken away." in text_of(dialog, "restore_lost")
    assert text_of(dialog, "restore_lost").startswith("Its last change is of")
    changes = the(dialog, QListWidget, "restore_changes")
    assert [changes.item(row).text() for row in range(changes.count())] == ["Moved 9 accounts to Inactive"]
    click(qtbot, dialog, "restore_accept")
    card = the(dialog, ConsequenceCard, "consequence_card")
    assert text_of(card, "card_title") == "Go back to 2 Mar 2031, 11:15"
    assert "Comes on for 5 accounts" in [label.text() for label in card.findChildren(QLabel)]
    click(qtbot, card, "card_apply")
    wait_for(qtbot, window, "Restored the backup of")
    assert accounts_of(database, 2) == 5
    assert {line.status.name: line.accounts for line in window.session.lines}["Active"] == 5
    kept = backups.found(database)[1]
    assert accounts_of(kept.path, 3) == 9
    assert not window.actions_by_name["undo"].text().startswith("Undo: Restore")


def test_what_is_no_backup_of_it_is_refused_in_the_dialog(
    qtbot: QtBot, database: Path, tmp_path: Path, answers: Answers, show: Callable[[Session], MainWindow]
) -> None:
    other = tmp_path / "other.statusdesk"
    Store(other, clock=lambda: 0).close()
    window = show(open_session(database))
    window.actions_by_name["restore_backup"].trigger()
    dialog = the(window, RestoreBackup, "restore_backup")
    answers.file = other
    click(qtbot, dialog, "restore_other")
    qtbot.waitUntil(lambda: "is not a backup of this database" in text_of(dialog, "dialog_note"), timeout=SOON)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "restore_backup") is None, timeout=SOON)


@pytest.fixture
def damaged(database: Path) -> Path:
    """Return a database of 909 accounts with a backup of nine, of which the end is cut off."""
    store = Store(database)
    keeping.take_daily(store)
    rows = [(line, (f"7{line:05}", f"Person {line}", 2)) for line in range(900)]
    Desk(store, author="anna").import_accounts(("number", "name", "status"), rows, file="new.csv")
    store.close()
    database.write_bytes(database.read_bytes()[: int(database.stat().st_size * 0.9)])
    return database


def test_a_damaged_database_is_read_as_far_as_it_goes_and_then_restored(
    qtbot: QtBot, damaged: Path, show: Callable[[Session], MainWindow]
) -> None:
    content = damaged.read_bytes()
    with pytest.raises(Damaged) as caught:
        open_session(damaged)
    assert can_help(caught.value, damaged)
    shown: list[MainWindow] = []
    trouble = Trouble(damaged, caught.value, show=lambda session: shown.append(show(session)), reopen=print)
    qtbot.waitUntil(
        lambda: "checked, whole" in the(trouble.dialog, QListWidget, "trouble_backups").item(0).toolTip()
    )
    click(qtbot, trouble.dialog, "trouble_look")
    qtbot.waitUntil(lambda: bool(shown), timeout=SOON)
    window = shown[0]
    assert "is damaged. This is what can be read of it" in window.notice.text
    assert sum(line.accounts for line in window.session.lines) > 100
    assert not window.actions_by_name["import_accounts"].isEnabled()
    window.session.perform(lambda desk, _: desk.reassign(Matching(), 1))
    wait_for(qtbot, window, "office.statusdesk is damaged.")
    assert damaged.read_bytes() == content
    click(qtbot, window.notice, "notice_backups")
    again = the(window, OpeningTrouble, "opening_trouble")
    qtbot.waitUntil(lambda: again.findChild(QDialog) is None and _ready(again), timeout=SOON)
    click(qtbot, again, "trouble_restore")
    qtbot.waitUntil(lambda: any(other is not window for other in MainWindow.opened), timeout=SOON)
    qtbot.waitUntil(lambda: all(other.settled for other in MainWindow.opened), timeout=SOON)
    assert accounts_of(damaged, 2) == 5
    assert backups.found(damaged)[0].path.read_bytes() == content
    (after,) = (other for other in MainWindow.opened if other is not window)
    assert "is kept as" in after.messages.text


def _ready(dialog: OpeningTrouble) -> bool:
    return the(dialog, QListWidget, "trouble_backups").currentRow() == 0


def test_no_empty_database_takes_the_place_of_one_that_is_gone(qtbot: QtBot, damaged: Path) -> None:
    damaged.unlink()
    with pytest.raises(Gone) as caught:
        open_session(damaged)
    assert can_help(caught.value, damaged)
    assert not damaged.exists()


def test_a_window_on_a_share_is_for_looking(
    qtbot: QtBot, database: Path, show: Callable[[Session], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statusdesk.store.sqlite_file.share_of", lambda _path: "nfs4")
    before = database.read_bytes()
    window = show(open_session(database))
    assert "is on a network share (nfs4)" in window.notice.text
    assert "(read-only)" in window.windowTitle()
    window.session.perform(lambda desk, _: desk.reassign(Matching(), 1))
    wait_for(qtbot, window, f"{database} is on a network share")
    window.close()
    assert database.read_bytes() == before
    assert backups.found(database) == []
