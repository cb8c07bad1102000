"""Billable days and whole cents: compared with the slow and obvious, and adding up."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from statusdesk.domain.billing import Activity, Method, Step, charges_by_day, days_of, parts

EDGES = (10, 20, 30, 40)
BEGINNING = -(10**6)


def slowly(steps: list[Step], activity: Activity) -> list[int | None]:
    """Look at every instant of every day."""
    charges: list[int | None] = []
    for first, end in pairwise(EDGES):
        charge = None
        for instant in range(first, end):
            step = [step for step in steps if step.at <= instant][-1]
            if step.status_id is not None:
                known = [activates for at, _, activates in activity[step.status_id] if at <= instant]
                charge = step.charge if known[-1] else charge
        charges.append(charge)
    return charges


@given(
    instants=some.lists(some.integers(0, 45), max_size=6).map(sorted),
    turns=some.lists(some.integers(0, 45), max_size=3).map(sorted),
    data=some.data(),
)
def test_days_are_those_on_which_the_account_was_activating(
    instants: list[int], turns: list[int], data: some.DataObject
) -> None:
    places = some.tuples(some.sampled_from([1, 2, None]), some.sampled_from([0, 700, 1000]))
    steps = [Step(at, number, *data.draw(places)) for number, at in enumerate([BEGINNING, *instants])]
    flips = [(at, number, number % 2 == 1) for number, at in enumerate(turns, start=1)]
    activity = {1: [(BEGINNING, 0, True)], 2: [(BEGINNING, 0, False), *flips]}
    assert charges_by_day(steps, activity, EDGES) == slowly(steps, activity)


@given(
    some.lists(some.sampled_from([None, 0, 999, 1001, -500, 1_000_000_007]), min_size=28, max_size=31),
    some.sampled_from([Method.DAILY, Method.THIRTY]),
)
def test_parts_add_up_to_the_rounded_whole(charges: list[int | None], method: Method) -> None:
    found = parts(charges, method)
    assert sum(part.days for part in found) == sum(charge is not None for charge in charges)
    base = 30 if method is Method.THIRTY else len(charges)
    reached = [0, *(min(day, 30) for day in range(1, len(charges))), 30]
    weights = [1] * len(charges) if method is Method.DAILY else [b - a for a, b in pairwise(reached)]
    exact = Fraction(sum(charge * weight for charge, weight in zip(charges, weights, strict=True) if charge), base)
    assert abs(sum(part.amount for part in found) - exact) <= Fraction(1, 2)
    assert len({part.charge for part in found}) == len(found)


@pytest.mark.parametrize(
    ("month", "first", "last", "method", "amount"),
    [
        ("2026-10", 1, 31, Method.DAILY, 3100),
        ("2026-10", 17, 31, Method.DAILY, 1500),
        ("2026-10", 31, 31, Method.FULL, 3100),
        ("2026-10", 1, 31, Method.THIRTY, 3100),
        ("2026-10", 31, 31, Method.THIRTY, 0),
        ("2026-02", 1, 28, Method.THIRTY, 3100),
        ("2026-02", 28, 28, Method.THIRTY, 310),
        ("2026-02", 1, 14, Method.DAILY, 1550),
    ],
)
def test_a_month_is_prorated(month: str, first: int, last: int, method: Method, amount: int) -> None:
    charges = [3100 if first <= day <= last else None for day in range(1, len(days_of(month)) + 1)]
    (part,) = parts(charges, method)
    assert (part.amount, part.days) == (amount, last - first + 1)


def test_nothing_is_billed_without_a_day() -> None:
    assert parts([None] * 30, Method.FULL) == ()
