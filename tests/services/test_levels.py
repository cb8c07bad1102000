"""Service levels: the card tells what the commit does, everything is taken back, and nothing in use is deleted."""

from collections import Counter
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as some

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.errors import (
    BadValue,
    LevelGone,
    LevelInUse,
    LevelKindStays,
    LevelNameTaken,
)
from statusdesk.domain.levels import PLAN, Attribute, LevelFlow, LevelKind
from statusdesk.domain.phrases import describe
from statusdesk.services import level_verbs
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store
from tests.conftest import OpensStores

_FILES = count()
LEAD, ACTIVE, INACTIVE = 1, 2, 3


def level_of(store: Store, account_id: int) -> str:
    account = store.accounts.get(account_id)
    assert account is not None
    level = (
        store.levels.grid()
        .given(account.status_id, delinquent=account.delinquent, plan=account.service_level)
        .level
    )
    return level.name if level else ""


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Return a desk with the usual levels and one for a plan; delinquent active ones get the walled garden."""
    level_verbs.make_usual(desk)
    fast = (Attribute("Mikrotik-Rate-Limit", "100M/500M"),)
    level_verbs.create(desk, {"name": "Home 500", "kind": LevelKind.NORMAL, "attributes": fast})
    level_verbs.set_cell(desk, ACTIVE, delinquent=False, value=PLAN)
    level_verbs.set_cell(desk, ACTIVE, delinquent=True, value=str(by_name(desk, "Walled garden")))
    return desk


def by_name(desk: Desk, name: str) -> int:
    return next(level.id for level in desk.store.levels.grid().levels if level.name == name)


def add(desk: Desk, number: str, *, plan: str = "", status: int = ACTIVE, owes: bool = False) -> int:
    made = desk.create_account(
        {"number": number, "status_id": status, "service_level": plan, "delinquent": owes, "monthly_charge": 1000}
    )
    assert made.account_id is not None
    return made.account_id


def test_the_usual_levels_are_made_once_and_taken_back(desk: Desk, store: Store) -> None:
    made = level_verbs.make_usual(desk)
    assert made.change_set is not None
    assert [level.name for level in store.levels.grid().levels] == ["Full service", "Walled garden", "No service"]
    assert level_verbs.make_usual(desk).already == 1
    desk.undo()
    assert not store.levels.grid().used
    desk.redo()
    assert [level.radius_group for level in store.levels.grid().levels] == [
        "full-service", "walled-garden", "no-service"
    ]  # fmt: skip
    change_set = store.journal.get(made.change_set)
    assert change_set is not None
    assert describe(change_set) == "Made the usual service levels"


def test_a_new_name_goes_to_the_accounts_of_the_plan(office: Desk, store: Store) -> None:
    ada, ben = add(office, "1", plan="home 500"), add(office, "2")
    outcome = level_verbs.edit(office, by_name(office, "Home 500"), {"name": "Home 1000"})
    assert outcome.consequences is None, "nobody gets another level by a name"
    account = store.accounts.get(ada)
    assert account is not None
    assert account.service_level == "Home 1000"
    assert (level_of(store, ada), level_of(store, ben)) == ("Home 1000", "Full service")
    office.undo()
    account = store.accounts.get(ada)
    assert account is not None
    assert account.service_level == "home 500"
    assert level_of(store, ada) == "Home 500"


def test_what_is_in_use_stays(office: Desk) -> None:
    add(office, "1", plan="Home 500")
    with pytest.raises(LevelInUse, match="1 account names it"):
        level_verbs.delete(office, by_name(office, "Home 500"))
    with pytest.raises(LevelInUse, match="“Active”"):
        level_verbs.delete(office, by_name(office, "Walled garden"))
    level_verbs.delete(office, by_name(office, "No service"))
    with pytest.raises(LevelGone):
        level_verbs.set_cell(office, INACTIVE, delinquent=False, value="3")


def test_levels_keep_their_kind_and_their_own_names(office: Desk) -> None:
    fast = by_name(office, "Home 500")
    with pytest.raises(LevelKindStays):
        level_verbs.edit(office, fast, {"kind": LevelKind.REJECT})
    with pytest.raises(LevelNameTaken):
        level_verbs.edit(office, fast, {"name": "no SERVICE"})
    with pytest.raises(BadValue):
        level_verbs.edit(office, fast, {"attributes": (Attribute("Session-Timeout", "15m"),)})
    assert level_verbs.edit(office, fast, {"name": "Home 500"}).already == 1


def test_the_card_of_one_account_is_due_when_its_level_changes(office: Desk, store: Store) -> None:
    ada = add(office, "1", plan="Home 500")
    weighed = office.edit_account(ada, {"delinquent": True}, dry_run=True).consequences
    assert weighed is not None
    assert weighed.needs_card
    walled, fast = by_name(office, "Walled garden"), by_name(office, "Home 500")
    assert weighed.levels == (LevelFlow(fast, walled, 1, "Home 500", "Walled garden"),)
    assert level_of(store, ada) == "Home 500"


def test_another_cell_moves_the_accounts_of_its_status(office: Desk) -> None:
    for number in range(3):
        add(office, str(number))
    full, walled = by_name(office, "Full service"), by_name(office, "Walled garden")
    outcome = level_verbs.set_cell(office, ACTIVE, delinquent=False, value=str(walled))
    assert outcome.consequences is not None
    assert outcome.consequences.levels == (LevelFlow(full, walled, 3, "Full service", "Walled garden"),)
    undone = office.undo().consequences
    assert undone is not None
    assert undone.levels == (LevelFlow(walled, full, 3, "Walled garden", "Full service"),)


_PEOPLE = some.lists(
    some.tuples(
        some.sampled_from([LEAD, ACTIVE, INACTIVE]), some.booleans(), some.sampled_from(["", "Home 500", "?"])
    ),
    min_size=1,
    max_size=8,
)


@given(people=_PEOPLE, target=some.sampled_from([LEAD, ACTIVE, INACTIVE]))
def test_the_card_tells_what_each_account_gets(
    open_store: OpensStores,
    tmp_path_factory: pytest.TempPathFactory,
    people: list[tuple[int, bool, str]],
    target: int,
) -> None:
    store = open_store(tmp_path_factory.getbasetemp() / f"levels-{next(_FILES)}.statusdesk")
    desk = Desk(store, author="anna")
    level_verbs.make_usual(desk)
    level_verbs.create(desk, {"name": "Home 500", "kind": LevelKind.NORMAL})
    level_verbs.set_cell(desk, ACTIVE, delinquent=True, value=str(by_name(desk, "Walled garden")))
    ids = [
        add(desk, str(number), status=status, owes=owes, plan=plan)
        for number, (status, owes, plan) in enumerate(people)
    ]
    before = {account_id: level_of(store, account_id) for account_id in ids}
    weighed = desk.reassign(Matching(), target, dry_run=True).consequences
    done = desk.reassign(AccountIds(tuple(ids)), target).consequences
    after = {account_id: level_of(store, account_id) for account_id in ids}
    assert weighed is not None
    assert done is not None
    assert weighed.levels == done.levels
    told = {(flow.old_name, flow.new_name): flow.accounts for flow in done.levels}
    assert told == Counter(
        (before[account_id], after[account_id]) for account_id in ids if before[account_id] != after[account_id]
    )
    if done.changed:
        desk.undo()
        assert {account_id: level_of(store, account_id) for account_id in ids} == before
