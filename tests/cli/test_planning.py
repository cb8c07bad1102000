"""Changes planned by command, and carried out by the one that a timer runs."""

from pathlib import Path
from typing import Any

import pytest

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.plans import due_instant
from statusdesk.domain.records import Stage
from statusdesk.services.desk import Desk
from tests.cli.conftest import Terminal

FAR = "2199-12-01"


def _plans(office: Terminal, *words: str) -> list[tuple[Any, ...]]:
    return [
        (plan["number"], plan["from"], plan["status"], plan["state"])
        for plan in office.json("plan", "list", *words)
    ]


def test_planned_listed_postponed_and_cancelled(office: Terminal) -> None:
    words = (
        "plan",
        "add",
        "--to",
        "Inactive",
        "--due",
        f"{FAR} 08:00",
        "--status",
        "Active",
        "--reason",
        "moved away",
    )
    tried = office(*words, "--dry-run")
    assert tried.startswith(
        "Dry run, nothing is changed: Plan that 3 accounts move to Inactive on 2199-12-01 08:00."
    )
    assert "Billing and service stop: 3" in tried
    assert _plans(office) == []
    (made,) = office.json(*words)
    assert made["plans"] == [1, 2, 3]
    assert _plans(office) == [(number, "Active", "Inactive", "pending") for number in ("001", "002", "003")]
    listed = office("plan", "list")
    assert "Active → Inactive" in listed
    assert "moved away" in listed
    assert listed.endswith("3 planned changes\n")
    assert office("plan", "postpone", "1", "--due", "2199-12-24").startswith(
        "Moved 1 planned change to 2199-12-24 00:00"
    )
    assert [plan["plan"] for plan in office.json("plan", "list")] == [2, 3, 1]
    assert office("plan", "cancel", "1", "2").startswith("Cancelled 2 planned changes.")
    assert _plans(office) == [("003", "Active", "Inactive", "pending")]
    assert _plans(office, "--only", "cancelled") == [
        (n, "Active", "Inactive", "cancelled") for n in ("001", "002")
    ]
    assert office("undo").startswith("Undid: Cancelled 2 planned changes.")
    assert len(_plans(office)) == 3
    assert office("plan", "apply", "3").startswith("Moved 1 account to Inactive, as planned for")
    assert office.counts()["Inactive"] == 1


def test_moving_accounts_tells_which_plans_become_pointless(office: Terminal) -> None:
    office("plan", "add", "--to", "Inactive", "--due", FAR, "--account", "001", "--account", "002")
    out = office("reassign", "--to", "Lead", "--account", "001", "--dry-run")
    assert "Planned changes that become pointless: 1" in out
    assert office.json("reassign", "--to", "Lead", "--account", "001")[0]["pointless_plans"] == 1
    (plan,) = office.json("plan", "list", "--only", "flagged")
    assert (plan["number"], plan["flag"]) == ("001", "moved")


def test_a_vacation_brings_back_the_status_and_the_charge(office: Terminal) -> None:
    office("status", "add", "Reduced", "--activates", "--stage", "paused")
    words = ("--due", "now", "--back", FAR, "--yearly", "--charge", "5.00", "--account", "002")
    (made,) = office.json("plan", "add", "--to", "Reduced", *words)
    assert (made["accounts"], made["revenue_before"], made["revenue_after"]) == (1, 60.5, 35)
    (back,) = office.json("plan", "list")
    assert (back["status"], back["monthly_charge"], back["yearly"], back["kind"]) == (
        "Active",
        30.5,
        True,
        "return",
    )
    office("plan", "apply", str(back["plan"]))
    assert office.json("accounts", "--status", "Active", "--search", "002")[0]["monthly_charge"] == 30.5
    assert [plan["kind"] for plan in office.json("plan", "list")] == ["leave", "return"]
    said = office.refused("plan", "add", "--to", "Reduced", "--due", FAR, "--back", FAR, "--account", "001")
    assert (
        said == "The return (2199-12-01 00:00) is not after the leave (2199-12-01 00:00). Choose a later return."
    )


@pytest.fixture
def overdue(statusdesk: Terminal, desk: Desk) -> Terminal:
    """Return a terminal at a database whose plans, made long ago, are due: one can be done, one cannot."""
    away = desk.create_status(
        {"name": "Away", "shape": "moon", "colour": "#0A66B5", "stage": Stage.PAUSED}
    ).status_id
    assert away is not None
    accounts = [desk.create_account({"number": n, "status_id": 2}).account_id for n in ("1", "2", "3")]
    ids = [account for account in accounts if account is not None]
    desk.plan_change(AccountIds(tuple(ids)), away, due_instant("2026-03-20", "09:00", "UTC"), reason="spring")
    desk.reassign(AccountIds((ids[1],)), 1)
    desk.reassign(AccountIds((ids[2],)), away)
    desk.store.close()
    return statusdesk


def test_due_does_flags_and_skips_in_order_and_says_so(overdue: Terminal) -> None:
    assert "Done: 1, flagged: 1, skipped: 1" in overdue("due", "--dry-run")
    settled = overdue.json("due")
    assert [(s["number"], s["result"], s["flag"]) for s in settled] == [
        ("1", "done", None),
        ("3", "skipped", None),
        ("2", "flagged", "moved"),
    ]
    (step, _) = overdue.json("history", "1")
    assert (step["author"], step["reason"], step["effective_at"]) == (
        "StatusDesk",
        "spring",
        "2026-03-20T09:00:00.000+00:00",
    )
    assert (step["planned_by"], step["planned_at"]) == ("anna", "2026-03-10T12:00:00.000+00:00")
    assert step["recorded_at"] > "2026-03-20"
    assert overdue("due") == "Nothing is due.\n"
    assert overdue.json("due") == []
    overdue("check")


@pytest.mark.parametrize(
    "words",
    [
        ["add", "--to", "Lead", "--due", FAR],
        ["add", "--to", "Lead", "--due", "soon", "--account", "001"],
        ["add", "--to", "Lead", "--due", "now", "--account", "001"],
        ["add", "--to", "Lead", "--due", FAR, "--account", "001", "--yearly"],
        ["add", "--to", "Lead", "--due", FAR, "--account", "001", "--status", "Active"],
        ["list", "--only", "nothing"],
        ["cancel"],
    ],
)
def test_wrong_usage(office: Terminal, words: list[str]) -> None:
    assert office.refused("plan", *words, code=2).startswith("statusdesk plan")
    assert office.json("plan", "list") == []


def test_what_cannot_be_is_refused(office: Terminal, tmp_path: Path) -> None:
    assert "has passed already" in office.refused(
        "plan", "add", "--to", "Lead", "--due", "2020-01-01", "--account", "001"
    )
    assert office.refused("plan", "cancel", "9").startswith("No planned change with the number 9 is open.")
    assert "no account with the number" in office.refused("plan", "list", "--account", "9")
