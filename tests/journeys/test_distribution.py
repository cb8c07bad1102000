"""From a number on the distribution page to its accounts on the desk."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QWidget

from statusdesk.domain.changes import Matching
from statusdesk.gui import formats
from statusdesk.gui.charts.bars import BarChart
from statusdesk.gui.panes.distribution_page import DistributionPage
from tests.journeys.conftest import LEFT, Hands

NAMES = (
    *("Marta Lindqvist", "Okan Yıldırım", "Bergmann & Sohn", "Aoife Brennan", "Łukasz Wróbel"),
    *("Hotel Seeblick", "Ines Carvalho", "Jonas Petersen", "山田太郎"),
)


def listed(hands: Hands) -> list[str]:
    """Return the names in the list of accounts."""
    model = hands.find(QTableView, "accounts_table").model()
    cells = (str(model.index(row, column).data()) for row in range(model.rowCount()) for column in range(3))
    return [cell for cell in cells if cell in NAMES]


def test_the_accounts_behind_a_bar_are_listed_moved_and_let_go(hands: Hands) -> None:
    window = hands.window
    window.activateWindow()
    hands.click("page_distribution")
    hands.qtbot.waitUntil(lambda: window.settled)
    chart = hands.find(BarChart, "bars")
    item = next(at for at, bar in enumerate(chart.bars.bars) if bar.name == "Vacation")
    QTest.mouseClick(chart, LEFT, pos=chart.place(item).center())
    hands.qtbot.waitUntil(lambda: window.settled and window.accounts.isVisible())
    hands.settle()
    chip = hands.find(QWidget, "found_chip_0")
    today = hands.find(DistributionPage, "distribution_page").view.day
    assert chip.accessibleName() == f"Vacation on {formats.date(today)}"
    assert listed(hands) == ["Hotel Seeblick", "Ines Carvalho"]
    window.accounts.actions_by_name["select_all"].trigger()
    selection = window.accounts.selection()
    assert isinstance(selection, Matching)
    assert window.session.reader.accounts.count(selection) == 2
    QTest.mouseClick(chip, LEFT)
    hands.settle()
    assert len(listed(hands)) == 9


def test_the_distribution_is_copied_from_its_page(hands: Hands) -> None:
    hands.click("page_distribution")
    hands.qtbot.waitUntil(lambda: hands.window.settled)
    QGuiApplication.clipboard().clear()
    hands.click("distribution_take_copy")
    hands.qtbot.waitUntil(lambda: "Vacation" in QGuiApplication.clipboard().text())
    assert QGuiApplication.clipboard().text().splitlines()[0].startswith("Status\tAccounts\tShare")
