"""The office's own rules on who comes into a status: what must be known then, and what it may follow."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from statusdesk.domain.admission_errors import DetailsMissing, MayNotFollow, OnlyTakenBack
from statusdesk.domain.errors import Refused
from statusdesk.domain.fields import FIELD, FIELDS, PLAIN_FIELDS, Kind
from statusdesk.domain.records import AccountFields, Stage, Status

REASON = "reason"
RETURN_DATE = "return_date"

ASKED_FIELDS = tuple(
    each.name
    for each in FIELDS
    if each.name in PLAIN_FIELDS and not each.required and each.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.DATE)
)
"""The fields of accounts that a status can require: those that can be empty."""

REQUIRABLE = (REASON, RETURN_DATE, *ASKED_FIELDS)
"""Everything that a status can require, by name."""

_LABELS = {REASON: "a reason", RETURN_DATE: "a return date"}


@dataclass(frozen=True, slots=True)
class Details:
    """What people give with a move, besides its reason.

    `fields` go to those of the accounts that have none. `return_at` (UTC milliseconds) makes it a vacation.
    """

    fields: AccountFields = field(default_factory=lambda: AccountFields())
    return_at: int | None = None


NOTHING = Details()


def label(name: str) -> str:
    """Return what people call something that a status can require, in English."""
    return _LABELS.get(name) or FIELD[name].label.lower()


def asked_fields(status: Status) -> tuple[str, ...]:
    """Return the fields of accounts that a status requires."""
    return tuple(name for name in status.required if name in ASKED_FIELDS)


def barred_by(before: Status, target: Status, *, deliberate: bool = False) -> type[Refused] | None:
    """Return the rule that keeps accounts of a status from moving on to another; None if they may.

    `deliberate` is the step that takes accounts back from debt.
    """
    if before.id == target.id:
        return None
    if before.followers and target.id not in before.followers:
        return MayNotFollow
    from_debt = before.stage is Stage.DEBT and target.stage is not Stage.DEBT and target.activates
    return OnlyTakenBack if from_debt and not deliberate else None


def barred(target: Status, statuses: Iterable[Status], *, deliberate: bool = False) -> frozenset[int]:
    """Return the ids of the statuses whose accounts may not move on to the target."""
    return frozenset(other.id for other in statuses if barred_by(other, target, deliberate=deliberate))


def refusal(
    before: Status, target: Status, statuses: Mapping[int, Status], *, deliberate: bool = False
) -> Refused | None:
    """Return why an account may not move from a status to another, as what is raised; None if it may."""
    rule = barred_by(before, target, deliberate=deliberate)
    if rule is None:
        return None
    return rule(before=before.name, name=target.name, followers=_listed(_names(before.followers, statuses)))


def _names(ids: Iterable[int], statuses: Mapping[int, Status]) -> list[str]:
    """Return the names of the statuses that are still offered; if none is, of all of them."""
    known = [statuses[status_id] for status_id in ids]
    return [f"“{status.name}”" for status in [s for s in known if s.live] or known]


def missing(target: Status, *, reason: str, has_return: bool, lacking: Collection[str]) -> tuple[str, ...]:
    """Return the names of what a status requires and does not get; `lacking` are empty fields of accounts."""
    given = {REASON: bool(reason), RETURN_DATE: has_return}
    return tuple(name for name in target.required if not given.get(name, name not in lacking))


def check_details(target: Status, names: Collection[str]) -> None:
    """Refuse where something is missing that the target requires. Raises `DetailsMissing`."""
    if names:
        details = _listed([label(name) for name in names])
        raise DetailsMissing(name=target.name, details=details, missing=" ".join(names))


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
