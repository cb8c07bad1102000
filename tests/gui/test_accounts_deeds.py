"""What people do with the accounts that they selected: status, menus, dragging, copying."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QDrag, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import AccountIds
from statusdesk.gui.models.statuses_model import ACCOUNTS_MIME
from statusdesk.gui.panes.set_status_row import Wish
from statusdesk.gui.session import Session
from tests.gui.account_panes import (
    CONTROL,
    LEFT,
    NO_KEYS,
    RIGHT,
    SHIFT,
    VACATION,
    Hands,
    Key,
    hands,
    make_hands,
    perform,
)

__all__ = ["hands", "make_hands"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


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
