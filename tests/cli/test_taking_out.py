"""Exporting by command: whole files, by status name, that change nothing when they come in again."""

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_importing_an_export_changes_nothing(office: Terminal, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    assert office("export", "accounts", file).startswith(f"Exported accounts to {file}: 5 rows. Newest seal: ")
    before = office.json("accounts")
    (done,) = office.json("import", file)
    assert (done["unchanged"], done["rows"], done["change_set"]) == (5, 5, None)
    assert office.json("accounts") == before


def test_only_the_accounts_that_were_asked_for(office: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    (done,) = office.json("export", "accounts", file, "--status", "Active", "--search", "koln")
    assert done["rows"] == 2
    assert [(row["number"], row["status"]) for row in _rows(file)] == [("002", "Active"), ("003", "Active")]


def test_statuses_and_history(office: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    office("export", "statuses", file)
    assert [row["name"] for row in _rows(file)] == ["Lead", "Active", "Vacation", "Inactive"]
    office("reassign", "--to", "Lead", "--search", "005", "--reason", "back")
    office("export", "history", file, "--status", "Lead")
    rows = [row for row in _rows(file) if row["number"] == "005" and row["field"] == "status"]
    assert [(row["old"], row["new"], row["reason"]) for row in rows] == [
        ("", "Vacation", ""),
        ("Vacation", "Lead", "back"),
    ]


def test_what_cannot_be_written_is_refused_and_an_older_file_stays(office: Terminal, tmp_path: Path) -> None:
    assert "ends in neither .csv nor .xlsx" in office.refused("export", "accounts", tmp_path / "out.ods")
    assert "could not be written" in office.refused("export", "accounts", tmp_path / "nowhere" / "out.csv")
    file = tmp_path / "out.csv"
    file.write_text("older")
    assert "no status named “Nobody”" in office.refused("export", "accounts", file, "--status", "Nobody")
    assert file.read_text() == "older"


def test_wrong_usage(office: Terminal, tmp_path: Path) -> None:
    office.refused("export", "everything", tmp_path / "out.csv", code=2)
    said = office.refused("export", "history", tmp_path / "out.csv", "--search", "koln", code=2)
    assert said == "statusdesk export: --search is for accounts only. `statusdesk export --help` tells more."
    assert not (tmp_path / "out.csv").exists()
