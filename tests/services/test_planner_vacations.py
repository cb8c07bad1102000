"""Vacations in one step: away and back, with the charge of before, later, sooner, and every year again."""

import pytest

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.errors import ChargeNeedsService, ReturnBeforeLeave, YearlyNeedsReturn
from statusdesk.domain.instants import local_text
from statusdesk.domain.plans import Flag, PlanKind, PlanState, PlanView, due_instant
from statusdesk.domain.records import Account, Stage
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from tests.conftest import Clock

DAY = 86_400_000
LEAD, ACTIVE, INACTIVE = 1, 2, 3


@pytest.fixture
def away(desk: Desk) -> int:
    made = desk.create_status({"name": "Away", "shape": "moon", "colour": "#0A66B5", "stage": Stage.PAUSED})
    assert made.status_id is not None
    return made.status_id


@pytest.fixture
def reduced(desk: Desk) -> int:
    made = desk.create_status(
        {"name": "Reduced", "shape": "cloud", "colour": "#3E9BD6", "stage": Stage.PAUSED, "activates": True}
    )
    assert made.status_id is not None
    return made.status_id


@pytest.fixture
def ada(desk: Desk) -> int:
    made = desk.create_account({"number": "1", "name": "Ada", "status_id": ACTIVE, "monthly_charge": 2_000})
    assert made.account_id is not None
    return made.account_id


def _now(desk: Desk, account_id: int) -> tuple[int, int]:
    account: Account | None = desk.store.accounts.get(account_id)
    assert account is not None
    return account.status_id, account.monthly_charge


def test_leave_and_return_with_a_charge_while_away(desk: Desk, ada: int, reduced: int, clock: Clock) -> None:
    leave, back = clock() + DAY, clock() + 60 * DAY
    dry = desk.plan_vacation(AccountIds((ada,)), reduced, leave_at=leave, return_at=back, charge=500, dry_run=True)
    assert dry.consequences is not None
    assert (dry.changed, dry.consequences.revenue_change) == (1, -1_500)
    desk.plan_vacation(AccountIds((ada,)), reduced, leave_at=leave, return_at=back, charge=500)
    desk.edit_account(ada, {"monthly_charge": 2_400})
    clock.turn(days=2)
    desk.apply_due()
    assert _now(desk, ada) == (reduced, 500)
    (plan,) = desk.store.planned.pending([ada])[ada]
    assert (plan.kind, plan.charge, plan.obstacle) == (PlanKind.RETURN, 2_400, None)
    clock.turn(days=60)
    desk.apply_due()
    assert _now(desk, ada) == (ACTIVE, 2_400)
    assert check(desk.store).findings == ()


def test_a_charge_changed_while_away_is_not_overwritten_blindly(
    desk: Desk, ada: int, reduced: int, clock: Clock
) -> None:
    desk.plan_vacation(AccountIds((ada,)), reduced, leave_at=None, return_at=clock() + 9 * DAY, charge=500)
    assert _now(desk, ada) == (reduced, 500)
    desk.edit_account(ada, {"monthly_charge": 600})
    clock.turn(days=10)
    assert desk.apply_due().flagged == 1
    (plan,) = desk.store.planned.pending([ada])[ada]
    assert (plan.flag, plan.state) == (Flag.CHARGED, PlanState.FLAGGED)
    desk.apply_plans([plan.id])
    assert _now(desk, ada) == (ACTIVE, 2_000)


def test_leaving_now_is_one_step_to_take_back(desk: Desk, ada: int, away: int, clock: Clock) -> None:
    begun = desk.plan_vacation(AccountIds((ada,)), away, leave_at=None, return_at=clock() + 9 * DAY)
    assert begun.consequences is not None
    assert (begun.consequences.stops_billing, begun.consequences.pointless) == (1, 0)
    assert begun.facts["back"] == "2026-03-19 12:00"
    undone = desk.undo()
    assert undone.consequences is not None
    assert undone.consequences.pointless == 0
    assert _now(desk, ada) == (ACTIVE, 2_000)
    assert desk.store.planned.pending([ada]) == {}
    desk.redo()
    assert len(desk.store.planned.pending([ada])[ada]) == 1
    moved = desk.reassign(AccountIds((ada,)), INACTIVE, dry_run=True)
    assert moved.consequences is not None
    assert moved.consequences.pointless == 1


def test_what_makes_no_vacation_is_refused(desk: Desk, ada: int, away: int, clock: Clock) -> None:
    selection, later = AccountIds((ada,)), clock() + DAY
    with pytest.raises(ReturnBeforeLeave):
        desk.plan_vacation(selection, away, leave_at=later, return_at=later)
    with pytest.raises(YearlyNeedsReturn):
        desk.plan_vacation(selection, away, leave_at=later, return_at=None, yearly=True)
    with pytest.raises(ChargeNeedsService):
        desk.plan_vacation(selection, away, leave_at=later, return_at=later + DAY, charge=500)
    desk.plan_vacation(selection, away, leave_at=later, return_at=later + DAY)
    leave, back = desk.store.planned.pending([ada])[ada]
    for plan_id, due_at in ((leave.id, later + 2 * DAY), (back.id, later - 1)):
        with pytest.raises(ReturnBeforeLeave):
            desk.edit_plans([plan_id], {"due_at": due_at})
    desk.cancel_plans([leave.id])
    assert desk.store.planned.pending([ada]) == {}


