"""Checking and backing up by command, and databases that no command can use: one sentence, not a byte changed."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from statusdesk.store import sqlite_file as engine
from statusdesk.store.migrations import SCHEMA
from tests.cli.conftest import Terminal

READING = [
    ("statuses",),
    ("accounts",),
    ("history", "001"),
    ("report", "distribution"),
    ("export", "accounts", "{folder}/out.csv"),
    ("check",),
    ("backup", "{folder}/copy.statusdesk"),
]
WRITING = [
    ("import", "{folder}/office.csv"),
    ("status", "add", "New"),
    ("status", "edit", "Lead", "--name", "New"),
    ("status", "retire", "Vacation"),
    ("status", "merge", "Vacation", "--into", "Lead"),
    ("status", "delete", "Vacation", "--move-to", "Lead"),
    ("reassign", "--to", "Lead", "--status", "Active"),
    ("undo",),
    ("redo",),
]

MAKING = [words[:2] for words in WRITING[:2]]


def _typed(words: tuple[str, ...], folder: Path) -> list[str]:
    return [word.format(folder=folder) for word in words]


def test_a_sound_database_passes(office: Terminal) -> None:
    out = office("check")
    assert out.startswith("Checked 5 accounts and 5 journal entries.\nNothing is wrong: integrity, schema, ")
    checks = office.json("check")
    assert {check["check"] for check in checks} >= {"integrity", "references", "journal", "counters"}
    assert all(check["ok"] and check["problems"] == [] for check in checks)


def test_a_seal_that_somebody_kept_shows_whether_what_it_sealed_is_still_there(
    office: Terminal, tmp_path: Path
) -> None:
    kept = office("export", "history", tmp_path / "out.xlsx").split()[-1]
    assert f"Newest seal: {kept}" in office("check", "--seal", kept)
    office("reassign", "--to", "Lead", "--status", "Active")
    assert kept not in office("check", "--seal", kept)
    with closing(sqlite3.connect(office.database)) as connection, connection:
        connection.execute("DROP TRIGGER change_set_no_update")
        connection.execute("UPDATE change_set SET seal = 'f' || seal WHERE id = ?", (int(kept.split("-")[0]),))
    assert f"The seal {kept} is none of this journal" in office("check", "--seal", kept, code=1)


def test_counters_that_are_wrong_are_found(office: Terminal) -> None:
    with closing(sqlite3.connect(office.database)) as connection, connection:
        connection.execute("UPDATE status_count SET accounts = accounts + 1 WHERE status_id = 2")
    out = office("check", code=1)
    assert "counters: The status Active is counted as 4 accounts" in out
    wrong = [check for check in office.json("check", code=1) if not check["ok"]]
    assert [check["check"] for check in wrong] == ["counters"]


def test_counters_that_are_wrong_are_repaired_from_the_journal(office: Terminal) -> None:
    with closing(sqlite3.connect(office.database)) as connection, connection:
        connection.execute("UPDATE status_count SET accounts = accounts + 1 WHERE status_id = 2")
        connection.execute("DELETE FROM day_peak")
    repaired = office("check", "--repair-counters")
    assert repaired.startswith("Repaired from the journal:\n- The status Active is counted as 4 accounts")
    assert "Nothing is wrong" in repaired
    assert office("check", "--repair-counters").startswith("Checked 5 accounts")
    assert office.counts() == {"Lead": 1, "Active": 3, "Vacation": 1}
    assert "Moved" not in office("undo")


def test_going_back_to_a_backup_by_command(office: Terminal) -> None:
    made = office.json("backup")[0]["file"]
    assert office.json("backup")[0]["file"] is None
    office("reassign", "--to", "Lead", "--status", "Active")
    told = office("restore", "--dry-run")
    assert "Taken away: 1 change since then, of 3 accounts:" in told
    assert "anna: Moved 3 accounts to Lead" in told
    assert office.counts() == {"Lead": 4, "Vacation": 1}
    (done,) = office.json("restore")
    assert (done["restored"], done["lost_change_sets"], done["starts_billing"]) == (made, 1, 3)
    assert office.counts() == {"Lead": 1, "Active": 3, "Vacation": 1}
    assert [one["for"] for one in office.json("restore", "--list")] == ["restore", "daily"]
    office("restore", done["kept"])
    assert office.counts() == {"Lead": 4, "Vacation": 1}
    office("check")


@pytest.mark.parametrize("gone", [True, False])
def test_a_backup_takes_the_place_of_a_damaged_or_missing_database(office: Terminal, gone: bool) -> None:
    office("backup")
    _cut_off(office.database)
    if gone:
        office.database.unlink()
    assert "would take its place" in office("restore", "--dry-run")
    assert "is kept as" in office("restore")
    assert office.counts() == {"Lead": 1, "Active": 3, "Vacation": 1}
    office("check")


def test_a_backup_is_a_database_of_the_same_accounts(office: Terminal, tmp_path: Path) -> None:
    copy = tmp_path / "copy.statusdesk"
    (done,) = office.json("backup", copy)
    assert done["bytes"] == copy.stat().st_size
    office("reassign", "--to", "Lead", "--status", "Active")
    counted = office.type("--database", copy, "statuses", "--json")
    assert '"accounts": 3' in counted
    assert office.refused("backup", copy) == (
        f"{copy} is already there. Choose another name, or add --replace if it is an older backup."
    )
    office("backup", copy, "--replace")
    assert '"accounts": 4' in office.type("--database", copy, "statuses", "--json")


def test_a_backup_replaces_nothing_but_a_backup(office: Terminal, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Anna")
    assert "not a StatusDesk database" in office.refused("backup", letter, "--replace")
    assert letter.read_text() == "Dear Anna"
    assert "is the database itself" in office.refused("backup", office.database, "--replace")


def test_a_missing_database_is_told_and_not_made(statusdesk: Terminal, tmp_path: Path) -> None:
    for words in (*READING, *WRITING):
        if words[:2] not in MAKING:
            said = statusdesk.refused(*_typed(words, tmp_path))
            assert said.startswith(f"There is no database {statusdesk.database} yet.")
    assert not statusdesk.database.exists()


def _no_database(path: Path) -> None:
    path.write_bytes(b"number,status\n001,Active\n" * 100)


def _another_programs(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")


def _from_the_future(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : 12 * 4096] = b"\x5a" * (11 * 4096)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_no_database, "is not a StatusDesk database."),
        (_another_programs, "is not a StatusDesk database."),
        (_from_the_future, "was made by a newer StatusDesk"),
        (_cut_off, "is damaged"),
    ],
)
def test_a_file_that_is_no_database_of_ours_is_left_as_it_was(
    office: Terminal, tmp_path: Path, spoil: Callable[[Path], None], sentence: str
) -> None:
    spoil(office.database)
    before = office.database.read_bytes()
    for words in (*READING, *WRITING):
        said = office.refused(*_typed(words, tmp_path))
        assert said.startswith(f"{office.database} {sentence}")
    assert office.database.read_bytes() == before
    assert not (tmp_path / "out.csv").exists()
    assert not (tmp_path / "copy.statusdesk").exists()


@pytest.mark.parametrize("words", [("accounts",), ("reassign", "--to", "Lead", "--status", "Active"), ("check",)])
def test_damage_inside_is_told_in_a_sentence(office: Terminal, words: tuple[str, ...]) -> None:
    _overwritten(office.database)
    before = office.database.read_bytes()
    out = office(*words, code=1)
    assert f"{office.database} is damaged" in out + office.err
    assert office.database.read_bytes() == before


def test_while_another_program_writes_readers_read_and_writers_wait_no_longer_than_told(
    office: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 20)
    monkeypatch.setitem(engine._PRAGMAS, "busy_timeout", 20)
    with closing(sqlite3.connect(office.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        before = office.database.read_bytes()
        for words in WRITING[:-1]:
            said = office.refused(*_typed(words, tmp_path))
            assert said.startswith(f"{office.database} is in use by another program.")
        assert office.counts() == {"Lead": 1, "Active": 3, "Vacation": 1}
        assert office.database.read_bytes() == before
        other.execute("ROLLBACK")
    office("reassign", "--to", "Lead", "--status", "Active")


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Work without the rights of root, which may write anywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="folders of Windows have no such rights")
def test_a_read_only_database_is_read_and_never_written(
    office: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = Path(mkdtemp(prefix="statusdesk-test-"))
    try:
        copy = folder / "copy.statusdesk"
        office("backup", copy)
        copy.chmod(0o444)
        folder.chmod(0o555)
        before = copy.read_bytes()
        monkeypatch.setattr(office, "database", copy)
        with _as_nobody():
            said = office.refused("reassign", "--to", "Lead", "--status", "Active")
            assert said.startswith(f"{copy} is read-only.")
            assert office.counts() == {"Lead": 1, "Active": 3, "Vacation": 1}
        assert copy.read_bytes() == before
    finally:
        folder.chmod(0o755)
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def test_a_rehearsal_by_command(office: Terminal) -> None:
    copy = office("rehearse", "begin").strip()
    office.type("--database", copy, "reassign", "--to", "Lead", "--status", "Active")
    assert office.counts() == {"Lead": 1, "Active": 3, "Vacation": 1}
    assert office.json("rehearse", "show")[0]["accounts"] == 3
    assert office.counts() == {"Lead": 1, "Active": 3, "Vacation": 1}
    assert "Applied a rehearsal to 3 accounts" in office("rehearse", "apply")
    assert office.counts() == {"Lead": 4, "Vacation": 1}
    assert office.refused("rehearse", "discard") == f"{copy} is not a rehearsal copy."
    office("undo")
    assert office.counts() == {"Lead": 1, "Active": 3, "Vacation": 1}
