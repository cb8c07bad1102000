"""The distribution page: any day as it was, and every number with its accounts."""

from threading import Event
from threading import enumerate as threads

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QMenu, QPushButton, QWidget

from statusdesk.domain.changes import AccountIds
from statusdesk.gui import formats
from statusdesk.gui.charts.area import AreaChart
from statusdesk.gui.charts.bars import Bar, BarChart
from statusdesk.gui.charts.scales import months_after
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.charts.table_model import TableModel
from statusdesk.gui.models import distribution_answers, distribution_facts
from statusdesk.gui.models.distribution_facts import DayAnswer, Sight, TimeAnswer, View, answer_days
from statusdesk.gui.widgets.day_field import DayField
from statusdesk.gui.widgets.day_slider import DaySlider
from statusdesk.services.reports.distribution import Distribution, distribution
from statusdesk.services.reports.over_time import over_time
from statusdesk.store.store import Store
from tests.gui.distribution_support import ACTIVE, BACK_ON, FIRST, LEFT_ON, Viewer, day, noon, past, viewer

__all__ = ["past", "viewer"]

Key = Qt.Key


def slider(viewer: Viewer) -> DaySlider:
    return viewer.find(DaySlider, "day_slider")


def bars(viewer: Viewer) -> BarChart:
    return viewer.find(BarChart, "bars")


def area(viewer: Viewer) -> AreaChart:
    return viewer.find(AreaChart, "area")


def bar(viewer: Viewer, name: str) -> Bar:
    return next(each for each in bars(viewer).bars.bars if each.name == name and not each.heading)


def click_bar(viewer: Viewer, name: str) -> None:
    chart = bars(viewer)
    item = next(at for at, each in enumerate(chart.bars.bars) if each.name == name and not each.heading)
    viewer.click_at(chart, chart.place(item).center())


def figure(viewer: Viewer, name: str) -> str:
    return viewer.find(QAbstractButton, f"figures_{name}").accessibleName()


def go_to(viewer: Viewer, offset: int) -> None:
    """Type a day into its field, as people do."""
    line = viewer.find(DayField, "day_field")
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, formats.date(day(offset)))
    QTest.keyClick(line, Key.Key_Return)
    viewer.settle()
    assert viewer.page.view.day == day(offset)


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


def test_bars_areas_figures_and_cells_open_the_accounts_of_that_day(viewer: Viewer) -> None:
    go_to(viewer, -LEFT_ON)
    click_bar(viewer, "Vacation")
    assert sorted(viewer.numbers()) == ["000", "001"]
    assert viewer.opened[-1].title == f"Vacation on {formats.date(day(-LEFT_ON))}"
    viewer.click("figures_billed")
    assert sorted(viewer.numbers()) == ["002", "003", "004", "005"]
    chart = area(viewer)
    vacation = next(item for item in range(chart.count()) if chart.said(item).startswith("Vacation"))
    viewer.click_at(chart, chart.place(vacation).center())
    assert sorted(viewer.numbers()) == ["000", "001"]
    viewer.click("movements_paused")
    assert sorted(viewer.numbers()) == ["000", "001"]
    viewer.click("view_table")
    table = viewer.find(ChartTable, "bars_table")
    row = next(at for at, cells in enumerate(table.rows.rows) if cells[0].text == "Active")
    table.setCurrentIndex(table.model().index(row, 0))
    viewer.press(table, Key.Key_Return)
    assert sorted(viewer.numbers()) == ["002", "003", "004", "005"]


def test_a_click_in_the_area_opens_the_day_under_the_pointer(viewer: Viewer) -> None:
    chart = area(viewer)
    vacation = next(item for item in range(chart.count()) if chart.said(item).startswith("Vacation"))
    places = [QPoint(x, y) for x in range(0, chart.width(), 9) for y in range(0, chart.height(), 5)]
    inside = [place for place in places if chart.item_at(place) == vacation]
    early = min((place for place in inside if "2 accounts" in chart.tip_at(place)), key=QPoint.x)
    tip = chart.tip_at(early)
    viewer.click_at(chart, early)
    assert sorted(viewer.numbers()) == ["000", "001"]
    assert tip == f"Vacation: 2 accounts on {viewer.opened[-1].title.removeprefix('Vacation on ')}"


