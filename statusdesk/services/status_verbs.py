"""The verbs that shape statuses: create, edit, place, retire, merge, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from statusdesk.domain.changes import Consequences, Matching, Outcome, Touched, activation_flows, weigh
from statusdesk.domain.errors import (
    BuiltInStays,
    SameStatus,
    StatusChangedMeanwhile,
    StatusGone,
    StatusInUse,
    StatusRetired,
)
from statusdesk.domain.records import EDITED, Stage, Status, StatusFields
from statusdesk.domain.rules import check_edit, check_new_status, with_fields
from statusdesk.services.settling import pointless
from statusdesk.store import moves, selections
from statusdesk.store.statuses import changed_fields

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from statusdesk.domain.changes import Totals
    from statusdesk.domain.levels import Grid
    from statusdesk.services.desk import Desk
    from statusdesk.store.moves import Progress
    from statusdesk.store.store import Change

_LOOKS = Touched(statuses=True, accounts=True)
_WEIGHTY = {"activates", "level_current", "level_delinquent"}


def live_status(desk: Desk, status_id: int) -> Status:
    """Return a status that can take accounts, or refuse."""
    status = existing(desk, status_id)
    if status.retired:
        raise StatusRetired(name=status.name)
    return status


def existing(desk: Desk, status_id: int) -> Status:
    """Return a status that was not deleted, or refuse."""
    status = desk.store.statuses.by_id().get(status_id)
    if status is None or status.deleted:
        raise StatusGone
    return status


def create(desk: Desk, fields: StatusFields, *, reason: str, dry_run: bool) -> Outcome:
    """Make a status at the end of its stage."""
    with desk.store.change(
        author=desk.author, kind="create_status", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        status_id = add(desk, change, fields)
        change.facts = {"status": existing(desk, status_id).name}
        return Outcome(change.kind, change.kept_id, 1, status_id=status_id, touched=_LOOKS, facts=change.facts)


def add(desk: Desk, change: Change, fields: StatusFields) -> int:
    """Make a status as part of a change and return its id."""
    others = desk.store.statuses.all()
    stage = fields.get("stage", Stage.IN_SERVICE)
    places = (other.position for other in others if other.stage is stage)
    return desk.store.add_status(change, check_new_status(fields, others, position=max(places, default=0) + 1))


def edit(
    desk: Desk,
    status_id: int,
    fields: StatusFields,
    *,
    seen: Status | None = None,
    reason: str,
    dry_run: bool,
) -> Outcome:
    """Set some fields of a status and leave the others; refuse if it is not any more as it was `seen`."""
    with desk.store.change(
        author=desk.author, kind="edit_status", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        status = existing(desk, status_id)
        _refuse_if_changed(desk, seen, status, fields)
        wanted = changed_fields(status, check_edit(status, fields, desk.store.statuses.all()))
        after = with_fields(status, cast("StatusFields", wanted))
        before, grid = desk.store.totals(change.at), desk.store.levels.grid()
        _set(desk, change, status, wanted)
        found = _consequences(desk, (status, after), before, grid) if _WEIGHTY & wanted.keys() else None
        change.kind = _kind_of_edit(wanted)
        change.facts = {"status": after.name, "old": status.name}
        return _outcome(change, wanted, found)


def _refuse_if_changed(desk: Desk, seen: Status | None, status: Status, fields: StatusFields) -> None:
    """Two people who make the same of a field do not disturb each other; where it is in a list does not matter."""
    if seen is None:
        return
    for name in EDITED:
        now = getattr(status, name)
        if now != getattr(seen, name) and now != cast("Mapping[str, object]", fields).get(name):
            raise StatusChangedMeanwhile(name=seen.name, author=desk.store.journal.last_to_change(status.id))


def _kind_of_edit(wanted: Mapping[str, object]) -> str:
    if set(wanted) == {"name"}:
        return "rename_status"
    return "activation" if "activates" in wanted else "edit_status"


def _consequences(desk: Desk, sides: tuple[Status, Status], before: Totals, grid: Grid) -> Consequences:
    """Say what it does to a status's accounts that it activates or not, or gives another level."""
    old, new = sides
    flows = activation_flows({old.id: old}, {new.id: new}, desk.store.statuses.counts())
    at, levels = desk.clock(), desk.store.levels.shifted(grid)
    return weigh(flows, {-old.id: old, new.id: new}, before, already=0, at=at, levels=levels)


def _set(desk: Desk, change: Change, status: Status, wanted: Mapping[str, object]) -> None:
    pairs = {name: (getattr(status, name), value) for name, value in wanted.items()}
    if pairs:
        desk.store.set_status_fields(change, status.id, pairs)


def _outcome(change: Change, wanted: Collection[object], consequences: Consequences | None = None) -> Outcome:
    if not wanted:
        change.keep = False
        return Outcome(change.kind, already=1, facts=change.facts)
    return Outcome(change.kind, change.kept_id, 1, touched=_LOOKS, facts=change.facts, consequences=consequences)


