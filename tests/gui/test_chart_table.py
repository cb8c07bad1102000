"""The table of the worklists and reports in a small window."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.charts.table_model import TableColumn, TableRows, text_cell
from tests.journeys.conftest import dressed

__all__ = ["dressed"]

NAME = 1


def test_names_stay_readable_where_room_is_short_and_take_what_is_left_where_it_is_not(
    dressed: QApplication, qtbot: QtBot
) -> None:
    columns = tuple(
        TableColumn(title, stretches=title == "Name") for title in ("Number", "Name", "Phone", "Planned")
    )
    row = tuple(
        text_cell(text) for text in ("00411", "Kanzlei Schröder & Partner", "04561 555 9950", "25 Nov 2026, 07:00")
    )
    table = ChartTable("some_table", "Some table")
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    table.show_rows(TableRows(columns, (row,)))
    head = table.horizontalHeader()
    assert head.sectionSize(NAME) > QFontMetrics(table.font()).horizontalAdvance("Kanzlei Schröder")
    assert table.horizontalScrollBar().maximum() > 0
    table.resize(900, 200)
    qtbot.waitUntil(lambda: head.length() == table.viewport().width())
    wide = head.sectionSize(NAME)
    head.resizeSection(0, head.sectionSize(0) + 40)
    assert head.sectionSize(NAME) == wide - 40
