"""Selecting accounts, and that what is selected stays so while the list changes around it."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.gui.session import Session
from statusdesk.services.desk import Desk
from tests.gui.account_panes import ACTIVE, CONTROL, SHIFT, VACATION, Hands, Key, hands, make_hands, perform

if TYPE_CHECKING:
    from statusdesk.domain.records import AccountFields

__all__ = ["hands", "make_hands"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


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


def test_tab_leaves_the_table_and_search_leads_into_it(hands: Hands) -> None:
    hands.press(Key.Key_Down, widget=hands.search)
    assert QApplication.focusWidget() is hands.table
    assert hands.pane.selection() == AccountIds((hands.table.accounts.ids[0],)), "keys reach what was found"
    hands.click_row(1)
    hands.press(Key.Key_Down, widget=hands.search)
    assert hands.pane.selection() == AccountIds((hands.table.accounts.ids[1],)), "what is selected stays"
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
