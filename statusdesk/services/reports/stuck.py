"""Stuck accounts: longer in a status than the office allows, or than nine of ten of its own past stays lasted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.records import Stage, Status
from statusdesk.domain.scopes import ALL, Dimension, Part, Scope
from statusdesk.services.reports.asking import ONE_GROUP, in_order, one_state, present
from statusdesk.store.report_groups import Question
from statusdesk.store.report_moments import Moment
from statusdesk.store.report_waits import ids_over_cutoffs, over_cutoffs, set_cutoffs, usual_stays
from statusdesk.store.statuses import in_order as status_order

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Mapping

    from statusdesk.store.report_waits import UsualStay
    from statusdesk.store.store import Store

DAY = 86_400_000
"""Milliseconds in a day of a limit: 24 hours, whatever the clocks do."""

PERCENT = 90
PAST_DAYS = 730
"""Stays that ended longer ago say nothing about what is usual today."""

MIN_CASES = 20
"""So many finished stays a status needs before they say what is usual for it."""

PASSING_STAGES = frozenset({Stage.PROSPECT, Stage.ONBOARDING, Stage.PAUSED, Stage.DEBT})
"""Stages in which nobody is meant to stay; the others are watched only where a limit is set."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A status that is watched, and the accounts there that are over its limit.

    `limit` (milliseconds) is the one set by the office, else the usual one; None: too few stays to say, `cases`
    of them. `since` is that of the account which is there longest (UTC milliseconds).
    """

    status: Status
    limit: int | None
    set_by_office: bool
    cases: int
    accounts: int
    since: int | None


def stuck(
    store: Store, limits: Mapping[int, int] | None = None, *, at: int | None = None, scope: Scope = ALL
) -> tuple[Stuck, ...]:
    """Return the watched statuses that have accounts, in people's order.

    `limits` are days by status id; a status without one goes by its own past, in the stages one passes through.
    `at` is the present instant (UTC milliseconds).
    """
    with one_state(store.db):
        return _stuck(store, limits or {}, present(at), Question(scope)).get(ONE_GROUP, ())


def stuck_by(
    store: Store,
    split: Dimension,
    limits: Mapping[int, int] | None = None,
    *,
    at: int | None = None,
    scope: Scope = ALL,
) -> tuple[Part[tuple[Stuck, ...]], ...]:
    """Return the same for each value of a field; what is usual is that of all accounts."""
    with one_state(store.db):
        found = _stuck(store, limits or {}, present(at), Question(scope, split))
        return tuple(Part(value, found[value]) for value in in_order(found))


def stuck_accounts(
    store: Store,
    status_ids: Iterable[int],
    limits: Mapping[int, int] | None = None,
    *,
    at: int | None = None,
    scope: Scope = ALL,
) -> array[int]:
    """Return the ids of the accounts that are stuck in these statuses, longest there first."""
    with one_state(store.db):
        watched = _watched(store, limits or {}, present(at))
        wanted = {status_id: watched[status_id] for status_id in set(status_ids) & watched.keys()}
        _set_cutoffs(store, wanted, present(at))
        return ids_over_cutoffs(store.db, Question(scope))


@dataclass(frozen=True, slots=True)
class _Watch:
    status: Status
    limit: int | None
    set_by_office: bool
    cases: int


def _watched(store: Store, limits: Mapping[int, int], at: int) -> dict[int, _Watch]:
    statuses = [status for status in store.statuses.by_id().values() if not status.deleted]
    watched = [status for status in statuses if status.id in limits or status.stage in PASSING_STAGES]
    since = Moment(at - PAST_DAYS * DAY)
    unlimited = [status.id for status in watched if status.id not in limits]
    usual = usual_stays(store.db, unlimited, PERCENT, since, store.info.time_zone)
    return {status.id: _watch(status, limits.get(status.id), usual.get(status.id)) for status in watched}


def _watch(status: Status, days: int | None, usual: UsualStay | None) -> _Watch:
    cases = usual.cases if usual else 0
    if days is not None:
        return _Watch(status, days * DAY, True, cases)
    return _Watch(status, usual.length if usual and cases >= MIN_CASES else None, False, cases)


def _set_cutoffs(store: Store, watched: Mapping[int, _Watch], at: int) -> None:
    cutoffs = {
        status_id: None if watch.limit is None else at - watch.limit for status_id, watch in watched.items()
    }
    set_cutoffs(store.db, cutoffs)


def _stuck(store: Store, limits: Mapping[int, int], at: int, question: Question) -> dict[str, tuple[Stuck, ...]]:
    watched = _watched(store, limits, at)
    _set_cutoffs(store, watched, at)
    found: dict[str, list[Stuck]] = {}
    for group, status_id, accounts, since in over_cutoffs(store.db, question):
        watch = watched[status_id]
        found.setdefault(group, []).append(
            Stuck(watch.status, watch.limit, watch.set_by_office, watch.cases, accounts, since)
        )
    return {
        group: tuple(sorted(lines, key=lambda line: status_order(line.status))) for group, lines in found.items()
    }
