"""Plans on record: one step for each change set, found by their account's key however many plans wait."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.services.desk import Desk

DAY = 86_400_000


@pytest.fixture
def planning(desk: Desk) -> Desk:
    """Return a desk with twenty accounts, each with a vacation and a change planned."""
    rows = ((line, (f"{line}", 2, 990)) for line in range(20))
    desk.import_accounts(("number", "status", "monthly_charge"), rows, file="accounts.csv")
    now = desk.clock()
    desk.plan_vacation(Matching(), 1, leave_at=now + DAY, return_at=now + 3 * DAY)
    desk.plan_change(Matching(), 3, now + 5 * DAY)
    return desk


def test_each_change_set_leaves_one_step_that_leads_to_the_one_before(planning: Desk) -> None:
    db = planning.store.db
    planning.edit_plans([1], {"due_at": planning.clock() + 2 * DAY})
    planning.cancel_plans([1])
    steps = db.rows("SELECT change_set_id, state, due_at FROM plan_step WHERE plan_id = 1 ORDER BY id")
    assert [state for _, state, _ in steps] == ["pending", "pending", "cancelled"]
    assert len({change_set for change_set, _, _ in steps}) == 3
    assert steps[0][2] + DAY == steps[1][2] == steps[2][2]
    chain = db.rows("SELECT x.id, b.id FROM plan_step x JOIN plan_step b ON b.id = x.previous_id")
    assert len(chain) == 3
    assert all(step > before for step, before in chain)


QUESTIONS: dict[str, Callable[[Desk], object]] = {
    "plans of a page of accounts": lambda desk: desk.store.planned.pending([1, 2, 3]),
    "plans of one account": lambda desk: desk.store.planned.of_account(1),
    "what is due": lambda desk: desk.store.plans.first_due(desk.clock()),
    "a timeline": lambda desk: desk.store.journal.timeline(1, desk.store.statuses.by_id()),
    "planning for one": lambda desk: desk.plan_change(AccountIds((1,)), 3, desk.clock() + 9 * DAY),
    "taking that back": lambda desk: desk.undo(),
}


@pytest.mark.files
def test_what_concerns_few_accounts_goes_by_keys(planning: Desk) -> None:
    connection: Any = planning.store.db.engine.connection()
    for question, ask in QUESTIONS.items():
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        ask(planning)
        connection.set_trace_callback(None)
        for sql in asked:
            if re.match(r"\s*(SELECT|WITH|INSERT INTO plan_step|UPDATE)\b", sql):
                steps = [row[-1] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
                whole = [step for step in steps if re.match(r"SCAN (p|q|plan|plan_step|s|e)$", step)]
                by_state = [
                    step for step in steps if re.match(r"SEARCH [pq] USING .*plan_state \(state=\?\)", step)
                ]
                assert not whole + by_state, f"{question}: {sql}: {steps}"
