"""The office of the demo: who is in which status, and the verbs as its people use them, by a clock of its own."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar, cast

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.instants import parse_instant
from statusdesk.services import ending, field_verbs, installs
from statusdesk.services.collections import take_back
from statusdesk.services.demo_people import COLUMNS, Person
from statusdesk.services.desk import Desk
from statusdesk.services.unpaid import UnpaidStep
from statusdesk.store.store import Store

if TYPE_CHECKING:
    from statusdesk.domain.records import AccountFields

ANNA, JENS, MERVE, OLE = "Anna K.", "Jens R.", "Merve Y.", "Ole P."
MINUTE: Final = 60_000
_T = TypeVar("_T")


class Over(Exception):
    """The play has come to the present."""


class Office:
    """People at their desks, from the first morning until `until` (UTC milliseconds).

    `where` holds everybody by the key of their status; `statuses` its id by that key.
    """

    def __init__(self, store: Store, rng: random.Random, until: int) -> None:
        self.store = store
        self.rng = rng
        self.until = until
        self.now = 0
        self.statuses: dict[str, int] = {}
        self.where: dict[str, dict[int, Person]] = {}

    def open_at(self, day: date) -> None:
        """Begin a day shortly after eight."""
        self.now = parse_instant(f"{day} 08:02", self.store.info.time_zone) + self.rng.randint(0, 25) * MINUTE

    def know(self, key: str, status_id: int) -> None:
        """Remember a status by its key in the play."""
        self.statuses[key] = status_id
        self.where.setdefault(key, {})

    def at_desk(self, author: str, minutes: int = 0) -> Desk:
        """Let some minutes pass (0: as it comes) and return somebody's desk. Raises `Over` at the end."""
        self.now += (minutes or self.rng.randint(2, 35)) * MINUTE
        if self.now >= self.until:
            raise Over
        return Desk(self.store, author=author, clock=lambda: self.now)

    def take_in(
        self, people: Mapping[str, Sequence[Person]], author: str, file: str, *, reason: str = "",
        since: Callable[[Person], int] | None = None,
    ) -> None:  # fmt: skip
        """Import new people, by the key of their status."""
        columns = ("status", *COLUMNS, *(("status_since",) if since else ()))
        rows = [
            (self.statuses[key], *person.row(), *((since(person),) if since else ()))
            for key, group in people.items()
            for person in group
        ]
        self.at_desk(author).import_accounts(columns, enumerate(rows, start=2), file=file, reason=reason)
        for key, group in people.items():
            for person in group:
                account = self.store.accounts.by_number(person.number)
                assert account is not None
                person.id = account.id
                self.where[key][person.id] = person

    def add(self, person: Person, key: str, author: str, reason: str) -> None:
        """Add one account by hand."""
        values = {"status_id": self.statuses[key], **dict(zip(COLUMNS, person.row(), strict=True))}
        person.id = (
            self.at_desk(author).create_account(cast("AccountFields", values), reason=reason).account_id or 0
        )
        self.where[key][person.id] = person

    def move(self, people: Iterable[Person], key: str, author: str, reason: str) -> None:
        """Move people into a status."""
        group = list(people)
        if group:
            ids = AccountIds(tuple(person.id for person in group))
            self.at_desk(author).reassign(ids, self.statuses[key], reason=reason)
            self._moved(group, key)

    def send_away(
        self,
        people: Sequence[Person],
        key: str,
        author: str,
        back: date | None,
        reason: str,
        *,
        yearly: bool = False,
        charge: int | None = None,
    ) -> None:
        """Send people on vacation from now on, until the morning of a day if that is known."""
        zone = self.store.info.time_zone
        self.at_desk(author).plan_vacation(
            AccountIds(tuple(person.id for person in people)),
            self.statuses[key],
            leave_at=None,
            return_at=None if back is None else parse_instant(f"{back} 07:00", zone),
            yearly=yearly,
            charge=charge,
            reason=reason,
        )
        self._moved(people, key)
        for person in people:
            person.due = back

    def plan(self, people: Sequence[Person], key: str, author: str, on: date, reason: str) -> None:
        """Plan that people move into a status on the morning of a day."""
        due_at = parse_instant(f"{on} 08:00", self.store.info.time_zone)
        ids = AccountIds(tuple(person.id for person in people))
        self.at_desk(author).plan_change(ids, self.statuses[key], due_at, reason=reason)

    def let_return(self, day: date, keys: Sequence[str], author: str) -> list[Person]:
        """Carry out what is due, and return who is due by a day and still away."""
        self._follow_rule(self.at_desk(author).apply_due().unpaid)
        staying = []
        for person in [person for key in keys for person in self.due(key, day)]:
            account = self.store.accounts.get(person.id)
            if account is not None and account.status_id == self.statuses["active"]:
                self._moved([person], "active")
            else:
                staying.append(person)
        return staying

    def _follow_rule(self, steps: Iterable[UnpaidStep]) -> None:
        """Note who was moved or let back because of not paying."""
        keys = {status_id: key for key, status_id in self.statuses.items()}
        known = {person.id: person for group in self.where.values() for person in group.values()}
        for step in steps:
            for account_id, status_id in step.accounts.items():
                self._moved([known[account_id]], keys[status_id])

    def take_back(self, person: Person, key: str, author: str, reason: str) -> None:
        """Take somebody back from collections."""
        take_back(self.at_desk(author), AccountIds((person.id,)), self.statuses[key], reason=reason)
        self._moved([person], key)

    def edit(
        self, person: Person, fields: Mapping[str, object], author: str, reason: str = "", *, to: str | None = None
    ) -> None:
        """Edit one account, and perhaps its status with it."""
        values = {**fields, **({"status_id": self.statuses[to]} if to else {})}
        self.at_desk(author).edit_account(person.id, cast("AccountFields", values), reason=reason)
        self._changed(person, fields)
        if to:
            self._moved([person], to)

    def bring_in(
        self, changes: Sequence[tuple[Person, Mapping[str, object]]], author: str, file: str, *,
        reason: str = "", to: str | None = None,
    ) -> None:  # fmt: skip
        """Import new values, the same fields for each person, and perhaps a status with them."""
        if not changes:
            return
        names = tuple(changes[0][1])
        status = (self.statuses[to],) if to else ()
        rows = [(person.number, *status, *fields.values()) for person, fields in changes]
        columns = ("number", *(("status",) if to else ()), *names)
        self.at_desk(author).import_accounts(columns, enumerate(rows, start=2), file=file, reason=reason)
        for person, fields in changes:
            self._changed(person, fields)
        if to:
            self._moved([person for person, _ in changes], to)

    def disconnect(self, person: Person, key: str, author: str, reason: str) -> None:
        """End an account for a reason from the list."""
        desk = self.at_desk(author)
        ending.disconnect(desk, AccountIds((person.id,)), reason=reason, status_id=self.statuses[key])
        self._moved([person], key)

    def install(self, people: Sequence[Person], key: str, author: str) -> None:
        """Record that people are installed."""
        if people:
            ids = AccountIds(tuple(person.id for person in people))
            installs.done(self.at_desk(author), ids, status_id=self.statuses[key], reason="Installed")
            self._moved(people, key)

    def fail_install(self, person: Person, key: str, author: str, reason: str, next_on: str) -> None:
        """Record that an installation failed, and the day of the next attempt ("": none yet)."""
        ids = AccountIds((person.id,))
        installs.failed(self.at_desk(author), ids, reason=reason, next_on=next_on, status_id=self.statuses[key])
        self._moved([person], key)

    def note_day(self, people: Sequence[Person], name: str, day: date, author: str) -> None:
        """Note a day in a field of people."""
        if people:
            ids = AccountIds(tuple(person.id for person in people))
            fields = cast("AccountFields", {name: day.isoformat()})
            field_verbs.set_field(self.at_desk(author), ids, fields)

    def some(self, key: str, count: int, fits: Callable[[Person], bool] = lambda _: True) -> list[Person]:
        """Draw up to so many people of a status that fit."""
        group = [person for person in self.where[key].values() if fits(person)]
        return self.rng.sample(group, min(count, len(group)))

    def due(self, key: str, day: date) -> list[Person]:
        """Return who of a status is due by a day."""
        return [person for person in self.where[key].values() if person.due is not None and person.due <= day]

    def about(self, rate: float) -> int:
        """Return a whole number that is `rate` on average."""
        return int(rate) + (self.rng.random() < rate % 1)

    def one_of(self, weighted: Sequence[tuple[_T, float]]) -> _T:
        """Draw one of some things by weight."""
        things, weights = zip(*weighted, strict=True)
        return cast("_T", self.rng.choices(things, weights)[0])

    def put_back(self, people: Iterable[Person], key: str) -> None:
        """Note that people are in a status again, as after an undo."""
        self._moved(people, key)

    @staticmethod
    def _changed(person: Person, fields: Mapping[str, object]) -> None:
        for name, value in fields.items():
            if name in COLUMNS:
                setattr(person, name, value)

    def _moved(self, people: Iterable[Person], key: str) -> None:
        for person in people:
            for group in self.where.values():
                group.pop(person.id, None)
            self.where[key][person.id] = person
            person.due = None
