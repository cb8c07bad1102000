"""The lists that the office manages, changed in their dialog."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from statusdesk.domain.choices import ChoiceList
from tests.gui.account_forms import note, office, type_into
from tests.gui.office import Office

__all__ = ["office"]


def test_the_lists_of_the_office_are_added_to_renamed_moved_and_removed_from(office: Office, qtbot: QtBot) -> None:
    types = ChoiceList.ACCOUNT_TYPE
    office.session.perform(lambda desk, _: desk.set_choices({types: ["Home", "Shop", "Farm"]}))
    office.settle()
    office.flow.manage_lists()
    dialog = office.dialog("manage_lists")
    names = dialog.findChild(QListWidget, "lists_names")
    which = dialog.findChild(QListWidget, "lists_which")
    save = dialog.findChild(QPushButton, "lists_save")
    assert isinstance(names, QListWidget)
    assert isinstance(which, QListWidget)
    assert isinstance(save, QPushButton)

    def rename(text: str) -> None:
        (editor,) = (found for found in names.findChildren(QLineEdit) if found.isVisible())
        type_into(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: names.state() != QListWidget.State.EditingState)

    assert not save.isEnabled()
    office.click(dialog, "lists_add")
    rename("home")
    assert not save.isEnabled()
    assert "twice" in note(dialog)
    office.click(dialog, "lists_rename")
    rename("Office")
    office.click(dialog, "lists_up")
    names.setCurrentRow(1)
    office.click(dialog, "lists_remove")
    QTest.keyClick(which, Qt.Key.Key_End)
    assert names.count() == 0
    office.click(dialog, "lists_add")
    rename("Nordinkasso")
    office.click(dialog, "lists_save")
    choices = office.session.reader.choices
    qtbot.waitUntil(lambda: choices.names(types) == ("Home", "Office", "Farm"))
    assert choices.names(ChoiceList.COLLECTIONS_AGENCY) == ("Nordinkasso",)
    office.settle()
    assert "Account types, Collections agencies" in office.messages.text
    office.flow.create()
    for field_name, offered in (
        ("account_type", ["Home", "Office", "Farm"]),
        ("collections_agency", ["Nordinkasso"]),
    ):
        box = office.dialog("account_dialog").findChild(QComboBox, f"account_{field_name}")
        assert isinstance(box, QComboBox)
        assert [box.itemText(place) for place in range(box.count())] == offered
