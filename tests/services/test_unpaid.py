"""The rule for those who do not pay: cut once and never on a day of rest, returned only from where it put them."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.errors import BadValue
from statusdesk.domain.records import Stage
from statusdesk.domain.unpaid import Outlook, RestDays, UnpaidRule, as_texts, from_texts, parse_dates
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.services.office import put_settings
from statusdesk.services.unpaid import CUT, give_time, mark, outlook, rests, rule_of
from statusdesk.store.store import Store
from tests.conftest import Clock

LEAD, ACTIVE, INACTIVE = 1, 2, 3
REST = RestDays(frozenset({5, 6}), frozenset({"12-24", "2026-03-18"}))


class Office(NamedTuple):
    """An office with a walled garden, and with accounts 1 to 3 in service."""

    desk: Desk
    clock: Clock
    garden: int


@pytest.fixture
def office(desk: Desk, clock: Clock) -> Office:
    made = desk.create_status(
        {"name": "Walled garden", "shape": "ring", "colour": "#D55E00", "stage": Stage.PAUSED}
    )
    for number in range(1, 4):
        desk.create_account({"number": f"{number}", "status_id": ACTIVE, "balance_due": 500})
    assert made.status_id is not None
    return Office(desk, clock, made.status_id)


def set_rule(office: Office, days: int = 3, back: int | None = None, rest: RestDays = REST) -> None:
    put_settings(office.desk, as_texts(UnpaidRule(days, office.garden, back, rest)))


def statuses(office: Office) -> list[int]:
    accounts = office.desk.store.accounts
    return [account.status_id for number in "123" if (account := accounts.by_number(number)) is not None]


def one(account_id: int) -> AccountIds:
    return AccountIds((account_id,))


def test_after_its_days_an_account_is_cut_and_comes_back_when_it_paid(office: Office) -> None:
    set_rule(office)
    assert rule_of(office.desk.store) == UnpaidRule(3, office.garden, None, REST)
    office.desk.edit_account(1, {"delinquent": True, "balance_due": 900})
    (seen,) = outlook(office.desk.store, office.clock())
    assert (seen.outlook, seen.on, seen.balance) == (Outlook.WAITS, "2026-03-13", 900)
    office.clock.turn(days=2)
    assert office.desk.apply_due().unpaid == ()
    office.clock.turn(days=1)
    trial = office.desk.apply_due(dry_run=True)
    assert [(step.kind, dict(step.accounts), step.change_set) for step in trial.unpaid] == [
        (CUT, {1: office.garden}, None)
    ]
    assert statuses(office) == [ACTIVE] * 3
    (step,) = office.desk.apply_due().unpaid
    assert (statuses(office), outlook(office.desk.store, office.clock())[0].outlook) == (
        [office.garden, ACTIVE, ACTIVE],
        Outlook.CUT,
    )
    assert step.change_set is not None
    made = office.desk.store.journal.get(step.change_set)
    assert made is not None
    assert (made.author, made.reason) == ("StatusDesk", "Not paid for 3 days")
    assert office.desk.apply_due().unpaid == ()
    assert mark(office.desk, one(1), delinquent=False, settles=True).changed == 1
    account = office.desk.store.accounts.get(1)
    assert account is not None
    assert account.balance_due == 0
    assert office.desk.apply_due().unpaid[0].kind == "unpaid_return"
    assert statuses(office) == [ACTIVE] * 3
    assert check(office.desk.store).findings == ()


def test_days_of_rest_put_it_off_and_time_that_was_given_too(office: Office) -> None:
    set_rule(office, days=4)
    mark(office.desk, AccountIds((1, 2)), delinquent=True)
    give_time(office.desk, [2], "2026-03-17")
    first, second = outlook(office.desk.store, office.clock())
    assert (first.on, first.paused) == ("2026-03-16", True)
    assert (second.on, second.until) == ("2026-03-19", "2026-03-17")
    cut: dict[int, str] = {}
    for _ in range(12):
        office.clock.turn(days=1)
        for step in office.desk.apply_due().unpaid:
            cut |= dict.fromkeys(step.accounts, office.clock.now.date().isoformat())
    assert cut == {1: "2026-03-16", 2: "2026-03-19"}
    office.desk.undo()
    with pytest.raises(BadValue, match="has passed"):
        give_time(office.desk, [1], "2026-03-01")


def test_an_undone_cut_is_not_made_again_before_the_next_time_of_not_paying(office: Office) -> None:
    set_rule(office, days=1)
    mark(office.desk, one(1), delinquent=True)
    office.clock.turn(days=1)
    (step,) = office.desk.apply_due().unpaid
    office.desk.undo(step.change_set)
    office.clock.turn(days=5)
    assert office.desk.apply_due().unpaid == ()
    assert outlook(office.desk.store, office.clock())[0].outlook is Outlook.LEFT
    mark(office.desk, one(1), delinquent=False)
    mark(office.desk, one(1), delinquent=True)
    office.clock.turn(days=1)
    assert len(office.desk.apply_due().unpaid) == 1


def test_whoever_was_moved_by_a_person_stays_there(office: Office) -> None:
    set_rule(office, days=0, back=LEAD, rest=RestDays())
    mark(office.desk, AccountIds((1, 2)), delinquent=True)
    office.desk.apply_due()
    office.desk.reassign(one(1), INACTIVE)
    office.desk.reassign(one(1), office.garden)
    mark(office.desk, AccountIds((1, 2)), delinquent=False)
    office.desk.apply_due()
    assert statuses(office) == [office.garden, LEAD, ACTIVE]


def test_rules_of_statuses_and_other_stages_hold_it_back(office: Office) -> None:
    set_rule(office, days=0, rest=RestDays())
    mark(office.desk, AccountIds((1, 2, 3)), delinquent=True)
    office.desk.reassign(one(1), INACTIVE)
    office.desk.edit_status(office.garden, {"required": ("note",)})
    office.desk.edit_account(2, {"note": "Called twice"})
    assert [seen.outlook for seen in outlook(office.desk.store, office.clock())] == [
        Outlook.OTHER, Outlook.WAITS, Outlook.HELD,
    ]  # fmt: skip
    office.desk.apply_due()
    assert statuses(office) == [INACTIVE, office.garden, ACTIVE]
    office.desk.retire_status(office.garden)
    assert rule_of(office.desk.store) is None
    assert rests(office.desk.store)


def test_the_rule_is_kept_as_it_was_said() -> None:
    assert parse_dates(" 12-24, 2026-12-31;01-01 ") == {"12-24", "2026-12-31", "01-01"}
    for wrong in ("Christmas", "24.12.", "13-01", "2026-02-30"):
        with pytest.raises(BadValue, match="is not a date like"):
            parse_dates(wrong)
    with pytest.raises(BadValue):
        as_texts(UnpaidRule(-1, 4))
    with pytest.raises(BadValue):
        as_texts(UnpaidRule(1, 4, None, RestDays(frozenset(range(7)))))
    assert from_texts(as_texts(None), {}) is None
    assert RestDays(dates=frozenset({"02-29"})).rests(date(2028, 2, 29))


@dataclass
class Person:
    """What an account should be, by the rule as people understand it."""

    status: int = ACTIVE
    since: date | None = None
    cut: bool = False
    home: int | None = None


class Months(RuleBasedStateMachine):
    """Marks, payments, moves and runs on random days, beside a model that keeps no journal."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock(datetime(2026, 3, 10, 12, tzinfo=UTC))
        self.store = Store(Path(self.folder.name) / "a.statusdesk", clock=self.clock)
        self.desk = Desk(self.store, author="anna", clock=self.clock)
        made = self.desk.create_status({"name": "G", "shape": "ring", "colour": "#D55E00", "stage": Stage.PAUSED})
        self.garden = made.status_id or 0
        put_settings(self.desk, as_texts(UnpaidRule(3, self.garden, None, REST)))
        self.people = {n: Person() for n in (1, 2, 3)}
        for number in self.people:
            self.desk.create_account({"number": f"{number}", "status_id": ACTIVE})

    def teardown(self) -> None:
        """Close the file."""
        self.store.close()
        self.folder.cleanup()

    @rule(who=st.integers(1, 3), pays=st.booleans())
    def mark_or_clear(self, who: int, pays: bool) -> None:
        person = self.people[who]
        if mark(self.desk, one(who), delinquent=not pays).changed:
            person.since = None if pays else self.clock.now.date()
            person.cut = False

    @rule(who=st.integers(1, 3), place=st.integers(0, 3))
    def move(self, who: int, place: int) -> None:
        status = (LEAD, ACTIVE, INACTIVE, self.garden)[place]
        if self.desk.reassign(one(who), status).changed:
            self.people[who].status, self.people[who].home = status, None

    @rule(days=st.integers(1, 4))
    def run(self, days: int) -> None:
        self.clock.turn(days=days)
        today = self.clock.now.date()
        cut: set[int] = set()
        for step in self.desk.apply_due().unpaid:
            cut |= step.accounts.keys() if step.kind == CUT else set()
        due = {number for number, person in self.people.items() if self.is_due(person, today)}
        assert cut == due
        for number, person in self.people.items():
            if person.home is not None and person.since is None:
                person.status, person.home = person.home, None
            elif number in due:
                person.status, person.home, person.cut = self.garden, person.status, True
        assert self.desk.apply_due().unpaid == ()

    @staticmethod
    def is_due(person: Person, today: date) -> bool:
        rests = today.weekday() > 4 or (today.month, today.day) in ((12, 24), (3, 18))
        if person.since is None or person.cut or rests or person.status != ACTIVE:
            return False
        return today - person.since >= timedelta(3)

    @invariant()
    def they_agree(self) -> None:
        found = {account.id: account for account in self.store.accounts.page([1, 2, 3])}
        assert {n: found[n].status_id for n in self.people} == {
            n: person.status for n, person in self.people.items()
        }


TestMonths: Callable[..., object] = Months.TestCase
