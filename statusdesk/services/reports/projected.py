"""The projected revenue as one figure, what is billed now, and what is committed on top of it, quickly."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.scopes import ALL, Scope
from statusdesk.services.reports.asking import ONE_GROUP, one_state
from statusdesk.services.reports.basis import pending_statuses
from statusdesk.services.reports.planning import PlannedStep, planned_crossings
from statusdesk.services.reports.revenue import active_revenue, pending_installs
from statusdesk.store.report_flows import Flows
from statusdesk.store.report_groups import Question
from statusdesk.store.report_waits import standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Projected:
    """The current revenue with what is committed on top of it (minor units), and how many accounts change it."""

    committed: int
    installs: int
    starts: int
    stops: int


def projected(store: Store, *, planned: Iterable[PlannedStep] = (), scope: Scope = ALL) -> Projected:
    """Return the sums of `revenue` without its weeks and its expectation, which is much quicker."""
    with one_state(store.db):
        question = Question(scope)
        waits = pending_statuses(store.statuses.by_id())
        counts = Flows(store.db, store.info.time_zone).now(question)
        crossings = planned_crossings(store, planned, question)
        starts = [one for one in crossings if one.starts]
        stops = [one for one in crossings if not one.starts]
        starting = {one.account_id for one in starts}
        counted = [one for one in standing(store.db, starting, question).values() if one.status_id in waits]
        installs = [pair for (_, status_id), pair in counts.items() if status_id in waits]
        _, current = active_revenue(store, counts, ONE_GROUP)
        pending = sum(charge for _, charge in installs) - sum(one.charge for one in counted)
        return Projected(
            current + pending + sum(one.charge for one in starts) - sum(one.charge for one in stops),
            sum(accounts for accounts, _ in installs) - len(counted),
            len(starts),
            len(stops),
        )


def accounts_projected(store: Store, *, planned: Iterable[PlannedStep] = (), scope: Scope = ALL) -> array[int]:
    """Return the ids of the accounts that make the difference between the current and the projected revenue."""
    with one_state(store.db):
        question = Question(scope)
        crossings = planned_crossings(store, planned, question)
        found = {one.account_id for one in pending_installs(store, question, crossings)}
        return array("q", sorted(found | {one.account_id for one in crossings}))
