"""What a publish rests on: which group each of our users should have, and what the server makes of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from statusdesk.domain.levels import LevelKind
from statusdesk.domain.network_names import user_problem
from statusdesk.domain.publish_errors import LevelsNotReady
from statusdesk.domain.publishing import PRIORITY, Wanted, definitions, group_of
from statusdesk.store.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from statusdesk.domain.levels import Grid
    from statusdesk.domain.publishing import Found
    from statusdesk.domain.targets import Target
    from statusdesk.store.radius_database import RadiusDatabase
    from statusdesk.store.store import Store

_LISTED = 5


@dataclass
class Ours:
    """What our own database says: the group of each user, and who cannot be published, as sentences.

    `users` are those that a single change set concerns; None: all. `newest` are the ids of the newest change set
    and the newest entry that were known. `names` are the levels' names by their groups.
    """

    target_id: int
    newest: tuple[int, int]
    wanted: Wanted
    rejecting: frozenset[str]
    reject: str
    names: Mapping[str, str]
    users: list[str] | None = None
    warnings: list[str] = field(default_factory=list)


def ours_of(store: Store, target: Target, change_set: int | None) -> Ours:
    """Return what should be there, or for a single change set what concerns its accounts.

    Raises `LevelsNotReady`.
    """
    targets, grid, levels = Targets(store.db), store.levels.grid(), store.levels.all()
    reject = next((level for level in grid.levels if level.kind is LevelKind.REJECT), None)
    if reject is None:
        raise LevelsNotReady(place=target.name, problems="make a service level of the kind Reject first.")
    checks, replies = definitions(grid.levels, target.prefix)
    ours = Ours(
        target.id,
        targets.newest(),
        Wanted({}, checks, replies),
        frozenset(group_of(level, target.prefix) for level in levels if level.kind is LevelKind.REJECT),
        group_of(reject, target.prefix),
        {group_of(level, target.prefix): level.name for level in levels},
    )
    ids = None if change_set is None else store.journal.accounts_of(store.journal.entries_of(change_set))
    members = _members(ours, grid, target, targets.accounts(ids))
    ours.wanted = Wanted(members, checks, replies)
    if change_set is not None:
        ours.users = list(dict.fromkeys((*members, *targets.users_before(change_set))))
    return ours


def _members(ours: Ours, grid: Grid, target: Target, accounts: Iterable[tuple[Any, ...]]) -> dict[str, str]:
    members: dict[str, str] = {}
    numbers: dict[str, str] = {}
    twice: list[str] = []
    never: list[str] = []
    for _, number, user, _, status_id, delinquent, plan in accounts:
        if user_problem(user):
            never.append(number)
            continue
        other = numbers.setdefault(user.casefold(), number)
        if other != number:
            twice.append(f"{other} and {number} have the same RADIUS user “{user}”")
            continue
        level = grid.given(status_id, delinquent=bool(delinquent), plan=plan).level
        if level is None:
            raise LevelsNotReady(place=target.name, problems=f"account {number} has no service level yet.")
        members[user] = group_of(level, target.prefix)
    if twice:
        raise LevelsNotReady(place=target.name, problems=f"{_some(twice)}. Give each account a user of its own.")
    if never:
        ours.warnings.append(f"RADIUS users that FreeRADIUS never finds, left out: accounts {_some(never)}.")
    return members


def lacks_definitions(found: Found, ours: Ours) -> bool:
    """Say whether a group that these members need is not defined there as it should be."""
    groups = {*ours.wanted.members.values(), ours.reject}
    have = Counter(row.what for row in (*found.checks, *found.replies) if row.what.group in groups)
    want = Counter(row for row in (*ours.wanted.checks, *ours.wanted.replies) if row.group in groups)
    return have != want


def preflight(radius: RadiusDatabase, target: Target, found: Found, ours: Ours) -> list[str]:
    """Say what makes the RADIUS server answer otherwise than people expect."""
    if ours.users is not None:
        return []
    members, known = set(ours.wanted.members), {member.user for member in found.members}
    said = []
    for users, who in (
        (members - found.credentials, "without a password there, who cannot log in"),
        (
            found.credentials - members - known,
            "with a password there and no account here, who are let in without limits unless a group stops them",
        ),
        (
            members & set(radius.ahead_of_ours(target.prefix, PRIORITY)),
            "in a group of somebody else that is read before ours",
        ),
        (
            members & set(radius.keeping_from_groups()),
            "with Fall-Through = No in radreply, for whom no group is read",
        ),
    ):
        if users:
            said.append(f"RADIUS users {who}: {len(users)} ({_some(sorted(users))}).")
    return said


def _some(values: Sequence[str]) -> str:
    more = len(values) - _LISTED
    return ", ".join(values[:_LISTED]) + (f" and {more} more" if more > 0 else "")
