"""A rehearsal changes nothing until it is applied; then what was tried is done at once, but over nobody's head."""

from pathlib import Path

import pytest

from statusdesk.domain.changes import Matching
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.services.rehearsing import (
    NoRehearsal,
    NothingRehearsed,
    OriginGone,
    apply,
    begin,
    origin_of,
    throw_away,
)
from statusdesk.services.restoring import restore
from statusdesk.store.backups import Occasion, place_for
from tests.conftest import Clock, OpensStores

pytestmark = pytest.mark.files


def books(desk: Desk) -> dict[str, tuple[str, int, str]]:
    statuses = desk.store.statuses.by_id()
    return {
        one.number: (statuses[one.status_id].name, one.monthly_charge, one.city)
        for one in desk.store.accounts.each(Matching())
    }


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Return a desk at five active accounts and two of a status Vacation."""
    desk.create_status({"name": "Vacation", "shape": "moon", "colour": "#0A66B5"})
    for number in "12345":
        desk.create_account({"number": number, "status_id": 2, "monthly_charge": 1000, "city": "Kiel"})
    for number in "67":
        desk.create_account({"number": number, "status_id": 4, "monthly_charge": 500})
    return desk


@pytest.fixture
def trying(office: Desk, open_store: OpensStores, clock: Clock) -> Desk:
    """Return a desk at the rehearsal copy of the office."""
    return Desk(open_store(begin(office.store)), author="anna", clock=clock)


def reorganise(trying: Desk) -> None:
    """Split a status, rename another, empty and delete a third, bring accounts in."""
    made = trying.create_status({"name": "Moved out", "shape": "flag", "colour": "#C62828"}).status_id
    assert made is not None
    trying.reassign(Matching(search="1"), made)
    trying.edit_status(2, {"name": "In service", "description": "Pays."})
    trying.delete_status(4, move_to=3)
    rows = [(2, ("2", 1500, "Lübeck")), (3, ("8", 700, "Plön"))]
    trying.import_accounts(("number", "monthly_charge", "city"), rows, file="new.csv", default_status=1)


def test_what_was_tried_is_applied_as_one_change_that_can_be_undone(office: Desk, trying: Desk) -> None:
    before = books(office)
    reorganise(trying)
    assert books(office) == before
    copy = Path(trying.store.info.path)
    told = apply(office, copy, dry_run=True)
    assert books(office) == before
    done = apply(office, copy, dry_run=False)
    assert (told.outcome.consequences, told.statuses_made) == (done.outcome.consequences, 1)
    assert books(office) == books(trying)
    assert books(office)["1"][0] == "Moved out"
    assert [status.name for status in office.store.statuses.all()] == [
        status.name for status in trying.store.statuses.all()
    ]
    assert check(office.store).findings == ()
    with pytest.raises(NothingRehearsed):
        apply(office, copy, dry_run=True)
    undone = office.undo()
    assert undone.left == ()
    assert books(office) == before
    assert check(office.store).findings == ()


def test_what_the_original_changed_meanwhile_is_left_and_told(office: Desk, trying: Desk) -> None:
    reorganise(trying)
    office.reassign(Matching(search="2"), 1)
    office.create_account({"number": "8", "status_id": 1, "city": "Eutin"})
    office.create_account({"number": "9", "status_id": 4})
    office.edit_status(2, {"name": "Customers"})
    done = apply(office, Path(trying.store.info.path), dry_run=False)
    assert len(done.outcome.left) == 2
    assert set(done.outcome.left_statuses) == {2, 4}
    now = books(office)
    assert (now["2"], now["8"][2], now["9"][0]) == (("Lead", 1000, "Kiel"), "Eutin", "Vacation")
    assert (now["1"][0], now["6"][0]) == ("Moved out", "Inactive")
    active = office.store.statuses.by_id()[2]
    assert (active.name, active.description) == ("Customers", "Pays.")
    assert check(office.store).findings == ()


def test_a_rehearsal_is_gone_on_with_and_thrown_away(office: Desk, trying: Desk) -> None:
    copy = Path(trying.store.info.path)
    trying.reassign(Matching(), 3)
    assert begin(office.store) == copy
    assert origin_of(trying.store) == Path(office.store.info.path)
    trying.store.close()
    with pytest.raises(NoRehearsal):
        throw_away(Path(office.store.info.path))
    throw_away(copy)
    assert not copy.exists()
    assert books(office)["1"][0] == "Active"


def test_nothing_is_applied_to_a_database_that_went_back(
    office: Desk, open_store: OpensStores, clock: Clock
) -> None:
    path = Path(office.store.info.path)
    backup = place_for(path, Occasion.DAILY, clock())
    office.store.db.backup(backup)
    clock.turn(hours=1)
    office.reassign(Matching(), 3)
    trying = Desk(open_store(begin(office.store)), author="anna", clock=clock)
    trying.reassign(Matching(), 1)
    restore(office, backup)
    with pytest.raises(OriginGone):
        apply(office, Path(trying.store.info.path), dry_run=True)
