"""Publishing to a FreeRADIUS database: preview and write are one path; guarded, locked, differences only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from statusdesk.domain.instants import now
from statusdesk.domain.publish_errors import (
    KeepsChanging,
    NothingToServe,
    PublishTrouble,
    WouldLose,
    WouldLoseAtFirst,
)
from statusdesk.domain.publishing import Rows, compare
from statusdesk.domain.targets import Result, Run
from statusdesk.services.publish_basis import Ours, lacks_definitions, ours_of, preflight
from statusdesk.store.radius_database import RadiusDatabase
from statusdesk.store.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from statusdesk.domain.publishing import Difference, Found
    from statusdesk.domain.targets import Target
    from statusdesk.store.store import Store

TRIES = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """How to publish: by whom and why, whether to write, and how many accounts may lose service, if confirmed.

    With `change_set` only the accounts that it changed. `progress` is told how many members are written so far;
    whatever it raises ends the publish with nothing written.
    """

    actor: str
    trigger: str = "button"
    dry_run: bool = False
    confirm_losing: int | None = None
    change_set: int | None = None
    progress: Callable[[int], None] | None = None

    def telling(self, progress: Callable[[int], None]) -> Wish:
        """Return the same wish with somebody to tell."""
        return replace(self, progress=progress)


@dataclass(frozen=True, slots=True)
class Report:
    """What a publish did, or would do; counts are (added, changed, removed) rows.

    `moves` counts members by the names of the levels they leave (“” for none) and join. `losing` are RADIUS users
    who lose service, `concerned` all members whose level changes there. `warnings` are sentences.
    """

    target: Target
    dry_run: bool
    whole: bool
    result: Result
    members: tuple[int, int, int]
    definitions: tuple[int, int, int]
    moves: Mapping[tuple[str, str], int]
    losing: tuple[str, ...]
    concerned: tuple[str, ...]
    served: int
    allowed: int
    warnings: tuple[str, ...]
    milliseconds: int = 0

    @property
    def needs_confirming(self) -> bool:
        """Say whether more would lose service than may without a confirmation."""
        return len(self.losing) > self.allowed


def publish(
    store: Store, target: Target, wish: Wish, *, password: str = "", clock: Callable[[], int] = now
) -> Report:
    """Bring a RADIUS database to what our accounts and levels say; a dry run tells the same and writes nothing.

    Raises what `statusdesk.domain.publish_errors` has; nothing was written there then, and that is on record.
    """
    started = clock()
    try:
        done = _publish(store, target, wish, password)
    except PublishTrouble as error:
        refused = Result.REFUSED if isinstance(error, WouldLose | NothingToServe) else Result.FAILED
        _record(store, wish, _run(target, wish, started, clock(), refused, {"message": str(error)}))
        raise
    report = replace(done.report, milliseconds=clock() - started)
    run = _run(target, wish, started, clock(), report.result, _facts(report))
    retired, (change_set, entry) = tuple(sorted(done.retiring)), done.known
    _record(
        store, wish, replace(run, whole=report.whole, retired=retired, change_set_id=change_set, entry_id=entry)
    )
    return report


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of it, which groups are retiring, and up to what the target knows our database now."""

    report: Report
    retiring: frozenset[str]
    known: tuple[int, int]


def _publish(store: Store, target: Target, wish: Wish, password: str) -> _Done:
    before = Targets(store.db).last_done(target.id, whole=True)
    retired = frozenset(before.retired if before else ())
    with RadiusDatabase(target.address, password) as radius:
        for _ in range(TRIES):
            ours, found = _looked(store, radius, target, wish.change_set)
            difference = _difference(found, ours, retired)
            report = _report(target, wish, ours, difference)
            if not wish.dry_run:
                _guard(report, ours, wish)
            if wish.dry_run or not difference or _write(radius, target, found, difference, wish):
                warnings = (*ours.warnings, *preflight(radius, target, found, ours))
                return _Done(replace(report, warnings=warnings), difference.retiring, _known(store, ours, wish))
    raise KeepsChanging(place=target.name)


