"""What customers get when they log in: before and after changes, while we publish, and when we are cut off."""

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.publish_errors import NoRights, RadiusUnreachable
from statusdesk.domain.targets import Result
from statusdesk.services import level_verbs, network
from statusdesk.services.publishing import Wish, publish
from statusdesk.services.sessions import end_sessions
from statusdesk.store.radius_database import RadiusDatabase
from statusdesk.store.store import Store
from statusdesk.store.targets import Targets
from tests.radius.conftest import ACTIVE, INACTIVE, Office

if TYPE_CHECKING:
    from collections import Counter
from dataclasses import replace

pytestmark = pytest.mark.slow
WAYS = ("User-Password", "CHAP-Password", "MS-CHAP-Password")


def test_each_account_gets_its_level_and_another_after_a_change(office: Office) -> None:
    anna, cleo = office.add("anna"), office.add("cleo", owes=True)
    office.add("ben", status=INACTIVE)
    office.publish()
    for by in WAYS:
        answer = office.server.ask("anna", "pw-anna", by=by)
        assert answer.accepted
        assert answer.attributes["Filter-Id"] == "home"
        assert answer.attributes["Mikrotik-Rate-Limit"] == "20M/100M"
        refused = office.server.ask("ben", "pw-ben", by=by)
        assert (refused.accepted, refused.attributes["Reply-Message"]) == (False, "Account is not active.")
        walled = office.server.ask("cleo", "pw-cleo", by=by)
        assert (walled.accepted, walled.attributes["Session-Timeout"]) == (True, "900")
    moved = office.desk.reassign(AccountIds((anna,)), INACTIVE)
    office.publish(change_set=moved.change_set)
    office.desk.edit_account(cleo, {"delinquent": False})
    office.publish()
    assert not office.server.ask("anna", "pw-anna").accepted
    assert office.server.ask("cleo", "pw-cleo").attributes["Filter-Id"] == "home"
    office.desk.undo(moved.change_set)
    office.publish()
    assert office.server.ask("anna", "pw-anna").attributes["Filter-Id"] == "home"


def test_a_user_we_know_no_more_is_refused_as_long_as_there_is_a_password(office: Office) -> None:
    account = office.add("anna")
    office.add("ben")
    office.publish()
    office.desk.edit_account(account, {"radius_user": "anna2"})
    office.publish()
    assert not office.server.ask("anna", "pw-anna").accepted
    assert office.server.ask("ben", "pw-ben").accepted


def test_a_deleted_level_lets_nobody_in_without_limits(office: Office) -> None:
    account = office.add("anna", plan="Extra")
    level_verbs.create(office.desk, {"name": "Extra"})
    office.publish()
    office.desk.edit_account(account, {"service_level": ""})
    extra = next(level.id for level in office.desk.store.levels.grid().levels if level.name == "Extra")
    level_verbs.delete(office.desk, extra)
    office.publish()
    groups = "SELECT DISTINCT groupname FROM radgroupreply WHERE groupname = 'sd-extra'"
    assert office.sql(groups) == [("sd-extra",)], "it stays until the next publish"
    office.publish()
    assert office.sql(groups) == []
    assert office.server.ask("anna", "pw-anna").attributes["Filter-Id"] == "home"


def test_sessions_of_those_concerned_are_ended(office: Office) -> None:
    account = office.add("anna")
    office.add("gone")
    office.publish()
    for user in ("anna", "other"):
        office.sql(
            "INSERT INTO radacct (acctsessionid, acctuniqueid, username, nasipaddress, framedipaddress)"
            " VALUES (?, ?, ?, '127.0.0.1', '100.64.0.9')",
            f"s-{user}", f"u-{user}", user,
        )  # fmt: skip
    office.sql("INSERT INTO nas (nasname, shortname, secret) VALUES ('127.0.0.1', 'nas', ?)", office.server.secret)
    office.desk.reassign(AccountIds((account,)), INACTIVE)
    report = office.publish()
    ended = network.end_sessions_of(office.target, report.concerned)
    assert (ended.ended, ended.gone, ended.silent) == (1, 0, ())
    with RadiusDatabase(office.server.url) as radius:
        sessions = radius.sessions(["anna"])
    office.sql("UPDATE radacct SET acctstoptime = '2026-01-01 00:00:00' WHERE username = 'anna'")
    again = end_sessions(sessions, lambda _: office.server.secret, port=office.server.coa_port)
    assert again.sentences() == ["0 sessions were ended.", "1 was gone already."]
    silent = end_sessions(sessions, lambda _: "wrong", port=office.server.coa_port, timeout=0.1)
    assert len(silent.silent) == 1
    assert end_sessions(sessions, lambda _: "").unknown == ("127.0.0.1",)


