"""The journal read from one end to the other, one field at a time: what gets exported and reported."""

from __future__ import annotations

import heapq
import json
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from statusdesk.store.database import Database

_STATUS_STEPS = """
SELECT x.change_set_id, x.effective_at, x.status_id, x.field, x.old, x.new FROM status_change x
WHERE :statuses IS NULL OR x.status_id IN (SELECT value FROM json_each(:statuses)) ORDER BY x.id
"""
_ACCOUNT_STEPS = """
SELECT e.id, e.change_set_id, e.effective_at, a.number, e.old_status_id, e.new_status_id,
    e.old_charge, e.new_charge, e.old_delinquent, e.new_delinquent, f.field, f.old, f.new
FROM entry e JOIN account a ON a.id = e.account_id LEFT JOIN field_change f ON f.entry_id = e.id
WHERE :statuses IS NULL OR e.account_id IN
    (SELECT account_id FROM account_state WHERE status_id IN (SELECT value FROM json_each(:statuses)))
ORDER BY e.id, f.field
"""
_PLAN_STEPS = """
SELECT x.change_set_id, c.recorded_at, a.number, b.state, b.due_at, b.status_id, x.state, x.due_at, x.status_id
FROM plan_step x JOIN change_set c ON c.id = x.change_set_id JOIN plan p ON p.id = x.plan_id
    JOIN account a ON a.id = p.account_id LEFT JOIN plan_step b ON b.id = x.previous_id
WHERE :statuses IS NULL OR p.account_id IN
    (SELECT account_id FROM account_state WHERE status_id IN (SELECT value FROM json_each(:statuses)))
ORDER BY x.id
"""
PLANNED_CHANGE = "planned_change"
"""The field under which the steps of planned changes stand."""


@dataclass(frozen=True, slots=True)
class PlanValue:
    """What a step of a planned change says: its state, due instant (UTC milliseconds) and target."""

    state: str
    due_at: int
    status_id: int


@dataclass(frozen=True, slots=True)
class FieldStep:
    """One field of one account (by `number`) or of one status (by `status_id`) that went from `old` to `new`.

    Values are as the store has them: status ids, minor units, 0 and 1, or texts; None is "not there", before an
    account was made and after it was closed. `effective_at` is UTC milliseconds.
    """

    change_set_id: int
    effective_at: int
    number: str | None
    status_id: int | None
    field: str
    old: str | int | PlanValue | None
    new: str | int | PlanValue | None


def steps(db: Database, status_ids: frozenset[int] | None = None) -> Iterator[FieldStep]:
    """Yield all that was ever recorded, oldest first; with `status_ids` only for these and for their accounts.

    Accounts count that have one of these statuses now. Within a change set the statuses come first, planned
    changes last.
    """
    chosen = {"statuses": None if status_ids is None else json.dumps(sorted(status_ids))}
    of_statuses = (
        FieldStep(change_set, at, None, status_id, field, old, new)
        for change_set, at, status_id, field, old, new in db.run(_STATUS_STEPS, chosen)
    )
    rows = groupby(db.run(_ACCOUNT_STEPS, chosen), key=lambda row: row[0])
    of_accounts = (step for _, entry in rows for step in _of_entry(list(entry)))
    of_plans = (_of_plan(row) for row in db.run(_PLAN_STEPS, chosen))
    moved = (step for step in of_plans if step.old != step.new)
    return heapq.merge(of_statuses, of_accounts, moved, key=attrgetter("change_set_id"))


def _of_plan(row: tuple[Any, ...]) -> FieldStep:
    change_set, at, number, *values = row
    old = None if values[0] is None else PlanValue(*values[:3])
    return FieldStep(change_set, at, number, None, PLANNED_CHANGE, old, PlanValue(*values[3:]))


def _of_entry(rows: list[tuple[Any, ...]]) -> Iterator[FieldStep]:
    _, change_set, at, number, *state = rows[0][:10]
    made, closed = state[0] is None, state[1] is None
    for place, field in enumerate(("status", "monthly_charge", "delinquent")):
        old = None if made else state[2 * place]
        new = None if closed else state[2 * place + 1]
        if old != new:
            yield FieldStep(change_set, at, number, None, field, old, new)
    for *_, field, old, new in rows:
        if field is not None:
            yield FieldStep(change_set, at, number, None, field, old, new)
