"""Statuses by command: added, edited, retired, merged, deleted, each with its dry run and its way back."""

import pytest

from tests.cli.conftest import Terminal


def _status(terminal: Terminal, name: str) -> dict[str, object]:
    return next(status for status in terminal.json("statuses") if status["name"] == name)


def test_a_status_is_added_with_what_was_said_and_a_look_unlike_the_others(statusdesk: Terminal) -> None:
    out = statusdesk("status", "add", "Pending install", "--stage", "onboarding", "--description", "Ordered.")
    assert out.startswith("Created Pending install.\nIt is Onboarding: not billed, service off.\nIts look: ")
    added = _status(statusdesk, "Pending install")
    assert (added["stage"], added["activates"], added["accounts"]) == ("Onboarding", False, 0)
    looks = {(status["shape"], status["colour"]) for status in statusdesk.json("statuses")}
    assert len(looks) == 4


def test_the_look_can_be_chosen_as_people_write_it(statusdesk: Terminal) -> None:
    statusdesk("status", "add", "--name", "Gold", "--shape", "Triangle up", "--colour", " #abc ", "--activates")
    gold = _status(statusdesk, "Gold")
    assert (gold["shape"], gold["colour"], gold["activates"]) == ("triangle-up", "#AABBCC", True)


def test_a_stage_that_was_left_out_fits_what_the_status_does(statusdesk: Terminal) -> None:
    for words in (["Summer break"], ["Cancelled"], ["Gold", "--activates"], ["Past", "--winback"]):
        statusdesk("status", "add", *words)
    stages = {status["name"]: status["stage"] for status in statusdesk.json("statuses")}
    assert (stages["Summer break"], stages["Cancelled"]) == ("Paused", "Ended")
    assert (stages["Gold"], stages["Past"]) == ("In service", "Ended")


def test_a_look_that_people_could_confuse_is_pointed_out(statusdesk: Terminal) -> None:
    statusdesk("status", "add", "Red", "--shape", "moon", "--colour", "#C62828")
    out = statusdesk("status", "add", "Crimson", "--shape", "moon", "--colour", "#C42A2A")
    assert "Take care: to everyone it looks like Red." in out


def test_editing_one_field_leaves_the_others(statusdesk: Terminal) -> None:
    statusdesk("status", "add", "Gone", "--stage", "ended", "--winback", "--colour", "teal", "--shape", "flag")
    before = _status(statusdesk, "Gone")
    assert statusdesk("status", "edit", "GONE", "--name", "Left") == "Renamed Gone to Left.\n"
    assert _status(statusdesk, "Left") == {**before, "name": "Left"}
    statusdesk("status", "edit", "Left", "--no-winback", "--colour", "navy")
    assert _status(statusdesk, "Left") == {**before, "name": "Left", "winback": False, "colour": "#000080"}
    assert (
        statusdesk("status", "edit", "Left", "--colour", "navy") == "Nothing to change: it is like that already.\n"
    )


def test_a_change_of_activation_says_what_it_does_to_billing(office: Terminal) -> None:
    tried = office("status", "edit", "Vacation", "--activates", "--dry-run")
    assert tried.splitlines()[:3] == [
        "Dry run, nothing is changed: Change what Vacation does.",
        "Billing and service start: 1",
        "Monthly revenue: 60.50 → 85.50 EUR (+25.00)",
    ]
    assert _status(office, "Vacation")["activates"] is False
    (done,) = office.json("status", "edit", "Vacation", "--activates", "--reason", "reduced service")
    assert (done["starts_billing"], done["revenue_after"]) == (1, 85.5)
    office("undo")
    assert _status(office, "Vacation")["activates"] is False


def test_a_status_is_retired_and_brought_back(office: Terminal) -> None:
    office("status", "retire", "vacation", "--dry-run")
    assert _status(office, "Vacation")["retired"] is False
    assert office("status", "retire", "vacation") == "Retired Vacation.\n"
    assert _status(office, "Vacation")["retired"] is True
    assert "retired and takes no accounts" in office.refused("reassign", "--to", "Vacation", "--status", "Lead")
    assert office("status", "bring-back", "Vacation") == "Brought back Vacation.\n"
    assert _status(office, "Vacation")["retired"] is False


