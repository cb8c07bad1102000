"""The whole window, as people use it from one end to the other."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.errors import NoSuchAccount
from statusdesk.gui.main_window import MainWindow
from statusdesk.gui.palettes import is_dark
from statusdesk.gui.session import Session
from statusdesk.gui.wording import error_text
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store
from tests.gui.conftest import Answers
from tests.journeys.conftest import Hands, Opens

Key, Mod = Qt.Key, Qt.KeyboardModifier


def _move_two_on_vacation(hands: Hands) -> None:
    hands.click_row("accounts_table", "Marta Lindqvist")
    hands.click_row("accounts_table", "Bergmann & Sohn", Mod.ControlModifier)
    picker = hands.find(QComboBox, "set_status_picker")
    picker.setCurrentIndex(picker.findText("Vacation"))
    picker.activated.emit(picker.currentIndex())
    QTest.keyClicks(hands.find(QLineEdit, "set_status_reason"), "Winter closing")
    hands.click("set_status_apply")
    hands.click("card_apply", hands.dialog("consequence_card"))
    hands.settle()


def test_two_accounts_go_on_vacation_and_come_back(hands: Hands) -> None:
    before = hands.counts()
    _move_two_on_vacation(hands)
    assert hands.counts() == {"Active": 3, "Vacation": 4, "Lead": 2}
    assert hands.window.messages.text == "Moved 2 accounts to Vacation"
    newest = hands.window.session.reader.journal.newest(limit=1)[0]
    assert (newest.author, newest.reason, newest.accounts) == ("anna", "Winter closing", 2)
    hands.click("message_undo")
    hands.settle()
    assert hands.counts() == before
    assert hands.window.messages.text == "Undid: Moved 2 accounts to Vacation"
    hands.trigger("redo")
    hands.settle()
    assert hands.counts()["Vacation"] == 4
    hands.trigger("undo")
    hands.settle()
    assert hands.counts() == before


def test_undo_survives_a_restart_and_then_shows_its_card(hands: Hands, opens: Opens) -> None:
    before = hands.counts()
    _move_two_on_vacation(hands)
    hands.window.close()
    again = opens()
    assert again.window.actions_by_name["undo"].text() == "Undo: Move 2 accounts to Vacation"
    again.trigger("undo")
    card = again.dialog("consequence_card")
    assert card.windowTitle() == "Undo: Move 2 accounts to Vacation"
    again.click("card_cancel", card)
    again.settle()
    assert again.counts()["Vacation"] == 4
    again.trigger("undo")
    again.click("card_apply", again.dialog("consequence_card"))
    again.settle()
    assert again.counts() == before


@pytest.mark.parametrize(
    ("name", "key", "first"), [("Jonas Petersen", 2, "apply"), ("Aoife Brennan", 1, "cancel")]
)
def test_a_card_opens_on_cancel_where_something_is_lost(hands: Hands, name: str, key: int, first: str) -> None:
    hands.click_row("accounts_table", name)
    hands.press(Key(Key.Key_0 + key), Mod.ControlModifier)
    card = hands.dialog("consequence_card")
    assert card.focusWidget() is hands.find(QPushButton, f"card_{first}", card)
    before = hands.counts()
    hands.press(Key.Key_Return, widget=card.focusWidget())
    hands.settle()
    assert (hands.counts() == before) is (first == "cancel")


def test_selecting_statuses_filters_and_the_chips_show_all_again(hands: Hands) -> None:
    hands.click_row("statuses_table", "Vacation")
    hands.settle()
    assert hands.find(QTableView, "accounts_table").model().rowCount() == 2
    hands.click("show_all")
    hands.settle()
    assert hands.find(QTableView, "accounts_table").model().rowCount() == 9


def test_the_account_under_the_keyboard_shows_its_history(hands: Hands) -> None:
    hands.click_row("accounts_table", "Okan Yıldırım")
    hands.settle()
    assert hands.find(QLabel, "details_title").text() == "Okan Yıldırım"
    hands.trigger("show_details")
    assert hands.window.details.isHidden()


def test_f6_walks_the_panes(hands: Hands) -> None:
    hands.window.statuses.take_focus()
    visited = []
    for _ in range(3):
        hands.trigger("next_pane")
        focus = hands.window.focusWidget()
        assert focus is not None
        panes = (hands.window.statuses, hands.window.accounts, hands.window.details)
        visited.append(next(pane.objectName() for pane in panes if pane.isAncestorOf(focus)))
    assert visited == ["accounts_pane", "details_pane", "statuses_pane"]


def test_whoever_is_quicker_than_the_window_is_served_all_the_same(
    qtbot: QtBot, dressed: QApplication, database: Path, answers: Answers, own_settings: QSettings
) -> None:
    window = MainWindow(Session(Store(database), Store(database, "read"), author="anna"), answers)
    window.show()
    window.statuses.rename_wished.emit(4, "Travelling")
    window.actions_by_name["new_account"].trigger()
    hands = Hands(qtbot, window, answers)
    hands.click("account_cancel", hands.dialog("account_dialog"))
    hands.settle()
    assert "Travelling" in hands.counts()
    window.close()


def test_keys_of_the_desk_rest_while_another_page_is_shown(hands: Hands) -> None:
    hands.click_row("statuses_table", "Vacation")
    hands.settle()
    before = hands.window.session.reader.journal.next_id()
    hands.trigger("show_distribution")
    hands.settle()
    day = hands.find(QLineEdit, "day_field")
    day.setFocus()
    for key, keys in (
        (Key.Key_F, Mod.ControlModifier),
        (Key.Key_F6, Mod.NoModifier),
        (Key.Key_A, Mod.ControlModifier),
        (Key.Key_Up, Mod.AltModifier),
        (Key.Key_Delete, Mod.NoModifier),
    ):
        hands.press(key, keys)
        assert hands.window.focusWidget() is day
    assert not any(hands.find(QMenu, name).menuAction().isEnabled() for name in ("menu_status", "menu_accounts"))
    hands.settle()
    assert hands.window.session.reader.journal.next_id() == before
    assert hands.window.accounts.selection() == AccountIds(())
    hands.trigger("show_desk")
    QTest.keyClick(hands.window, Key.Key_Down, Mod.AltModifier)
    hands.qtbot.waitUntil(lambda: hands.window.messages.text == "Moved Vacation in the list")


def test_what_another_program_does_shows_by_itself(hands: Hands, database: Path) -> None:
    hands.click_row("accounts_table", "Aoife Brennan")
    other = Store(database)
    Desk(other, author="jens").reassign(Matching(search="wrobel"), 3)
    other.close()
    hands.qtbot.waitUntil(lambda: hands.counts().get("Inactive") == 1, timeout=5_000)
    hands.settle()
    assert hands.row("accounts_table", "Inactive")
    assert hands.window.accounts.selection() == AccountIds((4,))


def test_window_columns_and_scheme_are_remembered(hands: Hands, opens: Opens, own_settings: QSettings) -> None:
    hands.window.resize(1024, 700)
    hands.settle()
    hands.drag(hands.find(QSplitter, "desk_splitter").handle(1), -20)
    sizes = hands.find(QSplitter, "desk_splitter").sizes()
    hands.trigger("scheme_dark")
    assert is_dark(QApplication.palette())
    hands.window.close()
    again = opens()
    assert (again.window.width(), again.window.height()) == (1024, 700)
    assert again.window.details.isHidden()
    assert again.find(QSplitter, "desk_splitter").sizes()[0] == sizes[0]
    assert own_settings.value("window/scheme") == "dark"
    again.trigger("scheme_light")


def test_another_database_opens_in_its_place_and_a_wrong_one_is_told(
    hands: Hands, answers: Answers, tmp_path: Path
) -> None:
    wrong = tmp_path / "letter.txt"
    wrong.write_text("Dear office")
    answers.file = wrong
    hands.trigger("open_database")
    assert answers.told[-1].endswith(
        "is not a StatusDesk database. Choose another file; this one was left as it is."
    )
    assert hands.window.isVisible()
    assert wrong.read_text() == "Dear office"
    other = tmp_path / "other.statusdesk"
    Store(other).close()
    answers.file = other
    hands.trigger("open_database")
    window = next(iter(hands.window.opened))
    assert window.windowTitle() == "other.statusdesk – StatusDesk"
    assert len(window.opened) == 1


def test_every_control_has_a_name_and_an_object_name(hands: Hands) -> None:
    hands.click_row("accounts_table", "Okan Yıldırım")
    hands.settle()
    for page in ("show_desk", "show_history"):
        hands.trigger(page)
        controls = [
            widget
            for widget in hands.window.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        assert len(controls) > 6
        for control in controls:
            interface = QAccessible.queryAccessibleInterface(control)
            assert interface.text(QAccessible.Text.Name), control
            assert control.objectName(), control


def test_no_two_actions_want_the_same_keys(hands: Hands) -> None:
    keys = Counter(
        key.toString()
        for action in set(hands.window.findChildren(QAction))
        for key in action.shortcuts()
        if action.isEnabled()
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_action_of_the_menus_has_an_object_name(hands: Hands) -> None:
    menus = hands.window.menuBar().findChildren(QMenu)
    assert len(menus) >= 6
    for action in [action for menu in menus for action in menu.actions()]:
        assert action.isSeparator() or action.objectName() or action.menu(), action.text()


def test_from_right_to_left_the_panes_change_sides(opens: Opens, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        hands = opens()
        assert hands.window.statuses.x() > hands.window.accounts.x() > hands.window.details.x()
        hands.click_row("accounts_table", "Okan Yıldırım")
        hands.settle()
        assert not hands.window.grab().isNull()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_narrow_window_takes_from_the_statuses_and_gives_back(hands: Hands) -> None:
    panes = hands.window.statuses, hands.window.accounts
    hands.window.resize(1440, 700)
    hands.settle()
    assert panes[0].width() == 544
    hands.window.resize(1024, 640)
    hands.settle()
    assert (hands.window.width(), hands.window.height()) == (1024, 640)
    assert hands.window.details.isHidden()
    hands.qtbot.waitUntil(lambda: panes[1].width() >= 540)
    hands.window.resize(1440, 700)
    hands.qtbot.waitUntil(lambda: panes[0].width() == 544)
    assert hands.window.details.isVisible()


def test_the_first_window_fits_the_screen(opens: Opens) -> None:
    hands = opens(None)
    room = hands.window.screen().availableSize()
    assert hands.window.height() <= room.height() - 20
    assert hands.window.details.isHidden(), "there is no room for them"


def test_screen_readers_meet_the_panes_in_reading_order(hands: Hands) -> None:
    desk = QAccessible.queryAccessibleInterface(hands.find(QSplitter, "desk_splitter"))
    names = [desk.child(at).text(QAccessible.Text.Name) for at in range(desk.childCount())]
    assert [name for name in names if name] == ["Statuses", "Accounts", "Account details"]


def test_what_fails_before_all_stands_is_told(
    qtbot: QtBot, dressed: QApplication, database: Path, answers: Answers, own_settings: QSettings
) -> None:
    window = MainWindow(Session(Store(database), Store(database, "read"), author="anna"), answers)
    window.session.failed.emit(NoSuchAccount(number=7))
    assert window.messages.text == error_text(NoSuchAccount(number=7))
    window.messages.dismiss()
    window.session.failed.emit(NoSuchAccount(number=8))
    assert window.messages.text == error_text(NoSuchAccount(number=8))
    window.close()
