"""Ghosts: accounts that are not active but may still cost a provider's fee, and active ones that pay nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.scopes import ALL, Dimension, Part, Scope
from statusdesk.services.reports.asking import ONE_GROUP, in_order, one_state
from statusdesk.store import report_ghosts
from statusdesk.store.report_groups import Question
from statusdesk.store.statuses import in_order as status_order

if TYPE_CHECKING:
    from array import array

    from statusdesk.domain.records import Status
    from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Accounts of a status that does not activate which still have a RADIUS user, an IP address, or both."""

    status: Status
    accounts: int
    with_radius_user: int
    with_ip_addresses: int


@dataclass(frozen=True, slots=True)
class Free:
    """Accounts of a status that activates whose monthly charge is nothing."""

    status: Status
    accounts: int


@dataclass(frozen=True, slots=True)
class Ghosts:
    """Both kinds, by status in people's order; statuses without any are left out."""

    leftovers: tuple[Leftovers, ...] = ()
    free: tuple[Free, ...] = ()


def ghosts(store: Store, *, scope: Scope = ALL) -> Ghosts:
    """Return the ghosts there are now."""
    with one_state(store.db):
        return _ghosts(store, Question(scope)).get(ONE_GROUP, Ghosts())


def ghosts_by(store: Store, split: Dimension, *, scope: Scope = ALL) -> tuple[Part[Ghosts], ...]:
    """Return the same for each value of a field; values without ghosts are left out."""
    with one_state(store.db):
        found = _ghosts(store, Question(scope, split))
        return tuple(Part(value, found[value]) for value in in_order(found))


def leftover_accounts(store: Store, *, scope: Scope = ALL) -> array[int]:
    """Return the ids of accounts that do not activate but have a RADIUS user or an IP address."""
    with one_state(store.db):
        return report_ghosts.ids(store.db, report_ghosts.LEFTOVER, Question(scope))


def free_accounts(store: Store, *, scope: Scope = ALL) -> array[int]:
    """Return the ids of accounts that activate but have no monthly charge."""
    with one_state(store.db):
        return report_ghosts.ids(store.db, report_ghosts.FREE, Question(scope))


def _ghosts(store: Store, question: Question) -> dict[str, Ghosts]:
    statuses = store.statuses.by_id()
    leftovers: dict[str, list[Leftovers]] = {}
    free: dict[str, list[Free]] = {}
    for group, status_id, *counts in report_ghosts.leftovers(store.db, question):
        leftovers.setdefault(group, []).append(Leftovers(statuses[status_id], *counts))
    for group, status_id, accounts in report_ghosts.free(store.db, question):
        free.setdefault(group, []).append(Free(statuses[status_id], accounts))
    return {
        group: Ghosts(
            tuple(sorted(leftovers.get(group, ()), key=lambda line: status_order(line.status))),
            tuple(sorted(free.get(group, ()), key=lambda line: status_order(line.status))),
        )
        for group in leftovers.keys() | free.keys()
    }
