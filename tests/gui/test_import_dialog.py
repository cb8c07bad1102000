"""Journeys through the import dialog, with real files, keys and clicks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot
from xlsxwriter import Workbook

from statusdesk.gui.dialogs.consequence_card import ConsequenceCard
from statusdesk.gui.dialogs.import_dialog import ImportDialog
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.services import importing
from statusdesk.store.store import Store
from tests.gui.conftest import Answers
from tests.gui.files_support import SOON, Office, click, pick, settle, start_import, text_of, the

TELCO = Path(__file__).parents[1] / "data" / "telco-customers.csv"


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def office(qtbot: QtBot, session: Session, answers: Answers) -> Office:
    window = Office(session, answers)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def new_office(qtbot: QtBot, dressed: QApplication, tmp_path: Path, answers: Answers) -> Iterator[Office]:
    """An office whose database has no account yet."""
    path = tmp_path / "new.statusdesk"
    opened = Session(Store(path, time_zone="Europe/Berlin"), Store(path, "read"), author="anna")
    window = Office(opened, answers)
    qtbot.addWidget(window)
    window.show()
    yield window
    opened.close()


MESSY = (
    "Kundennummer ;Name;Zustand;Monatsbetrag ;Erstkontakt\n"
    "00417;Jürgen Müller;aktiv;1.029,90;03/04/2024\n"
    "00500;Søren;gekündigt;29,90;05/06/2024\n"
    "00501;Ines;Sonderfall;-5,00;\n"
    "00502;Okan;aktiv;neunzehn;\n"
    "00503;Zoë;aktiv;19,9;07/08/2024\n"
)


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    path = tmp_path / "kunden.csv"
    path.write_bytes(MESSY.encode("latin-1"))
    return path


def note(dialog: ImportDialog) -> str:
    return the(dialog, DialogFoot, "dialog_foot").note


def accept(dialog: ImportDialog) -> QPushButton:
    return the(dialog, QPushButton, "import_accept")


def agree(qtbot: QtBot, dialog: ImportDialog) -> None:
    """Press Import and then the card's button."""
    click(qtbot, dialog, "import_accept")
    card = the(dialog, ConsequenceCard, "consequence_card")
    click(qtbot, card, "card_apply")


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


def test_a_messy_file_is_understood_step_by_step(
    qtbot: QtBot, office: Office, answers: Answers, messy: Path, tmp_path: Path
) -> None:
    answers.file = messy
    dialog = start_import(qtbot, office)
    warning = the(dialog, QWidget, "import_file_warning").accessibleName()
    assert "line 2 is not UTF-8" in warning
    assert "Jürgen Müller" in warning
    preview = the(dialog, QTableView, "import_preview").model()
    assert preview.index(1, 2).data() == "Søren"
    pick(qtbot, dialog, "import_encoding", "Cyrillic (Windows-1251)")
    settle(qtbot, dialog)
    assert preview.index(1, 2).data() != "Søren"
    pick(qtbot, dialog, "import_encoding", "Unicode (UTF-8)")
    settle(qtbot, dialog)
    assert "kunden.csv, line 2" in note(dialog)
    assert not accept(dialog).isEnabled()
    pick(qtbot, dialog, "import_encoding", "Western (Windows-1252)")
    settle(qtbot, dialog)
    assert preview.index(1, 2).data() == "Søren"

    click(qtbot, dialog, "import_step_columns")
    assert the(dialog, QComboBox, "import_decimal").currentText() == "1.234,56"
    pick(qtbot, dialog, "import_field_5", "First contact on")
    settle(qtbot, dialog)
    assert not accept(dialog).isEnabled()
    assert note(dialog) == "Choose how this file writes its dates."
    pick(qtbot, dialog, "import_date_style", "31/12/2026")
    settle(qtbot, dialog)

    assert note(dialog) == "Choose what “Sonderfall” means."
    click(qtbot, dialog, "import_go")
    assert the(dialog, QWidget, "import_statuses_page").isVisible()
    odd = next(n for n in "1234" if text_of_word(dialog, n) == "Sonderfall")
    pick(qtbot, dialog, f"import_status_{odd}", "New status…")
    settle(qtbot, dialog)
    assert note(dialog) == "Say whether “Sonderfall” is billed and served."
    click(qtbot, dialog, f"import_not_billed_{odd}")
    pick(qtbot, dialog, f"import_stage_{odd}", "Paused")
    settle(qtbot, dialog)

    assert accept(dialog).text() == "Import 4 accounts"
    assert [text_of(dialog, f"import_count_{name}") for name in ("new", "updated", "refused")] == ["3", "1", "1"]
    click(qtbot, dialog, "import_step_result")
    assert "1 monthly charge is negative" in the(dialog, QWidget, "import_negative").accessibleName()
    refused = the(dialog, QTableView, "import_refused").model()
    assert [refused.index(0, column).data() for column in range(3)] == ["5", "Monthly charge", "neunzehn"]
    answers.file = tmp_path / "refused.csv"
    click(qtbot, dialog, "import_refused_save")
    qtbot.waitUntil(lambda: (tmp_path / "refused.csv").exists(), timeout=SOON)
    assert "neunzehn" in (tmp_path / "refused.csv").read_text("utf-8-sig")
    settle(qtbot, dialog)

    click(qtbot, dialog, "import_skip")
    settle(qtbot, dialog)
    assert text_of(dialog, "import_count_skipped") == "1"
    click(qtbot, dialog, "import_update")
    settle(qtbot, dialog)
    with qtbot.waitSignal(dialog.imported, timeout=SOON):
        agree(qtbot, dialog)
    assert office.messages.text == "Imported 4 accounts from kunden.csv 1 row was refused."
    answers.file = tmp_path / "again.csv"
    click(qtbot, office, "message_link")
    qtbot.waitUntil(lambda: office.messages.text == "Saved 1 refused row as again.csv", timeout=SOON)
    account = office.session.reader.accounts.by_number("00503")
    assert account is not None
    assert (account.monthly_charge, account.first_contact_on) == (1990, "2024-08-07")


