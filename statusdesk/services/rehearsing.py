"""A copy to try things on: made beside the database, and applied to it as one change, or thrown away.

What would be applied is worked out by applying it and keeping nothing, so the card and the deed cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from statusdesk.domain.changes import Outcome, Touched, activation_flows, weigh
from statusdesk.domain.errors import Refused
from statusdesk.services.intake import Request, merge
from statusdesk.services.rehearsed_statuses import StatusTransfer
from statusdesk.store import rehearsed, settings
from statusdesk.store.backups import forget_file
from statusdesk.store.incoming import together
from statusdesk.store.rehearsed import FIELDS
from statusdesk.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from statusdesk.services.desk import Desk
    from statusdesk.store.moves import Progress

ENDING = ".rehearsal.statusdesk"
_ORIGIN, _BASE = "rehearsal.of", "rehearsal.since"


class NoRehearsal(Refused):
    """A database that is no rehearsal copy."""

    sentence = "{path} is not a rehearsal copy."


class OriginGone(Refused):
    """The database that a rehearsal was made of is not what it was made of any more."""

    sentence = (
        "{path} went back to a backup after this rehearsal was begun, so it cannot be applied any more. "
        "Throw it away and begin another."
    )


class NothingRehearsed(Refused):
    """A rehearsal in which nothing was done that could be applied."""

    sentence = "Nothing is different in the rehearsal that could be applied to {path}."


NOT_TAKEN: Final = {
    "planned changes": (
        "vacation_planned", "vacation_begun", "plan_made", "plan_edited", "plan_postponed", "plan_extended",
        "plan_cancelled",
    ),
    "service levels": (
        "give_level", "create_level", "edit_level", "place_level", "delete_level", "usual_levels",
    ),
    "lists": ("choices",),
    "settings": ("office_settings", "settings", "publish_target"),
}  # fmt: skip
"""What a rehearsal keeps to itself, and the kinds of change sets that are about it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What applying a rehearsal does, or did: statuses made and changed; `outcome` has the rest.

    Its `left` are accounts, its `left_statuses` statuses, that both sides changed since and that stay as they are
    in the original; `unmatched` counts accounts that a rehearsal cannot give: closed, renumbered or barred.
    `beside` counts change sets of what is not taken over at all, by its name in `NOT_TAKEN`.
    """

    outcome: Outcome
    statuses_made: int = 0
    statuses_changed: int = 0
    unmatched: int = 0
    beside: Mapping[str, int] = field(default_factory=dict)


def place_of(database: Path) -> Path:
    """Return where the rehearsal copy of a database is, or would be."""
    return database.with_name(database.stem + ENDING)


def begin(store: Store) -> Path:
    """Make the rehearsal copy of a database, or go on with the one there is; return its place."""
    origin = Path(store.info.path)
    target = place_of(origin)
    if target.exists():
        return target
    part = target.with_name(f".{target.name}.new")
    store.db.backup(part)
    copy = Store(part)
    try:
        with copy.db.transaction():
            base = copy.journal.newest(limit=1)[0].id
            settings.put(copy.db, {_ORIGIN: str(origin.absolute()), _BASE: str(base)})
    finally:
        copy.close()
    part.replace(target)
    return target


def origin_of(store: Store) -> Path | None:
    """Return the database that this is a rehearsal of; None if it is none."""
    found = settings.beginning_with(store.db, _ORIGIN).get(_ORIGIN)
    return None if found is None else Path(found)


def throw_away(copy: Path) -> None:
    """Remove a rehearsal copy, and nothing else. Raises `NoRehearsal`."""
    store = Store(copy, "read")
    try:
        if origin_of(store) is None:
            raise NoRehearsal(path=copy)
    finally:
        store.close()
    forget_file(copy)


def apply(desk: Desk, copy: Path, *, dry_run: bool, progress: Progress | None = None) -> Difference:
    """Do to the original, whose desk this is, what was done in the rehearsal, as one change set.

    What the original changed itself since is left as it is, and told. Lists, service levels, plans and settings
    are not taken over. Raises `NothingRehearsed`, `OriginGone` and `NoRehearsal`.
    """
    there = Store(copy, "read")
    try:
        with there.db.snapshot():
            return _Transfer(desk, there).carry_out(dry_run=dry_run, progress=progress or desk.progress)
    finally:
        there.close()


class _Transfer:
    """One application of a rehearsal, from the copy to the original."""

    def __init__(self, desk: Desk, there: Store) -> None:
        self._desk = desk
        self._there = there
        self._base = int(settings.beginning_with(there.db, _BASE).get(_BASE, 0))
        if not self._base:
            raise NoRehearsal(path=there.info.path)
        self._left: list[int] = []
        self._unmatched = 0

    def carry_out(self, *, dry_run: bool, progress: Progress | None) -> Difference:
        desk, store = self._desk, self._desk.store
        with store.change(author=desk.author, kind="rehearsal", at=desk.clock(), keep=not dry_run) as change:
            self._see_that_it_is_its_origin()
            before, old = store.totals(change.at), store.statuses.by_id()
            statuses = StatusTransfer(desk, change, self._there, self._base)
            statuses.bring()
            request = Request(FIELDS, file="", new_statuses=())
            done = merge(desk, change, request, together(self._rows(statuses)), (), progress)
            statuses.finish()
            flows = done.outcome.consequences.flows if done.outcome.consequences else ()
            toggles = activation_flows(old, store.statuses.by_id(), store.statuses.counts())
            known = {**store.statuses.by_id(), **{-status_id: status for status_id, status in old.items()}}
            found = weigh((*flows, *toggles), known, before, already=0, at=change.at)
            if not found.changed and not change.steps:
                raise NothingRehearsed(path=store.info.path)
            change.keep = not dry_run
            change.facts = {"count": str(found.changed)}
            outcome = Outcome(
                "rehearsal", change.kept_id, found.changed, left=tuple(self._left),
                left_statuses=tuple(sorted(statuses.left)), consequences=found, facts=change.facts,
                touched=Touched(accounts=True, statuses=True, details=True, settings=True, plans=True),
            )  # fmt: skip
            unmatched = self._unmatched + len(done.without_status) + len(done.against_rules)
            return Difference(
                outcome, len(statuses.made), len(statuses.changed), unmatched, _beside(self._there, self._base)
            )

    def _see_that_it_is_its_origin(self) -> None:
        mine, theirs = (store.journal.get(self._base) for store in (self._desk.store, self._there))
        same = mine is not None and theirs is not None and mine.recorded_at == theirs.recorded_at
        if not same or (mine is not None and theirs is not None and mine.author != theirs.author):
            raise OriginGone(path=self._desk.store.info.path)

    def _rows(self, statuses: StatusTransfer) -> Iterator[tuple[int, tuple[object, ...]]]:
        """Yield the accounts that the copy changed and the original did not, as rows of an import."""
        here, there = self._desk.store.db, self._there.db
        entry = rehearsed.newest_entry(there, self._base)
        touched = rehearsed.touched_accounts(here, entry)
        taken = set(touched.values())
        for line, account in enumerate(rehearsed.changed_accounts(there, entry), start=1):
            number, status, *rest = account.row
            if account.made and account.closed:
                continue
            if account.id in touched if not account.made else number in taken:
                self._left.append(account.id)
            elif account.closed or account.renumbered or status in statuses.missing:
                self._unmatched += 1
            else:
                yield line, (number, statuses.here(status), *rest)


def _beside(copy: Store, base: int) -> dict[str, int]:
    kinds = rehearsed.kinds_since(copy.db, base)
    found = {what: sum(kinds.get(kind, 0) for kind in about) for what, about in NOT_TAKEN.items()}
    return {what: number for what, number in found.items() if number}
