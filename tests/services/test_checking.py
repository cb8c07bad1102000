"""A sound database passes; whatever contradicts the journal or the schema is found and named."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from statusdesk.domain.changes import Matching
from statusdesk.domain.places import Place, Server
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.store import sealing
from statusdesk.store.postgres import connect
from statusdesk.store.store import Store
from tests.conftest import Clock, OpensStores


@pytest.fixture
def used(desk: Desk, clock: Clock) -> Desk:
    """Return a desk at which a little of everything has been done."""
    paused = desk.create_status({"name": "Paused", "shape": "moon", "colour": "#0A66B5"}).status_id
    assert paused is not None
    for place in range(1, 8):
        clock.turn(hours=5)
        desk.create_account(
            {"number": f"A{place}", "name": f"Zoë {place}", "status_id": 2, "monthly_charge": 100 * place}
        )
    desk.reassign(Matching(search="zoe 3"), paused)
    desk.reassign(Matching(frozenset({2})), paused)
    desk.undo()
    desk.redo()
    desk.undo()
    desk.edit_account(2, {"monthly_charge": -50, "city": "Kraków"})
    desk.edit_status(paused, {"activates": True, "name": "Resting"})
    desk.create_account({"number": "A9", "status_id": 1})
    desk.undo()
    desk.plan_change(Matching(search="zoe 4"), 3, clock() + 1)
    return desk


@pytest.fixture(autouse=True)
def _for_nobody_else(database: Place, request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if isinstance(database, Server):
        request.getfixturevalue("postgres").spoil(database)


def _tamper(store: Store, sql: str) -> None:
    """Change the database as a foreign tool would, that heeds no foreign keys; on a server, as its owner."""
    place = store.info.place
    store.close()
    if isinstance(place, Server):
        with connect(place) as connection:
            connection.execute(f"SET session_replication_role = replica; {sql}".encode())
        return
    file = sqlite3.connect(place)
    file.executescript(sql)
    file.close()


def test_a_new_database_is_sound(store: Store) -> None:
    verdict = check(store)
    assert verdict.findings == ()
    assert verdict.checks == tuple("integrity schema references journal counters peaks seals search plans".split())


def test_a_used_one_is_sound_for_readers_too(used: Desk, open_store: OpensStores, database: Place) -> None:
    assert check(used.store).findings == ()
    verdict = check(open_store(database, "read"))
    assert verdict.findings == ()
    assert (verdict.accounts, verdict.entries) == (7, 35)


TAMPERINGS = {
    "UPDATE account_state SET status_id = 1 WHERE account_id = 3": {"journal", "counters"},
    "UPDATE account_state SET monthly_charge = 1 WHERE account_id = 3": {"journal", "counters"},
    "UPDATE account_state SET delinquent = 1 WHERE account_id = 3": {"journal"},
    "DELETE FROM account_state WHERE account_id = 3": {"journal", "counters"},
    "UPDATE account SET closed = 1 WHERE number = 'A4'": {"journal"},
    "UPDATE account SET name = 'Somebody' WHERE number = 'A4'": {"search"},
    "UPDATE plan SET due_at = due_at + 1": {"plans"},
    "UPDATE plan SET state = 'lost'": {"plans"},
    "UPDATE status SET activates = 0 WHERE id = 2": {"journal"},
    "UPDATE status_count SET accounts = accounts + 1": {"counters"},
    "UPDATE status_day SET charge = charge + 1": {"counters"},
    "UPDATE status_day SET day = '2026-01-01' WHERE status_id = 2 AND day = (SELECT min(day) FROM status_day)": {
        "counters"
    },
    "DROP INDEX status_look": {"schema"},
    "DROP TRIGGER entry_no_delete": {"schema"},
    "CREATE TABLE notes (text TEXT)": {"schema"},
    "UPDATE account_state SET status_id = 77 WHERE account_id = 1": {"references", "journal", "counters"},
}


@pytest.mark.parametrize(("sql", "expected"), TAMPERINGS.items())
def test_what_was_tampered_with_is_found(
    used: Desk, open_store: OpensStores, database: Place, sql: str, expected: set[str]
) -> None:
    if "entry_no_delete" in sql and isinstance(database, Server):
        sql = "ALTER TABLE entry DISABLE TRIGGER entry_only_added_to"
    _tamper(used.store, sql)
    findings = check(open_store(database, "read")).findings
    assert {finding.check for finding in findings} == expected


@pytest.mark.parametrize(
    ("trigger", "sql", "said"),
    [
        ("entry_no_delete", "DELETE FROM entry WHERE id = 5", "does not follow"),
        ("entry_no_delete", "DELETE FROM entry WHERE id = 5", "does not have the journal entries"),
        ("entry_no_update", "UPDATE entry SET old_charge = 7 WHERE id = 9", "entry 9 does not follow"),
        ("entry_no_update", "UPDATE entry SET effective_at = 0 WHERE id = 9", "entry 9 does not follow"),
        ("change_set_no_update", "UPDATE change_set SET accounts = 9 WHERE id = 4", "change set 4 does not have"),
    ],
)
def test_a_changed_journal_is_found_even_if_its_triggers_are_back(
    used: Desk, open_store: OpensStores, database: Place, trigger: str, sql: str, said: str
) -> None:
    if isinstance(database, Path):
        rows = used.store.db.rows("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,))
        sql = f"DROP TRIGGER {trigger}; {sql}; {rows[0][0]}"
    _tamper(used.store, sql)
    findings = check(open_store(database, "read")).findings
    assert any(said in finding.problem for finding in findings)
    assert {finding.check for finding in findings} >= {"journal"}


@pytest.mark.parametrize(
    ("table", "sql", "first"),
    [
        ("change_set", "UPDATE change_set SET reason = 'as told' WHERE id = 4", 4),
        ("change_set", "UPDATE change_set SET author = 'jens' WHERE id IN (5, 9)", 5),
        ("change_set", "UPDATE change_set SET recorded_at = recorded_at - 1 WHERE id = 1", 1),
        ("change_set", "UPDATE change_set SET facts = '{}', seal = 'made up' WHERE id = 4", 4),
        ("entry", "UPDATE entry SET new_tip = new_tip + 1 WHERE id = 3", 5),
        ("field_change", "UPDATE field_change SET old = 'Gdynia' WHERE field = 'city'", 15),
        (
            "status_change",
            "UPDATE status_change SET effective_at = 7 WHERE change_set_id = 2",
            2,
        ),
        ("plan_step", "UPDATE plan_step SET new_tip = new_tip", 0),
        ("plan_step", "UPDATE plan_step SET previous_id = 1", 19),
    ],
)
def test_the_first_change_set_that_was_altered_is_named(
    used: Desk, open_store: OpensStores, database: Place, table: str, sql: str, first: int
) -> None:
    if isinstance(database, Path):
        trigger = f"{table}_no_update"
        rows = used.store.db.rows("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,))
        sql = f"DROP TRIGGER {trigger}; {sql}; {rows[0][0]}"
    _tamper(used.store, sql)
    findings = check(open_store(database, "read")).findings
    said = [finding.problem for finding in findings if finding.check == "seals"]
    assert [words.split(" of ")[0] for words in said] == ([f"The change set {first}"] if first else [])


def test_a_change_set_written_anew_with_its_seal_breaks_the_next(
    used: Desk, open_store: OpensStores, database: Place
) -> None:
    shown = used.store.newest_seal()
    store = used.store
    rows = store.db.rows("SELECT seal FROM change_set WHERE id = 3")
    record = list(store.db.rows("SELECT * FROM change_set WHERE id = 4")[0][:-1])
    record[2] = "jens"
    made_up = sealing.seal(store.db, rows[0][0], record)
    sql = f"UPDATE change_set SET author = 'jens', seal = '{made_up}' WHERE id = 4"
    _tamper(store, sql if isinstance(database, Server) else f"DROP TRIGGER change_set_no_update; {sql}")
    again = open_store(database, "read")
    said = [finding.problem for finding in check(again).findings if finding.check == "seals"]
    assert said[0].startswith("The change set 5 of")
    assert again.has_seal(shown)
    assert not again.has_seal(shown[:-1] + ("0" if shown[-1] != "0" else "1"))


@pytest.mark.files
def test_a_damaged_file_is_not_asked_any_further(used: Desk, open_store: OpensStores, database: Path) -> None:
    used.store.close()
    _overwrite_pages_with(database, "Zoë 5".encode())
    verdict = check(open_store(database, "read"))
    assert verdict.checks == ("integrity",)
    assert verdict.findings


def _overwrite_pages_with(path: Path, content: bytes) -> None:
    """Spoil the pages that hold this content."""
    size = 4096
    data = path.read_bytes()
    pages = [data[start : start + size] for start in range(0, len(data), size)]
    assert any(content in page for page in pages)
    path.write_bytes(b"".join(b"\xa5" * size if content in page else page for page in pages))
