"""What lies ahead says what it rests on; who is stuck, and who is a ghost, is found and can be looked at."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Unpack

import pytest

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.instants import day_of
from statusdesk.domain.records import AccountFields, Stage, StatusFields
from statusdesk.domain.scopes import Dimension, Scope
from statusdesk.services.reports.ahead import accounts_ahead, distribution_ahead
from statusdesk.services.reports.basis import basis_of
from statusdesk.services.reports.distribution import distribution
from statusdesk.services.reports.ghosts import free_accounts, ghosts, leftover_accounts
from statusdesk.services.reports.growth import growth
from statusdesk.services.reports.movement import movement
from statusdesk.services.reports.peak import effect_of_activating, monthly_peaks, room
from statusdesk.services.reports.planning import PlannedStep
from statusdesk.services.reports.records import ghost_records, growth_records, revenue_records, stuck_records
from statusdesk.services.reports.revenue import (
    OVERDUE,
    UNDATED,
    Week,
    expected_accounts,
    pending_accounts,
    planned_accounts,
    revenue,
    revenue_by,
)
from statusdesk.services.reports.stuck import DAY, stuck, stuck_accounts

if TYPE_CHECKING:
    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Store
    from tests.conftest import Clock

LEAD, ACTIVE, INACTIVE = 1, 2, 3


@pytest.fixture
def pending(desk: Desk) -> int:
    """Return a status in which accounts wait to be installed."""
    fields: StatusFields = {
        "name": "Pending Install", "shape": "hourglass", "colour": "#0A66B5", "stage": Stage.ONBOARDING,
        "activates": False,
    }  # fmt: skip
    return desk.create_status(fields).status_id or 0


def new(desk: Desk, status: int, charge: int = 1000, **fields: Unpack[AccountFields]) -> int:
    """Make an account and return its id."""
    number = f"{desk.store.journal.next_id():05}"
    given: AccountFields = {"number": number, "status_id": status, "monthly_charge": charge}
    return desk.create_account({**given, **fields}).account_id or 0


def wait_and_see(desk: Desk, clock: Clock, pending: int, *, activated: int, lost: int, days: int) -> None:
    """Let accounts wait, and then be activated, or lost."""
    for place in range(activated + lost):
        account = new(desk, pending)
        clock.turn(days=days)
        desk.reassign(AccountIds((account,)), ACTIVE if place < activated else INACTIVE)


def test_revenue_shows_its_parts_apart(desk: Desk, store: Store, clock: Clock, pending: int) -> None:
    new(desk, ACTIVE, 2500)
    new(desk, LEAD, 9999)
    leaving = new(desk, ACTIVE, 700)
    dated = new(desk, pending, 1200, install_on="2026-03-19", city="Kiel")
    late = new(desk, pending, 1100, install_on="2026-03-09")
    sometime = new(desk, pending, 1300)
    planned = [
        PlannedStep(leaving, clock() + 8 * DAY, INACTIVE),
        PlannedStep(sometime, clock() + DAY, ACTIVE),
        PlannedStep(sometime, clock() + 2 * DAY, ACTIVE),
    ]
    found = revenue(store, at=clock(), planned=planned)
    assert (found.active, found.current) == (2, 3200)
    assert found.pending == (Week(OVERDUE, 1, 1100), Week("2026-03-16", 1, 1200))
    assert found.starts == (Week("2026-03-09", 1, 1300),)
    assert found.stops == (Week("2026-03-16", 1, 700),)
    assert found.committed == 3200 + 1100 + 1200 + 1300 - 700
    assert (found.expected, found.expected_installs) == (None, None)
    assert list(pending_accounts(store, [OVERDUE], at=clock())) == [late]
    assert list(pending_accounts(store, [UNDATED], at=clock())) == [sometime]
    assert list(pending_accounts(store, [UNDATED], at=clock(), planned=planned)) == []
    in_kiel = Scope(cities=frozenset({"Kiel"}))
    assert list(pending_accounts(store, ["2026-03-16"], at=clock(), scope=in_kiel)) == [dated]
    assert list(planned_accounts(store, planned, ["2026-03-16"], starts=False)) == [leaving]
    assert list(planned_accounts(store, planned, ["2026-03-16"], starts=True)) == []
    parts = {part.value: part.report for part in revenue_by(store, Dimension.CITY, at=clock(), planned=planned)}
    assert sum(part.committed for part in parts.values()) == found.committed
    expected = revenue_records(found, "EUR")[-1]
    assert (expected["monthly_charge"], expected["rests_on"]) == (
        None, "0 of 0 pending installs that ended were activated",
    )  # fmt: skip


def test_what_is_expected_goes_by_the_offices_own_past(
    desk: Desk, store: Store, clock: Clock, pending: int
) -> None:
    wait_and_see(desk, clock, pending, activated=15, lost=5, days=6)
    begun = new(desk, pending, 1001)
    clock.turn(days=2)
    later = new(desk, pending, 1001, install_on=day_of(clock() + 30 * DAY, "UTC"))
    found = revenue(store, at=clock())
    assert (found.basis.ended, found.basis.activated, found.basis.delay_days) == (20, 15, 6)
    assert found.expected_installs is not None
    assert [week.charge for week in found.expected_installs] == [751, 751]
    soon, then = (week.week for week in found.expected_installs)
    assert list(expected_accounts(store, [soon], at=clock())) == [begun]
    assert list(expected_accounts(store, [then], at=clock())) == [later]
    assert found.expected == found.current + round(2002 * 0.75) + 0
    assert found.committed == found.current + 2002
    assert {begun, later} == set(pending_accounts(store, [UNDATED, found.pending[0].week], at=clock()))


def test_waits_that_were_undone_teach_nothing(desk: Desk, store: Store, clock: Clock, pending: int) -> None:
    account = AccountIds((new(desk, LEAD),))
    desk.reassign(account, pending)
    clock.turn(days=1)
    desk.undo()
    assert basis_of(store, clock()).ended == 0
    desk.redo()
    clock.turn(days=4)
    desk.reassign(account, ACTIVE)
    assert (basis_of(store, clock()).ended, basis_of(store, clock()).delay_days) == (1, 4)
    desk.undo()
    assert basis_of(store, clock()).ended == 0
    clock.turn(days=3)
    desk.reassign(account, INACTIVE)
    assert (basis_of(store, clock()).ended, basis_of(store, clock()).activated) == (1, 0)


def test_growth_is_beside_what_came_true(desk: Desk, store: Store, clock: Clock, pending: int) -> None:
    done = new(desk, pending, 1000, install_on="2026-03-17")
    new(desk, pending, 2000, install_on="2026-03-18")
    moved = new(desk, pending, 4000, install_on="2026-03-19")
    clock.turn(days=7)
    desk.reassign(AccountIds((done,)), ACTIVE)
    desk.edit_account(done, {"monthly_charge": 1500})
    desk.edit_account(moved, {"install_on": "2026-03-31"})
    clock.turn(days=7)
    found = growth(store, at=clock(), past_weeks=1)
    before, current = found.past
    assert (before.week, before.expected, before.expected_charge) == ("2026-03-16", 3, 7000)
    assert (before.came_true, before.came_true_charge) == (1, 1500)
    assert (current.week, current.expected) == ("2026-03-23", 0)
    assert found.installs == (Week(OVERDUE, 1, 2000), Week("2026-03-30", 1, 4000))
    assert [record["came_true"] for record in growth_records(found, "EUR")] == [1, 0, None, None]


def test_stuck_goes_by_the_limit_or_by_the_statuss_own_past(
    desk: Desk, store: Store, clock: Clock, pending: int
) -> None:
    wait_and_see(desk, clock, pending, activated=18, lost=0, days=2)
    wait_and_see(desk, clock, pending, activated=2, lost=0, days=9)
    old = new(desk, pending)
    clock.turn(days=1)
    new(desk, pending)
    clock.turn(days=1, milliseconds=1)
    (line,) = stuck(store, at=clock())
    assert (line.limit, line.set_by_office, line.cases, line.accounts) == (2 * DAY, False, 20, 1)
    assert list(stuck_accounts(store, [pending], at=clock())) == [old]
    lines = {line.status.id: line for line in stuck(store, {pending: 5, ACTIVE: 1}, at=clock())}
    assert (lines[pending].accounts, lines[ACTIVE].accounts) == (0, 20)
    assert stuck_records([line], store.info)[0]["limit_days"] == Decimal("2.0")


def test_a_status_without_a_past_says_so(desk: Desk, store: Store, clock: Clock, pending: int) -> None:
    new(desk, pending)
    clock.turn(days=400)
    (line,) = stuck(store, at=clock())
    assert (line.limit, line.cases, line.accounts, line.since) == (None, 0, 0, None)
    assert list(stuck_accounts(store, [pending], at=clock())) == []


def test_ghosts(desk: Desk, store: Store) -> None:
    both = new(desk, INACTIVE, radius_user="meyer", ip_addresses="10.0.0.7")
    address = new(desk, LEAD, ip_addresses="10.0.0.8", city="Kiel")
    new(desk, ACTIVE, radius_user="schmidt")
    nothing = new(desk, ACTIVE, 0)
    new(desk, ACTIVE, -100)
    new(desk, INACTIVE, 0)
    found = ghosts(store)
    assert [(line.status.id, line.accounts, line.with_radius_user) for line in found.leftovers] == [
        (LEAD, 1, 0), (INACTIVE, 1, 1),
    ]  # fmt: skip
    assert [(line.status.id, line.accounts) for line in found.free] == [(ACTIVE, 1)]
    assert list(leftover_accounts(store)) == [both, address]
    assert list(leftover_accounts(store, scope=Scope(cities=frozenset({"Kiel"})))) == [address]
    assert list(free_accounts(store)) == [nothing]
    assert [record["kind"] for record in ghost_records(found)] == ["leftover", "leftover", "no_charge"]


def test_activating_today_raises_a_peak_that_waiting_would_not(desk: Desk, store: Store, clock: Clock) -> None:
    accounts = [new(desk, ACTIVE) for _ in range(5)]
    at = clock.turn(hours=1)
    desk.reassign(AccountIds(tuple(accounts[:2])), INACTIVE)
    effect = effect_of_activating(store, 3, at=at)
    assert (effect.this_month.accounts, effect.this_month_after, effect.next_month_after) == (5, 6, 6)
    assert effect.raised_by == 1
    assert effect_of_activating(store, 2, at=at).raised_by == 0
    assert [room(peak, 4) for peak in monthly_peaks(store, "2026-03", "2026-04")] == [-1, 1]


def test_a_pause_is_no_churn_and_who_was_never_active_cannot_churn(desk: Desk, store: Store, clock: Clock) -> None:
    paused: StatusFields = {"name": "Vacation", "shape": "moon", "colour": "#0A66B5", "stage": Stage.PAUSED}
    vacation = desk.create_status({**paused, "activates": False}).status_id or 0
    away, gone, lead = new(desk, ACTIVE, 100), new(desk, ACTIVE, 300), new(desk, LEAD, 900)
    clock.turn(days=30)
    desk.reassign(AccountIds((away,)), vacation, reason="summer")
    desk.reassign(AccountIds((gone, lead)), INACTIVE, reason="too dear")
    (april,) = movement(store, "2026-04-01", "2026-04-30")
    shown = {crossing.value: (line.accounts, line.charge) for crossing, line in april.lines.items()}
    assert shown == {"paused": (1, 100), "disconnected": (1, 300)}
    assert (april.churn, april.revenue_churn) == (Fraction(1, 2), Fraction(3, 4))
    assert [reason.reason for line in april.lines.values() for reason in line.reasons] == ["too dear", "summer"]


def test_a_day_to_come_is_today_with_plans_and_installs_carried_out(
    desk: Desk, store: Store, clock: Clock, pending: int
) -> None:
    stays, leaves = new(desk, ACTIVE, 2500), new(desk, ACTIVE, 700)
    due = new(desk, pending, 1200, install_on="2026-03-12")
    overdue = new(desk, pending, 1100, install_on="2026-03-09")
    planned = [PlannedStep(leaves, clock() + 3 * DAY, INACTIVE), PlannedStep(leaves, clock() + 40 * DAY, ACTIVE)]
    tomorrow = distribution_ahead(store, "2026-03-11", at=clock(), planned=planned)
    assert tomorrow.distribution == distribution(store)
    assert (tomorrow.installs, tomorrow.planned) == (0, 0)
    later = distribution_ahead(store, "2026-03-31", at=clock(), planned=planned)
    assert (later.distribution.active, later.distribution.revenue) == (2, 3700)
    assert (later.installs, later.planned) == (1, 1)
    for status, expected in ((ACTIVE, [stays, due]), (INACTIVE, [leaves]), (pending, [overdue])):
        assert list(accounts_ahead(store, [status], "2026-03-31", at=clock(), planned=planned)) == expected
    assert distribution_ahead(store, "2026-05-01", at=clock(), planned=planned).distribution.revenue == 4400
