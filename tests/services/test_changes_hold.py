"""Whatever people do, in whatever order, even when the clock goes back: the books agree, and undo takes back."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule

from statusdesk.domain.changes import AccountIds, Matching, Outcome
from statusdesk.domain.errors import Refused
from statusdesk.domain.instants import start_of
from statusdesk.domain.looks import Shape
from statusdesk.domain.records import Account, AccountFields, Stage, StatusFields
from statusdesk.services import ending, field_verbs, installs
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store
from tests.conftest import Clock
from tests.homes import Homes, in_files, run_in

COLOURS = ("#0A66B5", "#3E9BD6", "#B8578F", "#C62828")
ACCOUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=6, unique=True)
WHO = st.sampled_from(("anna", "jens"))


class Office(RuleBasedStateMachine):
    """Two people at one database."""

    homes: ClassVar[Homes] = staticmethod(in_files)
    statuses: Bundle[int] = Bundle("statuses")

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.stack = ExitStack()
        place = self.stack.enter_context(self.homes(self.clock(), "Europe/Berlin"))
        self.store = Store(place, time_zone="Europe/Berlin", clock=self.clock)
        self.numbers = 0
        self.looks = [(shape, colour) for shape in list(Shape)[3:] for colour in COLOURS]
        self.done: dict[str, list[tuple[int, dict[int, Account]]]] = {"anna": [], "jens": []}

    def teardown(self) -> None:
        """Close the file."""
        self.store.close()
        self.stack.close()

    def desk(self, who: str) -> Desk:
        return Desk(self.store, author=who, clock=self.clock)

    def books(self) -> dict[int, Account]:
        """Return the accounts without what is planned for them, which is no part of what they are."""
        each = self.store.accounts.each(Matching())
        return {account.id: account._replace(planned_for=None) for account in each}

    def some(self, places: Iterable[int]) -> AccountIds:
        known = sorted(self.books())
        return AccountIds(tuple({known[place % len(known)] for place in places} if known else ()))

    @rule(target=statuses, place=st.integers(1, 3))
    def a_built_in_status(self, place: int) -> int:
        return place

    @precondition(lambda self: self.looks)
    @rule(target=statuses, who=WHO, activates=st.booleans(), stage=st.sampled_from(Stage))
    def create_status(self, who: str, activates: bool, stage: Stage) -> int:
        shape, colour = self.looks.pop()
        name = f"Status {len(self.looks)}"
        made = self.desk(who).create_status(
            {"name": name, "shape": shape, "colour": colour, "activates": activates, "stage": stage}
        )
        assert made.status_id is not None
        return made.status_id

    @rule(who=WHO, status=statuses, charge=st.integers(-500, 9_000))
    def create_account(self, who: str, status: int, charge: int) -> None:
        self.numbers += 1
        number = f"{self.numbers:05}"
        self.try_it(
            lambda desk: desk.create_account({"number": number, "status_id": status, "monthly_charge": charge}),
            who,
        )

    @rule(who=WHO, places=ACCOUNTS, status=statuses)
    def reassign(self, who: str, places: list[int], status: int) -> None:
        selection = self.some(places)
        self.try_both(who, lambda desk, dry: desk.reassign(selection, status, dry_run=dry))

    @rule(who=WHO, places=ACCOUNTS, status=statuses, reason=st.sampled_from(("Price", "Moved away", "")))
    def disconnect(self, who: str, places: list[int], status: int, reason: str) -> None:
        selection = self.some(places)
        self.try_both(
            who,
            lambda desk, dry: ending.disconnect(desk, selection, reason=reason, status_id=status, dry_run=dry),
        )

    @rule(who=WHO, places=ACCOUNTS, status=statuses, day=st.sampled_from(("", "2026-04-01")), fails=st.booleans())
    def install(self, who: str, places: list[int], status: int, day: str, fails: bool) -> None:
        selection = self.some(places)
        if fails:
            self.try_both(
                who,
                lambda desk, dry: installs.failed(
                    desk, selection, reason="Weather", next_on=day, status_id=status, dry_run=dry
                ),
            )
        else:
            self.try_both(
                who, lambda desk, dry: installs.done(desk, selection, on=day, status_id=status, dry_run=dry)
            )

    @rule(who=WHO, places=ACCOUNTS, day=st.sampled_from(("", "2026-04-01", "2026-05-01")))
    def set_day(self, who: str, places: list[int], day: str) -> None:
        selection = self.some(places)
        self.try_both(
            who, lambda desk, dry: field_verbs.set_field(desk, selection, {"next_contact_on": day}, dry_run=dry)
        )

    @rule(who=WHO, status=statuses, into=statuses)
    def merge(self, who: str, status: int, into: int) -> None:
        self.try_both(who, lambda desk, dry: desk.merge_statuses(status, into, dry_run=dry))

    @rule(who=WHO, status=statuses, move_to=statuses)
    def delete(self, who: str, status: int, move_to: int) -> None:
        self.try_both(who, lambda desk, dry: desk.delete_status(status, move_to=move_to, dry_run=dry))

    @rule(who=WHO, status=statuses, activates=st.booleans())
    def activate(self, who: str, status: int, activates: bool) -> None:
        self.try_both(who, lambda desk, dry: desk.edit_status(status, {"activates": activates}, dry_run=dry))

    @rule(who=WHO, status=statuses, follower=statuses, strict=st.booleans(), asks=st.sampled_from(("", "note")))
    def set_rules(self, who: str, status: int, follower: int, strict: bool, asks: str) -> None:
        fields: StatusFields = {"followers": (follower,) if strict else (), "required": tuple(asks.split())}
        self.try_both(who, lambda desk, dry: desk.edit_status(status, fields, dry_run=dry))

    @rule(who=WHO, places=ACCOUNTS, charge=st.integers(0, 9_000), note=st.text("ab", max_size=2))
    def edit_account(self, who: str, places: list[int], charge: int, note: str) -> None:
        fields: AccountFields = {"monthly_charge": charge, "note": note}
        ids = self.some(places[:1]).ids
        if ids:
            self.try_both(who, lambda desk, dry: desk.edit_account(ids[0], fields, dry_run=dry))

    @precondition(lambda self: self.looks)
    @rule(who=WHO, places=ACCOUNTS, status=statuses, new=st.booleans(), charge=st.integers(-9, 9_000))
    def bring_in(self, who: str, places: list[int], status: int, new: bool, charge: int) -> None:
        """Some rows are of accounts that exist, and perhaps all are to go into a new status."""
        shape, colour = self.looks.pop()
        made: StatusFields = {"name": f"Status {len(self.looks)}", "shape": shape, "colour": colour}
        rows = [(f"{place:05}", -1 if new else status, charge) for place in places]
        self.try_both(
            who,
            lambda desk, dry: (
                desk.import_accounts(
                    ("number", "status", "monthly_charge"),
                    list(enumerate(rows, start=2)),
                    file="new.csv",
                    new_statuses=[made] if new else [],
                    dry_run=dry,
                ).outcome
            ),
        )

    @rule(hours=st.integers(-72, 200))
    def time_passes(self, hours: int) -> None:
        self.clock.turn(hours=hours)

    @rule(who=WHO)
    def undo(self, who: str) -> None:
        before = self.done[who].pop() if self.done[who] else None
        next_undo = self.desk(who).next_undo()
        outcome = self.try_both(who, lambda desk, dry: desk.undo(dry_run=dry), remember=False)
        if before is None or outcome is None or next_undo is None or next_undo.id != before[0]:
            return
        now = self.books()
        for account_id, account in before[1].items():
            if account_id not in outcome.left and account_id in self.touched(before[0]):
                assert now[account_id] == account

    @rule(who=WHO)
    def redo(self, who: str) -> None:
        self.done[who].clear()
        self.try_both(who, lambda desk, dry: desk.redo(dry_run=dry), remember=False)

    def latest(self) -> int:
        """Return the newest instant on record; a clock that shows an earlier one was put back."""
        return int(
            self.store.db.value(
                "SELECT max(coalesce((SELECT max(effective_at) FROM entry), 0),"
                " (SELECT max(effective_at) FROM status_change))"
            )
        )

    def touched(self, change_set: int) -> set[int]:
        return set(self.store.journal.accounts_of(self.store.journal.entries_of(change_set)))

    def try_it(self, verb: Callable[[Desk], Outcome], who: str, *, remember: bool = True) -> Outcome | None:
        before = self.books()
        try:
            outcome = verb(self.desk(who))
        except Refused:
            assert self.books() == before
            return None
        if remember and outcome.change_set is not None:
            self.done[who].append((outcome.change_set, before))
        return outcome

    def try_both(
        self, who: str, verb: Callable[[Desk, bool], Outcome], *, remember: bool = True
    ) -> Outcome | None:
        """Ask what would happen, see that nothing did, then do it and compare."""
        before, sets = self.books(), self.store.journal.next_id()
        asked = self.try_it(lambda desk: verb(desk, True), who, remember=False)
        assert (self.books(), self.store.journal.next_id()) == (before, sets)
        done = self.try_it(lambda desk: verb(desk, False), who, remember=remember)
        assert (asked is None) == (done is None)
        if asked is not None and done is not None:
            assert (asked.changed, asked.already, asked.left) == (done.changed, done.already, done.left)
            assert asked.consequences == done.consequences
            if done.consequences is not None:
                now, told = self.store.totals(self.clock()), done.consequences.after
                assert (now.accounts, now.billed, now.revenue) == (told.accounts, told.billed, told.revenue)
                assert now.peak == told.peak or self.clock() < self.latest()
        return done

    @invariant()
    def the_books_agree(self) -> None:
        assert check(self.store).findings == ()

    @invariant()
    def yesterday_can_be_told_from_the_journal(self) -> None:
        """What the daily differences say of the end of a day is what its entries say."""
        day = (self.clock.now - timedelta(days=1)).date().isoformat()
        end = start_of((self.clock.now).date().isoformat(), "Europe/Berlin")
        told = self.store.db.rows(
            "SELECT status_id, sum(accounts), sum(charge) FROM status_day WHERE day <= ? GROUP BY 1", (day,)
        )
        entries = self.store.db.rows(
            "SELECT status_id, sum(n), sum(charge) FROM ("
            "SELECT new_status_id AS status_id, 1 AS n, new_charge AS charge FROM entry"
            " WHERE effective_at < :end AND new_status_id IS NOT NULL UNION ALL "
            "SELECT old_status_id, -1, -old_charge FROM entry"
            " WHERE effective_at < :end AND old_status_id IS NOT NULL) f GROUP BY 1",
            {"end": end},
        )
        assert {row for row in told if row[1:] != (0, 0)} == {row for row in entries if row[1:] != (0, 0)}


def test_the_books_hold(homes: Homes) -> None:
    run_in(homes, Office)
