"""Files that are not as tidy as they should be: what is understood, asked for, and refused."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QTableView, QWidget
from pytestqt.qtbot import QtBot
from xlsxwriter import Workbook

from statusdesk.gui.dialogs.import_dialog import ImportDialog
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