def place(desk: Desk, status_id: int, stage: Stage, index: int) -> Outcome:
    """Put a status at a place in a stage; the others of that stage move up or down for it."""
    with desk.store.change(author=desk.author, kind="place_status", at=desk.clock()) as change:
        others = desk.store.statuses.all()
        status = existing(desk, status_id)
        moved = check_edit(status, {"stage": stage}, others) if stage is not status.stage else {}
        order = [other for other in others if other.stage is stage and other.id != status_id]
        order.insert(max(0, min(index, len(order))), status)
        changes: dict[int, dict[str, object]] = {status_id: dict(moved)}
        for position, other in enumerate(order, start=1):
            if other.position != position:
                changes.setdefault(other.id, {})["position"] = position
        by_id = {other.id: other for other in others}
        for changed_id, wanted in changes.items():
            _set(desk, change, by_id[changed_id], wanted)
        change.facts = {"status": status.name}
        return _outcome(change, [changed for changed, wanted in changes.items() if wanted])


def retire(desk: Desk, status_id: int, *, retired: bool, reason: str, dry_run: bool) -> Outcome:
    """Stop or start offering a status."""
    kind = "retire_status" if retired else "bring_back_status"
    with desk.store.change(
        author=desk.author, kind=kind, reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        status = _not_built_in(existing(desk, status_id), "retired")
        change.facts = {"status": status.name}
        if not retired:
            check_edit(
                with_fields(status, cast("StatusFields", {"retired": False})), {}, desk.store.statuses.all()
            )
        wanted = {"retired": retired} if status.retired is not retired else {}
        _set(desk, change, status, wanted)
        return _outcome(change, wanted)


def _not_built_in(status: Status, deed: str) -> Status:
    if status.built_in:
        raise BuiltInStays(name=status.name, deed=deed)
    return status


def merge(
    desk: Desk, status_id: int, into: int, *, reason: str, dry_run: bool, progress: Progress | None = None
) -> Outcome:
    """Move all accounts of one status into another and retire the first."""
    with desk.store.change(
        author=desk.author, kind="merge_statuses", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        status = _not_built_in(existing(desk, status_id), "merged into another")
        target = live_status(desk, into)
        if status_id == into:
            raise SameStatus(name=status.name)
        change.steps += desk.store.plans.point_to(change.id, status_id, into)
        consequences = move_all(desk, change, status_id, into, progress)
        _set(desk, change, status, {} if status.retired else {"retired": True})
        _follow_instead(desk, change, status_id, into)
        change.facts = {"status": status.name, "into": target.name, "count": str(consequences.changed)}
        return _moved(change, consequences)


def _follow_instead(desk: Desk, change: Change, status_id: int, into: int) -> None:
    """Let a status follow wherever the one that was merged into it might."""
    for other in desk.store.statuses.all():
        if status_id in other.followers:
            followers = tuple(sorted({into, *other.followers} - {status_id}))
            _set(desk, change, other, {"followers": followers})


def delete(
    desk: Desk,
    status_id: int,
    move_to: int | None,
    *,
    reason: str,
    dry_run: bool,
    progress: Progress | None = None,
) -> Outcome:
    """Delete a status, moving its accounts to another first where it has any."""
    with desk.store.change(
        author=desk.author, kind="delete_status", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        status = _not_built_in(existing(desk, status_id), "deleted")
        accounts, _ = desk.store.statuses.counts().get(status_id, (0, 0))
        change.facts = {"status": status.name}
        consequences = None
        if accounts:
            if move_to is None or move_to == status_id:
                raise StatusInUse(name=status.name, count=accounts)
            change.kind = "empty_and_delete_status"
            change.facts |= {"into": live_status(desk, move_to).name, "count": str(accounts)}
            consequences = move_all(desk, change, status_id, move_to, progress)
        _set(desk, change, status, {"deleted": True})
        return _moved(change, consequences)


def move_all(
    desk: Desk, change: Change, status_id: int, into: int, progress: Progress | None = None
) -> Consequences:
    """Move every account of a status as part of a change."""
    store = desk.store
    before = store.totals(change.at)
    selections.fill(store.db, Matching(frozenset({status_id})))
    written = store.move(change, moves.into_status(into), progress)
    lost = pointless(store, store.plans.moved(written))
    return weigh(
        written.flows, store.statuses.by_id(), before,
        already=0, at=change.at, pointless=lost, levels=store.levels.moved(written),
    )  # fmt: skip


def _moved(change: Change, consequences: Consequences | None) -> Outcome:
    return Outcome(
        change.kind,
        change.kept_id,
        consequences.changed if consequences else 0,
        touched=Touched(statuses=True, accounts=True, details=True, plans=True),
        facts=change.facts,
        consequences=consequences,
    )
