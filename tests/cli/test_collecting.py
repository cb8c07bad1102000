"""Collections by command: handed over, listed with totals, taken back."""

import pytest

from tests.cli.conftest import Terminal


@pytest.fixture
def agency(office: Terminal) -> Terminal:
    """An office with a status for debts, into which one account was handed over."""
    office("status", "add", "Collections", "--stage", "debt", "--shape", "bolt", "--colour", "#C62828")
    office("collections", "hand-over", "--account", "001", "--agency", "North", "--on", "2026-01-05")
    return office


def test_debts_are_handed_over_listed_and_taken_back(agency: Terminal) -> None:
    (debt,) = agency.json("collections", "list")
    assert (debt["number"], debt["agency"], debt["handed_over_on"], debt["age"]) == (
        "001", "North", "2026-01-05", "over-90",
    )  # fmt: skip
    assert agency.json("collections", "list", "--agency", "South") == []
    assert agency.json("collections", "list", "--age", "0-30") == []
    out = agency("collections", "list")
    assert "Over 90 days" in out
    assert out.endswith("1 account, 0.00 EUR owed\n")
    assert "moved only by “Take back…”" in agency.refused("reassign", "--to", "Active", "--account", "001")
    words = ("collections", "take-back", "--to", "Active", "--account", "001")
    assert agency(*words, "--dry-run").startswith("Dry run, nothing is changed: Take 1 account back")
    assert agency(*words).startswith("Took 1 account back from collections into Active.\n")
    assert agency("collections", "list") == "0 accounts, 0.00 EUR owed\n"
    assert "there is nothing to take back" in agency.refused(*words)


def test_without_one_status_for_debts_it_must_be_said(office: Terminal) -> None:
    words = ("collections", "hand-over", "--account", "001", "--agency", "North")
    assert office.refused(*words).startswith("Say which status of the stage Debt takes them: none.")
