"""Service levels on record, and which combinations of status, standing and plan accounts have or would have."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Any

from statusdesk.domain.folding import name_key
from statusdesk.domain.levels import (
    Attribute,
    Grid,
    LevelFlow,
    LevelKind,
    ServiceLevel,
    level_flows,
    merged,
    named,
)
from statusdesk.store.network_tables import LevelRow
from statusdesk.store.statuses import Statuses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from statusdesk.store.database import Database
    from statusdesk.store.moves import Proposal, Written

_FIELDS = tuple(field.name for field in fields(ServiceLevel))
_COLUMNS = tuple(getattr(LevelRow, name) for name in _FIELDS)
_PLAN = "(SELECT a.service_level FROM account a WHERE a.id = s.account_id)"
_STEPS = """
SELECT e.old_status_id, e.new_status_id, e.old_delinquent, e.new_delinquent,
    coalesce(f.old, a.service_level), a.service_level, count(*)
FROM entry e JOIN account a ON a.id = e.account_id
LEFT JOIN field_change f ON f.entry_id = e.id AND f.field = 'service_level'
WHERE e.id BETWEEN ? AND ? GROUP BY 1, 2, 3, 4, 5, 6
"""


@dataclass(frozen=True, slots=True)
class Holding:
    """How many open accounts have a status and standing, and name a level as their plan's."""

    status_id: int
    delinquent: bool
    plan: str
    accounts: int


class Levels:
    """The service levels of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> list[ServiceLevel]:
        """Return every level ever made, deleted ones too, in people's order."""
        return sorted(map(_level, self._db.all(LevelRow.select(*_COLUMNS))), key=lambda level: level.position)

    def grid(self) -> Grid:
        """Return what each account gets, as things stand."""
        return Grid(Statuses(self._db).by_id(), self.all())

    def insert(self, level: ServiceLevel) -> int:
        """Put a new level on record and return its id; the id of `level` is ignored."""
        return int(self._db.do(LevelRow.insert(**_values(level))))

    def update(self, level: ServiceLevel) -> None:
        """Set everything of a level but its id."""
        self._db.do(LevelRow.update(**_values(level)).where(LevelRow.id == level.id))

    def any(self) -> bool:
        """Say whether any level is defined."""
        return bool(self._db.value("SELECT EXISTS (SELECT 1 FROM service_level WHERE deleted = 0)"))

    def holdings(self) -> list[Holding]:
        """Count the open accounts by what their level depends on; goes through all of them."""
        rows = self._db.rows(
            f"SELECT s.status_id, s.delinquent, {_PLAN}, count(*) FROM account_state s"
            " WHERE s.status_id IS NOT NULL GROUP BY 1, 2, 3"
        )
        return [Holding(status, bool(delinquent), plan, count) for status, delinquent, plan, count in rows]

    def naming(self, name: str) -> list[int]:
        """Return the ids of the open accounts that name a level as their plan's."""
        keys = self._db.rows("SELECT DISTINCT service_level FROM account WHERE closed = 0 AND service_level <> ''")
        texts = [text for (text,) in keys if name_key(text) == name_key(name)]
        rows = self._db.rows(
            "SELECT id FROM account WHERE closed = 0 AND service_level IN (SELECT atom FROM json_each(?))",
            (json.dumps(texts),),
        )
        return [account_id for (account_id,) in rows]

    def proposed(self, proposal: Proposal) -> tuple[LevelFlow, ...]:
        """Return which levels the accounts of a proposal would leave and join."""
        if not self.any():
            return ()
        rows = self._db.rows(
            f"SELECT s.status_id, {proposal.status}, s.delinquent, {proposal.delinquent}, {_PLAN}, {_PLAN},"
            " count(*)"
            f" FROM {proposal.source} GROUP BY 1, 2, 3, 4, 5, 6",
            {"change_set": 0, "at": 0, "low": -(2**63), "high": 2**63 - 1, **proposal.parameters},
        )
        return _flows(rows, self.grid(), self.grid())

    def moved(
        self, written: Written, before: Grid | None = None, *, and_before: tuple[LevelFlow, ...] = ()
    ) -> tuple[LevelFlow, ...]:
        """Return which levels the accounts of journal entries left and joined, added to those known `and_before`.

        `before` is the grid of then, where it was another one.
        """
        if not written.count or not self.any():
            return and_before
        after = self.grid()
        flows = _flows(self._db.rows(_STEPS, (written.first, written.last)), before or after, after)
        return merged((*and_before, *flows))

    def shifted(self, before: Grid) -> tuple[LevelFlow, ...]:
        """Return which levels all accounts left and joined because of other cells, levels or statuses."""
        if not before.used and not self.any():
            return ()
        after = self.grid()
        flows = level_flows(
            (
                before.level_id(held.status_id, delinquent=held.delinquent, plan=held.plan),
                after.level_id(held.status_id, delinquent=held.delinquent, plan=held.plan),
                held.accounts,
            )
            for held in self.holdings()
        )
        return named(flows, _names(before, after))


def _flows(rows: Iterable[tuple[Any, ...]], before: Grid, after: Grid) -> tuple[LevelFlow, ...]:
    def moves() -> Iterator[tuple[int | None, int | None, int]]:
        for old, new, was_delinquent, delinquent, old_plan, plan, accounts in rows:
            yield (
                before.level_id(old, delinquent=bool(was_delinquent), plan=old_plan),
                after.level_id(new, delinquent=bool(delinquent), plan=plan),
                accounts,
            )

    return named(level_flows(moves()), _names(before, after))


def _names(*grids: Grid) -> dict[int | None, str]:
    return {level.id: level.name for grid in grids for level in grid.levels}


def _values(level: ServiceLevel) -> Mapping[str, object]:
    values = {name: getattr(level, name) for name in _FIELDS if name != "id"}
    attributes = json.dumps([astuple(attribute) for attribute in level.attributes], ensure_ascii=False)
    return {**values, "kind": level.kind.value, "attributes": attributes, "name_key": name_key(level.name)}


def _level(row: tuple[Any, ...]) -> ServiceLevel:
    values = dict(zip(_FIELDS, row, strict=True))
    values["kind"] = LevelKind(values["kind"])
    values["attributes"] = tuple(Attribute(*parts) for parts in json.loads(values["attributes"]))
    values["deleted"] = bool(values["deleted"])
    return ServiceLevel(**values)


def as_json(level: ServiceLevel) -> str:
    """Write a level for the record of a change."""
    return json.dumps(dict(_values(level)), ensure_ascii=False)


def from_json(level_id: int, text: str) -> ServiceLevel:
    """Read a level from the record of a change."""
    values = json.loads(text)
    return _level(tuple(level_id if name == "id" else values[name] for name in _FIELDS))
