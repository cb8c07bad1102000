"""Accounts on record: pages in the order asked for, and lists that the engine need not sort."""

import pytest

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.services.desk import Desk
from statusdesk.store.accounts import order_by
from statusdesk.store.selections import fill, matching
from statusdesk.store.store import Store


@pytest.fixture
def filled(desk: Desk, store: Store) -> Store:
    for number in ("30", "10", "20"):
        desk.create_account({"number": number, "status_id": 2, "delinquent": number == "20"})
    return store


def test_pages_come_in_the_order_asked_for(filled: Store) -> None:
    assert [account.number for account in filled.accounts.page([2, 99, 1, 3])] == ["10", "30", "20"]
    assert filled.accounts.page([3])[0].delinquent is True
    assert filled.accounts.page([]) == []


@pytest.mark.files
@pytest.mark.parametrize("descending", [False, True])
def test_the_list_by_number_comes_straight_from_its_index(filled: Store, descending: bool) -> None:
    where, parameters = matching(Matching(frozenset({2}), "1"))
    plan = filled.db.rows(
        "EXPLAIN QUERY PLAN SELECT a.id FROM account a JOIN account_state s ON s.account_id = a.id"
        f" WHERE a.closed = 0 AND {where} ORDER BY {order_by('number', descending=descending)}",
        parameters,
    )
    steps = " ".join(str(step[-1]) for step in plan)
    assert "USING INDEX account_number" in steps
    assert "TEMP B-TREE" not in steps


def test_a_change_set_without_accounts_selects_none(filled: Store, desk: Desk) -> None:
    made = desk.create_status({"name": "Away", "shape": "moon", "colour": "#0A66B5"})
    assert filled.accounts.count(Matching(change_set=made.change_set)) == 0
    moved = desk.reassign(AccountIds((1, 3)), 3)
    with filled.db.transaction():
        assert fill(filled.db, Matching(change_set=moved.change_set, excluding=frozenset({3}))) == 1
