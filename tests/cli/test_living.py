"""Accounts end and are installed by command, with the reasons that the office's lists offer."""

import pytest

from statusdesk.domain.records import Stage
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store
from tests.cli.conftest import Terminal


@pytest.fixture
def pending(desk: Desk) -> None:
    """Let three accounts wait to be installed, one of them since long."""
    made = desk.create_status(
        {"name": "Pending install", "shape": "hourglass", "colour": "#8C6D1F", "stage": Stage.ONBOARDING}
    )
    assert made.status_id is not None
    for number, day in (("901", ""), ("902", "2020-02-03"), ("903", "2199-12-01")):
        desk.create_account(
            {"number": number, "status_id": made.status_id, "install_on": day, "monthly_charge": 2_500}
        )


def test_accounts_end_for_a_reason_from_the_list(office: Terminal, store: Store) -> None:
    numbers = [account["number"] for account in office.json("accounts", "--status", "Active")][:2]
    tried = office("disconnect", *numbers, "--reason", "moved AWAY", "--dry-run")
    assert tried.startswith("Dry run, nothing is changed: Disconnect 2 accounts: Inactive.")
    assert "Billing and service stop: 2" in tried
    (done,) = office.json("disconnect", *numbers, "--reason", "moved AWAY")
    assert (done["accounts"], done["status"], done["stops_billing"]) == (2, "Inactive", 2)
    account = store.accounts.by_number(numbers[0])
    assert account is not None
    assert account.disconnect_reason == "Moved away"
    said = office.refused("disconnect", numbers[0], "--reason", "Bad luck")
    assert "“Bad luck” is not among the reasons to disconnect" in said
    assert "Moved away" in said
    assert "Choose a reason" in office.refused("disconnect", numbers[0])
    assert "not for ended" in office.refused("disconnect", numbers[0], "--reason", "Price", "--status", "Lead")


@pytest.mark.usefixtures("pending")
def test_installations_are_listed_done_and_failed(office: Terminal) -> None:
    listed = office.json("install", "list")
    assert [(each["when"], each["number"]) for each in listed] == [
        ("overdue", "902"),
        ("later", "903"),
        ("undated", "901"),
    ]
    assert [each["number"] for each in office.json("install", "list", "--only", "later")] == ["903"]
    office("install", "failed", "902", "--reason", "weather", "--next", "2199-12-24")
    (done,) = office.json("install", "done", "901", "--on", "2026-03-09")
    assert (done["starts_billing"], done["status"]) == (1, "Active")
    (again, _) = sorted(office.json("install", "list"), key=lambda each: str(each["number"]))
    assert (again["install_on"], again["attempts"], again["reason"]) == ("2199-12-24", 1, "Weather")
    assert "do not wait for an installation: 901" in office.refused("install", "done", "901", "903")
    office("install", "failed", "903", "--next", "soon", "--reason", "Weather", code=2)
