"""The reports as managers use them: chosen, narrowed, opened, limited, and taken away."""

import threading
from array import array
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QSpinBox,
)

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.instants import day_of, now
from statusdesk.domain.records import Stage
from statusdesk.gui.charts.columns import ColumnChart
from statusdesk.gui.panes import reports_page
from statusdesk.gui.panes.reports_building import Wish, build
from statusdesk.gui.panes.reports_content import ReportsContent
from statusdesk.gui.panes.reports_view import View
from statusdesk.gui.theme import apply_theme
from statusdesk.gui.widgets.day_field import DayField
from statusdesk.services.desk import Desk
from statusdesk.services.report_requests import Kind
from statusdesk.services.settings_verbs import Limits, limits, set_limits
from statusdesk.store.store import Store
from tests.gui.reports_support import Manager, manager

__all__ = ["manager"]


def test_two_dates_are_compared_and_each_cell_opens_its_accounts(manager: Manager) -> None:
    assert manager.page.kind is Kind.MATRIX
    rows = {row[0]: dict(zip(manager.columns(), row, strict=True)) for row in manager.rows()}
    assert (rows["New"]["Active"], rows["New"]["Vacation"], rows["New"]["All"]) == ("5", "3", "10")
    behind = manager.open_cell("New", "Active")
    assert (behind.title, len(behind.ids)) == ("New → Active", 5)
    assert manager.open_cell("All", "All").ids == array("q", range(1, 11))
    manager.pick("report_measure", "Charge on the second day")
    assert manager.open_cell("New", "Active").title == "New → Active"
    assert ["New", "0.00", "149.50", "69.80", "219.30"] in manager.rows()


def test_movement_is_walked_by_keys_and_opened(manager: Manager) -> None:
    manager.do(lambda desk: desk.reassign(AccountIds((1, 2)), 3, reason="moved away"))
    manager.choose("Movement")
    chart: ColumnChart = manager.find(ColumnChart, "report_columns")
    assert chart.isVisible()
    chart.setFocus()
    said = [chart.said(item) for item in range(chart.count())]
    assert [text.split(", ", 1)[1] for text in said] == ["Activated: 5 accounts", "Disconnected: 2 accounts"]
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    manager.settle()
    assert list(manager.opened[-1].ids) == [1, 2]
    assert manager.opened[-1].title.startswith("Disconnected, ")
    manager.click("report_as_table")
    month = manager.columns()[-1]
    assert list(manager.open_cell("moved away", month).ids) == [1, 2]
    figures = {row[0].strip(): row[-1] for row in manager.rows()}
    assert (figures["Active after"], figures["Churn"]) == ("3", "—")
    assert "a pause is no churn" in manager.notes()
    manager.pick("report_step", "Days")
    day = manager.find(DayField, "report_from")
    day.setFocus()
    day.selectAll()
    QTest.keyClicks(day, day_of(now() - 86_400_000, manager.session.info.time_zone))
    QTest.keyClick(day, Qt.Key.Key_Return)
    manager.settle()
    assert len(manager.columns()) == 3, "what they are, yesterday, and today"


def test_the_revenue_says_that_it_has_no_basis(manager: Manager) -> None:
    manager.choose("Revenue")
    assert manager.figures() == {"Current, EUR": "149.50", "Committed, EUR": "149.50", "Expected, EUR": "—"}
    assert "Nothing is expected, for want of a basis" in manager.notes()
    manager.click("report_figures_0")
    assert list(manager.opened[-1].ids) == [1, 2, 3, 4, 5]
    assert manager.table.isVisible(), "nothing is to be drawn"
    assert list(manager.open_cell("Current", "Accounts").ids) == [1, 2, 3, 4, 5]


