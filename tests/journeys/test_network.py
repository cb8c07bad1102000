"""What accounts get from the network, shaped in the window and published to a RADIUS database."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLineEdit, QMenu

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.targets import Target, TargetKind
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.panes.work.page import WorkPage
from statusdesk.gui.widgets.texts import LinkButton, TextLabel
from statusdesk.services import network
from statusdesk.services.desk import Desk
from statusdesk.services.field_verbs import set_field
from statusdesk.services.publishing import Wish
from statusdesk.store.store import Store
from tests.journeys.conftest import Hands, answers, database, dressed, hands, opens, own_settings
from tests.services.test_publishing import TABLES

__all__ = ["answers", "database", "dressed", "hands", "opens", "own_settings"]

ACTIVE, INACTIVE = 2, 3
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def radius(tmp_path: Path) -> Path:
    """Return the file of a RADIUS database, in which the account 1 has a password."""
    path = tmp_path / "radius.db"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(TABLES)
        made.execute("INSERT INTO radcheck (username, attribute, op, value) VALUES ('one', 'x', ':=', 'y')")
        made.commit()
    return path


def go(hands: Hands, name: str) -> WorkPage:
    QTest.keyClick(hands.window, Qt.Key.Key_5, ALT)
    page = hands.find(WorkPage, "network_page")
    page.show_list(name)
    hands.settle()
    return page


def cells(hands: Hands) -> list[list[str]]:
    model = hands.find(ChartTable, "network_table").model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def apply(hands: Hands, dialog: QDialog, name: str) -> None:
    hands.click(name, dialog)
    hands.settle()


def with_levels(hands: Hands) -> None:
    go(hands, "levels")
    hands.click("network_empty_button")
    hands.settle()


def test_the_usual_levels_and_one_of_ones_own(hands: Hands) -> None:
    with_levels(hands)
    assert [row[0] for row in cells(hands)] == ["Full service", "Walled garden", "No service"]
    hands.click("network_new")
    editor = hands.dialog("level_editor_dialog")
    QTest.keyClicks(hands.find(QLineEdit, "level_editor_name", editor), "Home 100")
    hands.find(QMenu, "level_editor_presets", editor).actions()[0].trigger()
    value = hands.find(QLineEdit, "attribute_value_0", editor)
    QTest.keyClicks(value, "fast")
    hands.click("level_editor_accept", editor)
    assert "is not a speed such as 20M/100M" in hands.find(TextLabel, "dialog_note", editor).text()
    value.clear()
    QTest.keyClicks(value, "20M/100M")
    apply(hands, editor, "level_editor_accept")
    assert cells(hands)[-1][:5] == ["Home 100", "Serves", "home-100", "—", "Mikrotik-Rate-Limit 20M/100M"]
    hands.trigger("undo")
    hands.settle()
    assert len(cells(hands)) == 3


def test_another_cell_of_the_grid_shows_whom_it_moves(hands: Hands) -> None:
    with_levels(hands)
    go(hands, "grid")
    rows = {row[0]: row for row in cells(hands)}
    assert rows["Active"][4] == "not set: the account's plan"
    assert rows["Inactive"][4] == "not set: No service"
    hands.click_row("network_table", "Active")
    hands.click("network_current")
    dialog = hands.dialog("give_level_dialog")
    box = hands.find(QComboBox, "give_level_box", dialog)
    box.setCurrentIndex(box.findText("Walled garden"))
    hands.click("give_level_accept", dialog)
    card = hands.dialog("consequence_card")
    active = hands.counts()["Active"]
    said = [label.text() for label in card.findChildren(TextLabel)]
    assert f"Full service → Walled garden: {active}" in said
    apply(hands, card, "card_apply")
    assert {row[0]: row for row in cells(hands)}["Active"][4] == "Walled garden"


def test_publishing_shows_what_it_does_and_the_badge_what_waits(
    hands: Hands, radius: Path, database: Path
) -> None:
    with_levels(hands)
    with closing(Store(database)) as store, store.db.transaction():
        store.db.run("UPDATE account SET radius_user = 'one' WHERE id = 1")
    go(hands, "targets")
    hands.click("network_empty_button")
    editor = hands.dialog("target_dialog")
    QTest.keyClicks(hands.find(QLineEdit, "target_name", editor), "Core")
    QTest.keyClicks(hands.find(QLineEdit, "target_address", editor), f"sqlite:///{radius}")
    hands.click("target_test", editor)
    note = hands.find(TextLabel, "dialog_note", editor)
    hands.qtbot.waitUntil(lambda: note.text() == "Connected. Published there: 0 accounts; with a password: 1.")
    apply(hands, editor, "target_accept")
    badge = hands.find(LinkButton, "unpublished")
    hands.qtbot.waitUntil(badge.isVisible)
    assert badge.text() == "Not published: Core"
    hands.qtbot.waitUntil(lambda: bool(cells(hands)))
    hands.click_row("network_table", "Core")
    hands.click("network_publish")
    dialog = hands.dialog("publish_dialog")
    accept = hands.find(QAbstractButton, "publish_accept", dialog)
    hands.qtbot.waitUntil(accept.isEnabled)
    assert hands.find(TextLabel, "publish_summary", dialog).text().startswith("Accounts added: 1 ·")
    assert dialog.focusWidget() is accept
    hands.click("publish_accept", dialog)
    hands.qtbot.waitUntil(lambda: accept.text() == "Close")
    apply(hands, dialog, "publish_accept")
    hands.qtbot.waitUntil(lambda: not badge.isVisible())
    with closing(sqlite3.connect(radius)) as found:
        assert len(found.execute("SELECT * FROM radusergroup").fetchall()) == 1

    with closing(Store(database)) as store:
        Desk(store, author="jens").reassign(AccountIds((1,)), INACTIVE)
    hands.window.session.refresh()
    hands.qtbot.waitUntil(badge.isVisible)
    hands.settle()
    hands.click_row("network_table", "Core")
    hands.click("network_publish")
    dialog = hands.dialog("publish_dialog")
    accept = hands.find(QAbstractButton, "publish_accept", dialog)
    hands.qtbot.waitUntil(accept.isEnabled)
    losing = hands.find(TextLabel, "publish_losing", dialog)
    assert losing.text() == "Will lose service: 1 account (one)"
    hands.click("publish_disconnect", dialog)
    hands.click("publish_accept", dialog)
    note = hands.find(TextLabel, "dialog_note", dialog)
    hands.qtbot.waitUntil(lambda: note.text().startswith("Published, but the sessions that are up were not ended"))
    apply(hands, dialog, "publish_accept")


def test_an_account_says_what_it_gets_and_why(hands: Hands) -> None:
    with_levels(hands)
    QTest.keyClick(hands.window, Qt.Key.Key_1, ALT)
    hands.settle()
    number = hands.window.session.reader.accounts.page([1])[0].number
    hands.click_row("accounts_table", number)
    hands.settle()
    account = hands.window.session.reader.accounts.page([1])[0]
    status = hands.window.session.status(account.status_id)
    level = hands.find(TextLabel, "details_level").text()
    assert level == ("Full service" if status.activates else "No service")
    assert status.name in hands.find(TextLabel, "details_level_why").text()


def test_a_change_is_published_right_after_it_where_that_is_set(
    hands: Hands, radius: Path, database: Path
) -> None:
    with_levels(hands)
    with closing(Store(database)) as store:
        desk = Desk(store, author="jens")
        desk.edit_account(1, {"radius_user": "one", "status_id": 2})
        network.put_target(desk, Target(0, "Core", TargetKind.RADIUS, f"sqlite:///{radius}", automatic=True))
        network.publish_to(store, network.find_target(store, "Core"), Wish("jens"))
    hands.window.session.refresh()
    hands.settle()
    hands.window.flows.moves.reassign(AccountIds((1,)), 3)
    card = hands.dialog("consequence_card")
    assert "Published right after it to Core" in [label.text() for label in card.findChildren(TextLabel)]
    hands.click("card_apply", card)

    def group() -> str:
        with closing(sqlite3.connect(radius)) as found:
            return str(found.execute("SELECT groupname FROM radusergroup WHERE username = 'one'").fetchone()[0])

    hands.qtbot.waitUntil(lambda: group() == "sd-no-service")
    hands.qtbot.waitUntil(lambda: not hands.find(LinkButton, "unpublished").isVisible())
    hands.trigger("undo")
    hands.qtbot.waitUntil(lambda: group() == "sd-full-service")


def test_the_check_speaks_of_one_account_and_of_several(hands: Hands, database: Path) -> None:
    with_levels(hands)
    with closing(Store(database)) as store:
        desk = Desk(store, author="jens")
        desk.edit_account(1, {"service_level": "Gone"})
        served = [account.id for account in store.accounts.each(Matching()) if account.status_id == ACTIVE]
        set_field(desk, AccountIds(tuple(served[1:3])), {"service_level": "Lost"})
    hands.window.session.refresh()
    go(hands, "problems")
    found = [row[0] for row in cells(hands)]
    assert "1 account has the plan “Gone”, which is no level." in found
    assert "2 accounts have the plan “Lost”, which is no level." in found
