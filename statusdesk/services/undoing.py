"""Taking back and doing again: a new movement at the time of the undo, that leaves alone what moved since."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from statusdesk.domain.changes import Outcome, Touched, activation_flows, weigh
from statusdesk.domain.errors import AlreadyUndone, NothingToRedo, NothingToUndo
from statusdesk.domain.folding import name_key
from statusdesk.domain.records import FINAL_KINDS
from statusdesk.domain.rules import with_fields
from statusdesk.services import choice_verbs, level_verbs, settings_verbs
from statusdesk.services.settling import pointless
from statusdesk.store import field_moves, moves
from statusdesk.store.statuses import as_text, from_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from statusdesk.domain.levels import Grid, LevelFlow
    from statusdesk.domain.records import ChangeSet, Status, StatusFields
    from statusdesk.services.desk import Desk
    from statusdesk.store.journal import StatusChange
    from statusdesk.store.moves import Progress, Written
    from statusdesk.store.store import Change, Store


def undo(desk: Desk, change_set: int | None, *, dry_run: bool, progress: Progress | None = None) -> Outcome:
    """Take back this person's newest change set, or any given one that was not taken back yet."""
    journal = desk.store.journal
    found = journal.undoable(desk.author) if change_set is None else journal.get(change_set)
    if found is None or found.kind in FINAL_KINDS:
        raise NothingToUndo
    kind = "redo" if found.kind == "undo" else "undo"
    return _take_back(desk, found, kind, dry_run=dry_run, progress=progress)


def redo(desk: Desk, *, dry_run: bool, progress: Progress | None = None) -> Outcome:
    """Take back this person's last undo."""
    found = desk.store.journal.redoable(desk.author)
    if found is None:
        raise NothingToRedo
    return _take_back(desk, found, "redo", dry_run=dry_run, progress=progress)


def _take_back(desk: Desk, target: ChangeSet, kind: str, *, dry_run: bool, progress: Progress | None) -> Outcome:
    store = desk.store
    with store.change(author=desk.author, kind=kind, at=desk.clock(), keep=not dry_run) as change:
        current = store.journal.get(target.id)
        if current is None or current.reverted:
            raise AlreadyUndone
        change.reverts = target.id
        change.facts = {"of": target.kind, **target.facts}
        choice_verbs.take_back(desk, target)
        settings_verbs.take_back(desk, target)
        before, old, grid = store.totals(change.at), store.statuses.by_id(), store.levels.grid()
        level_verbs.take_back(desk, target)
        _take_back_target(desk, target)
        statuses = _StatusSteps(desk, change, imported="import" in (target.kind, target.facts.get("of")))
        statuses.put_back(store.journal.status_changes(target.id))
        left, written = _take_back_accounts(desk, change, target, progress)
        plans, astray = store.plans.take_back(change.id, target.id, at=change.at, left=left)
        change.steps += plans
        lost = pointless(store, store.plans.moved(written))
        toggles = activation_flows(old, store.statuses.by_id(), store.statuses.counts())
        known = {**store.statuses.by_id(), **{-status_id: status for status_id, status in old.items()}}
        flows = (*written.flows, *toggles)
        levels = store.levels.moved(written, grid) if written.count else _shifted(store, target, grid)
        consequences = weigh(flows, known, before, already=0, at=change.at, pointless=lost, levels=levels)
        statuses.remove_made()
        return Outcome(
            kind,
            change.kept_id,
            consequences.changed or int(change.steps > 0),
            left=tuple(dict.fromkeys((*left, *astray))),
            left_statuses=tuple(sorted(statuses.left)),
            facts=change.facts,
            touched=Touched(accounts=True, statuses=True, details=True, settings=True, plans=True),
            consequences=consequences,
        )


def _shifted(store: Store, target: ChangeSet, grid: Grid) -> tuple[LevelFlow, ...]:
    """Return what taking back an edit of statuses or levels does to the levels of accounts that stay."""
    kind = target.facts.get("of", target.kind)
    return (
        store.levels.shifted(grid)
        if kind in ("edit_status", "activation", "give_level", *level_verbs.KINDS)
        else ()
    )


def _take_back_target(desk: Desk, target: ChangeSet) -> None:
    """Put a publishing target back; only who works with targets imports what talks to them."""
    if "publish_target" in (target.kind, target.facts.get("of")):
        from statusdesk.services import network

        network.take_back(desk, target)


def _take_back_accounts(
    desk: Desk, change: Change, target: ChangeSet, progress: Progress | None
) -> tuple[tuple[int, ...], Written]:
    store = desk.store
    span = store.journal.entries_of(target.id)
    written = store.move(change, moves.taking_back(store.db, target.id, span.first, span.last), progress)
    if written.count:
        field_moves.take_back_fields(store.db, span.first, span.last, written)
        field_moves.close_and_open(store.db, written)
        field_moves.apply_fields(store.db, written)
    return _left_alone(desk, span, written), written


def _left_alone(desk: Desk, span: Written, written: Written) -> tuple[int, ...]:
    if span.count == written.count:
        return ()
    done = set(desk.store.journal.accounts_of(written))
    return tuple(account for account in desk.store.journal.accounts_of(span) if account not in done)


class _StatusSteps:
    """What a change set did to statuses, taken back in two halves: fields first, removals after the accounts."""

    def __init__(self, desk: Desk, change: Change, *, imported: bool) -> None:
        self._desk = desk
        self._change = change
        self._imported = imported
        self._made: set[int] = set()
        self.left: set[int] = set()

    def put_back(self, steps: list[StatusChange]) -> None:
        """Give statuses their fields of before; those that the change set made are left for `remove_made`."""
        self._made = {step.status_id for step in steps if self._removes(step)}
        fields: dict[int, list[StatusChange]] = defaultdict(list)
        for step in steps:
            if step.status_id not in self._made:
                fields[step.status_id].append(step)
        self.left = {status_id for status_id, done in fields.items() if not self._put_back_one(status_id, done)}

    def _removes(self, step: StatusChange) -> bool:
        return step.old == "1" and (step.field == "deleted" or (self._imported and step.field == "retired"))

    def _put_back_one(self, status_id: int, steps: list[StatusChange]) -> bool:
        """Set the fields back that nobody changed since; False if one was, or if the status would now clash."""
        statuses = self._desk.store.statuses.by_id()
        status = statuses[status_id]
        kept = [step for step in steps if as_text(getattr(status, step.field)) == step.new]
        values = {step.field: (getattr(status, step.field), from_text(step.field, step.old)) for step in kept}
        after = with_fields(status, cast("StatusFields", {name: new for name, (_, new) in values.items()}))
        if not values or _clashes(after, statuses.values()):
            return False
        self._desk.store.set_status_fields(self._change, status_id, values)
        return len(kept) == len(steps)

    def remove_made(self) -> None:
        """Take away the statuses that the change set made, but for those that accounts use."""
        counts = self._desk.store.statuses.counts()
        for status_id in self._made:
            status = self._desk.store.statuses.by_id()[status_id]
            field = "retired" if self._imported else "deleted"
            if counts.get(status_id, (0, 0))[0]:
                self.left.add(status_id)
            elif not getattr(status, field):
                self._desk.store.set_status_fields(self._change, status_id, {field: (False, True)})


def _clashes(status: Status, statuses: Iterable[Status]) -> bool:
    others = [other for other in statuses if other.id != status.id and not other.deleted]
    if status.deleted:
        return False
    same_name = any(name_key(other.name) == name_key(status.name) for other in others)
    look = (status.shape, status.colour)
    return same_name or (
        status.live and any(other.live and (other.shape, other.colour) == look for other in others)
    )
