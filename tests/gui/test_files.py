"""Exports and databases from the window: what is asked, what lands in the file, and what is said afterwards."""

import csv
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.gui.dialogs.check_result import CheckResult
from statusdesk.gui.dialogs.export_choice import ExportChoice
from statusdesk.gui.dialogs.import_dialog import ImportDialog
from statusdesk.gui.dialogs.new_database import NewDatabase
from statusdesk.gui.prompts import Prompts
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.services.checking import Finding, Verdict
from statusdesk.services.exchange.reading import open_table
from statusdesk.store.store import Store
from tests.gui.conftest import Answers
from tests.gui.files_support import SOON, Office, _own_data_folder, click, office, start_import, text_of, the

__all__ = ["_own_data_folder", "office"]


def wait_for(qtbot: QtBot, office: Office, start: str) -> None:
    qtbot.waitUntil(lambda: office.messages.text.startswith(start), timeout=SOON)


def numbers(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["number"] for row in csv.DictReader(file)]


def test_the_selected_accounts_or_all_are_exported(
    qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    vacation = next(line.status.id for line in office.session.lines if line.status.name == "Vacation")
    selection = Matching(frozenset({vacation}))
    answers.file = tmp_path / "some.csv"
    office.flow.export_accounts(selection)
    qtbot.waitUntil(lambda: office.findChild(ExportChoice) is not None, timeout=SOON)
    dialog = the(office, ExportChoice, "export_choice")
    assert the(dialog, QWidget, "export_selected").property("text") == "What is selected: 2 accounts"
    click(qtbot, dialog, "export_accept")
    wait_for(qtbot, office, f"Exported 2 accounts to some.csv · seal {office.session.reader.newest_seal()}")
    assert numbers(answers.file) == ["00502", "00519"]

    qtbot.waitUntil(lambda: office.findChild(ExportChoice) is None, timeout=SOON)
    answers.file = tmp_path / "all.xlsx"
    office.flow.export_accounts(selection)
    qtbot.waitUntil(lambda: office.findChild(ExportChoice) is not None, timeout=SOON)
    dialog = the(office, ExportChoice, "export_choice")
    click(qtbot, dialog, "export_all")
    click(qtbot, dialog, "export_accept")
    wait_for(qtbot, office, "Exported 9 accounts to all.xlsx")
    assert len(list(open_table(answers.file).rows())) == 9


def test_importing_an_export_changes_nothing(
    qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    answers.file = tmp_path / "accounts.csv"
    office.flow.export_accounts(AccountIds(()))
    wait_for(qtbot, office, "Exported 9 accounts")
    dialog = start_import(qtbot, office)
    assert text_of(dialog, "import_count_unchanged") == "9"
    assert not the(dialog, QPushButton, "import_accept").isEnabled()
    assert the(dialog, DialogFoot, "dialog_foot").note.startswith("Nothing to import")
    click(qtbot, dialog, "import_cancel")
    qtbot.waitUntil(lambda: office.findChild(ImportDialog) is None, timeout=SOON)


def test_statuses_and_history_are_exported(qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path) -> None:
    answers.file = tmp_path / "statuses.csv"
    office.flow.export_statuses()
    wait_for(qtbot, office, "Exported 4 statuses to statuses.csv")
    assert "Vacation" in answers.file.read_text("utf-8-sig")
    answers.file = tmp_path / "history.csv"
    office.flow.export_history()
    wait_for(qtbot, office, "Exported")
    qtbot.waitUntil(lambda: "history.csv" in office.messages.text, timeout=SOON)
    assert "Added account 00553" in answers.file.read_text("utf-8-sig")


def test_an_export_that_cannot_be_written_says_why(
    qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    answers.file = tmp_path / "nowhere" / "accounts.csv"
    office.flow.export_accounts(AccountIds(()))
    wait_for(qtbot, office, "accounts.csv could not be written")


def test_a_new_database_gets_its_currency_and_zone_once(
    qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    office.flow.new_database()
    dialog = the(office, NewDatabase, "new_database")
    place = the(dialog, QLineEdit, "new_database_place")
    foot = the(dialog, DialogFoot, "dialog_foot")
    place.setText(office.session.info.path)
    QTest.keyClicks(place, " ")
    assert "is already there" in foot.note
    assert not the(dialog, QPushButton, "new_database_accept").isEnabled()
    answers.file = tmp_path / "branch.statusdesk"
    click(qtbot, dialog, "new_database_choose")
    zone = the(dialog, QLineEdit, "new_database_zone_text")
    zone.clear()
    QTest.keyClicks(zone, "Mars/Olympus")
    assert "is not a known time zone" in foot.note
    the(dialog, QComboBox, "new_database_zone").setCurrentText("Europe/Lisbon")
    the(dialog, QComboBox, "new_database_currency").setCurrentText("jpy")
    click(qtbot, dialog, "new_database_accept")
    qtbot.waitUntil(lambda: bool(office.opened), timeout=SOON)
    assert office.opened == [answers.file]
    made = Store(answers.file, "read")
    assert (made.info.currency, made.info.time_zone) == ("JPY", "Europe/Lisbon")
    made.close()


def test_backing_up_never_replaces_something_else(
    qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    answers.file = tmp_path / "copy.statusdesk"
    office.flow.back_up()
    wait_for(qtbot, office, "Backed up to copy.statusdesk")
    copy = Store(answers.file, "read")
    assert copy.totals() == office.session.totals
    copy.close()
    answers.file = tmp_path / "letter.txt"
    answers.file.write_text("Dear Sir", "utf-8")
    office.flow.back_up()
    qtbot.waitUntil(lambda: "is not replaced" in office.messages.text, timeout=SOON)
    assert answers.file.read_text("utf-8") == "Dear Sir"


def test_checking_says_what_was_looked_at(qtbot: QtBot, office: Office) -> None:
    office.flow.check()
    qtbot.waitUntil(lambda: office.findChild(CheckResult) is not None, timeout=SOON)
    result = the(office, CheckResult, "check_result")
    assert text_of(result, "check_title") == "The database is sound"
    assert the(result, QWidget, "check_journal").accessibleName() == "Every account is as its history says: right"
    assert office.messages.text == "The database is sound."
    click(qtbot, result, "check_close")


def test_problems_are_listed_and_can_be_copied(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    problem = "The account 00417 is not as the newest journal entry for it says."
    verdict = Verdict((Finding("journal", problem),), ("integrity", "journal"), 9, 10)
    result = CheckResult(verdict, tmp_path / "office.statusdesk", office)
    result.open()
    assert text_of(result, "check_title") == "1 problem was found"
    assert the(result, QWidget, "check_search").accessibleName().endswith("not looked at")
    assert problem in the(result, QPlainTextEdit, "check_findings").toPlainText()
    result.accept()


def test_the_name_follows_the_kind_of_file(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    chosen: list[Path] = []
    kinds = "Comma-separated table (*.csv);;Excel workbook (*.xlsx)"
    Prompts().save_file(office, "Export", kinds, str(tmp_path / "accounts.csv"), chosen.append)
    dialog = the(office, QFileDialog, "file_dialog")
    dialog.filterSelected.emit("Excel workbook (*.xlsx)")
    assert [Path(name).name for name in dialog.selectedFiles()] == ["accounts.xlsx"]
    dialog.reject()
