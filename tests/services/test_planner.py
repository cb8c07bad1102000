"""Planned changes from being planned to being done, through closed programs, clocks put back, and other people."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.errors import NoSuchPlan, PlanInPast, StatusRetired
from statusdesk.domain.plans import Flag, Plan, PlanState, PlanView, due_instant
from statusdesk.domain.records import Stage
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.services.reports.planning import PlannedStep, planned_steps
from statusdesk.store.store import Store
from tests.conftest import Clock, OpensStores

HOUR = 3_600_000
DAY = 24 * HOUR
LEAD, ACTIVE, INACTIVE = 1, 2, 3


@pytest.fixture
def people(desk: Desk) -> list[int]:
    """Return three active accounts, made a day ago."""
    made = [
        desk.create_account({"number": f"{place}", "status_id": ACTIVE, "monthly_charge": 1_000}).account_id
        for place in range(1, 4)
    ]
    return [account_id for account_id in made if account_id is not None]


def some(*account_ids: int) -> AccountIds:
    return AccountIds(account_ids)


def statuses(store: Store) -> list[int]:
    return [account.status_id for account in store.accounts.each(Matching())]


def plans(store: Store, view: PlanView, at: int) -> list[Plan]:
    return store.planned.page(store.planned.ids(view, at))


def _new_status(desk: Desk, name: str, colour: str) -> int:
    made = desk.create_status({"name": name, "shape": "moon", "colour": colour, "stage": Stage.PAUSED})
    assert made.status_id is not None
    return made.status_id


def test_what_was_slept_through_is_done_in_order_and_dated_at_its_time(
    desk: Desk, people: list[int], clock: Clock
) -> None:
    first, second = clock() + DAY, clock() + 2 * DAY
    made = desk.plan_change(some(*people), INACTIVE, second, reason="moved away")
    assert made.consequences is not None
    assert (made.changed, made.consequences.stops_billing, made.consequences.revenue_change) == (3, 3, -3_000)
    desk.plan_change(some(people[0]), LEAD, first)
    planned_at = clock()
    assert statuses(desk.store) == [ACTIVE] * 3
    assert planned_steps(desk.store)[0] == PlannedStep(people[0], first, LEAD)

    late = clock.turn(days=30)
    report = desk.apply_due()
    assert [(group.due_at, group.status_id, len(group.done)) for group in report.groups] == [
        (first, LEAD, 1),
        (second, INACTIVE, 2),
    ]
    assert report.flagged == 1
    newest = desk.store.journal.timeline(people[1], desk.store.statuses.by_id())[0]
    assert (newest.effective_at, newest.recorded_at, newest.author) == (second, late, "StatusDesk")
    assert newest.planned is not None
    assert (newest.planned.planned_by, newest.planned.planned_at) == ("anna", planned_at)
    assert (newest.planned.due_at, newest.planned.reason, newest.reason) == (second, "moved away", "moved away")
    assert desk.apply_due().groups == ()
    assert check(desk.store).findings == ()


def test_a_clock_put_back_does_nothing_twice_and_nothing_early(
    desk: Desk, people: list[int], clock: Clock
) -> None:
    due_at = clock() + HOUR
    desk.plan_change(some(people[0]), INACTIVE, due_at)
    clock.turn(hours=2)
    assert desk.apply_due().done == 1
    clock.turn(hours=-5)
    desk.reassign(some(people[0]), ACTIVE)
    desk.plan_change(some(people[0]), LEAD, clock() + HOUR)
    assert desk.apply_due().groups == ()
    clock.turn(hours=1)
    assert desk.apply_due().done == 1
    steps = desk.store.journal.timeline(people[0], desk.store.statuses.by_id())
    assert [step.effective_at for step in steps][:3] == [due_at] * 3
    assert check(desk.store).findings == ()


def test_two_programs_at_the_due_moment_do_it_once(
    desk: Desk, people: list[int], clock: Clock, open_store: OpensStores
) -> None:
    for place in range(10):
        desk.plan_change(some(*people), ACTIVE if place % 2 else INACTIVE, clock() + (place + 1) * HOUR)
    clock.turn(days=2)
    others = [Desk(open_store(desk.store.info.place), author=name, clock=clock) for name in ("jens", "zoe")]
    done: list[int] = []

    def work(other: Desk) -> None:
        report = other.apply_due()
        done.extend(plan for group in report.groups for plan in group.done)

    threads = [Thread(target=work, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == list(range(1, 31))
    assert check(desk.store).findings == ()
    assert desk.apply_due().groups == ()


def test_what_is_in_the_way_leaves_the_plan_to_a_person(desk: Desk, people: list[int], clock: Clock) -> None:
    away, gone = _new_status(desk, "Away", "#0A66B5"), _new_status(desk, "Gone", "#111111")
    due_at = clock() + DAY
    for account_id, target in zip(people, (away, gone, INACTIVE), strict=True):
        desk.plan_change(some(account_id), target, due_at)
    desk.retire_status(away)
    desk.delete_status(gone)
    moved = desk.reassign(some(people[2]), LEAD)
    assert moved.consequences is not None
    assert moved.consequences.pointless == 1
    seen = plans(desk.store, PlanView.FLAGGED, clock())
    assert [plan.obstacle for plan in seen] == [Flag.RETIRED, Flag.DELETED, Flag.MOVED]
    assert planned_steps(desk.store) == []

    clock.turn(days=2)
    assert desk.apply_due().flagged == 3
    assert statuses(desk.store) == [ACTIVE, ACTIVE, LEAD]
    retired, deleted, moved_away = plans(desk.store, PlanView.FLAGGED, clock())
    assert {plan.state for plan in (retired, deleted, moved_away)} == {PlanState.FLAGGED}
    applied = desk.apply_plans([retired.id, moved_away.id])
    assert (applied.changed, applied.left) == (1, (people[0],))
    desk.bring_back_status(away)
    desk.edit_plans([retired.id], {"due_at": clock() + DAY})
    desk.edit_plans([deleted.id], {"due_at": clock() + DAY, "status_id": LEAD})
    clock.turn(days=2)
    assert desk.apply_due().done == 2
    assert statuses(desk.store) == [away, LEAD, INACTIVE]


def test_merging_points_plans_to_the_status_that_takes_over(desk: Desk, people: list[int], clock: Clock) -> None:
    away, far = _new_status(desk, "Away", "#0A66B5"), _new_status(desk, "Far away", "#111111")
    desk.plan_vacation(some(*people), away, leave_at=clock() + DAY, return_at=clock() + 9 * DAY)
    desk.merge_statuses(away, far)
    assert {plan.status_id for plan in plans(desk.store, PlanView.UPCOMING, clock())} == {far, ACTIVE}
    desk.undo()
    assert {plan.status_id for plan in plans(desk.store, PlanView.UPCOMING, clock())} == {away, ACTIVE}
    desk.redo()
    clock.turn(days=2)
    desk.apply_due()
    assert statuses(desk.store) == [far] * 3
    clock.turn(days=9)
    assert desk.apply_due().done == 3


def test_everything_can_be_taken_back_and_done_again(desk: Desk, people: list[int], clock: Clock) -> None:
    desk.plan_change(some(*people), INACTIVE, clock() + DAY)
    ids = desk.store.planned.ids(PlanView.UPCOMING, clock())
    desk.undo()
    assert desk.store.planned.ids(PlanView.CANCELLED, clock()) == ids[::-1]
    desk.redo()
    desk.edit_plans(ids, {"due_at": clock() + 5 * DAY})
    desk.cancel_plans(ids[:1])
    desk.undo()
    desk.undo()
    assert {plan.due_at for plan in plans(desk.store, PlanView.UPCOMING, clock())} == {clock() + DAY}
    desk.apply_plans(ids)
    assert statuses(desk.store) == [INACTIVE] * 3
    undone = desk.undo()
    assert (undone.changed, undone.left) == (3, ())
    assert desk.store.planned.ids(PlanView.UPCOMING, clock()) == ids
    clock.turn(days=2)
    applied = desk.apply_due().groups[0]
    desk.reassign(some(people[0]), ACTIVE)
    undone = desk.undo(applied.change_set)
    assert undone.left == (people[0],)
    assert [(plan.account_id, plan.flag) for plan in plans(desk.store, PlanView.FLAGGED, clock())] == [
        (people[1], Flag.REOPENED),
        (people[2], Flag.REOPENED),
    ]
    assert desk.apply_due().groups == ()
    desk.redo()
    assert statuses(desk.store) == [ACTIVE, INACTIVE, INACTIVE]
    assert check(desk.store).findings == ()


def test_what_comes_due_by_itself_is_nobodys_to_undo_by_accident(
    desk: Desk, people: list[int], clock: Clock, desk_of: Callable[[str], Desk]
) -> None:
    made = desk.plan_change(some(people[0]), INACTIVE, clock() + DAY)
    clock.turn(days=2)
    desk_of("jens").apply_due()
    assert desk_of("jens").next_undo() is None
    mine = desk.next_undo()
    assert mine is not None
    assert mine.id == made.change_set
    assert desk.undo().left == (people[0],)
    assert statuses(desk.store)[0] == INACTIVE


def test_plans_in_the_past_and_plans_that_change_nothing(desk: Desk, people: list[int], clock: Clock) -> None:
    with pytest.raises(PlanInPast):
        desk.plan_change(some(*people), INACTIVE, clock())
    desk.plan_change(some(people[0]), INACTIVE, clock() + DAY)
    again = desk.plan_change(some(*people), INACTIVE, clock() + 2 * DAY)
    assert (again.changed, again.already) == (2, 1)
    nothing = desk.plan_change(some(*people), INACTIVE, clock() + 3 * DAY)
    assert (nothing.changed, nothing.already, nothing.change_set) == (0, 3, None)
    in_the_way = desk.plan_change(some(people[0]), LEAD, clock() + HOUR, dry_run=True)
    assert in_the_way.consequences is not None
    assert in_the_way.consequences.pointless == 1
    with pytest.raises(NoSuchPlan):
        desk.cancel_plans([1, 99])
    with pytest.raises(PlanInPast):
        desk.edit_plans([1], {"due_at": clock() - 1})
    away = _new_status(desk, "Away", "#0A66B5")
    desk.retire_status(away)
    with pytest.raises(StatusRetired):
        desk.edit_plans([1], {"status_id": away})


def test_a_plan_fulfilled_by_hand_needs_no_doing(desk: Desk, people: list[int], clock: Clock) -> None:
    desk.plan_change(some(people[0]), INACTIVE, clock() + DAY)
    moved = desk.reassign(some(people[0]), INACTIVE)
    assert moved.consequences is not None
    assert moved.consequences.pointless == 0
    clock.turn(days=2)
    report = desk.apply_due()
    assert (report.done, report.skipped, report.flagged) == (0, 1, 0)
    assert len(desk.store.journal.timeline(people[0], desk.store.statuses.by_id())) == 2
    settled = desk.store.journal.get(report.groups[0].change_set or 0)
    assert settled is not None
    assert settled.kind == "plan_found_done"


@pytest.mark.parametrize(("day", "hours"), [("2026-03-28", 23), ("2026-10-24", 25)])
def test_the_due_time_is_the_local_one_when_clocks_change(
    open_store: OpensStores, clock: Clock, database: Path, day: str, hours: int
) -> None:
    desk = Desk(open_store(database, time_zone="Europe/Berlin"), author="anna", clock=clock)
    account_id = desk.create_account({"number": "1", "status_id": ACTIVE}).account_id
    assert account_id is not None
    first = due_instant(day, "08:00", "Europe/Berlin")
    second = due_instant(f"{day[:-2]}{int(day[-2:]) + 1}", "08:00", "Europe/Berlin")
    assert second - first == hours * HOUR
    desk.plan_change(some(account_id), INACTIVE, first)
    desk.plan_change(some(account_id), ACTIVE, second)
    assert desk.apply_due(at=second - 1).done == 1
    assert desk.apply_due(at=second).done == 1
