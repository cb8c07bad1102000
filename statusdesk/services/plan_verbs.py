"""The verbs on planned changes: make, edit, cancel and apply them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from statusdesk.domain.changes import AccountIds, Flow, Outcome, Touched, weigh
from statusdesk.domain.errors import NoSuchPlan, PlanInPast, ReturnBeforeLeave, YearlyNeedsReturn
from statusdesk.domain.instants import local_text
from statusdesk.domain.plans import PlanKind, PlanState, anniversary
from statusdesk.services.admitting import admit, give_now
from statusdesk.services.settling import settle
from statusdesk.services.status_verbs import live_status
from statusdesk.store import selections
from statusdesk.store.plan_records import NewPlan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from statusdesk.domain.admission import Details
    from statusdesk.domain.changes import Consequences, Selection
    from statusdesk.domain.plans import PlanFields
    from statusdesk.services.desk import Desk
    from statusdesk.store.moves import Progress
    from statusdesk.store.plan_records import Chosen
    from statusdesk.store.store import Change

PLANNED = Touched(details=True, plans=True)
_HALVES = 2


def plan_change(
    desk: Desk,
    selection: Selection,
    status_id: int,
    due_at: int,
    *,
    reason: str,
    details: Details,
    dry_run: bool,
    progress: Progress | None,
) -> Outcome:
    """Plan a move of the selected accounts for later."""
    store = desk.store
    with store.change(
        author=desk.author, kind="plan_made", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        target = live_status(desk, status_id)
        check_to_come(desk, change, due_at)
        count = selections.fill(store.db, selection)
        plans, flows, expected = [], Flows(), store.plans.expected(due_at)
        admitted = admit(desk, target, reason, details, counts=Counter(then for _, _, then, _ in expected))
        for account_id, _, then, charge in expected:
            if then not in {status_id, *admitted.barred}:
                plans.append(NewPlan(account_id, PlanKind.CHANGE, due_at, status_id, then, reason))
                flows.add(then, status_id, charge, charge)
        change.facts = {"status": target.name, "due": local_text(due_at, store.info.time_zone)}
        pointless = put_on_record(desk, change, plans, progress)
        give_now(desk, change, admitted, (plan.account_id for plan in plans))
        found = admitted.told(flows.weighed(desk, due_at, already=count - len(plans), pointless=pointless))
        return told(change, len(plans), found)


def check_to_come(desk: Desk, change: Change, *instants: int | None) -> None:
    """Refuse an instant that has passed."""
    for instant in instants:
        if instant is not None and instant <= change.at:
            raise PlanInPast(due=local_text(instant, desk.store.info.time_zone))


def tell(desk: Desk, done: int) -> None:
    """Say how many plans are done, to whoever asked for it; that may raise what ends the verb."""
    if desk.progress is not None:
        desk.progress(done)


class Flows:
    """The flows that plans of single accounts add up to."""

    def __init__(self) -> None:
        self._sums: dict[tuple[int, int], list[int]] = {}

    def add(self, old: int, new: int, old_charge: int, new_charge: int) -> None:
        """Add one account that goes from one status to another, with its charges (minor units a month)."""
        sums = self._sums.setdefault((old, new), [0, 0, 0])
        for place, number in enumerate((1, old_charge, new_charge)):
            sums[place] += number

    def weighed(self, desk: Desk, due_at: int, *, already: int, pointless: int) -> Consequences:
        """Say what they do at an instant to come, as things stand now."""
        flows = [Flow(*way, *sums) for way, sums in self._sums.items()]
        statuses, before = desk.store.statuses.by_id(), desk.store.totals(due_at)
        return weigh(flows, statuses, before, already=already, at=due_at, pointless=pointless)


def put_on_record(desk: Desk, change: Change, plans: Sequence[NewPlan], progress: Progress | None = None) -> int:
    """Make plans for accounts in `temp.selection` and return how many other plans they get in the way of."""
    planned = desk.store.planned
    before = planned.obstructed_selected()
    desk.store.plans.make(change.id, plans, author=desk.author, at=change.at, progress=progress)
    change.steps += len(plans)
    return len(planned.obstructed_selected().keys() - before.keys() - set(planned.made_by(change.id)))


def revise(desk: Desk, change: Change, plans: Sequence[Chosen]) -> int:
    """Set plans down as they are now, and return how many others of their accounts they get in the way of."""
    store = desk.store
    selections.fill(store.db, AccountIds(tuple({plan.account_id for plan in plans})))
    before = store.planned.obstructed_selected()
    change.steps += store.plans.revise(change.id, plans)
    return len(store.planned.obstructed_selected().keys() - before.keys() - {plan.id for plan in plans})


def wanted_charge(plan: Chosen) -> int:
    """Return the monthly charge (minor units) that an account has once the plan is carried out."""
    return plan.standing.charge if plan.charge is None else plan.charge


def told(change: Change, count: int, found: Consequences | None, *, already: int = 0) -> Outcome:
    """Return the outcome of a change of plans, of which nothing is kept where there were none."""
    change.keep = change.keep and count > 0
    change.facts |= {"count": str(count)}
    return Outcome(
        change.kind, change.kept_id, count, found.already if found else already, consequences=found,
        touched=_touched(change) if count else Touched(), facts=change.facts,
    )  # fmt: skip


def _touched(change: Change) -> Touched:
    return PLANNED._replace(accounts=change.written is not None)


def open_plans(desk: Desk, plan_ids: Sequence[int]) -> list[Chosen]:
    """Return the plans of these ids, or refuse where one of them is not open."""
    chosen = desk.store.plans.choose(plan_ids)
    missing = set(plan_ids) - {plan.id for plan in chosen}
    if missing:
        raise NoSuchPlan(number=min(missing))
    return chosen


def edit(desk: Desk, plan_ids: Sequence[int], fields: PlanFields, *, reason: str, dry_run: bool) -> Outcome:
    """Set some fields of open plans and leave the others."""
    store = desk.store
    with store.change(
        author=desk.author, kind="plan_edited", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        if "status_id" in fields:
            live_status(desk, fields["status_id"])
        chosen = open_plans(desk, plan_ids)
        partners = store.plans.partners(chosen)
        billed = {status.id for status in store.statuses.all() if status.activates}
        beside = store.plans.expected_beside((plan.id for plan in chosen), fields.get("due_at"))
        edited = {plan.id: _edited(desk, change, plan, fields, billed, beside) for plan in chosen}
        tell(desk, len(edited))
        after = {**{plan.id: plan for plan in partners}, **edited}
        _set_yearly(after, fields, store.info.time_zone)
        _follow_leaves(after)
        _check_pairs(desk, after.values())
        before = {plan.id: plan for plan in (*chosen, *partners)}
        changed = [plan for plan in after.values() if plan != before[plan.id]]
        pointless = revise(desk, change, changed)
        change.kind = "plan_postponed" if set(fields) == {"due_at"} else "plan_edited"
        change.facts = {"due": local_text(fields["due_at"], store.info.time_zone)} if "due_at" in fields else {}
        count = len(chosen) if changed else 0
        flows = Flows()
        for plan in edited.values():
            if fields.keys() & {"due_at", "status_id"} and plan != before[plan.id]:
                flows.add(plan.expects_id, plan.status_id, plan.standing.charge, wanted_charge(plan))
        first = min((plan.due_at for plan in edited.values()), default=change.at)
        found = flows.weighed(desk, first, already=len(chosen) - count, pointless=pointless)
        return told(change, count, found)


def _edited(
    desk: Desk,
    change: Change,
    plan: Chosen,
    fields: PlanFields,
    billed: AbstractSet[int],
    beside: Mapping[int, int],
) -> Chosen:
    """Return the plan with these fields; where time or target is new it waits again, from where things stand."""
    reason = fields.get("reason", plan.reason)
    due_at, status_id = fields.get("due_at", plan.due_at), fields.get("status_id", plan.status_id)
    same = (due_at, status_id) == (plan.due_at, plan.status_id) and plan.state is PlanState.PENDING
    if same and plan.due_at <= change.at:
        return replace(plan, reason=reason)
    if not fields.keys() & {"due_at", "status_id"}:
        return replace(plan, reason=reason)
    check_to_come(desk, change, due_at)
    keeps = plan.kind is not PlanKind.LEAVE or status_id in billed
    return replace(
        plan,
        state=PlanState.PENDING,
        due_at=due_at,
        status_id=status_id,
        expects_id=beside.get(plan.id, plan.expects_id),
        charge=plan.charge if keeps else None,
        reason=reason,
        flag="",
        yearly=plan.yearly and anniversary(due_at, desk.store.info.time_zone),
    )


def _set_yearly(plans: dict[int, Chosen], fields: PlanFields, zone: str) -> None:
    """Let vacations come again every year, or no more: both halves of each."""
    if "yearly" not in fields:
        return
    halves = Counter(plan.pair_id for plan in plans.values())
    for plan in plans.values():
        if fields["yearly"] and (plan.pair_id is None or halves[plan.pair_id] < _HALVES):
            raise YearlyNeedsReturn
        wanted = plan.yearly or anniversary(plan.due_at, zone) if fields["yearly"] else ""
        plans[plan.id] = replace(plan, yearly=wanted)


def _follow_leaves(plans: dict[int, Chosen]) -> None:
    """Let returns wait for the status that their leave, which waits itself, is going to give."""
    leaves = {plan.pair_id: plan for plan in plans.values() if plan.kind is PlanKind.LEAVE and plan.state.open}
    for plan in plans.values():
        if plan.kind is PlanKind.RETURN and plan.pair_id in leaves:
            plans[plan.id] = replace(plan, expects_id=leaves[plan.pair_id].status_id)


def _check_pairs(desk: Desk, plans: Iterable[Chosen]) -> None:
    pairs: dict[int, dict[PlanKind, int]] = {}
    for plan in plans:
        if plan.pair_id is not None:
            pairs.setdefault(plan.pair_id, {})[plan.kind] = plan.due_at
    for pair in pairs.values():
        check_order(desk, pair.get(PlanKind.LEAVE), pair.get(PlanKind.RETURN))


def check_order(desk: Desk, leave_at: int | None, return_at: int | None) -> None:
    """Refuse a return that is not after its leave."""
    if leave_at is not None and return_at is not None and return_at <= leave_at:
        zone = desk.store.info.time_zone
        raise ReturnBeforeLeave(back=local_text(return_at, zone), leave=local_text(leave_at, zone))


def cancel(desk: Desk, plan_ids: Sequence[int], *, reason: str, dry_run: bool) -> Outcome:
    """Give plans up, and with a leave its return."""
    store = desk.store
    with store.change(
        author=desk.author, kind="plan_cancelled", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        missing = store.plans.pick_to_give_up(plan_ids)
        if missing:
            raise NoSuchPlan(number=missing[0])
        store.plans.select_accounts()
        before = store.planned.obstructed_selected()
        tell(desk, 0)
        given_up = store.plans.give_up(change.id)
        change.steps += len(given_up)
        tell(desk, len(given_up))
        pointless = len(store.planned.obstructed_selected().keys() - before.keys() - given_up)
        found = Flows().weighed(desk, change.at, already=0, pointless=pointless)
        return told(change, len(given_up), found)


def apply_now(
    desk: Desk, plan_ids: Sequence[int], *, reason: str, dry_run: bool, progress: Progress | None
) -> Outcome:
    """Carry plans out at once, as a deliberate step of a person."""
    with desk.store.change(
        author=desk.author, kind="plan_applied", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        chosen = open_plans(desk, plan_ids)
        settled = settle(desk, change, chosen, deliberate=True, progress=progress)
        change.keep = change.keep and bool(settled.done or settled.skipped)
        return settled.outcome(change)
