"""The page of worklists, proved with the planned changes."""

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QTableView,
    QTimeEdit,
    QToolButton,
    QWidget,
)

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.instants import now
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.panes.work.page import WorkPage
from statusdesk.gui.panes.work.planned import PlannedList
from statusdesk.gui.widgets.side_list import SideList
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store
from tests.journeys.conftest import Hands, Opens, answers, database, dressed, hands, opens, own_settings

if TYPE_CHECKING:
    from statusdesk.domain.plans import Plan

__all__ = ["answers", "database", "dressed", "hands", "opens", "own_settings"]

DAY = 86_400_000
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def planner(database: Path, opens: Opens) -> Hands:
    """A window on the page of worklists, with three accounts that leave in two days and one moved meanwhile."""
    store = Store(database)
    desk = Desk(store, author="jens")
    desk.plan_change(AccountIds((1, 2, 3)), 4, now() + 2 * DAY, reason="Summer house")
    desk.plan_change(AccountIds((4,)), 4, now() + DAY)
    desk.reassign(AccountIds((4,)), 3)
    store.close()
    hands = opens()
    QTest.keyClick(hands.window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hands.settle()
    return hands


def page(hands: Hands) -> WorkPage:
    return hands.find(WorkPage, "work_page")


def chosen(hands: Hands) -> list[str]:
    rows: list[Plan] = page(hands).chosen_rows()
    return [plan.title for plan in rows]


def test_planned_changes_are_listed_counted_and_cancelled_in_bulk(planner: Hands) -> None:
    hands = planner
    assert page(hands).isVisible()
    assert hands.find(QAbstractButton, "work_view_upcoming").accessibleName() == "Upcoming, 3"
    assert hands.find(QAbstractButton, "work_view_flagged").accessibleName() == "Need a look, 1"
    side = hands.find(SideList, "work_lists")
    assert side.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Planned, 1"
    table = hands.find(ChartTable, "work_table")
    assert table.hasFocus()
    assert not hands.find(QPushButton, "work_cancel").isEnabled()
    hands.click_row("work_table", "Marta Lindqvist")
    hands.click_row("work_table", "Bergmann & Sohn", CONTROL)
    assert hands.find(TextLabel, "work_chosen").text() == "2 planned changes selected"
    hands.window.session.refresh()
    hands.settle()
    assert chosen(hands) == ["Marta Lindqvist", "Bergmann & Sohn"]
    hands.press(Qt.Key.Key_Delete, widget=table)
    hands.settle()
    assert hands.window.messages.text == "Cancelled 2 planned changes"
    assert [cells[2].text for cells in table.rows.rows] == ["Okan Yıldırım"]
    assert chosen(hands) == []
    hands.click("message_undo")
    hands.settle()
    assert len(table.rows.rows) == 3


def test_one_that_needs_a_look_says_why_and_can_be_applied_all_the_same(planner: Hands) -> None:
    hands = planner
    hands.click("work_view_flagged")
    hands.settle()
    hands.click_row("work_table", "The account was moved meanwhile.")
    before = hands.counts()["Vacation"]
    hands.click("work_apply")
    hands.settle()
    assert hands.counts()["Vacation"] == before + 1
    assert hands.find(TextLabel, "work_empty_sentence").text() == "No planned change needs a look."
    hands.click("work_view_done")
    hands.settle()
    assert hands.find(ChartTable, "work_table").isVisible()
    assert not hands.find(QPushButton, "work_apply").isVisible()


def test_rows_are_found_sorted_and_their_accounts_shown_at_the_desk(planner: Hands) -> None:
    hands = planner
    table = hands.find(ChartTable, "work_table")
    hands.click_row("work_table", "Okan Yıldırım")
    head = table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(2) + 20, head.height() // 2)
    for _ in range(2):
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    shown = [table.model().index(row, 2).data() for row in range(table.model().rowCount())]
    assert shown == ["Okan Yıldırım", "Marta Lindqvist", "Bergmann & Sohn"]
    assert chosen(hands) == ["Okan Yıldırım"]
    search = hands.find(QLineEdit, "work_search")
    QTest.keyClicks(search, "bergm")
    assert [cells[2].text for cells in table.rows.rows] == ["Bergmann & Sohn"]
    QTest.keyClicks(search, "x")
    assert hands.find(TextLabel, "work_empty_sentence").text() == "Nothing matches “bergmx”."
    hands.click("work_empty_button")
    table.selectAll()
    hands.click("work_show_accounts")
    hands.settle()
    assert hands.window.accounts.isVisible()
    assert hands.find(QTableView, "accounts_table").model().rowCount() == 3


def test_many_are_postponed_and_one_is_given_another_status(planner: Hands) -> None:
    hands = planner
    table = hands.find(ChartTable, "work_table")
    due = {plan.title: plan.due_at for plan in page(hands)._shown}
    hands.click_row("work_table", "Marta Lindqvist")
    hands.click_row("work_table", "Bergmann & Sohn", CONTROL)
    hands.press(Qt.Key.Key_P, widget=table)
    dialog = hands.dialog("postpone_dialog")
    QTest.keyClicks(hands.find(QLineEdit, "postpone_reason", dialog), "They stay longer")
    hands.click("postpone_week", dialog)
    hands.click("postpone_accept", dialog)
    hands.click("card_apply", hands.dialog("consequence_card"))
    hands.settle()
    after = {plan.title: plan.due_at for plan in page(hands)._shown}
    week = 7 * DAY // 60_000
    assert after["Marta Lindqvist"] // 60_000 - due["Marta Lindqvist"] // 60_000 == week
    assert after["Okan Yıldırım"] == due["Okan Yıldırım"]
    assert hands.window.session.reader.journal.newest(limit=1)[0].reason == "They stay longer"
    hands.click_row("work_table", "Okan Yıldırım")
    hands.click("work_edit")
    dialog = hands.dialog("plan_dialog")
    box = hands.find(QComboBox, "plan_status", dialog)
    box.setCurrentIndex(box.findText("Inactive"))
    hands.click("plan_accept", dialog)
    hands.click("card_apply", hands.dialog("consequence_card"))
    hands.settle()
    (plan,) = hands.window.session.reader.planned.pending([2])[2]
    assert (plan.status_id, plan.due_at, plan.reason) == (3, due["Okan Yıldırım"], "Summer house")


def test_a_time_that_has_passed_is_refused_in_the_dialog(planner: Hands) -> None:
    hands = planner
    hands.click_row("work_table", "Okan Yıldırım")
    hands.click("work_edit")
    dialog = hands.dialog("plan_dialog")
    date, time = hands.find(QLineEdit, "plan_date", dialog), hands.find(QTimeEdit, "plan_time", dialog)
    for _ in range(2):
        QTest.keyClick(date, Qt.Key.Key_Down)
    time.setTime(QTime(0, 0))
    hands.click("plan_accept", dialog)
    hands.settle()
    assert "passed" in hands.find(TextLabel, "dialog_note", dialog).text()
    hands.click("plan_cancel", dialog)
    hands.settle()
    assert hands.window.session.reader.planned.pending([2])[2][0].due_at > now() + DAY


def test_no_page_of_the_switch_moves_when_another_is_shown(planner: Hands) -> None:
    switch = planner.find(QWidget, "page_switch")
    before = [page.geometry() for page in switch.findChildren(QToolButton)]
    QTest.keyClick(planner.window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    planner.settle()
    assert [page.geometry() for page in switch.findChildren(QToolButton)] == before


def test_tab_goes_from_the_chosen_view_to_the_rows_and_their_actions(planner: Hands) -> None:
    hands = planner
    view = hands.find(QAbstractButton, "work_view_flagged")
    hands.click("work_view_flagged")
    hands.settle()
    hands.click_row("work_table", "The account was moved meanwhile.")
    view.setFocus()
    table = hands.find(ChartTable, "work_table")
    reached = []
    for _ in range(4):
        hands.press(Qt.Key.Key_Tab, widget=QApplication.focusWidget())
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.append(focus.objectName())
    assert reached == ["work_table", "work_show_accounts", "work_edit", "work_postpone"]
    assert table.isVisible()


def test_while_a_list_takes_its_time_the_page_says_that_it_counts(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Event()
    fetch = PlannedList.fetch

    def slowly(self: PlannedList, store: Store, view: str) -> object:
        told.wait(10)
        return fetch(self, store, view)

    monkeypatch.setattr(PlannedList, "fetch", slowly)
    QTest.keyClick(hands.window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    waiting = hands.find(TextLabel, "work_waiting")
    assert waiting.text() == ""
    hands.qtbot.waitUntil(lambda: waiting.isVisible() and waiting.text() == "Counting…")
    told.set()
    hands.settle()
    assert not waiting.isVisible()
