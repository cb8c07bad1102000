"""Statuses on record: reading them in people's order, and writing single fields of them."""

from collections.abc import Mapping
from typing import Any

from statusdesk.domain.folding import name_key
from statusdesk.domain.records import STAGES, Stage, Status, StatusFields, StatusLine
from statusdesk.store.database import Database
from statusdesk.store.tables import CountRow, StatusRow

_COLUMNS = (
    StatusRow.id,
    StatusRow.name,
    StatusRow.activates,
    StatusRow.shape,
    StatusRow.colour,
    StatusRow.stage,
    StatusRow.winback,
    StatusRow.description,
    StatusRow.position,
    StatusRow.retired,
    StatusRow.deleted,
    StatusRow.built_in,
    StatusRow.level_current,
    StatusRow.level_delinquent,
    StatusRow.required,
    StatusRow.followers,
    StatusRow.customer_note,
)
_STAGE_PLACE, _RULES_PLACE = 5, 14
_STAGE_ORDER = {stage: place for place, stage in enumerate(STAGES)}


def _record(row: tuple[Any, ...]) -> Status:
    values = list(row)
    values[_STAGE_PLACE] = Stage(values[_STAGE_PLACE])
    for place, field in enumerate(("required", "followers"), start=_RULES_PLACE):
        values[place] = from_text(field, values[place])
    return Status(*values)


def in_order(status: Status) -> tuple[int, int, int]:
    """Sort key of statuses: by stage, then as people put them."""
    return _STAGE_ORDER[status.stage], status.position, status.id


class Statuses:
    """The statuses of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def by_id(self) -> dict[int, Status]:
        """Return every status ever made, deleted ones too, by id."""
        return {row[0]: _record(row) for row in self._db.all(StatusRow.select(*_COLUMNS))}

    def all(self, *, retired: bool = True) -> list[Status]:
        """Return the statuses that were not deleted, in people's order."""
        kept = (status for status in self.by_id().values() if not status.deleted)
        return sorted((status for status in kept if retired or not status.retired), key=in_order)

    def lines(self) -> list[StatusLine]:
        """Return the statuses that were not deleted with their counters, in people's order."""
        counts = self.counts()
        return [StatusLine(status, *counts.get(status.id, (0, 0))) for status in self.all()]

    def counts(self) -> dict[int, tuple[int, int]]:
        """Return accounts and monthly charges (minor units) by status id."""
        rows = self._db.all(CountRow.select(CountRow.status_id, CountRow.accounts, CountRow.charge))
        return {status_id: (accounts, charge) for status_id, accounts, charge in rows}

    def insert(self, status: Status) -> int:
        """Put a new status on record and return its id; the id of `status` is ignored."""
        values = {name: getattr(status, name) for name in Status._fields if name != "id"}
        values |= {"stage": status.stage.value, **_listed(values)}
        query = StatusRow.insert(name_key=name_key(status.name), **values)
        return int(self._db.do(query))

    def update(self, status_id: int, values: Mapping[str, object]) -> None:
        """Set columns of one status; a new name brings its key along."""
        columns = {**values, **_listed(values)}
        if "name" in columns:
            columns["name_key"] = name_key(str(columns["name"]))
        self._db.do(StatusRow.update(**columns).where(StatusRow.id == status_id))


def _listed(values: Mapping[str, object]) -> dict[str, str]:
    """Return the values that are lists as the table has them."""
    return {name: as_text(value) for name, value in values.items() if isinstance(value, tuple)}


def as_text(value: object) -> str:
    """Write a status field's value for the journal: flags as 1 and 0, lists with blanks between."""
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return str(int(value)) if isinstance(value, bool) else str(value)


def from_text(field: str, text: str) -> object:
    """Read a status field's value back from the journal."""
    if field in ("activates", "winback", "retired", "deleted"):
        return text == "1"
    if field == "stage":
        return Stage(text)
    if field == "required":
        return tuple(text.split())
    if field == "followers":
        return tuple(map(int, text.split()))
    return int(text) if field == "position" else text


def changed_fields(status: Status, wanted: StatusFields) -> dict[str, object]:
    """Return those of the wanted values that differ from the status as it is."""
    return {name: value for name, value in wanted.items() if getattr(status, name) != value}