def test_plans_count_in_the_revenue_and_open_their_accounts(manager: Manager) -> None:
    soon = now() + 40 * 86_400_000
    manager.do(lambda desk: desk.plan_change(AccountIds((6,)), 2, soon))
    manager.do(lambda desk: desk.plan_change(AccountIds((1,)), 3, soon))
    manager.choose("Revenue")
    assert manager.figures()["Committed, EUR"] == "149.50"
    manager.click("report_as_table")
    assert list(manager.open_cell("Planned start", "Accounts").ids) == [6]
    assert list(manager.open_cell("Planned stop", "Accounts").ids) == [1]
    stop = next(row for row in manager.rows() if row[0] == "Planned stop")
    assert stop[2:] == ["−1", "−29.90"]


def test_the_licence_limit_is_set_weighed_and_undone(manager: Manager) -> None:
    manager.choose("Monthly peak")
    assert "No licence limit is set." in manager.notes()
    manager.enter("peak_limit", 7)
    assert manager.figures()["Room left"] == "2"
    manager.enter("peak_activating", 4)
    assert manager.figures()["Peak with 4 more today"] == "9"
    for selected, more in ((AccountIds((1, 6, 8)), 2), (Matching(search="Hotel"), 1), (Matching(), 5)):
        manager.selected = selected
        manager.click("peak_use_selection")
        assert manager.figures()[f"Peak with {more} more today"] == str(5 + more)
    manager.do(lambda desk: desk.undo())
    assert manager.find(QSpinBox, "peak_limit").value() == 0
    assert limits(manager.session.reader).peak is None
    manager.click("report_as_table")
    month = manager.rows()[-1][0]
    assert len(manager.open_cell(month, "Peak").ids) == 5


def test_growth_shows_installs_by_week(manager: Manager) -> None:
    def wait_for_install(desk: Desk) -> Any:
        made = desk.create_status(
            {"name": "Waiting", "shape": "hourglass", "colour": "#C27C00", "stage": Stage.ONBOARDING}
        ).status_id
        assert made is not None
        return desk.create_account({"number": "90002", "status_id": made, "install_on": "2999-01-07"})

    manager.do(wait_for_install)
    manager.choose("Growth")
    manager.click("report_as_table")
    assert list(manager.open_cell("7 Jan 2999", "Due", lead=1).ids) == [11]


def test_a_limit_of_days_finds_who_is_stuck(manager: Manager) -> None:
    manager.choose("Stuck")
    manager.pick("stuck_status", "Vacation")
    manager.enter("stuck_days", 30)
    assert manager.figures() == {"Stuck accounts": "1"}
    row = next(row for row in manager.rows() if row[0] == "Vacation")
    assert row[1:4] == ["30", "set by the office", "1"]
    assert list(manager.open_cell("Vacation", "Stuck").ids) == [10]
    manager.enter("stuck_days", 60)
    assert manager.figures() == {"Stuck accounts": "0"}
    assert limits(manager.session.reader).stays == {4: 60}


def test_ghosts_are_found(manager: Manager) -> None:
    manager.choose("Ghosts")
    manager.click("report_as_table")
    assert manager.rows()[0] == ["Vacation", "Not billed, still in the network", "1", "1", "0"]
    assert list(manager.open_cell("Vacation", "With RADIUS user").ids) == [10]


@pytest.mark.parametrize("report", ["Compare two dates", "Movement", "Revenue", "Growth", "Stuck", "Ghosts"])
def test_the_marks_of_a_split_reports_chart_open_as_many_accounts_as_they_say(
    manager: Manager, report: str
) -> None:
    manager.do(lambda desk: desk.reassign(AccountIds((1, 2)), 3, reason="moved away"))
    manager.do(lambda desk: set_limits(desk, Limits(None, {4: 14})))
    manager.do(lambda desk: desk.plan_change(AccountIds((10,)), 2, now() + 86_400_000, reason="back"))
    manager.choose(report)
    manager.pick("reports_split", "City")
    manager.click("report_chart")
    chart: ColumnChart = manager.find(ColumnChart, "report_columns")
    assert chart.isVisible()
    assert chart.count()
    for item in range(chart.count()):
        chart.walk_to(item)
        QTest.keyClick(chart, Qt.Key.Key_Return)
        manager.settle()
        place, number = chart._items[item]
        if report == "Revenue":
            charges = manager.session.reader.accounts.page(list(manager.opened[-1].ids))
            count = sum(account.monthly_charge for account in charges)
        else:
            count = len(manager.opened[-1].ids)
        assert count == abs(chart.columns.drawn[number].values[place])
        assert chart.columns.names[place] in manager.opened[-1].title


