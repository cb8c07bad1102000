"""What a RADIUS database must hold for our accounts, and by which rows it differs: compared, counted, guarded.

FreeRADIUS with SQL lets a user in without limits who has a password but no group, or whose group has no rows. So
service is taken away by moving a member to a group that rejects, before all other groups, never by deleting.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from statusdesk.domain.levels import LevelKind, ServiceLevel

PRIORITY = -100
"""Priority of our groups: before all others, since order decides whether a reject is ever reached."""

LEAST_GUARDED = 20
GUARDED_TENTHS = 50
"""Tenths of a percent of the served members that may lose service without being confirmed: 5 %."""


class Member(NamedTuple):
    """A row of `radusergroup`."""

    id: int
    user: str
    group: str
    priority: int


class Definition(NamedTuple):
    """What a row of `radgroupcheck` or `radgroupreply` says."""

    group: str
    attribute: str
    op: str
    value: str


class DefinitionRow(NamedTuple):
    """Such a row as it stands in the database."""

    id: int
    what: Definition


@dataclass(frozen=True, slots=True)
class Found:
    """What a RADIUS database has of ours (by the prefix of the groups), and which users have a password there."""

    members: tuple[Member, ...]
    checks: tuple[DefinitionRow, ...]
    replies: tuple[DefinitionRow, ...]
    credentials: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What it should have: the group of each user, and the definitions of all groups that are in use."""

    members: Mapping[str, str]
    checks: frozenset[Definition]
    replies: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """By which rows one table differs."""

    added: tuple[tuple[object, ...], ...] = ()
    changed: tuple[tuple[int, tuple[object, ...]], ...] = ()
    removed: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Moved:
    """A user who goes from one group to another; “” is no group of ours."""

    user: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What one publish would write, in the order of writing, and whom it concerns.

    `losing` are users who are served now and will be refused. `retiring` are groups that nothing uses any more:
    their definitions stay until the next publish. `served` is how many members are served now.
    """

    checks: Rows
    replies: Rows
    members: Rows
    moved: tuple[Moved, ...]
    losing: frozenset[str]
    served: int
    retiring: frozenset[str]
    leftovers: frozenset[str] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.checks or self.replies or self.members)

    @property
    def allowed(self) -> int:
        """How many may lose service without being confirmed: 20, or 5 % of those served, whichever is more."""
        return max(LEAST_GUARDED, self.served * GUARDED_TENTHS // 1000)


def group_of(level: ServiceLevel, prefix: str) -> str:
    """Return the name of a level's group in the RADIUS database."""
    return f"{prefix}{level.radius_group}"


def definitions(
    levels: Iterable[ServiceLevel], prefix: str
) -> tuple[frozenset[Definition], tuple[Definition, ...]]:
    """Return the check and reply rows of these levels; each group has at least one row."""
    checks, replies = set(), []
    for level in levels:
        group = group_of(level, prefix)
        if level.kind is LevelKind.REJECT:
            checks.add(Definition(group, "Auth-Type", ":=", "Reject"))
        replies += [Definition(group, said.name, said.op, said.value) for said in level.attributes]
        if level.address_list:
            replies.append(Definition(group, "Mikrotik-Address-List", ":=", level.address_list))
        if level.reply_message:
            replies.append(Definition(group, "Reply-Message", ":=", level.reply_message))
        replies.append(Definition(group, "Fall-Through", "=", "No"))
    return frozenset(checks), tuple(replies)


def compare(
    found: Found,
    wanted: Wanted,
    *,
    rejecting: frozenset[str],
    reject: str,
    retired: frozenset[str],
) -> Difference:
    """Return by what the database differs from what is wanted.

    `rejecting` are all groups that refuse, of deleted levels too; `reject` is the one for users that we know no
    more, as long as they have a password. Definitions of groups that nothing wants are taken away only if they
    were `retired` by an earlier publish.
    """
    goals = dict(wanted.members)
    rows: dict[str, list[Member]] = defaultdict(list)
    for member in found.members:
        rows[member.user].append(member)
    leftovers = frozenset(user for user in rows if user not in goals and user in found.credentials)
    goals |= dict.fromkeys(leftovers, reject)
    known = {row.what.group for row in (*found.checks, *found.replies)}
    live = {row.group for row in (*wanted.checks, *wanted.replies)}
    gone = (known - live) & retired
    members, moved = _members(rows, goals)
    served = {user for user, kept in rows.items() if min(kept, key=_first).group not in rejecting}
    open_doors = found.credentials - rows.keys()
    losing = {one.user for one in moved if one.new in rejecting and one.user in served | open_doors}
    return Difference(
        checks=_definitions(found.checks, sorted(wanted.checks), gone, live),
        replies=_definitions(found.replies, wanted.replies, gone, live),
        members=members,
        moved=tuple(moved),
        losing=frozenset(losing),
        served=len(served),
        retiring=frozenset(known - live - gone),
        leftovers=leftovers,
    )


def _first(member: Member) -> tuple[int, int]:
    """Order rows of one user as the server reads them."""
    return member.priority, member.id


def _members(rows: Mapping[str, list[Member]], goals: Mapping[str, str]) -> tuple[Rows, list[Moved]]:
    added: list[tuple[object, ...]] = []
    changed: list[tuple[int, tuple[object, ...]]] = []
    removed: list[int] = []
    moved: list[Moved] = []
    for user, group in goals.items():
        have = rows.get(user)
        if not have:
            added.append((user, group, PRIORITY))
            moved.append(Moved(user, "", group))
            continue
        first = min(have, key=_first)
        kept = next((row for row in have if row[2:] == (group, PRIORITY)), first)
        if kept[2:] != (group, PRIORITY):
            changed.append((kept.id, (user, group, PRIORITY)))
        removed += [row.id for row in have if row is not kept]
        if first.group != group:
            moved.append(Moved(user, first.group, group))
    for user, have in rows.items():
        if user not in goals:
            removed += [row.id for row in have]
            moved.append(Moved(user, min(have, key=_first).group, ""))
    return Rows(tuple(added), tuple(changed), tuple(removed)), moved


def _definitions(
    found: Iterable[DefinitionRow], wanted: Iterable[Definition], gone: set[str], live: set[str]
) -> Rows:
    """Compare definitions as multisets; a row of the same attribute is changed rather than removed and added."""
    missing = Counter(wanted)
    spare: list[DefinitionRow] = []
    for row in found:
        if missing[row.what] > 0:
            missing[row.what] -= 1
        elif row.what.group in gone or row.what.group in live:
            spare.append(row)
    added: list[tuple[object, ...]] = []
    changed: list[tuple[int, tuple[object, ...]]] = []
    for what in missing.elements():
        same = next((row for row in spare if row.what[:2] == what[:2]), None)
        if same is None:
            added.append(tuple(what))
        else:
            spare.remove(same)
            changed.append((same.id, tuple(what)))
    return Rows(tuple(added), tuple(changed), tuple(row.id for row in spare))