def test_arrows_walk_through_bars_and_areas_and_enter_opens(viewer: Viewer) -> None:
    chart = bars(viewer)
    names = [each.name for each in chart.bars.bars]
    viewer.press(chart, Key.Key_Home, *[Key.Key_Down] * names.index("Active"), Key.Key_Return)
    assert viewer.opened[-1].title.startswith("Active on ")
    viewer.press(chart, Key.Key_Up, Key.Key_Return)
    assert viewer.opened[-1].title.startswith("In service on ")
    layers = area(viewer)
    viewer.press(layers, Key.Key_End, Key.Key_Return)
    assert viewer.opened[-1].title == f"Active on {formats.date(day(0))}"
    viewer.press(layers, Key.Key_Left)
    assert viewer.page.view.day == day(-1)
    assert layers.area.title == formats.date(day(-1))


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


def test_tables_have_the_numbers_of_their_charts_are_sorted_and_copied(viewer: Viewer) -> None:
    viewer.click("view_table")
    table = viewer.find(ChartTable, "bars_table")
    assert table.isVisible()
    rows = {cells[0].text: cells for cells in table.rows.rows if cells[0].text != "All"}
    for each in bars(viewer).bars.bars:
        if not each.heading:
            assert [cell.text for cell in rows[each.name]][2:4] == list(each.cells[:2])
            assert rows[each.name][2].sort == each.value
    head = table.horizontalHeader()
    x = head.sectionViewportPosition(2) + head.sectionSize(2) // 2
    for _ in range(2):
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, head.height() // 2))
    model = table.model()
    assert isinstance(model, TableModel)
    shown = [model.cell(model.index(row, 2)).sort for row in range(model.rowCount())]
    assert shown == sorted(shown, reverse=True)
    table.selectAll()
    viewer.press(table)
    QTest.keyClick(table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:4] == ["Status", "Stage", "Accounts", "Share"]
    assert [int(line.split("\t")[2]) for line in lines[1:]] == shown


def test_the_table_over_time_has_the_numbers_of_the_report(viewer: Viewer) -> None:
    viewer.click("view_table")
    table = viewer.find(ChartTable, "area_table")
    report = over_time(viewer.session.reader, day(-FIRST), day(0))
    newest_first = list(reversed(range(len(report.periods))))
    assert [row[0].plain for row in table.rows.rows] == [report.periods[at].last_day for at in newest_first]
    columns = [column.title for column in table.rows.columns]
    for line in report.statuses:
        column = columns.index(line.status.name)
        assert [row[column].sort for row in table.rows.rows] == [line.accounts[at] for at in newest_first]
    viewer.click("measure_charge")
    assert [row[-1].sort for row in table.rows.rows] == [report.charge[at] for at in newest_first]
    assert area(viewer).area.most == max(report.charge)


def choose(viewer: Viewer, field: str, text: str) -> None:
    box = viewer.find(QComboBox, field)
    assert box.findText(text) >= 0
    box.setFocus()
    QTest.keyClick(box, Key.Key_Home)
    while box.currentText() != text:
        QTest.keyClick(box, Key.Key_Down)
    viewer.settle()


def test_weeks_and_months_of_a_shorter_span(viewer: Viewer) -> None:
    choose(viewer, "area_step", "By week")
    assert len(area(viewer).area.days) in (9, 10)
    choose(viewer, "area_span", "1 month")
    choose(viewer, "area_step", "By day")
    assert area(viewer).area.days[0] == months_after(day(0), -1)
    viewer.press(slider(viewer), Key.Key_Home)
    shown = area(viewer).area
    assert shown.days[0] == day(-FIRST) <= shown.shown <= shown.days[-1] < day(0)


def tick(viewer: Viewer, button: str, value: str) -> None:
    opener = viewer.find(QPushButton, button)
    QTest.keyClick(opener, Key.Key_Space)
    menu = opener.menu()
    assert isinstance(menu, QMenu)
    viewer.qtbot.waitUntil(lambda: value in [action.text() for action in menu.actions()])
    action = next(action for action in menu.actions() if action.text() == value)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    assert menu.isVisible()
    QTest.keyClick(menu, Key.Key_Escape)
    viewer.settle()


def test_accounts_of_one_city_are_counted_alone_and_opened_alone(viewer: Viewer) -> None:
    tick(viewer, "filter_city", "Kiel")
    assert (bar(viewer, "Active").value, bar(viewer, "Pending").value) == (3, 1)
    assert viewer.find(QPushButton, "filter_city").text() == "Kiel"
    assert figure(viewer, "peak").startswith("Peak in")
    click_bar(viewer, "Active")
    assert sorted(viewer.numbers()) == ["001", "003", "005"]
    tick(viewer, "filter_city", "All cities")
    assert bar(viewer, "Active").value == 5


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


