"""Ending, installing, converting and winning back, as people at the window do it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.instants import day_of, now
from statusdesk.domain.records import Account, Stage
from statusdesk.gui import formats
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.panes.work.page import WorkPage
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.window_pages import WORK
from statusdesk.services import ending
from statusdesk.services.desk import Desk
from statusdesk.services.office import office_settings, set_office
from statusdesk.services.unpaid import rule_of
from statusdesk.store.store import Store
from tests.journeys.conftest import Hands, Opens, answers, database, dressed, hands, opens, own_settings

__all__ = ["answers", "database", "dressed", "hands", "opens", "own_settings"]


def ahead(days: int) -> str:
    """Return a day to come in the place of the database, as people type it."""
    return (date.fromisoformat(day_of(now(), "Europe/Berlin")) + timedelta(days)).isoformat()


def choose(box: QComboBox, text: str) -> None:
    """Choose in a combo box as people do, in its list."""
    box.setFocus()
    box.showPopup()
    view = box.view()
    index = box.model().index(box.findText(text), 0)
    view.scrollTo(index)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center() + QPoint(1, 1)
    )


def account(hands: Hands, number: str) -> Account:
    found = hands.window.session.reader.accounts.by_number(number)
    assert found is not None
    return found


def turn_to(hands: Hands, worklist: str, view: str) -> None:
    hands.window.show_page(WORK)
    hands.find(WorkPage, "work_page").show_list(worklist, view)
    hands.settle()


def names(hands: Hands) -> list[str]:
    table = hands.find(ChartTable, "work_table")
    if not table.isVisible():
        return []
    titles = [column.title for column in table.rows.columns]
    return [cells[titles.index("Name")].text for cells in table.rows.rows]


def card_texts(hands: Hands) -> str:
    card = hands.dialog("consequence_card")
    return " ".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def test_disconnecting_asks_why_says_what_stops_and_is_taken_back(hands: Hands) -> None:
    before = hands.counts()
    hands.click_row("accounts_table", "Marta Lindqvist")
    number = hands.window.accounts.actions_by_name
    assert number["disconnect"].isEnabled()
    hands.click("details_disconnect")
    dialog = hands.dialog("disconnect_dialog")
    hands.qtbot.waitUntil(hands.find(QComboBox, "disconnect_reason", dialog).hasFocus)
    hands.click("disconnect_accept", dialog)
    assert "Choose a reason." in [label.text() for label in dialog.findChildren(QLabel)]
    choose(hands.find(QComboBox, "disconnect_reason", dialog), "Price")
    hands.click("disconnect_accept", dialog)
    assert "Reason: Price" in card_texts(hands)
    hands.click("card_apply", hands.dialog("consequence_card"))
    hands.settle()
    assert hands.counts()["Inactive"] == before.get("Inactive", 0) + 1
    assert hands.window.messages.text.startswith("Disconnected 1 account: Inactive")
    hands.click("message_undo")
    hands.settle()
    assert hands.counts() == before


def test_the_settings_of_the_office_are_one_step(hands: Hands) -> None:
    hands.trigger("office_settings")
    dialog = hands.dialog("office_settings_dialog")
    hands.qtbot.waitUntil(hands.find(QComboBox, "settings_disconnect_status", dialog).hasFocus)
    hands.press(Qt.Key.Key_Space, widget=hands.find(QCheckBox, "settings_reason_needed", dialog))
    hands.find(QSpinBox, "settings_cooling_off", dialog).setValue(7)
    hands.click("office_settings_accept", dialog)
    hands.settle()
    reader = hands.window.session.reader
    assert (office_settings(reader).reason_needed, office_settings(reader).cooling_off) == (False, 7)
    hands.click("message_undo")
    hands.settle()
    assert office_settings(reader).reason_needed


def test_the_rule_for_those_who_do_not_pay_is_found_in_the_settings(hands: Hands) -> None:
    hands.trigger("office_settings")
    settings = hands.dialog("office_settings_dialog")
    hands.click("settings_unpaid_rule", settings)
    rule = hands.dialog("unpaid_rule_dialog")
    hands.find(QCheckBox, "unpaid_rule_on", rule).setChecked(True)
    hands.find(QSpinBox, "unpaid_rule_days", rule).setValue(21)
    choose(hands.find(QComboBox, "unpaid_rule_target", rule), "Vacation")
    hands.click("unpaid_rule_accept", rule)
    hands.settle()
    found = rule_of(hands.window.session.reader)
    assert found is not None
    assert found.days == 21
    assert settings.isVisible()
    hands.click("office_settings_cancel", settings)


@pytest.fixture
def working(database: Path, opens: Opens) -> Hands:
    """A window on a database with two who wait to be installed, a lead, and two who left, one of them for good."""
    store = Store(database)
    desk = Desk(store, author="jens")

    def made(name: str, shape: str, stage: Stage) -> int:
        status = desk.create_status({"name": name, "shape": shape, "colour": "#8C6D1F", "stage": stage}).status_id
        assert status is not None
        return status

    pending = made("Pending install", "hourglass", Stage.ONBOARDING)
    failed = made("Failed install", "triangle-down", Stage.ONBOARDING)
    out = made("Out of coverage", "cross", Stage.ENDED)
    set_office(desk, replace(office_settings(store), failed_status=failed, cooling_off=0))
    for number, name, status, source in (
        ("901", "Ines Overdue", pending, ""),
        ("902", "Tom Today", pending, ""),
        ("903", "Lea Lead", 1, "Campaign"),
    ):
        on = "2020-02-03" if number in ("901", "903") else ahead(0) if number == "902" else ""
        desk.create_account(
            {"number": number, "name": name, "status_id": status, "install_on": on, "lead_source": source,
             "monthly_charge": 2_500}
        )  # fmt: skip
    ending.disconnect(desk, AccountIds((1,)), reason="Price")
    ending.disconnect(desk, AccountIds((2,)), reason="Out of coverage", status_id=out)
    store.close()
    return opens()


def test_installations_are_recorded_by_key_from_the_list(working: Hands) -> None:
    hands = working
    turn_to(hands, "installs", "overdue")
    assert names(hands) == ["Ines Overdue"]
    table = hands.find(ChartTable, "work_table")
    hands.click_row("work_table", "Ines Overdue")
    hands.press(Qt.Key.Key_F, widget=table)
    dialog = hands.dialog("install_failed_dialog")
    choose(hands.find(QComboBox, "install_failed_reason", dialog), "Weather")
    hands.press(Qt.Key.Key_Space, widget=hands.find(QCheckBox, "install_failed_next_none", dialog))
    hands.click("install_failed_accept", dialog)
    hands.settle()
    assert (account(hands, "901").install_on, account(hands, "901").install_attempts) == ("", 1)
    hands.click("work_view_failed")
    hands.settle()
    hands.click_row("work_table", "Weather")
    hands.click("work_date")
    dialog = hands.dialog("install_on_dialog")
    line = hands.find(QLineEdit, "install_on_day", dialog)
    line.selectAll()
    QTest.keyClicks(line, ahead(400))
    hands.press(Qt.Key.Key_Return, widget=line)
    hands.settle()
    hands.click("work_view_later")
    hands.settle()
    assert names(hands) == ["Ines Overdue"]
    turn_to(hands, "installs", "today")
    hands.click_row("work_table", "Tom Today")
    hands.click("work_done")
    hands.click("install_done_accept", hands.dialog("install_done_dialog"))
    assert "Comes on for 1 account" in card_texts(hands)
    hands.click("card_apply", hands.dialog("consequence_card"))
    hands.settle()
    assert account(hands, "902").status_id == 2
    assert hands.window.messages.text == "Recorded that 1 account is installed: Active"


def test_a_lead_is_spoken_to_and_converted_with_what_a_mistake_would_cost(working: Hands) -> None:
    hands = working
    turn_to(hands, "leads", "new")
    hands.click_row("work_table", "Lea Lead")
    hands.click("work_contacted")
    hands.click("first_contact_on_accept", hands.dialog("first_contact_on_dialog"))
    hands.settle()
    assert account(hands, "903").first_contact_on == ahead(0)
    said = f"Set “First contact on” of 1 account to {formats.date(ahead(0))}"
    assert hands.window.messages.text == said
    hands.click("work_view_contacted")
    hands.settle()
    hands.click_row("work_table", "Lea Lead")
    hands.click("work_convert")
    dialog = hands.dialog("convert_dialog")
    choose(hands.find(QComboBox, "convert_status", dialog), "Pending install")
    hands.press(Qt.Key.Key_Space, widget=hands.find(QCheckBox, "convert_day_none", dialog))
    hands.click("convert_accept", dialog)
    said = card_texts(hands)
    assert "1 account billed, +25.00 EUR a month" in said
    assert "nothing is billed yet" in said
    hands.click("card_apply", hands.dialog("consequence_card"))
    hands.settle()
    assert account(hands, "903").install_on == ahead(0)
    hands.click("work_view_sources")
    hands.settle()
    cells = next(c for c in hands.find(ChartTable, "work_table").rows.rows if c[0].text == "Campaign")
    assert [cell.text for cell in cells][1:4] == ["1", "1", formats.percent(1000)]


def test_who_left_is_won_back_and_out_of_coverage_never_appears(working: Hands) -> None:
    hands = working
    turn_to(hands, "winback", "due")
    assert "Okan Yıldırım" not in names(hands)
    assert "Marta Lindqvist" in names(hands)
    assert "Lost revenue" in hands.find(TextLabel, "work_note").text()
    hands.click_row("work_table", "Marta Lindqvist")
    hands.click("work_contact")
    dialog = hands.dialog("next_contact_on_dialog")
    line = hands.find(QLineEdit, "next_contact_on_day", dialog)
    line.selectAll()
    QTest.keyClicks(line, ahead(30))
    hands.press(Qt.Key.Key_Return, widget=line)
    hands.settle()
    assert "Marta Lindqvist" not in names(hands)
    hands.click("work_view_later")
    hands.settle()
    hands.click_row("work_table", "Marta Lindqvist")
    hands.click("work_reason")
    dialog = hands.dialog("fill_in_dialog")
    choose(hands.find(QComboBox, "fill_in_reason", dialog), "Moved away")
    hands.click("fill_in_accept", dialog)
    hands.settle()
    hands.click_row("work_table", "Marta Lindqvist")
    hands.click("work_bring_back")
    dialog = hands.dialog("bring_back_dialog")
    choose(hands.find(QComboBox, "bring_back_status", dialog), "Active")
    hands.click("bring_back_accept", dialog)
    hands.click("card_apply", hands.dialog("consequence_card"))
    hands.settle()
    assert account(hands, "00417").status_id == 2
    hands.click("work_view_reasons")
    hands.settle()
    rows = {cells[0].text: cells for cells in hands.find(ChartTable, "work_table").rows.rows}
    assert [cell.text for cell in rows["Moved away"]][1:4] == ["1", "1", formats.percent(1000)]
    assert not hands.find(QPushButton, "work_bring_back").isVisible()