def test_while_levels_change_nobody_is_let_in_without_limits_and_nobody_refused_wrongly(office: Office) -> None:
    users = [f"user{number}" for number in range(20)]
    accounts = [office.add(user) for user in users]
    for number in range(500):
        office.desk.create_account({"number": f"x{number}", "radius_user": f"x{number}", "status_id": ACTIVE})
    office.publish()
    answers: list[Counter[str]] = []
    logins = [(user, f"pw-{user}") for user in users]
    stream = threading.Thread(target=lambda: answers.append(office.server.ask_many(logins, rounds=60)))
    stream.start()
    publishes = 0
    while stream.is_alive():
        owes = publishes % 2 == 0
        for account in accounts[:10]:
            office.desk.edit_account(account, {"delinquent": owes})
        assert office.publish().members == (0, 10, 0)
        publishes += 1
    stream.join()
    assert publishes > 2
    assert set(answers[0]) == {"Access-Accept home", "Access-Accept walled"}
    assert sum(answers[0].values()) == 20 * 60


def test_two_publishers_at_once_write_each_row_once(office: Office) -> None:
    for number in range(300):
        office.desk.create_account({"number": str(number), "radius_user": f"u{number}", "status_id": ACTIVE})
    path = office.desk.store.info.path
    failures: list[Exception] = []

    def run() -> None:
        store = Store(Path(path))
        try:
            publish(store, office.target, Wish("ben"))
        except Exception as error:
            failures.append(error)
        finally:
            store.close()

    both = [threading.Thread(target=run) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert failures == []
    assert office.sql("SELECT count(*), count(DISTINCT username) FROM radusergroup") == [(300, 300)]
    assert office.publish().members == (0, 0, 0)


def test_a_publisher_that_dies_leaves_nothing_and_the_next_completes(office: Office) -> None:
    for number in range(50):
        office.desk.create_account({"number": str(number), "radius_user": f"u{number}", "status_id": ACTIVE})
    child = os.fork()
    if child == 0:
        publish(office.desk.store, office.target, Wish("ben", progress=lambda _: os._exit(9)))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 9
    assert office.sql("SELECT count(*) FROM radusergroup") == [(0,)]
    assert office.sql("SELECT count(*) FROM radgroupreply") == [(0,)]
    assert office.publish().members == (50, 0, 0)


def test_a_database_that_is_gone_is_told_and_put_on_record(office: Office) -> None:
    office.add("anna")
    gone = replace(office.target, address="postgresql://publisher@127.0.0.1:1/radius")
    with pytest.raises(RadiusUnreachable, match="does not answer"):
        publish(office.desk.store, gone, Wish("anna"))
    assert [run.result for run in Targets(office.desk.store.db).runs(office.target.id)] == [Result.FAILED]
    office.publish()


def test_a_login_without_rights_is_told_which_it_needs(office: Office) -> None:
    if office.server.url == office.server.owner_url:
        pytest.skip("a file has no logins")
    office.add("anna")
    office.sql("REVOKE INSERT ON radusergroup FROM publisher")
    with pytest.raises(NoRights, match="GRANT SELECT, INSERT, UPDATE, DELETE ON radusergroup"):
        office.publish()
    assert office.sql("SELECT count(*) FROM radgroupreply") == [(0,)]