def test_a_split_has_a_group_for_each_value(viewer: Viewer) -> None:
    choose(viewer, "distribution_split", "City")
    headings = {each.name: each for each in bars(viewer).bars.bars if each.heading}
    assert [(name, each.value) for name, each in headings.items()] == [("Kiel", 4), ("Lübeck", 3)]
    layers = {layer.name: layer.values[-1] for layer in area(viewer).area.layers}
    assert layers == {"Kiel": 4, "Lübeck": 3}
    chart = bars(viewer)
    place = [each.name for each in chart.bars.bars].index("Lübeck")
    viewer.click_at(chart, chart.place(place).center())
    assert sorted(viewer.numbers()) == ["000", "002", "004"]


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


def test_only_the_newest_question_is_shown(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, going = Event(), Event()

    def slow(store: Store, view: View, known: Sight | None, course: TimeAnswer | None) -> DayAnswer:
        if view.day == day(-LEFT_ON):
            begun.set()
            going.wait(5)
        return answer_days(store, view, known, course)

    monkeypatch.setattr(distribution_answers, "answer_days", slow)
    shown: list[str] = []
    viewer.page._answers.days_answered.connect(lambda: shown.append(viewer.page.view.day))
    viewer.page.show_day(day(-LEFT_ON))
    assert begun.wait(5)
    viewer.page.show_day(day(-FIRST))
    note = viewer.find(QLabel, "distribution_busy")
    viewer.qtbot.waitUntil(lambda: note.text() == "Counting…")
    going.set()
    viewer.settle()
    assert shown == [day(-FIRST)]
    assert note.text() == ""
    assert viewer.find(DayField, "day_field").day == day(-FIRST)


def test_a_change_is_seen_at_once_or_when_the_page_is_shown(viewer: Viewer) -> None:
    vacation = next(line.status.id for line in viewer.session.lines if line.status.name == "Vacation")

    def move(*ids: int) -> None:
        viewer.session.perform(lambda desk, _: desk.reassign(AccountIds(ids), vacation))
        viewer.qtbot.waitUntil(lambda: viewer.session.jobs.idle)
        viewer.settle()

    move(3)
    assert bar(viewer, "Vacation").value == 2
    viewer.page.hide()
    move(4)
    assert bar(viewer, "Vacation").value == 2
    viewer.page.show()
    viewer.settle()
    assert bar(viewer, "Vacation").value == 3
    assert area(viewer).area.layers[-1].values[-1] >= 0


def test_closing_leaves_no_thread_behind(viewer: Viewer) -> None:
    assert any(thread.name.startswith("report") for thread in threads())
    viewer.page.close_reports()
    assert not any(thread.name.startswith("report") for thread in threads())


def test_every_control_is_named_and_every_number_is_said(viewer: Viewer) -> None:
    inner = {"qt_scrollarea_viewport", "qt_spinbox_lineedit"}
    nameless = []
    for widget in viewer.page.findChildren(QWidget):
        hidden = widget.objectName() in inner or isinstance(widget.parent(), QComboBox)
        unused = isinstance(widget, QPushButton) and widget.isHidden()
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or hidden or unused:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not widget.objectName() or not interface.text(QAccessible.Text.Name):
            nameless.append((type(widget).__name__, widget.objectName()))
    assert nameless == []
    assert "Active: 5 accounts" in bars(viewer).accessibleDescription()
    assert "Active: 5 accounts on" in area(viewer).accessibleDescription()


def test_tab_goes_through_the_page_in_the_order_in_which_it_is_read(viewer: Viewer) -> None:
    order = []
    viewer.find(DayField, "day_field").setFocus()
    for _ in range(32):
        focused = QApplication.focusWidget()
        assert focused is not None
        order.append(focused.objectName())
        QTest.keyClick(focused, Key.Key_Tab)
    expected = [
        *("day_field", "day_slider", "compare_field", "view_chart", "filter_account_type", "filter_city"),
        *("filter_lead_source", "distribution_split", "distribution_take_copy", "distribution_take_save"),
        *("figures_accounts", "figures_billed", "figures_revenue", "figures_projected"),
        *("figures_peak", "bars", "movements_activated", "area_span", "area_step", "measure_accounts", "area"),
    ]
    assert [name for name in order[: order.index("area") + 1] if name in expected] == expected
