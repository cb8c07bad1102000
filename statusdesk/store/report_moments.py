"""Moments between two changes, what statuses were at each, and where in the journal the entries since begin.

Everything that reports read goes by effective instant and then by sequence. A moment is a place in that order: the
state *before* the change sets that took effect at `at` with an id of `change_set` or above. The end of a day is
the moment at which the next day starts, with change set 0.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from statusdesk.domain.instants import day_of, start_of
from statusdesk.domain.periods import next_day
from statusdesk.domain.records import Status
from statusdesk.store.statuses import from_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from statusdesk.store.database import Database

_STEPS = """
SELECT effective_at, change_set_id, status_id, field, new FROM status_change
ORDER BY effective_at, change_set_id, id
"""
_FIELDS = frozenset(Status._fields)


class Moment(NamedTuple):
    """Before everything that took effect at `at` (UTC milliseconds) by change sets from `change_set` on."""

    at: int
    change_set: int = 0


NOW = Moment(2**62)
"""After all that is on record."""


def start_of_day(day: str, zone: str) -> Moment:
    """Return the moment at which a calendar day (ISO) of the time zone begins."""
    return Moment(start_of(day, zone))


def end_of(day: str, zone: str) -> Moment:
    """Return the moment at which a calendar day (ISO) of the time zone ends."""
    return Moment(start_of(next_day(day), zone))


def through(at: int) -> Moment:
    """Return the moment right after everything that took effect at an instant (UTC milliseconds)."""
    return Moment(at + 1)


@contextmanager
def one_state(db: Database) -> Iterator[None]:
    """See one state of the database throughout; within a transaction, what that sees.

    Raises `Cancelled` when another thread interrupted the connection, as `Accounts.interrupt` does.
    """
    with db.explained() if db.in_transaction else db.snapshot():
        yield


def first_entry_between(db: Database, since: Moment, until: Moment, zone: str) -> int | None:
    """Return an id below which no entry takes effect between the moments; None if none does at all."""
    if since >= min(until, NOW):
        return None
    last_day = "~" if until >= NOW else day_of(until.at, zone)
    found = db.value(
        "SELECT min(first_entry_id) FROM day_peak WHERE day >= ? AND day <= ? AND last_at >= ?",
        (day_of(since.at, zone), last_day, since.at),
    )
    return None if found is None else int(found)


@dataclass(frozen=True, slots=True)
class Redefinition:
    """One change set, at one instant, that changed what statuses activate or their stages: by their ids."""

    at: int
    change_set: int
    status_ids: frozenset[int]

    @property
    def before(self) -> Moment:
        """The moment right before it."""
        return Moment(self.at, self.change_set)

    @property
    def after(self) -> Moment:
        """The moment right after it."""
        return Moment(self.at, self.change_set + 1)


class StatusHistory:
    """Every status as it was at any moment, from the journal of status changes.

    What a status was made as, it counts as before its making too: histories may be older than their statuses.
    """

    def __init__(self, db: Database) -> None:
        self._made: dict[int, dict[str, Any]] = {
            status_id: {"built_in": built_in} for status_id, built_in in db.rows("SELECT id, built_in FROM status")
        }
        self._made_at: dict[int, Moment] = {}
        self._steps: list[tuple[Moment, int, str, object]] = []
        for at, change_set, status_id, field, new in db.rows(_STEPS):
            value = from_text(field, new)
            if field in self._made[status_id]:
                self._steps.append((Moment(at, change_set), status_id, field, value))
            elif field in _FIELDS:
                self._made[status_id][field] = value
                self._made_at.setdefault(status_id, Moment(at, change_set))

    def at(self, moment: Moment) -> dict[int, Status]:
        """Return every status ever made, by id, as it was before the moment.

        One that was not made yet is as it was made, but marked as deleted.
        """
        values = {status_id: dict(made) for status_id, made in self._made.items()}
        for status_id, made_at in self._made_at.items():
            if made_at >= moment:
                values[status_id]["deleted"] = True
        for step, status_id, field, value in self._steps:
            if step >= moment:
                break
            values[status_id][field] = value
        return {status_id: Status(id=status_id, **found) for status_id, found in values.items()}

    def each(self, moments: Sequence[Moment]) -> list[dict[int, Status]]:
        """Return the statuses at each moment, in order: the same object as long as none of them changed."""
        found: list[dict[int, Status]] = []
        steps = sorted({step for step, *_ in self._steps} | set(self._made_at.values()))
        reached = -1
        for moment in moments:
            passed = bisect_left(steps, moment)
            found.append(found[-1] if passed == reached else self.at(moment))
            reached = passed
        return found

    def activations(self, change_set: int) -> Iterator[tuple[int, tuple[int, int, bool]]]:
        """Yield each status's id with (instant, change set, activates), from the beginning, in order.

        What came after a change set counts as not having happened.
        """
        for status_id, made in self._made.items():
            yield status_id, (-(2**62), 0, bool(made["activates"]))
        for step, status_id, field, value in self._steps:
            if field == "activates" and step.change_set <= change_set:
                yield status_id, (*step, bool(value))

    def redefinitions(self, since: Moment, until: Moment) -> list[Redefinition]:
        """Return the changes of activation and stage between two moments, in order."""
        found: dict[Moment, set[int]] = defaultdict(set)
        for step, status_id, field, _ in self._steps:
            if field in ("activates", "stage") and since <= step < until:
                found[step].add(status_id)
        return [Redefinition(*moment, frozenset(status_ids)) for moment, status_ids in found.items()]