def test_merging_moves_the_accounts_and_undo_brings_both_back(office: Terminal) -> None:
    (tried,) = office.json("status", "merge", "Vacation", "--into", "Active", "--dry-run")
    assert office.counts() == {"Lead": 1, "Active": 3, "Vacation": 1}
    (done,) = office.json("status", "merge", "Vacation", "--into", "Active")
    assert (tried["accounts"], tried["starts_billing"]) == (done["accounts"], done["starts_billing"]) == (1, 1)
    assert office.counts() == {"Lead": 1, "Active": 4}
    office("undo")
    assert office.counts() == {"Lead": 1, "Active": 3, "Vacation": 1}


def test_a_used_status_is_deleted_once_its_accounts_have_a_place(office: Terminal) -> None:
    assert "still has accounts (1)" in office.refused("status", "delete", "Vacation")
    out = office("status", "delete", "Vacation", "--move-to", "Lead")
    assert out.startswith("Moved 1 account to Lead and deleted Vacation.")
    assert "Vacation" not in {status["name"] for status in office.json("statuses")}
    assert office.counts() == {"Lead": 2, "Active": 3}
    office("check")


@pytest.mark.parametrize("verb", [["delete"], ["merge", "--into", "Lead"]])
def test_dry_runs_of_statuses_without_accounts_say_what_would_happen(
    statusdesk: Terminal, verb: list[str]
) -> None:
    statusdesk("status", "add", "Unused")
    assert statusdesk("status", verb[0], "Unused", *verb[1:], "--dry-run").startswith(
        "Dry run, nothing is changed: "
    )
    assert _status(statusdesk, "Unused")["retired"] is False


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "active"], "There is already a status named “Active”."),
        (["add", " "], "A name is needed."),
        (["add", "x" * 41], "The name has 41 characters; 40 is the most."),
        (["add", "A", "--colour", "#12345"], "“#12345” has 5 digits, a colour has six."),
        (["add", "A", "--shape", "pentagon"], "shape: “pentagon” is not one of"),
        (["add", "A", "--stage", "limbo"], "stage: “limbo” is not one of Prospect, Onboarding, In service"),
        (
            ["add", "A", "--shape", "circle", "--colour", "#00855F"],
            "“Active” already has this shape in this colour.",
        ),
        (
            ["add", "A", "--winback", "--stage", "paused"],
            "Only a status of the stage Ended can allow winning back.",
        ),
        (["edit", "Active", "--no-activates"], "“Active” is one of the three statuses that every database has"),
        (["edit", "Nobody", "--name", "A"], "There is no status named “Nobody”. The statuses are: Lead, Active"),
        (["retire", "Lead"], "“Lead” is one of the three statuses that every database has"),
        (["merge", "Vacation", "--into", "Vacation"], "“Vacation” cannot be merged into itself."),
        (["merge", "Vacation", "--into", "Nowhere"], "There is no status named “Nowhere”."),
        (["delete", "Inactive"], "“Inactive” is one of the three statuses that every database has"),
    ],
)
def test_what_breaks_a_rule_is_refused_in_one_sentence(office: Terminal, words: list[str], sentence: str) -> None:
    before = office.json("statuses")
    assert office.refused("status", *words).startswith(sentence)
    assert office.json("statuses") == before


@pytest.mark.parametrize("words", [["add"], ["add", "A", "--name", "B"], ["edit", "Lead"], ["merge", "Lead"], []])
def test_wrong_usage(office: Terminal, words: list[str]) -> None:
    assert office.refused("status", *words, code=2).startswith("statusdesk status")


def test_rules_of_a_status_are_set_listed_and_taken_away(statusdesk: Terminal) -> None:
    statusdesk("status", "add", "Gold", "--activates")
    statusdesk("status", "edit", "Inactive", "--require", "reason", "--require", "note", "--follower", "lead")
    statusdesk("status", "edit", "Inactive", "--customer-note", "Goodbye.")
    rules = _status(statusdesk, "Inactive")
    assert (rules["required"], rules["followers"], rules["customer_note"]) == ("reason; note", "Lead", "Goodbye.")
    statusdesk("status", "edit", "Inactive", "--require", "none", "--follower", "none")
    assert _status(statusdesk, "Inactive")["required"] == _status(statusdesk, "Inactive")["followers"] == ""
    assert "required: “shoes” is not one of" in statusdesk.refused("status", "edit", "Lead", "--require", "shoes")
