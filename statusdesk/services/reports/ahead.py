"""The distribution on a day to come: as things are, with what is planned and the installs until then carried out.

An install that is due between today and that day is expected to make its account Active, the status that every
database has. One whose day has passed is not expected any more; what is planned goes where the plan says.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.scopes import ALL, Dimension, Part, Scope
from statusdesk.services.reports.asking import NOW, ONE_GROUP, Asking, by_group, in_order, one_state, present
from statusdesk.services.reports.distribution import Distribution, spread
from statusdesk.services.reports.prospects import prospects, shift
from statusdesk.store.report_moments import end_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from statusdesk.services.reports.planning import PlannedStep
    from statusdesk.store.report_waits import Waiting
    from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Ahead:
    """A distribution that is expected, and what it rests on: accounts to be installed, and accounts with plans."""

    distribution: Distribution
    installs: int
    planned: int


def distribution_ahead(
    store: Store,
    on: str,
    *,
    at: int | None = None,
    planned: Iterable[PlannedStep] = (),
    scope: Scope = ALL,
) -> Ahead:
    """Return what is expected at the end of the day `on` (ISO); `at` is the present instant (UTC milliseconds)."""
    with one_state(store.db):
        asking = Asking(store, scope)
        return _ahead(asking, _moves(asking, on, present(at), planned))[ONE_GROUP]


def distribution_ahead_by(
    store: Store,
    split: Dimension,
    on: str,
    *,
    at: int | None = None,
    planned: Iterable[PlannedStep] = (),
    scope: Scope = ALL,
) -> tuple[Part[Ahead], ...]:
    """Return the same for each value that accounts have in a field now, by name, "no value" last."""
    with one_state(store.db):
        asking = Asking(store, scope, split)
        found = _ahead(asking, _moves(asking, on, present(at), planned))
        return tuple(Part(value, found[value]) for value in in_order(found))


def accounts_ahead(
    store: Store,
    status_ids: Iterable[int],
    on: str,
    *,
    at: int | None = None,
    planned: Iterable[PlannedStep] = (),
    scope: Scope = ALL,
) -> array[int]:
    """Return the ids of the accounts that are expected in one of the statuses at the end of a day to come."""
    with one_state(store.db):
        asking, wanted = Asking(store, scope), frozenset(status_ids)
        found = set(asking.states.members(NOW, asking.question, wanted))
        for move in _moves(asking, on, present(at), planned):
            found.discard(move.account.account_id)
            if move.status_id in wanted:
                found.add(move.account.account_id)
        return array("q", sorted(found))


@dataclass(frozen=True, slots=True)
class _Move:
    """An account as it stands now, and the status in which it is expected."""

    account: Waiting
    status_id: int
    planned: bool


def _moves(asking: Asking, on: str, at: int, planned: Iterable[PlannedStep]) -> list[_Move]:
    end = end_of(on, asking.zone)
    found = []
    for prospect in prospects(asking, on, at, planned):
        turns = [turn for turn in prospect.turns if turn.at < end.at]
        if turns:
            found.append(_Move(prospect.account, turns[-1].status_id, turns[-1].planned))
    return found


def _ahead(asking: Asking, moves: list[_Move]) -> dict[str, Ahead]:
    counts = asking.flows.now(asking.question)
    of_group: dict[str, list[_Move]] = defaultdict(list)
    for move in moves:
        of_group[move.account.group].append(move)
        shift(counts, move.account, move.account.status_id, move.status_id)
    groups = by_group(counts)
    if asking.split is None:
        groups.setdefault(ONE_GROUP, {})
    statuses = asking.store.statuses.by_id()
    return {
        group: Ahead(
            spread(statuses, pairs),
            sum(not move.planned for move in of_group[group]),
            sum(move.planned for move in of_group[group]),
        )
        for group, pairs in groups.items()
    }
