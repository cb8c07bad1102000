"""The page of all change sets: what it lists, how it is searched, and the way back from any of them."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import AccountIds
from statusdesk.gui.models import history_model
from statusdesk.gui.models.history_model import Column, HistoryModel
from statusdesk.gui.panes.account_painting import row_height
from statusdesk.gui.panes.history_page import HistoryPage
from statusdesk.gui.session import Session
from tests.gui.conftest import Answers
from tests.gui.office import LEFT, Office


@pytest.fixture
def office(qtbot: QtBot, session: Session, answers: Answers) -> Office:
    return Office(qtbot, session, answers)


@pytest.fixture
def page(office: Office) -> HistoryPage:
    page = HistoryPage(office.session)
    office.put(page)
    page.undo_requested.connect(office.taking_back.take_back)
    return page


def table(page: HistoryPage) -> QTableView:
    found = page.findChild(QTableView, "history_table")
    assert isinstance(found, QTableView)
    return found


def cells(page: HistoryPage, column: Column) -> list[str]:
    model = table(page).model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def choose(page: HistoryPage, what: str) -> None:
    view = table(page)
    row = cells(page, Column.WHAT).index(what)
    index = view.model().index(row, Column.WHAT)
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())


def move(office: Office, *numbers: str, reason: str = "") -> None:
    ids = AccountIds(tuple(office.account(number).id for number in numbers))
    vacation = office.account("00502").status_id
    office.do(lambda desk: desk.reassign(ids, vacation, reason=reason))


def search(page: HistoryPage, text: str) -> QLineEdit:
    line = page.findChild(QLineEdit, "history_search")
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, text)
    return line


def test_change_sets_are_listed_newest_first_with_who_and_why(office: Office, page: HistoryPage) -> None:
    assert cells(page, Column.WHAT)[-1] == "Made the database with its three statuses"
    move(office, "00417", "00434", reason="Winter closing")
    assert cells(page, Column.WHAT)[0] == "Moved 2 accounts to Vacation"
    assert cells(page, Column.WHO)[0] == "anna"
    assert cells(page, Column.ACCOUNTS)[0] == "2"
    assert cells(page, Column.REASON)[0] == "Winter closing"


def test_an_older_change_is_undone_but_for_an_account_that_was_changed_since(
    office: Office, page: HistoryPage
) -> None:
    move(office, "00417", "00434", "00451")
    charge = office.account("00434").id
    office.do(lambda desk: desk.edit_account(charge, {"monthly_charge": 100}))
    choose(page, "Moved 3 accounts to Vacation")
    office.click(page, "history_undo")
    card = office.dialog("consequence_card")
    subtitle = card.findChild(QLabel, "card_subtitle")
    assert isinstance(subtitle, QLabel)
    assert "1 account (Okan" in subtitle.text()
    office.click(card, "card_apply")
    office.qtbot.waitUntil(lambda: office.account("00417").status_id == 2)
    office.settle()
    assert office.account("00434").status_id == office.account("00502").status_id
    assert office.account("00451").status_id == 2
    assert "Left alone" in office.messages.text
    assert "1 account" in office.messages.text
    assert cells(page, Column.WHAT)[0] == "Undid: Moved 3 accounts to Vacation"
    assert cells(page, Column.STATE)[2] == "Undone"
    assert page.chosen is not None
    assert page.chosen.reverted
    undo = page.findChild(QAbstractButton, "history_undo")
    assert isinstance(undo, QAbstractButton)
    assert not undo.isEnabled()
    assert office.window.focusWidget() is table(page)
    choose(page, "Undid: Moved 3 accounts to Vacation")
    assert undo.text() == "Redo this…"
    office.click(page, "history_undo")
    office.click(office.dialog("consequence_card"), "card_apply")
    office.qtbot.waitUntil(lambda: office.account("00417").status_id != 2)
    office.settle()


def test_accounts_of_a_change_are_shown_by_button_and_double_click(
    office: Office, page: HistoryPage, qtbot: QtBot
) -> None:
    move(office, "00417", "00434")
    choose(page, "Moved 2 accounts to Vacation")
    assert page.chosen is not None
    with qtbot.waitSignal(page.accounts_requested) as asked:
        office.click(page, "history_show_accounts")
    assert asked.args == [page.chosen.id]
    view = table(page)
    place = view.visualRect(view.model().index(0, Column.WHO)).center()
    QTest.mouseClick(view.viewport(), LEFT, pos=place)
    with qtbot.waitSignal(page.accounts_requested):
        QTest.mouseDClick(view.viewport(), LEFT, pos=place)
    choose(page, "Created Vacation")
    show = page.findChild(QAbstractButton, "history_show_accounts")
    assert isinstance(show, QAbstractButton)
    assert not show.isEnabled()


def test_the_making_of_the_database_cannot_be_undone(page: HistoryPage) -> None:
    choose(page, "Made the database with its three statuses")
    undo = page.findChild(QAbstractButton, "history_undo")
    assert isinstance(undo, QAbstractButton)
    assert not undo.isEnabled()


def test_searching_finds_who_what_and_why_and_says_when_nothing_matches(office: Office, page: HistoryPage) -> None:
    move(office, "00417", reason="Łódź trip")
    search(page, "ANNA lodz")
    assert cells(page, Column.WHAT) == ["Moved 1 account to Vacation"]
    move(office, "00434", reason="Other")
    assert cells(page, Column.WHAT) == ["Moved 1 account to Vacation"]
    search(page, "kiel 9")
    empty = page.findChild(QLabel, "history_empty")
    assert isinstance(empty, QLabel)
    assert empty.isVisible()
    assert empty.text() == "Nothing matches “kiel 9”."
    line = search(page, "")
    assert line.text() == ""
    assert len(cells(page, Column.WHAT)) == 13


def test_pages_are_read_as_one_scrolls_and_a_search_goes_through_all_of_them(
    office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_model, "PAGE", 4)
    parent = QWidget()
    qtbot.addWidget(parent)
    model = HistoryModel(office.session, parent)
    assert model.rowCount() == 4
    model.fetchMore(QModelIndex())
    assert model.rowCount() == 8
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert tester.model() is model
    with qtbot.waitSignal(model.settled):
        model.search("made database")
    assert [model.row(row).kind for row in range(model.rowCount())] == ["create_database"]
    assert not model.canFetchMore(QModelIndex())


def test_everything_on_it_has_a_name(page: HistoryPage) -> None:
    buttons = [button for button in page.findChildren(QAbstractButton) if button.isVisible()]
    for control in [*buttons, *page.findChildren(QLineEdit), table(page)]:
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface.text(QAccessible.Text.Name), control.objectName() or control
    assert page.findChild(QAbstractButton, "history_search_sign") in buttons


def test_rows_are_as_high_as_those_of_the_accounts(page: HistoryPage) -> None:
    assert table(page).rowHeight(0) == row_height(page.font())
