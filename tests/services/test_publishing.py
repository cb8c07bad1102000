"""Publishing to a RADIUS database: guarded, only what is ours, on record; the real server is asked elsewhere."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.errors import Cancelled
from statusdesk.domain.levels import PLAN, LevelKind
from statusdesk.domain.publish_errors import (
    LevelsNotReady,
    NothingToServe,
    NotRadius,
    RadiusUnreachable,
    UnknownTarget,
    WouldLose,
)
from statusdesk.domain.targets import Result, Target, TargetKind, Waiting
from statusdesk.services import level_verbs
from statusdesk.services.desk import Desk
from statusdesk.services.publishing import Report, Wish, publish
from statusdesk.store.radius_database import RadiusDatabase
from statusdesk.store.store import Store
from statusdesk.store.targets import Targets
from tests.services.test_levels import ACTIVE, INACTIVE, by_name

TABLES = """
CREATE TABLE radusergroup (id INTEGER PRIMARY KEY, username TEXT, groupname TEXT, priority INTEGER DEFAULT 1);
CREATE TABLE radgroupcheck (id INTEGER PRIMARY KEY, groupname TEXT, attribute TEXT, op TEXT, value TEXT);
CREATE TABLE radgroupreply (id INTEGER PRIMARY KEY, groupname TEXT, attribute TEXT, op TEXT, value TEXT);
CREATE TABLE radcheck (id INTEGER PRIMARY KEY, username TEXT, attribute TEXT, op TEXT, value TEXT);
CREATE TABLE radreply (id INTEGER PRIMARY KEY, username TEXT, attribute TEXT, op TEXT, value TEXT);
"""


@pytest.fixture
def radius(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return a RADIUS database with the columns of FreeRADIUS's stock schema that we know of."""
    connection = sqlite3.connect(tmp_path / "radius.db", isolation_level=None)
    connection.executescript(TABLES)
    yield connection
    connection.close()


@pytest.fixture
def target(desk: Desk, radius: sqlite3.Connection, tmp_path: Path) -> Target:
    """Return a target of an office with the usual levels."""
    level_verbs.make_usual(desk)
    store = desk.store
    with store.db.transaction():
        Targets(store.db).put(Target(0, "Core", TargetKind.RADIUS, f"sqlite:///{tmp_path / 'radius.db'}"))
    (found,) = Targets(store.db).all()
    return found


def people(desk: Desk, radius: sqlite3.Connection, count: int, status: int = ACTIVE) -> list[int]:
    ids = []
    for number in range(count):
        made = desk.create_account({"number": str(number), "status_id": status, "radius_user": f"user-{number}"})
        assert made.account_id is not None
        ids.append(made.account_id)
        radius.execute(
            "INSERT INTO radcheck (username, attribute, op, value) VALUES (?, 'Cleartext-Password', ':=', 'x')",
            (f"user-{number}",),
        )
    return ids


def groups(radius: sqlite3.Connection) -> dict[str, str]:
    return dict(radius.execute("SELECT username, groupname FROM radusergroup WHERE groupname LIKE 'sd-%'"))


def done(
    store: Store, target: Target, *, confirm_losing: int | None = None, change_set: int | None = None
) -> Report:
    return publish(store, target, Wish("anna", confirm_losing=confirm_losing, change_set=change_set))


def test_the_preview_tells_what_the_publish_does_and_the_second_has_nothing_to_do(
    desk: Desk, store: Store, target: Target, radius: sqlite3.Connection
) -> None:
    people(desk, radius, 3)
    assert Targets(store.db).waiting(target.id).never
    preview = publish(store, target, Wish("anna", dry_run=True))
    assert groups(radius) == {}
    first = done(store, target)
    assert (first.members, first.definitions, first.moves) == (
        preview.members, preview.definitions, preview.moves,
    )  # fmt: skip
    assert first.members == (3, 0, 0)
    assert set(groups(radius).values()) == {"sd-full-service"}
    assert done(store, target).result is Result.NOTHING
    assert not Targets(store.db).waiting(target.id)
    assert [run.result for run in Targets(store.db).runs(target.id)] == [Result.NOTHING, Result.PUBLISHED]


def test_service_is_taken_by_a_rejecting_group_and_only_when_confirmed(
    desk: Desk, store: Store, target: Target, radius: sqlite3.Connection
) -> None:
    ids = people(desk, radius, 30)
    done(store, target)
    desk.reassign(AccountIds(tuple(ids[:20])), INACTIVE)
    assert len(done(store, target).losing) == 20
    desk.reassign(AccountIds(tuple(ids[:20])), ACTIVE)
    done(store, target)
    desk.reassign(AccountIds(tuple(ids[:21])), INACTIVE)
    with pytest.raises(WouldLose, match="21 accounts would lose service, of 30"):
        done(store, target)
    with pytest.raises(WouldLose):
        done(store, target, confirm_losing=20)
    assert set(groups(radius).values()) == {"sd-full-service"}
    report = done(store, target, confirm_losing=21)
    assert report.members == (0, 21, 0)
    assert list(groups(radius).values()).count("sd-no-service") == 21
    assert [run.result for run in Targets(store.db).runs(target.id)][1:3] == [Result.REFUSED, Result.REFUSED]


