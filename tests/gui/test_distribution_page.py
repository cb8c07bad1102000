"""The distribution page: any day as it was, and every number with its accounts."""

from threading import Event
from threading import enumerate as threads

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget

from statusdesk.domain.changes import AccountIds
from statusdesk.gui import formats
from statusdesk.gui.charts.scales import months_after
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.charts.table_model import TableModel
from statusdesk.gui.models import distribution_answers
from statusdesk.gui.models.distribution_facts import DayAnswer, Sight, TimeAnswer, View, answer_days
from statusdesk.gui.widgets.day_field import DayField
from statusdesk.services.reports.over_time import over_time
from statusdesk.store.store import Store
from tests.gui.distribution_support import (
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
    past,
    slider,
    tick,
    viewer,
)

__all__ = ["past", "viewer"]


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


def test_weeks_and_months_of_a_shorter_span(viewer: Viewer) -> None:
    choose(viewer, "area_step", "By week")
    assert len(area(viewer).area.days) in (9, 10)
    choose(viewer, "area_span", "1 month")
    choose(viewer, "area_step", "By day")
    assert area(viewer).area.days[0] == months_after(day(0), -1)
    viewer.press(slider(viewer), Key.Key_Home)
    shown = area(viewer).area
    assert shown.days[0] == day(-FIRST) <= shown.shown <= shown.days[-1] < day(0)


def test_accounts_of_one_city_are_counted_alone_and_opened_alone(viewer: Viewer) -> None:
    tick(viewer, "filter_city", "Kiel")
    assert (bar(viewer, "Active").value, bar(viewer, "Pending").value) == (3, 1)
    assert viewer.find(QPushButton, "filter_city").text() == "Kiel"
    assert figure(viewer, "peak").startswith("Peak in")
    click_bar(viewer, "Active")
    assert sorted(viewer.numbers()) == ["001", "003", "005"]
    tick(viewer, "filter_city", "All cities")
    assert bar(viewer, "Active").value == 5


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
