"""What lies ahead, who is stuck and who is a ghost, once more and slow: from the journal and the plans alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from statusdesk.domain.instants import day_of
from statusdesk.domain.periods import next_day, week_of
from statusdesk.domain.plans import PlanKind, Standing, Wish, obstacles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from statusdesk.domain.scopes import Scope
    from statusdesk.store.store import Store
    from tests.services.reports.reference import Book, Person, World

ACTIVE = 2
PASSING = ("prospect", "onboarding", "paused", "debt")
DAY = 86_400_000
TWO_YEARS = 730 * DAY

Weeks = dict[str, tuple[int, int]]
"""By week, accounts and their charges."""


@dataclass(frozen=True)
class Step:
    """A plan that can be carried out."""

    due_at: int
    status: int


@dataclass(frozen=True)
class Row:
    """One row of the journal."""

    account: int
    at: int
    old: int | None
    new: int | None
    old_since: int
    kind: str
    change_set: int
    reverts: int | None


class Outlook:
    """The accounts of a scope as they stand, as seen at an instant."""

    def __init__(self, store: Store, book: Book, at: int, scope: Scope) -> None:
        self.book = book
        self.at = at
        self.today = day_of(at, book.zone)
        self.world = book.before(2**62)
        self.people = {n: person for n, person in self.world.people.items() if self.world.there(n, scope)}
        self.steps = {n: steps for n, steps in _steps(store, self.world).items() if n in self.people}
        self.rows = [
            Row(*row)
            for row in store.db.rows(
                "SELECT e.account_id, e.effective_at, e.old_status_id, e.new_status_id, e.old_since, c.kind,"
                " c.id, c.reverts_id FROM entry e JOIN change_set c ON c.id = e.change_set_id ORDER BY e.id"
            )
        ]

    def activates(self, status: int | None) -> bool:
        """Say whether a status is billed and served today."""
        return status is not None and self.world.statuses[status]["activates"] == "1"

    def waits(self, status: int | None) -> bool:
        """Say whether a status is one in which accounts wait for an install today."""
        return status is not None and self._stage(status) == "onboarding" and not self.activates(status)

    def _stage(self, status: int) -> str:
        return self.world.statuses[status]["stage"]

    @cached_property
    def crossings(self) -> list[tuple[int, str, bool]]:
        """Return account, week and direction of each planned step over the border of activation."""
        found = []
        for number, steps in self.steps.items():
            here = self.people[number].status
            for step in steps:
                if self.activates(here) != self.activates(step.status):
                    week = week_of(day_of(step.due_at, self.book.zone))
                    found.append((number, week, self.activates(step.status)))
                here = step.status
        return found

    def planned(self, *, starts: bool) -> Weeks:
        """Return the planned starts, or stops, by week."""
        return self._by_week((number, week) for number, week, starting in self.crossings if starting is starts)

    @cached_property
    def pending(self) -> list[int]:
        """Return the accounts that wait for their install and are not going to start by a plan."""
        starting = {number for number, _, starts in self.crossings if starts}
        return [n for n, person in self.people.items() if self.waits(person.status) and n not in starting]

    def installs(self) -> Weeks:
        """Return the pending installs by the week of their day."""
        return self._by_week((number, self.install_week(number)) for number in self.pending)

    def install_week(self, number: int) -> str:
        """Return the week of an install."""
        day = self.people[number].fields["install_on"]
        return "undated" if not day else "overdue" if day < self.today else week_of(day)

    def likely(self, delay: int) -> Weeks:
        """Return all pending accounts by the week in which they may be expected."""
        found = []
        for number in self.pending:
            day = self.people[number].fields["install_on"]
            if day < self.today:
                day = day_of(self.people[number].since, self.book.zone)
                for _ in range(delay):
                    day = next_day(day)
            found.append((number, week_of(max(day, self.today))))
        return self._by_week(found)

    def _by_week(self, found: Iterable[tuple[int, str]]) -> Weeks:
        weeks: Weeks = defaultdict(lambda: (0, 0))
        for number, week in found:
            accounts, charge = weeks[week]
            weeks[week] = accounts + 1, charge + self.people[number].charge
        return dict(weeks)

    def waits_ended(self) -> list[tuple[bool, int]]:
        """Return of each wait of the last two years that ended for good: was it activated, and after how long."""
        began: dict[int, int] = {}
        ended: dict[int, list[tuple[int, Row]]] = defaultdict(list)
        for row in self.rows:
            was, waits = self.waits(row.old), self.waits(row.new)
            if row.at < self.at - TWO_YEARS or was == waits:
                continue
            if waits:
                back = ended[row.account] and ended[row.account][-1][1].change_set == row.reverts
                began[row.account] = ended[row.account].pop()[0] if back else row.at
            elif row.account in began:
                start = began.pop(row.account)
                if row.new is not None and row.kind != "undo":
                    ended[row.account].append((start, row))
        waits_of_all = [wait for of_one in ended.values() for wait in of_one]
        return [(self.activates(row.new), row.at - start) for start, row in waits_of_all]

    def expected(self, on: str) -> dict[int, tuple[int, bool | None]]:
        """Return of each account the status in which it is expected at the end of a day to come, and why.

        True: by a plan; False: by its install; None: it stays where it is.
        """
        found = {}
        for number, person in self.people.items():
            due = [s for s in self.steps.get(number, []) if day_of(s.due_at, self.book.zone) <= on]
            installed = self.waits(person.status) and self.today <= person.fields["install_on"] <= on
            status, why = person.status or 0, None
            if due:
                status, why = due[-1].status, True
            elif installed:
                status, why = ACTIVE, False
            found[number] = status, why
        return found

    def tally(self, on: str) -> dict[int, tuple[int, int]]:
        """Count what is expected at the end of a day by status, with the charges."""
        found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for number, (status, _) in self.expected(on).items():
            accounts, charge = found[status]
            found[status] = accounts + 1, charge + self.people[number].charge
        return dict(found)

    def usual(self, status: int, percent: int) -> tuple[int, int]:
        """Return how many stays in a status ended in two years, and how long so many percent of them lasted."""
        lengths = sorted(
            row.at - row.old_since
            for row in self.rows
            if row.old == status and row.new not in (None, status) and row.kind != "undo"
            and row.old_since <= row.at >= self.at - TWO_YEARS
        )  # fmt: skip
        if not lengths:
            return 0, 0
        return len(lengths), lengths[-(-len(lengths) * percent // 100) - 1]

    def stuck(self, limits: Mapping[int, int], percent: int, least: int) -> dict[int, tuple[int | None, set[int]]]:
        """Return by watched status that has accounts its limit in milliseconds, and who is over it."""
        found = {}
        for status in {person.status or 0 for person in self.people.values()}:
            if status not in limits and self._stage(status) not in PASSING:
                continue
            cases, length = self.usual(status, percent)
            limit = limits[status] * DAY if status in limits else length if cases >= least else None
            over = {
                n
                for n, person in self.people.items()
                if person.status == status and limit is not None and person.since < self.at - limit
            }
            found[status] = limit, over
        return found

    def leftovers(self) -> Counter[tuple[int, bool, bool]]:
        """Count those not active with a RADIUS user or an address, by status and which of the two they have."""
        return Counter(
            (person.status or 0, bool(person.fields["radius_user"]), bool(person.fields["ip_addresses"]))
            for person in self.people.values()
            if not self.activates(person.status) and (_marked(person))
        )

    def free(self) -> Counter[int]:
        """Count those active that pay nothing, by status."""
        return Counter(
            person.status or 0
            for person in self.people.values()
            if self.activates(person.status) and person.charge == 0
        )


def _marked(person: Person) -> bool:
    return bool(person.fields["radius_user"] or person.fields["ip_addresses"])


def _steps(store: Store, world: World) -> dict[int, list[Step]]:
    """Return the plans that can be carried out, account by account, in due order."""
    rows = store.db.rows(
        "SELECT p.account_id, p.id, p.due_at, p.kind, p.status_id, p.expects_id, p.charge, l.charge"
        " FROM plan p LEFT JOIN plan l ON l.id = p.pair_id AND p.kind = 'return'"
        " WHERE p.state = 'pending' ORDER BY p.due_at, p.id"
    )
    plans: dict[int, list[tuple[int, Wish]]] = defaultdict(list)
    for account, plan, due_at, kind, *rest in rows:
        plans[account].append((due_at, Wish(plan, PlanKind(kind), *rest)))
    statuses, found = store.statuses.by_id(), {}
    for account, wishes in plans.items():
        person = world.people[account]
        standing = Standing(person.status, person.charge)
        odd = obstacles([wish for _, wish in wishes], standing, statuses)
        found[account] = [Step(due_at, wish.status_id) for due_at, wish in wishes if wish.plan_id not in odd]
    return found


def share_of(weeks: Weeks, share: Fraction) -> tuple[int, int]:
    """Return that share of all accounts and of all charges, rounded to whole ones."""
    sums = [sum(pair[place] for pair in weeks.values()) for place in (0, 1)]
    return round(sums[0] * share), round(sums[1] * share)
