"""What this operator's own past says about pending installs: which share was activated, and after how many days.

A wait is an account's uninterrupted stay in the statuses that are pending today: in Onboarding and not activating.
It came true if the account left them for a status that activates today. Moves that were undone are not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low
from typing import TYPE_CHECKING

from statusdesk.domain.records import Stage
from statusdesk.store.report_moments import Moment
from statusdesk.store.report_waits import doors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from statusdesk.domain.records import Status
    from statusdesk.store.report_waits import Door
    from statusdesk.store.store import Store

MIN_CASES = 20
"""So many waits must have ended before anything is expected from them."""

PAST_DAYS = 730
"""What is longer ago says nothing about how the office works today."""

_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Basis:
    """How the waits that ended came out: how many did, how many were activated, and their median delay in days."""

    ended: int
    activated: int
    delay_days: int | None

    @property
    def enough(self) -> bool:
        """True if there are enough cases to expect anything from them."""
        return self.ended >= MIN_CASES and self.activated > 0

    @property
    def share(self) -> Fraction:
        """The part of the waits that came true; 0 if none ended."""
        return Fraction(self.activated, self.ended) if self.ended else Fraction(0)


def pending_statuses(statuses: Mapping[int, Status]) -> frozenset[int]:
    """Return the statuses whose accounts wait to be installed: in Onboarding, and not activating."""
    return frozenset(
        status.id for status in statuses.values() if status.stage is Stage.ONBOARDING and not status.activates
    )


def basis_of(store: Store, at: int) -> Basis:
    """Read from the journal how the waits ended that began within the two years before `at` (UTC milliseconds)."""
    statuses = store.statuses.by_id()
    waits = _Waits(statuses)
    since = Moment(at - PAST_DAYS * _DAY)
    for door in doors(store.db, pending_statuses(statuses), since, store.info.time_zone):
        waits.pass_door(door)
    return waits.basis()


@dataclass(slots=True)
class _Ended:
    began: int
    change_set: int
    delay: int
    activated: bool


class _Waits:
    """Who waits since when, and how the last wait of each account ended."""

    def __init__(self, statuses: Mapping[int, Status]) -> None:
        self._statuses = statuses
        self._began: dict[int, int] = {}
        self._ended: dict[int, list[_Ended]] = {}

    def pass_door(self, door: Door) -> None:
        """Take in that an account began to wait, or stopped waiting."""
        if not door.leaves:
            self._began[door.account_id] = self._reopened(door) or door.at
            return
        began = self._began.pop(door.account_id, None)
        if began is not None and door.new_status is not None and not door.undone:
            activated = self._statuses[door.new_status].activates
            ended = _Ended(began, door.change_set, door.at - began, activated)
            self._ended.setdefault(door.account_id, []).append(ended)

    def _reopened(self, door: Door) -> int | None:
        """Return when a wait began whose end was taken back just now."""
        ended = self._ended.get(door.account_id)
        if ended and door.reverts == ended[-1].change_set:
            return ended.pop().began
        return None

    def basis(self) -> Basis:
        """Sum the ended waits up."""
        ended = [wait for waits in self._ended.values() for wait in waits]
        delays = [wait.delay for wait in ended if wait.activated]
        return Basis(len(ended), len(delays), round(median_low(delays) / _DAY) if delays else None)