def _looked(store: Store, radius: RadiusDatabase, target: Target, change_set: int | None) -> tuple[Ours, Found]:
    """Return what should be there and what is; everything where a change set's groups are not defined there."""
    with store.db.snapshot():
        ours = ours_of(store, target, change_set)
        found = radius.found(target.prefix, ours.users)
        if ours.users is not None and lacks_definitions(found, ours):
            ours = ours_of(store, target, None)
            found = radius.found(target.prefix)
    return ours, found


def _difference(found: Found, ours: Ours, retired: frozenset[str]) -> Difference:
    whole = ours.users is None
    gone = retired if whole else frozenset()
    difference = compare(found, ours.wanted, rejecting=ours.rejecting, reject=ours.reject, retired=gone)
    return difference if whole else replace(difference, checks=Rows(), replies=Rows())


def _known(store: Store, ours: Ours, wish: Wish) -> tuple[int, int]:
    """Return up to which change set and entry the target is right now; a single one may be ahead of others."""
    change_set, entry = ours.newest
    last = Targets(store.db).last_done(ours.target_id)
    if ours.users is not None and (last is None or wish.change_set != last.change_set_id + 1):
        change_set, entry = (last.change_set_id, last.entry_id) if last else (0, 0)
    elif ours.users is not None:
        change_set = last.change_set_id + 1 if last else 0
        entry = max(store.journal.entries_of(change_set).last, last.entry_id if last else 0)
    return change_set, entry


def _guard(report: Report, ours: Ours, wish: Wish) -> None:
    losing = len(report.losing)
    if report.whole and not ours.wanted.members and losing and wish.confirm_losing != losing:
        raise NothingToServe(losing=losing)
    if report.needs_confirming and wish.confirm_losing != losing:
        trouble = WouldLose if report.served else WouldLoseAtFirst
        raise trouble(losing=losing, served=report.served, allowed=report.allowed)


def _write(radius: RadiusDatabase, target: Target, found: Found, difference: Difference, wish: Wish) -> bool:
    """Write the differences in the order in which nobody is ever without a definition; False if rows changed."""
    users = sorted({one.user for one in difference.moved} | _touched(found, difference))
    with radius.publishing():
        again = radius.found(target.prefix, users)
        concerned = set(users)
        if (again.checks, again.replies) != (found.checks, found.replies) or set(again.members) != {
            member for member in found.members if member.user in concerned
        }:
            return False
        radius.write_definitions("radgroupcheck", difference.checks)
        radius.write_definitions("radgroupreply", difference.replies)
        for done in radius.write_members(difference.members):
            if wish.progress is not None:
                wish.progress(done)
        radius.remove("radusergroup", difference.members.removed)
        radius.remove("radgroupcheck", difference.checks.removed)
        radius.remove("radgroupreply", difference.replies.removed)
    return True


def _touched(found: Found, difference: Difference) -> set[str]:
    ids = {row_id for row_id, _ in difference.members.changed} | set(difference.members.removed)
    return {member.user for member in found.members if member.id in ids}


def _report(target: Target, wish: Wish, ours: Ours, difference: Difference) -> Report:
    names = ours.names
    moves = Counter((names.get(one.old, one.old), names.get(one.new, one.new)) for one in difference.moved)
    parts = (difference.checks, difference.replies)
    members = difference.members
    return Report(
        target, wish.dry_run, ours.users is None, Result.PUBLISHED if difference else Result.NOTHING,
        (len(members.added), len(members.changed), len(members.removed)),
        (
            sum(len(rows.added) for rows in parts),
            sum(len(rows.changed) for rows in parts),
            sum(len(rows.removed) for rows in parts),
        ),
        moves, tuple(sorted(difference.losing)), tuple(one.user for one in difference.moved if one.old),
        difference.served, difference.allowed, (),
    )  # fmt: skip


def _facts(report: Report) -> dict[str, object]:
    return {
        "members": report.members,
        "definitions": report.definitions,
        "moves": [[old, new, count] for (old, new), count in sorted(report.moves.items())],
        "losing": len(report.losing),
        "warnings": len(report.warnings),
    }


def _run(
    target: Target, wish: Wish, started: int, finished: int, result: Result, facts: Mapping[str, object]
) -> Run:
    whole = wish.change_set is None
    return Run(target.id, started, finished, wish.actor, wish.trigger, whole, result, facts)


def _record(store: Store, wish: Wish, run: Run) -> None:
    if not wish.dry_run:
        with store.db.transaction():
            Targets(store.db).record(run)
