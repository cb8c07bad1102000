"""A vacation in the window: away in one step, another return, back at once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLabel, QLineEdit

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.instants import now
from statusdesk.domain.plans import PlanKind
from statusdesk.domain.records import Stage
from statusdesk.gui.charts.table import ChartTable
from statusdesk.services.desk import Desk
from tests.journeys.conftest import Hands

DAY = 86_400_000
BERLIN = ZoneInfo("Europe/Berlin")


def _say(hands: Hands, name: str, day: str) -> None:
    field = hands.find(QLineEdit, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, day)
    QTest.keyClick(field, Qt.Key.Key_Return)


def _choose(hands: Hands, name: str, text: str) -> None:
    box = hands.find(QComboBox, name)
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def _do(hands: Hands, verb: object) -> None:
    assert callable(verb)
    hands.window.session.perform(lambda desk, _: verb(desk))
    hands.settle()


def test_two_accounts_leave_now_every_year_and_return_by_the_return_desk(hands: Hands) -> None:
    hands.click_row("accounts_table", "Marta Lindqvist")
    hands.click_row("accounts_table", "Bergmann & Sohn", Qt.KeyboardModifier.ControlModifier)
    hands.press(Qt.Key.Key_V, widget=hands.find(QLineEdit, "accounts_search").window().focusWidget())
    dialog = hands.dialog("vacation_dialog")
    assert hands.find(QLineEdit, "vacation_charge", dialog).isEnabled() is False
    hands.find(QCheckBox, "vacation_yearly", dialog).setChecked(True)
    QTest.keyClicks(hands.find(QLineEdit, "vacation_reason", dialog), "Every winter")
    hands.click("vacation_accept", dialog)
    card = hands.dialog("consequence_card")
    assert hands.find(QLabel, "card_title", card).text().startswith("Move 2 accounts to Vacation until ")
    hands.click("card_apply", card)
    hands.settle()
    assert hands.counts()["Vacation"] == 4
    (back,) = hands.window.session.reader.planned.pending([1])[1]
    assert (back.kind, back.status_id, bool(back.yearly), back.reason) == (
        PlanKind.RETURN,
        2,
        True,
        "Every winter",
    )
    hands.trigger("show_work")
    hands.window.pages.show_list("coming_back", "all")
    hands.settle()
    assert hands.find(QAbstractButton, "work_view_open").accessibleName() == "No return date, 2"
    hands.click_row("work_table", "Bergmann & Sohn")
    hands.click("work_return")
    hands.click("card_apply", hands.dialog("consequence_card"))
    hands.settle()
    assert hands.counts()["Vacation"] == 3
    assert hands.window.messages.text == "Brought 1 account back"
    (leave, _) = hands.window.session.reader.planned.pending([3])[3]
    assert leave.kind is PlanKind.LEAVE
    hands.click("message_undo")
    hands.settle()
    assert hands.counts()["Vacation"] == 4


def test_who_has_no_return_date_gets_one_and_comes_back_this_week(hands: Hands) -> None:
    hands.trigger("show_work")
    hands.window.pages.show_list("coming_back", "open")
    hands.settle()
    table = hands.find(ChartTable, "work_table")
    table.selectAll()
    hands.click("work_extend")
    dialog = hands.dialog("extend_dialog")
    hands.click("extend_week", dialog)
    hands.click("extend_accept", dialog)
    hands.settle()
    away = hands.window.session.reader.planned.away()
    assert [one.return_to for one in away] == [2, 2]
    assert all(one.return_at is not None and one.return_at > now() + 6 * DAY for one in away)
    assert not hands.find(ChartTable, "work_table").rows.rows
    assert hands.window.messages.text.startswith("Set the return of 2 accounts to ")


def test_it_is_asked_where_accounts_return_to_that_came_on_vacation(hands: Hands) -> None:
    hands.trigger("show_work")
    hands.window.pages.show_list("coming_back", "all")
    hands.settle()
    hands.click_row("work_table", "Hotel Seeblick")
    hands.click("work_return")
    dialog = hands.dialog("return_dialog")
    _choose(hands, "return_home", "Lead")
    hands.click("return_accept", dialog)
    hands.settle()
    assert hands.counts() == {"Active": 5, "Vacation": 1, "Lead": 3}


def test_a_reduced_vacation_has_a_charge_and_the_old_one_comes_back(hands: Hands) -> None:
    def reduced(desk: Desk) -> object:
        return desk.create_status(
            {"name": "Reduced", "shape": "cloud", "colour": "#3E9BD6", "stage": Stage.PAUSED, "activates": True}
        )

    _do(hands, reduced)
    hands.click_row("accounts_table", "Marta Lindqvist")
    hands.click("details_vacation")
    dialog = hands.dialog("vacation_dialog")
    _choose(hands, "vacation_status", "Reduced")
    charge = hands.find(QLineEdit, "vacation_charge", dialog)
    assert charge.isEnabled()
    QTest.keyClicks(charge, "much")
    hands.click("vacation_accept", dialog)
    assert "much" in hands.find(QLabel, "dialog_note", dialog).text()
    charge.setText("5.00")
    hands.click("vacation_accept", dialog)
    hands.settle()
    account = hands.window.session.reader.accounts.get(1)
    assert account is not None
    assert account.monthly_charge == 500
    _do(hands, lambda desk: desk.return_now(AccountIds((1,))))
    account = hands.window.session.reader.accounts.get(1)
    assert account is not None
    assert (account.monthly_charge, account.status_id) == (2990, 2)


def test_a_return_before_the_leave_is_refused_where_it_was_chosen(hands: Hands) -> None:
    hands.click_row("accounts_table", "Marta Lindqvist")
    hands.click("details_vacation")
    dialog = hands.dialog("vacation_dialog")
    _choose(hands, "vacation_leave", "On…")
    _say(
        hands, "vacation_leave_date", datetime.fromtimestamp(now() / 1000 + 90 * 86_400, BERLIN).date().isoformat()
    )
    hands.click("vacation_accept", dialog)
    hands.settle()
    assert "return" in hands.find(QLabel, "dialog_note", dialog).text()
    assert dialog.isVisible()
    hands.click("vacation_cancel", dialog)
