"""Makes a new database: whole under another name first, then put in its place, so that no half of one is found."""

import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from statusdesk.domain.choices import AT_FIRST
from statusdesk.domain.instants import check_zone
from statusdesk.domain.records import Stage, Status
from statusdesk.domain.store_errors import CannotOpen, StoreUnavailable
from statusdesk.store.choices import Choices
from statusdesk.store.copying import sync_folder
from statusdesk.store.database import Database
from statusdesk.store.journal import Journal, StatusChange
from statusdesk.store.sqlite_file import SqliteFile
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

_RECORDED = ("name", "activates", "shape", "colour", "stage", "winback", "description", "position", "retired")


def make(path: Path, *, currency: str, time_zone: str, at: int) -> None:
    """Make a database at `path`, unless another process does so meanwhile. Raises `CannotOpen`."""
    check_zone(time_zone)
    make_by(path, partial(furnish, currency=currency, time_zone=time_zone, at=at))


def make_by(path: Path, fill: Callable[[Database], None]) -> None:
    """Make a database at `path` with what `fill` writes, unless one is there meanwhile. Raises `CannotOpen`."""
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            part = Path(folder) / path.name
            _write(part, fill)
            part.chmod(0o600)
            _put_in_place(part, path)
    except StoreUnavailable as error:
        raise type(error)(**{**error.facts, "path": path}) from None
    except OSError as error:
        raise CannotOpen(path=path, reason=error.strerror or str(error)) from None


def _write(part: Path, fill: Callable[[Database], None]) -> None:
    db = SqliteFile(part)
    try:
        with db.transaction():
            fill(db)
    finally:
        db.close()


def furnish(db: Database, currency: str, time_zone: str, at: int) -> None:
    """Write what every new database holds, within the transaction that is under way."""
    db.run_many("INSERT INTO setting VALUES (?, ?)", [("currency", currency), ("time_zone", time_zone)])
    for which, names in AT_FIRST.items():
        Choices(db).set(which, names)
    statuses, journal = Statuses(db), Journal(db)
    for status in BUILT_IN:
        record_new_status(journal, 1, at, statuses.insert(status), status)
    journal.add(1, at=at, author="", kind="create_database", reason="", facts={}, written=None)


def _put_in_place(part: Path, path: Path) -> None:
    try:
        os.link(part, path)  # unlike renaming, this never replaces what another process has made meanwhile
    except FileExistsError:
        return
    except OSError:  # sticks and some network folders know no links
        if not path.exists():
            part.rename(path)
    sync_folder(path.parent)


def record_new_status(journal: Journal, change_set: int, at: int, status_id: int, status: Status) -> None:
    """Journal the making of a status: every field from nothing, and last that it is there."""
    rules = [name for name in ("required", "followers", "customer_note") if getattr(status, name)]
    for name in (*_RECORDED, *rules):
        journal.add_status_change(
            change_set, at, StatusChange(status_id, name, "", as_text(getattr(status, name)))
        )
    journal.add_status_change(change_set, at, StatusChange(status_id, "deleted", "1", "0"))
