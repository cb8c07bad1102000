"""What the biller gets: each month from the journal, and what changed since it was first billed, and why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from statusdesk.domain.billing import Method
from statusdesk.domain.changes import AccountIds
from statusdesk.domain.errors import BadValue, NothingToUndo
from statusdesk.domain.plans import due_instant
from statusdesk.services.billing import Bill, bill, check_month, record
from statusdesk.services.desk import Desk
from tests.conftest import Clock, OpensStores

if TYPE_CHECKING:
    from statusdesk.domain.records import AccountFields
    from statusdesk.store.store import Store

LEAD, ACTIVE, INACTIVE = 1, 2, 3


def at(clock: Clock, month: int, day: int, hour: int = 12) -> None:
    clock.now = datetime(2026, month, day, hour, tzinfo=UTC)


def add(desk: Desk, number: str, charge: int, status: int = ACTIVE) -> int:
    made = desk.create_account({"number": number, "status_id": status, "monthly_charge": charge})
    assert made.account_id is not None
    return made.account_id


def said(made: Bill) -> dict[str, tuple[int, int]]:
    return {line.number: (line.days, line.amount) for line in made.lines}


def test_days_and_amounts_of_a_month(desk: Desk, store: Store, clock: Clock) -> None:
    at(clock, 2, 20)
    whole, leaves, comes = add(desk, "whole", 3100), add(desk, "leaves", 3100), add(desk, "comes", 3100, LEAD)
    at(clock, 3, 10)
    desk.reassign(AccountIds((leaves,)), INACTIVE)
    desk.reassign(AccountIds((comes,)), ACTIVE)
    at(clock, 3, 21)
    desk.edit_account(whole, {"monthly_charge": 6200})
    at(clock, 4, 3)
    desk.reassign(AccountIds((whole,)), INACTIVE)
    made = bill(store, "2026-03", Method.DAILY, at=clock())
    assert said(made) == {"whole": (31, 4200), "leaves": (10, 1000), "comes": (22, 2200)}
    assert [(part.days, part.charge, part.amount) for part in made.lines[2].parts] == [
        (20, 3100, 2000),
        (11, 6200, 2200),
    ]
    assert (made.total, made.finished) == (7400, True)
    assert said(bill(store, "2026-03", Method.FULL, at=clock())) == {
        "whole": (31, 6200), "leaves": (10, 3100), "comes": (22, 3100),
    }  # fmt: skip
    assert said(bill(store, "2026-01", Method.DAILY, at=clock())) == {}
    ongoing = bill(store, "2026-04", Method.DAILY, at=clock())
    assert not ongoing.finished
    assert said(ongoing)["comes"] == (3, 310)


def test_a_second_run_says_what_changed_and_why(desk: Desk, store: Store, clock: Clock) -> None:
    at(clock, 3, 1)
    late, undone, corrected, same = (add(desk, number, 3100) for number in ("late", "undone", "corrected", "same"))
    at(clock, 3, 5)
    desk.plan_change(AccountIds((late,)), INACTIVE, due_instant("2026-03-20", "00:00", "UTC"), reason="Moves")
    at(clock, 3, 31, 23)
    desk.reassign(AccountIds((undone,)), INACTIVE)
    at(clock, 4, 1)
    first = bill(store, "2026-03", Method.DAILY, at=clock())
    assert first.earlier is None
    record(desk, first)
    assert bill(store, "2026-03", Method.DAILY, at=clock()).differences == ()
    at(clock, 4, 2)
    desk.apply_due()
    desk.edit_account(same, {"monthly_charge": 9900})
    second = bill(store, "2026-03", Method.DAILY, at=clock())
    assert second.earlier is not None
    assert second.earlier.total == first.total
    (changed,) = second.differences
    assert (changed.line.number, changed.days_before, changed.amount_before) == ("late", 31, 3100)
    assert (changed.line.days, changed.line.amount) == (19, 1900)
    assert [(one.kind, one.reason) for one in changed.because] == [("plan_applied", "Moves")]
    assert corrected


def test_a_run_is_no_step_to_take_back(desk: Desk, store: Store, clock: Clock) -> None:
    record(desk, bill(store, "2026-02", Method.DAILY, at=clock()))
    with pytest.raises(NothingToUndo):
        desk.undo()


@pytest.mark.parametrize("text", ["2026", "2026-13", "26-10", "October", ""])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        check_month(text)


_DEEDS = some.lists(
    some.tuples(
        some.integers(0, 2), some.sampled_from([LEAD, ACTIVE, INACTIVE]), some.sampled_from([None, 500, 3100])
    ),
    min_size=1,
    max_size=10,
)


@given(before=_DEEDS, after=_DEEDS, hours=some.integers(1, 120))
def test_what_was_billed_can_be_told_again_from_the_journal(
    open_store: OpensStores,
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[int, int, int | None]],
    after: list[tuple[int, int, int | None]],
    hours: int,
) -> None:
    clock = Clock(datetime(2026, 3, 1, tzinfo=UTC))
    path = tmp_path_factory.mktemp("billing") / "desk.statusdesk"
    store = open_store(path)
    desk = Desk(store, author="anna", clock=clock)
    accounts = [add(desk, str(number), 1000) for number in range(3)]

    def go_on(deeds: list[tuple[int, int, int | None]]) -> None:
        for who, status, charge in deeds:
            clock.turn(hours=hours)
            fields: AccountFields = {"status_id": status}
            if charge is not None:
                fields["monthly_charge"] = charge
            desk.edit_account(accounts[who], fields)

    go_on(before)
    first = bill(store, "2026-03", Method.DAILY, at=clock())
    record(desk, first)
    go_on(after)
    second = bill(store, "2026-03", Method.DAILY, at=clock())
    was = {line.number: (line.days, line.amount) for line in first.lines}
    changed = {one.line.number: (one.days_before, one.amount_before) for one in second.differences}
    now = said(second)
    for number in {*was, *now}:
        if number in changed:
            assert changed[number] == was.get(number, (0, 0))
        else:
            assert was.get(number) == now.get(number)
