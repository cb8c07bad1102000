"""Handing a month over to the biller from the window: what it comes to, its file, and what changed since."""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QWidget

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.plans import due_instant
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store
from tests.conftest import Clock
from tests.gui.conftest import Answers
from tests.journeys.conftest import Hands, answers, dressed, hands, opens, own_settings

__all__ = ["answers", "dressed", "hands", "opens", "own_settings"]

ACTIVE, INACTIVE = 2, 3
ZONE = "Europe/Berlin"


def month_before(month: date) -> date:
    return (month - timedelta(1)).replace(day=1)


THIS = date.today().replace(day=1)
LAST = month_before(THIS)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Three accounts at 30.00, billed since the month before last began; one left on the 11th of last month."""
    path = tmp_path / "office.statusdesk"
    first = month_before(LAST)
    clock = Clock(datetime(first.year, first.month, 1, 9, tzinfo=UTC))
    store = Store(path, time_zone=ZONE)
    desk = Desk(store, author="anna", clock=clock)
    made = [
        desk.create_account({"number": number, "name": name, "status_id": ACTIVE, "monthly_charge": 3000})
        for number, name in (("007", "Marta Lindqvist"), ("010", "Okan Yıldırım"), ("012", "Bergmann & Sohn"))
    ]
    clock.now = datetime(LAST.year, LAST.month, 11, 9, tzinfo=UTC)
    desk.reassign(AccountIds((made[0].account_id or 0,)), INACTIVE, reason="Moves away")
    store.close()
    return path


def open_bill(hands: Hands) -> QDialog:
    hands.trigger("hand_over_billing")
    dialog = hands.dialog("billing_dialog")
    worked_out(hands, dialog)
    return dialog


def worked_out(hands: Hands, dialog: QDialog) -> None:
    hands.qtbot.waitUntil(lambda: said(hands, dialog) not in ("", "Working it out…"))


def rows(hands: Hands, dialog: QDialog) -> list[list[str]]:
    model = hands.find(ChartTable, "billing_table", dialog).model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def said(hands: Hands, dialog: QDialog) -> str:
    return hands.find(TextLabel, "billing_total", dialog).text()


def save(hands: Hands, dialog: QDialog, answers: Answers, path: Path) -> None:
    answers.file = path
    hands.click("billing_accept", dialog)
    hands.qtbot.waitUntil(lambda: not hands.window.findChildren(QDialog, "billing_dialog"))
    hands.settle()


def leave_late(database: Path) -> None:
    """Carry out only now that somebody leaves, as was planned for the 11th of last month."""
    clock = Clock(datetime(LAST.year, LAST.month, 5, 9, tzinfo=UTC))
    store = Store(database)
    account = store.accounts.by_number("010")
    assert account is not None
    due_at = due_instant(LAST.replace(day=11).isoformat(), "00:00", ZONE)
    planning = Desk(store, author="jens", clock=clock)
    planning.plan_change(AccountIds((account.id,)), INACTIVE, due_at, reason="Gives up the shop")
    Desk(store, author="jens").apply_due()
    store.close()


def test_a_month_is_handed_over_and_later_tells_what_changed(
    hands: Hands, database: Path, answers: Answers, tmp_path: Path
) -> None:
    dialog = open_bill(hands)
    month = hands.find(QComboBox, "billing_month", dialog).currentText()
    assert month == f"{LAST:%B %Y}"
    hands.click("billing_method_thirty", dialog)
    worked_out(hands, dialog)
    assert rows(hands, dialog)[0] == ["007", "Marta Lindqvist", "11", "30.00", "11.00"]
    assert said(hands, dialog) == "3 accounts · 71.00 EUR"
    length = rows(hands, dialog)[1][2]
    assert not hands.find(QWidget, "billing_view", dialog).isVisible()
    save(hands, dialog, answers, tmp_path / "bill.json")
    assert hands.find(TextLabel, "message_fact").text() == f"Handed over {month}: 3 accounts"
    written = (tmp_path / "bill.json").read_text(encoding="utf-8")
    assert [line["days"] for line in json.loads(written)] == [11, int(length), int(length)]
    assert written.count('"amount": 30.00}') == 2

    leave_late(database)
    dialog = open_bill(hands)
    assert not hands.find(QWidget, "billing_view", dialog).isVisible()
    hands.click("billing_method_thirty", dialog)
    worked_out(hands, dialog)
    assert said(hands, dialog) == "3 accounts · 51.00 EUR"
    assert "by anna: 3 accounts, 71.00 EUR." in hands.find(TextLabel, "billing_earlier", dialog).text()
    hands.click("billing_view_changes", dialog)
    (changed,) = rows(hands, dialog)
    assert changed[:4] == ["010", "Okan Yıldırım", f"{length} → 10", "30.00 → 10.00"]
    assert changed[4].startswith("Gives up the shop (")
    assert said(hands, dialog) == "Difference: −20.00 EUR"
    save(hands, dialog, answers, tmp_path / "bill.csv")
    with (tmp_path / "bill.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [line["amount"] for line in csv.DictReader(file)] == ["11.00", "10.00", "30.00"]


def test_another_month_and_method_are_worked_out_anew(hands: Hands, answers: Answers, tmp_path: Path) -> None:
    dialog = open_bill(hands)
    hands.click("billing_method_full", dialog)
    worked_out(hands, dialog)
    assert rows(hands, dialog)[0][2:] == ["11", "30.00", "30.00"]
    month = hands.find(QComboBox, "billing_month", dialog)
    accept = hands.find(QAbstractButton, "billing_accept", dialog)
    month.setFocus()
    for _ in range(2):
        QTest.keyClick(month, Qt.Key.Key_Down)
    worked_out(hands, dialog)
    assert said(hands, dialog) == "No account was billed in this month."
    assert not accept.isEnabled()
    for _ in range(3):
        QTest.keyClick(month, Qt.Key.Key_Up)
    worked_out(hands, dialog)
    assert month.currentText() == f"{THIS:%B %Y}, so far"
    assert said(hands, dialog) == "2 accounts · 60.00 EUR until now"
    answers.file = tmp_path / "bill.txt"
    hands.click("billing_accept", dialog)
    note = hands.find(TextLabel, "dialog_note", dialog)
    hands.qtbot.waitUntil(lambda: "ends in none of .csv, .xlsx and .json" in note.text())
    assert not answers.file.exists()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    hands.settle()
