"""What came of leads by source and of ended accounts by reason, walked through the journal from end to end.

A case begins when an account comes into one of the statuses asked for, and is over when it leaves them. What was
undone never happened. Statuses count as what they are today.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING

from statusdesk.domain.records import Stage
from statusdesk.domain.worklists import Tally
from statusdesk.store import worklists

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from statusdesk.domain.records import Status
    from statusdesk.store.store import Store
    from statusdesk.store.worklists import Step

_DAY = 86_400_000


@dataclass(slots=True)
class Case:
    """One stay of an account: how it began, and how it ended, if it did."""

    account_id: int
    began: int
    begun_by: int
    name: str = ""
    ended: int | None = None
    ended_by: int | None = None
    won: bool = False


class _Cases:
    """The cases of all accounts while the journal is walked through."""

    def __init__(self, inside: Collection[int], wins: Callable[[int | None], bool]) -> None:
        self._inside = inside
        self._wins = wins
        self.of: dict[int, list[Case]] = defaultdict(list)

    def take(self, step: Step) -> None:
        """Take in a step of an account into the statuses, out of them, or from one of them to another."""
        cases = self.of[step.account_id]
        last = cases[-1] if cases else None
        was, now = step.old in self._inside, step.new in self._inside
        if was == now:
            return
        if now:
            if last is not None and step.reverts is not None and step.reverts == last.ended_by:
                last.ended, last.ended_by, last.won = None, None, False
            else:
                cases.append(Case(step.account_id, step.at, step.change_set))
        elif last is not None:
            if step.undone and step.reverts == last.begun_by:
                cases.pop()
            else:
                last.ended, last.ended_by, last.won = step.at, step.change_set, self._wins(step.new)

    def all(self) -> Iterable[Case]:
        """Return them all."""
        return (case for cases in self.of.values() for case in cases)


def by_source(store: Store) -> list[Tally]:
    """Return what came of leads by their source, the most frequent first; “won” are those that were converted.

    A lead converts when it leaves the stage Prospect for Onboarding or for a status that activates.
    """
    statuses = store.statuses.by_id()

    def converts(status_id: int | None) -> bool:
        status = None if status_id is None else statuses[status_id]
        return status is not None and (status.stage is Stage.ONBOARDING or status.activates)

    prospects = _of_stage(statuses, Stage.PROSPECT)
    cases = _Cases(prospects, converts)
    for step in worklists.steps(store.db, prospects):
        cases.take(step)
    sources = worklists.values_of(store.db, "lead_source")
    for case in cases.all():
        case.name = sources.get(case.account_id, "")
    return _summed(cases.all())


def by_reason(store: Store) -> list[Tally]:
    """Return how many of the accounts that ended came back, by the reason why; the most frequent reason first.

    An account came back when it left the stage Ended for a status that activates, or for Onboarding. The reason of
    an ending may have been filled in later. Leads that came to nothing never were accounts to lose: they are not
    counted.
    """
    statuses = store.statuses.by_id()
    over = _of_stage(statuses, Stage.ENDED)
    prospects = _of_stage(statuses, Stage.PROSPECT)

    def returns(status_id: int | None) -> bool:
        status = None if status_id is None else statuses[status_id]
        return status is not None and (status.stage is Stage.ONBOARDING or status.activates)

    cases = _Cases(over, returns)
    reasons = worklists.field_steps(store.db, "disconnect_reason")
    place, never = 0, set[tuple[int, int]]()
    for step in worklists.steps(store.db, over):
        while place < len(reasons) and reasons[place][0] < step.entry_id:
            _name(cases, *reasons[place][1:])
            place += 1
        if step.old in prospects:
            never.add((step.account_id, step.change_set))
        cases.take(step)
    for _, account_id, reason in reasons[place:]:
        _name(cases, account_id, reason)
    return _summed(case for case in cases.all() if (case.account_id, case.begun_by) not in never)


def _name(cases: _Cases, account_id: int, reason: str) -> None:
    if cases.of[account_id]:
        cases.of[account_id][-1].name = reason


def _of_stage(statuses: Mapping[int, Status], stage: Stage) -> frozenset[int]:
    return frozenset(status.id for status in statuses.values() if status.stage is stage)


def _summed(cases: Iterable[Case]) -> list[Tally]:
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.name].append(case)
    found = [_tally(name, group) for name, group in groups.items()]
    return sorted(found, key=lambda tally: (-tally.cases, tally.name))


def _tally(name: str, cases: list[Case]) -> Tally:
    lengths = [(case.ended - case.began) // _DAY for case in cases if case.won and case.ended is not None]
    still = tuple(case.account_id for case in cases if case.ended is None)
    return Tally(name, len(cases), len(lengths), len(still), median_low(lengths) if lengths else None, still)
