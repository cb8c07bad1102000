"""Ending, installing, converting and winning back, as people at the window do it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSpinBox

from statusdesk.domain.records import Account
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.panes.work.page import WorkPage
from statusdesk.gui.window_pages import WORK
from statusdesk.services.office import office_settings
from tests.journeys.conftest import Hands, answers, database, dressed, hands, opens, own_settings

__all__ = ["answers", "database", "dressed", "hands", "opens", "own_settings"]


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
    hands.press(Qt.Key.Key_Space, widget=hands.find(QCheckBox, "settings_reason_needed", dialog))
    hands.find(QSpinBox, "settings_cooling_off", dialog).setValue(7)
    hands.click("office_settings_accept", dialog)
    hands.settle()
    reader = hands.window.session.reader
    assert (office_settings(reader).reason_needed, office_settings(reader).cooling_off) == (False, 7)
    hands.click("message_undo")
    hands.settle()
    assert office_settings(reader).reason_needed
