"""What is there, listed by command: for people as tables, for programs as a list of objects."""

import json

import pytest

from statusdesk.cli.output import plain, printable, width
from statusdesk.services.records_out import ACCOUNT_FIELDS, STATUS_FIELDS
from tests.cli.conftest import Terminal


def test_statuses_with_their_counters(office: Terminal) -> None:
    statuses = office.json("statuses")
    assert list(statuses[0]) == STATUS_FIELDS
    assert [(status["name"], status["accounts"], status["monthly_charge"]) for status in statuses] == [
        ("Lead", 1, 0),
        ("Active", 3, 60.5),
        ("Vacation", 1, 25),
        ("Inactive", 0, 0),
    ]
    lines = office("statuses").splitlines()
    assert lines[0].split("  ")[0] == "Status"
    assert lines[2].startswith("Active    In service  yes             circle")
    assert lines[2].endswith("3                 60.50")


def test_amounts_are_written_digit_for_digit(office: Terminal) -> None:
    assert '"monthly_charge": 60.50}' in office("statuses", "--json")


def test_accounts_by_number_with_every_field(office: Terminal) -> None:
    accounts = office.json("accounts")
    assert list(accounts[0]) == ACCOUNT_FIELDS
    assert [account["number"] for account in accounts] == ["001", "002", "003", "004", "005"]
    assert (accounts[1]["name"], accounts[1]["monthly_charge"]) == ("Bernd Groß", 30.5)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (["--search", "koln"], ["002", "003", "005"]),
        (["--search", "köln gross"], ["002"]),
        (["--search", "LODZ"], ["001"]),
        (["--status", "active"], ["001", "002", "003"]),
        (["--status", "Lead", "--status", "Vacation"], ["004", "005"]),
        (["--status", "Active", "--search", "köln", "--limit", "1"], ["002"]),
        (["--limit", "0"], []),
        (["--search", "nobody"], []),
    ],
)
def test_accounts_that_are_asked_for(office: Terminal, words: list[str], numbers: list[str]) -> None:
    assert [account["number"] for account in office.json("accounts", *words)] == numbers


def test_a_list_that_was_cut_says_so(office: Terminal) -> None:
    out = office("accounts", "--limit", "2")
    assert out.splitlines()[-1] == "2 of 5 accounts"
    assert len(out.splitlines()) == 4
    assert office("accounts", "--search", "nobody") == "0 accounts\n"


def test_history_tells_each_step_newest_first(office: Terminal) -> None:
    office("reassign", "--to", "Inactive", "--search", "001", "--reason", "moved away")
    office("undo")
    out = office("history", "001")
    assert "(UTC)" in out.splitlines()[0]
    steps = [line.split("  ")[1] for line in out.splitlines()[1:]]
    assert steps == ["Undone: Inactive → Active", "Active → Inactive", "Import: added as Active"]
    assert "moved away" in out
    found = office.json("history", "001")
    assert [step["action"] for step in found] == ["undo", "reassign", "import"]
    assert (found[-1]["old_status"], found[-1]["new_monthly_charge"]) == (None, 20)


def test_an_unknown_number_is_told(office: Terminal) -> None:
    assert office.refused("history", "1") == "There is no account with the number “1”."
    assert office.refused("accounts", "--limit", "-1", code=2).startswith("statusdesk accounts: ")


def test_the_distribution_adds_up_by_status_and_by_stage(office: Terminal) -> None:
    for by in ("status", "stage"):
        rows = office.json("report", "distribution", "--by", by)
        assert sum(row["accounts"] for row in rows) == 5
        assert sum(row["share"] for row in rows) == 100
        assert sum(row["monthly_charge"] for row in rows) == 85.5
    assert {row["name"]: row["share"] for row in office.json("report", "distribution")}["Active"] == 60
    out = office("report", "distribution")
    assert "Active    In service  yes                    3     60.0                 60.50\n" in out
    assert "In service         3     60.0                 60.50\n" in out
    assert out.count("\nAll ") == 2


def test_the_distribution_goes_to_a_file(office: Terminal) -> None:
    file = office.database.with_name("distribution.csv")
    office("report", "distribution", "--csv", file)
    lines = file.read_text("utf-8-sig").splitlines()
    assert lines[0] == "name,stage,activates,accounts,share,monthly_charge"
    assert lines[2] == "Active,In service,yes,3,60.0,60.50"


def test_texts_cannot_take_over_the_terminal(office: Terminal) -> None:
    office("status", "add", "Bad \x1b[31mred\nline")
    out = office("statuses")
    assert "\x1b" not in out
    assert "Bad [31mred line" in out
    assert json.loads(office("statuses", "--json"))


def test_widths_count_columns_of_the_terminal() -> None:
    assert (width("Łódź"), width("東京"), width("e\u0301")) == (4, 4, 1)
    assert printable("a\u202eb\tc\r\nd") == "ab c d"
    assert [plain(value) for value in (None, "", True, -1234, 0)] == ["—", "—", "yes", "−1,234", "0"]
