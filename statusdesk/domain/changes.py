"""What a change is about to do and has done: selections, flows, consequences, outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from statusdesk.domain.levels import LevelFlow
    from statusdesk.domain.records import Status


class AccountIds(NamedTuple):
    """Exactly these accounts."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Among:
    """Accounts that were found by something else, such as a report: their ids, and what they are called.

    It is equal to itself only: however many they are, comparing takes no time.
    """

    ids: Sequence[int]
    title: str


class Matching(NamedTuple):
    """All open accounts in these statuses (None: any) whose search text contains every word, but for some.

    With `change_set` only accounts that this change set changed, with `among` only those.
    """

    status_ids: frozenset[int] | None = None
    search: str = ""
    excluding: frozenset[int] = frozenset()
    change_set: int | None = None
    among: Among | None = None


Selection = AccountIds | Matching


class Flow(NamedTuple):
    """How many accounts go from one status to another in a change, and their monthly charges (minor units).

    A status of None is "not there": before, for accounts that are made; after, for those that are closed.
    """

    old_status: int | None
    new_status: int | None
    accounts: int
    old_charge: int
    new_charge: int


class Peak(NamedTuple):
    """The largest number of activating accounts in a month (ISO, YYYY-MM) and the instant it was reached."""

    month: str
    accounts: int
    reached_at: int | None = None


class Totals(NamedTuple):
    """What the whole database bills now: activating accounts, their monthly charges, and this month's peak."""

    accounts: int
    billed: int
    revenue: int
    peak: Peak


class Consequences(NamedTuple):
    """What a change does, as its card shows and its commit carries out.

    Charges are minor units per month. `already` counts selected accounts that the change leaves as they are,
    `pointless` the planned changes that can no longer be carried out after it, `levels` the service levels that
    accounts leave and join, `held` the selected accounts that stay because their status, one of `held_from`, may
    not be followed by the new one.
    """

    changed: int
    already: int
    made: int
    closed: int
    starts_billing: int
    stops_billing: int
    before: Totals
    after: Totals
    flows: tuple[Flow, ...] = ()
    pointless: int = 0
    levels: tuple[LevelFlow, ...] = ()
    held: int = 0
    held_from: tuple[int, ...] = ()

    @property
    def revenue_change(self) -> int:
        """Minor units per month gained (positive) or lost."""
        return self.after.revenue - self.before.revenue

    @property
    def needs_card(self) -> bool:
        """True when people must see the card first: several accounts, or billing, plans or the level of one."""
        concerned = self.starts_billing or self.stops_billing or self.pointless or self.levels or self.held
        return self.changed > 1 or bool(concerned)


def weigh(
    flows: Iterable[Flow],
    statuses: Mapping[int, Status],
    before: Totals,
    *,
    already: int,
    at: int,
    pointless: int = 0,
    levels: tuple[LevelFlow, ...] = (),
) -> Consequences:
    """Work out what the flows do to billing, service, revenue and the month's peak.

    `pointless` is how many planned changes the change gets in the way of, `levels` what it does to service levels.
    The card before a change and the report after it both come from here.
    """
    flows = tuple(sorted(flows, key=lambda flow: (flow.old_status or 0, flow.new_status or 0)))

    def activates(status_id: int | None) -> bool:
        return status_id is not None and statuses[status_id].activates

    starts = sum(f.accounts for f in flows if activates(f.new_status) and not activates(f.old_status))
    stops = sum(f.accounts for f in flows if activates(f.old_status) and not activates(f.new_status))
    made = sum(f.accounts for f in flows if f.old_status is None)
    closed = sum(f.accounts for f in flows if f.new_status is None)
    gained = sum(f.new_charge for f in flows if activates(f.new_status))
    lost = sum(f.old_charge for f in flows if activates(f.old_status))
    return Consequences(
        changed=sum(f.accounts for f in flows),
        already=already,
        made=made,
        closed=closed,
        starts_billing=starts,
        stops_billing=stops,
        before=before,
        after=moved(before, accounts=made - closed, billed=starts - stops, revenue=gained - lost, at=at),
        flows=flows,
        pointless=pointless,
        levels=levels,
    )


def activation_flows(
    old: Mapping[int, Status], new: Mapping[int, Status], counts: Mapping[int, tuple[int, int]]
) -> tuple[Flow, ...]:
    """Return the flows of accounts that stay where they are while what their status does is changed.

    `counts` are accounts and charges by status id. A status as it was is known by its id below zero.
    """
    return tuple(
        Flow(-status_id, status_id, accounts, charge, charge)
        for status_id, (accounts, charge) in counts.items()
        if accounts and status_id in old and old[status_id].activates is not new[status_id].activates
    )


def moved(before: Totals, *, accounts: int, billed: int, revenue: int, at: int) -> Totals:
    """Return the totals after these differences, the month's peak raised where the new number passes it."""
    now_billed = before.billed + billed
    raised = now_billed > before.peak.accounts
    peak = Peak(before.peak.month, now_billed, at) if raised else before.peak
    return Totals(before.accounts + accounts, now_billed, before.revenue + revenue, peak)


class Touched(NamedTuple):
    """Which kinds of things a change concerned, so that each screen can decide whether to look again."""

    accounts: bool = False
    statuses: bool = False
    details: bool = False
    settings: bool = False
    plans: bool = False


class Outcome(NamedTuple):
    """What a verb did. `change_set` is None where nothing had to be written.

    `left` are the ids of accounts, `left_statuses` those of statuses, that an undo or redo left alone because
    they were changed again since; `status_id`, `account_id` and `level_id` are those made or edited.
    """

    kind: str
    change_set: int | None = None
    changed: int = 0
    already: int = 0
    left: tuple[int, ...] = ()
    left_statuses: tuple[int, ...] = ()
    status_id: int | None = None
    account_id: int | None = None
    level_id: int | None = None
    consequences: Consequences | None = None
    touched: Touched = Touched()
    facts: Mapping[str, str] = MappingProxyType({})
