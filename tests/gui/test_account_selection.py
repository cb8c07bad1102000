"""The selection of accounts against a plain set, and the columns' texts; no window."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.gui.models.account_selection import MOST_EXCEPTIONS, AccountSelection, Listed, Picks, carried
from statusdesk.gui.widths import Need, shared_out
from statusdesk.services.listing import ListQuery

ACCOUNTS = 24


@dataclass
class Office:
    """A few accounts: which status each has, and which word it can be found by."""

    status: dict[int, int] = field(default_factory=lambda: {number: number % 3 for number in range(ACCOUNTS)})

    def listed(self, query: ListQuery) -> Listed:
        wanted = query.status_ids
        ids = [
            number
            for number, status in self.status.items()
            if (wanted is None or status in wanted) and query.search in f"account {number}"
        ]
        return Listed(query, sorted(ids, reverse=query.descending))

    def meant_by(self, selection: AccountIds | Matching) -> set[int]:
        if isinstance(selection, AccountIds):
            return set(selection.ids)
        query = ListQuery(selection.status_ids, selection.search)
        return set(self.listed(query).ids) - selection.excluding


class SelectionAgainstSet(RuleBasedStateMachine):
    """Whatever people do, exactly those listed accounts are selected that a plain set would have."""

    def __init__(self) -> None:
        super().__init__()
        self.office = Office()
        self.query = ListQuery()
        self.selection = AccountSelection()
        self.selection.relist(self.office.listed(self.query))
        self.expected: set[int] = set()

    @property
    def ids(self) -> list[int]:
        return list(self.selection.listed.ids)

    def _listed(self) -> set[int]:
        return self.expected.intersection(self.ids)

    @rule(at=st.integers(0, 99))
    def click(self, at: int) -> None:
        if self.ids:
            self.selection.pick(at % len(self.ids))
            self.expected = {self.ids[at % len(self.ids)]}

    @rule(at=st.integers(0, 99))
    def click_with_control(self, at: int) -> None:
        if self.ids:
            self.selection.toggle(at % len(self.ids))
            self.expected ^= {self.ids[at % len(self.ids)]}

    @rule(first=st.integers(0, 99), last=st.integers(0, 99), added=st.booleans())
    def select_range(self, first: int, last: int, added: bool) -> None:
        if self.ids:
            first, last = first % len(self.ids), last % len(self.ids)
            part = set(self.ids[min(first, last) : max(first, last) + 1])
            self.selection.pick_range(first, last, kept=self.selection.picks if added else None)
            self.expected = self.expected | part if added and len(part) < len(self.ids) else part

    @rule(first=st.integers(0, 99), last=st.integers(0, 99))
    def drop_range(self, first: int, last: int) -> None:
        if self.ids:
            first, last = first % len(self.ids), last % len(self.ids)
            self.selection.drop_range(first, last)
            self.expected -= set(self.ids[min(first, last) : max(first, last) + 1])

    @rule()
    def select_all(self) -> None:
        self.selection.pick_all()
        self.expected = set(self.ids)

    @rule()
    def sort(self) -> None:
        self.query = self.query._replace(descending=not self.query.descending)
        self.selection.relist(self.office.listed(self.query))

    @rule(search=st.sampled_from(("", "1", "12", "zzz", "2")))
    def search(self, search: str) -> None:
        self.query = self.query._replace(search=search)
        self.selection.relist(self.office.listed(self.query))

    @rule(statuses=st.sampled_from((None, frozenset({0}), frozenset({0, 1}))))
    def filter(self, statuses: frozenset[int] | None) -> None:
        if statuses != self.query.status_ids:
            self.query = self.query._replace(status_ids=statuses)
            self.selection.relist(self.office.listed(self.query))
            self.expected = self._listed()

    @invariant()
    def is_what_a_set_would_be(self) -> None:
        assert {number for number in self.ids if self.selection.contains(number)} == self._listed()
        assert self.selection.count == len(self._listed())
        assert self.selection.hidden == len(self.expected) - len(self._listed())
        assert self.office.meant_by(self.selection.as_selection()) == self._listed()
        assert self.selection.ids_in_order() == [number for number in self.ids if number in self.expected]


TestSelectionAgainstSet = SelectionAgainstSet.TestCase


def test_everything_takes_in_what_comes_later_but_never_comes_back_from_nothing() -> None:
    office, query = Office(), ListQuery(frozenset({0}))
    selection = AccountSelection()
    selection.relist(office.listed(query))
    selection.pick_all()
    office.status[1] = 0
    selection.relist(office.listed(query))
    assert selection.count == 9
    office.status = dict.fromkeys(office.status, 1)
    selection.relist(office.listed(query))
    office.status[5] = 0
    selection.relist(office.listed(query))
    assert selection.count == 0
    assert selection.as_selection() == AccountIds(())


def test_everything_stays_a_question_when_people_go_on_to_some_of_its_statuses() -> None:
    selection, office = AccountSelection(), Office()
    selection.relist(office.listed(ListQuery()))
    selection.pick_all()
    selection.relist(office.listed(ListQuery(frozenset({0}))))
    assert selection.count == len(office.listed(ListQuery(frozenset({0}))).ids)
    assert selection.as_selection() == Matching(frozenset({0}))


def test_accounts_that_leave_the_list_are_selected_no_longer() -> None:
    office, query = Office(), ListQuery(frozenset({0}))
    before = office.listed(query)
    office.status[3] = 1
    after = carried(Picks(frozenset({3, 6}), count=2), before, office.listed(query))
    assert after == Picks(frozenset({6}), count=1)


def test_many_exceptions_become_a_list_of_ids() -> None:
    selection = AccountSelection()
    selection.relist(Listed(ListQuery(), range(5000)))
    selection.pick_all()
    selection.drop_range(0, MOST_EXCEPTIONS)
    assert selection.as_selection() == AccountIds(tuple(range(MOST_EXCEPTIONS + 1, 5000)))


@given(
    needs=st.lists(
        st.builds(
            lambda least, more, share: Need(least, least + more, share),
            *[st.integers(0, 200)] * 2,
            st.integers(0, 3),
        ),
        min_size=1,
    ),
    room=st.integers(0, 3000),
)
def test_widths_fill_the_room_and_never_fall_below_what_is_needed(needs: list[Need], room: int) -> None:
    widths = shared_out(needs, room)
    assert all(width >= need.least for width, need in zip(widths, needs, strict=True))
    if sum(need.least for need in needs) <= room:
        assert sum(widths) == room
    else:
        assert widths == [need.liked for need in needs]
