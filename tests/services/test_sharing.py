"""A database on a server: set up by its owner, filled and taken back by row, and everybody keeps to a role."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from statusdesk.app import run
from statusdesk.domain.changes import AccountIds
from statusdesk.domain.errors import NotAllowed, StatusDeskError
from statusdesk.domain.folding import fold
from statusdesk.domain.places import Server, place_of
from statusdesk.domain.rights import Right
from statusdesk.services import sharing
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.services.opening import author_at, open_store
from statusdesk.store import server_search
from statusdesk.store.postgres import ServerDatabase
from statusdesk.store.server_errors import CannotReach, NoSuchServerDatabase, NotSetUp, WrongLogin
from statusdesk.store.server_roles import NoSuchLogin
from tests.servers import TEMPLATE, ThrowAwayServer

pytestmark = [pytest.mark.files, pytest.mark.slow]

SECRET = "postgresql://anna:s%40cret@db.example.net:5433/office?sslmode=verify-full&password=again"


def test_a_place_tells_no_password() -> None:
    place = place_of(SECRET)
    assert isinstance(place, Server)
    assert place.name == "office"
    for told in (str(place), repr(place), repr(Server(SECRET, "typed"))):
        assert "cret" not in told
        assert "again" not in told
        assert "typed" not in told
    assert str(place) == "postgresql://anna@db.example.net:5433/office?sslmode=verify-full"
    assert place_of("postgres:///x") == Server("postgresql:///x")
    assert place_of("office.statusdesk") == Path("office.statusdesk")
    with pytest.raises(StatusDeskError, match="no address of a database"):
        place_of("sqlite://office.db")


@pytest.fixture
def empty(postgres: ThrowAwayServer) -> Iterator[Server]:
    name = postgres.empty()
    yield postgres.server(name)
    postgres.sql("postgres", f"DROP DATABASE {name} WITH (FORCE)")


def test_only_a_database_that_was_set_up_opens(postgres: ThrowAwayServer, empty: Server) -> None:
    with pytest.raises(NotSetUp, match="statusdesk migrate"):
        open_store(empty)
    with pytest.raises(NoSuchServerDatabase, match="nowhere"):
        open_store(postgres.server("nowhere"))
    with pytest.raises(CannotReach, match="cannot be reached"):
        open_store(Server(f"postgresql://owner@/x?host={postgres.folder}/no"))
    with pytest.raises((WrongLogin, CannotReach), match="nobody_known"):
        open_store(postgres.server(empty.name, "nobody_known"))
    assert sharing.migrate(empty, currency="CHF", time_zone="Europe/Zurich")[0] == 0
    assert sharing.migrate(empty)[0] > 0
    store = open_store(empty)
    assert (store.info.currency, store.info.time_zone) == ("CHF", "Europe/Zurich")
    assert check(store).findings == ()
    store.close()


def test_a_file_goes_to_a_server_and_back_row_by_row(desk: Desk, empty: Server, tmp_path: Path) -> None:
    rows = ((line, (f"{line:04}", f"Zoë Łódź {line}", 1 + line % 3, 990)) for line in range(30))
    desk.import_accounts(("number", "name", "status", "monthly_charge"), rows, file="a.csv")
    desk.reassign(AccountIds((1, 2, 3)), 3)
    desk.undo()
    file = desk.store.info.place
    counts = sharing.copy(file, empty)
    assert counts["account"] == 30
    with pytest.raises(sharing.InTheWay):
        sharing.copy(file, empty)
    back = tmp_path / "back.statusdesk"
    assert sharing.copy(empty, back) == counts
    with pytest.raises(sharing.InTheWay):
        sharing.copy(empty, back)
    for place in (empty, back):
        store = open_store(place)
        assert check(store).findings == ()
        assert store.statuses.lines() == desk.store.statuses.lines()
        done = Desk(store, author=author_at(store)).reassign(AccountIds((4, 5)), 3)
        assert done.change_set == desk.store.journal.next_id()
        store.close()


Acts = dict[str, tuple[Callable[[Desk], object], set[str]]]
ACTS: Acts = {
    "move": (lambda desk: desk.reassign(AccountIds((1,)), 3), {"support", "office"}),
    "undo": (lambda desk: desk.undo(), {"support", "office"}),
    "plan": (lambda desk: desk.plan_change(AccountIds((2,)), 3, desk.clock() + 9**9), {"support", "office"}),
    "edit": (lambda desk: desk.edit_account(1, {"name": "Ada"}), {"office"}),
    "charge": (lambda desk: desk.edit_account(1, {"monthly_charge": 1}), {"office"}),
    "add": (lambda desk: desk.create_account({"number": "X", "status_id": 1}), {"office"}),
    "shape": (lambda desk: desk.create_status({"name": "New", "shape": "moon", "colour": "#0A66B5"}), {"office"}),
}
FORGERIES = (
    "UPDATE entry SET old_charge = 1",
    "DELETE FROM change_set",
    "TRUNCATE entry",
    "UPDATE account_state SET monthly_charge = 1 WHERE account_id = 1",
    "UPDATE account_state SET status_id = 1 WHERE account_id = 1",
    "INSERT INTO change_set VALUES (99, 1, 'somebody else', 'edit', '', '{}', 0, NULL, NULL, NULL, '')",
    "ALTER TABLE entry DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "SET ROLE owner",
)


def test_everybody_may_do_what_their_role_says_and_nothing_else(postgres: ThrowAwayServer, empty: Server) -> None:
    sharing.migrate(empty)
    owner = open_store(empty)
    rows = ((line, (f"{line:04}", 2, 990)) for line in range(5))
    Desk(owner, author="owner").import_accounts(("number", "status", "monthly_charge"), rows, file="a.csv")
    with pytest.raises(NoSuchLogin):
        sharing.grant(empty, "support", "nobody_known")
    for role in ("manager", "support", "office"):
        login = f"anna_{role}"
        postgres.sql("postgres", f"CREATE ROLE {login} LOGIN")
        with pytest.raises(NotAllowed):
            open_store(postgres.server(empty.name, login))
        sharing.grant(empty, role, login)
        store = open_store(postgres.server(empty.name, login))
        desk = Desk(store, author=author_at(store))
        assert desk.author == login
        assert {"shape" if right is Right.SHAPE else "move" for right in store.db.rights()} == {
            act for act in ("move", "shape") if role in ACTS[act][1]
        }
        for act, (deed, allowed) in ACTS.items():
            if role in allowed:
                deed(desk)
            else:
                with pytest.raises(NotAllowed if act != "undo" else StatusDeskError):
                    deed(desk)
        for sql in FORGERIES if role != "office" else FORGERIES[:3] + FORGERIES[5:]:
            with pytest.raises(NotAllowed), store.db.explained():
                store.db.run(sql)
        assert {made.author for made in store.journal.newest()} <= {"", "owner", "anna_support", "anna_office"}
        store.close()
        assert check(owner).findings == ()
    owner.close()
    for role in ("manager", "support", "office"):
        sharing.grant(empty, "none", f"anna_{role}")
    with pytest.raises(NotAllowed):
        open_store(postgres.server(empty.name, "anna_support"))


def test_a_server_without_an_index_for_searching_says_so_and_gets_it_later(
    empty: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as without:
        without.setattr(server_search, "_SEARCH", server_search._SEARCH.replace("pg_trgm", "pg_nothing"))
        assert run(["migrate", empty.url]) == 0
        assert "pg_trgm" in capsys.readouterr().out
    store = open_store(empty)
    assert check(store).findings != ()
    assert run(["migrate", empty.url]) == 0
    assert "pg_trgm" not in capsys.readouterr().out
    assert check(store).findings == ()
    store.close()


def test_the_server_folds_every_letter_as_python_does(postgres: ThrowAwayServer) -> None:
    letters = [chr(code) for code in range(1, 0x20000) if not 0xD800 <= code < 0xE000]
    words = [f"x{letter}Yß" for letter in letters]
    db = ServerDatabase(postgres.server(TEMPLATE))
    rows = db.rows(
        "SELECT fold(word) FROM unnest(?::text[]) WITH ORDINALITY u(word, place) ORDER BY place", (words,)
    )
    db.close()
    assert [word for word, (folded,) in zip(words, rows, strict=True) if folded != fold(word)] == []
