"""Every report once more, slow and obvious: account by account from the rows of the journal, nothing else.

What an account and a status are now is only used to know what they were in the beginning: all changes taken back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from statusdesk.domain.instants import day_of, start_of
from statusdesk.domain.periods import next_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.domain.scopes import Dimension, Scope
    from statusdesk.store.store import Store

Key = tuple[int, int]
"""An effective instant and a change set: what happens there happens at once."""


FIELDS = ("account_type", "city", "lead_source", "install_on", "radius_user", "ip_addresses")


@dataclass
class Person:
    """One account as it is at some moment."""

    status: int | None
    charge: int
    fields: dict[str, str]
    since: int


@dataclass
class World:
    """All accounts and the fields of all statuses at some moment."""

    people: dict[int, Person] = field(default_factory=dict)
    statuses: dict[int, dict[str, str]] = field(default_factory=dict)

    def there(self, person: int, scope: Scope) -> bool:
        """Say whether an account is open, and in scope."""
        found = self.people.get(person)
        return found is not None and found.status is not None and in_scope(found.fields, scope)

    def active(self, person: int) -> bool:
        """Say whether an account is billed and served."""
        found = self.people.get(person)
        return found is not None and found.status is not None and self.statuses[found.status]["activates"] == "1"

    def paused(self, person: int) -> bool:
        """Say whether an account rests in a Paused status."""
        return self._stage(person) == "paused" and not self.active(person)

    def ended(self, person: int) -> bool:
        """Say whether an account is in an Ended status."""
        return self._stage(person) == "ended" and not self.active(person)

    def pending(self, person: int) -> bool:
        """Say whether an account waits to be installed."""
        return self._stage(person) == "onboarding" and not self.active(person)

    def _stage(self, person: int) -> str:
        found = self.people.get(person)
        return "" if found is None or found.status is None else self.statuses[found.status]["stage"]

    def tally(self, scope: Scope, split: Dimension | None = None) -> dict[str, dict[int, tuple[int, int]]]:
        """Count open accounts in scope and their charges, by group and status."""
        found: dict[str, dict[int, tuple[int, int]]] = defaultdict(lambda: defaultdict(lambda: (0, 0)))
        for number, person in self.people.items():
            if self.there(number, scope):
                group = person.fields[split] if split else ""
                count, charge = found[group][person.status or 0]
                found[group][person.status or 0] = count + 1, charge + person.charge
        return {group: dict(pairs) for group, pairs in found.items()}


def in_scope(fields: dict[str, str], scope: Scope) -> bool:
    """Say whether an account with these fields is in scope."""
    return all(fields[dimension] in values for dimension, values in scope.limits())


class Book:
    """The journal of a store, read row by row."""

    def __init__(self, store: Store) -> None:
        rows = store.db.rows
        self.zone = store.info.time_zone
        self.reasons = dict(rows("SELECT id, reason FROM change_set"))
        self.steps: dict[Key, list[Callable[[World], None]]] = defaultdict(list)
        self.begin = World()
        self._fields: dict[int, dict[str, str]] = {
            number: dict(zip(FIELDS, values, strict=True))
            for number, *values in rows(f"SELECT id, {', '.join(FIELDS)} FROM account")
        }
        changes: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
        owners = dict(rows("SELECT id, account_id FROM entry"))
        for entry, name, old, new in rows("SELECT entry_id, field, old, new FROM field_change ORDER BY 1 DESC"):
            if name in FIELDS:
                assert self._fields[owners[entry]][name] == new
                self._fields[owners[entry]][name] = old
                changes[entry].append((name, old, new))
        self._take_statuses(rows("SELECT effective_at, change_set_id, status_id, field, new FROM status_change"
                                 " ORDER BY id"))  # fmt: skip
        for entry, at, change_set, account, *state in rows(
            "SELECT id, effective_at, change_set_id, account_id, new_status_id, new_charge, new_since FROM entry"
            " ORDER BY id"
        ):
            self.steps[at, change_set].append(self._entry(account, state, changes[entry]))

    def _take_statuses(self, rows: list[tuple[Any, ...]]) -> None:
        for at, change_set, status, name, new in rows:
            if name not in self.begin.statuses.setdefault(status, {}):
                self.begin.statuses[status][name] = new
            else:
                self.steps[at, change_set].append(_status_step(status, name, new))

    def _entry(
        self, account: int, state: list[Any], changes: list[tuple[str, str, str]]
    ) -> Callable[[World], None]:
        def step(world: World) -> None:
            before = world.people.get(account)
            fields = dict(before.fields if before else self._fields[account])
            fields.update({name: new for name, _, new in changes})
            world.people[account] = Person(state[0], state[1], fields, state[2])

        return step

    @cached_property
    def walk(self) -> list[tuple[Key, str, World, World]]:
        """Return each thing that happened, with its day and the world before and after it, in order."""
        found = []
        world = deepcopy(self.begin)
        for key in sorted(self.steps):
            before, world = world, deepcopy(world)
            for step in self.steps[key]:
                step(world)
            found.append((key, day_of(key[0], self.zone), before, world))
        return found

    def before(self, at: int, change_set: int = 0) -> World:
        """Return the world before everything at an instant by change sets from one on."""
        world = self.begin
        for key, _, _, after in self.walk:
            if key >= (at, change_set):
                break
            world = after
        return world

    def end_of(self, day: str) -> World:
        """Return the world at the end of a day."""
        return self.before(start_of(next_day(day), self.zone))


def _status_step(status: int, name: str, new: str) -> Callable[[World], None]:
    def step(world: World) -> None:
        world.statuses[status][name] = new

    return step


def moved(book: Book, first_day: str, last_day: str, scope: Scope) -> tuple[Counter[Any], dict[Any, set[int]]]:
    """Count the crossings between two days by (kind, reason) and sum their charges; and say which accounts."""
    counts: Counter[Any] = Counter()
    accounts: dict[Any, set[int]] = defaultdict(set)
    for (_, change_set), day, before, after in book.walk:
        if not first_day <= day <= last_day:
            continue
        for number in after.people:
            kind = crossing(number, before, after, scope)
            if kind is None:
                continue
            coming = kind in ("activated", "returned", "moved_in")
            charge = (after if coming else before).people[number].charge
            reason = book.reasons[change_set]
            counts[kind, reason, "accounts"] += 1
            counts[kind, reason, "charge"] += charge
            accounts[kind].add(number)
    return counts, accounts


def crossing(number: int, before: World, after: World, scope: Scope) -> str | None:
    """Say in which way an account crossed the border of activation, if it did."""
    counted_before = before.active(number) and before.there(number, scope)
    counted_after = after.active(number) and after.there(number, scope)
    if counted_after and not counted_before:
        if before.active(number):
            return "moved_in"
        return "returned" if before.paused(number) else "activated"
    if counted_before and not counted_after:
        if after.people[number].status is None:
            return "closed"
        if after.active(number):
            return "moved_out"
        return "paused" if after.paused(number) else "disconnected"
    if before.there(number, scope) and before.paused(number) and after.ended(number):
        return "ended_pause"
    return None


def peak(book: Book, first_day: str, last_day: str, scope: Scope) -> tuple[int, int | None, int | None]:
    """Return the most active accounts at any moment of some days, and when and by which change set it was so."""

    def active(world: World) -> int:
        return sum(world.active(number) and world.there(number, scope) for number in world.people)

    highest: tuple[int, int | None, int | None] = (active(book.before(start_of(first_day, book.zone))), None, None)
    for key, day, _, after in book.walk:
        if first_day <= day <= last_day and active(after) > highest[0]:
            highest = (active(after), *key)
    return highest


def previous(day: str) -> str:
    """Return the day before a day (ISO)."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def only(scope: Scope, split: Dimension, value: str) -> Scope:
    """Return a scope that also asks for one value."""
    names = {"account_type": "account_types", "city": "cities", "lead_source": "lead_sources"}
    before: frozenset[str] | None = getattr(scope, names[split])
    values = frozenset({value}) if before is None else before & {value}
    return replace(scope, **{names[split]: values})
