"""Bringing in many accounts as one change set, with the same counts in the dry run as in the commit."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from statusdesk.domain.changes import Outcome, Touched, weigh
from statusdesk.domain.folding import name_key
from statusdesk.domain.rules import check_edit
from statusdesk.services import status_verbs
from statusdesk.store import moves
from statusdesk.store.incoming import IncomingTable, Tally
from statusdesk.store.statuses import changed_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from statusdesk.domain.records import StatusFields
    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Change

Incoming = tuple[int, tuple[object, ...]]
"""A row of a file: its line, and its values in the order of the fields.

Texts are clean, amounts in minor units, flags 0 or 1, instants UTC milliseconds; None means "not given". A
status is an id, or -1 for the first new status of the request, -2 for the second.
"""

BATCH = 5_000


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

    `without_status` are lines that were refused because a new account has no status.
    """

    outcome: Outcome
    created: int
    updated: int
    unchanged: int
    skipped: int
    without_status: tuple[int, ...] = ()
    new_statuses: tuple[str, ...] = ()
    new_types: tuple[str, ...] = field(default=())


def bring_in(
    desk: Desk,
    request: Request,
    rows: Iterable[Incoming],
    *,
    dry_run: bool,
    progress: Callable[[int], None] | None,
) -> ImportOutcome:
    """Create and update accounts from rows; whole or not at all.

    `progress` is told the number of rows read so far; whatever it raises ends the import with nothing kept.
    """
    store = desk.store
    with store.change(
        author=desk.author, kind="import", reason=request.reason, at=desk.clock(), keep=not dry_run
    ) as change:
        made = [_status(desk, change, fields) for fields in request.new_statuses]
        table = IncomingTable(store.db, request.fields)
        for batch in _batches(_with_ids(rows, request.fields, made), progress):
            table.add(batch)
        existing = table.find_existing(update=request.update_existing)
        if request.default_status is not None:
            table.give_new(
                made[-1 - request.default_status] if request.default_status < 0 else request.default_status
            )
        refused = tuple(table.without_status())
        table.drop(refused)
        known = set(store.accounts.types())
        types = tuple(name for name in table.types() if name not in known)
        store.accounts.offer_types(types)
        table.make_new()
        tally, outcome = _merge(desk, change, table, request)
        table.clear()
        skipped = 0 if request.update_existing else existing
        names = tuple(fields["name"] for fields in request.new_statuses)
        return ImportOutcome(outcome, tally.new, tally.changed, tally.same, skipped, refused, names, types)


def _status(desk: Desk, change: Change, fields: StatusFields) -> int:
    """Make a status and return its id; a retired one of that name that nobody is in comes back as it.

    So a file whose import was undone can be brought in again.
    """
    statuses = desk.store.statuses
    counts = statuses.counts()
    for status in statuses.all():
        same = status.retired and name_key(status.name) == name_key(fields["name"])
        if same and not counts.get(status.id, (0, 0))[0]:
            wanted = changed_fields(status, check_edit(status, fields, statuses.all())) | {"retired": False}
            pairs = {name: (getattr(status, name), value) for name, value in wanted.items()}
            desk.store.set_status_fields(change, status.id, pairs)
            return status.id
    return status_verbs.add(desk, change, fields)


def _merge(desk: Desk, change: Change, table: IncomingTable, request: Request) -> tuple[Tally, Outcome]:
    store = desk.store
    tally, before = table.propose(), store.totals(change.at)
    for status_id in table.statuses_taken():
        status_verbs.live_status(desk, status_id)
    written = store.move(change, moves.as_staged())
    found = weigh(written.flows, store.statuses.by_id(), before, already=tally.same, at=change.at)
    if found.changed:
        if tally.changed:
            table.journal_fields(written)
            moves.apply_fields(store.db, written)
    elif not change.steps:
        change.keep = False
    change.facts = {"file": request.file, "count": str(found.changed)}
    touched = Touched(accounts=True, statuses=True, details=True, settings=True)
    return tally, Outcome(
        "import",
        change.kept_id,
        found.changed,
        tally.same,
        consequences=found,
        touched=touched,
        facts=change.facts,
    )


def _with_ids(
    rows: Iterable[Incoming], fields: Sequence[str], made: Sequence[int]
) -> Iterator[tuple[object, ...]]:
    place = fields.index("status") if made and "status" in fields else None
    for line, values in rows:
        status = values[place] if place is not None else None
        if place is not None and isinstance(status, int) and status < 0:
            yield line, *values[:place], made[-1 - status], *values[place + 1 :]
        else:
            yield line, *values


def _batches(
    rows: Iterator[tuple[object, ...]], progress: Callable[[int], None] | None
) -> Iterator[list[tuple[object, ...]]]:
    done = 0
    while batch := list(islice(rows, BATCH)):
        done += len(batch)
        yield batch
        if progress is not None:
            progress(done)
