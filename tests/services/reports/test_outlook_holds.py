"""Whatever happened and is planned: what lies ahead, who is stuck or a ghost, is what journal and plans say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import MultipleResults, initialize, multiple, precondition, rule

from statusdesk.domain.records import Stage
from statusdesk.domain.scopes import Dimension, Scope
from statusdesk.services.reports import basis, stuck
from statusdesk.services.reports.ahead import accounts_ahead, distribution_ahead, distribution_ahead_by
from statusdesk.services.reports.ghosts import free_accounts, ghosts, ghosts_by, leftover_accounts
from statusdesk.services.reports.growth import growth, growth_by
from statusdesk.services.reports.over_time import over_time, over_time_by
from statusdesk.services.reports.planning import planned_steps
from statusdesk.services.reports.projected import accounts_projected, projected
from statusdesk.services.reports.revenue import (
    expected_accounts,
    pending_accounts,
    planned_accounts,
    revenue,
    revenue_by,
)
from tests.services.reports.outlook import DAY, Outlook
from tests.services.reports.reference import Book, only, previous
from tests.services.reports.test_reports_hold import ALL_SCOPES, SCOPES, Managers
from tests.services.test_changes_hold import ACCOUNTS, WHO
from tests.services.test_planner_holds import PlanningOffice

if TYPE_CHECKING:
    from statusdesk.domain.changes import Outcome
    from statusdesk.domain.records import AccountFields
    from statusdesk.services.desk import Desk
    from statusdesk.services.reports.revenue import Revenue
from tests.services.reports.outlook_sameness import same_ahead, same_course, same_ghosts, same_growth, same_revenue

LIMITS = {2: 3, 4: 1}

HOUR = 3_600_000

DEEDS = st.sampled_from(("plan", "away", "install", "activate", "connect"))

DEED = st.tuples(DEEDS, ACCOUNTS, st.integers(0, 20))

Deed = tuple[str, list[int], int]


class Forecasters(PlanningOffice, Managers):
    """People who plan, and a manager who looks ahead; what was is looked at elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(basis, "MIN_CASES", 2)
        self.patch.setattr(stuck, "MIN_CASES", 2)

    def teardown(self) -> None:
        """Look ahead once more, by each scope."""
        try:
            for days, scope in zip((0, 3, 9, 40), ALL_SCOPES, strict=True):
                self.look_ahead_by(days, scope)
        finally:
            self.patch.undo()
            PlanningOffice.teardown(self)

    def edit_account(self) -> None:
        """Keep to what concerns the outlook, here and below."""

    def retire_or_bring_back(self) -> None:
        """Leave it to the others."""

    def set_rules(self) -> None:
        """Leave what statuses ask for to the others."""

    def extend(self) -> None:
        """Leave it to the others."""

    def bring_in(self) -> None:
        """Leave it to the others; people are brought in as well."""

    def look(self, *_args: object) -> None:
        """Leave what was to the others."""

    def look_back(self) -> None:
        """Leave what was to the others."""

    def look_at_an_instant(self) -> None:
        """Leave what was to the others."""

    def yesterday_can_be_told_from_the_journal(self) -> None:
        """Leave what was to the others."""

    def each_plan_is_in_one_list(self) -> None:
        """Leave the lists to the others."""

    def the_journal_never_goes_back_for_an_account(self) -> None:
        """Leave the journal to the others."""

    def come_due(self, who: str) -> None:
        """Carry out what is due."""
        self.desk(who).apply_due()

    @initialize(target=Managers.statuses, deeds=st.lists(DEED, min_size=6, max_size=16))
    def open_for_business(self, deeds: list[Deed]) -> MultipleResults[int]:
        """Begin with people of whom something is expected."""
        made = super().open_for_business()
        self.a_busy_week("jens", deeds)
        return multiple(made) if isinstance(made, int) else made

    @rule(who=WHO, deeds=st.lists(DEED, min_size=3, max_size=9))
    def a_busy_week(self, who: str, deeds: list[Deed]) -> None:
        """People are planned for, wait for installs, are installed or lost, and get and lose access."""
        for deed, places, number in deeds:
            self.clock.turn(hours=number)
            verbs = {
                "plan": self.plan_for, "away": self.send_away, "install": self.await_install,
                "activate": self.activate_some, "connect": self.connect,
            }  # fmt: skip
            verbs[deed](who, places, number)

    def plan_for(self, who: str, places: list[int], number: int) -> None:
        statuses = sorted(status.id for status in self.store.statuses.all())
        status, due_at = statuses[number % len(statuses)], self.clock() + number * 6 * HOUR
        self.try_it(lambda desk: desk.plan_change(self.some(places), status, due_at), who)

    def send_away(self, who: str, places: list[int], number: int) -> None:
        paused = [status.id for status in self.store.statuses.all() if status.stage is Stage.PAUSED]
        leave, back = (self.clock() + days * DAY for days in (number % 5, 6 + number))
        if paused:
            away = paused[number % len(paused)]
            self.try_it(
                lambda desk: desk.plan_vacation(self.some(places), away, leave_at=leave, return_at=back), who
            )

    def await_install(self, who: str, places: list[int], number: int) -> None:
        waiting = [status.id for status in self.store.statuses.all() if status.stage is Stage.ONBOARDING]
        day = self.day(number - 3)
        for account_id in self.some(places).ids:
            self.try_it(partial(edit, account_id, {"install_on": day}), who)
        if waiting:
            self.try_it(lambda desk: desk.reassign(self.some(places), waiting[0]), who)

    def activate_some(self, who: str, places: list[int], number: int) -> None:
        target = 2 if number % 4 else 3
        self.try_it(lambda desk: desk.reassign(self.some(places), target), who)

    def connect(self, who: str, places: list[int], number: int) -> None:
        fields: AccountFields = {
            "radius_user": "anna" if number % 2 else "", "ip_addresses": "10.0.0.7" if number % 3 else "",
            "monthly_charge": number % 4 * 700,
        }  # fmt: skip
        for account_id in self.some(places[:3]).ids:
            self.try_it(partial(edit, account_id, fields), who)

    @precondition(lambda self: self.books())
    @rule(days=st.integers(0, 60), scope=SCOPES)
    def look_ahead(self, days: int, scope: Scope) -> None:
        self.look_ahead_by(days, scope)

    def look_ahead_by(self, days: int, scope: Scope) -> None:
        book, on = Book(self.store), self.day(days)
        outlook = Outlook(self.store, book, self.clock(), scope)
        self.see_what_is_expected(book, outlook, on, scope)
        self.see_the_course(book, outlook, on, scope)
        self.see_revenue(book, outlook, scope)
        self.see_growth_to_come(book, outlook, scope)
        self.see_stuck(outlook, scope)
        self.see_ghosts(book, outlook, scope)

    def part(self, book: Book, scope: Scope, split: Dimension, value: str) -> Outlook:
        return Outlook(self.store, book, self.clock(), only(scope, split, value))

    def see_what_is_expected(self, book: Book, outlook: Outlook, on: str, scope: Scope) -> None:
        at, plans = self.clock(), planned_steps(self.store)
        same_ahead(distribution_ahead(self.store, on, at=at, planned=plans, scope=scope), outlook, on)
        for split in Dimension:
            for part in distribution_ahead_by(self.store, split, on, at=at, planned=plans, scope=scope):
                same_ahead(part.report, self.part(book, scope, split, part.value), on)
        where = outlook.expected(on)
        for status in outlook.world.statuses:
            ids = accounts_ahead(self.store, [status], on, at=at, planned=plans, scope=scope)
            assert list(ids) == sorted(n for n, (found, _) in where.items() if found == status)

    def see_the_course(self, book: Book, outlook: Outlook, on: str, scope: Scope) -> None:
        first = previous(previous(outlook.today))
        at, plans = self.clock(), planned_steps(self.store)
        found = over_time(self.store, first, on, scope=scope, at=at, planned=plans)
        same_course(found, outlook, book, scope)
        assert found.expected == sum(period.last_day > outlook.today for period in found.periods)
        for part in over_time_by(self.store, Dimension.CITY, first, on, scope=scope, at=at, planned=plans):
            here = only(scope, Dimension.CITY, part.value)
            same_course(part.report, self.part(book, scope, Dimension.CITY, part.value), book, here)

    def see_revenue(self, book: Book, outlook: Outlook, scope: Scope) -> None:
        at, plans = self.clock(), planned_steps(self.store)
        found = revenue(self.store, at=at, planned=plans, scope=scope)
        same_revenue(found, outlook)
        for part in revenue_by(self.store, Dimension.ACCOUNT_TYPE, at=at, planned=plans, scope=scope):
            same_revenue(part.report, self.part(book, scope, Dimension.ACCOUNT_TYPE, part.value))
        short = projected(self.store, planned=plans, scope=scope)
        parts = [sum(week.accounts for week in weeks) for weeks in (found.pending, found.starts, found.stops)]
        assert (short.committed, [short.installs, short.starts, short.stops]) == (found.committed, parts)
        ids = accounts_projected(self.store, planned=plans, scope=scope)
        assert list(ids) == sorted({*outlook.pending, *(n for n, *_ in outlook.crossings)})
        self.see_accounts_behind(found, outlook, scope)

    def see_accounts_behind(self, found: Revenue, outlook: Outlook, scope: Scope) -> None:
        at, plans = self.clock(), planned_steps(self.store)
        for week in found.pending:
            ids = pending_accounts(self.store, [week.week], at=at, planned=plans, scope=scope)
            assert set(ids) == {n for n in outlook.pending if outlook.install_week(n) == week.week}
        for starts, weeks in ((True, found.starts), (False, found.stops)):
            for week in weeks:
                ids = planned_accounts(self.store, plans, [week.week], starts=starts, scope=scope)
                assert set(ids) == {n for n, when, way in outlook.crossings if (when, way) == (week.week, starts)}
        if found.expected_installs is not None:
            names = [week.week for week in found.expected_installs]
            ids = expected_accounts(self.store, names, at=at, planned=plans, scope=scope)
            assert sorted(ids) == sorted(outlook.pending)

    def see_growth_to_come(self, book: Book, outlook: Outlook, scope: Scope) -> None:
        at, plans = self.clock(), planned_steps(self.store)
        same_growth(growth(self.store, at=at, past_weeks=1, planned=plans, scope=scope), outlook)
        for part in growth_by(self.store, Dimension.LEAD_SOURCE, at=at, past_weeks=1, planned=plans, scope=scope):
            same_growth(part.report, self.part(book, scope, Dimension.LEAD_SOURCE, part.value))

    def see_stuck(self, outlook: Outlook, scope: Scope) -> None:
        at, expected = self.clock(), outlook.stuck(LIMITS, stuck.PERCENT, stuck.MIN_CASES)
        found = stuck.stuck(self.store, LIMITS, at=at, scope=scope)
        assert {line.status.id: (line.limit, line.accounts) for line in found} == {
            status: (limit, len(over)) for status, (limit, over) in expected.items()
        }
        for line in found:
            _, over = expected[line.status.id]
            ids = stuck.stuck_accounts(self.store, [line.status.id], LIMITS, at=at, scope=scope)
            assert set(ids) == over
            assert line.since == min((outlook.people[n].since for n in over), default=None)
            assert line.cases == outlook.usual(line.status.id, stuck.PERCENT)[0] or line.set_by_office

    def see_ghosts(self, book: Book, outlook: Outlook, scope: Scope) -> None:
        same_ghosts(ghosts(self.store, scope=scope), outlook)
        for part in ghosts_by(self.store, Dimension.CITY, scope=scope):
            same_ghosts(part.report, self.part(book, scope, Dimension.CITY, part.value))
        assert len(leftover_accounts(self.store, scope=scope)) == outlook.leftovers().total()
        assert len(free_accounts(self.store, scope=scope)) == outlook.free().total()


def edit(account_id: int, fields: AccountFields, desk: Desk) -> Outcome:
    return desk.edit_account(account_id, fields)


TestForecasters = Forecasters.TestCase
TestForecasters.settings = settings(
    max_examples=settings().max_examples * 2 // 5,
    stateful_step_count=settings().stateful_step_count // 2,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.target),
)
"""Examples are small as they are: making a failing one smaller would take minutes, and say little more."""
