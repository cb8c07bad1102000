"""The opened file with everything that can be asked of it, and the one way to change it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from statusdesk.domain.changes import Flow, Totals
from statusdesk.domain.instants import check_zone, now
from statusdesk.domain.records import DatabaseInfo, Stage, Status
from statusdesk.store import moves
from statusdesk.store.accounts import Accounts
from statusdesk.store.counters import Counters
from statusdesk.store.database import Database
from statusdesk.store.journal import Journal, StatusChange
from statusdesk.store.migrations import SCHEMA
from statusdesk.store.moves import Proposal, Written
from statusdesk.store.statuses import Statuses, as_text

BUILT_IN = (
    Status(
        0, "Lead", False, "star", "#C27C00", Stage.PROSPECT, False,
        "For people who might become customers. Nothing is billed and no service runs.", 1, built_in="lead",
    ),
    Status(
        0, "Active", True, "circle", "#00855F", Stage.IN_SERVICE, False,
        "For customers who are billed and receive service.", 1, built_in="active",
    ),
    Status(
        0, "Inactive", False, "square", "#7A8088", Stage.ENDED, True,
        "For customers who have left. Their history stays.", 1, built_in="inactive",
    ),
)  # fmt: skip
"""The three statuses that a new database has; made once, never again."""


@dataclass
class Change:
    """A change set while it is being written: its id, its instant, and what has come of it so far."""

    id: int
    at: int
    kind: str
    facts: dict[str, str] = field(default_factory=dict)
    reverts: int | None = None
    written: Written | None = None
    keep: bool = True


class Store:
    """One opened database."""

    def __init__(
        self,
        path: Path,
        mode: Literal["read", "write"] = "write",
        *,
        currency: str = "EUR",
        time_zone: str = "UTC",
    ) -> None:
        """Open the file; `currency` and `time_zone` count only where it is made new."""
        self.db = Database(path, mode)
        with self.db.explained():
            try:
                if mode == "write":
                    self._furnish(currency, check_zone(time_zone))
                settings = dict(self.db.rows("SELECT name, value FROM setting"))
            except BaseException:
                self.db.close()
                raise
        self.info = DatabaseInfo(str(path), settings["currency"], settings["time_zone"], SCHEMA)
        self.statuses = Statuses(self.db)
        self.accounts = Accounts(self.db)
        self.journal = Journal(self.db)
        self.counters = Counters(self.db, self.info.time_zone)

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def totals(self, at: int | None = None) -> Totals:
        """Return what is billed now and the peak of the month of `at` (default: now)."""
        return self.counters.totals(now() if at is None else at)

    def _furnish(self, currency: str, time_zone: str) -> None:
        if self.db.value("SELECT count(*) FROM setting"):
            return
        with self.db.transaction():
            if self.db.value("SELECT count(*) FROM setting"):
                return
            self.db.run_many(
                "INSERT INTO setting VALUES (?, ?)", [("currency", currency), ("time_zone", time_zone)]
            )
            at = now()
            statuses, journal = Statuses(self.db), Journal(self.db)
            for status in BUILT_IN:
                record_new_status(journal, 1, at, statuses.insert(status), status)
            journal.add(1, at=at, author="", kind="create_database", reason="", facts={}, written=None)

    @contextmanager
    def change(
        self, *, author: str, kind: str, reason: str = "", at: int | None = None, keep: bool = True
    ) -> Iterator[Change]:
        """Write one change set: everything in the block happens, with its record, or nothing does.

        Without `keep` the block runs and nothing stays: that is how dry runs are made. A block that has written
        no entry and sets `keep` to False on its change leaves no change set behind either.
        """
        moment = now() if at is None else at
        with self.db.explained():
            self.db.run("BEGIN IMMEDIATE")
            try:
                change = Change(self.journal.next_id(), moment, kind, keep=keep)
                before = self.counters.totals(moment).billed
                yield change
                if change.keep:
                    self._seal(change, author, reason, before)
                self.db.run("COMMIT" if change.keep else "ROLLBACK")
            except BaseException:
                self.db.roll_back()
                raise

    def _seal(self, change: Change, author: str, reason: str, billed_before: int) -> None:
        billed = self.counters.totals(change.at).billed
        self.counters.note_peak(before=billed_before, after=billed, at=change.at, change_set=change.id)
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

    def move(self, change: Change, proposal: Proposal, flows: tuple[Flow, ...]) -> Written:
        """Carry the proposal out as part of the change, and keep the counters with it."""
        written = moves.carry_out(self.db, proposal, change_set=change.id, at=change.at)
        self.counters.apply(moves.dated(self.db, written, flows, change.at))
        change.written = written if change.written is None else Written(change.written.first, written.last)
        return written

    def set_status_fields(
        self, change: Change, status_id: int, values: Mapping[str, tuple[object, object]]
    ) -> None:
        """Set fields of a status, given as (old, new), and put each on record."""
        self.statuses.update(status_id, {name: new for name, (_, new) in values.items()})
        for name, (old, new) in values.items():
            self.journal.add_status_change(
                change.id, change.at, StatusChange(status_id, name, as_text(old), as_text(new))
            )

    def add_status(self, change: Change, status: Status) -> int:
        """Make a status and put each of its fields on record; return its id."""
        status_id = self.statuses.insert(status)
        record_new_status(self.journal, change.id, change.at, status_id, status)
        return status_id


_RECORDED = ("name", "activates", "shape", "colour", "stage", "winback", "description", "position", "retired")


def record_new_status(journal: Journal, change_set: int, at: int, status_id: int, status: Status) -> None:
    """Journal the making of a status: every field from nothing, and last that it is there."""
    for name in _RECORDED:
        journal.add_status_change(
            change_set, at, StatusChange(status_id, name, "", as_text(getattr(status, name)))
        )
    journal.add_status_change(change_set, at, StatusChange(status_id, "deleted", "1", "0"))
