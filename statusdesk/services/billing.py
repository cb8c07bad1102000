"""The hand-off to the biller: a month's billable days and amounts, and what changed since it was first billed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from statusdesk.domain.billing import Method, Part, Step, charges_by_day, days_of, parts
from statusdesk.domain.changes import Outcome
from statusdesk.domain.errors import BadValue
from statusdesk.domain.instants import now, start_of
from statusdesk.domain.periods import next_month
from statusdesk.store.billing import KIND, BillingBooks, Known

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from statusdesk.domain.billing import Activity
    from statusdesk.domain.records import ChangeSet
    from statusdesk.services.desk import Desk
    from statusdesk.store.billing import BillingRun
    from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Line:
    """What one account is billed for a month, by charge."""

    account_id: int
    number: str
    name: str
    parts: tuple[Part, ...]

    @property
    def days(self) -> int:
        """Billable days."""
        return sum(part.days for part in self.parts)

    @property
    def amount(self) -> int:
        """Minor units."""
        return sum(part.amount for part in self.parts)


@dataclass(frozen=True, slots=True)
class Difference:
    """An account that is billed otherwise than by an earlier run, and the change sets that came between."""

    line: Line
    days_before: int
    amount_before: int
    because: tuple[ChangeSet, ...]


@dataclass(frozen=True, slots=True)
class Bill:
    """A month's lines by account number. `finished` is False while the month goes on: then it ends with now.

    `earlier` is the first run of the same month and method, `differences` what changed since.
    """

    month: str
    method: Method
    lines: tuple[Line, ...]
    finished: bool
    earlier: BillingRun | None = None
    differences: tuple[Difference, ...] = field(default=())

    @property
    def total(self) -> int:
        """Minor units."""
        return sum(line.amount for line in self.lines)


def check_month(text: str) -> str:
    """Return a month as YYYY-MM. Raises `BadValue`."""
    try:
        return date.fromisoformat(f"{text}-01").strftime("%Y-%m")
    except ValueError:
        raise BadValue(field="month", value=text, reason="is not a month like 2026-10") from None


def bill(store: Store, month: str, method: Method, *, at: int | None = None) -> Bill:
    """Return a month's bill from one state of the database, beside its first run, if there was one."""
    present = now() if at is None else at
    end = start_of(f"{next_month(month)}-01", store.info.time_zone)
    with store.db.snapshot():
        books = BillingBooks(store.db)
        lines = _lines(store, books, month, method, Known(), present)
        earlier = _first_run(books, month, method, end)
        differences: tuple[Difference, ...] = ()
        if earlier is not None:
            before = _lines(store, books, month, method, earlier.known, earlier.made_at)
            differences = tuple(_differences(store, books, earlier.known, end, lines, before))
    return Bill(month, method, tuple(lines.values()), end <= present, earlier, differences)


def _first_run(books: BillingBooks, month: str, method: Method, end: int) -> BillingRun | None:
    """Return the first run of a month that had ended, or else the first one."""
    runs = [run for run in books.runs(month) if run.method == method]
    return next((run for run in runs if run.made_at >= end), runs[0] if runs else None)


def record(desk: Desk, made: Bill) -> Outcome:
    """Put on record that a month was billed, so that a later run can tell what changed since."""
    books = BillingBooks(desk.store.db)
    with desk.store.change(author=desk.author, kind=KIND, at=desk.clock()) as change:
        known = books.newest()
        change.facts = {
            "month": made.month,
            "method": made.method.value,
            "count": str(len(made.lines)),
            "total": str(made.total),
            "change_set": str(known.change_set),
            "entry": str(known.entry),
        }
        return Outcome(KIND, change.kept_id, len(made.lines), facts=change.facts)


def _lines(
    store: Store, books: BillingBooks, month: str, method: Method, known: Known, present: int
) -> dict[int, Line]:
    edges = _edges(month, store.info.time_zone, present)
    activity = books.activity(known)
    billed: dict[int, tuple[Part, ...]] = {}
    touched: set[int] = set()
    for account_id, steps in books.steps(edges[0], store.info.time_zone, known):
        touched.add(account_id)
        billed[account_id] = parts(charges_by_day(steps, activity, edges), method)
    billed |= _unchanged(books, activity, edges, method, touched)
    ids = [account_id for account_id, found in billed.items() if found]
    names = books.names(ids)
    lines = (Line(account_id, *names[account_id], billed[account_id]) for account_id in ids)
    return {line.account_id: line for line in sorted(lines, key=lambda line: line.number)}


def _unchanged(
    books: BillingBooks, activity: Activity, edges: Sequence[int], method: Method, touched: set[int]
) -> Mapping[int, tuple[Part, ...]]:
    """Return what the accounts come to that nothing happened to since the month began."""
    same: dict[tuple[int, int], tuple[Part, ...]] = {}
    billed = {}
    for account_id, status_id, charge in books.standing():
        if account_id in touched:
            continue
        key = status_id, charge
        if key not in same:
            same[key] = parts(charges_by_day([Step(-(2**62), 0, *key)], activity, edges), method)
        billed[account_id] = same[key]
    return billed


def _edges(month: str, zone: str, present: int) -> list[int]:
    """Return where the month's days begin, and where the last one ends; nothing is after the present instant."""
    starts = [start_of(day, zone) for day in (*days_of(month), f"{next_month(month)}-01")]
    return [min(start, present) for start in starts]


def _differences(
    store: Store,
    books: BillingBooks,
    known: Known,
    end: int,
    lines: Mapping[int, Line],
    before: Mapping[int, Line],
) -> Iterator[Difference]:
    changed = [
        account_id for account_id in {**before, **lines} if _parts(lines, account_id) != _parts(before, account_id)
    ]
    because = books.changed_since(changed, known, end)
    sets: dict[int, ChangeSet | None] = {}
    for account_id in changed:
        line = lines.get(account_id) or Line(account_id, before[account_id].number, before[account_id].name, ())
        old = before.get(account_id)
        found = [sets.setdefault(one, store.journal.get(one)) for one in because.get(account_id, ())]
        yield Difference(
            line, old.days if old else 0, old.amount if old else 0, tuple(one for one in found if one is not None)
        )


def _parts(lines: Mapping[int, Line], account_id: int) -> tuple[Part, ...]:
    line = lines.get(account_id)
    return line.parts if line else ()
