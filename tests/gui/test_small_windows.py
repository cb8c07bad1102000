"""Windows of all sizes keep what people read: names stay readable, numbers whole, and nothing scrolls sideways."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QSplitter, QTableView, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.charts.table_model import TableColumn, TableRows, text_cell
from statusdesk.gui.models.history_model import Column as Said
from statusdesk.gui.models.status_rows import Column
from statusdesk.gui.panes.accounts_table import AccountsTable
from statusdesk.gui.panes.statuses_table import StatusesTable
from statusdesk.gui.panes.work.page import WorkPage
from statusdesk.gui.theme import Type, font
from statusdesk.gui.widgets.figures import Figures, FigureText
from statusdesk.gui.window_pages import HISTORY, WORK
from tests.journeys.conftest import Hands, Opens, answers, database, dressed, hands, opens, own_settings

__all__ = ["answers", "database", "dressed", "hands", "opens", "own_settings"]

SMALL = QSize(1024, 700)


def widths(hands: Hands) -> dict[str, int]:
    """Return how wide the columns of the accounts are that show."""
    table = hands.find(AccountsTable, "accounts_table")
    return {place.column.name: place.width for place in table.head.places()}


def test_beside_open_details_the_statuses_give_way_before_the_accounts(opens: Opens) -> None:
    hands = opens(SMALL)
    hands.qtbot.waitUntil(lambda: hands.window.settled)
    assert not hands.find(QWidget, "details_pane").isVisible()
    hands.window.places.show_details(shown=True)
    accounts, statuses = hands.find(AccountsTable, "accounts_table"), hands.find(StatusesTable, "statuses_table")
    hands.qtbot.waitUntil(lambda: statuses.isColumnHidden(Column.SHARE))
    assert accounts.head.length() <= accounts.viewport().width()
    assert widths(hands)["name"] >= accounts.fontMetrics().horizontalAdvance("Astrid Andersen")
    named = statuses.columnWidth(Column.STATUS)
    assert named >= statuses.fontMetrics().horizontalAdvance("Vacation") + 56
    assert not statuses.isColumnHidden(Column.ACCOUNTS)


def test_a_wider_window_gives_statuses_and_details_their_places_back(opens: Opens) -> None:
    hands = opens(SMALL)
    hands.window.places.show_details(shown=True)
    desk = hands.find(QSplitter, "desk_splitter")
    hands.qtbot.waitUntil(lambda: desk.sizes()[0] < 300)
    hands.window.resize(1920, 1080)
    hands.qtbot.waitUntil(lambda: desk.sizes()[::2] == [544, 272])
    assert not hands.find(StatusesTable, "statuses_table").isColumnHidden(Column.EFFECT)
    assert "city" in widths(hands)


def test_worklists_show_what_matters_most_without_scrolling_sideways(opens: Opens) -> None:
    hands = opens(SMALL)
    hands.window.show_page(WORK)
    page = hands.find(WorkPage, "work_page")
    table, head = page.table, page.table.horizontalHeader()
    scrolled = []
    for row, view in ((row, view.name) for row, each in enumerate(page.lists) for view in each.views()):
        page.show_list(page.lists[row].name, view)
        hands.qtbot.waitUntil(lambda: hands.window.settled)
        if head.length() > table.viewport().width():
            scrolled.append((row, view))
    assert scrolled == []


def test_columns_that_can_be_spared_go_in_their_turn_and_come_back(dressed: object, qtbot: QtBot) -> None:
    texts = ("00411", "Astrid Andersen", "29.90", "Kiel")
    columns = (
        TableColumn("Number"),
        TableColumn("Name", number=False, stretches=True),
        TableColumn("Charge", yields=1),
        TableColumn("City", number=False, stretches=True, yields=2),
    )
    table = ChartTable("some_table", "Some table")
    qtbot.addWidget(table)
    table.show()
    table.resize(800, 200)
    table.show_rows(TableRows(columns, (tuple(map(text_cell, texts)),)))
    assert [place for place in range(4) if table.isColumnHidden(place)] == []
    gone: list[list[int]] = []
    for width in range(800, 150, -10):
        table.resize(width, 200)
        hidden = [place for place in range(4) if table.isColumnHidden(place)]
        gone += [hidden] if gone[-1:] != [hidden] else []
        assert len(hidden) == 2 or table.horizontalHeader().length() <= table.viewport().width()
    assert gone == [[], [3], [2, 3]]
    table.copy()
    table.resize(800, 200)
    assert not table.isColumnHidden(3)
    assert "29.90" in QGuiApplication.clipboard().text()


def test_the_history_gives_most_room_to_what_was_done(opens: Opens) -> None:
    hands = opens(SMALL)
    hands.window.show_page(HISTORY)
    table = hands.find(QTableView, "history_table")
    width = table.columnWidth
    hands.qtbot.waitUntil(lambda: table.horizontalHeader().length() == table.viewport().width())
    assert width(Said.WHAT) > max(width(Said.REASON), width(Said.STATE))
    assert width(Said.WHAT) > table.fontMetrics().horizontalAdvance("Moved 1 account to Vacation until 30 Nov")


def test_what_stands_below_a_figure_goes_on_in_a_second_line(dressed: object, qtbot: QtBot) -> None:
    figures = Figures("some_figures", "Some figures")
    qtbot.addWidget(figures)
    parts = "+49 installs, +118 starts, −13 stops"
    texts = [FigureText("projected", "Projected revenue", "54,743.10", addition=parts), FigureText("x", "X", "1")]
    figures.resize(800, 60)
    figures.show_figures(texts)
    figures.show()
    flat = figures.sizeHint().height()
    figures.resize(300, 60)
    line = QFontMetrics(font(Type.LABEL)).height()
    qtbot.waitUntil(lambda: figures.sizeHint().height() == flat + line)
    figures.resize(800, 60)
    qtbot.waitUntil(lambda: figures.sizeHint().height() == flat)
