"""Masks by account id: a byte for each account, 1 for those that pass."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def mask_of(ids: Iterable[int], top: int) -> bytes:
    """Return the mask that lets these ids pass, of all up to `top`."""
    mask = bytearray(top + 1)
    for account_id in ids:
        mask[account_id] = 1
    return bytes(mask)


def both(one: bytes, other: bytes) -> bytes:
    """Return the mask of what is in both; big numbers do that at once."""
    result = int.from_bytes(one, "little") & int.from_bytes(other, "little")
    return result.to_bytes(len(one), "little")


def places(mask: bytes) -> Iterator[int]:
    """Yield the ids that pass, upward."""
    place = mask.find(1)
    while place >= 0:
        yield place
        place = mask.find(1, place + 1)


def passing(ids: Sequence[int], mask: bytes) -> Iterator[int]:
    """Yield those of the ids that pass, as they come."""
    return compress(ids, map(mask.__getitem__, ids))
