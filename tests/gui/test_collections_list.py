"""Collections in the window: handed over from the desk, listed by agency and age, taken back by two answers."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPushButton

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.records import Stage
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.panes.work.page import WorkPage
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.services.collections import hand_over
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store
from tests.gui.test_planned_changes import choose
from tests.journeys.conftest import Hands, Opens, answers, database, dressed, hands, opens, own_settings

__all__ = ["answers", "database", "dressed", "hands", "opens", "own_settings"]


def ago(days: int) -> str:
    return (datetime.now(ZoneInfo("Europe/Berlin")).date() - timedelta(days=days)).isoformat()


@pytest.fixture
def debts(database: Path, opens: Opens) -> Hands:
    """A window on an office with three debts: two with one agency, of two ages, and one with another."""
    store = Store(database)
    desk = Desk(store, author="jens")
    made = desk.create_status({"name": "Collections", "shape": "bolt", "colour": "#C62828", "stage": Stage.DEBT})
    for account_id, balance, agency, days in (
        (1, 9_000, "North", 10),
        (2, 4_000, "North", 95),
        (3, 500, "South", 40),
    ):
        desk.edit_account(account_id, {"balance_due": balance, "delinquent": True})
        hand_over(desk, AccountIds((account_id,)), made.status_id or 0, agency=agency, day=ago(days))
    store.close()
    return opens()


def show(hands: Hands) -> ChartTable:
    hands.window.pages.show_list("collections")
    hands.settle()
    return hands.find(ChartTable, "work_table")


def test_accounts_are_handed_over_from_the_desk(debts: Hands) -> None:
    hands = debts
    hands.click_row("accounts_table", "Aoife Brennan")
    hands.window.accounts.actions_by_name["hand_over"].trigger()
    form = hands.dialog("hand_over_dialog")
    assert form.windowTitle() == "Hand 1 account over"
    hands.click("hand_over_accept", form)
    assert hands.find(QLabel, "dialog_note", form).text() == "Say which agency takes them."
    agency = hands.find(QComboBox, "hand_over_agency", form)
    assert [agency.itemText(place) for place in range(agency.count())] == ["North", "South"]
    agency.setFocus()
    QTest.keyClicks(agency, "North")
    QTest.keyClicks(hands.find(QLineEdit, "hand_over_reason", form), "Third reminder")
    hands.click("hand_over_accept", form)
    card = hands.dialog("consequence_card")
    assert card.windowTitle() == "Hand 1 account over to North"
    hands.click("card_apply", card)
    hands.settle()
    assert hands.window.messages.text == "Handed 1 account over to North"
    account = hands.window.session.reader.accounts.get(4)
    assert account is not None
    assert (account.collections_agency, account.handed_over_on) == ("North", ago(0))
    hands.click("message_undo")
    hands.settle()
    assert hands.counts()["Collections"] == 3


def test_debts_are_listed_by_age_and_agency_and_add_up(debts: Hands) -> None:
    hands = debts
    table = show(hands)
    assert [[cells[at].text for at in (1, 3, 5)] for cells in table.rows.rows] == [
        ["Okan Yıldırım", "North", "95"],
        ["Bergmann & Sohn", "South", "40"],
        ["Marta Lindqvist", "North", "10"],
    ]
    assert hands.find(QAbstractButton, "work_view_over-90").accessibleName() == "Over 90 days, 1"
    page = hands.find(WorkPage, "work_page")
    assert "135.00 EUR owed" in " ".join(label.text() for label in page.findChildren(TextLabel))
    hands.click("work_view_agencies")
    hands.settle()
    assert [[cell.text for cell in cells] for cells in table.rows.rows] == [
        ["North", "2", "90.00", "—", "—", "40.00", "—", "130.00"],
        ["South", "1", "—", "5.00", "—", "—", "—", "5.00"],
    ]


def test_taking_back_needs_two_answers_and_keeps_the_balance(debts: Hands) -> None:
    hands = debts
    table = show(hands)
    hands.click_row("work_table", "Marta Lindqvist")
    QTest.keyClick(table, Qt.Key.Key_B)
    form = hands.dialog("take_back_dialog")
    choose(hands.find(QComboBox, "take_back_status", form), "Inactive · Not billed · service off")
    QTest.keyClicks(hands.find(QLineEdit, "take_back_reason", form), "Paid in full")
    hands.click("take_back_accept", form)
    card = hands.dialog("consequence_card")
    assert "Reason: Paid in full" in hands.find(QLabel, "card_subtitle", card).text()
    assert hands.find(QPushButton, "card_cancel", card).isDefault()
    hands.click("card_apply", card)
    hands.settle()
    assert hands.window.messages.text == "Took 1 account back from collections into Inactive"
    assert len(table.rows.rows) == 2
    account = hands.window.session.reader.accounts.get(1)
    assert account is not None
    assert (account.balance_due, account.collections_agency) == (9_000, "")
