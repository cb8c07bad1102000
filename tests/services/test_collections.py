"""Debts: handed over whole, never billed meanwhile, and back only by a step of their own."""

import pytest

from statusdesk.domain.admission_errors import AgencyMissing, NotForDebts, NotInDebt, OnlyTakenBack, StillDebt
from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.records import Account, AccountFields, Stage
from statusdesk.services.checking import check
from statusdesk.services.collections import hand_over, take_back
from statusdesk.services.desk import Desk

ACTIVE, INACTIVE = 2, 3


@pytest.fixture
def debt(desk: Desk) -> int:
    """Return a status for debts that asks for agency and day."""
    made = desk.create_status(
        {
            "name": "Collections",
            "shape": "bolt",
            "colour": "#C62828",
            "stage": Stage.DEBT,
            "required": ("collections_agency", "handed_over_on"),
        }
    ).status_id
    assert made is not None
    return made


@pytest.fixture
def people(desk: Desk) -> AccountIds:
    """Return three active accounts that owe money."""
    owing: AccountFields = {
        "status_id": ACTIVE,
        "monthly_charge": 1_000,
        "balance_due": 4_500,
        "delinquent": True,
    }
    made = [desk.create_account({**owing, "number": f"{number}"}).account_id for number in (1, 2, 3)]
    return AccountIds(tuple(account_id for account_id in made if account_id is not None))


def books(desk: Desk) -> list[Account]:
    return list(desk.store.accounts.each(Matching()))


def test_accounts_are_handed_over_with_their_balance_and_bill_no_more(
    desk: Desk, people: AccountIds, debt: int
) -> None:
    trial = hand_over(desk, people, debt, agency=" Northern Claims ", day="2026-03-02", dry_run=True)
    done = hand_over(desk, people, debt, agency=" Northern Claims ", day="2026-03-02", reason="Third reminder")
    assert done.consequences == trial.consequences
    assert done.consequences is not None
    assert (done.changed, done.consequences.stops_billing, done.consequences.revenue_change) == (3, 3, -3_000)
    assert {
        (each.status_id, each.balance_due, each.collections_agency, each.handed_over_on) for each in books(desk)
    } == {(debt, 4_500, "Northern Claims", "2026-03-02")}
    again = hand_over(desk, people, debt, agency="Northern Claims", day="2026-03-02")
    assert (again.change_set, again.already) == (None, 3)
    other = hand_over(desk, AccountIds(people.ids[:1]), debt, agency="Other", day="2026-03-09")
    assert (other.changed, books(desk)[0].collections_agency) == (1, "Other")
    assert check(desk.store).findings == ()
    desk.undo()
    desk.undo()
    assert {(each.status_id, each.collections_agency, each.handed_over_on) for each in books(desk)} == {
        (ACTIVE, "", "")
    }


def test_nothing_is_handed_over_to_nobody_or_into_what_bills(desk: Desk, people: AccountIds, debt: int) -> None:
    with pytest.raises(AgencyMissing):
        hand_over(desk, people, debt, agency=" ", day="2026-03-02")
    with pytest.raises(NotForDebts, match="“Inactive” is not for debts"):
        hand_over(desk, people, INACTIVE, agency="A", day="2026-03-02")
    desk.edit_status(debt, {"activates": True})
    with pytest.raises(NotForDebts):
        hand_over(desk, people, debt, agency="A", day="2026-03-02")


def test_debt_is_left_for_what_is_billed_only_by_taking_back(desk: Desk, people: AccountIds, debt: int) -> None:
    hand_over(desk, AccountIds(people.ids[:2]), debt, agency="A", day="2026-03-02")
    with pytest.raises(OnlyTakenBack, match=r"moved only by “Take back…”\. Use that"):
        desk.reassign(AccountIds(people.ids[:2]), ACTIVE)
    with pytest.raises(OnlyTakenBack):
        desk.edit_account(people.ids[0], {"status_id": ACTIVE})
    with pytest.raises(OnlyTakenBack):
        desk.plan_change(AccountIds(people.ids[:1]), ACTIVE, desk.clock() + 1_000)
    with pytest.raises(StillDebt):
        take_back(desk, people, debt)
    with pytest.raises(NotInDebt):
        take_back(desk, AccountIds(people.ids[2:]), INACTIVE)
    trial = take_back(desk, people, ACTIVE, dry_run=True)
    back = take_back(desk, people, ACTIVE, reason="Paid")
    assert trial.consequences == back.consequences
    assert back.consequences is not None
    assert (back.kind, back.changed, back.consequences.held) == ("take_back", 2, 1)
    assert {(each.status_id, each.balance_due, each.collections_agency) for each in books(desk)} == {
        (ACTIVE, 4_500, "")
    }
    desk.undo()
    assert [(each.status_id, each.collections_agency) for each in books(desk)] == [
        (debt, "A"),
        (debt, "A"),
        (ACTIVE, ""),
    ]
    assert desk.reassign(AccountIds(people.ids[:1]), INACTIVE, reason="Written off").changed == 1
    assert check(desk.store).findings == ()
