"""Journeys through the import dialog, with real files, keys and clicks."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.gui.dialogs.import_dialog import ImportDialog
from statusdesk.services import importing
from tests.gui.conftest import Answers
from tests.gui.files_support import (
    SOON,
    TELCO,
    Office,
    _own_data_folder,
    accept,
    agree,
    click,
    messy,
    new_office,
    note,
    office,
    pick,
    settle,
    start_import,
    text_of,
    the,
)

__all__ = ["_own_data_folder", "messy", "new_office", "office"]


def test_the_telephone_company_comes_in_and_goes_again(qtbot: QtBot, new_office: Office, answers: Answers) -> None:
    answers.file = TELCO
    dialog = start_import(qtbot, new_office)
    the(dialog, QWidget, "import_step_file").setFocus()
    QTest.keyClick(the(dialog, QWidget, "import_step_file"), Qt.Key.Key_Down)
    assert the(dialog, QComboBox, "import_field_1").currentText() == "Number"
    assert the(dialog, QComboBox, "import_field_2").currentText() == "Not imported"
    click(qtbot, dialog, "import_step_statuses")
    assert the(dialog, QComboBox, "import_status_1").currentText() == "Active"
    assert the(dialog, QLineEdit, "import_new_name_2").text() == "Churned"
    assert the(dialog, QCheckBox, "import_winback_2").isChecked()
    assert text_of(dialog, "import_count_new") == "7,043"
    assert text_of(dialog, "import_count_billed") == "+5,174"
    assert text_of(dialog, "import_count_revenue") == "+316,985.75"
    assert accept(dialog).text() == "Import 7,043 accounts"

    click(qtbot, dialog, "import_step_result")
    QTest.keyClicks(the(dialog, QLineEdit, "import_reason"), "Taken over")
    with qtbot.waitSignal(dialog.imported, timeout=SOON):
        agree(qtbot, dialog)

    session = new_office.session
    by_name = {line.status.name: line for line in session.lines}
    assert (session.totals.billed, session.totals.revenue) == (5_174, 316_985_75)
    assert by_name["Active"].accounts == 5_174
    assert by_name["Churned"].accounts == 1_869
    assert by_name["Churned"].status.winback
    assert session.next_undo is not None
    assert session.next_undo.reason == "Taken over"
    assert new_office.messages.text == "Imported 7,043 accounts from telco-customers.csv"

    with qtbot.waitSignal(session.changed, timeout=SOON):
        click(qtbot, new_office, "message_undo")
    assert session.totals.accounts == 0
    assert [line.status.name for line in session.live_lines()] == ["Lead", "Active", "Inactive"]


def test_cancelling_in_the_middle_leaves_nothing(
    qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    many = tmp_path / "many.csv"
    rows = (f"{number},Active,19.90" for number in range(100_000, 130_000))
    many.write_text("\n".join(["number,status,monthly_charge", *rows]), "utf-8")
    answers.file = many
    before = office.session.totals
    dialog = start_import(qtbot, office)
    agree(qtbot, dialog)
    assert not accept(dialog).isVisible()
    click(qtbot, dialog, "import_stop")
    qtbot.waitUntil(lambda: accept(dialog).isVisible(), timeout=SOON)
    assert note(dialog) == "Cancelled. Nothing was imported."
    assert office.session.reader.totals() == before
    assert office.session.reader.accounts.by_number("100000") is None

    with qtbot.waitSignal(dialog.imported, timeout=SOON):
        agree(qtbot, dialog)
    assert office.session.totals.accounts == before.accounts + 30_000


def test_a_saved_matching_serves_the_next_file(
    qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    first, second = tmp_path / "march.csv", tmp_path / "april.csv"
    first.write_text("Ref;Who;What\nA1;Ana;odd\nA2;Bo;odd\n", "utf-8")
    second.write_text("Ref;Who;What\nA3;Cem;odd\n", "utf-8")
    answers.file = first
    dialog = start_import(qtbot, office)
    click(qtbot, dialog, "import_step_columns")
    pick(qtbot, dialog, "import_field_2", "Name")
    settle(qtbot, dialog)
    pick(qtbot, dialog, "import_field_3", "Status")
    settle(qtbot, dialog)
    click(qtbot, dialog, "import_step_statuses")
    pick(qtbot, dialog, "import_status_1", "Vacation")
    settle(qtbot, dialog)
    click(qtbot, dialog, "import_step_columns")
    click(qtbot, dialog, "import_matching_save")
    naming = the(dialog, QWidget, "import_matching_dialog")
    name = the(naming, QLineEdit, "import_matching_name")
    name.selectAll()
    QTest.keyClicks(name, "Billing program")
    QTest.keyClick(name, Qt.Key.Key_Return)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: office.findChild(ImportDialog) is None, timeout=SOON)

    answers.file = second
    dialog = start_import(qtbot, office)
    assert not accept(dialog).isEnabled()
    click(qtbot, dialog, "import_step_columns")
    pick(qtbot, dialog, "import_matching", "Billing program")
    settle(qtbot, dialog)
    assert the(dialog, QComboBox, "import_field_2").currentText() == "Name"
    click(qtbot, dialog, "import_step_statuses")
    assert the(dialog, QComboBox, "import_status_1").currentText() == "Vacation"
    assert accept(dialog).text() == "Import 1 account"
    with qtbot.waitSignal(dialog.imported, timeout=SOON):
        click(qtbot, dialog, "import_accept")
    account = office.session.reader.accounts.by_number("A3")
    assert account is not None
    assert office.session.status(account.status_id).name == "Vacation"


def test_enter_in_a_field_does_not_import(qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path) -> None:
    answers.file = tmp_path / "one.csv"
    answers.file.write_text("number,status\nX1,Lead\n", "utf-8")
    dialog = start_import(qtbot, office)
    click(qtbot, dialog, "import_step_result")
    reason = the(dialog, QLineEdit, "import_reason")
    reason.setFocus()
    QTest.keyClick(reason, Qt.Key.Key_Return)
    settle(qtbot, dialog)
    assert dialog.isVisible()
    assert office.session.reader.accounts.by_number("X1") is None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: office.findChild(ImportDialog) is None, timeout=SOON)


def test_every_control_is_named(qtbot: QtBot, office: Office, answers: Answers, messy: Path) -> None:
    answers.file = messy
    dialog = start_import(qtbot, office)
    inner = {"qt_scrollarea_viewport", "qt_spinbox_lineedit"}
    nameless = []
    for widget in dialog.findChildren(QWidget):
        tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not tabbed or widget.objectName() in inner or isinstance(widget.parent(), QComboBox):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not widget.objectName() or not interface.text(QAccessible.Text.Name):
            nameless.append((type(widget).__name__, widget.objectName()))
    assert nameless == []


def test_a_fault_of_ours_leaves_the_dialog_usable(
    qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers.file = tmp_path / "two.csv"
    answers.file.write_text("number,status\nX1,Lead\nX2,Lead\n", "utf-8")
    dialog = start_import(qtbot, office)
    real = importing.import_table

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(importing, "import_table", broken)
    with qtbot.waitSignal(office.session.crashed, timeout=SOON):
        agree(qtbot, dialog)
    assert "Nothing was changed" in note(dialog)
    monkeypatch.setattr(importing, "import_table", real)
    click(qtbot, dialog, "import_step_result")
    click(qtbot, dialog, "import_skip")
    settle(qtbot, dialog)
    with qtbot.waitSignal(dialog.imported, timeout=SOON):
        agree(qtbot, dialog)
