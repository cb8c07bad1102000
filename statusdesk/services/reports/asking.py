"""What all reports share: the moment a report is of, statuses as they were, and one state of the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from statusdesk.domain.instants import now
from statusdesk.domain.scopes import ALL, Dimension, Scope
from statusdesk.store.report_flows import Flows
from statusdesk.store.report_groups import ONE_GROUP, Question
from statusdesk.store.report_moments import NOW, Moment, StatusHistory, end_of, one_state, through
from statusdesk.store.report_states import States

if TYPE_CHECKING:
    from collections.abc import Iterable

    from statusdesk.store.report_flows import Counts
    from statusdesk.store.store import Store

__all__ = ["ALL", "NOW", "ONE_GROUP", "Asking", "Dimension", "Moment", "Scope", "one_state"]

StatusCounts = dict[int, tuple[int, int]]
"""By status id, open accounts and the sum of their monthly charges in minor units."""


def moment_of(store: Store, *, on: str | None = None, at: int | None = None) -> Moment:
    """Return the end of the day `on` (ISO), or the instant `at` with all that took effect at it, or now."""
    if on is not None:
        return end_of(on, store.info.time_zone)
    return NOW if at is None else through(at)


@dataclass(slots=True)
class Asking:
    """One report being asked of a store: its scope and split, and the store's ways to answer."""

    store: Store
    scope: Scope = ALL
    split: Dimension | None = None
    flows: Flows = field(init=False)
    states: States = field(init=False)
    statuses: StatusHistory = field(init=False)

    def __post_init__(self) -> None:
        """Read what statuses were; to be called within `one_state`."""
        zone = self.store.info.time_zone
        self.flows = Flows(self.store.db, zone)
        self.states = States(self.store.db, zone)
        self.statuses = StatusHistory(self.store.db)

    @property
    def question(self) -> Question:
        """The scope and the split, as the store takes them."""
        return Question(self.scope, self.split)

    @property
    def zone(self) -> str:
        """The database's time zone (IANA)."""
        return self.store.info.time_zone


def present(at: int | None) -> int:
    """Return the instant given (UTC milliseconds), or the present one."""
    return now() if at is None else at


def by_group(counts: Counts) -> dict[str, StatusCounts]:
    """Return the counts of each group by status."""
    found: dict[str, StatusCounts] = {}
    for (group, status_id), pair in counts.items():
        found.setdefault(group, {})[status_id] = pair
    return found


def in_order(groups: Iterable[str]) -> list[str]:
    """Return the values by which a report is split, by name, "no value" last."""
    return sorted(groups, key=lambda value: (not value, value.casefold(), value))
