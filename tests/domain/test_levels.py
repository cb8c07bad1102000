"""Which level an account has and why, and that nothing goes to a RADIUS server that it would trip over."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from statusdesk.domain.attributes import CATALOGUE, PRESETS, clean_attribute, clean_reply
from statusdesk.domain.errors import BadValue
from statusdesk.domain.levels import PLAN, Attribute, Grid, LevelKind, ServiceLevel, Why
from statusdesk.domain.network_names import addresses, group_name, user_problem
from statusdesk.domain.records import Stage, Status

NONE = ServiceLevel(1, "No service", LevelKind.REJECT, "no-service", position=1)
HOME = ServiceLevel(2, "Home 50", LevelKind.NORMAL, "home-50", position=2)
FAST = ServiceLevel(3, "Home 500", LevelKind.NORMAL, "home-500", position=3)
WALL = ServiceLevel(4, "Walled garden", LevelKind.WALLED, "walled-garden", position=4)


def status(status_id: int, current: str, delinquent: str, *, activates: bool) -> Status:
    return Status(
        status_id, "S", activates, "circle", "#000000", Stage.IN_SERVICE, False, "", 1,
        level_current=current, level_delinquent=delinquent,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("current", "delinquent", "activates", "owes", "plan", "level", "why"),
    [
        (PLAN, "4", True, False, "home 500", FAST, Why.PLAN),
        (PLAN, "4", True, True, "Home 500", WALL, Why.CELL),
        (PLAN, "", True, True, "Home 500", FAST, Why.PLAN),
        (PLAN, "", True, False, "", HOME, Why.NO_PLAN),
        (PLAN, "", True, False, "Home 5000", HOME, Why.UNKNOWN_PLAN),
        ("", "", True, False, "Home 500", FAST, Why.UNSET),
        ("", "", False, False, "Home 500", NONE, Why.UNSET),
        ("4", "", False, True, "Home 500", WALL, Why.CELL),
        ("99", "", False, False, "", NONE, Why.UNSET),
    ],
)
def test_an_account_has_exactly_one_level(
    current: str, delinquent: str, activates: bool, owes: bool, plan: str, level: ServiceLevel, why: Why
) -> None:
    grid = Grid({5: status(5, current, delinquent, activates=activates)}, [WALL, FAST, HOME, NONE])
    found = grid.given(5, delinquent=owes, plan=plan)
    assert (found.level, found.why) == (level, why)


def test_presets_are_right_as_they_stand() -> None:
    for preset in PRESETS:
        assert clean_attribute(Attribute(preset.name.lower(), preset.example)).name == preset.name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Mikrotik-Ratelimit", "20M/100M"),
        ("Mikrotik-Rate-Limit", "fast"),
        ("Mikrotik-Rate-Limit", "20M/100M 1M/2M 3M 4/4 9"),
        ("Session-Timeout", "15m"),
        ("Session-Timeout", "4294967296"),
        ("Framed-IP-Address", "10.0.0.999"),
        ("Filter-Id", '"home"'),
        ("Filter-Id", "`%{User-Name}`"),
        ("Filter-Id", "a`id`"),
        ("Filter-Id", "two\nlines"),
        ("Filter-Id", ""),
        ("Filter-Id", "é" * 127),
        ("Mikrotik-Address-List", "bad list"),
    ],
)
def test_what_a_server_would_trip_over_is_refused(name: str, value: str) -> None:
    with pytest.raises(BadValue):
        clean_attribute(Attribute(name, value))


def test_an_operator_that_does_nothing_is_refused() -> None:
    with pytest.raises(BadValue):
        clean_attribute(Attribute("Filter-Id", "home", "=="))


def test_somebody_can_vouch_for_an_attribute_but_not_for_its_quotes() -> None:
    assert clean_attribute(Attribute("Acme-Speed", "1", trusted=True)).trusted
    with pytest.raises(BadValue):
        clean_attribute(Attribute("Acme-Speed", "`id`", trusted=True))


@given(some.text(max_size=300), some.sampled_from(sorted(CATALOGUE)))
def test_what_is_taken_fits_and_is_never_expanded(value: str, name: str) -> None:
    try:
        taken = clean_attribute(Attribute(name, value)).value
    except BadValue:
        return
    assert 0 < len(taken.encode()) <= 253
    assert "`" not in taken
    assert taken.isprintable()


def test_a_reply_message_may_be_missing_but_not_expanded() -> None:
    assert clean_reply("  ") == ""
    with pytest.raises(BadValue):
        clean_reply("`id`")


@pytest.mark.parametrize("name", ["anna", "Anna-2", "a@b.example", "aa:bb:cc:dd:ee:ff", "x/1", "a.b"])
def test_user_names_that_are_found(name: str) -> None:
    assert user_problem(name) is None


@pytest.mark.parametrize(
    "name", ["", "o'brien", "jo+x", "bob smith", "a@b", "x..y", "name.", "müller", "a@b@c.de", "x" * 65]
)
def test_user_names_that_are_never_found(name: str) -> None:
    assert user_problem(name)


def test_addresses_are_written_as_routers_print_them() -> None:
    found = list(addresses(" 192.0.2.7;10.0.0.0/24\n2001:db8::1  2001:DB8:1::/56 "))
    assert found == ["192.0.2.7", "10.0.0.0/24", "2001:db8::1/128", "2001:db8:1::/56"]


@pytest.mark.parametrize("text", ["10.0.0.1/24", "300.1.1.1", "010.0.0.1", 'x"; /system reset', "10.0.0.1-5"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        list(addresses(text))


def test_groups_have_names_of_their_own() -> None:
    assert group_name("Home 100 Ümlaut!", frozenset()) == "home-100-umlaut"
    assert group_name("Home-100", frozenset({"home-100"})) == "home-100-2"
    assert group_name("光", frozenset()) == "level"
