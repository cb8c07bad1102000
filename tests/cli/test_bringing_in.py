"""Importing by command: what people's files need said, what is refused before anything is made, and undo."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import TELCO, Terminal

TELCO_WORDS = (
    "import",
    str(TELCO),
    *("--map", "number=customerID"),
    *("--map", "monthly_charge=MonthlyCharges"),
    *("--map", "status=Churn"),
    *("--status-value", "No=Active"),
    *("--status-value", "Yes=Churned"),
    "--create-statuses",
)


def _file(folder: Path, content: str, name: str = "customers.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


def test_the_telephone_companys_customers_come_in_and_are_undone_in_one_step(statusdesk: Terminal) -> None:
    out = statusdesk(*TELCO_WORDS)
    assert "New status: Churned (Ended, not billed, service off, may be won back)." in out
    assert "Imported 7,043 accounts from telco-customers.csv." in out
    assert "Monthly revenue: 0.00 → 316,985.75 EUR (+316,985.75)" in out
    statuses = {status["name"]: status for status in statusdesk.json("statuses")}
    assert (statuses["Active"]["accounts"], statuses["Active"]["monthly_charge"]) == (5174, 316985.75)
    churned = statuses["Churned"]
    assert (churned["accounts"], churned["activates"]) == (1869, False)
    assert (churned["stage"], churned["winback"]) == ("Ended", True)
    statusdesk("undo")
    assert statusdesk.counts() == {}
    assert {status["name"]: status["retired"] for status in statusdesk.json("statuses")}["Churned"]
    statusdesk("redo")
    assert statusdesk.counts() == {"Active": 5174, "Churned": 1869}
    statusdesk("check")


@pytest.mark.slow
def test_the_same_in_processes_of_their_own(database: Path) -> None:
    def run(*words: str) -> str:
        command = [sys.executable, "-m", "statusdesk", "--database", str(database), *words]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"}
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    run(*TELCO_WORDS)
    assert "Active    In service  yes             circle       #00855F     5,174            316,985.75\n" in run(
        "statuses"
    )
    assert run("undo").startswith("Undid: Imported 7,043 accounts from telco-customers.csv.\n")
    assert run("accounts") == "0 accounts\n"


def test_a_dry_run_counts_as_the_import_does_and_makes_no_database(statusdesk: Terminal, database: Path) -> None:
    (tried,) = statusdesk.json(*TELCO_WORDS, "--dry-run")
    assert not database.exists()
    (done,) = statusdesk.json(*TELCO_WORDS)
    assert (tried.pop("dry_run"), done.pop("dry_run")) == (True, False)
    assert (tried.pop("change_set"), done.pop("change_set")) == (None, 2)
    assert tried == done
    assert (done["created"], done["revenue_after"], done["starts_billing"]) == (7043, 316985.75, 5174)


def test_on_a_database_that_is_there_a_dry_run_changes_no_byte(office: Terminal, database: Path) -> None:
    before = database.read_bytes()
    (tried,) = office.json(*TELCO_WORDS, "--dry-run")
    assert tried["new_statuses"] == ["Churned"]
    assert database.read_bytes() == before
    assert "Churned" not in {status["name"] for status in office.json("statuses")}


def test_unknown_words_are_refused_before_anything_is_made(statusdesk: Terminal, database: Path) -> None:
    said = statusdesk.refused("import", TELCO)
    assert said.startswith("telco-customers.csv, line 4, status: it is not known what “Yes” in the column “Churn”")
    assert "--status-value WORD=STATUS" in said
    assert "--create-statuses" in said
    said = statusdesk.refused("import", TELCO, "--status-value", "Yes=Churned")
    assert said.startswith("--status-value Yes=Churned: there is no status named “Churned”.")
    assert not database.exists()


def test_a_new_status_whose_name_tells_nothing_is_not_billed_and_that_is_said(
    statusdesk: Terminal, tmp_path: Path
) -> None:
    file = _file(tmp_path, "number,status\n1,Gold\n2,Suspended\n3,active\n")
    out = statusdesk("import", file, "--create-statuses")
    assert (
        "New status: Gold (Paused, not billed, service off): its name does not tell, so change it if need be."
        in out
    )
    assert "New status: Suspended (Paused, not billed, service off).\n" in out
    assert statusdesk.counts() == {"Gold": 1, "Suspended": 1, "Active": 1}


def test_other_peoples_files_are_taken_as_they_are(statusdesk: Terminal, tmp_path: Path) -> None:
    content = "Kundennummer ;Name ;Status;Monatspreis\n007;Jürgen;aktiv;1.234,50\n008;Zoë;gekündigt;-5,00\n"
    file = _file(tmp_path, content, encoding="latin-1")
    out = statusdesk("import", file, "--status-value", "gekündigt=Inactive")
    assert "customers.csv is read as windows-1252, cells separated by semicolons." in out
    assert "its encoding is a guess" in out
    assert "number from “Kundennummer” (guessed)" in out
    assert "1 × a negative monthly charge, kept as a credit (line 3)" in out
    found = {account["number"]: account for account in statusdesk.json("accounts")}
    assert found["007"]["monthly_charge"] == 1234.5
    assert (found["008"]["status"], found["008"]["monthly_charge"]) == ("Inactive", -5)


def test_refused_rows_are_told_by_file_line_and_field_and_can_be_mended(
    statusdesk: Terminal, tmp_path: Path
) -> None:
    file = _file(tmp_path, "number,status,monthly_charge\n1,Active,10\n2,Active,ten\n1,Active,5\n,Lead,1\n")
    refused = tmp_path / "refused.csv"
    out = statusdesk("import", file, "--refused", refused)
    assert "Rows: 4 (1 new, 3 refused)" in out
    assert statusdesk.err.splitlines()[:3] == [
        "customers.csv, line 3, monthly_charge: “ten” is not an amount.",
        "customers.csv, line 4, number: “1” is already in line 2.",
        "customers.csv, line 5, number: is missing, and every account needs one.",
    ]
    with refused.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["Refused line"] for row in rows] == ["3", "4", "5"]
    mended = _file(tmp_path, refused.read_text("utf-8-sig").replace("ten", "10.00"), "mended.csv")
    (done,) = statusdesk.json("import", mended)
    assert (done["created"], done["updated"], done["refused"]) == (1, 1, 1)
    assert done["refused_rows"][0]["field"] == "number"


def test_the_refused_rows_never_replace_the_file_itself(statusdesk: Terminal, tmp_path: Path) -> None:
    file = _file(tmp_path, "number,status\n1,Active\n,Lead\n")
    before = file.read_bytes()
    assert "--refused would replace the file itself" in statusdesk.refused(
        "import", file, "--refused", file, code=2
    )
    assert file.read_bytes() == before


def test_where_no_row_comes_in_the_import_has_failed(statusdesk: Terminal, tmp_path: Path) -> None:
    out = statusdesk("import", _file(tmp_path, "number,name\n1,Anna\n2,Bernd\n"), code=1)
    assert "Nothing comes in: every row is refused." in out
    assert "--default-status NAME" in statusdesk.err
    statusdesk("import", _file(tmp_path, "number,name\n1,Anna\n2,Bernd\n"), "--default-status", "lead")
    assert statusdesk.counts() == {"Lead": 2}


def test_existing_accounts_are_updated_or_skipped(office: Terminal, tmp_path: Path) -> None:
    file = _file(tmp_path, "number,name\n001,Anna Neu\n002,Bernd Groß\n")
    (skipped,) = office.json("import", file, "--on-existing", "skip")
    assert (skipped["skipped"], skipped["change_set"]) == (2, None)
    (updated,) = office.json("import", file, "--reason", "marriage")
    assert (updated["updated"], updated["unchanged"]) == (1, 1)
    (step, _) = office.json("history", "001")
    assert (step["reason"], step["fields"]) == (
        "marriage",
        [{"field": "name", "old": "Anna Łąka", "new": "Anna Neu"}],
    )


def test_a_field_can_be_left_out_and_empty_cells_given_a_status(statusdesk: Terminal, tmp_path: Path) -> None:
    file = _file(tmp_path, "number,name,status\n1,secret,\n2,secret,Active\n")
    statusdesk("import", file, "--map", "name=", "--status-value", "=Lead")
    accounts = statusdesk.json("accounts")
    assert [(account["name"], account["status"]) for account in accounts] == [("", "Lead"), ("", "Active")]


def test_dates_that_can_be_read_in_two_ways_are_asked_about(statusdesk: Terminal, tmp_path: Path) -> None:
    file = _file(tmp_path, "number,status,install_on\n1,Lead,03/04/2026\n")
    said = statusdesk.refused("import", file)
    assert said.endswith("can be read as DD/MM/YYYY or MM/DD/YYYY. Say which with --date-format.")
    statusdesk("import", file, "--date-format", "DD/MM/YYYY")
    assert statusdesk.json("accounts")[0]["install_on"] == "2026-04-03"


def test_a_matching_is_saved_and_used_for_the_next_file(statusdesk: Terminal, tmp_path: Path) -> None:
    first = _file(tmp_path, "Ref;State;Sum\n1;good;5\n2;bad;6\n")
    words = ("--map", "number=ref", "--map", "status=State", "--map", "monthly_charge=Sum")
    meant = ("--status-value", "good=Active", "--status-value", "bad=Churned", "--create-statuses")
    statusdesk("import", first, *words, *meant, "--save-mapping", "Monthly list")
    second = _file(tmp_path, "State;Sum;Ref\nbad;7;1\ngood;8;3\n", "next.csv")
    (done,) = statusdesk.json("import", second, "--mapping", "monthly LIST")
    assert (done["created"], done["updated"]) == (1, 1)
    assert statusdesk.counts() == {"Active": 1, "Churned": 2}
    said = statusdesk.refused(
        "import", _file(tmp_path, "Ref;State\n1;good\n", "other.csv"), "--mapping", "Monthly list"
    )
    assert "no column named “Sum”" in said
    assert "saved ones are: Monthly list" in statusdesk.refused("import", second, "--mapping", "Weekly")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--map", "number=Nummer"], "customers.csv, number: there is no column named “Nummer”."),
        (["--map", "number="], "customers.csv, number: no column is known to hold it."),
        (["--map", "status=", "--status-value", "a=Lead"], "customers.csv, status: no column is matched to it."),
        (["--encoding", "klingon"], "“klingon” is not a known encoding."),
        (["--currency", "Euro"], "currency: “Euro” is not a code of three letters"),
    ],
)
def test_what_does_not_fit_the_file_is_refused(
    statusdesk: Terminal, tmp_path: Path, database: Path, words: list[str], sentence: str
) -> None:
    file = _file(tmp_path, "number,status\n1,Lead\n")
    assert statusdesk.refused("import", file, *words).startswith(sentence)
    assert not database.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--map", "number"],
        ["--map", "nonsense=Number"],
        ["--status-value", "Yes"],
        ["--status-value", "Yes="],
        ["--on-existing", "destroy"],
        ["--decimal", ";"],
        ["--date-format", "whenever"],
    ],
)
def test_wrong_usage(statusdesk: Terminal, words: list[str]) -> None:
    assert statusdesk.refused("import", TELCO, *words, code=2).startswith("statusdesk import: argument ")


def test_an_import_that_was_undone_can_be_done_again(statusdesk: Terminal) -> None:
    statusdesk(*TELCO_WORDS)
    look = statusdesk.json("statuses")[-1]["colour"]
    statusdesk("undo")
    without = [word for word in TELCO_WORDS if word != "--create-statuses"]
    said = statusdesk.refused(*without)
    assert "“Churned” is retired" in said
    assert "Add --create-statuses" in said
    statusdesk(*TELCO_WORDS)
    assert statusdesk.counts() == {"Active": 5174, "Churned": 1869}
    assert statusdesk.json("statuses")[-1]["colour"] == look


def test_a_new_database_gets_the_currency_and_time_zone_asked_for(statusdesk: Terminal, tmp_path: Path) -> None:
    file = _file(tmp_path, "number,status,monthly_charge\n1,Active,1200\n")
    statusdesk("import", file, "--currency", "jpy", "--time-zone", "Asia/Tokyo")
    assert "Monthly charge (JPY)" in statusdesk("accounts")
    assert "When (Asia/Tokyo)" in statusdesk("history", "1")
    assert "has the currency JPY, not EUR" in statusdesk.refused("import", file, "--currency", "EUR")


def test_without_a_database_named_it_is_made_in_the_data_folder(
    statusdesk: Terminal, home: Path, tmp_path: Path
) -> None:
    assert "There is no database" in (statusdesk.type("statuses", code=1) or statusdesk.err)
    statusdesk.type("import", _file(tmp_path, "number,status\n1,Lead\n"))
    assert list(home.rglob("accounts.statusdesk"))
    assert "1 account" in statusdesk.type("accounts")
