"""What the demo's accounts get from the network: access for those who are installed, and the office's levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from statusdesk.domain.levels import PLAN, Attribute, LevelKind
from statusdesk.services import level_verbs
from statusdesk.services.demo_office import ANNA, JENS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from statusdesk.domain.levels import LevelFields
    from statusdesk.services.demo_office import Office
    from statusdesk.services.demo_people import Person

NEVER_ACTIVE: Final = ("lead", "pending", "failed")
_ENDED: Final = ("inactive", "may_return", "out")
_FORGOTTEN: Final = 9
"""Of so many who left, the access of one stays by mistake."""

_SPEEDS: Final = {
    "Home 50": "10M/50M", "Home 100": "20M/100M", "Home 250": "50M/250M",
    "Business 250": "100M/250M", "Business 500": "250M/500M", "Business 1000": "500M/1000M",
}  # fmt: skip
_SLOW: Final = "Slow line"
_CELLS: Final = (
    (PLAN, False, ("active",)),
    ("Walled garden", True, ("active",)),
    (_SLOW, False, ("reduced",)),
    ("Walled garden", False, ("suspended",)),
    ("No service", False, (*NEVER_ACTIVE, "vacation", *_ENDED, "collections")),
)  # fmt: skip


def take_access(people: Iterable[Person], key: str) -> None:
    """Let people who were taken over have what their status lets them: access, none yet, or none any more."""
    for place, person in enumerate(people):
        if key not in NEVER_ACTIVE and (key not in _ENDED or place % _FORGOTTEN == 0):
            person.radius_user, person.ip_addresses = person.access


def give_access(office: Office, people: Iterable[Person], day: date) -> None:
    """Give people who became active a RADIUS user, and an address if their plan has one."""
    changes = [
        (person, {"radius_user": person.access[0], "ip_addresses": person.access[1]})
        for person in people
        if not person.radius_user
    ]
    office.bring_in(changes, JENS, f"access-{day}.csv")


def take_back_access(office: Office, day: date) -> None:
    """Free the RADIUS users and addresses of those who left, all but a few that are forgotten."""
    left = [person for key in _ENDED for person in office.where[key].values()]
    changes = [
        (person, {"radius_user": "", "ip_addresses": ""})
        for person in left
        if person.radius_user and person.id % _FORGOTTEN
    ]
    office.bring_in(changes, JENS, f"freed-{day:%Y-%m}.csv")


def make_levels(office: Office) -> None:
    """Make a level for each plan beside the usual ones, and say which status gives which."""
    level_verbs.make_usual(office.at_desk(ANNA))
    for name, speed in {**_SPEEDS, _SLOW: "1M/1M"}.items():
        fields: LevelFields = {
            "name": name,
            "kind": LevelKind.NORMAL,
            "attributes": (Attribute("Mikrotik-Rate-Limit", speed),),
        }
        level_verbs.create(office.at_desk(ANNA, 2), fields)
    ids = {level.name: str(level.id) for level in office.store.levels.all()}
    for given, delinquent, keys in _CELLS:
        statuses = [office.statuses[key] for key in keys if key in office.statuses]
        value = ids.get(given, given)
        level_verbs.set_cells(office.at_desk(ANNA, 2), statuses, delinquent=delinquent, value=value)
