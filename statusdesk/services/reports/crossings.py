"""What each step in the journal means to the number of activating accounts: the rules of counting movement.

Every step that takes an account over the border of activation, into or out of it, is counted in one way. So the
active accounts at the beginning, plus those that came, less those that went, are the active ones at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from statusdesk.domain.records import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from statusdesk.domain.records import Status


class Crossing(StrEnum):
    """A way over the border of activation, or one that managers ask about beside it."""

    ACTIVATED = "activated"
    """Began to be billed and served, and was not paused before."""
    RETURNED = "returned"
    """Came back from a Paused status."""
    MOVED_IN = "moved_in"
    """Was active already, and got the values of this scope or part."""
    DISCONNECTED = "disconnected"
    """Stopped being billed and served, other than for a pause: churn."""
    PAUSED = "paused"
    """Went to a Paused status; not churn."""
    CLOSED = "closed"
    """Was active and is no longer there, because its making was undone; not churn."""
    MOVED_OUT = "moved_out"
    """Still active, but with other values than those of this scope or part; not churn."""
    ENDED_PAUSE = "ended_pause"
    """Went from a Paused status to an Ended one without being active between; beside the border, not churn."""


COMING = (Crossing.ACTIVATED, Crossing.RETURNED, Crossing.MOVED_IN)
GOING = (Crossing.DISCONNECTED, Crossing.PAUSED, Crossing.CLOSED, Crossing.MOVED_OUT)


class Step(Protocol):
    """Accounts that stood in one place before a step and in another after it.

    Groups are None out of scope, statuses None where the accounts were not there; then the group says nothing.
    """

    @property
    def old_group(self) -> str | None:
        """The group before."""

    @property
    def old_status(self) -> int | None:
        """The status before."""

    @property
    def new_group(self) -> str | None:
        """The group after."""

    @property
    def new_status(self) -> int | None:
        """The status after."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The statuses as they were before a step, and as they were after it."""

    before: Mapping[int, Status]
    after: Mapping[int, Status]

    def crossing(self, step: Step, group: str) -> Crossing | None:
        """Say what a step is for one group; None where it crosses nothing."""
        was, is_now = self._active(self.before, step.old_status), self._active(self.after, step.new_status)
        inside_before, inside_after = _inside(step, group)
        if is_now and inside_after and not (was and inside_before):
            return self._coming(step, moved=was)
        if was and inside_before and not (is_now and inside_after):
            return self._going(step, moved=is_now)
        if inside_before and self._ends_pause(step):
            return Crossing.ENDED_PAUSE
        return None

    def stays_active(self, step: Step, group: str) -> bool:
        """Say whether the accounts are active ones of a group before and after a step."""
        was, is_now = self._active(self.before, step.old_status), self._active(self.after, step.new_status)
        return was and is_now and all(_inside(step, group))

    def _coming(self, step: Step, *, moved: bool) -> Crossing:
        if moved:
            return Crossing.MOVED_IN
        return Crossing.RETURNED if self._paused(self.before, step.old_status) else Crossing.ACTIVATED

    def _going(self, step: Step, *, moved: bool) -> Crossing:
        if step.new_status is None:
            return Crossing.CLOSED
        if moved:
            return Crossing.MOVED_OUT
        return Crossing.PAUSED if self._paused(self.after, step.new_status) else Crossing.DISCONNECTED

    def _ends_pause(self, step: Step) -> bool:
        if step.old_status is None or step.new_status is None:
            return False
        ended = self.after[step.new_status].stage is Stage.ENDED and not self.after[step.new_status].activates
        return ended and self._paused(self.before, step.old_status)

    @staticmethod
    def _active(statuses: Mapping[int, Status], status_id: int | None) -> bool:
        return status_id is not None and statuses[status_id].activates

    @staticmethod
    def _paused(statuses: Mapping[int, Status], status_id: int | None) -> bool:
        """Say whether the accounts rested there: in a Paused status that does not activate."""
        if status_id is None:
            return False
        status = statuses[status_id]
        return status.stage is Stage.PAUSED and not status.activates


def _inside(step: Step, group: str) -> tuple[bool, bool]:
    """Say whether the accounts were in a group before a step, and are in it after."""
    return (
        step.old_status is not None and step.old_group == group,
        step.new_status is not None and step.new_group == group,
    )
