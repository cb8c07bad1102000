"""Activations and disconnections by period, with their reasons; pauses and returns on their own lines; churn."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from statusdesk.domain.periods import Period, Step, periods
from statusdesk.domain.scopes import ALL, Dimension, Part, Scope
from statusdesk.services.reports.asking import ONE_GROUP, Asking, in_order, one_state
from statusdesk.services.reports.crossings import COMING, Crossing
from statusdesk.services.reports.walking import Walk, account_ids, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Crossings for one reason ("": none was given), with their monthly charge in minor units."""

    reason: str
    accounts: int
    charge: int


@dataclass(frozen=True, slots=True)
class Line:
    """Crossings of one kind: how many, their monthly charge in minor units, and the reasons, most frequent first.

    An account that crossed twice counts twice. The charge is the new one of those that came, else the old one.
    """

    accounts: int = 0
    charge: int = 0
    reasons: tuple[ReasonLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodMovement:
    """What happened in one period. Charges are minor units a month.

    `active_before` + activated + returned + moved_in − disconnected − paused − closed − moved_out is
    `active_after`; the same holds for revenue, with `charge_changes`: what active accounts pay more or less.
    """

    period: Period
    active_before: int
    revenue_before: int
    lines: Mapping[Crossing, Line]
    charge_changes: int
    active_after: int
    revenue_after: int

    def line(self, crossing: Crossing) -> Line:
        """Return the crossings of one kind; none are an empty line."""
        return self.lines.get(crossing, Line())

    @property
    def churn(self) -> Fraction | None:
        """Disconnections for each account that was active at the beginning; None if none was."""
        return _rate(self.line(Crossing.DISCONNECTED).accounts, self.active_before)

    @property
    def revenue_churn(self) -> Fraction | None:
        """Monthly charge of the disconnected for each unit of revenue at the beginning; None if there was none."""
        return _rate(self.line(Crossing.DISCONNECTED).charge, self.revenue_before)


def movement(
    store: Store, first_day: str, last_day: str, *, step: Step = Step.MONTH, scope: Scope = ALL
) -> tuple[PeriodMovement, ...]:
    """Return what happened from `first_day` to `last_day` (ISO, both included), by period.

    Changing what a status activates is a crossing for each of its accounts. A scope goes by the values that
    accounts had in these fields at each step.
    """
    with one_state(store.db):
        return _movements(Asking(store, scope), periods(first_day, last_day, step))[ONE_GROUP]


def movement_by(
    store: Store,
    split: Dimension,
    first_day: str,
    last_day: str,
    *,
    step: Step = Step.MONTH,
    scope: Scope = ALL,
) -> tuple[Part[tuple[PeriodMovement, ...]], ...]:
    """Return the same for each value that accounts had in a field at each step, "no value" last."""
    with one_state(store.db):
        found = _movements(Asking(store, scope, split), periods(first_day, last_day, step))
        return tuple(Part(value, found[value]) for value in in_order(found))


def accounts_that_moved(
    store: Store,
    crossings: Iterable[Crossing],
    first_day: str,
    last_day: str,
    *,
    reason: str | None = None,
    scope: Scope = ALL,
) -> array[int]:
    """Return the ids of accounts that crossed in one of these ways between two days, for a reason (None: any).

    Each once, even where it crossed several times.
    """
    with one_state(store.db):
        wanted = frozenset(crossings)
        spans = periods(first_day, last_day, Step.MONTH)
        return array("q", sorted(account_ids(Asking(store, scope), spans, wanted, reason)))


def _movements(asking: Asking, spans: list[Period]) -> dict[str, tuple[PeriodMovement, ...]]:
    walked = walk(asking, spans)
    if asking.split is None:
        walked.setdefault(ONE_GROUP, Walk())
    return {group: _periods(spans, of_group) for group, of_group in walked.items()}


@dataclass(slots=True)
class _Sums:
    """What a period's crossings add up to, by kind and reason."""

    reasons: dict[Crossing, dict[str, tuple[int, int]]] = field(default_factory=dict)

    def add(self, crossing: Crossing, reason: str, accounts: int, charge: int) -> None:
        by_reason = self.reasons.setdefault(crossing, {})
        before = by_reason.get(reason, (0, 0))
        by_reason[reason] = before[0] + accounts, before[1] + charge

    def lines(self) -> dict[Crossing, Line]:
        return {crossing: _line(self.reasons[crossing]) for crossing in Crossing if crossing in self.reasons}


def _line(by_reason: Mapping[str, tuple[int, int]]) -> Line:
    reasons = [ReasonLine(reason, *sums) for reason, sums in by_reason.items()]
    return Line(
        sum(line.accounts for line in reasons),
        sum(line.charge for line in reasons),
        tuple(sorted(reasons, key=lambda line: (-line.accounts, line.reason))),
    )


def _periods(spans: list[Period], walked: Walk) -> tuple[PeriodMovement, ...]:
    sums = [_Sums() for _ in spans]
    for period, crossing, step in walked.crossings:
        coming = crossing in COMING
        sums[period].add(crossing, step.reason, step.accounts, step.new_charge if coming else step.old_charge)
    found = []
    for place, span in enumerate(spans):
        before, after = walked.active[place : place + 2] if walked.active else ((0, 0), (0, 0))
        found.append(
            PeriodMovement(span, *before, sums[place].lines(), walked.charge_changes.get(place, 0), *after)
        )
    return tuple(found)


def _rate(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole > 0 else None
