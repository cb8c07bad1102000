"""Lists of accounts by id alone: what is asked for, in which order, at once and to the end."""

from inspect import stack
from pathlib import Path

import pytest

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.errors import Cancelled
from statusdesk.domain.fields import FIELDS
from statusdesk.domain.records import AccountFields
from statusdesk.services.desk import Desk
from statusdesk.services.listing import Listing, ListQuery
from statusdesk.store.accounts import HEAD
from tests.conftest import OpensStores

LEAD, ACTIVE, INACTIVE = 1, 2, 3

PEOPLE: tuple[AccountFields, ...] = (
    {"number": "00003", "name": "Zoë Öberg", "city": "Łódź", "phone": "0431 55-12", "monthly_charge": 100},
    {"number": "00001", "name": "adam", "city": "", "email": "adam@example.org", "install_on": "2026-02-01"},
    {"number": "00002", "name": "Öberg & Sohn", "address": "Straße 5", "monthly_charge": -50, "delinquent": True},
    {"number": "00010", "name": "", "city": "kiel", "install_on": "2025-12-31"},
)


@pytest.fixture
def listing(desk: Desk, database: Path, open_store: OpensStores) -> Listing:
    for place, person in enumerate(PEOPLE):
        desk.create_account({**person, "status_id": (ACTIVE, LEAD, INACTIVE, ACTIVE)[place]})
    return Listing(open_store(database, "read"))


def numbers(listing: Listing, query: ListQuery) -> list[str]:
    return [account.number for account in listing.page(listing.ids(query))]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("number", "00001 00002 00003 00010"),
        ("name", "00001 00002 00003 00010"),
        ("city", "00010 00003 00001 00002"),
        ("status", "00001 00003 00010 00002"),
        ("monthly_charge", "00002 00001 00010 00003"),
        ("delinquent", "00001 00003 00010 00002"),
        ("install_on", "00010 00001 00002 00003"),
    ],
)
def test_order_is_what_people_expect(listing: Listing, sort: str, expected: str) -> None:
    assert numbers(listing, ListQuery(sort=sort)) == expected.split()


def test_downward_leaves_blanks_at_the_end(listing: Listing) -> None:
    assert numbers(listing, ListQuery(sort="city", descending=True)) == ["00003", "00010", "00001", "00002"]
    assert numbers(listing, ListQuery(sort="name", descending=True))[-1] == "00010"


@pytest.mark.parametrize("sort", [field.name for field in FIELDS])
def test_every_field_sorts_both_ways_and_loses_nobody(listing: Listing, sort: str) -> None:
    for descending in (False, True):
        assert sorted(listing.ids(ListQuery(sort=sort, descending=descending))) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("OBERG", "00002 00003"),
        ("lodz", "00003"),
        ("strasse 5", "00002"),
        ("4315512", "00003"),
        ("oberg sohn", "00002"),
        ("adam@", "00001"),
        ("oberg zzz", ""),
    ],
)
def test_search_looks_through_folded_texts(listing: Listing, search: str, expected: str) -> None:
    assert numbers(listing, ListQuery(search=search)) == expected.split()


def test_signs_that_mean_something_to_an_engine_are_looked_for_as_they_are(desk: Desk) -> None:
    names = ("50% off", "a_b", "back\\slash", "50 of", "aXb", "backslash")
    for place, name in enumerate(names):
        desk.create_account({"number": f"{place}", "name": name, "status_id": ACTIVE})
    for place, term in enumerate(("0%", "a_b", "k\\s")):
        assert list(desk.store.accounts.ids(Matching(search=term))) == [place + 1]


def test_statuses_and_words_narrow_together(listing: Listing) -> None:
    assert numbers(listing, ListQuery(frozenset({ACTIVE, LEAD}), "0001")) == ["00001", "00010"]
    assert numbers(listing, ListQuery(frozenset())) == []


def test_a_change_set_lists_its_accounts_and_is_a_selection(listing: Listing, desk: Desk) -> None:
    moved = desk.reassign(AccountIds((1, 2)), INACTIVE)
    query = ListQuery(change_set=moved.change_set)
    assert numbers(listing, query) == ["00001", "00003"]
    assert numbers(listing, ListQuery(change_set=moved.change_set, search="zoe")) == ["00003"]
    again = desk.reassign(Matching(change_set=moved.change_set), ACTIVE)
    assert again.changed == 2


def test_closed_accounts_are_listed_nowhere(listing: Listing, desk: Desk) -> None:
    desk.undo()
    assert numbers(listing, ListQuery()) == ["00001", "00002", "00003"]
    assert listing.page([4, 1])[0].id == 1


def fill(desk: Desk, count: int) -> None:
    """Put many accounts on record at once, as only their number matters here."""
    with desk.store.db.transaction():
        for number in range(count):
            account_id = desk.store.accounts.insert({"number": f"X{number:05}"})
            desk.store.db.run("UPDATE account_state SET status_id = 2 WHERE account_id = ?", (account_id,))


def test_the_beginning_of_a_long_list_comes_first(listing: Listing, desk: Desk) -> None:
    fill(desk, HEAD + 200)
    begun: list[list[int]] = []
    ids = listing.ids(ListQuery(sort="name", descending=True), first=lambda head: begun.append(list(head)))
    assert [len(part) for part in begun] == [HEAD]
    assert list(ids[:HEAD]) == begun[0]
    assert len(ids) == HEAD + 204
    begun.clear()
    listing.ids(ListQuery(search="oberg"), first=lambda head: begun.append(list(head)))
    assert begun == []


def test_a_list_that_nobody_waits_for_any_more_is_given_up(listing: Listing, desk: Desk) -> None:
    fill(desk, 5 * HEAD)
    with pytest.raises(Cancelled):
        listing.ids(ListQuery(), first=lambda _: listing.interrupt())
    assert len(listing.ids(ListQuery())) == 5 * HEAD + 4


def test_stopping_between_two_blocks_of_a_sort_leaves_the_connection_ready_for_the_next_question(
    listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statusdesk.store.lists.BLOCK", 1)
    kept: list[BaseException] = []

    def stop_in_a_sort() -> None:
        if "_sort_ahead" in {frame.function for frame in stack()}:
            listing.interrupt()
            raise Cancelled

    for _ in range(2):
        with pytest.raises(Cancelled) as stopped:
            listing.prepare(stop_in_a_sort)
        kept.append(stopped.value)
    assert list(listing.ids(ListQuery(sort="name"))) == [2, 3, 1, 4]
    listing.prepare(lambda: None)
    assert list(listing.ids(ListQuery(sort="city"))) == [4, 1, 2, 3]
