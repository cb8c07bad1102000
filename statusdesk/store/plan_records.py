"""Plans as changes handle them: those to be put on record, and those that a change concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from statusdesk.domain.plans import PlanKind, PlanState, Standing, Wish
from statusdesk.store import moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan that is about to be put on record; `pair` counts the pairs of one batch, leave before return.

    `planned_by` and `planned_at` are given where the plan goes on with an earlier one.
    """

    account_id: int
    kind: PlanKind
    due_at: int
    status_id: int
    expects_id: int
    reason: str = ""
    charge: int | None = None
    yearly: str = ""
    pair: int | None = None
    state: PlanState = PlanState.PENDING
    planned_by: str | None = None
    planned_at: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A plan that a change concerns, with where its account is now. Instants are UTC milliseconds."""

    id: int
    account_id: int
    kind: PlanKind
    state: PlanState
    due_at: int
    status_id: int
    expects_id: int
    charge: int | None
    away_charge: int | None
    reason: str
    flag: str
    yearly: str
    pair_id: int | None
    planned_by: str
    planned_at: int
    standing: Standing

    @property
    def wish(self) -> Wish:
        """The part of it that the rule looks at."""
        return Wish(self.id, self.kind, self.status_id, self.expects_id, self.charge, self.away_charge)


_KINDS = {kind.value: kind for kind in PlanKind}
_STATES = {state.value: state for state in PlanState}


def chosen(row: tuple[Any, ...], lacks: frozenset[str] = frozenset()) -> Chosen:
    """Make a plan of the values that the store reads; `lacks` are its empty fields that some status requires."""
    plan_id, account_id, kind, state, *rest = row
    values = [plan_id, account_id, _KINDS[kind], _STATES[state], *rest[:11], Standing(rest[11], rest[12], lacks)]
    return Chosen(*values)


def told_of(rows: Iterable[tuple[Any, ...]], progress: moves.Progress | None) -> Iterator[tuple[Any, ...]]:
    """Yield the rows, and say after each span of them, and in the end, how many came so far."""
    count = 0
    for count, row in enumerate(rows, start=1):
        if progress is not None and count % moves.SPAN == 1 and count > 1:
            progress(count - 1)
        yield row
    if progress is not None and count:
        progress(count)
