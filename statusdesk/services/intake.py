"""Bringing in many accounts as one change set, with the same counts in the dry run as in the commit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from statusdesk.domain.changes import Outcome, Touched, weigh
from statusdesk.domain.choices import ChoiceList
from statusdesk.domain.folding import name_key
from statusdesk.domain.rules import check_edit
from statusdesk.services import status_verbs
from statusdesk.services.intake_rules import IntakeRules
from statusdesk.services.settling import pointless
from statusdesk.store import field_moves, moves
from statusdesk.store.incoming import IncomingRow, IncomingRows, IncomingTable, Tally
from statusdesk.store.statuses import changed_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from statusdesk.domain.changes import Flow
    from statusdesk.domain.levels import LevelFlow
    from statusdesk.domain.records import Status, StatusFields
    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Change

Incoming = IncomingRow
"""A row to bring in. Texts are clean, amounts in minor units, flags 0 or 1, instants UTC milliseconds.

None means "not given". A status is an id, or -1 for the first new status of the request, -2 for the second.
"""

BATCH = 5_000
"""Rows that are merged with the accounts at once."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to bring in, but for the rows themselves.

    `default_status` is for new accounts whose status is not given, as a row has it: an id, or -1, -2, …
    """

    fields: tuple[str, ...]
    file: str
    new_statuses: tuple[StatusFields, ...] = ()
    update_existing: bool = True
    reason: str = ""
    default_status: int | None = None


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did or, on a dry run, would do; every row of the request is in exactly one count.

    `without_status` are lines that were refused because a new account has no status; `against_rules` those that
    the rules of a status speak against, with the name of that status and why.
    """

    outcome: Outcome
    created: int
    updated: int
    unchanged: int
    skipped: int
    without_status: tuple[int, ...] = ()
    new_statuses: tuple[str, ...] = ()
    new_types: tuple[str, ...] = field(default=())
    against_rules: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def bring_in(
    desk: Desk,
    request: Request,
    rows: Iterable[IncomingRows],
    *,
    dry_run: bool,
    progress: Callable[[int], None] | None = None,
) -> ImportOutcome:
    """Create and update accounts from rows; whole or not at all.

    `progress` is told the number of rows read so far; whatever it raises ends the import with nothing kept.
    """
    with desk.store.change(
        author=desk.author, kind="import", reason=request.reason, at=desk.clock(), keep=not dry_run
    ) as change:
        made = [_status(desk, change, fields) for fields in request.new_statuses]
        return merge(desk, change, request, rows, made, progress)


def merge(
    desk: Desk,
    change: Change,
    request: Request,
    rows: Iterable[IncomingRows],
    made: Sequence[int],
    progress: Callable[[int], None] | None,
) -> ImportOutcome:
    """Create and update accounts from rows as part of a change; `made` are the ids of the new statuses."""
    merging = _Merging(desk, change, request, list(made))
    done = 0
    for block in rows:
        merging.add(block)
        done += len(block.lines)
        if progress is not None:
            progress(done)
    return merging.finish()


class _Merging:
    """One import under way: what came of the batches so far."""

    def __init__(self, desk: Desk, change: Change, request: Request, made: list[int]) -> None:
        self._desk = desk
        self._change = change
        self._request = request
        self._made = made
        self._before = desk.store.totals(change.at)
        self._table = IncomingTable(desk.store.db, request.fields)
        self._live: set[int] = set()
        self._tally = Tally()
        self._skipped = 0
        self._refused: list[int] = []
        self._rules = IntakeRules(desk.store.statuses.by_id().values(), request.reason)
        self._against: dict[int, tuple[str, str]] = {}
        self._types: set[str] = set()
        self._flows: list[Flow] = []
        self._pointless = 0
        self._levels: tuple[LevelFlow, ...] = ()

    def add(self, rows: IncomingRows) -> None:
        """Set rows down; once they are a batch, make and change its accounts."""
        self._table.add(rows, self._made)
        if self._table.count >= BATCH:
            self._take()

    def _take(self) -> None:
        table, request = self._table, self._request
        existing = table.find_existing(update=request.update_existing)
        self._skipped += 0 if request.update_existing else existing
        if request.default_status is not None:
            status = request.default_status
            table.give_new(self._made[-1 - status] if status < 0 else status)
        self._refused += table.drop_without_status()
        self._against |= self._rules.leave_out(self._desk.store.db, request.fields, existing)
        self._types.update(table.types())
        self._check(table.statuses_taken())
        self._write()
        table.begin_anew()

    def _check(self, statuses: Iterable[int]) -> None:
        for status_id in set(statuses) - self._live:
            status_verbs.live_status(self._desk, status_id)
            self._live.add(status_id)

    def _write(self) -> None:
        store, table = self._desk.store, self._table
        opening, new = table.make_new(), 0
        if opening is not None:
            written = store.move(self._change, opening)
            self._flows += written.flows
            new = written.count
        tally = table.propose()
        if tally.changed:
            written = store.move(self._change, moves.as_staged())
            self._flows += written.flows
            self._pointless += pointless(store, store.plans.moved(written))
            table.journal_fields(written)
            field_moves.apply_fields(store.db, written)
            self._levels = store.levels.moved(written, and_before=self._levels)
        self._tally += replace(tally, new=new)

    def finish(self) -> ImportOutcome:
        """Make and change the accounts that are left, offer the new account types and say what was done."""
        if self._table.count:
            self._take()
        choices, change, tally = self._desk.store.choices, self._change, self._tally
        self._table.clear()
        types = tuple(sorted(self._types.difference(choices.names(ChoiceList.ACCOUNT_TYPE))))
        choices.offer(ChoiceList.ACCOUNT_TYPE, types)
        found = weigh(
            self._flows, self._desk.store.statuses.by_id(), self._before,
            already=tally.same, at=change.at, pointless=self._pointless, levels=self._levels,
        )  # fmt: skip
        change.keep = change.keep and bool(found.changed or change.steps)
        change.facts = {"file": self._request.file, "count": str(found.changed)}
        outcome = Outcome(
            "import", change.kept_id, found.changed, tally.same, consequences=found,
            touched=Touched(accounts=True, statuses=True, details=True, settings=True, plans=True),
            facts=change.facts,
        )  # fmt: skip
        names = tuple(fields["name"] for fields in self._request.new_statuses)
        return ImportOutcome(
            outcome, tally.new, tally.changed, tally.same, self._skipped, tuple(self._refused), names, types,
            self._against,
        )  # fmt: skip


def _status(desk: Desk, change: Change, fields: StatusFields) -> int:
    """Make a status and return its id; a retired one of that name that nobody is in comes back as it.

    So a file whose import was undone can be brought in again. It keeps its look, unless that was taken meanwhile.
    """
    statuses = desk.store.statuses
    counts = statuses.counts()
    for status in statuses.all():
        same = status.retired and name_key(status.name) == name_key(fields["name"])
        if same and not counts.get(status.id, (0, 0))[0]:
            wanted = changed_fields(status, check_edit(status, fields, statuses.all())) | {"retired": False}
            if _has_look_of_its_own(status, statuses.all()):
                wanted = {name: value for name, value in wanted.items() if name not in ("shape", "colour")}
            pairs = {name: (getattr(status, name), value) for name, value in wanted.items()}
            desk.store.set_status_fields(change, status.id, pairs)
            return status.id
    return status_verbs.add(desk, change, fields)


def _has_look_of_its_own(status: Status, statuses: Iterable[Status]) -> bool:
    return all((other.shape, other.colour) != (status.shape, status.colour) for other in statuses if other.live)
