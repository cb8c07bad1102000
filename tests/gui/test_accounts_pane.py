"""Finding, selecting and moving accounts as people do it: by keys, mouse, menus and the row below the list."""

from collections.abc import Callable, Sequence
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QContextMenuEvent, QDrag, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.records import Account, AccountFields
from statusdesk.domain.store_errors import InUse
from statusdesk.gui.models.statuses_model import ACCOUNTS_MIME
from statusdesk.gui.panes.account_painting import ICON, PAD
from statusdesk.gui.panes.accounts_pane import AccountsPane
from statusdesk.gui.panes.set_status_row import Wish
from statusdesk.gui.session import Session
from statusdesk.services.desk import Desk
from statusdesk.services.listing import Listing, ListQuery
from tests.gui.account_panes import CONTROL, LEFT, NO_KEYS, RIGHT, SHIFT, Hands, Key

ACTIVE, LEAD, VACATION = 2, 1, 4

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def make_hands(session: Session, qtbot: QtBot) -> Callable[[], Hands]:
    def make() -> Hands:
        pane = AccountsPane(session)
        qtbot.addWidget(pane, before_close_func=lambda _: pane.close_listing())
        pane.resize(720, 480)
        with qtbot.waitActive(pane):
            pane.show()
            pane.activateWindow()
        hands = Hands(qtbot, pane)
        hands.settle()
        return hands

    return make


@pytest.fixture
def hands(make_hands: Callable[[], Hands]) -> Hands:
    return make_hands()


def perform(hands: Hands, session: Session, verb: Callable[[Desk], object]) -> None:
    with hands.qtbot.waitSignal(session.changed):
        session.perform(lambda desk, _: verb(desk))
    hands.settle()


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


def test_selecting_by_mouse_survives_sorting_and_a_refresh(hands: Hands, session: Session) -> None:
    hands.click_row(1)
    hands.click_row(4, SHIFT)
    hands.click_row(6, CONTROL)
    numbers = {"00434", "00451", "00468", "00485", "00519"}
    assert hands.selected() == numbers
    hands.sort_by("city")
    assert hands.selected() == numbers
    perform(hands, session, lambda desk: desk.edit_account(3, {"city": "Plön"}))
    assert hands.selected() == numbers
    assert hands.text("set_status_title") == "Set status of 5 selected accounts"
    hands.click_row(0, CONTROL | SHIFT)
    assert numbers < hands.selected()
    hands.click_row(0)
    assert len(hands.selected()) == 1


def test_selecting_by_keys(hands: Hands) -> None:
    hands.press(Key.Key_Home)
    hands.press(Key.Key_Down, SHIFT)
    hands.press(Key.Key_Down, SHIFT)
    assert hands.selected() == {"00417", "00434", "00451"}
    hands.press(Key.Key_End, CONTROL)
    hands.press(Key.Key_Space)
    assert hands.selected() == {"00417", "00434", "00451", "00553"}
    hands.press(Key.Key_Up, CONTROL | SHIFT)
    assert hands.selected() == {"00417", "00434", "00451", "00536", "00553"}
    hands.press(Key.Key_A, CONTROL)
    assert hands.text("set_status_title") == "Set status of 9 selected accounts"
    hands.press(Key.Key_Escape)
    assert hands.selected() == set()
    hands.press(Key.Key_PageUp)
    assert hands.selected() == {"00417"}
    assert hands.current[-1] == 1


def test_all_of_a_search_means_the_question_and_what_is_hidden_comes_back(hands: Hands) -> None:
    hands.press(Key.Key_A, CONTROL)
    hands.type_search("kiel")
    assert hands.pane.selection() == Matching(None, "kiel")
    assert hands.text("set_status_title") == "Set status of 4 selected accounts"
    assert hands.text("set_status_hidden") == "The search hides 5 more; they stay as they are."
    hands.click_row(0, CONTROL)
    hands.press(Key.Key_Escape, widget=hands.search)
    hands.settle()
    assert hands.text("set_status_title") == "Set status of 8 selected accounts"
    assert hands.pane.selection() == Matching(excluding=frozenset({2}))


