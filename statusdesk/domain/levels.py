"""Service levels: what accounts get from the network, and the one rule that says which one has which, and why."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypedDict

from statusdesk.domain.folding import name_key
from statusdesk.domain.records import Status

PLAN = "plan"
"""What a cell of the grid says where the account's own level counts."""


class LevelKind(StrEnum):
    """Whether a level serves, serves in a walled garden, or refuses the login."""

    NORMAL = "normal"
    WALLED = "walled"
    REJECT = "reject"

    @property
    def label(self) -> str:
        """English name, as shown to people."""
        return {"normal": "Normal", "walled": "Walled garden", "reject": "Reject"}[self.value]


@dataclass(frozen=True, slots=True)
class Attribute:
    """A RADIUS reply attribute. `trusted` ones are not in our catalogue: somebody vouched for them."""

    name: str
    value: str
    op: str = ":="
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """A level as it stands now; `id` is stable for ever, and so is `radius_group` (without a target's prefix)."""

    id: int
    name: str
    kind: LevelKind
    radius_group: str
    address_list: str = ""
    reply_message: str = ""
    attributes: tuple[Attribute, ...] = ()
    position: int = 0
    deleted: bool = False


class LevelFields(TypedDict, total=False):
    """The fields of a level that people set; absent ones stay as they are."""

    name: str
    kind: LevelKind
    address_list: str
    reply_message: str
    attributes: tuple[Attribute, ...]


class Why(StrEnum):
    """How an account came to its level."""

    CELL = "cell"
    PLAN = "plan"
    NO_PLAN = "no plan"
    UNKNOWN_PLAN = "unknown plan"
    UNSET = "unset"


WHY_TEXTS: Mapping[Why, str] = {
    Why.CELL: "{status} gives every account that is {standing} this level.",
    Why.PLAN: "{status} gives an account that is {standing} the level of its own plan.",
    Why.NO_PLAN: "{status} gives an account that is {standing} the level of its own plan, but it has none:"
    " it gets the first normal level.",
    Why.UNKNOWN_PLAN: "{status} gives an account that is {standing} the level of its own plan, but there is no"
    " level “{plan}”: it gets the first normal level.",
    Why.UNSET: "Nothing is set for {status}: as it {effect}, its accounts get {usual}.",
}
"""One sentence for each reason; the window translates it."""


@dataclass(frozen=True, slots=True)
class Given:
    """The level of an account and why it has it; no level only while none of the needed kind is defined."""

    level: ServiceLevel | None
    why: Why


@dataclass(frozen=True, slots=True)
class LevelFlow:
    """How many accounts go from one level (its id; None: no level, or not there) to another; names are of then."""

    old_level: int | None
    new_level: int | None
    accounts: int
    old_name: str = ""
    new_name: str = ""


class Grid:
    """Status × (current, delinquent) → level, as the statuses' cells say.

    An account that is delinquent falls back to the cell of current ones where its own is not set. Where neither
    is, activating statuses give the account's plan, the others the first level that rejects.
    """

    def __init__(self, statuses: Mapping[int, Status], levels: Iterable[ServiceLevel]) -> None:
        self._statuses = statuses
        live = sorted((level for level in levels if not level.deleted), key=lambda level: level.position)
        self.levels = tuple(live)
        self._by_id = {str(level.id): level for level in live}
        self._by_name = {name_key(level.name): level for level in live}
        self._normal = next((level for level in live if level.kind is LevelKind.NORMAL), None)
        self._reject = next((level for level in live if level.kind is LevelKind.REJECT), None)
        self._known: dict[tuple[int, bool, str], Given] = {}

    @property
    def used(self) -> bool:
        """Say whether the office works with levels at all."""
        return bool(self.levels)

    def cell(self, status_id: int, *, delinquent: bool) -> str:
        """Return what counts for accounts of a status: a level's id, `PLAN`, or “” where nothing is set."""
        status = self._statuses[status_id]
        cells = (status.level_delinquent, status.level_current) if delinquent else (status.level_current,)
        return next((cell for cell in cells if cell == PLAN or cell in self._by_id), "")

    def given(self, status_id: int, *, delinquent: bool, plan: str) -> Given:
        """Return the level of an account in a status; `plan` is the name of its own level, or “”."""
        key = (status_id, delinquent, plan)
        if key not in self._known:
            self._known[key] = self._give(status_id, delinquent=delinquent, plan=plan)
        return self._known[key]

    def level_id(self, status_id: int | None, *, delinquent: bool, plan: str) -> int | None:
        """Return the id of an account's level; None for a closed account, and where there is no level."""
        if status_id is None:
            return None
        level = self.given(status_id, delinquent=delinquent, plan=plan).level
        return None if level is None else level.id

    def _give(self, status_id: int, *, delinquent: bool, plan: str) -> Given:
        cell = self.cell(status_id, delinquent=delinquent)
        if cell in self._by_id:
            return Given(self._by_id[cell], Why.CELL)
        if cell == PLAN or (not cell and self._statuses[status_id].activates):
            return self._planned(plan, Why.PLAN if cell else Why.UNSET)
        return Given(self._reject, Why.UNSET)

    def _planned(self, plan: str, why: Why) -> Given:
        if not plan:
            return Given(self._normal, Why.NO_PLAN if why is Why.PLAN else why)
        level = self._by_name.get(name_key(plan))
        return Given(level, why) if level else Given(self._normal, Why.UNKNOWN_PLAN)


def level_flows(
    moves: Iterable[tuple[int | None, int | None, int]],
) -> tuple[LevelFlow, ...]:
    """Sum up (old level, new level, accounts), leaving out those that keep their level."""
    sums: Counter[tuple[int | None, int | None]] = Counter()
    for old, new, accounts in moves:
        if old != new:
            sums[old, new] += accounts
    order = sorted(sums.items(), key=lambda item: (item[0][0] or 0, item[0][1] or 0))
    return tuple(LevelFlow(old, new, accounts) for (old, new), accounts in order)


def merged(flows: Iterable[LevelFlow]) -> tuple[LevelFlow, ...]:
    """Sum flows up that go the same way."""
    flows = tuple(flows)
    names = {flow.old_level: flow.old_name for flow in flows} | {flow.new_level: flow.new_name for flow in flows}
    return named(level_flows((flow.old_level, flow.new_level, flow.accounts) for flow in flows), names)


def named(flows: Iterable[LevelFlow], names: Mapping[int | None, str]) -> tuple[LevelFlow, ...]:
    """Return the flows with the names of their levels."""
    return tuple(
        replace(flow, old_name=names.get(flow.old_level, ""), new_name=names.get(flow.new_level, ""))
        for flow in flows
    )
