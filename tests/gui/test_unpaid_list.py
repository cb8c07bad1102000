"""Not paying in the window: marked at the desk, ruled, cut while the window is open, and back once paid."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox

from statusdesk.domain.changes import AccountIds
from statusdesk.gui.charts.table import ChartTable
from statusdesk.services.desk import Desk
from statusdesk.services.unpaid import mark, rule_of
from statusdesk.store.store import Store
from tests.gui.test_planned_changes import choose
from tests.journeys.conftest import Hands, Opens, answers, database, dressed, hands, opens, own_settings

__all__ = ["answers", "database", "dressed", "hands", "opens", "own_settings"]

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def owing(database: Path, opens: Opens) -> Hands:
    """A window on an office where two accounts do not pay since today."""
    store = Store(database)
    for account_id in (1, 2):
        mark(Desk(store, author="jens"), AccountIds((account_id,)), delinquent=True)
    store.close()
    return opens()


def show(hands: Hands) -> ChartTable:
    hands.window.pages.show_list("unpaid")
    hands.settle()
    return hands.find(ChartTable, "work_table")


def rows(table: ChartTable) -> list[tuple[str, str]]:
    return [(cells[1].text, cells[6].text) for cells in table.rows.rows]


def tick(box: QCheckBox) -> None:
    QTest.mouseClick(box, LEFT, pos=QPoint(10, box.height() // 2))


def test_the_rule_is_set_carried_out_and_lets_them_back(owing: Hands) -> None:
    hands = owing
    table = show(hands)
    assert rows(table) == [
        ("Marta Lindqvist", "Nothing: no rule is in force"),
        ("Okan Yıldırım", "Nothing: no rule is in force"),
    ]
    hands.click("unpaid_rule_open")
    form = hands.dialog("unpaid_rule_dialog")
    tick(hands.find(QCheckBox, "unpaid_rule_on", form))
    days = hands.find(QSpinBox, "unpaid_rule_days", form)
    days.setValue(0)
    hands.click("unpaid_rule_accept", form)
    assert hands.find(QLabel, "dialog_note", form).text() == "Choose the status into which they are moved."
    choose(hands.find(QComboBox, "unpaid_rule_target", form), "Vacation · Not billed · service off")
    dates = hands.find(QLineEdit, "unpaid_rule_dates", form)
    QTest.keyClicks(dates, "Christmas")
    hands.click("unpaid_rule_accept", form)
    assert "is not a date like 2026-12-31" in hands.find(QLabel, "dialog_note", form).text()
    dates.clear()
    hands.click("unpaid_rule_accept", form)
    hands.settle()
    rule = rule_of(hands.window.session.reader)
    assert rule is not None
    assert (rule.days, rule.back, rule.rest.dates) == (0, None, frozenset())
    today = datetime.now(ZoneInfo("Europe/Berlin")).date()
    assert rows(table)[0][1].startswith(f"→ Vacation on {today.day} ")
    hands.window.flows.due.look()
    hands.settle()
    assert hands.window.messages.text == "Moved 2 accounts to Vacation: not paid for 0 days"
    assert rows(table)[0] == ("Marta Lindqvist", "Comes back once it has paid")
    hands.click_row("work_table", "Marta Lindqvist")
    hands.click("work_paid")
    hands.click("paid_accept", hands.dialog("paid_dialog"))
    hands.settle()
    hands.window.flows.due.look()
    hands.settle()
    account = hands.window.session.reader.accounts.get(1)
    assert account is not None
    assert (account.status_id, account.delinquent) == (2, False)
    assert [name for name, _ in rows(table)] == ["Okan Yıldırım"]


def test_accounts_are_marked_at_the_desk_and_given_time(owing: Hands) -> None:
    hands = owing
    hands.click_row("accounts_table", "Bergmann & Sohn")
    hands.window.accounts.actions_by_name["mark_unpaid"].trigger()
    hands.settle()
    assert hands.window.messages.text == "Marked 1 account as not paying"
    table = show(hands)
    hands.click("unpaid_rule_open")
    form = hands.dialog("unpaid_rule_dialog")
    tick(hands.find(QCheckBox, "unpaid_rule_on", form))
    choose(hands.find(QComboBox, "unpaid_rule_target", form), "Vacation · Not billed · service off")
    hands.click("unpaid_rule_accept", form)
    hands.settle()
    due = datetime.now(ZoneInfo("Europe/Berlin")).date() + timedelta(14)
    assert rows(table)[0][1].startswith(f"→ Vacation on {due.day} ")
    hands.click_row("work_table", "Bergmann & Sohn")
    hands.click("work_give_time")
    hands.click("give_time_accept", hands.dialog("give_time_dialog"))
    hands.settle()
    assert "has time until" in dict(rows(table))["Bergmann & Sohn"]
    hands.click("message_undo")
    hands.settle()
    assert "has time until" not in dict(rows(table))["Bergmann & Sohn"]