def test_reports_are_filtered_and_split(manager: Manager) -> None:
    manager.choose("Revenue")
    manager.pick("reports_split", "City")
    manager.click("report_as_table")
    found = {row[0]: row[3] for row in manager.rows() if row[1] == "Current"}
    assert found == {"Kiel": "2", "Lübeck": "3", "Plön": "0"}
    assert list(manager.open_cell("Lübeck", "Accounts").ids) == [1, 3, 5]
    manager.choose("Ghosts")
    assert [row[0] for row in manager.rows()] == ["Plön"]
    manager.pick("reports_split", "Nothing")
    assert [row[0] for row in manager.rows()] == ["Vacation"]


def test_what_is_chosen_last_is_shown_whatever_was_asked_before(
    manager: Manager, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Kind] = []
    real = ReportsContent.show_view

    def show_view(content: ReportsContent, view: View, *, as_table: bool) -> None:
        shown.append(view.request.kind)
        real(content, view, as_table=as_table)

    monkeypatch.setattr(ReportsContent, "show_view", show_view)
    for kind in (Kind.MOVEMENT, Kind.PEAK, Kind.GROWTH, Kind.GHOSTS):
        manager.page.show_report(kind)
    manager.settle()
    assert shown == [Kind.GHOSTS]


def test_a_report_that_takes_its_time_says_so_and_shows_the_one_before(
    manager: Manager, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = threading.Event()

    def slow(store: Store, wish: Wish) -> View:
        going.wait(5)
        return build(store, wish)

    monkeypatch.setattr(reports_page, "build", slow)
    manager.page.show_report(Kind.MOVEMENT)
    busy: QLabel = manager.find(QLabel, "report_busy")
    manager.qtbot.waitUntil(lambda: busy.text() == "Counting… Until then this is “Compare two dates”.")

    def shown() -> list[str]:
        return [view.title for view in (manager.page.content.view,) if view is not None]

    assert shown() == ["Compare two dates"]
    going.set()
    manager.settle()
    assert busy.text() == ""
    assert shown() == ["Movement"]


def test_tab_goes_through_the_page_as_it_is_read(manager: Manager) -> None:
    manager.choose("Monthly peak")
    manager.page.take_focus()
    passed: list[str] = []
    for _ in range(17):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus.objectName() in passed:
            break
        passed.append(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert passed == [
        "reports_list", "report_take_copy", "report_take_print", "report_take_save", "report_chart",
        "report_from", "report_to", "peak_limit", "peak_activating",
        "reports_filter_account_type", "reports_filter_city", "reports_filter_lead_source", "reports_split",
        "peak_use_selection",
        "report_figures_0", "report_columns",
    ]  # fmt: skip


def test_charts_stand_in_either_scheme_and_from_right_to_left(manager: Manager, dressed: QApplication) -> None:
    manager.choose("Movement")
    chart: ColumnChart = manager.find(ColumnChart, "report_columns")
    left = chart.place(chart.count() - 1).center().x()
    chart.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    right = chart.place(chart.count() - 1).center().x()
    assert right < chart.width() // 2 < left
    apply_theme(dressed, "dark")

    def ground() -> int:
        return manager.window.grab().toImage().pixelColor(manager.window.width() - 40, 700).lightness()

    manager.qtbot.waitUntil(lambda: ground() < 60)
    apply_theme(dressed, "light")
    manager.qtbot.waitUntil(lambda: ground() > 200)
