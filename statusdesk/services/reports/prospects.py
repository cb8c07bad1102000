"""What is expected of each account on days to come: its planned changes in due order, or an install before them.

Once a plan of an account is due, its plans alone say where it is expected; an install counts until then.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from statusdesk.domain.instants import day_of, start_of
from statusdesk.services.reports.basis import pending_statuses
from statusdesk.store.report_waits import Waiting, standing, waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from statusdesk.services.reports.asking import Asking
    from statusdesk.services.reports.planning import PlannedStep
    from statusdesk.store.report_flows import Counts
    from statusdesk.store.report_moments import Moment


@dataclass(frozen=True, slots=True)
class Turn:
    """From an instant on (UTC milliseconds), an account is expected in a status; by a plan, or by its install."""

    at: int
    status_id: int
    planned: bool


@dataclass(frozen=True, slots=True)
class Prospect:
    """An account as it stands now, and its turns in due order."""

    account: Waiting
    turns: tuple[Turn, ...]


def prospects(asking: Asking, until: str, at: int, planned: Iterable[PlannedStep]) -> list[Prospect]:
    """Return the accounts of which anything is expected until a day to come (ISO), as seen at an instant."""
    steps: dict[int, list[Turn]] = defaultdict(list)
    for step in sorted(planned, key=lambda step: step.due_at):
        steps[step.account_id].append(Turn(step.due_at, step.status_id, True))
    accounts = standing(asking.store.db, steps, asking.question)
    for account, turn in _installs(asking, day_of(at, asking.zone), until):
        accounts[account.account_id] = account
        if not steps[account.account_id] or turn.at < steps[account.account_id][0].at:
            steps[account.account_id].insert(0, turn)
    return [Prospect(account, tuple(steps[account_id])) for account_id, account in accounts.items()]


def _installs(asking: Asking, today: str, until: str) -> list[tuple[Waiting, Turn]]:
    statuses = asking.store.statuses.by_id()
    active = next((status.id for status in statuses.values() if status.built_in == "active"), None)
    if active is None:
        return []
    pending = waiting(asking.store.db, pending_statuses(statuses), asking.question, due=(today, until))
    begins = {day: start_of(day, asking.zone) for day in {account.install_on for account in pending}}
    return [(account, Turn(begins[account.install_on], active, False)) for account in pending]


def course_ahead(
    asking: Asking, moments: Sequence[Moment], until: str, at: int, planned: Iterable[PlannedStep]
) -> list[Counts]:
    """Return what is expected in each place before each moment to come; `until` is the day before the last one."""
    ends = [moment.at for moment in moments]
    shifts: list[list[partial[None]]] = [[] for _ in ends]
    for prospect in prospects(asking, until, at, planned):
        here = prospect.account.status_id
        for turn in prospect.turns:
            place = bisect_right(ends, turn.at)
            if place < len(ends):
                move = partial(shift, account=prospect.account, old=here, new=turn.status_id)
                shifts[place].append(move)
                here = turn.status_id
    counts, found = asking.flows.now(asking.question), []
    for moves in shifts:
        for move in moves:
            move(counts)
        found.append({place: pair for place, pair in counts.items() if pair != (0, 0)})
    return found


def shift(counts: Counts, account: Waiting, old: int, new: int) -> None:
    """Move an account and its charge from one status of its group to another."""
    for status_id, sign in ((old, -1), (new, 1)):
        accounts, charge = counts.get((account.group, status_id), (0, 0))
        counts[account.group, status_id] = accounts + sign, charge + sign * account.charge
