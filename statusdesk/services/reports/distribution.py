"""How accounts spread over statuses and stages: now, or exactly as it was on any day or at any instant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.distribution import shares
from statusdesk.domain.records import STAGES, Stage, Status
from statusdesk.domain.scopes import ALL, Dimension, Part, Scope
from statusdesk.services.reports.asking import (
    ONE_GROUP,
    Asking,
    StatusCounts,
    by_group,
    in_order,
    moment_of,
    one_state,
)
from statusdesk.store.statuses import in_order as status_order

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable

    from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class StatusShare:
    """A status as it was then, its accounts, share (tenths of a percent) and monthly charge (minor units)."""

    status: Status
    accounts: int
    share: int
    charge: int


@dataclass(frozen=True, slots=True)
class StageShare:
    """A stage's accounts, their share in tenths of a percent, and their monthly charge in minor units."""

    stage: Stage
    accounts: int
    share: int
    charge: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """All accounts of a scope by status and by stage; the shares of either add up to 100.0 %.

    `active` are the accounts that were billed and served, `revenue` is their monthly charge in minor units.
    """

    statuses: tuple[StatusShare, ...]
    stages: tuple[StageShare, ...]
    accounts: int
    charge: int
    active: int
    revenue: int


def distribution(
    store: Store, *, on: str | None = None, at: int | None = None, scope: Scope = ALL
) -> Distribution:
    """Return the distribution at the end of the day `on` (ISO), right after the instant `at`, or now.

    Statuses are as they were then. A scope goes by the values that accounts had in these fields then.
    """
    with one_state(store.db):
        return _distributions(Asking(store, scope), on, at)[ONE_GROUP]


def distribution_by(
    store: Store, split: Dimension, *, on: str | None = None, at: int | None = None, scope: Scope = ALL
) -> tuple[Part[Distribution], ...]:
    """Return the same for each value that the accounts had in a field then, by name, "no value" last."""
    with one_state(store.db):
        found = _distributions(Asking(store, scope, split), on, at)
        return tuple(Part(value, found[value]) for value in in_order(found))


def accounts_in(
    store: Store,
    status_ids: Iterable[int],
    *,
    on: str | None = None,
    at: int | None = None,
    scope: Scope = ALL,
) -> array[int]:
    """Return the ids of the accounts behind a distribution's figure: those in these statuses then."""
    with one_state(store.db):
        asking = Asking(store, scope)
        return asking.states.members(moment_of(store, on=on, at=at), asking.question, status_ids)


def _distributions(asking: Asking, on: str | None, at: int | None) -> dict[str, Distribution]:
    moment = moment_of(asking.store, on=on, at=at)
    (counts,) = asking.flows.counts([moment], asking.question)
    statuses = asking.statuses.at(moment)
    found = by_group(counts)
    if asking.split is None:
        found.setdefault(ONE_GROUP, {})
    return {group: spread(statuses, of_group) for group, of_group in found.items()}


def spread(statuses: dict[int, Status], counts: StatusCounts) -> Distribution:
    """Return the distribution that counts by status make, with each status that was offered or had accounts."""
    shown = sorted(
        (status for status in statuses.values() if status.live or counts.get(status.id, (0, 0)) != (0, 0)),
        key=status_order,
    )
    pairs = [counts.get(status.id, (0, 0)) for status in shown]
    parts = shares(accounts for accounts, _ in pairs)
    lines = tuple(
        StatusShare(status, accounts, share, charge)
        for status, (accounts, charge), share in zip(shown, pairs, parts, strict=True)
    )
    active = [line for line in lines if line.status.activates]
    return Distribution(
        lines,
        _stages(lines),
        sum(line.accounts for line in lines),
        sum(line.charge for line in lines),
        sum(line.accounts for line in active),
        sum(line.charge for line in active),
    )


def together(reports: Iterable[Distribution]) -> Distribution:
    """Return the distribution of all parts of a split one."""
    statuses: dict[int, Status] = {}
    sums: dict[int, tuple[int, int]] = {}
    for report in reports:
        for line in report.statuses:
            statuses[line.status.id] = line.status
            accounts, charge = sums.get(line.status.id, (0, 0))
            sums[line.status.id] = accounts + line.accounts, charge + line.charge
    return spread(statuses, sums)


def _stages(lines: tuple[StatusShare, ...]) -> tuple[StageShare, ...]:
    by_stage = {stage: [line for line in lines if line.status.stage is stage] for stage in STAGES}
    sums = [
        (stage, sum(line.accounts for line in inside), sum(line.charge for line in inside))
        for stage, inside in by_stage.items()
        if inside
    ]
    parts = shares(accounts for _, accounts, _ in sums)
    return tuple(
        StageShare(stage, accounts, share, charge)
        for (stage, accounts, charge), share in zip(sums, parts, strict=True)
    )
