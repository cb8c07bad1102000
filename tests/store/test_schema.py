"""The file on the disk: whole, guarded against every hand but ours, and never touched before it is known."""

import inspect
import shutil
import sqlite3
from pathlib import Path
from typing import Any, Literal

import peewee
import pytest

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.store_errors import (
    CannotOpen,
    FromTheFuture,
    InUse,
    NotADatabase,
    StoreUnavailable,
)
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.store import network_tables, tables
from statusdesk.store import sqlite_file as engine
from statusdesk.store.backups import Occasion, found
from statusdesk.store.migrations import SCHEMA, STEPS, Runs
from statusdesk.store.sqlite_file import SqliteFile
from statusdesk.store.store import Store
from tests.conftest import OpensStores

pytestmark = pytest.mark.files

FROZEN = Path(__file__).parents[1] / "databases"
MODELS: list[Any] = [
    model
    for module in (tables, network_tables)
    for _, model in inspect.getmembers(module, inspect.isclass)
    if issubclass(model, peewee.Model) and model is not peewee.Model
]


def _models_columns(model: Any) -> set[tuple[str, bool]]:
    fields = model._meta.sorted_fields
    return {(field.column_name, bool(field.null)) for field in fields}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_declared_tables_are_those_that_the_migrations_make(store: Store, model: Any) -> None:
    name = model._meta.table_name
    made = {(column, not required) for _, column, _, required, *_ in store.db.rows(f"PRAGMA table_info({name})")}
    assert made == _models_columns(model)


def test_every_table_is_declared(store: Store) -> None:
    made = {name for (name,) in store.db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    declared = {model._meta.table_name for model in MODELS}
    assert made - {"sqlite_sequence"} == declared


@pytest.fixture
def foreign(desk: Desk, database: Path) -> sqlite3.Connection:
    """Another program on a database with a change set of everything, without any of our pragmas."""
    status = desk.create_status({"name": "Paused", "shape": "moon", "colour": "#0A66B5"}).status_id
    account = desk.create_account({"number": "1", "status_id": 2, "name": "Ada"}).account_id
    assert account is not None
    assert status is not None
    desk.edit_account(account, {"name": "Ada B.", "status_id": status})
    desk.plan_change(AccountIds((account,)), 3, desk.clock() + 1)
    desk.undo()
    return sqlite3.connect(database, isolation_level=None)


JOURNAL = ("change_set", "entry", "field_change", "status_change", "plan_step")


@pytest.mark.parametrize("table", JOURNAL)
def test_no_program_can_change_the_journal(foreign: sqlite3.Connection, table: str) -> None:
    before = foreign.execute(f"SELECT * FROM {table}").fetchall()
    assert before
    column = foreign.execute(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1").fetchone()[0]
    marks = ", ".join("?" * len(before[0]))
    for sql, parameters in (
        (f"UPDATE {table} SET {column} = {column}", ()),
        (f"DELETE FROM {table}", ()),
        (f"INSERT OR REPLACE INTO {table} VALUES ({marks})", before[-1]),
        (f"REPLACE INTO {table} VALUES ({marks})", before[0]),
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            foreign.execute(sql, parameters)
    assert foreign.execute(f"SELECT * FROM {table}").fetchall() == before
    foreign.close()


def test_a_change_set_cannot_be_taken_back_twice_by_another_row(foreign: sqlite3.Connection) -> None:
    undo = foreign.execute("SELECT * FROM change_set WHERE reverts_id IS NOT NULL").fetchone()
    with pytest.raises(sqlite3.IntegrityError):
        foreign.execute("REPLACE INTO change_set VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (999, *undo[1:]))
    foreign.close()


def _mark_as(path: Path, schema: int) -> bytes:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {schema}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path.read_bytes()


def test_a_file_from_the_future_is_refused_by_name_and_not_touched(store: Store, database: Path) -> None:
    store.close()
    before = _mark_as(database, SCHEMA + 1)
    modes: tuple[Literal["read", "write"], ...] = ("read", "write")
    for mode in modes:
        with pytest.raises(FromTheFuture, match=rf"schema {SCHEMA + 1}, this one knows {SCHEMA}"):
            Store(database, mode)
    assert database.read_bytes() == before
    assert [path.name for path in database.parent.iterdir()] == [database.name]


@pytest.mark.parametrize("content", [b"number,name\n1,Ada\n", b"SQLite format 3\0" + b"\0" * 50, b"\xff" * 5000])
def test_what_is_no_database_is_refused_and_not_touched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letters.statusdesk"
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable):
        Store(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE letters (text)")
    connection.close()
    with pytest.raises(NotADatabase):
        Store(path)
    with pytest.raises(CannotOpen):
        Store(tmp_path)


def test_a_database_that_somebody_is_writing_is_told_as_in_use(store: Store, desk: Desk, database: Path) -> None:
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.db.run("PRAGMA busy_timeout = 20")
    with pytest.raises(InUse):
        desk.create_account({"number": "1", "status_id": 1})
    other.execute("ROLLBACK")
    other.close()
    assert desk.create_account({"number": "1", "status_id": 1}).change_set is not None


def test_a_failing_step_leaves_the_file_as_it_was_and_a_copy(
    desk: Desk, open_store: OpensStores, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.create_account({"number": "1", "status_id": 2})
    desk.store.close()

    def half_a_step(run: Runs) -> None:
        run("CREATE TABLE half (a)")
        raise sqlite3.OperationalError("no more room")

    with monkeypatch.context() as later:
        later.setattr(engine, "STEPS", (*STEPS, half_a_step))
        later.setattr(engine, "SCHEMA", SCHEMA + 1)
        with pytest.raises(sqlite3.OperationalError, match="no more room"):
            SqliteFile(database)
    assert check(open_store(database)).findings == ()
    (copy,) = found(database)
    assert copy.occasion is Occasion.UPDATE
    assert check(open_store(copy.path, "read")).accounts == 1


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
def test_a_file_of_each_released_schema_opens_with_its_rows(
    open_store: OpensStores, tmp_path: Path, schema: int
) -> None:
    path = Path(shutil.copy(FROZEN / f"schema-{schema}.statusdesk", tmp_path))
    store = open_store(path)
    assert check(store).findings == ()
    assert [(line.status.name, line.accounts, line.charge) for line in store.statuses.lines()] == [
        ("Lead", 0, 0),
        ("Active", 1, 2990),
        ("Vacation", 1, 1490),
        ("Inactive", 0, 0),
    ]
    assert Desk(store, author="anna").undo().changed == 1
