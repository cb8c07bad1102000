"""Charts as pictures: on the screen and on paper, light and dark, in either reading direction."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPageSize, QPainter, QPalette, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from statusdesk.gui.charts.area import Area, AreaChart, Layer
from statusdesk.gui.charts.bars import Bar, BarChart, Bars
from statusdesk.gui.charts.chart import Chart
from statusdesk.gui.charts.scales import day_ticks, round_steps
from statusdesk.gui.palettes import scheme_palette

RED, BLUE = "#C62828", "#0A66B5"
LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


def some_bars() -> BarChart:
    chart = BarChart("bars", "Bars")
    chart.show_bars(
        Bars(
            ("Accounts",),
            (
                Bar("group", "Group", None, ("",), "Group", heading=True),
                Bar("long", "Long", 100, ("100",), "Long: 100", 50, "circle", RED),
                Bar("short", "Short", 25, ("25",), "Short: 25", None, "square", BLUE),
                Bar("none", "None", 0, ("0",), "None: 0", None, "star", BLUE),
            ),
        )
    )
    return chart


def some_area() -> AreaChart:
    chart = AreaChart("area", "Area")
    layers = (
        Layer("low", "Low", "circle", RED, (10, 10, 10), "10", "Low: 10"),
        Layer("high", "High", "square", BLUE, (30, 30, 30), "30", "High: 30"),
    )
    days = ("2026-01-01", "2026-01-11", "2026-01-21")
    chart.show_area(Area(days, layers, "2026-01-11", "11 Jan 2026", "2026-01-11"))
    return chart


CHARTS = {"bars": some_bars, "area": some_area}


def picture(chart: Chart, palette: QPalette) -> QImage:
    image = QImage(QSize(640, 300), QImage.Format.Format_RGB32)
    image.fill(palette.color(QPalette.ColorRole.Base))
    with QPainter(image) as painter:
        chart.paint(painter, image.rect(), palette)
    return image


def columns_of(image: QImage, colour: str, row: int) -> list[int]:
    wanted = QColor(colour)
    return [x for x in range(image.width()) if image.pixelColor(x, row) == wanted]


@pytest.fixture(params=[LTR, RTL], ids=["left to right", "right to left"])
def direction(request: pytest.FixtureRequest) -> Qt.LayoutDirection:
    found = request.param
    assert isinstance(found, Qt.LayoutDirection)
    return found


@pytest.mark.parametrize("dark", [False, True])
def test_bars_are_as_long_as_their_values_on_one_scale(
    dressed: QApplication, qtbot: QtBot, direction: Qt.LayoutDirection, dark: bool
) -> None:
    chart = some_bars()
    qtbot.addWidget(chart)
    chart.setLayoutDirection(direction)
    chart.resize(640, 300)
    image = picture(chart, scheme_palette(dark=dark))
    long, short, none = (chart.place(item).center().y() - 3 for item in (1, 2, 3))
    lengths = [
        [x for x in columns_of(image, colour, y) if 40 < x < 600] for colour, y in ((RED, long), (BLUE, short))
    ]
    reach = max(lengths[0]) - min(lengths[0]) + 1
    assert abs((max(lengths[1]) - min(lengths[1]) + 1) * 4 - reach) <= 8
    starts = [min(each) if direction is LTR else max(each) for each in lengths]
    assert abs(starts[0] - starts[1]) <= 2
    assert not [x for x in columns_of(image, BLUE, none) if 40 < x < 600]
    text = scheme_palette(dark=dark).color(QPalette.ColorRole.Text).name()
    mark = [x for x in columns_of(image, text, long) if min(lengths[0]) < x < max(lengths[0])]
    assert abs(sum(mark) / len(mark) - (min(lengths[0]) + reach / 2)) <= 3


@pytest.mark.parametrize("dark", [False, True])
def test_layers_lie_on_each_other_and_what_is_expected_is_paler(
    dressed: QApplication, qtbot: QtBot, direction: Qt.LayoutDirection, dark: bool
) -> None:
    chart = some_area()
    qtbot.addWidget(chart)
    chart.setLayoutDirection(direction)
    chart.resize(640, 300)
    image = picture(chart, scheme_palette(dark=dark))
    known = 0.25 if direction is LTR else 0.75
    plot = chart._frame().plot
    x, later = (round(plot.left() + plot.width() * part) for part in (known, 1 - known))
    heights = {
        colour: [y for y in range(300) if image.pixelColor(x, y) == QColor(colour)] for colour in (RED, BLUE)
    }
    assert max(heights[BLUE]) < min(heights[RED])
    assert abs(len(heights[BLUE]) - 3 * len(heights[RED])) < 0.15 * len(heights[BLUE])
    assert image.pixelColor(later, heights[RED][len(heights[RED]) // 2]) != QColor(RED)


@pytest.mark.parametrize("name", CHARTS)
def test_charts_are_printed_as_vectors_with_their_words(dressed: QApplication, qtbot: QtBot, name: str) -> None:
    chart = CHARTS[name]()
    qtbot.addWidget(chart)
    sheet = QBuffer()
    sheet.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(sheet)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    with QPainter(writer) as painter:
        scale = writer.resolution() / 96
        painter.scale(scale, scale)
        chart.paint(painter, QRect(0, 0, 640, 400), scheme_palette(dark=False))
    data = bytes(sheet.data().data())
    assert data.startswith(b"%PDF")
    assert b"/Subtype /Image" not in data
    assert b"/Font" in data


@pytest.mark.parametrize("name", CHARTS)
def test_every_item_is_where_it_says_and_is_walked_to(dressed: QApplication, qtbot: QtBot, name: str) -> None:
    chart = CHARTS[name]()
    qtbot.addWidget(chart)
    chart.resize(640, 300)
    chart.show()
    assert [chart.item_at(chart.place(item).center()) for item in range(chart.count())] == list(
        range(chart.count())
    )
    assert chart.item_at(QPoint(-5, -5)) is None
    opened: list[object] = []
    chart.opened.connect(opened.append)
    for item in range(chart.count()):
        QTest.keyClick(chart, Qt.Key.Key_Return)
        QTest.keyClick(chart, Qt.Key.Key_Down)
        assert chart.current == min(item + 1, chart.count() - 1)
    assert opened == [chart.key(item) for item in range(chart.count())]
    assert chart.accessibleDescription().splitlines() == [chart.said(item) for item in range(chart.count())]


@pytest.mark.parametrize("name", CHARTS)
def test_screen_readers_are_told_of_a_chart_and_of_the_item_walked_to(
    dressed: QApplication, qtbot: QtBot, name: str
) -> None:
    chart = CHARTS[name]()
    qtbot.addWidget(chart)
    chart.show()
    told = QAccessible.queryAccessibleInterface(chart)
    assert told.role() is QAccessible.Role.Chart
    assert told.text(QAccessible.Text.Name) == chart.accessibleName()
    assert told.text(QAccessible.Text.Description) == chart.accessibleDescription()
    for item in range(chart.count()):
        assert told.text(QAccessible.Text.Value) == chart.said(item)
        QTest.keyClick(chart, Qt.Key.Key_Down)


def test_nothing_to_show_is_no_trouble(dressed: QApplication, qtbot: QtBot) -> None:
    for chart in (BarChart("bars", "Bars"), AreaChart("area", "Area")):
        qtbot.addWidget(chart)
        image = picture(chart, scheme_palette(dark=False))
        assert chart.item_at(QPoint(20, 20)) is None
        QTest.keyClick(chart, Qt.Key.Key_Return)
        QTest.keyClick(chart, Qt.Key.Key_Left)
        assert columns_of(image, RED, 100) == []
        assert QAccessible.queryAccessibleInterface(chart).text(QAccessible.Text.Value) == ""


@pytest.mark.parametrize("most", [0, 1, 7, 99, 100, 101, 3_030, 1_000_000])
def test_scales_end_with_a_round_number_at_or_above_the_highest(most: int) -> None:
    steps = round_steps(most)
    assert steps[0] == 0
    assert steps[-1] >= most
    assert len({after - before for before, after in pairwise(steps)}) == 1
    assert len(steps) <= 8


@pytest.mark.parametrize(
    "span", [("2026-01-01", "2026-01-31"), ("2025-11-24", "2026-11-24"), ("2021-11-19", "2026-11-24")]
)
@pytest.mark.parametrize("most", [1, 4, 8])
def test_days_are_named_within_their_span_and_not_too_often(span: tuple[str, str], most: int) -> None:
    ticks = day_ticks(*span, most)
    offsets = [tick.offset for tick in ticks]
    assert ticks
    assert len(ticks) <= most + 2
    assert offsets == sorted(set(offsets))
    assert offsets[0] >= 0
