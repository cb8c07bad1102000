"""Carries planned changes out: one rule decides what is done, needs no doing, or is left to a person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from statusdesk.domain.changes import Outcome, Touched, weigh
from statusdesk.domain.instants import local_text
from statusdesk.domain.plans import (
    Flag,
    PlanKind,
    PlanState,
    fulfilled,
    next_anniversary,
    obstacle,
    obstacles,
)
from statusdesk.store import moves
from statusdesk.store.plan_records import NewPlan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from statusdesk.domain.changes import Consequences
    from statusdesk.domain.plans import Standing, Wish
    from statusdesk.services.desk import Desk
    from statusdesk.store.moves import Progress
    from statusdesk.store.plan_records import Chosen
    from statusdesk.store.store import Change, Store

MOVED = Touched(accounts=True, statuses=True, details=True, plans=True)
_OVERRULED = (Flag.MOVED, Flag.CHARGED)
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of plans: carried out, needing no doing, or left to a person, with the reason by plan id."""

    done: tuple[Chosen, ...]
    skipped: tuple[Chosen, ...]
    flagged: tuple[Chosen, ...]
    flags: Mapping[int, Flag]
    consequences: Consequences

    def outcome(self, change: Change) -> Outcome:
        """Return the outcome of a change that was made by carrying them out."""
        left = tuple(dict.fromkeys(plan.account_id for plan in self.flagged))
        return Outcome(
            change.kind, change.kept_id, len(self.done), len(self.skipped), left=left, facts=change.facts,
            consequences=self.consequences, touched=MOVED if change.keep else Touched(),
        )  # fmt: skip


def settle(
    desk: Desk,
    change: Change,
    plans: Iterable[Chosen],
    *,
    deliberate: bool = False,
    also: Mapping[int, int] = MappingProxyType({}),
    effective_at: int | None = None,
    progress: Progress | None = None,
) -> Settled:
    """Carry plans out, of each account only the first; the others stay as they are.

    Where something is in the way the plan is flagged. A `deliberate` step of a person goes on although the account
    was moved meanwhile, and leaves what cannot be done as it is. Accounts without plans, as (id: status), may move
    `also`. The change takes effect at `effective_at`, which is the due instant of plans that come due.
    """
    store, statuses = desk.store, desk.store.statuses.by_id()
    before = store.totals(change.at)
    first = _first_of_each(plans)
    flags = {plan.id: flag for plan in first if (flag := obstacle(plan.wish, plan.standing, statuses))}
    if deliberate:
        flags = {plan_id: flag for plan_id, flag in flags.items() if flag not in _OVERRULED}
    flagged = tuple(plan for plan in first if plan.id in flags)
    skipped = tuple(plan for plan in first if plan.id not in flags and fulfilled(plan.wish, plan.standing))
    left = flags.keys() | {plan.id for plan in skipped}
    done = tuple(plan for plan in first if plan.id not in left)
    revised = [replace(plan, state=PlanState.APPLIED, flag="") for plan in (*done, *skipped)]
    if not deliberate:
        revised += [replace(plan, state=PlanState.FLAGGED, flag=flags[plan.id].value) for plan in flagged]
    revised += _keeping_old_charges(store, done)
    change.steps += store.plans.revise(change.id, revised)
    moved = [(plan.account_id, plan.status_id, plan.charge) for plan in done]
    store.plans.propose([*moved, *((account_id, status_id, None) for account_id, status_id in also.items())])
    written = store.move(change, moves.as_staged(), progress, effective_at=effective_at)
    lost = pointless(store, store.plans.moved(written))
    _come_again(desk, change, (*done, *skipped), effective_at)
    found = weigh(
        written.flows, statuses, before,
        already=len(skipped), at=change.at, pointless=lost, levels=store.levels.moved(written),
    )  # fmt: skip
    describe(desk, change, done or skipped or flagged)
    return Settled(done, skipped, flagged, flags, found)


def _first_of_each(plans: Iterable[Chosen]) -> list[Chosen]:
    first: dict[int, Chosen] = {}
    for plan in plans:
        first.setdefault(plan.account_id, plan)
    return list(first.values())


def _keeping_old_charges(store: Store, done: Iterable[Chosen]) -> list[Chosen]:
    """Return the returns of leaves that set a charge, so that they bring back the one of now."""
    leaves = [plan for plan in done if plan.kind is PlanKind.LEAVE and plan.charge is not None]
    returns = (plan for plan in store.plans.partners(leaves) if plan.kind is PlanKind.RETURN and plan.state.open)
    return [replace(plan, charge=plan.standing.charge) for plan in returns]


def _come_again(desk: Desk, change: Change, settled: Iterable[Chosen], effective_at: int | None) -> None:
    """Plan the next year's vacations of those that are completed and come again every year."""
    store, zone = desk.store, desk.store.info.time_zone
    returns = {plan.pair_id: plan for plan in settled if plan.kind is PlanKind.RETURN and plan.yearly}
    leaves = [plan for plan in store.plans.partners(returns.values()) if plan.state is PlanState.APPLIED]
    plans = []
    for pair, leave in enumerate(leaves):
        back = returns[leave.pair_id]
        after = max(leave.due_at, change.at if effective_at is None else effective_at)
        leave_at = next_anniversary(leave.yearly or back.yearly, after, zone)
        common = NewPlan(
            leave.account_id, PlanKind.LEAVE, leave_at, leave.status_id, back.status_id, leave.reason,
            leave.charge, leave.yearly, pair, planned_by=leave.planned_by, planned_at=leave.planned_at,
        )  # fmt: skip
        home = replace(
            common, kind=PlanKind.RETURN, due_at=next_anniversary(back.yearly, leave_at, zone), charge=None,
            status_id=back.status_id, expects_id=leave.status_id, reason=back.reason, yearly=back.yearly,
        )  # fmt: skip
        plans += [common, home]
    store.plans.make(change.id, plans, author=desk.author, at=change.at)


def describe(desk: Desk, change: Change, plans: Sequence[Chosen]) -> None:
    """Say on record what the plans were, who planned them and when, and why."""
    statuses, zone = desk.store.statuses.by_id(), desk.store.info.time_zone
    facts: dict[str, str] = {"count": str(len(plans))}
    for name, values in (
        ("status", [statuses[plan.status_id].name for plan in plans]),
        ("due", [local_text(due_at, zone) for due_at in sorted({plan.due_at for plan in plans})]),
        ("planned_by", [plan.planned_by for plan in plans]),
        ("planned_at", [local_text(at, zone) for at in sorted({plan.planned_at for plan in plans})]),
    ):
        facts[name] = _listed(values)
    change.facts = facts
    change.reason = _listed([plan.reason for plan in plans if plan.reason])


def _listed(values: Sequence[str]) -> str:
    known = list(dict.fromkeys(values))
    return ", ".join(known) if len(known) <= _LISTED else f"{', '.join(known[:_LISTED])} …"


def pointless(store: Store, moved: Mapping[int, tuple[Standing, Standing]]) -> int:
    """Count the pending plans that could be carried out before accounts moved so, and cannot be after it."""
    if not moved:
        return 0
    statuses = store.statuses.by_id()
    wishes: dict[int, list[Wish]] = defaultdict(list)
    for account_id, wish in store.plans.wishes(moved):
        wishes[account_id].append(wish)
    return sum(
        len(obstacles(plans, after, statuses).keys() - obstacles(plans, before, statuses).keys())
        for account_id, plans in wishes.items()
        for before, after in (moved[account_id],)
    )
