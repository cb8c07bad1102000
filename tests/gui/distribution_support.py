"""What tests of the distribution page share: an office with a past, its page, and one person's hands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.instants import day_of, now, start_of
from statusdesk.domain.records import Stage
from statusdesk.gui import formats
from statusdesk.gui.charts.area import AreaChart
from statusdesk.gui.charts.bars import Bar, BarChart
from statusdesk.gui.models.distribution_facts import AccountsBehind
from statusdesk.gui.panes.distribution_page import DistributionPage
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.day_field import DayField
from statusdesk.gui.widgets.day_slider import DaySlider
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store

ZONE = "Europe/Berlin"
LEFT = Qt.MouseButton.LeftButton
ACTIVE = 2
FIRST, LEFT_ON, BACK_ON = 60, 30, 10
"""Days before today: the first record, two on vacation, one of them back."""

Thing = TypeVar("Thing", bound=QObject)


def day(offset: int) -> str:
    """Return the ISO day so many days after today, negative ones before."""
    return (date.fromisoformat(day_of(now(), ZONE)) + timedelta(days=offset)).isoformat()


def noon(offset: int) -> int:
    return start_of(day(offset), ZONE) + 12 * 3_600_000


@pytest.fixture
def past(tmp_path: Path) -> Path:
    """Six accounts 60 days ago, of which two went on vacation 30 days ago and one came back 10 days ago.

    A seventh waits for its install in five days.
    """
    path = tmp_path / "past.statusdesk"
    store = Store(path, time_zone=ZONE, clock=lambda: noon(-FIRST))

    def desk(offset: int) -> Desk:
        return Desk(store, author="anna", clock=lambda: noon(offset))

    vacation = desk(-FIRST).create_status(
        {"name": "Vacation", "shape": "moon", "colour": "#0A66B5", "stage": Stage.PAUSED}
    )
    pending = desk(-FIRST).create_status(
        {"name": "Pending", "shape": "hourglass", "colour": "#C27C00", "stage": Stage.ONBOARDING}
    )
    assert vacation.status_id is not None
    assert pending.status_id is not None
    for number in range(6):
        desk(-FIRST).create_account(
            {"number": f"{number:03}", "name": f"Account {number}", "status_id": ACTIVE,
             "monthly_charge": 1000 + number, "city": "Kiel" if number % 2 else "Lübeck"}
        )  # fmt: skip
    desk(-LEFT_ON).reassign(AccountIds((1, 2)), vacation.status_id)
    desk(-BACK_ON).reassign(AccountIds((2,)), ACTIVE)
    desk(-1).create_account(
        {"number": "006", "status_id": pending.status_id, "monthly_charge": 500, "city": "Kiel",
         "install_on": day(5)}
    )  # fmt: skip
    store.close()
    return path


@dataclass
class Viewer:
    """One person at the page; remembers which accounts the page wanted to show."""

    qtbot: QtBot
    session: Session
    page: DistributionPage
    opened: list[AccountsBehind] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.accounts_requested.connect(self.opened.append)

    def find(self, kind: type[Thing], name: str) -> Thing:
        found = self.page.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.page.settled and self.session.jobs.idle)

    def click(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        assert button.isEnabled(), name
        QTest.mouseClick(button, LEFT)
        self.settle()

    def press(self, widget: QWidget, *keys: Qt.Key) -> None:
        widget.setFocus()
        for key in keys:
            QTest.keyClick(widget, key)
        self.settle()

    def click_at(self, widget: QWidget, point: QPoint) -> None:
        QTest.mouseClick(widget, LEFT, pos=point)
        self.settle()

    def numbers(self) -> list[str]:
        """Return the numbers of the accounts that the page wanted to show last."""
        ids = list(self.opened[-1].ids)
        return [account.number for account in self.session.reader.accounts.page(ids)]


@pytest.fixture
def viewer(qtbot: QtBot, dressed: object, past: Path) -> Iterator[Viewer]:
    session = Session(Store(past), Store(past, "read"), author="anna")
    page = DistributionPage(session)
    page.resize(1280, 800)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    found = Viewer(qtbot, session, page)
    found.settle()
    yield found
    page.close_reports()
    session.close()


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


def choose(viewer: Viewer, field: str, text: str) -> None:
    box = viewer.find(QComboBox, field)
    assert box.findText(text) >= 0
    box.setFocus()
    QTest.keyClick(box, Key.Key_Home)
    while box.currentText() != text:
        QTest.keyClick(box, Key.Key_Down)
    viewer.settle()


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
