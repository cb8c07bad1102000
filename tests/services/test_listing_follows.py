"""What the list keeps in memory is what the database says, whatever two desks change, in whatever order."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import ClassVar, cast
from unittest import mock

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.errors import Cancelled, Refused
from statusdesk.domain.fields import FIELDS
from statusdesk.domain.records import AccountFields, Stage
from statusdesk.services.desk import Desk
from statusdesk.services.listing import (
    Listing,
    ListQuery,
    answering,
    memory,
    opening,
    orders,
    ranks,
    states,
    texts,
)
from statusdesk.store import server_lists
from statusdesk.store.store import Store
from tests.conftest import Clock, OpensStores
from tests.homes import Homes, in_files, run_in

PLACES = st.lists(st.integers(0, 40), min_size=1, max_size=8)
STATUSES = st.integers(1, 5)
WORDS = st.sampled_from(("", "Öberg", "oberg", "ÅSA", "Zoë Łódź", "a", "B", "ß", "山田"))
FIELD_NAMES = st.sampled_from(("name", "city", "account_type", "note", "phone", "install_on"))
SORTS = [field.name for field in FIELDS]
SEARCHES = ("", "a", "o", "ob", "oberg", "lodz zo", "ss", "山", "1", "00", "zzz")


@contextmanager
def small_steps() -> Iterator[None]:
    """Let what is cut into thousands for a million accounts be cut into a few for a few."""
    with (
        mock.patch.object(memory, "FEW_MOVED", 4),
        mock.patch.object(memory, "BY_SERVER", 12),
        mock.patch.object(server_lists, "PAGE", 4),
        mock.patch.object(answering, "FEW_FOUND", 1),
        mock.patch.object(answering, "MANY_FOUND", 3),
        mock.patch.object(answering, "CHECKED", 2),
        mock.patch.object(answering, "STEPS", (0, 2, 4, 6)),
        mock.patch.object(answering, "FURTHER", (6, 9, 12)),
        mock.patch.object(answering, "PROBED", 2),
        mock.patch.object(answering, "SLICE", 3),
        mock.patch.object(opening, "FIRST", 2),
        mock.patch.object(ranks, "SLICE", 3),
        mock.patch.object(ranks, "SPAN", 4),
        mock.patch.object(orders, "SLICE", 3),
        mock.patch.object(orders, "STEP", 3),
        mock.patch.object(states, "MANY", 6),
        mock.patch.object(texts, "SPAN", 4),
        mock.patch.object(texts, "LONG", 3),
    ):
        yield


class Office(RuleBasedStateMachine):
    """Two people at desks of their own, and a list that a third one looks at."""

    homes: ClassVar[Homes] = staticmethod(in_files)

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.stack = ExitStack()
        place = self.stack.enter_context(self.homes(self.clock(), "UTC"))
        self.stores = [Store(place, clock=self.clock), Store(place, clock=self.clock)]
        self.desks = [
            Desk(store, author=who, clock=self.clock)
            for store, who in zip(self.stores, ("anna", "jens"), strict=True)
        ]
        self.truth = Store(place, "read")
        self.listing = Listing(Store(place, "read"))
        self.numbers = 0

    def teardown(self) -> None:
        """Close the file."""
        self.listing.close()
        for store in (*self.stores, self.truth):
            store.close()
        self.stack.close()

    @initialize(prepared=st.booleans(), count=st.integers(0, 30))
    def open_the_list(self, prepared: bool, count: int) -> None:
        """Open a list of accounts that were mostly numbered in turn."""
        for name in ("Away", "Back"):
            self.desks[0].create_status({"name": name, "colour": "#0A66B5" if name == "Away" else "#3E9BD6"})
        for place in range(count):
            number = f"{place + 1:04}" if place % 7 else f"9{place:03}"
            name = ("", "Åsa", "Öberg", "Åsa")[place % 4]
            self.add(place % 2, number, 1 + place % 5, name, place * 100)
        if prepared:
            self.listing.prepare(lambda: None)

    def try_it(self, who: int, verb: Callable[[Desk], object]) -> None:
        self.clock.turn(hours=1)
        try:
            verb(self.desks[who])
        except Refused:
            return

    def some(self, places: list[int]) -> AccountIds:
        known = self.truth.accounts.ids(ListQuery().matching)
        return AccountIds(tuple({known[place % len(known)] for place in places} if known else ()))

    @rule(who=st.integers(0, 1), status=STATUSES, name=WORDS, charge=st.integers(0, 3))
    def create_account(self, who: int, status: int, name: str, charge: int) -> None:
        self.numbers += 7
        self.add(who, f"{self.numbers * 37 % 1000:04}", status, name, charge)

    def add(self, who: int, number: str, status: int, name: str, charge: int) -> None:
        fields: AccountFields = {"number": number, "status_id": status, "name": name, "monthly_charge": charge}
        self.try_it(who, lambda desk: desk.create_account(fields))

    @rule(who=st.integers(0, 1), places=PLACES, name=FIELD_NAMES, text=WORDS, charge=st.integers(0, 3))
    def edit_accounts(self, who: int, places: list[int], name: str, text: str, charge: int) -> None:
        value = "2026-03-01" if name == "install_on" else text
        fields = cast("AccountFields", {name: value, "monthly_charge": charge, "delinquent": bool(charge % 2)})
        for account_id in self.some(places).ids:
            self.edit(who, account_id, fields)

    def edit(self, who: int, account_id: int, fields: AccountFields) -> None:
        self.try_it(who, lambda desk: desk.edit_account(account_id, fields))

    @rule(who=st.integers(0, 1), place=st.integers(0, 40), number=st.integers(0, 999))
    def renumber(self, who: int, place: int, number: int) -> None:
        for account_id in self.some([place]).ids:
            self.edit(who, account_id, {"number": f"{number:04}"})

    @rule(who=st.integers(0, 1), places=PLACES, status=STATUSES)
    def reassign(self, who: int, places: list[int], status: int) -> None:
        selection = self.some(places)
        self.try_it(who, lambda desk: desk.reassign(selection, status))

    @rule(who=st.integers(0, 1), places=PLACES, status=STATUSES, name=WORDS)
    def bring_in(self, who: int, places: list[int], status: int, name: str) -> None:
        rows = [(f"{place:04}", status, name) for place in dict.fromkeys(places)]
        self.try_it(
            who,
            lambda desk: desk.import_accounts(
                ("number", "status", "name"), list(enumerate(rows, start=2)), file="new.csv"
            ),
        )

    @rule(who=st.integers(0, 1), status=st.integers(4, 5), stage=st.sampled_from(Stage))
    def place_status(self, who: int, status: int, stage: Stage) -> None:
        self.try_it(who, lambda desk: desk.place_status(status, stage, 0))

    @rule(who=st.integers(0, 1), redo=st.booleans())
    def undo(self, who: int, redo: bool) -> None:
        self.try_it(who, lambda desk: desk.redo() if redo else desk.undo())

    @rule(
        sort=st.sampled_from(SORTS),
        descending=st.booleans(),
        search=st.sampled_from(SEARCHES),
        statuses=st.none() | st.frozensets(STATUSES),
        changed=st.none() | st.integers(1, 20),
    )
    def ask(
        self, sort: str, descending: bool, search: str, statuses: frozenset[int] | None, changed: int | None
    ) -> None:
        self.expect(ListQuery(statuses, search, sort, descending, changed))

    def expect(self, query: ListQuery) -> None:
        """Ask the list what the database can tell as well: all of it, and what comes first."""
        expected = list(self.truth.accounts.ids(query.matching, sort=query.sort, descending=query.descending))
        begun: list[list[int]] = []
        assert list(self.listing.ids(query, first=lambda ids: begun.append(list(ids)))) == expected
        assert len(begun) <= 1
        for part in begun:
            assert part == expected[: len(part)]

    @rule(
        typed=st.sampled_from(("0012", "oberg", "a ob", "lodz zo")),
        sort=st.sampled_from(("number", "name")),
        statuses=st.none() | st.just(frozenset({1, 2, 3})),
        disturbed=st.integers(0, 5),
        places=PLACES,
        name=WORDS,
    )
    def type_on(
        self, typed: str, sort: str, statuses: frozenset[int] | None, disturbed: int, places: list[int], name: str
    ) -> None:
        """Somebody types letter by letter, pausing to think, while somebody else may rename an account."""
        for length in range(len(typed) + 1):
            if length == disturbed:
                self.edit_accounts(1, places, "name", name, 0)
            self.expect(ListQuery(statuses, typed[:length], sort))
            if length < 2:
                self.listing.prepare(lambda: None)

    @rule(pages=st.integers(0, 4), places=PLACES, name=WORDS, descending=st.booleans())
    def ask_again(self, pages: int, places: list[int], name: str, descending: bool) -> None:
        """Somebody gives up a list that is coming in, others change accounts, and then it is wanted after all."""
        self.edit_accounts(0, list(range(12)), "name", name, 0)
        left = iter(range(pages))

        def check() -> None:
            if next(left, None) is None:
                raise Cancelled

        query = ListQuery(sort="name", descending=descending)
        with mock.patch.object(self.listing, "_check", check), suppress(Cancelled):
            self.listing.ids(query)
        self.edit_accounts(1, places, "name", "Åsa", 0)
        assert list(self.listing.ids(query)) == list(
            self.truth.accounts.ids(query.matching, sort="name", descending=descending)
        )

    @rule()
    def prepare(self) -> None:
        self.listing.prepare(lambda: None)

    @invariant()
    def every_order_agrees(self) -> None:
        for sort in memory.SORTED_AHEAD:
            for descending in (False, True):
                query = ListQuery(sort=sort, descending=descending)
                expected = self.truth.accounts.ids(query.matching, sort=sort, descending=descending)
                assert list(self.listing.ids(query)) == list(expected)

    @invariant()
    def every_filter_agrees(self) -> None:
        words = ("o", "ob", "obe", "oberg", "a", "a o", "1", "0", "00", "ob")
        searches = [ListQuery(search=search) for search in words]
        for query in (*searches, ListQuery(frozenset({1})), ListQuery(frozenset({2, 4}), sort="name")):
            expected = self.truth.accounts.ids(query.matching, sort=query.sort)
            assert list(self.listing.ids(query)) == list(expected)

    @invariant()
    def the_counts_agree(self) -> None:
        counts = {status: accounts for status, (accounts, _) in self.truth.statuses.counts().items() if accounts}
        listed = {status: len(self.listing.ids(ListQuery(frozenset({status})))) for status in counts}
        assert listed == counts
        assert len(self.listing.ids(ListQuery())) == sum(counts.values())


def test_the_list_in_memory_is_what_the_database_says(homes: Homes) -> None:
    with small_steps():
        run_in(homes, Office)


@pytest.mark.files
def test_the_list_follows_what_another_process_does(desk: Desk, database: Path, open_store: OpensStores) -> None:
    for number in ("00001", "00002", "00003"):
        desk.create_account({"number": number, "status_id": 1, "name": f"Öberg {number}"})
    listing, truth = Listing(open_store(database, "read")), open_store(database, "read")
    listing.prepare(lambda: None)
    new = database.with_name("new.csv")
    new.write_text("number,name,status\n00002,Adam,Active\n00009,Zoë,Inactive\n")
    commands = (["import", str(new)], ["reassign", "--to", "Inactive", "--search", "oberg"], ["undo"])
    queries = [ListQuery(), ListQuery(sort="name"), ListQuery(search="oberg"), ListQuery(frozenset({3}), "zoe")]
    lengths = []
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "statusdesk", "--database", str(database), *command],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        for query in queries:
            expected = list(truth.accounts.ids(query.matching, sort=query.sort))
            assert list(listing.ids(query)) == expected
            lengths.append(len(expected))
        for status, (accounts, _) in truth.statuses.counts().items():
            assert len(listing.ids(ListQuery(frozenset({status})))) == accounts
    assert lengths == [4, 4, 2, 1] * 3
