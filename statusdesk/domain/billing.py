"""Billable days: on which days of a month an account was activating, at which charge, and what that comes to.

A day counts if the account was activating for any time of it; its charge is that of the last such time.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple


class Method(StrEnum):
    """How a month's charge is prorated.

    By the length of the month, not at all (one day costs the whole month), or by 30 days whatever the month has:
    then the 31st counts nothing, and the last day of February as many as are missing.
    """

    DAILY = "daily"
    FULL = "full"
    THIRTY = "30/360"


class Step(NamedTuple):
    """From a moment (instant, change set) on an account has a status (None: closed) and a charge (minor units)."""

    at: int
    change_set: int
    status_id: int | None
    charge: int


Activity = Mapping[int, Sequence[tuple[int, int, bool]]]
"""By status id, from which moments (instant, change set) on it activates or not; the first is the beginning."""


@dataclass(frozen=True, slots=True)
class Part:
    """Days of one month at one charge (minor units a month), and the whole minor units that they come to."""

    days: int
    charge: int
    amount: int


def days_of(month: str) -> list[str]:
    """Return the days (ISO) of a month (YYYY-MM)."""
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    return [(first + timedelta(days=day)).isoformat() for day in range((following - first).days)]


def charges_by_day(steps: Sequence[Step], activity: Activity, edges: Sequence[int]) -> list[int | None]:
    """Return for each day the monthly charge at which it counts, or None.

    `edges` are the instants at which the days begin, and that at which the last one ends.
    """
    charges: list[int | None] = [None] * (len(edges) - 1)
    for place, step in enumerate(steps):
        until = steps[place + 1].at if place + 1 < len(steps) else edges[-1]
        if step.status_id is None or until <= edges[0]:
            continue
        for start, end in _active(activity[step.status_id], (step.at, step.change_set), until):
            first = max(0, bisect_right(edges, start) - 1)
            last = min(len(charges), bisect_left(edges, end))
            for day in range(first, last):
                charges[day] = step.charge
    return charges


def _active(known: Sequence[tuple[int, int, bool]], since: tuple[int, int], until: int) -> list[tuple[int, int]]:
    """Return when a status activated between a moment and an instant, as instants."""
    found = []
    for place, (at, change_set, activates) in enumerate(known):
        start = max(since, (at, change_set))[0]
        end = min(until, known[place + 1][0] if place + 1 < len(known) else until)
        if activates and start < end:
            found.append((start, end))
    return found


def parts(charges: Sequence[int | None], method: Method) -> tuple[Part, ...]:
    """Return what a month's days come to, by charge; the amounts add up to the whole, which is rounded half up."""
    weights, base = _weights(len(charges), method)
    sums: dict[int, list[int]] = {}
    for charge, weight in zip(charges, weights, strict=True):
        if charge is not None:
            totals = sums.setdefault(charge, [0, 0])
            totals[0] += 1
            totals[1] += weight
    if method is Method.FULL and sums:
        last = next(charge for charge in reversed(charges) if charge is not None)
        return (Part(sum(days for days, _ in sums.values()), last, last),)
    exact = [charge * weight for charge, (_, weight) in sums.items()]
    amounts = _rounded(exact, base)
    return tuple(
        Part(days, charge, amount) for (charge, (days, _)), amount in zip(sums.items(), amounts, strict=True)
    )


def _weights(days: int, method: Method) -> tuple[list[int], int]:
    if method is not Method.THIRTY:
        return [1] * days, days
    reached = [min(day, 30) for day in range(days)] + [30]
    return [after - before for before, after in pairwise(reached)], 30


def _rounded(numerators: Sequence[int], base: int) -> list[int]:
    """Divide by `base` so that the whole numbers add up to the rounded sum; the largest remainders go up."""
    total = (2 * sum(numerators) + base) // (2 * base)
    floors = [number // base for number in numerators]
    order = sorted(range(len(floors)), key=lambda place: (-(numerators[place] % base), place))
    for place in order[: total - sum(floors)]:
        floors[place] += 1
    return floors
