"""The opened database with everything that can be asked of it, and the one way to change it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from statusdesk.domain.instants import now
from statusdesk.domain.records import DatabaseInfo, Status
from statusdesk.domain.store_errors import Damaged
from statusdesk.store.accounts import Accounts
from statusdesk.store.connecting import open_database
from statusdesk.store.counters import Counters
from statusdesk.store.journal import Journal, StatusChange
from statusdesk.store.migrations import SCHEMA
from statusdesk.store.peaks import Crossing
from statusdesk.store.statuses import Statuses, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from statusdesk.domain.changes import Totals
    from statusdesk.domain.places import Place
    from statusdesk.store.choices import Choices
    from statusdesk.store.database import Mode
    from statusdesk.store.levels import Levels
    from statusdesk.store.moves import Progress, Proposal, Written
    from statusdesk.store.planned import Planned
    from statusdesk.store.plans import Plans


@dataclass
class Change:
    """A change set while it is being written: its id, its instant, and what has come of it so far.

    Without `keep` nothing of it stays. `instants` are those at which accounts or activations changed; `toggled`
    says that an activation did, `steps` how many fields of statuses and how many plans did. `reason` is for change
    sets whose reason is found while they are written.
    """

    id: int
    at: int
    kind: str
    facts: dict[str, str] = field(default_factory=dict)
    reverts: int | None = None
    written: Written | None = None
    keep: bool = True
    instants: set[int] = field(default_factory=set)
    toggled: bool = False
    steps: int = 0
    reason: str = ""

    @property
    def kept_id(self) -> int | None:
        """The id that the change set has on record; None if it is not going to stay."""
        return self.id if self.keep else None


class Store:
    """One opened database.

    What a window does not ask for at its start is imported when it is first asked for.
    """

    def __init__(
        self,
        place: Place,
        mode: Mode = "write",
        *,
        currency: str = "EUR",
        time_zone: str = "UTC",
        clock: Callable[[], int] = now,
    ) -> None:
        """Open it; a file is made if need be, with `currency`, `time_zone` and the instant given by `clock`."""
        self.db = open_database(place, mode, currency=currency, time_zone=time_zone, at=clock())
        with self.db.explained():
            try:
                settings = dict(self.db.rows("SELECT name, value FROM setting"))
            except BaseException:
                self.db.close()
                raise
        if not {"currency", "time_zone"} <= settings.keys():
            self.db.close()
            raise Damaged(path=place, reason="its settings are missing")
        self.info = DatabaseInfo(place, settings["currency"], settings["time_zone"], SCHEMA)
        self.statuses = Statuses(self.db)
        self.accounts = Accounts(self.db)
        self.journal = Journal(self.db)
        self.counters = Counters(self.db, self.info.time_zone)

    @cached_property
    def choices(self) -> Choices:
        """The lists that the office manages."""
        from statusdesk.store.choices import Choices

        return Choices(self.db)

    @cached_property
    def plans(self) -> Plans:
        """The planned changes, for making and settling them."""
        from statusdesk.store.plans import Plans

        return Plans(self.db)

    @cached_property
    def planned(self) -> Planned:
        """The planned changes, for looking at them."""
        from statusdesk.store.planned import Planned

        return Planned(self.db)

    @cached_property
    def levels(self) -> Levels:
        """The service levels."""
        from statusdesk.store.levels import Levels

        return Levels(self.db)

    def has_levels(self) -> bool:
        """Say whether the office works with service levels."""
        return bool(self.db.value("SELECT EXISTS (SELECT 1 FROM service_level WHERE deleted = 0)"))

    def has_targets(self) -> bool:
        """Say whether service levels are published anywhere."""
        return bool(self.db.value("SELECT EXISTS (SELECT 1 FROM publish_target WHERE deleted = 0)"))

    def newest_seal(self) -> str:
        """Return the seal of all that is on record, as people read it: "417-4f2a9c1b77e0a1d3"."""
        from statusdesk.store import sealing

        return sealing.newest(self.db)

    def has_seal(self, shown: str) -> bool:
        """Say whether a seal that was shown once is still one of this journal's."""
        from statusdesk.store import sealing

        return sealing.has(self.db, shown)

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    def totals(self, at: int | None = None) -> Totals:
        """Return what is billed now and the peak of the month of `at` (default: now)."""
        return self.counters.totals(now() if at is None else at)

    @contextmanager
    def change(
        self, *, author: str, kind: str, reason: str = "", at: int | None = None, keep: bool = True
    ) -> Iterator[Change]:
        """Write one change set: everything in the block happens, with its record, or nothing does.

        Without `keep` the block runs and nothing stays: that is how dry runs are made. A block that has found
        nothing to write sets `keep` to False on its change, and leaves no change set behind either.
        """
        with (
            self.db.transaction() as transaction,
            self.writing(author=author, kind=kind, reason=reason, at=now() if at is None else at) as change,
        ):
            change.keep = keep
            yield change
            transaction.keep = change.keep

    @contextmanager
    def writing(self, *, author: str, kind: str, at: int, reason: str = "") -> Iterator[Change]:
        """Write one change set within the transaction that is under way."""
        change = Change(self.journal.next_id(), at, kind)
        before = self.counters.totals(at).billed
        yield change
        if change.keep:
            self._seal(change, author, reason or change.reason, before)

    def _seal(self, change: Change, author: str, reason: str, billed_before: int) -> None:
        crossing = Crossing(
            change.id,
            before=billed_before,
            after=self.counters.totals(change.at).billed,
            instants=frozenset(change.instants),
            toggled=change.toggled,
            first_entry=change.written.first if change.written and change.written.count else None,
        )
        self.counters.peaks.note(crossing)
        self.journal.add(
            change.id,
            at=change.at,
            author=author,
            kind=change.kind,
            reason=reason,
            facts=change.facts,
            written=change.written,
            reverts=change.reverts,
        )

    def move(
        self,
        change: Change,
        proposal: Proposal,
        progress: Progress | None = None,
        *,
        effective_at: int | None = None,
    ) -> Written:
        """Carry the proposal out as part of the change, and keep the counters with it; return what was done.

        It takes effect at the instant of the change, or at `effective_at`; for each account never before its
        newest step.
        """
        from statusdesk.store import moves

        at = change.at if effective_at is None else effective_at
        written = moves.carry_out(self.db, proposal, change_set=change.id, at=at, progress=progress)
        dated = moves.dated_flows(self.db, written, at) if written.count else []
        self.counters.apply(dated)
        change.instants.update(part.at for part in dated)
        change.written = written if change.written is None else moves.Written(change.written.first, written.last)
        return moves.Written(written.first, written.last, moves.merged(dated))

    def set_status_fields(
        self, change: Change, status_id: int, values: Mapping[str, tuple[object, object]]
    ) -> None:
        """Set fields of a status, given as (old, new), and put each on record."""
        self.statuses.update(status_id, {name: new for name, (_, new) in values.items()})
        for name, (old, new) in values.items():
            step = StatusChange(status_id, name, as_text(old), as_text(new))
            effective_at = self.journal.add_status_change(change.id, change.at, step)
            change.steps += 1
            if name == "activates":
                change.toggled = True
                change.instants.add(effective_at)

    def add_status(self, change: Change, status: Status) -> int:
        """Make a status and put each of its fields on record; return its id."""
        from statusdesk.store.making import record_new_status

        status_id = self.statuses.insert(status)
        record_new_status(self.journal, change.id, change.at, status_id, status)
        change.steps += 1
        return status_id
