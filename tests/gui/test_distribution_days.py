"""Any day of the distribution, gone by or to come, has exactly the numbers of the report."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from statusdesk.domain.changes import AccountIds
from statusdesk.gui import formats
from statusdesk.gui.charts.scales import months_after
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.models import distribution_facts
from statusdesk.gui.widgets.day_field import DayField
from statusdesk.services.reports.distribution import Distribution, distribution
from tests.gui.distribution_support import (
    ACTIVE,
    BACK_ON,
    FIRST,
    LEFT_ON,
    Key,
    Viewer,
    area,
    bar,
    bars,
    choose,
    click_bar,
    day,
    figure,
    go_to,
    noon,
    past,
    slider,
    tick,
    viewer,
)

__all__ = ["past", "viewer"]


@pytest.mark.parametrize("offset", [0, -1, -BACK_ON, -BACK_ON - 1, -LEFT_ON, -LEFT_ON - 1, -FIRST])
def test_any_day_shows_exactly_the_numbers_of_the_report(viewer: Viewer, offset: int) -> None:
    go_to(viewer, offset)
    report = distribution(viewer.session.reader, on=day(offset))
    shown = {each.name: each.cells[:3] for each in bars(viewer).bars.bars if not each.heading}
    assert shown == {
        line.status.name: (
            formats.count(line.accounts),
            formats.percent(line.share),
            formats.money(line.charge, "EUR", blank=True),
        )
        for line in report.statuses
    }
    assert figure(viewer, "accounts").startswith(f"Accounts: {report.accounts}")
    assert figure(viewer, "billed").startswith(f"Billed accounts: {report.active}")
    assert formats.money(report.revenue, "EUR") in figure(viewer, "revenue")


def test_the_slider_moves_by_days_months_and_to_both_ends(viewer: Viewer) -> None:
    line = slider(viewer)
    for keys, expected in (
        ((Key.Key_Left,), day(-1)),
        ((Key.Key_PageDown,), months_after(day(-1), -1)),
        ((Key.Key_Home,), day(-FIRST)),
        ((Key.Key_Right, Key.Key_Right), day(2 - FIRST)),
        ((Key.Key_End,), months_after(day(0), 3)),
    ):
        viewer.press(line, *keys)
        assert viewer.page.view.day == expected
        assert viewer.find(DayField, "day_field").day == expected
        assert line.accessibleDescription().startswith(formats.date(expected))
    viewer.click("day_today")
    assert line.day == day(0)
    assert not viewer.find(QPushButton, "day_today").isEnabled()


def test_the_slider_follows_the_pointer(viewer: Viewer) -> None:
    line = slider(viewer)
    start = QPoint(line.width() // 2, 14)
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=start)
    viewer.settle()
    middle = line.day
    QTest.mouseMove(line, QPoint(0, 14))
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=QPoint(0, 14))
    viewer.settle()
    assert day(-FIRST) < middle
    assert viewer.page.view.day == day(-FIRST)
    assert bar(viewer, "Active").value == 6


def test_a_day_to_come_is_marked_as_expected_and_says_what_it_rests_on(viewer: Viewer) -> None:
    note = viewer.find(QLabel, "expected_note")
    assert note.text() == ""
    go_to(viewer, 6)
    assert note.text() == "Expected: the accounts as they are today, with 1 install due by then."
    assert (bar(viewer, "Active").value, bar(viewer, "Pending").value) == (6, 0)
    shown = area(viewer).area
    assert (shown.days[-1], shown.known_until) == (day(6), day(0))
    assert shown.title.endswith("expected")
    assert slider(viewer).accessibleDescription().endswith("expected")
    click_bar(viewer, "Active")
    assert sorted(viewer.numbers()) == ["001", "002", "003", "004", "005", "006"]
    go_to(viewer, 4)
    assert note.text().endswith("No install is due by then.")


def test_the_area_goes_on_into_the_days_to_come_as_they_are_expected(viewer: Viewer) -> None:
    viewer.session.perform(lambda desk, _: desk.plan_change(AccountIds((1,)), ACTIVE, noon(3), reason="Return"))
    viewer.settle()
    go_to(viewer, 8)
    shown = area(viewer).area
    assert shown.days[-9:] == tuple(day(offset) for offset in range(9))
    expected = {layer.name: layer.values[-9:] for layer in shown.layers}
    assert expected["Active"] == (5, 5, 5, 6, 6, 7, 7, 7, 7)
    assert expected["Vacation"] == (1, 1, 1, 0, 0, 0, 0, 0, 0)
    assert expected["Pending"] == (1, 1, 1, 1, 1, 0, 0, 0, 0)
    viewer.click("view_table")
    cells = {row[0].text: row[-1].text for row in viewer.find(ChartTable, "area_table").rows.rows}
    assert cells[f"{formats.date(day(4))}, expected"] == "7"
    assert cells[formats.date(day(0))] == "7"
    choose(viewer, "area_step", "By week")
    assert area(viewer).area.days[-1] == day(8)
    assert area(viewer).area.layers[0].values[-1] == 7
    choose(viewer, "distribution_split", "City")
    layers = {layer.name: layer.values[-2:] for layer in area(viewer).area.layers}
    assert layers == {"Kiel": (4, 4), "Lübeck": (3, 3)}


def test_the_projected_revenue_counts_what_is_pending_and_planned(viewer: Viewer) -> None:
    viewer.session.perform(lambda desk, _: desk.plan_change(AccountIds((1,)), ACTIVE, noon(3), reason="Return"))
    viewer.settle()
    said = figure(viewer, "projected")
    now = sum(range(1000, 1006)) - 1000
    projected = formats.money(now + 500 + 1000, "EUR")
    assert said == f"Projected revenue, EUR: {projected}, +1 install, +1 start"
    viewer.click("figures_projected")
    assert sorted(viewer.numbers()) == ["000", "006"]
    tick(viewer, "filter_city", "Lübeck")
    assert figure(viewer, "projected").endswith(", +1 start")
    go_to(viewer, -1)
    assert viewer.page.findChild(QAbstractButton, "figures_projected") is None


def test_planned_changes_count_on_days_to_come(viewer: Viewer) -> None:
    viewer.session.perform(lambda desk, _: desk.plan_change(AccountIds((1,)), ACTIVE, noon(3), reason="Return"))
    viewer.settle()
    go_to(viewer, 2)
    assert (bar(viewer, "Active").value, bar(viewer, "Vacation").value) == (5, 1)
    go_to(viewer, 4)
    assert (bar(viewer, "Active").value, bar(viewer, "Vacation").value) == (6, 0)
    click_bar(viewer, "Active")
    assert "000" in viewer.numbers()


def test_another_day_is_compared_with(viewer: Viewer) -> None:
    assert viewer.page.view.compared == day(-FIRST)
    assert bar(viewer, "Active").mark == 6
    field = viewer.find(DayField, "compare_field")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, formats.date(day(-LEFT_ON)))
    QTest.keyClick(field, Key.Key_Return)
    viewer.settle()
    active = bar(viewer, "Active")
    assert (active.value, active.mark, active.cells[-1]) == (5, 4, "+1")
    assert f"+1 since {formats.date(day(-LEFT_ON))}" in active.said
    assert figure(viewer, "billed").endswith(f"+1 since {formats.date(day(-LEFT_ON))}")


def test_days_of_a_course_that_is_known_are_not_counted_again_and_are_the_same(
    viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tick(viewer, "filter_city", "Kiel")
    counted: list[object] = []

    def count(*args: object, **asked: object) -> Distribution:
        counted.append(asked.get("on"))
        return distribution(viewer.session.reader, on=str(asked["on"]), scope=viewer.page.view.scope)

    monkeypatch.setattr(distribution_facts, "distribution", count)
    go_to(viewer, -LEFT_ON)
    assert counted == []
    report = distribution(viewer.session.reader, on=day(-LEFT_ON), scope=viewer.page.view.scope)
    shown = {each.name: each.value for each in bars(viewer).bars.bars if not each.heading}
    assert shown == {line.status.name: line.accounts for line in report.statuses}
    viewer.session.perform(lambda desk, _: desk.edit_account(2, {"city": "Lübeck"}))
    viewer.settle()
    assert counted == [day(-LEFT_ON), viewer.page.view.compared]


def test_nothing_is_on_record_before_the_first_day(viewer: Viewer) -> None:
    go_to(viewer, -FIRST - 5)
    first = formats.date(day(-FIRST))
    empty = viewer.find(QWidget, "distribution_empty")
    assert empty.isVisible()
    assert empty.accessibleName() == f"No records before {first}"
    viewer.click("distribution_empty_link")
    assert viewer.page.view.day == day(-FIRST)
    assert not empty.isVisible()
    assert bar(viewer, "Active").value == 6
