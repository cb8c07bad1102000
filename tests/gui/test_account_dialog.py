"""Adding and editing single accounts, and the lists that the office manages, by keys and by mouse."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.choices import ChoiceList
from statusdesk.gui.dialogs.account_dialog import AccountDialog
from statusdesk.gui.flows.accounts import AccountFlow
from tests.gui.account_forms import field, hint, note, office, save_button, type_into
from tests.gui.conftest import Answers
from tests.gui.office import Office

__all__ = ["office"]

INTERACTIVE = (QLineEdit, QPushButton, QComboBox, QCheckBox, QListWidget)


def pick_status(dialog: QWidget, name: str) -> None:
    box = dialog.findChild(QComboBox, "account_status")
    assert isinstance(box, QComboBox)
    box.setFocus()
    QTest.keyClicks(box, name)
    assert box.currentText() == name


def test_editing_the_phone_alone_writes_the_phone_alone(office: Office, qtbot: QtBot) -> None:
    before = office.account("00417")
    office.flow.edit(before.id)
    dialog = office.dialog("account_dialog")
    assert not save_button(dialog).isEnabled()
    assert note(dialog) == "Nothing is changed yet."
    type_into(field(dialog, "phone"), "0431 99")
    type_into(field(dialog, "name"), before.name)
    QTest.keyClicks(field(dialog, "reason"), "Called in")
    office.click(dialog, "account_save")
    qtbot.waitUntil(lambda: office.account("00417").phone == "0431 99")
    office.settle()
    newest = office.steps("00417")[0]
    assert [(change.field, change.old, change.new) for change in newest.fields] == [
        ("phone", before.phone, "0431 99")
    ]
    assert (newest.reason, newest.author) == ("Called in", "anna")
    assert office.visible_dialogs() == []
    assert "Edited account 00417" in office.messages.text


def test_a_charge_and_a_status_that_bill_otherwise_are_weighed_on_the_card(office: Office, qtbot: QtBot) -> None:
    office.flow.edit(office.account("00417").id)
    dialog = office.dialog("account_dialog")
    type_into(field(dialog, "monthly_charge"), "34.90")
    office.click(dialog, "account_save")
    card = office.dialog("consequence_card")
    office.click(card, "card_cancel")
    assert office.visible_dialogs() == ["account_dialog"]
    assert field(dialog, "monthly_charge").text() == "34.90"
    pick_status(dialog, "Vacation")
    office.click(dialog, "account_save")
    card = office.dialog("consequence_card")
    subtitle = card.findChild(QLabel, "card_subtitle")
    assert isinstance(subtitle, QLabel)
    assert subtitle.text() == "Marta Lindqvist · Active → Vacation · Monthly charge 29.90 → 34.90"
    office.click(card, "card_apply")
    qtbot.waitUntil(lambda: office.account("00417").monthly_charge == 3490)
    office.settle()
    assert office.session.status(office.account("00417").status_id).name == "Vacation"
    assert len(office.steps("00417")) == 2
    assert office.visible_dialogs() == []


def test_a_number_that_is_taken_is_refused_and_everything_typed_stays(office: Office, qtbot: QtBot) -> None:
    office.flow.create()
    dialog = office.dialog("account_dialog")
    assert not save_button(dialog).isEnabled()
    assert "number" in note(dialog)
    QTest.keyClicks(field(dialog, "number"), "00417")
    QTest.keyClicks(field(dialog, "name"), "Nora Nowak")
    office.click(dialog, "account_save")
    qtbot.waitUntil(lambda: "00417" in hint(dialog, "number"))
    assert field(dialog, "number").property("invalid")
    assert field(dialog, "name").text() == "Nora Nowak"
    assert save_button(dialog).isEnabled()
    type_into(field(dialog, "number"), "0777")
    assert hint(dialog, "number") == ""
    office.click(dialog, "account_save")
    qtbot.waitUntil(lambda: office.session.reader.accounts.by_number("0777") is not None)
    office.settle()
    assert office.account("0777").name == "Nora Nowak"
    assert office.session.status(office.account("0777").status_id).name == "Lead"
    assert office.visible_dialogs() == []


def test_a_new_account_that_is_billed_shows_the_card(office: Office, qtbot: QtBot) -> None:
    office.flow.create()
    dialog = office.dialog("account_dialog")
    QTest.keyClicks(field(dialog, "number"), "0800")
    QTest.keyClicks(field(dialog, "monthly_charge"), "1,234.50")
    pick_status(dialog, "Active")
    office.click(dialog, "account_save")
    office.click(office.dialog("consequence_card"), "card_apply")
    qtbot.waitUntil(lambda: office.session.reader.accounts.by_number("0800") is not None)
    office.settle()
    assert office.account("0800").monthly_charge == 123450


def test_enter_in_a_form_without_changes_neither_saves_nor_closes(office: Office, qtbot: QtBot) -> None:
    office.flow.edit(office.account("00417").id)
    dialog = office.dialog("account_dialog")
    type_into(field(dialog, "monthly_charge"), "x")
    QTest.keyClick(field(dialog, "monthly_charge"), Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert field(dialog, "monthly_charge").text() == "x"


def test_escape_asks_before_it_loses_what_was_typed(office: Office, answers: Answers) -> None:
    office.flow.edit(office.account("00417").id)
    dialog = office.dialog("account_dialog")
    QTest.keyClicks(field(dialog, "email"), "a@b.de")
    answers.agrees = False
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert answers.told == ["The account is not saved. Discard what you typed?"]
    assert field(dialog, "email").text() == "a@b.de"
    assert dialog.isVisible()
    answers.agrees = True
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert office.visible_dialogs() == []
    office.flow.create()
    QTest.keyClick(office.dialog("account_dialog"), Qt.Key.Key_Escape)
    assert office.visible_dialogs() == []
    assert len(answers.told) == 2


@pytest.mark.parametrize("opened", [lambda flow: flow.create(), lambda flow: flow.manage_lists()])
def test_every_control_has_a_name_and_is_reached_by_tab(
    office: Office, qtbot: QtBot, opened: Callable[[AccountFlow], None]
) -> None:
    opened(office.flow)
    dialog = next(d for d in office.window.findChildren(QDialog) if d.isVisible())
    controls = [c for kind in INTERACTIVE for c in dialog.findChildren(kind) if c.isVisible()]
    own = [c for c in controls if not isinstance(c.parentWidget(), QComboBox)]
    assert own
    for control in own:
        assert control.objectName(), control
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface.text(QAccessible.Text.Name), control.objectName()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    reached = set()
    for _ in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    wanted = {c.objectName() for c in own if c.isEnabled() and c.focusPolicy() & Qt.FocusPolicy.TabFocus}
    assert wanted <= reached | {f"account_{which}" for which in ChoiceList}


def test_a_dialog_that_is_left_while_it_saves_disturbs_nobody(office: Office, qtbot: QtBot) -> None:
    office.flow.create()
    dialog = office.dialog("account_dialog")
    assert isinstance(dialog, AccountDialog)
    QTest.keyClicks(field(dialog, "number"), "00417")
    office.click(dialog, "account_save")
    office.click(dialog, "account_cancel")
    office.settle()
    qtbot.waitUntil(lambda: "00417" in office.messages.text)
    assert office.visible_dialogs() == []


def test_taking_back_a_change_of_which_nothing_is_left_is_refused(office: Office, qtbot: QtBot) -> None:
    number = office.account("00417").id
    vacation = office.account("00502").status_id
    moved: list[int] = []
    office.session.perform(
        lambda desk, _: desk.reassign(AccountIds((number,)), vacation),
        done=lambda outcome: moved.append(outcome.change_set),
    )
    office.session.perform(lambda desk, _: desk.reassign(AccountIds((number,)), 1))
    office.settle()
    office.taking_back.take_back(moved[0])
    qtbot.waitUntil(lambda: "Nothing can be taken back" in office.messages.text)
    found = office.session.reader.journal.get(moved[0])
    assert found is not None
    assert not found.reverted
