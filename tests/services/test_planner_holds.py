"""Whatever is planned, moved, merged, undone or slept through: each plan is done once, or left to a person."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, multiple, precondition, rule

from statusdesk.domain.changes import Outcome
from statusdesk.domain.plans import PlanState, PlanView
from statusdesk.domain.records import Stage, StatusFields
from statusdesk.services.desk import Desk
from tests.homes import Homes, run_in
from tests.services.test_changes_hold import ACCOUNTS, WHO, Office

HOUR = 3_600_000
ACTIVE = 2
LATER = st.integers(-1, 300)
WHEN = LATER | st.just(24)


class PlanningOffice(Office):
    """Two people at one database who also plan, and a planner that runs now and then."""

    @initialize(target=Office.statuses)
    def an_office_with_people(self) -> Any:
        """Some accounts, and statuses for vacations without and with service."""
        desk = self.desk("anna")
        for place in range(5):
            desk.create_account({"number": f"N{place}", "status_id": ACTIVE, "monthly_charge": 1_000})
        made = []
        for name, served, colour in (("Away", False, "#111111"), ("Reduced", True, "#777777")):
            fields: StatusFields = {"name": name, "stage": Stage.PAUSED, "activates": served, "colour": colour}
            made.append(desk.create_status(fields).status_id)
        return multiple(*made)

    def open_plans(self, places: list[int]) -> list[int]:
        rows = self.store.db.rows("SELECT id FROM plan WHERE state IN ('pending', 'flagged') ORDER BY id")
        return sorted({rows[place % len(rows)][0] for place in places}) if rows else []

    @rule(who=WHO, places=ACCOUNTS, status=Office.statuses, hours=WHEN)
    def plan(self, who: str, places: list[int], status: int, hours: int) -> None:
        due_at = self.clock() + hours * HOUR
        self.try_plan(who, lambda desk, dry: desk.plan_change(self.some(places), status, due_at, dry_run=dry))

    @rule(
        who=WHO, places=ACCOUNTS, status=Office.statuses, leave=st.none() | WHEN, back=st.none() | WHEN,
        yearly=st.booleans(), charge=st.none() | st.integers(0, 900),
    )  # fmt: skip
    def go_on_vacation(
        self, who: str, places: list[int], status: int, leave: int | None, back: int | None, yearly: bool,
        charge: int | None,
    ) -> None:  # fmt: skip
        leave_at, return_at = (None if h is None else self.clock() + h * HOUR for h in (leave, back))

        def plan(desk: Desk, dry_run: bool) -> Outcome:
            return desk.plan_vacation(
                self.some(places), status, leave_at=leave_at, return_at=return_at, yearly=yearly, charge=charge,
                dry_run=dry_run,
            )  # fmt: skip

        self.try_plan(who, plan, now=leave is None)

    @precondition(lambda self: self.open_plans([0]))
    @rule(who=WHO, places=ACCOUNTS, hours=WHEN)
    def postpone(self, who: str, places: list[int], hours: int) -> None:
        due_at, plans = self.clock() + hours * HOUR, self.open_plans(places)
        self.try_plan(who, lambda desk, dry: desk.edit_plans(plans, {"due_at": due_at}, dry_run=dry))

    @precondition(lambda self: self.open_plans([0]))
    @rule(who=WHO, places=ACCOUNTS, status=Office.statuses, yearly=st.booleans())
    def retarget(self, who: str, places: list[int], status: int, yearly: bool) -> None:
        plans = self.open_plans(places)
        self.try_plan(who, lambda desk, dry: desk.edit_plans(plans, {"status_id": status}, dry_run=dry))
        self.try_plan(who, lambda desk, dry: desk.edit_plans(plans, {"yearly": yearly}, dry_run=dry))

    @precondition(lambda self: self.open_plans([0]))
    @rule(who=WHO, places=ACCOUNTS)
    def cancel(self, who: str, places: list[int]) -> None:
        plans = self.open_plans(places)
        self.try_plan(who, lambda desk, dry: desk.cancel_plans(plans, dry_run=dry))

    @precondition(lambda self: self.open_plans([0]))
    @rule(who=WHO, places=ACCOUNTS)
    def apply_now(self, who: str, places: list[int]) -> None:
        plans = self.open_plans(places)
        self.try_both(who, lambda desk, dry: desk.apply_plans(plans, dry_run=dry))

    @rule(who=WHO, places=ACCOUNTS, hours=WHEN)
    def extend(self, who: str, places: list[int], hours: int) -> None:
        return_at, selection = self.clock() + hours * HOUR, self.some(places)
        self.try_plan(who, lambda desk, dry: desk.extend(selection, return_at, dry_run=dry))

    @rule(who=WHO, places=ACCOUNTS)
    def return_now(self, who: str, places: list[int]) -> None:
        selection = self.some(places)
        self.try_both(who, lambda desk, dry: desk.return_now(selection, dry_run=dry))

    @rule(who=WHO, place=st.integers(1, 3))
    def retire_or_bring_back(self, who: str, place: int) -> None:
        status = self.store.statuses.all()[-place]
        if status.retired:
            self.try_it(lambda desk: desk.bring_back_status(status.id), who)
        else:
            self.try_it(lambda desk: desk.retire_status(status.id), who)

    @rule(hours=st.integers(1, 400), who=WHO)
    def sleep_through(self, hours: int, who: str) -> None:
        """The program was closed over the due time."""
        self.clock.turn(hours=hours)
        self.come_due(who)

    @rule(who=WHO)
    def come_due(self, who: str) -> None:
        """What is due is settled, in due order; a second program at the same moment finds nothing left to do."""
        desk, at = self.desk(who), self.clock()
        due = "SELECT id FROM plan WHERE state = 'pending' AND due_at <= ?"
        waiting = {plan_id for (plan_id,) in self.store.db.rows(due, (at,))}
        before = self.plans()
        tried = desk.apply_due(dry_run=True)
        assert self.plans() == before
        report = desk.apply_due()
        assert [g.due_at for g in report.groups] == sorted(g.due_at for g in report.groups)
        shape = [(g.due_at, g.status_id, g.done, g.skipped, g.flagged) for g in report.groups]
        assert shape == [(g.due_at, g.status_id, g.done, g.skipped, g.flagged) for g in tried.groups]
        settled = Counter(plan for g in report.groups for plan in (*g.done, *g.skipped, *g.flagged))
        assert set(settled.values()) <= {1}
        assert waiting <= settled.keys()
        states = self.plans()
        for group in report.groups:
            assert {states[plan] for plan in (*group.done, *group.skipped)} <= {PlanState.APPLIED}
            assert {states[plan] for plan in group.flagged} <= {PlanState.FLAGGED}
            assert group.change_set is not None
            rows = self.store.db.rows(
                "SELECT e.account_id, e.effective_at, e.new_status_id, b.effective_at FROM entry e"
                " LEFT JOIN entry b ON b.id = e.previous_id WHERE e.change_set_id = ?", (group.change_set,),
            )  # fmt: skip
            assert len(rows) == len(group.done)
            for _, effective_at, status_id, earlier in rows:
                assert (effective_at, status_id) == (max(group.due_at, earlier), group.status_id)
        assert desk.apply_due().groups == ()

    def plans(self) -> dict[int, str]:
        return dict(self.store.db.rows("SELECT id, state FROM plan"))

    def try_plan(self, who: str, verb: Callable[..., Outcome], *, now: bool = False) -> None:
        """Planning moves nobody, and its dry run tells the same and leaves nothing."""
        books, plans = self.books(), self.plans()
        asked = self.try_it(lambda desk: verb(desk, True), who, remember=False)
        assert (self.books(), self.plans()) == (books, plans)
        done = self.try_it(lambda desk: verb(desk, False), who)
        assert (asked is None) == (done is None)
        if asked is None or done is None:
            return
        assert (asked.changed, asked.already, asked.left) == (done.changed, done.already, done.left)
        assert asked.consequences == done.consequences
        assert now or self.books() == books
        assert now or (done.change_set is not None) == (done.changed > 0)

    @invariant()
    def each_plan_is_in_one_list(self) -> None:
        at = self.clock()
        lists = Counter(plan for view in PlanView for plan in self.store.planned.ids(view, at))
        assert set(lists.values()) <= {1}
        assert lists.keys() == self.plans().keys()
        counts = self.store.planned.counts(at)
        assert counts == {view: len(self.store.planned.ids(view, at)) for view in PlanView}

    @invariant()
    def the_journal_never_goes_back_for_an_account(self) -> None:
        assert not self.store.db.rows(
            "SELECT e.id FROM entry e JOIN entry b ON b.id = e.previous_id WHERE b.effective_at > e.effective_at"
        )


def test_planning_holds(homes: Homes) -> None:
    run_in(homes, PlanningOffice)
