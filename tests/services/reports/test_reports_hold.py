"""Whatever happened, on any day and by any clock: each report says what the journal says, account by account."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import MultipleResults, initialize, multiple, precondition, rule

from statusdesk.domain.instants import day_of, start_of
from statusdesk.domain.periods import Step, next_day, periods, weeks_on
from statusdesk.domain.records import Stage
from statusdesk.domain.scopes import ALL, Dimension, Scope
from statusdesk.services.desk import Desk
from statusdesk.services.reports.crossings import Crossing
from statusdesk.services.reports.distribution import accounts_in, distribution, distribution_by
from statusdesk.services.reports.growth import awaited_accounts, growth
from statusdesk.services.reports.matrix import accounts_behind_cell, matrix, matrix_by
from statusdesk.services.reports.movement import accounts_that_moved, movement, movement_by
from statusdesk.services.reports.over_time import over_time, over_time_by
from statusdesk.services.reports.peak import accounts_at_peak, monthly_peaks, monthly_peaks_by
from tests.homes import Homes, run_in
from tests.services.reports.reference import Book, moved, only, previous
from tests.services.test_changes_hold import ACCOUNTS, WHO, Office

if TYPE_CHECKING:
    from statusdesk.domain.changes import Outcome
    from statusdesk.domain.records import AccountFields, StatusFields
from tests.services.reports.sameness import (
    ends,
    same_columns,
    same_distribution,
    same_matrix,
    same_movement,
    same_peak,
)

CITIES = st.sampled_from(("Kiel", "Plön", ""))

HOUR = 3_600_000

LATER = st.sampled_from([hours * HOUR for hours in (0, 1, -3, 23, 60, 100, 240, 1_000)] + [1, 2, -1])

REASONS = st.sampled_from(("moved away", "too dear", ""))

DEED = st.tuples(ACCOUNTS, st.integers(1, 6), REASONS, LATER, st.none() | CITIES)

Deed = tuple[list[int], int, str, int, str | None]

SOURCES = st.sampled_from(("Web", "Fair"))

ALL_SCOPES = (
    ALL,
    Scope(cities=frozenset({"Kiel"})),
    Scope(cities=frozenset({"Kiel", ""}), lead_sources=frozenset({"Web"})),
    Scope(account_types=frozenset({"Business"})),
)

SCOPES = st.sampled_from(ALL_SCOPES)


class Managers(Office):
    """The same two people, and a manager who looks at reports between whatever they do."""

    def teardown(self) -> None:
        """Look at everything once more, each day by another scope."""
        try:
            book = Book(self.store)
            days = sorted({day_of(at, book.zone) for at, _ in book.steps})
            for place, day in enumerate(days):
                self.look(book, day, days[(place + 2) % len(days)], list(Step)[place % 3], ALL_SCOPES[place % 4])
        finally:
            super().teardown()

    def the_books_agree(self) -> None:  # that they do is proved elsewhere; here every step would wait for it
        """Say nothing."""

    @initialize(target=Office.statuses)
    def open_for_business(self) -> MultipleResults[int]:
        """Begin with a few statuses of each kind, and with people in some of them."""
        made = []
        for stage, activates in ((Stage.ONBOARDING, False), (Stage.PAUSED, False), (Stage.PAUSED, True)):
            shape, colour = self.looks.pop()
            name = f"Status {len(self.looks)}"
            fields: StatusFields = {"name": name, "shape": shape, "colour": colour, "stage": stage}
            made.append(self.desk("anna").create_status({**fields, "activates": activates}).status_id or 0)
        rows = [
            (
                f"{place:05}",
                (1, 2, 3, made[0])[place % 4],
                ("Kiel", "Plön", "")[place % 3],
                900 + place,
                self.day(place),
            )
            for place in range(12)
        ]
        names = ("number", "status", "city", "monthly_charge", "install_on")
        self.desk("anna").import_accounts(names, list(enumerate(rows, start=2)), file="first.csv")
        return multiple(*made)

    def day(self, later: int) -> str:
        return day_of(self.clock() + later * 24 * HOUR, "Europe/Berlin")

    @rule(who=WHO, deeds=st.lists(DEED, min_size=1, max_size=6))
    def work(self, who: str, deeds: list[Deed]) -> None:
        """Move people between statuses, some at once, some much later."""
        for places, status, reason, later, city in deeds:
            self.clock.turn(milliseconds=later)
            self.try_it(partial(self.move, places=places, status=status, reason=reason), who)
            if city is not None:
                self.describe(who, places, city, "Web", "Private")

    def move(self, desk: Desk, places: list[int], status: int, reason: str) -> Outcome:
        return desk.reassign(self.some(places), status, reason=reason)

    @rule(who=WHO, places=ACCOUNTS, city=CITIES, source=SOURCES, kind=st.sampled_from(("Business", "Private")))
    def describe(self, who: str, places: list[int], city: str, source: str, kind: str) -> None:
        day = self.day(places[0])
        fields: AccountFields = {"city": city, "lead_source": source, "account_type": kind, "install_on": day}
        for account_id in self.some(places[:2]).ids:
            self.try_it(partial(Desk.edit_account, account_id=account_id, fields=fields), who)

    @rule(
        who=WHO, places=ACCOUNTS, status=st.integers(1, 6), city=CITIES, charge=st.integers(0, 9_000), later=LATER
    )
    def bring_people(self, who: str, places: list[int], status: int, city: str, charge: int, later: int) -> None:
        """An import moves accounts, and may move them to another city and change their charge in the same step."""
        self.clock.turn(milliseconds=later)
        rows = [(f"{place:05}", status, city, charge) for place in places]
        fields = ("number", "status", "city", "monthly_charge")
        self.try_it(
            lambda desk: desk.import_accounts(fields, list(enumerate(rows, start=2)), file="b.csv").outcome, who
        )

    @rule(who=WHO, status=st.integers(1, 6), stage=st.sampled_from(Stage), activates=st.booleans(), later=LATER)
    def redefine(self, who: str, status: int, stage: Stage, activates: bool, later: int) -> None:
        self.clock.turn(milliseconds=later)
        fields: StatusFields = {"stage": stage} if status < 4 else {"stage": stage, "activates": activates}
        self.try_it(lambda desk: desk.edit_status(status, fields, reason="tidying up"), who)

    @precondition(lambda self: self.books())
    @rule(back=st.integers(0, 200), length=st.integers(0, 60), step=st.sampled_from(Step), scope=SCOPES)
    def look_back(self, back: int, length: int, step: Step, scope: Scope) -> None:
        """Look at a span of days; the last change of all may lie before, in or after it."""
        book = Book(self.store)
        days = sorted(day_of(at, book.zone) for at, _ in book.steps)
        first_day = days[-1 - back % len(days)]
        last_day = first_day
        for _ in range(length):
            last_day = next_day(last_day)
        self.look(book, first_day, last_day, step, scope)

    def look(self, book: Book, first_day: str, last_day: str, step: Step, scope: Scope) -> None:
        """Compare all reports of a span of days; of one day, if the last is before the first."""
        last_day = max(first_day, last_day)
        if step is Step.DAY and len(periods(first_day, last_day, Step.WEEK)) > 3:
            step = Step.WEEK
        self.see_distributions(book, first_day, scope)
        self.see_over_time(book, first_day, last_day, step, scope)
        self.see_matrix(book, first_day, last_day, scope)
        self.see_movement(book, first_day, last_day, step, scope)
        self.see_peaks(book, first_day, last_day, scope)
        self.see_growth(book, last_day, scope)

    @precondition(lambda self: self.books())
    @rule(place=st.integers(0, 100), by=st.integers(-1, 1), scope=SCOPES)
    def look_at_an_instant(self, place: int, by: int, scope: Scope) -> None:
        book = Book(self.store)
        keys = sorted(book.steps)
        at = keys[place % len(keys)][0] + by
        same_distribution(distribution(self.store, at=at, scope=scope), book.before(at + 1), scope)
        same_distribution(distribution(self.store, scope=scope), book.before(2**62), scope)

    def see_distributions(self, book: Book, day: str, scope: Scope) -> None:
        world = book.end_of(day)
        same_distribution(distribution(self.store, on=day, scope=scope), world, scope)
        for split in Dimension:
            parts = distribution_by(self.store, split, on=day, scope=scope)
            assert {part.value for part in parts} == world.tally(scope, split).keys()
            for part in parts:
                same_distribution(part.report, world, only(scope, split, part.value))
        for status in world.statuses:
            people = [n for n, person in world.people.items() if person.status == status and world.there(n, scope)]
            assert list(accounts_in(self.store, [status], on=day, scope=scope)) == sorted(people)

    def see_over_time(self, book: Book, first_day: str, last_day: str, step: Step, scope: Scope) -> None:
        whole = over_time(self.store, first_day, last_day, step=step, scope=scope)
        assert (whole.periods[0].first_day, whole.periods[-1].last_day) == (first_day, last_day)
        worlds = [book.end_of(period.last_day) for period in whole.periods]
        same_columns(whole, worlds, scope)
        for part in over_time_by(self.store, Dimension.CITY, first_day, last_day, step=step, scope=scope):
            same_columns(part.report, worlds, only(scope, Dimension.CITY, part.value))

    def see_matrix(self, book: Book, first_day: str, last_day: str, scope: Scope) -> None:
        old, new = book.end_of(first_day), book.end_of(last_day)
        found = matrix(self.store, first_day, last_day, scope=scope)
        same_matrix(found, old, new, scope)
        for part in matrix_by(self.store, Dimension.LEAD_SOURCE, first_day, last_day, scope=scope):
            same_matrix(part.report, old, new, only(scope, Dimension.LEAD_SOURCE, part.value))
        for cell in found.cells:
            ids = accounts_behind_cell(self.store, first_day, last_day, [cell.old], [cell.new], scope=scope)
            assert len(ids) == cell.accounts
            assert all(ends(n, old, new, scope) == (cell.old, cell.new) for n in ids)

    def see_movement(self, book: Book, first_day: str, last_day: str, step: Step, scope: Scope) -> None:
        found = movement(self.store, first_day, last_day, step=step, scope=scope)
        for period in found:
            same_movement(period, book, scope)
        for part in movement_by(self.store, Dimension.CITY, first_day, last_day, step=step, scope=scope):
            for period in part.report:
                same_movement(period, book, only(scope, Dimension.CITY, part.value))
        _, accounts = moved(book, first_day, last_day, scope)
        for kind in Crossing:
            ids = accounts_that_moved(self.store, [kind], first_day, last_day, scope=scope)
            assert list(ids) == sorted(accounts[kind])

    def see_peaks(self, book: Book, first_day: str, last_day: str, scope: Scope) -> None:
        for month in monthly_peaks(self.store, first_day[:7], last_day[:7], scope=scope):
            same_peak(month, book, scope)
            assert len(accounts_at_peak(self.store, month, scope=scope)) == month.accounts
        for part in monthly_peaks_by(self.store, Dimension.CITY, first_day[:7], last_day[:7], scope=scope):
            for month in part.report:
                same_peak(month, book, only(scope, Dimension.CITY, part.value))

    def see_growth(self, book: Book, day: str, scope: Scope) -> None:
        """What was expected as each week began, and is active as it ended."""
        at = start_of(next_day(day), book.zone) - 1
        for week in growth(self.store, at=at, past_weeks=3, scope=scope).past:
            sunday = weeks_on(week.week, 1)
            begin, end = book.before(start_of(week.week, book.zone)), book.end_of(min(day, previous(sunday)))
            expected = [
                n
                for n, person in begin.people.items()
                if begin.there(n, scope) and begin.pending(n) and week.week <= person.fields["install_on"] < sunday
            ]
            true = [n for n in expected if end.active(n)]
            assert (week.expected, week.came_true) == (len(expected), len(true))
            assert week.expected_charge == sum(begin.people[n].charge for n in expected)
            assert week.came_true_charge == sum(end.people[n].charge for n in true)
            ids = awaited_accounts(self.store, week.week, at=at, came_true=True, scope=scope)
            assert list(ids) == sorted(true)


def test_reports_hold(homes: Homes) -> None:
    run_in(homes, Managers)
