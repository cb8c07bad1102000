"""What a broken connection leads to: reading goes on, and a change is made or not, but never twice, and told."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from statusdesk.domain.places import Server
from statusdesk.domain.store_errors import StoreUnavailable
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.store.postgres import ServerDatabase
from statusdesk.store.server_errors import ConnectionLost, Undecided, Unkept
from statusdesk.store.server_hearing import HEARTBEAT, Hearing
from statusdesk.store.store import Store
from tests.links import Link, Trap, Way
from tests.servers import OWNER, ThrowAwayServer

pytestmark = [pytest.mark.files, pytest.mark.slow]


@pytest.fixture
def engine() -> str:
    return "server"


@pytest.fixture
def db(desk: Desk) -> ServerDatabase:
    desk.create_account({"number": "1", "status_id": 2})
    assert isinstance(desk.store.db, ServerDatabase)
    return desk.store.db


def cut(db: ServerDatabase, postgres: ThrowAwayServer) -> None:
    """End the connection as an administrator or a restart would."""
    pid = db.connection.info.backend_pid
    postgres.sql("postgres", f"SELECT pg_terminate_backend({pid}, 5000)")


def test_reading_goes_on(desk: Desk, db: ServerDatabase, postgres: ThrowAwayServer) -> None:
    before = desk.store.statuses.lines()
    cut(db, postgres)
    assert desk.store.statuses.lines() == before
    cut(db, postgres)
    assert check(desk.store).findings == ()
    cut(db, postgres)
    assert desk.create_account({"number": "2", "status_id": 2}).changed == 1


def test_a_change_that_breaks_off_leaves_nothing(
    desk: Desk, db: ServerDatabase, postgres: ThrowAwayServer
) -> None:
    def break_off() -> None:
        with desk.store.change(author="anna", kind="edit"):
            desk.store.accounts.insert({"number": "2"})
            cut(db, postgres)
            desk.store.accounts.by_number("2")

    with pytest.raises(ConnectionLost, match="Nothing was changed"):
        break_off()
    assert desk.store.accounts.by_number("2") is None
    assert check(desk.store).findings == ()
    assert desk.create_account({"number": "2", "status_id": 2}).changed == 1


Break = Callable[[ServerDatabase, Callable[[str], Any]], None]


def after_saving(db: ServerDatabase, run: Callable[[str], Any]) -> None:
    run("COMMIT")
    db.connection.pgconn.finish()


def before_saving(db: ServerDatabase, run: Callable[[str], Any]) -> None:
    run("ROLLBACK")
    db.connection.pgconn.finish()


@pytest.mark.parametrize(("breaks", "made"), [(after_saving, True), (before_saving, False)])
def test_the_server_is_asked_what_became_of_a_change(
    desk: Desk, db: ServerDatabase, monkeypatch: pytest.MonkeyPatch, breaks: Break, made: bool
) -> None:
    real = db.run

    def run(sql: str, parameters: Any = ()) -> Any:
        if sql != "COMMIT":
            return real(sql, parameters)
        breaks(db, real)
        raise psycopg.OperationalError("the connection is lost")

    with monkeypatch.context() as broken:
        broken.setattr(db, "run", run)
        if made:
            assert desk.create_account({"number": "2", "status_id": 2}).changed == 1
        else:
            with pytest.raises(Unkept, match="was not made"):
                desk.create_account({"number": "2", "status_id": 2})
    assert (desk.store.accounts.by_number("2") is not None) is made
    assert check(desk.store).findings == ()


def test_where_nobody_answers_nothing_is_claimed(
    desk: Desk, db: ServerDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = db.run

    def run(sql: str, parameters: Any = ()) -> Any:
        if sql != "COMMIT":
            return real(sql, parameters)
        after_saving(db, real)
        raise psycopg.OperationalError("the connection is lost")

    def gone() -> None:
        raise psycopg.OperationalError("nobody answers")

    monkeypatch.setattr("statusdesk.store.postgres._PATIENCE", (0.0, 0.0))
    with monkeypatch.context() as broken:
        broken.setattr(db, "run", run)
        broken.setattr(db, "_reconnect", gone)
        with pytest.raises(Undecided, match="Look at the history"):
            desk.create_account({"number": "2", "status_id": 2})
    assert desk.store.accounts.by_number("2") is not None


def test_others_are_told_and_a_server_that_stops_is_noticed(
    desk: Desk, db: ServerDatabase, postgres: ThrowAwayServer
) -> None:
    hearing = Hearing(db.server)
    assert not hearing.wait(0.01)
    desk.create_account({"number": "2", "status_id": 2})
    assert hearing.wait(5)
    try:
        postgres.stop("fast")
        with pytest.raises(StoreUnavailable):
            all(hearing.wait(0.1) or True for _ in range(100))
        with pytest.raises(StoreUnavailable), db.explained():
            desk.next_undo()
    finally:
        postgres.start()
        hearing.close()
    assert desk.next_undo() is not None
    assert desk.undo().changed == 1
    assert check(desk.store).findings == ()


@pytest.fixture
def link(postgres: ThrowAwayServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Link]:
    monkeypatch.setattr("statusdesk.store.server_waiting.PATIENCE", 0.3)
    link = Link(postgres.folder)
    yield link
    link.close()


@pytest.fixture
def far_desk(desk: Desk, db: ServerDatabase, link: Link) -> Iterator[Desk]:
    url = f"postgresql://{OWNER}@127.0.0.1:{link.port}/{db.server.name}?connect_timeout=2"
    store = Store(Server(url))
    yield Desk(store, author="anna")
    store.close()


@pytest.mark.parametrize("way", ["silent", "loud"])
def test_reading_goes_on_over_a_link_that_was_cut(far_desk: Desk, link: Link, way: Way) -> None:
    before = far_desk.store.statuses.lines()
    link.cut(way)
    assert far_desk.store.statuses.lines() == before
    link.cut(way)
    assert far_desk.create_account({"number": "2", "status_id": 2}).changed == 1
    link.cut(way, stay=True)
    with pytest.raises(StoreUnavailable), far_desk.store.db.explained():
        far_desk.next_undo()
    link.mend()
    assert far_desk.next_undo() is not None


@pytest.mark.parametrize("way", ["silent", "loud"])
def test_a_change_in_midst_of_which_the_link_was_cut_is_not_made_and_holds_nobody_up(
    desk: Desk, far_desk: Desk, link: Link, way: Way
) -> None:
    link.trap = Trap(b"INSERT INTO", way, nth=2)
    with pytest.raises(ConnectionLost, match="Nothing was changed"):
        far_desk.create_account({"number": "2", "status_id": 2})
    assert link.cuts == 1
    assert far_desk.create_account({"number": "3", "status_id": 2}).changed == 1
    assert desk.create_account({"number": "4", "status_id": 2}).changed == 1
    assert desk.store.accounts.by_number("2") is None
    assert check(desk.store).findings == ()


@pytest.mark.parametrize("way", ["silent", "loud"])
@pytest.mark.parametrize("arrived", [True, False])
def test_where_saving_was_cut_the_server_is_asked(
    desk: Desk, far_desk: Desk, link: Link, way: Way, arrived: bool
) -> None:
    link.trap = Trap(b"COMMIT", way, answer=arrived)
    if arrived:
        assert far_desk.create_account({"number": "2", "status_id": 2}).changed == 1
    else:
        with pytest.raises(Unkept, match="was not made"):
            far_desk.create_account({"number": "2", "status_id": 2})
    assert link.cuts == 1
    assert (desk.store.accounts.by_number("2") is not None) is arrived
    assert desk.create_account({"number": "3", "status_id": 2}).changed == 1


def test_who_listens_notices_a_silent_link(far_desk: Desk, link: Link) -> None:
    server = far_desk.store.info.place
    assert isinstance(server, Server)
    hearing = Hearing(server)
    assert not hearing.wait(0.01)
    link.cut("silent", stay=True)
    with pytest.raises(StoreUnavailable):
        all(hearing.wait(0.01) or True for _ in range(HEARTBEAT + 1))
    hearing.close()


def test_a_long_answer_is_waited_for(far_desk: Desk, link: Link) -> None:
    assert far_desk.store.db.value("SELECT 1 FROM (SELECT pg_sleep(1.5)) s") == 1
    assert link.cuts == 0
