"""Vacations in one step: leave and return, another return, and coming back at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from statusdesk.domain.admission import NOTHING, Details
from statusdesk.domain.changes import Outcome, weigh
from statusdesk.domain.errors import ChargeNeedsService, YearlyNeedsReturn
from statusdesk.domain.instants import local_text
from statusdesk.domain.plans import PlanKind, PlanState, anniversary
from statusdesk.services.admitting import Admitted, admit, give_now
from statusdesk.services.plan_verbs import Flows, check_order, check_to_come, put_on_record, told
from statusdesk.services.settling import MOVED, settle
from statusdesk.services.status_verbs import live_status
from statusdesk.store import admitting, moves, selections
from statusdesk.store.plan_records import NewPlan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from statusdesk.domain.changes import Selection
    from statusdesk.services.desk import Desk
    from statusdesk.store.moves import Progress
    from statusdesk.store.store import Change


@dataclass(frozen=True, slots=True)
class Vacation:
    """What is wished for. Instants are UTC milliseconds; None is “now” for the leave, “not yet” for the return.

    `charge` is minor units a month while away; None leaves it.
    """

    status_id: int
    leave_at: int | None
    return_at: int | None
    yearly: bool = False
    charge: int | None = None
    details: Details = NOTHING


def plan_vacation(
    desk: Desk,
    selection: Selection,
    wish: Vacation,
    *,
    reason: str,
    dry_run: bool,
    progress: Progress | None,
) -> Outcome:
    """Plan leave and return of the selected accounts; those that leave now are moved in the same step."""
    store = desk.store
    with store.change(author=desk.author, kind="", reason=reason, at=desk.clock(), keep=not dry_run) as change:
        leave_at = change.at if wish.leave_at is None else wish.leave_at
        _check(desk, change, wish, leave_at)
        count = selections.fill(store.db, selection)
        leaving = list(_leaving(desk, wish, leave_at))
        admitted = _admitted(desk, wish, reason, leaving)
        going = [row for row in leaving if row[1] not in {wish.status_id, *admitted.barred}]
        plans = list(_pairs(going, wish, leave_at, reason, store.info.time_zone))
        flows = Flows()
        for _, status, charge in going:
            flows.add(status, wish.status_id, charge, charge if wish.charge is None else wish.charge)
        change.facts = _facts(desk, wish, leave_at)
        lost = put_on_record(desk, change, plans, None if wish.leave_at is None else progress)
        already = count - len(going)
        if wish.leave_at is not None:
            change.kind = "vacation_planned" if wish.return_at is not None else "plan_made"
            give_now(desk, change, admitted, (row[0] for row in going))
            found = flows.weighed(desk, leave_at, already=already, pointless=lost)
            return told(change, len(going), admitted.told(found))
        change.kind = "vacation_begun" if wish.return_at is not None else "reassign"
        before = store.totals(change.at)
        store.plans.propose((account_id, wish.status_id, wish.charge) for account_id, _, _ in going)
        written = store.move(change, moves.as_staged(), progress)
        admitting.give(store.db, written, admitted.given)
        known = store.statuses.by_id()
        found = weigh(
            written.flows, known, before,
            already=already, at=change.at, pointless=lost, levels=store.levels.moved(written),
        )  # fmt: skip
        return told(change, len(going), admitted.told(found))._replace(touched=MOVED)


def _admitted(desk: Desk, wish: Vacation, reason: str, leaving: Iterable[tuple[int, int, int]]) -> Admitted:
    target, counts = live_status(desk, wish.status_id), Counter(status for _, status, _ in leaving)
    return admit(desk, target, reason, replace(wish.details, return_at=wish.return_at), counts=counts)


def _leaving(desk: Desk, wish: Vacation, leave_at: int) -> Iterator[tuple[int, int, int]]:
    """Yield id, status and charge of each account in `temp.selection` as it leaves."""
    for account_id, status, then, charge in desk.store.plans.expected(leave_at):
        yield account_id, status if wish.leave_at is None else then, charge


def _check(desk: Desk, change: Change, wish: Vacation, leave_at: int) -> None:
    target = live_status(desk, wish.status_id)
    check_to_come(desk, change, wish.leave_at, wish.return_at)
    check_order(desk, leave_at, wish.return_at)
    if wish.yearly and wish.return_at is None:
        raise YearlyNeedsReturn
    if wish.charge is not None and not target.activates:
        raise ChargeNeedsService(name=target.name)


def _pairs(
    going: Iterable[tuple[int, int, int]], wish: Vacation, leave_at: int, reason: str, zone: str
) -> Iterator[NewPlan]:
    """Yield the leave of each account and its return, where there is one."""
    every = anniversary(leave_at, zone) if wish.yearly else ""
    now = wish.leave_at is None
    for pair, (account_id, status, charge) in enumerate(going):
        leave = NewPlan(
            account_id, PlanKind.LEAVE, leave_at, wish.status_id, status, reason, wish.charge, every, pair,
            state=PlanState.APPLIED if now else PlanState.PENDING,
        )  # fmt: skip
        yield leave
        if wish.return_at is not None:
            yield replace(
                leave,
                kind=PlanKind.RETURN,
                due_at=wish.return_at,
                status_id=status,
                expects_id=wish.status_id,
                charge=charge if now and wish.charge is not None else None,
                yearly=anniversary(wish.return_at, zone) if wish.yearly else "",
                state=PlanState.PENDING,
            )


def _facts(desk: Desk, wish: Vacation, leave_at: int) -> dict[str, str]:
    zone = desk.store.info.time_zone
    facts = {"status": live_status(desk, wish.status_id).name, "due": local_text(leave_at, zone)}
    return facts if wish.return_at is None else {**facts, "back": local_text(wish.return_at, zone)}


def extend(
    desk: Desk, selection: Selection, return_at: int, *, home: int | None, reason: str, dry_run: bool
) -> Outcome:
    """Set another return, this once, for accounts that are away; those without one get it."""
    store = desk.store
    with store.change(
        author=desk.author, kind="plan_extended", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        check_to_come(desk, change, return_at)
        selections.fill(store.db, selection)
        here = {account_id: status for account_id, status, _, _ in store.plans.expected(change.at)}
        returns = {plan.account_id: plan for plan in reversed(store.plans.choose_returns())}
        homes, unknown = _homes(desk, here.keys() - returns.keys(), home)
        revised = [
            replace(
                plan,
                state=PlanState.PENDING,
                flag="",
                due_at=return_at,
                expects_id=plan.standing.status_id or plan.expects_id,
            )
            for plan in returns.values()
        ]
        changed = [plan for plan in revised if plan != returns[plan.account_id]]
        change.steps += store.plans.revise(change.id, changed)
        new = [
            NewPlan(account_id, PlanKind.RETURN, return_at, home, here[account_id], reason)
            for account_id, home in homes.items()
        ]
        store.plans.make(change.id, new, author=desk.author, at=change.at)
        change.facts = {"due": local_text(return_at, store.info.time_zone)}
        outcome = told(change, len(changed) + len(new), None, already=len(revised) - len(changed))
        return outcome._replace(left=tuple(unknown))


def _homes(desk: Desk, account_ids: Iterable[int], otherwise: int | None) -> tuple[dict[int, int], list[int]]:
    """Return where accounts that are away without a planned return belong; and those of which nobody knows.

    `otherwise` is where those belong whose past does not tell.
    """
    store, statuses = desk.store, desk.store.statuses.by_id()
    if otherwise is not None:
        live_status(desk, otherwise)
    away = store.planned.away_among(account_ids)
    left = store.planned.left_from(away)
    homes: dict[int, int] = {}
    unknown: list[int] = []
    for account_id in sorted(account_ids):
        home = left.get(account_id)
        if account_id in away and (home is None or not statuses[home].live):
            home = otherwise
        if home is None:
            unknown.append(account_id)
        else:
            homes[account_id] = home
    return homes, unknown


def return_now(
    desk: Desk,
    selection: Selection,
    *,
    home: int | None,
    reason: str,
    dry_run: bool,
    progress: Progress | None,
) -> Outcome:
    """Bring accounts that are away back at once."""
    store = desk.store
    with store.change(
        author=desk.author, kind="plan_returned", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        selections.fill(store.db, selection)
        selected = {account_id for account_id, *_ in store.plans.expected(change.at)}
        returns = store.plans.choose_returns()
        homes, unknown = _homes(desk, selected - {plan.account_id for plan in returns}, home)
        settled = settle(desk, change, returns, deliberate=True, also=homes, progress=progress)
        done = len(settled.done) + len(homes)
        change.keep = change.keep and bool(done or settled.skipped)
        change.facts = {"count": str(done)}
        outcome = settled.outcome(change)
        return outcome._replace(changed=done, left=(*outcome.left, *unknown))