def test_the_row_sets_a_status_with_a_reason(hands: Hands, session: Session) -> None:
    apply: QPushButton = hands.find(QPushButton, "set_status_apply")
    assert hands.text("set_status_title") == "Select accounts to set their status"
    assert not apply.isEnabled()
    assert not hands.picker.isEnabled()
    hands.click_row(0)
    assert [hands.picker.itemText(at) for at in range(hands.picker.count())] == [
        line.status.name for line in session.live_lines()
    ]
    place = hands.picker.findText("Vacation")
    assert hands.picker.itemData(place, Qt.ItemDataRole.ToolTipRole) == "Away."
    hands.press(Key.Key_S)
    view = hands.picker.view()
    hands.qtbot.waitUntil(view.isVisible)
    QTest.keyClicks(view, "V")
    QTest.keyClick(view, Key.Key_Return)
    assert QApplication.focusWidget() is hands.reason
    assert apply.text() == "Apply…"
    QTest.keyClicks(hands.reason, " Away until May ")
    QTest.keyClick(hands.reason, Key.Key_Return)
    assert hands.wishes == [Wish(AccountIds((1,)), VACATION, "Away until May")]
    wish = hands.wishes[0]
    assert hands.reason.text()
    perform(hands, session, lambda desk: desk.reassign(wish.selection, wish.status_id, reason=wish.reason))
    assert hands.reason.text() == ""
    hands.click_row(5)
    assert apply.text() == "Apply"
    hands.click_row(6, SHIFT)
    assert apply.text() == "Apply…"
    hands.click("set_status_apply")
    assert hands.wishes[-1] == Wish(AccountIds((6, 7)), VACATION)


def test_keys_and_menus_wish_the_same(hands: Hands, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.click_row(0)
    hands.press(Key.Key_1, CONTROL)
    first, second = (line.status for line in session.live_lines()[:2])
    hands.press(Key.Key_2, CONTROL)
    assert [wish.status_id for wish in hands.wishes] == [first.id, second.id]
    menu = open_menu(hands, row=0)
    statuses = menu.findChild(QMenu, "set_status_menu") or hands.find(QMenu, "set_status_menu")
    assert [action.text() for action in statuses.actions()] == [line.status.name for line in session.live_lines()]
    assert all(not action.icon().isNull() for action in statuses.actions())
    statuses.actions()[-1].trigger()
    assert hands.wishes[-1] == Wish(AccountIds((1,)), session.live_lines()[-1].status.id)
    menu.close()
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_1, CONTROL)
    assert len(hands.wishes) == 3


