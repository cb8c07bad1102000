"""A backup is whole, is checked, and takes the place of nothing but an older backup."""

from pathlib import Path

import pytest

from statusdesk.domain.store_errors import CannotOpen
from statusdesk.services.backing_up import BackupInTheWay, BackupOntoItself, NotABackup, back_up
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store
from tests.conftest import OpensStores

pytestmark = pytest.mark.files


def test_it_holds_what_the_database_holds(desk: Desk, open_store: OpensStores, tmp_path: Path) -> None:
    desk.create_account({"number": "7", "status_id": 2})
    target = tmp_path / "backup.statusdesk"
    assert back_up(desk.store, target) == target.stat().st_size
    copy = open_store(target, "read")
    assert copy.accounts.by_number("7") == desk.store.accounts.by_number("7")
    assert check(copy).findings == ()
    assert sorted(path.name for path in tmp_path.glob("backup*")) == ["backup.statusdesk"]


def test_a_reader_can_make_one(store: Store, open_store: OpensStores, tmp_path: Path) -> None:
    store.close()
    assert back_up(open_store(Path(store.info.path), "read"), tmp_path / "backup.statusdesk")


def test_an_older_one_is_replaced_on_demand_only(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "backup.statusdesk"
    back_up(store, target)
    with pytest.raises(BackupInTheWay):
        back_up(store, target)
    assert back_up(store, target, replace=True)


def test_nothing_else_is_replaced(store: Store, tmp_path: Path) -> None:
    letter, folder = tmp_path / "letter.txt", tmp_path / "folder"
    letter.write_text("Dear Anna")
    folder.mkdir()
    for target in (letter, folder):
        with pytest.raises(NotABackup):
            back_up(store, target, replace=True)
    assert letter.read_text() == "Dear Anna"


def test_the_database_is_not_its_own_backup(store: Store, tmp_path: Path) -> None:
    link = tmp_path / "link.statusdesk"
    link.symlink_to(store.info.path)
    for target in (Path(store.info.path), link):
        with pytest.raises(BackupOntoItself):
            back_up(store, target, replace=True)


def test_a_database_in_use_is_not_replaced(store: Store, open_store: OpensStores, tmp_path: Path) -> None:
    other = open_store(tmp_path / "other.statusdesk")
    with pytest.raises(NotABackup, match="in use"):
        back_up(store, Path(other.info.path), replace=True)


def test_a_missing_folder_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="nowhere"):
        back_up(store, tmp_path / "nowhere" / "backup.statusdesk")