def test_every_year_again_at_the_same_local_time(desk: Desk, ada: int, away: int, clock: Clock) -> None:
    leave, back = due_instant("2026-11-01", "08:00", "UTC"), due_instant("2027-03-01", "08:00", "UTC")
    desk.plan_vacation(AccountIds((ada,)), away, leave_at=leave, return_at=back, yearly=True, reason="south")
    clock.turn(days=300)
    desk.apply_due()
    (plan,) = desk.store.planned.pending([ada])[ada]
    desk.extend(AccountIds((ada,)), plan.due_at + 20 * DAY)
    clock.turn(days=100)
    desk.apply_due()
    assert _now(desk, ada) == (ACTIVE, 2_000)
    pair = desk.store.planned.pending([ada])[ada]
    assert [local_text(plan.due_at, "UTC") for plan in pair] == ["2027-11-01 08:00", "2028-03-01 08:00"]
    assert {(plan.planned_by, plan.reason) for plan in pair} == {("anna", "south")}
    desk.edit_plans([pair[1].id], {"yearly": False})
    assert {plan.yearly for plan in desk.store.planned.pending([ada])[ada]} == {""}
    clock.turn(days=900)
    desk.apply_due()
    assert desk.store.planned.pending([ada]) == {}
    assert len(desk.store.planned.ids(PlanView.DONE, clock())) == 4


def test_years_slept_through_are_caught_up(desk: Desk, ada: int, away: int, clock: Clock) -> None:
    desk.plan_vacation(AccountIds((ada,)), away, leave_at=clock() + DAY, return_at=clock() + 9 * DAY, yearly=True)
    clock.turn(days=2 * 365 + 30)
    report = desk.apply_due()
    assert [len(group.done) for group in report.groups] == [1] * 6
    assert _now(desk, ada) == (ACTIVE, 2_000)
    assert len(desk.store.planned.pending([ada])[ada]) == 2
    assert check(desk.store).findings == ()


def test_the_return_desk_extends_and_brings_back(desk: Desk, ada: int, away: int, clock: Clock) -> None:
    bea = desk.create_account({"number": "2", "status_id": LEAD}).account_id
    assert bea is not None
    everybody = Matching()
    desk.plan_vacation(AccountIds((ada,)), away, leave_at=None, return_at=clock() + 5 * DAY)
    desk.reassign(AccountIds((bea,)), away)
    clock.turn(days=1)
    new = desk.create_account({"number": "3", "status_id": away}).account_id
    assert new is not None
    assert [(seen.account_id, seen.return_at) for seen in desk.store.planned.away()] == [
        (ada, clock() + 4 * DAY),
        (bea, None),
        (new, None),
    ]
    assert desk.store.planned.away_counts(clock(), clock() + 7 * DAY) == (1, 0, 2, 3)
    assert desk.store.planned.next_due([ada, bea, new]) == {ada: clock() + 4 * DAY}
    assert desk.store.planned.left_from([ada, bea, new]) == {ada: ACTIVE, bea: LEAD}
    extended = desk.extend(everybody, clock() + 8 * DAY)
    assert (extended.changed, extended.left) == (2, (new,))
    assert {seen.return_at for seen in desk.store.planned.away()} == {clock() + 8 * DAY, None}
    desk.undo()
    dry = desk.return_now(everybody, dry_run=True)
    assert (dry.changed, dry.left) == (2, (new,))
    returned = desk.return_now(everybody)
    assert (returned.changed, returned.left) == (2, (new,))
    assert (_now(desk, ada)[0], _now(desk, bea)[0], _now(desk, new)[0]) == (ACTIVE, LEAD, away)
    assert desk.store.planned.pending([ada, bea, new]) == {}
    desk.undo()
    assert _now(desk, ada)[0] == away
    assert len(desk.store.planned.pending([ada])) == 1
    assert check(desk.store).findings == ()


def test_who_came_as_away_returns_to_where_a_person_says(desk: Desk, ada: int, away: int, clock: Clock) -> None:
    new = desk.create_account({"number": "3", "status_id": away}).account_id
    assert new is not None
    desk.reassign(AccountIds((ada,)), away)
    everybody = AccountIds((ada, new))
    assert desk.extend(everybody, clock() + DAY, home=LEAD, dry_run=True).left == ()
    desk.extend(everybody, clock() + DAY, home=LEAD)
    assert {one.account_id: one.return_to for one in desk.store.planned.away()} == {ada: ACTIVE, new: LEAD}
    clock.turn(days=2)
    desk.apply_due()
    assert (_now(desk, ada)[0], _now(desk, new)[0]) == (ACTIVE, LEAD)
    desk.reassign(AccountIds((new,)), away)
    desk.return_now(AccountIds((new,)), home=INACTIVE)
    assert _now(desk, new)[0] == LEAD
    assert check(desk.store).findings == ()


def test_cancelling_what_others_rest_on_is_weighed(desk: Desk, ada: int, away: int, clock: Clock) -> None:
    desk.plan_change(AccountIds((ada,)), away, clock() + DAY)
    desk.plan_change(AccountIds((ada,)), INACTIVE, clock() + 2 * DAY)
    first, second = desk.store.planned.pending([ada])[ada]
    dry = desk.cancel_plans([first.id], dry_run=True)
    assert dry.consequences is not None
    assert dry.consequences.pointless == 1
    desk.cancel_plans([first.id])
    (left,) = desk.store.planned.pending([ada])[ada]
    assert (left.id, left.obstacle) == (second.id, Flag.MOVED)
    desk.edit_plans([second.id], {"due_at": second.due_at})
    assert desk.store.planned.pending([ada])[ada][0].obstacle is None
    assert check(desk.store).findings == ()
