"""Carries out what is due: in due order, exactly once, dated at its time; what is doubtful is left to a person.

Each group, of one due instant and one target, is one transaction, whole or not. It looks again under the write
lock, so two programs at one file never do the same twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from statusdesk.services import unpaid
from statusdesk.services.settling import settle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from statusdesk.domain.plans import Flag
    from statusdesk.services.desk import Desk
    from statusdesk.services.unpaid import UnpaidStep

AUTHOR = "StatusDesk"
"""Who is said to have carried out what came due: nobody's Undo takes that back by accident."""


@dataclass(frozen=True, slots=True)
class DueGroup:
    """The plans of one due instant (UTC milliseconds) and target: what came of each, by plan id.

    `skipped` are those whose account was there already. `change_set` is None on a dry run.
    """

    due_at: int
    status_id: int
    change_set: int | None
    done: tuple[int, ...]
    skipped: tuple[int, ...]
    flagged: Mapping[int, Flag] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DueReport:
    """What came due and what was made of it, in the order in which it was done.

    `unpaid` is what the rule for those who do not pay did after that.
    """

    groups: tuple[DueGroup, ...] = ()
    unpaid: tuple[UnpaidStep, ...] = ()

    @property
    def done(self) -> int:
        """How many plans were carried out."""
        return sum(len(group.done) for group in self.groups)

    @property
    def skipped(self) -> int:
        """How many needed no doing."""
        return sum(len(group.skipped) for group in self.groups)

    @property
    def flagged(self) -> int:
        """How many were left to a person."""
        return sum(len(group.flagged) for group in self.groups)


def apply_due(desk: Desk, *, at: int | None = None, dry_run: bool = False) -> DueReport:
    """Carry out all that is due at an instant (UTC milliseconds; default: the desk's now).

    A dry run does the same and keeps nothing. Where nothing is due the write lock is not asked for.
    """
    store = desk.store
    groups: list[DueGroup] = []
    until = desk.clock() if at is None else at
    if dry_run:
        with store.db.transaction() as transaction:
            transaction.keep = False
            while (group := _next(desk, until, dry_run=True)) is not None:
                groups.append(group)
            return DueReport(tuple(groups), tuple(unpaid.apply_rule(desk, until, dry_run=True)))
    while store.plans.first_due(until) is not None:
        with store.db.transaction():
            group = _next(desk, until, dry_run=False)
        if group is not None:
            groups.append(group)
    return DueReport(tuple(groups), tuple(unpaid.apply_rule(desk, until, dry_run=False)))


def _next(desk: Desk, at: int, *, dry_run: bool) -> DueGroup | None:
    """Settle the group that comes first, within the transaction that is under way."""
    store = desk.store
    head = store.plans.first_due(at)
    if head is None:
        return None
    due_at, status_id = head
    with store.writing(author=AUTHOR, kind="plan_applied", at=at) as change:
        settled = settle(desk, change, store.plans.choose_due(due_at, status_id), effective_at=due_at)
        if not settled.done:
            change.kind = "plan_found_done" if settled.skipped else "plan_flagged"
        if settled.flagged and change.kind != "plan_flagged":
            change.facts["flagged"] = str(len(settled.flagged))
    return DueGroup(
        due_at,
        status_id,
        None if dry_run else change.id,
        tuple(plan.id for plan in settled.done),
        tuple(plan.id for plan in settled.skipped),
        {plan.id: settled.flags[plan.id] for plan in settled.flagged},
    )