def open_menu(hands: Hands, row: int | None = None) -> QMenu:
    """Open the context menu by mouse on a row, or by its key."""
    viewport = hands.table.viewport()
    reason = QContextMenuEvent.Reason.Keyboard if row is None else QContextMenuEvent.Reason.Mouse
    place = QPoint() if row is None else hands.middle(row)
    if row is not None:
        QTest.mouseClick(viewport, RIGHT, NO_KEYS, place)
    event = QContextMenuEvent(reason, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    hands.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_the_menu_comes_by_key_and_selects_what_it_is_about(hands: Hands, qtbot: QtBot) -> None:
    hands.click_row(1)
    menu = open_menu(hands, row=3)
    assert hands.selected() == {"00468"}
    menu.close()
    menu = open_menu(hands)
    edit = next(action for action in menu.actions() if action.text() == "Edit…")
    with qtbot.waitSignal(hands.pane.edit_requested) as asked:
        edit.trigger()
    assert asked.args == [4]
    menu.close()
    with qtbot.waitSignal(hands.pane.edit_requested) as asked:
        hands.click_row(2, twice=True)
    assert asked.args == [3]
    with qtbot.waitSignal(hands.pane.edit_requested) as asked:
        hands.press(Key.Key_Return)
    with qtbot.waitSignal(hands.pane.history_requested):
        hands.action("account_history").trigger()


def test_selected_accounts_are_dragged_together(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    dragged: list[QMimeData] = []

    def dropped(self: QDrag, _actions: Qt.DropAction) -> Qt.DropAction:
        dragged.append(self.mimeData())
        return Qt.DropAction.MoveAction

    monkeypatch.setattr(QDrag, "exec", dropped)
    hands.click_row(1)
    hands.click_row(3, SHIFT)
    QTest.mousePress(hands.table.viewport(), LEFT, NO_KEYS, hands.middle(2))
    QTest.mouseMove(hands.table.viewport(), hands.middle(2) + QPoint(60, 4))
    assert len(dragged) == 1
    assert dragged[0].data(ACCOUNTS_MIME).toStdString() == "3"
    assert hands.selected() == {"00434", "00451", "00468"}
    QTest.mouseRelease(hands.table.viewport(), LEFT, NO_KEYS, hands.middle(2))
    hands.click_row(2)
    assert hands.selected() == {"00451"}


def test_copying_gives_text_and_a_table_of_what_is_shown(hands: Hands, session: Session) -> None:
    perform(hands, session, lambda desk: desk.edit_account(3, {"name": "Berg & <Sohn>\tKG"}))
    hands.sort_by("name")
    for name in ("status_since", "planned_for"):
        hands.table.head.show_column(name, shown=False)
    rows = hands.column("number")
    hands.click_row(rows.index("00451"))
    hands.click_row(rows.index("00417"), CONTROL)
    hands.press(Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == (
        "00451\tBerg & <Sohn> KG\tActive\t29.90\tLübeck\n00417\tMarta Lindqvist\tActive\t29.90\tLübeck\n"
    )
    assert "Berg &amp; &lt;Sohn&gt;" in data.html()
    assert data.html().count("<tr>") == 2
    hands.press(Key.Key_C, CONTROL | SHIFT)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().splitlines()[0] == "Number\tName\tStatus\tMonthly charge\tCity"
    assert "<th>Monthly charge</th>" in data.html()


def test_many_accounts_are_copied_by_the_list_and_too_many_are_refused(
    hands: Hands, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("statusdesk.gui.panes.account_copies.AT_ONCE", 3)
    hands.press(Key.Key_A, CONTROL)
    QGuiApplication.clipboard().clear()
    hands.press(Key.Key_C, CONTROL)
    hands.settle()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 9
    monkeypatch.setattr("statusdesk.gui.panes.account_copies.MOST", 8)
    with qtbot.waitSignal(session.failed) as refused:
        hands.press(Key.Key_C, CONTROL)
    assert "Export" in refused.args[0].sentence


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


def test_a_refresh_keeps_the_current_account_and_what_moved_away_is_deselected(
    hands: Hands, session: Session
) -> None:
    hands.pane.show_statuses(frozenset({ACTIVE}))
    hands.settle()
    hands.click_row(1)
    hands.click_row(3, CONTROL)
    assert hands.current[-1] == 4
    perform(hands, session, lambda desk: desk.reassign(AccountIds((1, 2)), VACATION))
    assert hands.column("number") == ["00451", "00468", "00485"]
    assert hands.table.current_account() == 4
    assert hands.selected() == {"00468"}
    assert hands.find(QWidget, f"status_chip_{ACTIVE}").accessibleName() == "Active, 3 accounts"
    perform(hands, session, lambda desk: desk.reassign(AccountIds((4,)), VACATION))
    assert hands.table.current_account() == 5
    assert hands.text("set_status_title") == "Select accounts to set their status"


def test_a_refresh_keeps_the_place_in_a_long_list(hands: Hands, session: Session) -> None:
    rows = [{"number": f"10{place:03}", "status_id": ACTIVE} for place in range(60)]

    def add(desk: Desk) -> object:
        for row in rows[:-1]:
            desk.create_account({"number": str(row["number"]), "status_id": ACTIVE})
        return desk.create_account({"number": str(rows[-1]["number"]), "status_id": ACTIVE})

    perform(hands, session, add)
    hands.table.verticalScrollBar().setValue(1005)
    top = hands.table.seen_ids()[0]
    height = hands.table.rowViewportPosition(hands.table.seen_rows()[0])
    new: AccountFields = {"number": "77", "name": "Ada", "city": "Kiel", "status_id": VACATION}
    perform(hands, session, lambda desk: desk.create_account(new))
    assert hands.table.seen_ids()[0] == top
    assert hands.table.rowViewportPosition(hands.table.seen_rows()[0]) == height
    hands.sort_by("name")
    assert hands.table.verticalScrollBar().value() == 0


def test_the_keyboard_goes_back_to_the_list_when_all_selected_accounts_left_it(
    hands: Hands, session: Session
) -> None:
    hands.pane.show_statuses(frozenset({ACTIVE}))
    hands.settle()
    hands.click_row(0)
    hands.reason.setFocus()
    perform(hands, session, lambda desk: desk.reassign(AccountIds((1,)), VACATION))
    assert not hands.reason.isEnabled()
    assert QApplication.focusWidget() is hands.table
    perform(hands, session, lambda desk: desk.reassign(AccountIds((2, 3, 4, 5)), VACATION))
    assert QApplication.focusWidget() is hands.search


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


def test_the_longest_name_of_a_status_is_shown_in_full(hands: Hands, session: Session) -> None:
    hands.pane.resize(600, 480)
    perform(hands, session, lambda desk: desk.edit_status(VACATION, {"name": "Out of coverage area"}))
    place = next(place for place in hands.table.head.places() if place.column.name == "status")
    room = place.width - place.lead - place.trail - ICON - PAD
    assert room >= hands.table.fontMetrics().horizontalAdvance("Out of coverage area")


def column_action(menu: QMenu, name: str) -> QAction:
    found = menu.findChild(QAction, f"column_{name}")
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


def test_tab_leaves_the_table_and_search_leads_into_it(hands: Hands) -> None:
    hands.press(Key.Key_Down, widget=hands.search)
    assert QApplication.focusWidget() is hands.table
    hands.click_row(0)
    QTest.keyClick(hands.table, Key.Key_Tab)
    assert QApplication.focusWidget() is hands.picker
    for name in ("set_status_reason", "set_status_when"):
        QTest.keyClick(hands.pane.focusWidget(), Key.Key_Tab)
        assert hands.pane.focusWidget().objectName() == name
    hands.action("find").trigger()
    assert QApplication.focusWidget() is hands.search
    hands.pane.show_statuses(frozenset({ACTIVE, VACATION}))
    hands.settle()
    walked = []
    for _ in range(4):
        QTest.keyClick(hands.pane.focusWidget(), Key.Key_Tab)
        walked.append(hands.pane.focusWidget().objectName())
    assert walked == [f"status_chip_{ACTIVE}", f"status_chip_{VACATION}", "show_all", "accounts_table"]


def test_screen_readers_hear_cells_selection_and_sorting(hands: Hands) -> None:
    hands.click_row(0)
    assert said_at(hands, 0, 0) == "00417, selected"
    assert said_at(hands, 0, 1) == "Marta Lindqvist, selected"
    assert said_at(hands, 0, 2) == "Active, circle, billed, selected"
    assert said_at(hands, 1, 1) == "Okan Yıldırım"
    model = hands.table.accounts
    heads = [model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole) for at in (0, 1)]
    assert heads == ["Number, sorted upward", "Name"]
    for widget in hands.pane.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(QAccessible.Text.Name), widget.objectName() or widget


def said_at(hands: Hands, row: int, column: int) -> str:
    """Return what a screen reader is told of a cell; it counts heads as cells."""
    table = QAccessible.queryAccessibleInterface(hands.table)
    columns = hands.table.accounts.columnCount()
    return table.child((row + 1) * (columns + 1) + column + 1).text(QAccessible.Text.Name)


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
