"""Monthly revenue: what is billed now, what is committed on top of it, and what the operator's own past expects.

committed = current + pending installs + planned starts − planned stops. Expected is the same, but of the pending
installs only the share that came true in the past counts. Charges are today's, in minor units a month.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from statusdesk.domain.instants import day_of
from statusdesk.domain.periods import week_of
from statusdesk.domain.scopes import ALL, Dimension, Part, Scope
from statusdesk.services.reports.asking import ONE_GROUP, in_order, one_state, present
from statusdesk.services.reports.basis import Basis, basis_of, pending_statuses
from statusdesk.services.reports.planning import PlannedCrossing, PlannedStep, planned_crossings
from statusdesk.store.report_flows import Flows
from statusdesk.store.report_groups import Question
from statusdesk.store.report_waits import Waiting, waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from fractions import Fraction

    from statusdesk.store.report_flows import Counts
    from statusdesk.store.store import Store

OVERDUE = "overdue"
"""The name of the week for installs whose day has passed."""

UNDATED = "undated"
"""The name of the week for installs that have no day."""


@dataclass(frozen=True, slots=True)
class Week:
    """Accounts and their monthly charge in a week: its Monday (ISO), `OVERDUE` or `UNDATED`."""

    week: str
    accounts: int
    charge: int


@dataclass(frozen=True, slots=True)
class Revenue:
    """The parts of the revenue to come, apart. `expected` is None where `basis` has too few cases.

    `expected_installs` are the weeks in which the past expects pending installs to be activated; their charges are
    rounded so that they add up.
    """

    active: int
    current: int
    pending: tuple[Week, ...]
    starts: tuple[Week, ...]
    stops: tuple[Week, ...]
    committed: int
    basis: Basis
    expected_installs: tuple[Week, ...] | None
    expected: int | None


def revenue(
    store: Store, *, at: int | None = None, planned: Iterable[PlannedStep] = (), scope: Scope = ALL
) -> Revenue:
    """Return the revenue now and to come; `at` is the present instant (UTC milliseconds).

    A pending account that is planned to be activated counts among the planned starts only. A Lead is never added.
    The basis is the whole office's past, whatever the scope.
    """
    with one_state(store.db):
        return _revenues(store, present(at), planned, Question(scope))[ONE_GROUP]


def revenue_by(
    store: Store,
    split: Dimension,
    *,
    at: int | None = None,
    planned: Iterable[PlannedStep] = (),
    scope: Scope = ALL,
) -> tuple[Part[Revenue], ...]:
    """Return the same for each value of a field, by name, "no value" last."""
    with one_state(store.db):
        found = _revenues(store, present(at), planned, Question(scope, split))
        return tuple(Part(value, found[value]) for value in in_order(found))


def pending_accounts(
    store: Store,
    weeks: Iterable[str],
    *,
    at: int | None = None,
    planned: Iterable[PlannedStep] = (),
    scope: Scope = ALL,
) -> array[int]:
    """Return the ids of the accounts behind weeks of pending installs, longest waiting first."""
    with one_state(store.db):
        today = day_of(present(at), store.info.time_zone)
        return _in_weeks(store, weeks, lambda one: install_week(one, today), planned, scope)


def expected_accounts(
    store: Store,
    weeks: Iterable[str],
    *,
    at: int | None = None,
    planned: Iterable[PlannedStep] = (),
    scope: Scope = ALL,
) -> array[int]:
    """Return the ids of the accounts of which a share is expected in some weeks, longest waiting first."""
    with one_state(store.db):
        zone, delay = store.info.time_zone, basis_of(store, present(at)).delay_days or 0
        today = day_of(present(at), zone)
        return _in_weeks(store, weeks, lambda one: expected_week(one, today, zone, delay), planned, scope)


def _in_weeks(
    store: Store,
    weeks: Iterable[str],
    week: Callable[[Waiting], str],
    planned: Iterable[PlannedStep],
    scope: Scope,
) -> array[int]:
    question, wanted = Question(scope), set(weeks)
    found = pending_installs(store, question, planned_crossings(store, planned, question))
    return array("q", (one.account_id for one in found if week(one) in wanted))


def planned_accounts(
    store: Store, planned: Iterable[PlannedStep], weeks: Iterable[str], *, starts: bool, scope: Scope = ALL
) -> array[int]:
    """Return the ids of the accounts that are planned to start, or to stop, paying in some weeks."""
    with one_state(store.db):
        wanted = set(weeks)
        crossings = planned_crossings(store, planned, Question(scope))
        found = {one.account_id for one in crossings if one.starts is starts and week_of(one.day) in wanted}
        return array("q", sorted(found))


def pending_installs(store: Store, question: Question, planned: Iterable[PlannedCrossing]) -> list[Waiting]:
    """Return the accounts that wait to be installed, but for those whose activation is planned anyway."""
    starting = {crossing.account_id for crossing in planned if crossing.starts}
    found = waiting(store.db, pending_statuses(store.statuses.by_id()), question)
    return [account for account in found if account.account_id not in starting]


def install_week(account: Waiting, today: str) -> str:
    """Return the week in which an account is to be installed, as seen on a day (ISO)."""
    if not account.install_on:
        return UNDATED
    return OVERDUE if account.install_on < today else week_of(account.install_on)


def expected_week(account: Waiting, today: str, zone: str, delay_days: int) -> str:
    """Return the week in which a pending account is to be expected: by its install day, or by the usual delay.

    It is never earlier than this week.
    """
    if account.install_on >= today:
        return week_of(account.install_on)
    began = date.fromisoformat(day_of(account.since, zone))
    return week_of(max(today, (began + timedelta(days=delay_days)).isoformat()))


def _revenues(store: Store, at: int, planned: Iterable[PlannedStep], question: Question) -> dict[str, Revenue]:
    zone = store.info.time_zone
    today, basis = day_of(at, zone), basis_of(store, at)
    counts = Flows(store.db, zone).now(question)
    crossings = planned_crossings(store, planned, question)
    pending = pending_installs(store, question, crossings)
    groups = {group for group, _ in counts} | ({ONE_GROUP} if question.split is None else set())
    return {
        group: _revenue(
            _Now(today, zone, basis, *active_revenue(store, counts, group)),
            [account for account in pending if account.group == group],
            [crossing for crossing in crossings if crossing.group == group],
        )
        for group in groups
    }


def active_revenue(store: Store, counts: Counts, group: str) -> tuple[int, int]:
    """Return how many accounts of a group are billed now, and their monthly charge in minor units."""
    statuses = store.statuses.by_id()
    pairs = [pair for (name, status_id), pair in counts.items() if name == group and statuses[status_id].activates]
    return sum(accounts for accounts, _ in pairs), sum(charge for _, charge in pairs)


@dataclass(frozen=True, slots=True)
class _Now:
    today: str
    zone: str
    basis: Basis
    active: int
    revenue: int


def _revenue(now: _Now, pending: list[Waiting], crossings: list[PlannedCrossing]) -> Revenue:
    installs = by_week((install_week(account, now.today), account.charge) for account in pending)
    starts = by_week((week_of(one.day), one.charge) for one in crossings if one.starts)
    stops = by_week((week_of(one.day), one.charge) for one in crossings if not one.starts)
    certain = now.revenue + _sum(starts) - _sum(stops)
    expected = None
    if now.basis.enough:
        delay = now.basis.delay_days or 0
        weeks = by_week(
            (expected_week(account, now.today, now.zone, delay), account.charge) for account in pending
        )
        expected = weighted(weeks, now.basis.share)
    return Revenue(
        now.active,
        now.revenue,
        installs,
        starts,
        stops,
        certain + _sum(installs),
        now.basis,
        expected,
        None if expected is None else certain + _sum(expected),
    )


def by_week(charges: Iterable[tuple[str, int]]) -> tuple[Week, ...]:
    """Sum accounts up by week, from a pair of week and charge for each; overdue first, undated last."""
    sums: dict[str, tuple[int, int]] = {}
    for week, charge in charges:
        accounts, total = sums.get(week, (0, 0))
        sums[week] = accounts + 1, total + charge
    order = {OVERDUE: -1, UNDATED: 1}
    return tuple(Week(week, *sums[week]) for week in sorted(sums, key=lambda week: (order.get(week, 0), week)))


def weighted(weeks: Sequence[Week], share: Fraction) -> tuple[Week, ...]:
    """Return the share of each week, in whole accounts and minor units that add up to the share of all."""
    names = [week.week for week in weeks]
    accounts = _parts([week.accounts for week in weeks], share)
    charges = _parts([week.charge for week in weeks], share)
    return tuple(map(Week, names, accounts, charges))


def _parts(values: Sequence[int], share: Fraction) -> list[int]:
    found, passed, given = [], 0, 0
    for value in values:
        passed += value
        due = round(passed * share)
        found.append(due - given)
        given = due
    return found


def _sum(weeks: Iterable[Week]) -> int:
    return sum(week.charge for week in weeks)
