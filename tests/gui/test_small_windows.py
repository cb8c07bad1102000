"""Windows of all sizes keep what people read: names stay readable, numbers whole, and nothing scrolls sideways."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSplitter, QWidget

from statusdesk.gui.models.status_rows import Column
from statusdesk.gui.panes.accounts_table import AccountsTable
from statusdesk.gui.panes.statuses_table import StatusesTable
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
