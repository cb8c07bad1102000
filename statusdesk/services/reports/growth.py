"""Growth by week: accounts and revenue expected from install dates and plans, and what came true before."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.instants import day_of
from statusdesk.domain.periods import Step, periods, week_of, weeks_on
from statusdesk.domain.scopes import ALL, Dimension, Part, Scope
from statusdesk.services.reports.asking import ONE_GROUP, Asking, in_order, one_state, present
from statusdesk.services.reports.basis import pending_statuses
from statusdesk.services.reports.planning import PlannedStep, planned_crossings
from statusdesk.services.reports.revenue import Week, by_week, install_week, pending_installs
from statusdesk.store.report_moments import start_of_day, through
from statusdesk.store.report_states import Awaiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from statusdesk.store.report_states import Awaited
    from statusdesk.store.store import Store

PAST_WEEKS = 8


@dataclass(frozen=True, slots=True)
class PastWeek:
    """What was expected when a week (its Monday, ISO) began, and what of it is or was active as the week ended.

    Charges are minor units a month: as they were when the week began, and as it ended. The current week ends now.
    """

    week: str
    expected: int
    expected_charge: int
    came_true: int
    came_true_charge: int


@dataclass(frozen=True, slots=True)
class Growth:
    """Earlier weeks and what came true; and from now on installs, planned starts and planned stops by week.

    Installs whose day has passed, and those without a day, have weeks of their own: `OVERDUE` and `UNDATED`.
    """

    past: tuple[PastWeek, ...]
    installs: tuple[Week, ...]
    starts: tuple[Week, ...]
    stops: tuple[Week, ...]


def growth(
    store: Store,
    *,
    at: int | None = None,
    past_weeks: int = PAST_WEEKS,
    planned: Iterable[PlannedStep] = (),
    scope: Scope = ALL,
) -> Growth:
    """Return the growth by week; `at` is the present instant (UTC milliseconds), its week the last past one.

    A pending account whose activation is planned counts among the planned starts only.
    """
    with one_state(store.db):
        return _growths(Asking(store, scope), present(at), past_weeks, planned)[ONE_GROUP]


def growth_by(
    store: Store,
    split: Dimension,
    *,
    at: int | None = None,
    past_weeks: int = PAST_WEEKS,
    planned: Iterable[PlannedStep] = (),
    scope: Scope = ALL,
) -> tuple[Part[Growth], ...]:
    """Return the same for each value that accounts had in a field when a week began, or have now."""
    with one_state(store.db):
        found = _growths(Asking(store, scope, split), present(at), past_weeks, planned)
        return tuple(Part(value, found[value]) for value in in_order(found))


def awaited_accounts(
    store: Store, week: str, *, at: int | None = None, came_true: bool | None = None, scope: Scope = ALL
) -> array[int]:
    """Return the ids of the accounts expected as a past week began: all, or those that came true, or not."""
    with one_state(store.db):
        asking = Asking(store, scope)
        _look_for_due(asking, week, week)
        found = _awaited(asking, week, present(at))
        return array("q", (one.account_id for one in found if came_true in (None, bool(one.came_true))))


def _look_for_due(asking: Asking, first_week: str, last_week: str) -> None:
    sunday = periods(last_week, weeks_on(last_week, 1), Step.WEEK)[0].last_day
    asking.states.look_for_due(first_week, sunday, start_of_day(first_week, asking.zone))


def _awaited(asking: Asking, week: str, at: int) -> list[Awaited]:
    begins = start_of_day(week, asking.zone)
    ends = min(start_of_day(weeks_on(week, 1), asking.zone), through(at))
    pending = pending_statuses(asking.statuses.at(begins))
    active = frozenset(status.id for status in asking.statuses.at(ends).values() if status.activates)
    sunday = periods(week, weeks_on(week, 1), Step.WEEK)[0].last_day
    return asking.states.awaited(Awaiting(begins, ends, pending, active, week, sunday), asking.question)


def _growths(asking: Asking, at: int, past_weeks: int, planned: Iterable[PlannedStep]) -> dict[str, Growth]:
    today = day_of(at, asking.zone)
    crossings = planned_crossings(asking.store, planned, asking.question)
    parts: dict[str, dict[str, list[tuple[str, int]]]] = defaultdict(lambda: defaultdict(list))
    for account in pending_installs(asking.store, asking.question, crossings):
        parts[account.group]["installs"].append((install_week(account, today), account.charge))
    for crossing in crossings:
        kind = "starts" if crossing.starts else "stops"
        parts[crossing.group][kind].append((week_of(crossing.day), crossing.charge))
    past = dict(_past(asking, at, past_weeks))
    groups = parts.keys() | {one.group for week in past.values() for one in week}
    if asking.split is None:
        groups |= {ONE_GROUP}
    return {
        group: Growth(
            tuple(_past_week(week, [one for one in found if one.group == group]) for week, found in past.items()),
            *(by_week(parts[group][kind]) for kind in ("installs", "starts", "stops")),
        )
        for group in groups
    }


def _past(asking: Asking, at: int, past_weeks: int) -> Iterator[tuple[str, list[Awaited]]]:
    current = week_of(day_of(at, asking.zone))
    _look_for_due(asking, weeks_on(current, -past_weeks), current)
    for back in range(-past_weeks, 1):
        week = weeks_on(current, back)
        yield week, _awaited(asking, week, at)


def _past_week(week: str, found: list[Awaited]) -> PastWeek:
    true = [one for one in found if one.came_true]
    return PastWeek(
        week, len(found), sum(one.charge for one in found), len(true), sum(one.later_charge for one in true)
    )
