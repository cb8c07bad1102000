"""Restoring: what would be lost is told first, nothing is lost, and the history says what was done."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from statusdesk.domain.changes import Matching
from statusdesk.domain.errors import Cancelled
from statusdesk.domain.instants import now
from statusdesk.services import keeping
from statusdesk.services.backing_up import back_up
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.services.listing.memory import Memory
from statusdesk.services.listing.query import ListQuery
from statusdesk.services.restoring import NotOurs, RestoreOntoItself, preview, put_back, restore
from statusdesk.store import backups
from statusdesk.store.backups import Occasion
from statusdesk.store.lists import Lists
from statusdesk.store.store import Store
from tests.conftest import Clock, OpensStores

pytestmark = pytest.mark.files


@pytest.fixture
def backup(desk: Desk, tmp_path: Path) -> Path:
    """Return a backup of three active accounts; after it two went away and one came."""
    for number in ("1", "2", "3"):
        desk.create_account({"number": number, "status_id": 2, "monthly_charge": 1000})
    target = tmp_path / "monday.statusdesk"
    back_up(desk.store, target)
    for search in ("1", "2"):
        desk.reassign(Matching(search=search), 3, reason="moved away")
    desk.create_account({"number": "4", "status_id": 2, "monthly_charge": 500})
    return target


def numbers(store: Store) -> set[str]:
    return {account.number for account in store.accounts.each(Matching())}


def test_what_would_be_lost_is_told(desk: Desk, backup: Path) -> None:
    found = preview(desk, backup)
    assert (found.lost.change_sets, found.lost.accounts, found.lost.statuses) == (3, 3, 0)
    assert [one.kind for one in found.change_sets] == ["create_account", "reassign", "reassign"]
    assert found.regained.change_sets == 0
    told = found.consequences
    assert (told.before.billed, told.after.billed) == (2, 3)
    assert (told.starts_billing, told.stops_billing, told.closed) == (2, 1, 1)
    assert told.revenue_change == 1500
    assert numbers(desk.store) == {"1", "2", "3", "4"}


def test_restoring_loses_nothing(desk: Desk, backup: Path, open_store: OpensStores) -> None:
    watching = open_store(Path(desk.store.info.path), "read")
    version = watching.db.value("PRAGMA data_version")
    before = desk.store.journal.newest(limit=1)[0].id
    done = restore(desk, backup)
    assert done.change_set == before + 1
    assert numbers(desk.store) == numbers(watching) == {"1", "2", "3"}
    assert watching.db.value("PRAGMA data_version") != version
    assert desk.store.journal.newest(limit=1)[0].kind == "restore"
    assert check(desk.store).findings == ()
    assert numbers(open_store(done.kept, "read")) == {"1", "2", "3", "4"}
    back = preview(desk, done.kept)
    assert (back.lost.change_sets, back.regained.change_sets) == (1, 3)
    restore(desk, done.kept)
    assert numbers(desk.store) == {"1", "2", "3", "4"}
    assert check(desk.store).findings == ()


def test_no_undo_goes_past_a_restore(desk: Desk, backup: Path) -> None:
    restore(desk, backup)
    next_undo = desk.next_undo()
    assert next_undo is not None
    assert next_undo.kind == "create_account"


def test_a_list_in_memory_follows(desk: Desk, backup: Path, open_store: OpensStores) -> None:
    """The journal after a restore has other entries of the same numbers."""
    lists = Lists(open_store(Path(desk.store.info.path), "read").db)
    memory = Memory(lists)

    def active() -> list[int]:
        with lists.snapshot():
            return list(memory.ids(ListQuery(frozenset({2})), None, lambda: None) or ())

    assert len(active()) == 2
    restore(desk, backup)
    desk.create_account({"number": "5", "status_id": 2})
    desk.reassign(Matching(search="3"), 3)
    desk.reassign(Matching(search="3"), 1)
    assert len(active()) == 3


def test_somebody_who_writes_meanwhile_is_not_run_over(
    desk: Desk, backup: Path, open_store: OpensStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Desk(open_store(Path(desk.store.info.path)), author="jens")
    real, late = Store.__init__, [True]

    def opening(self: Store, path: Path, *rest: Any, **more: Any) -> None:
        if late and path.parent.name.startswith("."):
            late.clear()
            other.create_account({"number": "77", "status_id": 1})
        real(self, path, *rest, **more)

    monkeypatch.setattr(Store, "__init__", opening)
    done = restore(desk, backup)
    assert "77" in numbers(open_store(done.kept, "read"))
    assert len(backups.found(Path(desk.store.info.path))) == 1


def test_only_what_comes_from_this_database_is_restored(
    desk: Desk, backup: Path, open_store: OpensStores, tmp_path: Path, clock: Clock
) -> None:
    clock.turn(hours=1)
    other = open_store(tmp_path / "other.statusdesk")
    other.close()
    with pytest.raises(NotOurs):
        restore(desk, Path(other.info.path))
    with pytest.raises(RestoreOntoItself):
        preview(desk, Path(desk.store.info.path))


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(path.read_bytes()[:9000]), Path.unlink])
def test_a_backup_takes_the_place_of_what_cannot_be_opened(
    desk: Desk, backup: Path, open_store: OpensStores, spoil: Callable[[Path], object]
) -> None:
    path = Path(desk.store.info.path)
    desk.store.close()
    spoil(path)
    left = path.read_bytes() if path.exists() else None
    done = put_back(path, backup, author="anna")
    store = open_store(path)
    assert numbers(store) == {"1", "2", "3"}
    assert check(store).findings == ()
    assert (done.kept.read_bytes() if done.kept.exists() else None) == left


def test_checking_a_copy_stops_when_asked_and_leaves_nothing(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statusdesk.store.copying.STEPS", 10)
    asked = []

    def tell(left: int, pages: int) -> None:
        asked.append((left, pages))
        if (left, pages) == (0, 1):
            raise Cancelled

    with pytest.raises(Cancelled):
        keeping.take_daily(desk.store, at=clock(), tell=tell)
    assert len(asked) > 1
    assert list(backups.folder_of(Path(desk.store.info.path)).iterdir()) == []


def test_what_a_killed_backup_left_behind_goes_after_a_day(desk: Desk, clock: Clock) -> None:
    path = Path(desk.store.info.path)
    left = path.with_name(f".{path.name}.x1y2z3_8")
    left.mkdir()
    part = backups.place_for(path, Occasion.DAILY, clock()).with_suffix(".statusdesk.part")
    part.write_bytes(b"half")
    keeping.take_daily(desk.store, at=now())
    assert left.exists()
    assert part.exists()
    desk.create_account({"number": "1", "status_id": 1})
    keeping.take_daily(desk.store, at=now() + 2 * 86_400_000)
    assert not left.exists()
    assert not part.exists()
    assert path.exists()


def test_the_day_has_one_backup_if_something_changed(desk: Desk, clock: Clock) -> None:
    path = Path(desk.store.info.path)
    taken = [keeping.take_daily(desk.store, at=clock())]
    taken.append(keeping.take_daily(desk.store, at=clock.turn(hours=5)))
    taken.append(keeping.take_daily(desk.store, at=clock.turn(days=1)))
    assert [bool(one) for one in taken] == [True, False, False]
    for _ in range(40):
        desk.create_account({"number": str(clock()), "status_id": 1})
        assert keeping.take_daily(desk.store, at=clock.turn(days=1))
    kept = [backup.at for backup in backups.found(path)]
    days = [(clock() - at) // 86_400_000 for at in kept]
    assert days[:7] == list(range(7))
    assert days[-1] >= 20
    assert len(days) < 7 + 4 + 3
    assert {backup.occasion for backup in backups.found(path)} == {Occasion.DAILY}
