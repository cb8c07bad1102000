"""Finding, selecting and moving accounts as people do it: by keys, mouse, menus and the row below the list."""

from collections.abc import Callable, Sequence
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.records import Account, AccountFields
from statusdesk.domain.store_errors import InUse
from statusdesk.gui.panes.account_menus import fill_columns
from statusdesk.gui.panes.account_painting import ICON, PAD
from statusdesk.gui.session import Session
from statusdesk.services.listing import Listing, ListQuery
from tests.gui.account_panes import ACTIVE, CONTROL, LEAD, LEFT, VACATION, Hands, Key, hands, make_hands, perform

__all__ = ["hands", "make_hands"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_search_ignores_case_and_accents_and_goes_together_with_the_statuses(hands: Hands) -> None:
    assert hands.text("accounts_count") == "9 accounts"
    hands.type_search("lukasz WROBEL")
    assert hands.column("name") == ["Łukasz Wróbel"]
    hands.type_search("kiel")
    assert hands.text("accounts_count") == "4 accounts"
    hands.pane.show_statuses(frozenset({VACATION}))
    hands.settle()
    assert hands.column("name") == ["Hotel Seeblick"]
    hands.press(Key.Key_Escape, widget=hands.search)
    hands.settle()
    assert hands.search.text() == ""
    assert hands.column("name") == ["Hotel Seeblick", "Ines Carvalho"]
    hands.press(Key.Key_Escape, widget=hands.search)
    hands.settle()
    assert hands.text("accounts_count") == "9 accounts"
    assert hands.chosen == [frozenset()]


def test_an_older_answer_never_replaces_a_newer_one(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    newer_asked, ids = Event(), Listing.ids

    def slow_at_first(
        self: Listing, query: ListQuery, *, first: Callable[[Sequence[int]], None] | None = None
    ) -> Sequence[int]:
        if query.search == "hot":
            newer_asked.wait(5)
        return ids(self, query, first=first)

    monkeypatch.setattr(Listing, "ids", slow_at_first)
    seen: list[str] = []
    hands.pane._list.listed.connect(lambda: seen.append(hands.pane._list.selection.listed.query.search))
    QTest.keyClicks(hands.search, "hot")
    QTest.keyClicks(hands.search, "el")
    assert hands.text("accounts_count") == ""
    newer_asked.set()
    hands.settle()
    assert "hot" not in seen
    assert seen[-1] == "hotel"
    assert hands.column("name") == ["Hotel Seeblick"]


@pytest.mark.parametrize("name", ["number", "name", "status", "status_since", "monthly_charge", "city"])
def test_every_column_sorts_upward_downward_and_back(hands: Hands, name: str) -> None:
    by_number = hands.column("number")
    hands.sort_by(name)
    if name == "number":
        assert hands.column("number") == by_number[::-1]
        return
    upward = hands.column(name)
    hands.sort_by(name)
    assert hands.column(name) == upward[::-1]
    assert hands.table.head.sort == (name, True)
    hands.sort_by(name)
    assert hands.column("number") == by_number
    assert hands.table.head.sort == ("number", False)


def test_names_sort_without_regard_to_accents(hands: Hands) -> None:
    hands.sort_by("name")
    names = hands.column("name")
    assert names.index("Jonas Petersen") < names.index("Łukasz Wróbel") < names.index("Marta Lindqvist")


def test_chips_take_filters_away_by_click_and_key(hands: Hands, session: Session) -> None:
    hands.pane.show_statuses(frozenset({ACTIVE, VACATION}))
    hands.settle()
    assert hands.text("accounts_count") == "7 accounts"
    chip = hands.find(QWidget, f"status_chip_{ACTIVE}")
    assert chip.accessibleName() == "Active, 5 accounts"
    hands.click_row(0)
    hands.click_row(5, CONTROL)
    QTest.mouseClick(chip, LEFT)
    hands.settle()
    assert hands.chosen == [frozenset({VACATION})]
    assert hands.selected() == {"00502"}
    assert hands.text("set_status_hidden") == ""
    hands.press(Key.Key_Delete, widget=hands.find(QWidget, f"status_chip_{VACATION}"))
    hands.settle()
    assert hands.chosen[-1] == frozenset()
    assert hands.selected() == {"00502"}
    hands.pane.show_statuses(frozenset({LEAD}))
    hands.settle()
    hands.click("show_all")
    hands.settle()
    assert hands.text("accounts_count") == "9 accounts"


def test_empty_lists_say_what_to_do_next(hands: Hands, session: Session) -> None:
    hands.type_search("kiel 9")
    assert hands.text("accounts_empty_sentence") == "Nothing matches “kiel 9”."
    hands.click("accounts_empty_button")
    hands.settle()
    assert hands.search.text() == ""
    hands.pane.show_statuses(frozenset({LEAD, VACATION}))
    hands.type_search("lindqvist")
    assert hands.text("accounts_empty_sentence") == "Nothing in Lead or Vacation matches “lindqvist”."
    hands.click("accounts_empty_link")
    hands.settle()
    assert (hands.text("accounts_count"), hands.search.text()) == ("1 account", "lindqvist")
    assert hands.chosen[-1] == frozenset()
    hands.search.clear()
    perform(hands, session, lambda desk: desk.reassign(AccountIds((6, 7)), ACTIVE))
    perform(hands, session, lambda desk: desk.reassign(AccountIds((8, 9)), ACTIVE))
    hands.pane.show_statuses(frozenset({LEAD, VACATION}))
    hands.settle()
    assert hands.text("accounts_empty_sentence") == "No account is in Lead or Vacation."
    button: QPushButton = hands.find(QPushButton, "accounts_empty_button")
    assert button.text() == "Show all"
    hands.click("accounts_empty_button")
    hands.settle()
    assert hands.text("accounts_count") == "9 accounts"
    assert hands.table.isVisible()


def test_without_any_account_import_and_demo_are_offered(hands: Hands, session: Session, qtbot: QtBot) -> None:
    for _ in range(9):
        perform(hands, session, lambda desk: desk.undo())
    assert hands.text("accounts_empty_sentence") == "No accounts yet."
    with qtbot.waitSignal(hands.pane.import_requested):
        hands.click("accounts_empty_button")
    with qtbot.waitSignal(hands.pane.demo_requested):
        hands.click("accounts_empty_link")


def test_a_change_set_shows_its_accounts_only(hands: Hands, session: Session) -> None:
    perform(hands, session, lambda desk: desk.reassign(AccountIds((1, 8)), VACATION))
    undo = session.next_undo
    assert undo is not None
    hands.type_search("marta")
    hands.pane.show_change_set(undo.id)
    hands.settle()
    assert hands.search.text() == ""
    assert hands.column("number") == ["00417", "00536"]
    chip = hands.find(QWidget, f"change_chip_{undo.id}")
    assert chip.accessibleName() == "Moved 2 accounts to Vacation"
    hands.press(Key.Key_A, CONTROL)
    assert hands.pane.selection() == Matching(change_set=undo.id)
    with session.reader.db.explained():
        assert session.reader.accounts.count(Matching(change_set=undo.id)) == 2
    QTest.mouseClick(chip, LEFT)
    hands.settle()
    assert hands.text("accounts_count") == "9 accounts"


def test_columns_are_chosen_moved_sized_and_remembered(
    hands: Hands, make_hands: Callable[[], Hands], qtbot: QtBot
) -> None:
    QTest.mouseClick(hands.find(QToolButton, "accounts_columns"), LEFT)
    menu: QMenu = hands.find(QMenu, "columns_menu")
    qtbot.waitUntil(menu.isVisible)
    column_action(menu, "phone").trigger()
    column_action(menu, "city").trigger()
    menu.close()
    head = hands.table.head
    name = next(place for place in head.places() if place.column.name == "name")
    head.resizeSection(name.number, 210)
    head.moveSection(0, 1)
    hands.sort_by("phone")
    shown = [column.name for column in head.shown()]
    assert shown == ["name", "number", "status", "status_since", "monthly_charge", "planned_for", "phone"]
    other = make_hands()
    other.pane.restore_state(hands.pane.save_state())
    other.settle()
    assert [column.name for column in other.table.head.shown()] == shown
    assert other.table.head.sectionSize(name.number) == 210
    assert other.table.head.sort == ("phone", False)
    other.pane.restore_state(other.pane.save_state().replace(b'"version": 1', b'"version": 9'))
    assert other.table.head.shown()[0].name == "name"
    assert other.table.head.is_shown("city")


def test_columns_are_moved_without_a_mouse(hands: Hands) -> None:
    head = hands.table.head
    names = [column.name for column in head.shown()]
    menu = QMenu()
    fill_columns(menu, head)
    assert menu.findChild(QAction, f"move_left_{names[0]}") is None
    menu_action(menu, "move_left_status").trigger()
    assert [column.name for column in head.shown()][:3] == ["number", "status", "name"]
    menu_action(menu, "move_right_status").trigger()
    assert [column.name for column in head.shown()] == names


def test_the_longest_name_of_a_status_is_shown_in_full(hands: Hands, session: Session) -> None:
    hands.pane.resize(600, 480)
    perform(hands, session, lambda desk: desk.edit_status(VACATION, {"name": "Out of coverage area"}))
    place = next(place for place in hands.table.head.places() if place.column.name == "status")
    room = place.width - place.lead - place.trail - ICON - PAD
    assert room >= hands.table.fontMetrics().horizontalAdvance("Out of coverage area")


def column_action(menu: QMenu, name: str) -> QAction:
    return menu_action(menu, f"column_{name}")


def menu_action(menu: QMenu, name: str) -> QAction:
    found = menu.findChild(QAction, name)
    assert found is not None
    return found


def test_choosing_a_status_for_one_account_finds_it_behind_filters(hands: Hands) -> None:
    hands.pane.show_statuses(frozenset({LEAD}))
    hands.type_search("jonas")
    hands.pane.choose_status_for(6)
    hands.settle()
    assert hands.selected() == {"00502"}
    assert hands.search.text() == ""
    assert hands.chosen[-1] == frozenset()
    assert hands.picker.view().isVisible()
    hands.picker.hidePopup()


def test_rows_that_cannot_be_read_stay_blank_and_one_sentence_says_why(
    hands: Hands, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def locked(_ids: object) -> list[Account]:
        raise InUse(path="office.statusdesk")

    monkeypatch.setattr(session.reader.accounts, "page", locked)
    with qtbot.waitSignal(session.failed) as told:
        hands.table.accounts.refresh()
        hands.table.viewport().repaint()
    assert isinstance(told.args[0], InUse)
    assert hands.column("name") == ["None"] * 9


def test_the_model_keeps_qts_rules(hands: Hands, session: Session) -> None:
    QAbstractItemModelTester(
        hands.table.accounts, QAbstractItemModelTester.FailureReportingMode.Fatal, hands.table
    )
    hands.type_search("kiel")
    hands.sort_by("name")
    perform(hands, session, lambda desk: desk.reassign(AccountIds((2,)), VACATION))
    there = hands.table.accounts.rowCount()
    new: AccountFields = {"number": "77", "name": "Ada", "city": "Kiel", "status_id": VACATION}
    perform(hands, session, lambda desk: desk.create_account(new))
    perform(hands, session, lambda desk: desk.edit_account(2, {"name": "Zoë"}))
    assert hands.table.accounts.rowCount() == there + 1
    perform(hands, session, lambda desk: desk.undo())
    perform(hands, session, lambda desk: desk.undo())
    assert hands.table.accounts.rowCount() == there
    hands.type_search("nothing at all")
    assert hands.table.accounts.rowCount() == 0


def test_the_table_paints_in_both_schemes_and_directions(hands: Hands) -> None:
    hands.click_row(0)
    blank = hands.table.grab().toImage()
    hands.pane.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = hands.table.grab().toImage()
    accent = hands.table.palette().accent().color().name()
    middle = hands.table.head.height() + 10
    assert blank.pixelColor(1, middle).name() == accent
    assert mirrored.pixelColor(mirrored.width() - 2, middle).name() == accent
