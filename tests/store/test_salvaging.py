"""Whatever is broken in a file, what else it holds is shown, the file itself stays as it is, byte for byte."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from statusdesk.domain.changes import Matching
from statusdesk.domain.store_errors import Damaged
from statusdesk.services.desk import Desk
from statusdesk.store.salvaging import salvage
from tests.conftest import OpensStores

pytestmark = pytest.mark.files

ACCOUNTS = 600
PAGE = 4096


@pytest.fixture
def whole(desk: Desk) -> bytes:
    """Return the bytes of a sound file of 600 accounts, half of them moved once."""
    names = [(f"{line:05}", f"Person {line} of the harbour road") for line in range(1, ACCOUNTS + 1)]
    rows = [(line, (*name, 2, 1000)) for line, name in enumerate(names, start=2)]
    desk.import_accounts(("number", "name", "status", "monthly_charge"), rows, file="all.csv")
    desk.reassign(Matching(search="1"), 3)
    desk.store.close()
    return Path(desk.store.info.path).read_bytes()


@pytest.mark.parametrize("seed", range(12))
def test_pages_that_are_broken_take_nothing_else_along(
    whole: bytes, tmp_path: Path, open_store: OpensStores, seed: int
) -> None:
    chance = random.Random(seed)
    pages = len(whole) // PAGE
    content = bytearray(whole)
    for page in chance.sample(range(1, pages), 1 + seed % 4):
        content[page * PAGE : page * PAGE + PAGE] = chance.randbytes(PAGE)
    broken = tmp_path / "broken.statusdesk"
    broken.write_bytes(content)
    try:
        done = salvage(broken, tmp_path / "readable.statusdesk")
    except Damaged:
        assert not _names_its_tables(broken)
        return
    finally:
        assert broken.read_bytes() == content
        assert not list(tmp_path.glob("broken.statusdesk-*"))
    store = open_store(tmp_path / "readable.statusdesk", "read")
    listed = list(store.accounts.each(Matching()))
    assert len(listed) >= ACCOUNTS // 3
    assert sum(line.accounts for line in store.statuses.lines()) == len(listed)
    assert done.rows["account"] <= ACCOUNTS
    store.totals()


def _names_its_tables(path: Path) -> bool:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as file:
        try:
            return len(file.execute("SELECT sql FROM sqlite_master WHERE name LIKE 'account%'").fetchall()) > 4
        except sqlite3.Error:
            return False


@pytest.mark.parametrize("kept", [0.7, 0.8, 0.9])
def test_a_file_that_was_cut_off_shows_its_beginning(
    whole: bytes, tmp_path: Path, open_store: OpensStores, kept: float
) -> None:
    broken = tmp_path / "broken.statusdesk"
    broken.write_bytes(whole[: int(len(whole) * kept)])
    done = salvage(broken, tmp_path / "readable.statusdesk")
    store = open_store(tmp_path / "readable.statusdesk", "read")
    assert done.torn
    assert len(list(store.accounts.each(Matching()))) > ACCOUNTS // 4


def test_a_sound_file_comes_out_whole(whole: bytes, tmp_path: Path, open_store: OpensStores) -> None:
    file = tmp_path / "sound.statusdesk"
    file.write_bytes(whole)
    done = salvage(file, tmp_path / "readable.statusdesk")
    assert done.torn == ()
    mine, theirs = open_store(tmp_path / "readable.statusdesk", "read"), open_store(file, "read")
    assert list(mine.accounts.each(Matching())) == list(theirs.accounts.each(Matching()))
    assert mine.statuses.counts() == {key: pair for key, pair in theirs.statuses.counts().items() if pair[0]}
