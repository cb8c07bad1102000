"""A walk through the journal, period by period: who crossed the border of activation, and how many were active."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from statusdesk.services.reports.crossings import Crossing, Rules
from statusdesk.store.report_flows import GroupedFlow, carry
from statusdesk.store.report_groups import ONE_GROUP
from statusdesk.store.report_moments import Moment, end_of, start_of_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from statusdesk.domain.periods import Period
    from statusdesk.domain.records import Status
    from statusdesk.services.reports.asking import Asking
    from statusdesk.store.report_flows import Counts
    from statusdesk.store.report_moments import Redefinition


@dataclass(slots=True)
class Walk:
    """What one group went through: crossings by period, and active accounts with their charge between periods.

    `active` has one pair (accounts, minor units) more than there are periods; `charge_changes` says by how much
    the charges of active accounts changed, by period.
    """

    crossings: list[tuple[int, Crossing, GroupedFlow]] = field(default_factory=list)
    charge_changes: dict[int, int] = field(default_factory=dict)
    active: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one moment to the next within one period, with nothing redefined, or one redefinition alone."""

    start: Moment
    end: Moment
    period: int
    rules: Rules
    redefinition: Redefinition | None


def stretches(asking: Asking, spans: Sequence[Period]) -> list[Stretch]:
    """Divide the periods at every change of what a status activates, and of its stage."""
    bounds = [
        start_of_day(spans[0].first_day, asking.zone),
        *(end_of(span.last_day, asking.zone) for span in spans),
    ]
    redefinitions = {found.before: found for found in asking.statuses.redefinitions(bounds[0], bounds[-1])}
    within = {moment for found in redefinitions.values() for moment in (found.before, found.after)}
    moments = sorted({*bounds, *(moment for moment in within if moment < bounds[-1])})
    statuses = asking.statuses.each(moments)
    found, period = [], 0
    for place, (start, end) in enumerate(pairwise(moments)):
        if start == bounds[period + 1]:
            period += 1
        after = place + 1 if start in redefinitions else place
        rules = Rules(statuses[place], statuses[after])
        found.append(Stretch(start, end, period, rules, redefinitions.get(start)))
    return found


def walk(asking: Asking, spans: Sequence[Period]) -> dict[str, Walk]:
    """Walk through the periods and return what each group went through."""
    if not spans:
        return {}
    parts = stretches(asking, spans)
    flows: dict[int, list[GroupedFlow]] = defaultdict(list)
    starts = [part.start for part in parts]
    found = asking.flows.between(starts, asking.question, until=parts[-1].end, reasons=True)
    for flow in found:
        flows[flow.bucket].append(flow)
    counts = asking.flows.counts_before(found, starts[0], parts[-1].end, asking.question)
    walker = _Walker(counts)
    for bucket, part in enumerate(parts):
        if part.period == len(walker.bounds):
            walker.pass_bound(part.rules.before)
        stays = _stays(asking, part.redefinition, counts, flows[bucket]) if part.redefinition else ()
        walker.take(part, [*flows[bucket], *stays])
    walker.pass_bound(parts[-1].rules.after)
    return walker.finished()


def _stays(
    asking: Asking, redefinition: Redefinition, counts: Counts, flows: list[GroupedFlow]
) -> Iterator[GroupedFlow]:
    """Yield the accounts that a redefinition concerns without an entry of their own, as steps on the spot."""
    change_set = asking.store.journal.get(redefinition.change_set)
    reason = change_set.reason if change_set else ""
    for place, (accounts, charge) in counts.items():
        if place[1] in redefinition.status_ids:
            left = [flow for flow in flows if flow.old_place == place]
            accounts -= sum(flow.accounts for flow in left)
            charge -= sum(flow.old_charge for flow in left)
            if accounts or charge:
                yield GroupedFlow(0, *place, *place, accounts, charge, charge, reason)


class _Walker:
    """Carries counts from stretch to stretch and notes crossings."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.bounds: list[dict[str, tuple[int, int]]] = []
        self._walks: dict[str, Walk] = defaultdict(Walk)

    def pass_bound(self, statuses: Mapping[int, Status]) -> None:
        """Note how many accounts are active between two periods."""
        active: dict[str, tuple[int, int]] = {}
        for (group, status_id), (accounts, charge) in self.counts.items():
            before = active.get(group, (0, 0))
            if statuses[status_id].activates:
                active[group] = before[0] + accounts, before[1] + charge
            elif accounts:
                active.setdefault(group, before)
        self.bounds.append(active)

    def take(self, part: Stretch, steps: list[GroupedFlow]) -> None:
        """Note what the steps are to each group they concern, and carry them out."""
        for step in steps:
            for group in {step.old_group, step.new_group} - {None}:
                self._note(part, str(group), step)
            carry(self.counts, step)

    def _note(self, part: Stretch, group: str, flow: GroupedFlow) -> None:
        crossing = part.rules.crossing(flow, group)
        if crossing is not None:
            self._walks[group].crossings.append((part.period, crossing, flow))
        elif part.rules.stays_active(flow, group):
            changes = self._walks[group].charge_changes
            changes[part.period] = changes.get(part.period, 0) + flow.new_charge - flow.old_charge

    def finished(self) -> dict[str, Walk]:
        """Return each group's walk, with its active accounts between the periods."""
        for group in {group for bound in self.bounds for group in bound} | self._walks.keys():
            self._walks[group].active = [bound.get(group, (0, 0)) for bound in self.bounds]
        return dict(self._walks)


def account_ids(
    asking: Asking, spans: Sequence[Period], wanted: frozenset[Crossing], reason: str | None
) -> set[int]:
    """Return the ids of the accounts that crossed in a wanted way, for a reason (None: any)."""
    if not spans:
        return set()
    found: set[int] = set()
    parts = stretches(asking, spans)
    starts = [part.start for part in parts]
    flows = asking.flows.between(starts, asking.question, until=parts[-1].end, reasons=True)
    for bucket, part in enumerate(parts):
        if part.redefinition is not None:
            found |= _redefined(asking, part, part.redefinition, wanted, reason)
            continue
        steps = [flow for flow in flows if flow.bucket == bucket and reason in (None, flow.reason)]
        crossed = [flow for flow in steps if part.rules.crossing(flow, ONE_GROUP) in wanted]
        found |= asking.flows.movers(part.start, part.end, asking.question, crossed)
    return found


def _redefined(
    asking: Asking, part: Stretch, redefinition: Redefinition, wanted: frozenset[Crossing], reason: str | None
) -> set[int]:
    change_set = asking.store.journal.get(redefinition.change_set)
    if reason is not None and (change_set is None or change_set.reason != reason):
        return set()
    pairs = asking.states.pairs(redefinition.before, redefinition.after, asking.question)
    crossed = [pair for pair in pairs if part.rules.crossing(pair, ONE_GROUP) in wanted]
    return set(asking.states.movers(redefinition.before, redefinition.after, asking.question, crossed))
