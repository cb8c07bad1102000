"""The verbs on service levels: make, edit, order and delete them, and say which status gives which; undoable."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from statusdesk.domain.attributes import clean_address_list, clean_attribute, clean_reply
from statusdesk.domain.changes import AccountIds, Outcome, Touched, weigh
from statusdesk.domain.errors import LevelGone, LevelInUse, LevelKindStays, LevelNameTaken
from statusdesk.domain.folding import name_key
from statusdesk.domain.levels import PLAN, Attribute, LevelFields, LevelKind, ServiceLevel
from statusdesk.domain.network_names import group_name
from statusdesk.domain.rules import clean_name
from statusdesk.services import status_verbs
from statusdesk.store import field_moves, moves, selections
from statusdesk.store.levels import as_json, from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from statusdesk.domain.changes import Consequences
    from statusdesk.domain.levels import Grid
    from statusdesk.domain.records import ChangeSet
    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Change

KINDS = ("create_level", "edit_level", "place_level", "delete_level", "usual_levels")
"""Kinds of change sets that change levels."""

USUAL: tuple[LevelFields, ...] = (
    {"name": "Full service", "kind": LevelKind.NORMAL},
    {
        "name": "Walled garden",
        "kind": LevelKind.WALLED,
        "address_list": "walled",
        "attributes": (Attribute("Mikrotik-Rate-Limit", "512k/512k"), Attribute("Session-Timeout", "900")),
    },
    {"name": "No service", "kind": LevelKind.REJECT, "reply_message": "This account is not active."},
)
"""The three levels that most offices begin with."""

_TOUCHED = Touched(statuses=True, accounts=True, details=True, settings=True)


def create(desk: Desk, fields: LevelFields, *, reason: str = "", dry_run: bool = False) -> Outcome:
    """Make a level at the end of the list; the outcome's `level_id` is its id.

    Raises `NameMissing`, `NameTooLong`, `LevelNameTaken`, `BadValue`.
    """
    with desk.store.change(
        author=desk.author, kind="create_level", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        grid = desk.store.levels.grid()
        level = _made(desk, fields)
        _record(change, [(None, level)])
        return _outcome(desk, change, grid, level_id=level.id)


def make_usual(desk: Desk) -> Outcome:
    """Make the levels that most offices begin with, but for those whose names are taken."""
    with desk.store.change(author=desk.author, kind="usual_levels", at=desk.clock()) as change:
        grid = desk.store.levels.grid()
        names = {name_key(level.name) for level in grid.levels}
        made = [_made(desk, fields) for fields in USUAL if name_key(fields["name"]) not in names]
        _record(change, [(None, level) for level in made])
        change.keep = bool(made)
        return _outcome(desk, change, grid)


def edit(desk: Desk, level_id: int, fields: LevelFields, *, reason: str = "", dry_run: bool = False) -> Outcome:
    """Set some fields of a level; the others stay. A new name goes to the accounts whose plan names it.

    Raises `LevelGone`, `LevelNameTaken`, `LevelKindStays`, `BadValue`.
    """
    with desk.store.change(
        author=desk.author, kind="edit_level", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        grid = desk.store.levels.grid()
        level = existing(grid, level_id)
        if fields.get("kind", level.kind) is not level.kind:
            raise LevelKindStays(name=level.name)
        after = ServiceLevel(**{**_values(level), **_clean(fields, grid, level_id)})
        if after == level:
            change.keep = False
            return Outcome(change.kind, already=1)
        desk.store.levels.update(after)
        _record(change, [(level, after)])
        if after.name != level.name:
            _rename(desk, change, level.name, after.name)
        return _outcome(desk, change, None, level_id=level_id)


def put(desk: Desk, level_id: int | None, fields: LevelFields, *, dry_run: bool = False) -> Outcome:
    """Edit a level, or make one where there is no id; see `create` and `edit`."""
    if level_id is None:
        return create(desk, fields, dry_run=dry_run)
    return edit(desk, level_id, fields, dry_run=dry_run)


def place(desk: Desk, level_id: int, index: int, *, dry_run: bool = False) -> Outcome:
    """Put a level at a place (0 is first); the first normal one is for accounts without a plan."""
    with desk.store.change(author=desk.author, kind="place_level", at=desk.clock(), keep=not dry_run) as change:
        grid = desk.store.levels.grid()
        level = existing(grid, level_id)
        order = [other for other in grid.levels if other.id != level_id]
        order.insert(max(0, min(index, len(order))), level)
        steps = [
            (other, replace(other, position=position))
            for position, other in enumerate(order, start=1)
            if other.position != position
        ]
        for _, after in steps:
            desk.store.levels.update(after)
        _record(change, steps, name=level.name)
        change.keep = change.keep and bool(steps)
        return _outcome(desk, change, grid)


def delete(desk: Desk, level_id: int, *, reason: str = "") -> Outcome:
    """Delete a level that nothing names. Raises `LevelInUse`."""
    with desk.store.change(author=desk.author, kind="delete_level", reason=reason, at=desk.clock()) as change:
        grid = desk.store.levels.grid()
        level = existing(grid, level_id)
        uses = _uses(desk, level)
        if uses:
            raise LevelInUse(name=level.name, uses=", ".join(uses))
        after = replace(level, deleted=True)
        desk.store.levels.update(after)
        _record(change, [(level, after)])
        return _outcome(desk, change, grid)


def set_cells(
    desk: Desk, status_ids: Sequence[int], *, delinquent: bool, value: str, dry_run: bool = False
) -> Outcome:
    """Say which level statuses give their current or their delinquent accounts: its id, `PLAN`, or “” for none.

    Raises `LevelGone`, `StatusGone`.
    """
    with desk.store.change(author=desk.author, kind="give_level", at=desk.clock(), keep=not dry_run) as change:
        grid = desk.store.levels.grid()
        level = None if value in ("", PLAN) else existing(grid, int(value))
        field = "level_delinquent" if delinquent else "level_current"
        statuses = [status_verbs.existing(desk, status_id) for status_id in status_ids]
        for status in statuses:
            old = getattr(status, field)
            if old != value:
                desk.store.set_status_fields(change, status.id, {field: (old, value)})
        names = [status.name for status in statuses]
        change.facts = {"status": ", ".join(names), "given": level.name if level else value}
        change.keep = change.keep and bool(change.steps)
        return _outcome(desk, change, grid)


def set_cell(desk: Desk, status_id: int, *, delinquent: bool, value: str) -> Outcome:
    """Say which level one status gives; see `set_cells`."""
    return set_cells(desk, (status_id,), delinquent=delinquent, value=value)


def existing(grid: Grid, level_id: int) -> ServiceLevel:
    """Return a level that was not deleted, or refuse."""
    level = next((level for level in grid.levels if level.id == level_id), None)
    if level is None:
        raise LevelGone
    return level


def take_back(desk: Desk, target: ChangeSet) -> None:
    """Put back what a change set did to levels, or do it again, but for what was changed since."""
    if not {target.kind, target.facts.get("of")} & set(KINDS):
        return
    known = {level.id: level for level in desk.store.levels.all()}
    for line in target.facts["levels"].splitlines():
        identity, *sides = line.split("\t")
        level_id = int(identity)
        old, new = (from_json(level_id, side) for side in (reversed(sides) if target.kind == "undo" else sides))
        if known.get(level_id) == new and (old.deleted or not _clashes(old, known.values())):
            desk.store.levels.update(old)


def _clashes(level: ServiceLevel, others: Iterable[ServiceLevel]) -> bool:
    return any(
        other.id != level.id and not other.deleted and name_key(other.name) == name_key(level.name)
        for other in others
    )


def _made(desk: Desk, fields: LevelFields) -> ServiceLevel:
    store, everything = desk.store, desk.store.levels.all()
    tidy = _clean({"name": "", **fields}, store.levels.grid(), None)
    groups = frozenset(level.radius_group for level in everything)
    level = ServiceLevel(
        id=0,
        name=tidy["name"],
        kind=tidy.get("kind", LevelKind.NORMAL),
        radius_group=group_name(tidy["name"], groups),
        address_list=tidy.get("address_list", ""),
        reply_message=tidy.get("reply_message", ""),
        attributes=tidy.get("attributes", ()),
        position=max((level.position for level in everything), default=0) + 1,
    )
    return replace(level, id=store.levels.insert(level))


def _values(level: ServiceLevel) -> dict[str, Any]:
    return {name: getattr(level, name) for name in ServiceLevel.__slots__}


def _clean(fields: LevelFields, grid: Grid, level_id: int | None) -> LevelFields:
    tidy: LevelFields = {**fields}
    if "name" in tidy:
        tidy["name"] = clean_name(tidy["name"])
        if any(level.id != level_id and name_key(level.name) == name_key(tidy["name"]) for level in grid.levels):
            raise LevelNameTaken(name=tidy["name"])
    if "address_list" in tidy:
        tidy["address_list"] = clean_address_list(tidy["address_list"])
    if "reply_message" in tidy:
        tidy["reply_message"] = clean_reply(tidy["reply_message"])
    if "attributes" in tidy:
        tidy["attributes"] = tuple(clean_attribute(attribute) for attribute in tidy["attributes"])
    return tidy


def _record(change: Change, steps: Sequence[tuple[ServiceLevel | None, ServiceLevel]], name: str = "") -> None:
    lines = [
        "\t".join((str(after.id), as_json(before or replace(after, deleted=True)), as_json(after)))
        for before, after in steps
    ]
    change.facts = {"level": name or (steps[0][1].name if steps else ""), "levels": "\n".join(lines)}
    if steps and steps[0][0] is not None:
        change.facts["old"] = steps[0][0].name
    change.steps += len(steps)


def _rename(desk: Desk, change: Change, old: str, new: str) -> None:
    """Let the accounts whose plan names the level name it by its new name."""
    selections.fill(desk.store.db, AccountIds(tuple(desk.store.levels.naming(old))))
    written = desk.store.move(change, moves.staying())
    field_moves.journal_field(desk.store.db, written, "service_level", new)
    field_moves.apply_fields(desk.store.db, written)


def _uses(desk: Desk, level: ServiceLevel) -> list[str]:
    statuses = desk.store.statuses.all()
    names = [
        f"“{status.name}”"
        for status in statuses
        if str(level.id) in (status.level_current, status.level_delinquent)
    ]
    accounts = len(desk.store.levels.naming(level.name))
    if accounts:
        names.append("1 account names it" if accounts == 1 else f"{accounts} accounts name it")
    return names


def _outcome(desk: Desk, change: Change, grid: Grid | None, *, level_id: int | None = None) -> Outcome:
    """Say what came of it; without the `grid` of before nobody gets another level."""
    if not change.keep and not change.steps:
        return Outcome(change.kind, already=1)
    found = _consequences(desk, change, grid) if grid else None
    return Outcome(
        change.kind, change.kept_id, 1, level_id=level_id, facts=change.facts, touched=_TOUCHED, consequences=found
    )


def _consequences(desk: Desk, change: Change, grid: Grid) -> Consequences | None:
    levels = desk.store.levels.shifted(grid)
    if not levels:
        return None
    totals = desk.store.totals(change.at)
    return weigh((), desk.store.statuses.by_id(), totals, already=0, at=change.at, levels=levels)
