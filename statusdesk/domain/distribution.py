"""Shares of a whole that add up to it: what the status table, its chart and the report all print."""

from collections.abc import Iterable

WHOLE = 1_000
"""100.0 %, in tenths of a percent."""


def shares(counts: Iterable[int]) -> list[int]:
    """Return each count's share of their sum, in tenths of a percent, in the order given.

    The shares add up to 100.0 % exactly: all are rounded down, and the tenths that are left go to those that lost
    most (the largest remainder method). Where several lost as much, the larger count comes first, then the earlier
    one. Without anything to share, every share is 0. Counts are never negative.
    """
    counted = list(counts)
    total = sum(counted)
    if total <= 0:
        return [0] * len(counted)
    parts = [divmod(count * WHOLE, total) for count in counted]
    found = [tenths for tenths, _ in parts]
    most_lost = sorted(range(len(counted)), key=lambda place: (-parts[place][1], -counted[place], place))
    for place in most_lost[: WHOLE - sum(found)]:
        found[place] += 1
    return found


def percent(tenths: int) -> str:
    """Write a share for people, in English: 734 becomes "73.4 %"."""
    return f"{tenths // 10}.{tenths % 10} %"
