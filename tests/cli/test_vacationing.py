"""Vacations by command: away, another return, back, and who is away."""

from tests.cli.conftest import Terminal

FAR = "2199-12-01"


def test_accounts_leave_now_get_another_return_and_come_back(office: Terminal) -> None:
    office("status", "add", "Away", "--shape", "moon", "--colour", "#0A66B5", "--stage", "Paused")
    words = ("vacation", "leave", "--to", "Away", "--back", FAR, "--status", "Active", "--reason", "Winter")
    before = office.counts()
    assert office(*words, "--dry-run").startswith("Dry run, nothing is changed: Move 3 accounts to Away until ")
    assert office.counts() == before
    assert office(*words).startswith("Moved 3 accounts to Away until 2199-12-01 00:00.")
    assert office.counts()["Away"] == 3
    assert office("vacation", "list").endswith("4 accounts\n")
    told = office("vacation", "extend", "--back", "2199-12-24 08:00", "--account", "001")
    assert told.startswith("Set the return of 1 account to 2199-12-24 08:00.")
    away = [one for one in office.json("vacation", "list") if one["returns_at"]]
    returns = {one["number"]: one["returns_at"][:10] for one in away}
    assert returns == {"001": "2199-12-24", "002": FAR, "003": FAR}
    assert {one["returns_to"] for one in away} == {"Active"}
    assert office("vacation", "return", "--account", "002").startswith("Brought 1 account back.")
    assert office.counts()["Away"] == 2


def test_who_never_left_is_told_or_goes_home_where_one_says(office: Terminal) -> None:
    office("status", "add", "Away", "--shape", "moon", "--colour", "#0A66B5", "--stage", "Paused")
    told = office("vacation", "return", "--account", "001")
    assert "Left alone, because not away, or nobody knows where they return to: 001" in told