def test_an_empty_list_is_refused(desk: Desk, store: Store, target: Target, radius: sqlite3.Connection) -> None:
    (account,) = people(desk, radius, 1)
    done(store, target)
    desk.edit_account(account, {"radius_user": ""})
    with pytest.raises(NothingToServe):
        done(store, target)
    assert groups(radius) == {"user-0": "sd-full-service"}
    done(store, target, confirm_losing=1)
    assert groups(radius) == {"user-0": "sd-no-service"}, "there is a password: deleting would let it in"


def test_only_the_accounts_of_a_change_are_looked_at(
    desk: Desk, store: Store, target: Target, radius: sqlite3.Connection
) -> None:
    first, second = people(desk, radius, 2)
    done(store, target)
    radius.execute("UPDATE radusergroup SET groupname = 'sd-walled-garden' WHERE username = 'user-1'")
    edited = desk.edit_account(first, {"status_id": INACTIVE})
    assert edited.change_set is not None
    assert Targets(store.db).waiting(target.id) == Waiting(accounts=1)
    report = done(store, target, change_set=edited.change_set)
    assert (report.whole, report.members) == (False, (0, 1, 0))
    assert groups(radius) == {"user-0": "sd-no-service", "user-1": "sd-walled-garden"}
    assert not Targets(store.db).waiting(target.id)
    desk.edit_account(second, {"phone": "1"})
    assert not Targets(store.db).waiting(target.id), "a phone number is nothing to publish"


def test_a_change_publishes_everything_where_its_group_is_not_defined_there(
    desk: Desk, store: Store, target: Target, radius: sqlite3.Connection
) -> None:
    (account,) = people(desk, radius, 1)
    done(store, target)
    level_verbs.create(desk, {"name": "Home", "kind": LevelKind.NORMAL})
    level_verbs.set_cell(desk, ACTIVE, delinquent=False, value=PLAN)
    edited = desk.edit_account(account, {"service_level": "Home"})
    report = done(store, target, change_set=edited.change_set or 0)
    assert report.whole
    assert groups(radius) == {"user-0": "sd-home"}


def test_rows_of_others_stay_and_ours_are_mended(
    desk: Desk, store: Store, target: Target, radius: sqlite3.Connection
) -> None:
    people(desk, radius, 2)
    done(store, target)
    radius.executescript(
        "INSERT INTO radusergroup (username, groupname, priority) VALUES ('user-0', 'sd-full-service', 5),"
        " ('user-0', 'theirs', -500), ('stranger', 'theirs', 1), ('SD-x', 'SD-y', 1);"
        "UPDATE radgroupreply SET value = 'Yes' WHERE groupname = 'sd-no-service' AND attribute = 'Fall-Through';"
        "DELETE FROM radgroupcheck;"
        "INSERT INTO radcheck (username, attribute, op, value) VALUES ('ghost', 'NT-Password', ':=', 'x')"
    )
    report = done(store, target)
    assert report.members == (0, 0, 1)
    assert report.definitions == (1, 1, 0)
    others = radius.execute("SELECT username, groupname FROM radusergroup WHERE groupname NOT LIKE 'sd-%'")
    assert sorted(others) == [("stranger", "theirs"), ("user-0", "theirs")]
    assert len(report.warnings) == 2
    assert any("let in without limits" in warning and "ghost" in warning for warning in report.warnings)
    assert any("read before ours: 1 (user-0)" in warning for warning in report.warnings)


def test_two_accounts_of_one_user_stop_it_and_names_that_are_never_found_are_left_out(
    desk: Desk, store: Store, target: Target, radius: sqlite3.Connection
) -> None:
    people(desk, radius, 1)
    desk.create_account({"number": "9", "status_id": ACTIVE, "radius_user": "o'brien"})
    assert "accounts 9" in done(store, target).warnings[0]
    desk.create_account({"number": "8", "status_id": INACTIVE, "radius_user": "USER-0"})
    with pytest.raises(LevelsNotReady, match=r"0 and 8 have the same RADIUS user"):
        done(store, target)
    assert groups(radius) == {"user-0": "sd-full-service"}


def test_without_a_level_that_rejects_nothing_is_published(desk: Desk, store: Store, target: Target) -> None:
    level_verbs.delete(desk, by_name(desk, "No service"))
    with pytest.raises(LevelsNotReady, match="kind Reject"):
        done(store, target)


def test_what_is_no_radius_database_is_told(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "empty.db").close()
    (tmp_path / "empty.db").touch()
    with pytest.raises(NotRadius):
        RadiusDatabase(f"sqlite:///{tmp_path / 'empty.db'}").found("sd-")
    with pytest.raises(RadiusUnreachable):
        RadiusDatabase(f"sqlite:///{tmp_path / 'missing.db'}")
    with pytest.raises(RadiusUnreachable):
        RadiusDatabase("postgresql://u@127.0.0.1:1/radius?connect_timeout=1")
    with pytest.raises(UnknownTarget):
        RadiusDatabase("oracle://secret:pw@host/x")


def test_a_cancelled_publish_writes_nothing(
    desk: Desk, store: Store, target: Target, radius: sqlite3.Connection
) -> None:
    def cancel(_done: int) -> None:
        raise Cancelled

    people(desk, radius, 2)
    with pytest.raises(Cancelled):
        publish(store, target, Wish("anna", progress=cancel))
    assert groups(radius) == {}
    assert list(radius.execute("SELECT * FROM radgroupreply")) == []
