"""Changes planned for later: what a plan is, and the one rule that says what stands in its way.

The same rule is asked when a plan is shown, before accounts move, and when it is due.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, TypedDict

from statusdesk.domain.admission import barred_by
from statusdesk.domain.errors import BadValue
from statusdesk.domain.instants import parse_instant, to_datetime
from statusdesk.domain.records import Status


class PlanState(StrEnum):
    """What has become of a plan; it is in exactly one of these."""

    PENDING = "pending"
    FLAGGED = "flagged"
    APPLIED = "applied"
    CANCELLED = "cancelled"

    @property
    def open(self) -> bool:
        """True while a plan waits: for its time, or for a person."""
        return self in (PlanState.PENDING, PlanState.FLAGGED)


class PlanKind(StrEnum):
    """A change by itself, or one half of a vacation."""

    CHANGE = "change"
    LEAVE = "leave"
    RETURN = "return"


class Flag(StrEnum):
    """Why a plan is left to a person."""

    CLOSED = "closed"
    DELETED = "deleted"
    RETIRED = "retired"
    MOVED = "moved"
    CHARGED = "charged"
    BARRED = "barred"
    LACKING = "lacking"
    REOPENED = "reopened"


FLAG_TEXTS: Mapping[Flag, str] = {
    Flag.CLOSED: "The account was closed.",
    Flag.DELETED: "The status was deleted.",
    Flag.RETIRED: "The status was retired.",
    Flag.MOVED: "The account was moved meanwhile.",
    Flag.CHARGED: "The monthly charge was changed meanwhile.",
    Flag.BARRED: "The rules of its status do not let the account go there.",
    Flag.LACKING: "The account lacks something that the status requires.",
    Flag.REOPENED: "It was taken up again after its time.",
}
"""One sentence for each flag; the window translates it."""


class Plan(NamedTuple):
    """One account's planned change, with what people see of it. Instants are UTC milliseconds.

    It is carried out only while the account has the status `expects_id`. `charge` is the monthly charge (minor
    units) that comes with it; None leaves the charge. `flag` is why it was flagged; `obstacle` why it will be, as
    things stand, while it is pending. The two halves of a vacation share `pair_id`. `yearly` is the local day and
    time at which it comes again every year (“12-01T08:00”), or "". `settled_at` is when it was applied, flagged or
    cancelled, `settled_by` who did so.
    """

    id: int
    account_id: int
    number: str
    title: str
    kind: PlanKind
    state: PlanState
    due_at: int
    status_id: int
    expects_id: int
    charge: int | None
    reason: str
    flag: Flag | None
    obstacle: Flag | None
    yearly: str
    pair_id: int | None
    planned_by: str
    planned_at: int
    settled_by: str = ""
    settled_at: int | None = None

    def overdue(self, at: int) -> bool:
        """Say whether its time has passed without its being carried out."""
        return self.state.open and self.due_at <= at


class PlanFields(TypedDict, total=False):
    """What people set of a plan; absent ones stay. `yearly` is for vacations and concerns both halves."""

    due_at: int
    status_id: int
    reason: str
    yearly: bool


class PlanView(StrEnum):
    """The lists of the Planned page. A pending plan that meets an obstacle is among the flagged already."""

    UPCOMING = "upcoming"
    OVERDUE = "overdue"
    FLAGGED = "flagged"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an account is: its status (None: closed) and its monthly charge in minor units.

    `lacks` are those of its fields that are empty and required by some status; they play no part in comparing.
    """

    status_id: int | None
    charge: int
    lacks: frozenset[str] = field(default=frozenset(), compare=False)


class Wish(NamedTuple):
    """What the rule looks at of a plan. `away_charge` is what the leave of a vacation set, if anything."""

    plan_id: int
    kind: PlanKind
    status_id: int
    expects_id: int
    charge: int | None = None
    away_charge: int | None = None

    def after(self, standing: Standing) -> Standing:
        """Return where the account is once this was carried out."""
        charge = standing.charge if self.charge is None else self.charge
        return Standing(self.status_id, charge, standing.lacks)


def fulfilled(wish: Wish, standing: Standing) -> bool:
    """Say whether the account is already where the plan would bring it."""
    return wish.after(standing) == standing


def obstacle(wish: Wish, standing: Standing, statuses: Mapping[int, Status]) -> Flag | None:
    """Return why the plan cannot be carried out without a person; None if it can, or needs no doing."""
    if standing.status_id is None:
        return Flag.CLOSED
    if fulfilled(wish, standing):
        return None
    target = statuses[wish.status_id]
    if target.deleted:
        return Flag.DELETED
    if target.retired:
        return Flag.RETIRED
    if standing.status_id != wish.expects_id:
        return Flag.MOVED
    if wish.kind is not PlanKind.RETURN:
        if barred_by(statuses[standing.status_id], target):
            return Flag.BARRED
        if standing.lacks.intersection(target.required):
            return Flag.LACKING
    restores = wish.kind is PlanKind.RETURN and wish.charge is not None and wish.away_charge is not None
    return Flag.CHARGED if restores and standing.charge != wish.away_charge else None


def obstacles(wishes: Iterable[Wish], standing: Standing, statuses: Mapping[int, Status]) -> dict[int, Flag]:
    """Return by plan id what one account's pending plans will meet, one after the other in due order."""
    found: dict[int, Flag] = {}
    for wish in wishes:
        flag = obstacle(wish, standing, statuses)
        if flag is None:
            standing = wish.after(standing)
        else:
            found[wish.plan_id] = flag
    return found


def due_instant(day: str, time: str, zone: str) -> int:
    """Read a local date (ISO) and time (HH:MM) of the time zone as UTC milliseconds. Raises `BadValue`.

    A time that the clocks skip counts as long after midnight as it says, one that comes twice the first time.
    """
    try:
        date.fromisoformat(day)
    except ValueError:
        raise BadValue(field="date", value=day, reason="is not a date like 2026-12-01") from None
    return parse_instant(f"{day}T{time}", zone)


def anniversary(instant: int, zone: str) -> str:
    """Return the local day and time of an instant without its year: “12-01T08:00”."""
    return to_datetime(instant, zone).strftime("%m-%dT%H:%M")


def next_anniversary(yearly: str, after: int, zone: str) -> int:
    """Return the first instant after another that is this local day and time; 29 February may be the 28th."""
    year = to_datetime(after, zone).year
    return next(at for at in (_in_year(yearly, year + more, zone) for more in range(3)) if at > after)


def _in_year(yearly: str, year: int, zone: str) -> int:
    try:
        moment = datetime.fromisoformat(f"{year:04}-{yearly}")
    except ValueError:
        moment = datetime.fromisoformat(f"{year:04}-{yearly.replace('02-29', '02-28')}")
    return parse_instant(moment.isoformat(), zone)
