"""Changes planned for later, as far as reports are concerned: who starts and who stops paying, and when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.instants import day_of
from statusdesk.store.report_waits import standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from statusdesk.store.report_groups import Question
    from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One account that is going to move into a status at an instant (UTC milliseconds)."""

    account_id: int
    due_at: int
    status_id: int


@dataclass(frozen=True, slots=True)
class PlannedCrossing:
    """A planned step over the border of activation: it starts, or stops, a monthly charge (minor units).

    The day (ISO) is one of the database's time zone.
    """

    account_id: int
    group: str
    day: str
    starts: bool
    charge: int


def planned_steps(store: Store) -> list[PlannedStep]:
    """Return the pending plans that can be carried out as things stand, in due order."""
    odd = store.planned.obstructed()
    return [PlannedStep(*step) for plan_id, *step in store.planned.steps() if plan_id not in odd]


def planned_crossings(store: Store, steps: Iterable[PlannedStep], question: Question) -> list[PlannedCrossing]:
    """Return which of the steps cross the border, in order; charges are the accounts' present ones.

    Each account's steps follow each other from the status in which it is now. Closed ones are left out.
    """
    by_account: dict[int, list[PlannedStep]] = defaultdict(list)
    for step in sorted(steps, key=lambda step: step.due_at):
        by_account[step.account_id].append(step)
    activates = {status.id: status.activates for status in store.statuses.by_id().values()}
    found = []
    for account in standing(store.db, by_account, question).values():
        active = activates[account.status_id]
        for step in by_account[account.account_id]:
            if activates[step.status_id] is not active:
                active = not active
                day = day_of(step.due_at, store.info.time_zone)
                found.append(PlannedCrossing(account.account_id, account.group, day, active, account.charge))
    return sorted(found, key=lambda crossing: (crossing.day, crossing.account_id))
