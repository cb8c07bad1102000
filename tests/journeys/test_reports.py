"""From a figure of a report to its accounts, and onto paper, in the whole window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from statusdesk.gui.charts.table import ChartTable
from tests.journeys.conftest import LEFT, NO_KEYS, Hands, Opens

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def test_a_figure_of_a_report_opens_its_accounts_at_the_desk(hands: Hands) -> None:
    hands.press(Qt.Key.Key_4, ALT, hands.window)
    hands.settle()
    assert hands.find(QWidget, "reports_page").isVisible()
    table = hands.find(ChartTable, "report_table")
    (row,) = [row for row in range(table.model().rowCount()) if table.model().index(row, 0).data() == "New"]
    titles = [column.title for column in table.rows.columns]
    place = table.visualRect(table.model().index(row, titles.index("Vacation"))).center()
    QTest.mouseClick(table.viewport(), LEFT, NO_KEYS, place)
    QTest.mouseDClick(table.viewport(), LEFT, NO_KEYS, place)
    hands.qtbot.waitUntil(lambda: hands.window.accounts.isVisible())
    hands.settle()
    chips = hands.find(QWidget, "status_chips")
    said = [label.text() for label in hands.window.accounts.findChildren(QLabel) if label.isVisible()]
    assert chips.isVisible()
    assert "2 accounts" in said


@pytest.mark.parametrize("key", [Qt.Key.Key_3, Qt.Key.Key_4])
def test_the_page_shown_is_printed_and_saved_from_the_menu(hands: Hands, tmp_path: Path, key: Qt.Key) -> None:
    save = hands.window.page_away
    assert not save._print.isEnabled()
    hands.press(key, ALT, hands.window)
    hands.settle()
    hands.press(Qt.Key.Key_P, CONTROL, hands.window)
    dialog = hands.dialog("print_preview")
    assert isinstance(dialog, QPrintPreviewDialog)
    dialog.close()
    for ending in ("pdf", "png", "xlsx", "csv"):
        hands.answers.file = tmp_path / f"page.{ending}"
        (action,) = [one for one in save._save.actions() if one.objectName() == f"action_page_{ending}"]
        action.trigger()
        hands.settle()
        assert hands.answers.file.is_file()
    hands.trigger("show_desk")
    assert not save._print.isEnabled()


def test_a_closed_window_leaves_no_reports_behind(opens: Opens) -> None:
    import threading

    hands = opens()
    hands.press(Qt.Key.Key_4, ALT, hands.window)
    hands.window.close()
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("report")]
