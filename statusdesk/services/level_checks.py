"""Checks the rules of service levels: what nothing covers or reaches, what contradicts, who cannot be served."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from statusdesk.domain.levels import PLAN, LevelKind, Why
from statusdesk.domain.network_names import user_problem
from statusdesk.store.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from statusdesk.domain.levels import Grid
    from statusdesk.store.levels import Holding
    from statusdesk.store.store import Store


class Finding(StrEnum):
    """What can be wrong with the rules."""

    NOTHING_SET = "nothing set"
    UNREACHED = "unreached"
    ACTIVE_REJECTED = "active rejected"
    INACTIVE_SERVED = "inactive served"
    NO_PLAN = "no plan"
    UNKNOWN_PLAN = "unknown plan"
    NO_USER = "no user"
    NEVER_FOUND = "never found"
    NO_ADDRESS = "no address"
    NO_LEVEL = "no level"


SENTENCES = {
    Finding.NOTHING_SET: "No level is set for “{what}”.",
    Finding.UNREACHED: "No account gets the level “{what}”.",
    Finding.ACTIVE_REJECTED: "“{what}” activates, but its level refuses the login.",
    Finding.INACTIVE_SERVED: "“{what}” does not activate, but its level gives full service.",
    Finding.NO_PLAN: "{count} accounts should get the level of their plan, but have none.",
    Finding.UNKNOWN_PLAN: "{count} accounts have the plan “{what}”, which is no level.",
    Finding.NO_USER: "{count} accounts are to be served, but have neither a RADIUS user nor an address.",
    Finding.NEVER_FOUND: "The RADIUS user of account {what} is never found: “{value}” {reason}.",
    Finding.NO_ADDRESS: "{count} accounts have the list “{what}”, but neither an address nor a RADIUS user.",
    Finding.NO_LEVEL: "{count} accounts have no level: make one that serves and one that rejects.",
}
"""One sentence for each; the window translates it."""

SINGLE = {
    Finding.NO_PLAN: "1 account should get the level of its plan, but has none.",
    Finding.UNKNOWN_PLAN: "1 account has the plan “{what}”, which is no level.",
    Finding.NO_USER: "1 account is to be served, but has neither a RADIUS user nor an address.",
    Finding.NO_ADDRESS: "1 account has the list “{what}”, but neither an address nor a RADIUS user.",
    Finding.NO_LEVEL: "1 account has no level: make one that serves and one that rejects.",
}
"""The same where a single account is concerned."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that is wrong; `accounts` are how many it concerns."""

    finding: Finding
    what: str = ""
    accounts: int = 0
    value: str = ""
    reason: str = ""

    @property
    def pattern(self) -> str:
        """The sentence to be filled in; it speaks of one account, or of several."""
        return SINGLE.get(self.finding, SENTENCES[self.finding]) if self.accounts == 1 else SENTENCES[self.finding]

    @property
    def sentence(self) -> str:
        """Say it in English."""
        facts = {"what": self.what, "count": self.accounts, "value": self.value, "reason": self.reason}
        return self.pattern.format(**facts)


def check_levels(store: Store) -> list[Found]:
    """Return what is wrong with the rules, the statuses' first; goes through all accounts."""
    with store.db.snapshot():
        grid = store.levels.grid()
        if not grid.used:
            return []
        holdings = store.levels.holdings()
        return [*_cells(store, grid), *_plans(grid, holdings), *_accounts(store, grid)]


def _cells(store: Store, grid: Grid) -> Iterator[Found]:
    kinds = {str(level.id): level.kind for level in grid.levels}
    for status in store.statuses.all(retired=False):
        cells = {grid.cell(status.id, delinquent=delinquent) for delinquent in (False, True)}
        if grid.cell(status.id, delinquent=False) == "":
            yield Found(Finding.NOTHING_SET, status.name)
        current = kinds.get(grid.cell(status.id, delinquent=False))
        if status.activates and current is LevelKind.REJECT:
            yield Found(Finding.ACTIVE_REJECTED, status.name)
        if not status.activates and any(cell == PLAN or kinds.get(cell) is LevelKind.NORMAL for cell in cells):
            yield Found(Finding.INACTIVE_SERVED, status.name)


def _plans(grid: Grid, holdings: list[Holding]) -> Iterator[Found]:
    reached: set[int] = set()
    wanting: Counter[tuple[Finding, str]] = Counter()
    for held in holdings:
        found = grid.given(held.status_id, delinquent=held.delinquent, plan=held.plan)
        if found.level is None:
            wanting[Finding.NO_LEVEL, ""] += held.accounts
            continue
        reached.add(found.level.id)
        if found.why is Why.NO_PLAN:
            wanting[Finding.NO_PLAN, ""] += held.accounts
        elif found.why is Why.UNKNOWN_PLAN:
            wanting[Finding.UNKNOWN_PLAN, held.plan] += held.accounts
    yield from (Found(Finding.UNREACHED, level.name) for level in grid.levels if level.id not in reached)
    yield from (Found(finding, what, number) for (finding, what), number in sorted(wanting.items()))


def _accounts(store: Store, grid: Grid) -> Iterator[Found]:
    targets = Targets(store.db)
    for _, number, user, *_ in targets.accounts():
        reason = user_problem(user)
        if reason:
            yield Found(Finding.NEVER_FOUND, number, 1, user, reason)
    unserved: Counter[str] = Counter()
    for status_id, delinquent, plan, count in targets.unreachable():
        level = grid.given(status_id, delinquent=bool(delinquent), plan=plan).level
        if level is not None and level.kind is not LevelKind.REJECT:
            unserved[level.address_list] += count
    if unserved[""]:
        yield Found(Finding.NO_USER, accounts=unserved.pop(""))
    yield from (Found(Finding.NO_ADDRESS, name, number) for name, number in sorted(unserved.items()) if number)
