"""The monthly peak that providers are charged by: how high, when, by which change set, and what room is left."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from statusdesk.domain.instants import day_of
from statusdesk.domain.periods import months, next_month
from statusdesk.domain.scopes import ALL, Dimension, Part, Scope
from statusdesk.services.reports.asking import ONE_GROUP, Asking, Moment, in_order, one_state, present
from statusdesk.store.report_flows import carry
from statusdesk.store.report_moments import start_of_day
from statusdesk.store.report_peaks import MonthPeak, month_peaks

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Mapping

    from statusdesk.domain.records import Status
    from statusdesk.store.report_flows import Counts, GroupedFlow
    from statusdesk.store.report_moments import Redefinition
    from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class PeakEffect:
    """What activating so many accounts at once does to the peak of this month, and to that of the next.

    Waiting for the 1st leaves this month's peak as it is; the next month's is as high either way.
    """

    accounts: int
    this_month: MonthPeak
    this_month_after: int
    next_month_after: int

    @property
    def raised_by(self) -> int:
        """By how much this month's peak is higher than if one waits."""
        return self.this_month_after - self.this_month.accounts


def room(peak: MonthPeak, limit: int | None) -> int | None:
    """Return how many accounts a month's peak is below a limit (negative: above); None without a limit."""
    return None if limit is None else limit - peak.accounts


def monthly_peaks(store: Store, first: str, last: str, *, scope: Scope = ALL) -> tuple[MonthPeak, ...]:
    """Return the peak of each month from `first` to `last` (YYYY-MM, both included).

    A scope goes by the values that accounts had at each moment. What happens in one change set happens at once.
    """
    with one_state(store.db):
        if scope == ALL:
            active = store.totals().billed
            return tuple(month_peaks(store.db, months(first, last), active))
        return _by_walking(Asking(store, scope), months(first, last))[ONE_GROUP]


def monthly_peaks_by(
    store: Store, split: Dimension, first: str, last: str, *, scope: Scope = ALL
) -> tuple[Part[tuple[MonthPeak, ...]], ...]:
    """Return the peaks of the accounts of each value that a field had then; they do not add up to the whole's."""
    with one_state(store.db):
        found = _by_walking(Asking(store, scope, split), months(first, last))
        return tuple(Part(value, found[value]) for value in in_order(found))


def effect_of_activating(store: Store, accounts: int, *, at: int | None = None) -> PeakEffect:
    """Say what it means to activate so many more accounts at an instant (None: now), rather than on the 1st."""
    with one_state(store.db):
        totals = store.totals(at)
        month = day_of(present(at), store.info.time_zone)[:7]
        (peak,) = month_peaks(store.db, [month], totals.billed)
        after = totals.billed + accounts
        return PeakEffect(accounts, peak, max(peak.accounts, after), after)


def accounts_at_peak(store: Store, peak: MonthPeak, *, scope: Scope = ALL) -> array[int]:
    """Return the ids of the accounts that were activating when the peak of a month was reached."""
    with one_state(store.db):
        asking = Asking(store, scope)
        moment = start_of_day(f"{peak.month}-01", asking.zone)
        if peak.reached_at is not None and peak.change_set_id is not None:
            moment = Moment(peak.reached_at, peak.change_set_id + 1)
        active = [status.id for status in asking.statuses.at(moment).values() if status.activates]
        return asking.states.members(moment, asking.question, active)


def _by_walking(asking: Asking, names: list[str]) -> dict[str, tuple[MonthPeak, ...]]:
    """Work the peaks out moment by moment, for accounts that the daily peaks do not tell apart."""
    if not names:
        return {}
    starts = [start_of_day(f"{name}-01", asking.zone) for name in (*names, next_month(names[-1]))]
    (counts,) = asking.flows.counts(starts[:1], asking.question)
    climb = _Climb(asking, counts, starts[0])
    highest: list[dict[str, MonthPeak]] = []
    for moment, flows, redefinition in _moments(asking, starts[0], starts[-1]):
        place = bisect_right(starts, moment) - 1
        while len(highest) <= place:
            highest.append(climb.opening(names[len(highest)]))
        for group, active in climb.step(flows, redefinition).items():
            best = highest[place].get(group)
            if active > (best.accounts if best else 0):
                highest[place][group] = MonthPeak(names[place], active, *moment)
    while len(highest) < len(names):
        highest.append(climb.opening(names[len(highest)]))
    groups = {group for month in highest for group in month} | ({ONE_GROUP} if asking.split is None else set())
    return {
        group: tuple(month.get(group, MonthPeak(name, 0)) for name, month in zip(names, highest, strict=True))
        for group in groups
    }


_Happened = tuple[Moment, list["GroupedFlow"], "Redefinition | None"]


def _moments(asking: Asking, since: Moment, until: Moment) -> Iterator[_Happened]:
    """Yield what happened, in order: each change set's flows at an instant, and what it redefined."""
    redefinitions = {found.before: found for found in asking.statuses.redefinitions(since, until)}
    flows = asking.flows.by_moment(since, until, asking.question)
    happened = merge(flows, ((moment, None) for moment in redefinitions), key=itemgetter(0))
    for moment, found in groupby(happened, key=itemgetter(0)):
        yield moment, [flow for _, flow in found if flow is not None], redefinitions.get(moment)


class _Climb:
    """How many accounts of each group are active, moment by moment."""

    def __init__(self, asking: Asking, counts: Counts, begin: Moment) -> None:
        self._asking = asking
        self._counts = counts
        self._statuses: Mapping[int, Status] = asking.statuses.at(begin)
        self._active: dict[str, int] = defaultdict(int)
        for (group, status_id), (accounts, _) in counts.items():
            self._active[group] += accounts if self._statuses[status_id].activates else 0

    def opening(self, month: str) -> dict[str, MonthPeak]:
        """Return the groups' numbers as a month begins."""
        return {group: MonthPeak(month, active) for group, active in self._active.items() if active}

    def step(self, flows: list[GroupedFlow], redefinition: Redefinition | None) -> dict[str, int]:
        """Carry out what happened at one moment and return the numbers of the groups that it concerned."""
        before = {place: self._counts.get(place, (0, 0))[0] for place in self._places(flows, redefinition)}
        was = self._statuses
        for flow in flows:
            carry(self._counts, flow)
        if redefinition is not None:
            self._statuses = self._asking.statuses.at(redefinition.after)
        for (group, status_id), accounts in before.items():
            now = self._counts.get((group, status_id), (0, 0))[0]
            self._active[group] += now * self._statuses[status_id].activates - accounts * was[status_id].activates
        return {group: self._active[group] for group, _ in before}

    def _places(self, flows: list[GroupedFlow], redefinition: Redefinition | None) -> set[tuple[str, int]]:
        found = {place for flow in flows for place in (flow.old_place, flow.new_place) if place is not None}
        if redefinition is not None:
            found |= {place for place in self._counts if place[1] in redefinition.status_ids}
        return found
