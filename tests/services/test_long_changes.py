"""Changes of very many accounts tell how far they are, and stop without a trace when somebody says so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from statusdesk.domain.changes import AccountIds, Matching, Outcome
from statusdesk.domain.errors import Cancelled
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.services.listing import Listing, ListQuery
from statusdesk.store import moves
from tests.conftest import OpensStores

ACCOUNTS = 25
DAY = 86_400_000
Verb = Callable[[Desk, Callable[[int], None]], Outcome]


@pytest.fixture
def busy_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a desk with accounts in a status of their own, that says something after every ten."""
    monkeypatch.setattr(moves, "SPAN", 10)
    desk.create_status({"name": "Paused", "shape": "moon", "colour": "#0A66B5"})
    rows = ((line, (f"A-{line}", 4, 990)) for line in range(ACCOUNTS))
    desk.import_accounts(("number", "status", "monthly_charge"), rows, file="accounts.csv")
    return desk


VERBS: dict[str, Verb] = {
    "reassign": lambda desk, tell: desk.reassign(Matching(), 2, progress=tell),
    "reassign_ids": lambda desk, tell: desk.reassign(AccountIds(tuple(range(ACCOUNTS, 0, -1))), 3, progress=tell),
    "undo": lambda desk, tell: desk.undo(progress=tell),
    "merge": lambda desk, tell: desk.merge_statuses(4, 2, progress=tell),
    "plan": lambda desk, tell: desk.plan_change(Matching(), 2, desk.clock() + DAY, progress=tell),
    "delete": lambda desk, tell: desk.delete_status(4, move_to=2, progress=tell),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_it_tells_how_far_it_is_and_can_be_stopped(busy_desk: Desk, verb: Verb) -> None:
    def stop(done: int) -> None:
        if done > 10:
            raise Cancelled

    store = busy_desk.store
    before = (store.statuses.lines(), store.totals(), store.journal.next_id(), store.planned.steps())
    with pytest.raises(Cancelled):
        verb(busy_desk, stop)
    assert (store.statuses.lines(), store.totals(), store.journal.next_id(), store.planned.steps()) == before
    assert check(store).findings == ()

    told: list[int] = []
    assert verb(busy_desk, told.append).changed == ACCOUNTS
    assert told == [10, 20, ACCOUNTS]
    assert check(store).findings == ()


def test_an_undo_that_was_stopped_can_be_redone_later(busy_desk: Desk) -> None:
    busy_desk.reassign(Matching(), 2)
    busy_desk.undo()
    told: list[int] = []
    assert busy_desk.redo(progress=told.append).changed == ACCOUNTS
    assert told == [10, 20, ACCOUNTS]


@pytest.mark.files
def test_the_log_of_the_file_does_not_grow_with_the_number_of_long_changes(
    desk: Desk, database: Path, open_store: OpensStores
) -> None:
    rows = ((line, (f"A-{line:05}", 2, 990)) for line in range(1_000))
    desk.import_accounts(("number", "status", "monthly_charge"), rows, file="accounts.csv")
    desk.store.db.run("PRAGMA wal_autocheckpoint = 50")
    listing = Listing(open_store(database, "read"))
    log = database.with_name(f"{database.name}-wal")
    sizes: list[int] = []
    for turn in range(10):
        desk.reassign(Matching(), 3 - turn % 2)
        assert len(listing.ids(ListQuery(frozenset({2, 3}), sort="status_since"))) == 1_000
        listing.prepare(lambda: None)
        sizes.append(log.stat().st_size)
    assert max(sizes[5:]) <= 1.25 * max(sizes[:5]), sizes