def text_of_word(dialog: ImportDialog, key: str) -> str:
    return the(dialog, QWidget, f"import_word_{key}").accessibleName()


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


def test_what_is_no_table_is_refused_in_words(
    qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    answers.file = tmp_path / "letter.pdf"
    answers.file.write_bytes(b"%PDF-1.7 and so on")
    office.flow.import_accounts()
    qtbot.waitUntil(lambda: office.findChild(ImportDialog) is None, timeout=SOON)
    assert office.messages.text.startswith("letter.pdf is a PDF document, not a table.")


def test_without_a_status_column_new_accounts_get_one_status(
    qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    answers.file = tmp_path / "plain.txt"
    answers.file.write_text("00417\tMarta\n00900\tNew One\n", "utf-8")
    dialog = start_import(qtbot, office)
    assert not the(dialog, QCheckBox, "import_header").isChecked()
    assert note(dialog) == "Choose the column with the account number."
    click(qtbot, dialog, "import_step_columns")
    pick(qtbot, dialog, "import_field_1", "Number")
    settle(qtbot, dialog)
    pick(qtbot, dialog, "import_field_2", "Name")
    settle(qtbot, dialog)
    assert note(dialog) == "Choose the status of new accounts."
    click(qtbot, dialog, "import_step_statuses")
    pick(qtbot, dialog, "import_status_default", "Leave these rows out")
    settle(qtbot, dialog)
    assert text_of(dialog, "import_count_refused") == "1"
    pick(qtbot, dialog, "import_status_default", "Lead")
    settle(qtbot, dialog)
    assert [text_of(dialog, f"import_count_{name}") for name in ("new", "updated", "refused")] == ["1", "1", "0"]


def test_a_column_that_holds_no_statuses_is_pointed_out(
    qtbot: QtBot, new_office: Office, answers: Answers
) -> None:
    answers.file = TELCO
    dialog = start_import(qtbot, new_office)
    click(qtbot, dialog, "import_step_columns")
    pick(qtbot, dialog, "import_field_19", "Status")
    settle(qtbot, dialog)
    assert "too many for statuses" in note(dialog)
    assert not accept(dialog).isEnabled()
    assert text_of(dialog, "import_count_new") == "—"


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


def test_another_sheet_of_a_workbook_is_another_table(
    qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    answers.file = tmp_path / "book.xlsx"
    with Workbook(str(answers.file)) as book:
        for name, number in (("March", "M1"), ("April", "A1")):
            sheet = book.add_worksheet(name)
            for row, cells in enumerate((("number", "status"), (number, "Active"))):
                sheet.write_row(row, 0, cells)
    dialog = start_import(qtbot, office)
    preview = the(dialog, QTableView, "import_preview").model()
    assert preview.index(0, 1).data() == "M1"
    pick(qtbot, dialog, "import_sheet", "April")
    settle(qtbot, dialog)
    assert preview.index(0, 1).data() == "A1"
    assert accept(dialog).text() == "Import 1 account"


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
