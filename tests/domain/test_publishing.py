"""Differences to a RADIUS database: applied once they are gone, and nobody is left without a group of ours."""

from hypothesis import given
from hypothesis import strategies as some

from statusdesk.domain.levels import Attribute, LevelKind, ServiceLevel
from statusdesk.domain.publishing import (
    PRIORITY,
    Definition,
    DefinitionRow,
    Difference,
    Found,
    Member,
    Rows,
    Wanted,
    compare,
    definitions,
)

FULL = ServiceLevel(1, "Full", LevelKind.NORMAL, "full", attributes=(Attribute("Filter-Id", "home"),))
WALL = ServiceLevel(2, "Wall", LevelKind.WALLED, "wall", address_list="walled")
NONE = ServiceLevel(3, "None", LevelKind.REJECT, "none", reply_message="Not active.")
GROUPS = ("sd-full", "sd-wall", "sd-none", "sd-old")
USERS = tuple("abcdef")

_members = some.lists(
    some.tuples(some.sampled_from(USERS), some.sampled_from(GROUPS), some.sampled_from([PRIORITY, 1, -200])),
    max_size=12,
)
_rows = some.lists(
    some.builds(
        Definition,
        some.sampled_from(GROUPS),
        some.sampled_from(["Filter-Id", "Fall-Through", "Auth-Type"]),
        some.sampled_from([":=", "="]),
        some.sampled_from(["home", "No", "Reject"]),
    ),
    max_size=8,
)


def applied(found: Found, difference: Difference) -> Found:
    """Do to the rows what a publisher does."""
    members = {row.id: tuple(row[1:]) for row in found.members}
    kept = _apply(members, difference.members)
    checks = _apply({row.id: tuple(row.what) for row in found.checks}, difference.checks)
    replies = _apply({row.id: tuple(row.what) for row in found.replies}, difference.replies)
    return Found(
        tuple(Member(row_id, str(row[0]), str(row[1]), int(str(row[2]))) for row_id, row in sorted(kept.items())),
        tuple(DefinitionRow(row_id, Definition(*map(str, row))) for row_id, row in sorted(checks.items())),
        tuple(DefinitionRow(row_id, Definition(*map(str, row))) for row_id, row in sorted(replies.items())),
        found.credentials,
    )


def _apply(rows: dict[int, tuple[object, ...]], difference: Rows) -> dict[int, tuple[object, ...]]:
    result = {row_id: row for row_id, row in rows.items() if row_id not in difference.removed}
    result |= dict(difference.changed)
    for added in difference.added:
        result[max(result, default=0) + 1] = added
    return result


@given(
    have=_members,
    checks=_rows,
    replies=_rows,
    goals=some.dictionaries(some.sampled_from(USERS), some.sampled_from(GROUPS[:3])),
    credentials=some.frozensets(some.sampled_from(USERS)),
)
def test_a_publish_leaves_nothing_to_do_and_nobody_without_a_group(
    have: list[tuple[str, str, int]],
    checks: list[Definition],
    replies: list[Definition],
    goals: dict[str, str],
    credentials: frozenset[str],
) -> None:
    found = Found(
        tuple(Member(number, *row) for number, row in enumerate(have, start=1)),
        tuple(DefinitionRow(number, row) for number, row in enumerate(checks, start=1)),
        tuple(DefinitionRow(number, row) for number, row in enumerate(replies, start=1)),
        credentials,
    )
    wanted = Wanted(goals, *definitions([FULL, WALL, NONE], "sd-"))

    def difference(now: Found, retired: frozenset[str] = frozenset()) -> Difference:
        return compare(now, wanted, rejecting=frozenset({"sd-none"}), reject="sd-none", retired=retired)

    first = difference(found)
    after = applied(found, first)
    assert not difference(after), "the next publish has nothing to do"
    groups = {row.user: row.group for row in after.members}
    assert len(groups) == len(after.members), "one row for each user"
    assert all(row.priority == PRIORITY for row in after.members)
    leftovers = {user for user, *_ in have if user not in goals and user in credentials}
    assert groups == {**goals, **dict.fromkeys(leftovers, "sd-none")}
    defined = {row.what.group for row in (*after.checks, *after.replies)}
    assert set(groups.values()) <= defined
    was_served = credentials - {user for user, *_ in have}
    for user in USERS:
        rows = sorted((row for row in found.members if row.user == user), key=lambda row: (row.priority, row.id))
        served = (bool(rows) and rows[0].group != "sd-none") or user in was_served
        assert (user in first.losing) is (served and groups.get(user) == "sd-none")


def test_definitions_stay_until_the_publish_after_the_one_that_stopped_using_them() -> None:
    old = Definition("sd-old", "Fall-Through", "=", "No")
    found = Found((Member(1, "a", "sd-old", PRIORITY),), (), (DefinitionRow(1, old),), frozenset("a"))
    wanted = Wanted({"a": "sd-full"}, *definitions([FULL, NONE], "sd-"))
    first = compare(found, wanted, rejecting=frozenset({"sd-none"}), reject="sd-none", retired=frozenset())
    assert first.retiring == {"sd-old"}
    assert first.replies.removed == ()
    after = applied(found, first)
    second = compare(after, wanted, rejecting=frozenset({"sd-none"}), reject="sd-none", retired=first.retiring)
    assert second.replies.removed == (1,)
    assert second.retiring == frozenset()


def test_every_group_has_a_row_and_rejecting_ones_refuse() -> None:
    checks, replies = definitions([FULL, WALL, NONE], "sd-")
    assert checks == {Definition("sd-none", "Auth-Type", ":=", "Reject")}
    assert {row.group for row in replies} == {"sd-full", "sd-wall", "sd-none"}
    assert Definition("sd-wall", "Mikrotik-Address-List", ":=", "walled") in replies
