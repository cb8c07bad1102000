"""The rules of a status in the window: set in its editor, asked for before a move, and told on the card."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)

from statusdesk.domain.records import Stage, StatusFields
from statusdesk.gui.dialogs.consequence_card import ConsequenceCard
from tests.gui.test_planned_changes import choose
from tests.journeys.conftest import Hands, answers, database, dressed, hands, opens, own_settings

__all__ = ["answers", "database", "dressed", "hands", "opens", "own_settings"]

LEFT = Qt.MouseButton.LeftButton
NOTE = "Your line is paused."


def status_id(hands: Hands, name: str) -> int:
    return next(line.status.id for line in hands.window.session.lines if line.status.name == name)


def set_rules(hands: Hands, name: str, rules: StatusFields) -> None:
    chosen = status_id(hands, name)
    hands.window.session.perform(lambda desk, _: desk.edit_status(chosen, rules))
    hands.settle()


def tick(dialog: QDialog, name: str) -> None:
    box = dialog.findChild(QCheckBox, name)
    assert isinstance(box, QCheckBox)
    QTest.mouseClick(box, LEFT, pos=QPoint(10, box.height() // 2))


def apply(hands: Hands, status: str) -> None:
    choose(hands.find(QComboBox, "set_status_picker"), status)
    hands.click("set_status_apply")


def test_rules_are_set_in_the_editor_and_kept_with_its_step(hands: Hands) -> None:
    hands.click_row("statuses_table", "Vacation")
    hands.click("summary_edit")
    editor = hands.dialog("status_editor")
    text = hands.find(QLabel, "editor_rules_text", editor)
    assert text.text() == "Nothing is asked for, all statuses may follow."
    hands.click("editor_rules", editor)
    rules = hands.dialog("rules_dialog")
    tick(rules, "rules_required_note")
    tick(rules, "rules_some_follow")
    hands.click("rules_accept", rules)
    assert "Tick the statuses" in hands.find(QLabel, "dialog_note", rules).text()
    tick(rules, f"rules_followers_{status_id(hands, 'Active')}")
    hands.find(QPlainTextEdit, "rules_customer_note", rules).setFocus()
    QTest.keyClicks(hands.find(QPlainTextEdit, "rules_customer_note", rules), NOTE)
    hands.click("rules_accept", rules)
    assert text.text() == "Needs note. 1 status may follow. With a note for the customer."
    hands.click("editor_accept", editor)
    hands.settle()
    status = hands.window.session.status(status_id(hands, "Vacation"))
    assert (status.required, status.followers) == (("note",), (status_id(hands, "Active"),))
    assert status.customer_note == NOTE
    hands.click("message_undo")
    hands.settle()
    assert hands.window.session.status(status.id).required == ()


def test_what_is_missing_is_asked_for_and_the_note_can_be_copied(hands: Hands) -> None:
    set_rules(hands, "Vacation", {"required": ("reason", "note", "install_on"), "customer_note": NOTE})
    hands.click_row("accounts_table", "Marta Lindqvist")
    hands.click_row("accounts_table", "Bergmann & Sohn", Qt.KeyboardModifier.ControlModifier)
    apply(hands, "Vacation")
    form = hands.dialog("required_dialog")
    assert form.windowTitle() == "What “Vacation” needs"
    hands.click("required_accept", form)
    assert hands.find(QLabel, "dialog_note", form).text() == "Still missing: a reason."
    QTest.keyClicks(hands.find(QLineEdit, "required_reason", form), "Summer")
    QTest.keyClicks(hands.find(QLineEdit, "required_note", form), "Until May")
    hands.click("required_accept", form)
    card = hands.dialog("consequence_card")
    assert "Reason: Summer" in hands.find(QLabel, "card_subtitle", card).text()
    hands.click("card_copy_note", card)
    assert QApplication.clipboard().text() == NOTE
    hands.click("card_apply", card)
    hands.settle()
    accounts = hands.window.session.reader.accounts
    for number in ("00417", "00451"):
        account = accounts.by_number(number)
        assert account is not None
        assert (account.status_id, account.note) == (status_id(hands, "Vacation"), "Until May")
        assert account.install_on
    hands.click("message_undo")
    hands.settle()
    account = accounts.by_number("00417")
    assert account is not None
    assert (account.status_id, account.note, account.install_on) == (status_id(hands, "Active"), "", "")


def test_a_status_that_may_not_follow_is_greyed_and_says_why(hands: Hands) -> None:
    set_rules(hands, "Active", {"followers": (status_id(hands, "Inactive"),)})
    hands.click_row("accounts_table", "Marta Lindqvist")
    picker = hands.find(QComboBox, "set_status_picker")
    model, place = picker.model(), picker.findText("Vacation")
    assert isinstance(model, QStandardItemModel)
    assert not model.item(place).isEnabled()
    why = str(picker.itemData(place, Qt.ItemDataRole.ToolTipRole))
    assert why.startswith("“Active” may be followed only by “Inactive”.")
    assert model.item(picker.findText("Inactive")).isEnabled()
    offered = {action.text(): action for action in hands.window.accounts._menus.statuses.actions()}
    assert (offered["Vacation"].isEnabled(), offered["Inactive"].isEnabled()) == (False, True)
    hands.click_row("accounts_table", "Jonas Petersen", Qt.KeyboardModifier.ControlModifier)
    assert model.item(place).isEnabled()


def test_of_many_those_who_may_not_go_are_counted_on_the_card(hands: Hands) -> None:
    set_rules(hands, "Lead", {"followers": (status_id(hands, "Active"),)})
    before = hands.counts()
    hands.click_row("accounts_table", "Marta Lindqvist")
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    apply(hands, "Inactive")
    card = hands.dialog("consequence_card")
    said = " ".join(label.text() for label in card.findChildren(QLabel))
    assert f"{before['Lead']} of the {sum(before.values())} accounts selected stay where they are" in said
    hands.click("card_apply", card)
    hands.settle()
    assert hands.counts() == {"Lead": before["Lead"], "Inactive": sum(before.values()) - before["Lead"]}


def test_debt_is_left_only_through_a_card_that_begins_on_cancel(hands: Hands) -> None:
    set_rules(hands, "Vacation", {"stage": Stage.DEBT})
    vacation = hands.counts()["Vacation"]
    hands.click_row("statuses_table", "Vacation")
    hands.settle()
    hands.click_row("accounts_table", "Hotel Seeblick")
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    apply(hands, "Active")
    card = hands.dialog("consequence_card")
    assert isinstance(card, ConsequenceCard)
    assert card.windowTitle() == f"Take {vacation} accounts back from collections into Active"
    assert hands.find(QPushButton, "card_cancel", card).isDefault()
    assert hands.find(QPushButton, "card_apply", card).text() == "Take back"
    hands.click("card_cancel", card)
    hands.settle()
    assert hands.counts()["Vacation"] == vacation


def test_a_vacation_asks_for_what_its_status_requires(hands: Hands) -> None:
    set_rules(hands, "Vacation", {"required": ("note", "return_date"), "customer_note": NOTE})
    hands.click_row("accounts_table", "Marta Lindqvist")
    hands.window.accounts.actions_by_name["vacation"].trigger()
    dialog = hands.dialog("vacation_dialog")
    hands.click("vacation_accept", dialog)
    form = hands.dialog("required_dialog")
    QTest.keyClicks(hands.find(QLineEdit, "required_note", form), "Cottage")
    hands.click("required_accept", form)
    card = hands.dialog("consequence_card")
    assert hands.find(QPushButton, "card_copy_note", card).isVisible()
    hands.click("card_apply", card)
    hands.settle()
    account = hands.window.session.reader.accounts.by_number("00417")
    assert account is not None
    assert (account.status_id, account.note) == (status_id(hands, "Vacation"), "Cottage")
