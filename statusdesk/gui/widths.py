"""How wide the columns of a table become: arithmetic only, no Qt."""

from collections.abc import Sequence
from typing import NamedTuple


class Need(NamedTuple):
    """What a column needs at least, likes to have, and which parts of further room it takes; in logical pixels."""

    least: int
    liked: int
    share: int = 0


def shared_out(needs: Sequence[Need], room: int) -> list[int]:
    """Return the widths: all that is liked and shares of the rest, or less where there is less room.

    Where not even the least fits, people must scroll in any case, and so each gets what it likes.
    """
    left = room - sum(need.liked for need in needs)
    if left >= 0:
        return _given(needs, left)
    spare = [need.liked - need.least for need in needs]
    taken = _parts(spare, -left if -left <= sum(spare) else 0)
    return [need.liked - part for need, part in zip(needs, taken, strict=True)]


def _given(needs: Sequence[Need], left: int) -> list[int]:
    shares = [need.share for need in needs]
    if not any(shares):
        shares = [0] * (len(needs) - 1) + [1] if needs else []
    return [need.liked + part for need, part in zip(needs, _parts(shares, left), strict=True)]


def _parts(weights: Sequence[int], amount: int) -> list[int]:
    """Split an amount by weight into whole numbers that add up to it."""
    whole = sum(weights)
    parts, seen, given = [], 0, 0
    for weight in weights:
        seen += weight
        upto = amount * seen // whole if whole else 0
        parts.append(upto - given)
        given = upto
    return parts
