"""Accounts moved by command, chosen in three ways, and every step taken back and done again."""

from io import StringIO
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal

BEFORE = {"Lead": 1, "Active": 3, "Vacation": 1}


def test_by_status_with_the_consequences_first(office: Terminal) -> None:
    words = ("reassign", "--to", "vacation", "--status", "Active", "--reason", "winter")
    tried = office(*words, "--dry-run")
    assert tried.splitlines()[:3] == [
        "Dry run, nothing is changed: Move 3 accounts to Vacation.",
        "Billing and service stop: 3",
        "Monthly revenue: 60.50 → 0.00 EUR (−60.50)",
    ]
    assert office.counts() == BEFORE
    assert office(*words).startswith("Moved 3 accounts to Vacation.\nBilling and service stop: 3\n")
    assert office.counts() == {"Lead": 1, "Vacation": 4}
    (step, _) = office.json("history", "001")
    assert (step["old_status"], step["new_status"], step["reason"]) == ("Active", "Vacation", "winter")
    assert step["author"] == "anna"


def test_by_search_counting_those_already_there(office: Terminal) -> None:
    (done,) = office.json("reassign", "--to", "Vacation", "--search", "koln")
    assert (done["accounts"], done["already_there"], done["stops_billing"]) == (2, 1, 2)
    assert (done["revenue_before"], done["revenue_after"]) == (60.5, 20)
    (again,) = office.json("reassign", "--to", "Vacation", "--search", "koln")
    assert (again["accounts"], again["already_there"], again["change_set"]) == (0, 3, None)


def test_status_and_search_together_mean_both(office: Terminal) -> None:
    (done,) = office.json("reassign", "--to", "Lead", "--search", "köln", "--status", "Active", "--status", "Lead")
    assert done["accounts"] == 2
    assert office.counts() == {"Lead": 3, "Active": 1, "Vacation": 1}


@pytest.mark.parametrize(
    "content",
    [
        "001\n003\n\n003\n",
        "\ufeffnumber\r\n001\r\n003\r\n",
        "Name;Customer No\nAnna;001\nChen;003\n",
    ],
)
def test_by_numbers_in_a_file(office: Terminal, tmp_path: Path, content: str) -> None:
    file = tmp_path / "numbers.txt"
    file.write_bytes(content.encode())
    (done,) = office.json("reassign", "--to", "Inactive", "--numbers", file)
    assert done["accounts"] == 2
    moved = office.json("accounts", "--status", "Inactive")
    assert [account["number"] for account in moved] == ["001", "003"]


def test_by_numbers_from_standard_input(office: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("004\n"))
    office("reassign", "--to", "Active", "--numbers", "-")
    assert office.counts() == {"Active": 4, "Vacation": 1}


def test_numbers_that_nobody_has_are_named_by_line_and_nothing_moves(office: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "numbers.txt"
    file.write_text("001\n1\n002\n999\n")
    said = office.refused("reassign", "--to", "Lead", "--numbers", file)
    assert said.startswith("numbers.txt, lines 2, 4: number: no account has the number “1” or “999”.")
    file.write_text("\n\n")
    office.refused("reassign", "--to", "Lead", "--numbers", file)
    assert "cannot be read" in office.refused("reassign", "--to", "Lead", "--numbers", tmp_path / "nowhere.txt")
    assert office.counts() == BEFORE


def test_a_search_without_matches_says_so(office: Terminal) -> None:
    assert office("reassign", "--to", "Lead", "--search", "zzz") == "No account matches, so nothing is changed.\n"


@pytest.mark.parametrize(
    "words",
    [
        ["--to", "Lead"],
        ["--status", "Active"],
        ["--to", "Lead", "--search", " "],
        ["--to", "Lead", "--status", "Active", "--numbers", "numbers.txt"],
    ],
)
def test_wrong_usage(office: Terminal, words: list[str]) -> None:
    assert office.refused("reassign", *words, code=2).startswith("statusdesk reassign: ")
    assert office.counts() == BEFORE


def test_unknown_statuses_are_refused_with_those_there_are(office: Terminal) -> None:
    for words in (["--to", "Nowhere", "--status", "Active"], ["--to", "Lead", "--status", "Nowhere"]):
        said = office.refused("reassign", *words)
        assert said == "There is no status named “Nowhere”. The statuses are: Lead, Active, Vacation, Inactive."


def test_undo_and_redo_step_by_step(office: Terminal) -> None:
    office("reassign", "--to", "Lead", "--status", "Active")
    office("reassign", "--to", "Vacation", "--status", "Lead")
    assert office("undo", "--dry-run").startswith(
        "Dry run, nothing is changed: Undo: Moved 4 accounts to Vacation."
    )
    assert office.counts() == {"Vacation": 5}
    assert office("undo").startswith("Undid: Moved 4 accounts to Vacation.")
    assert office.counts() == {"Lead": 4, "Vacation": 1}
    office("undo")
    assert office.counts() == BEFORE
    office("redo")
    (redone,) = office.json("redo")
    assert (redone["action"], redone["accounts"]) == ("redo", 4)
    assert office.counts() == {"Vacation": 5}
    assert office.refused("redo") == "There is nothing to redo."


def test_undo_leaves_alone_what_changed_again_and_says_which(office: Terminal) -> None:
    (moved,) = office.json("reassign", "--to", "Lead", "--status", "Active")
    office("reassign", "--to", "Inactive", "--search", "001")
    out = office("undo", "--change-set", str(moved["change_set"]))
    assert "Left alone, because changed again since: 001" in out
    assert office.counts() == {"Lead": 1, "Active": 2, "Inactive": 1, "Vacation": 1}
    assert office.refused("undo", "--change-set", str(moved["change_set"])) == "This change was already undone."


def test_only_ones_own_changes_are_undone_unasked(office: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "bert")
    assert office.refused("undo") == "There is nothing of yours to undo."
    assert office.refused("undo", "--change-set", "99") == "change set: “99” is not on record."
    assert "made the database" in office.refused("undo", "--change-set", "1")
    assert office.counts() == BEFORE


def test_what_a_status_requires_can_be_given_with_the_move(office: Terminal) -> None:
    office("status", "edit", "Inactive", "--require", "note", "--require", "reason")
    move = ("reassign", "--to", "Inactive", "--account", "001")
    assert office.refused(*move) == "“Inactive” needs a reason and note. Fill that in, or choose another status."
    office(*move, "--reason", "Moved", "--give", "note=Key returned")
    (account,) = office.json("accounts", "--status", "Inactive")
    assert (account["number"], account["note"]) == ("001", "Key returned")
    assert "is not FIELD=VALUE" in office.refused(*move, "--give", "number=1", code=2)
