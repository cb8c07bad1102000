"""Going back to a backup: first what would be lost, then the deed, with the present file kept aside."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from statusdesk.domain.changes import Consequences, weigh
from statusdesk.domain.errors import Refused
from statusdesk.domain.instants import iso, now
from statusdesk.domain.store_errors import Damaged, DiskTrouble, InUse
from statusdesk.store import backups, settings
from statusdesk.store.auditing import Auditing
from statusdesk.store.backups import Occasion
from statusdesk.store.comparing import Since, beside
from statusdesk.store.copying import copy_into, flush, sync_folder
from statusdesk.store.migrations import SCHEMA
from statusdesk.store.sqlite_file import SqliteFile, read_mark
from statusdesk.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from statusdesk.domain.records import ChangeSet
    from statusdesk.services.desk import Desk

LISTED: Final = 500
"""How many of the change sets that would be lost a preview lists."""

_TRIES: Final = 3


class RestoreOntoItself(Refused):
    """The opened database was named as the backup to restore."""

    sentence = "{path} is the database itself. Choose one of its backups."


class NotOurs(Refused):
    """A database that has no change in common with the opened one."""

    sentence = (
        "{path} is not a backup of this database: not even the first change is the same. "
        "Choose another one, or open it as a database of its own."
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What restoring a backup would do.

    `at` is when the backup was made (UTC milliseconds); where its name does not say that, when its newest change
    set `newest` was. `lost` counts what the present database has beyond it, and `change_sets` are those, newest
    first. `regained` counts what only the backup has, which was taken away by an
    earlier restore. `consequences` are figures of the present and of the backup.
    """

    backup: Path
    at: int
    newest: ChangeSet
    lost: Since
    regained: Since
    change_sets: tuple[ChangeSet, ...]
    consequences: Consequences


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: where the database of before is kept, and the change set that says so."""

    kept: Path
    change_set: int


def preview(desk: Desk, backup: Path) -> Preview:
    """Say what would be lost by going back to `backup`; changes nothing.

    Raises `RestoreOntoItself`, `NotOurs` and `StoreUnavailable`.
    """
    store = desk.store
    if backup.exists() and backup.samefile(store.info.path):
        raise RestoreOntoItself(path=backup)
    with _ready(backup) as ready, beside(store.db, ready) as compared:
        there = Store(ready, "read")
        try:
            if not compared.common:
                raise NotOurs(path=backup)
            at = desk.clock()
            known = {-status_id: status for status_id, status in store.statuses.by_id().items()}
            weighed = weigh(
                compared.flows(),
                {**known, **there.statuses.by_id()},
                store.totals(at),
                already=0,
                at=at,
            )
            found = weighed._replace(after=there.totals(at))
            lost = [one for one in store.journal.newest(limit=LISTED) if one.id > compared.common]
            newest = there.journal.newest(limit=1)[0]
            made = backups.moment_of(backup) or newest.recorded_at
            return Preview(
                backup, made, newest, compared.since("main"), compared.since("there"), tuple(lost), found
            )
        finally:
            there.close()


@contextmanager
def _ready(backup: Path) -> Iterator[Path]:
    """Lend the backup in the present schema: itself, or a copy that was brought up to date."""
    if read_mark(backup) == SCHEMA:
        yield backup
        return
    with TemporaryDirectory(prefix="statusdesk-") as folder:
        copy = Path(folder) / backup.name
        copy.write_bytes(backup.read_bytes())
        Store(copy).close()
        yield copy


def restore(desk: Desk, backup: Path) -> Restored:
    """Make the database what the backup is, and keep the present one among the backups.

    Everybody who has it open sees that at once. The history says who restored what; change sets go on with new
    numbers. It happens whole or not at all. Raises what `preview` does, and `InUse`.
    """
    preview(desk, backup)
    path = Path(desk.store.info.path)
    with desk.store.db.explained(), _part(path) as part:
        for _ in range(_TRIES):
            aside = backups.place_for(path, Occasion.RESTORE, desk.clock())
            desk.store.db.backup(aside)
            try:
                newest = _newest(aside)
                change_set = _furnish(part, backup, newest, author=desk.author, at=desk.clock())
                copy_into(desk.store.db.engine.connection(), part, unless=partial(_see_the_same, path, newest))
            except BaseException as error:
                aside.unlink(missing_ok=True)
                if isinstance(error, _Moved):
                    continue
                raise
            return Restored(aside, change_set)
    raise InUse(path=path)


class _Moved(Exception):
    """Somebody changed the database after it was set aside."""


def _see_the_same(path: Path, newest: int) -> None:
    if _newest(path) != newest:
        raise _Moved


def _newest(path: Path) -> int:
    db = SqliteFile(path, "read")
    try:
        return int(db.value("SELECT max(id) FROM change_set"))
    finally:
        db.close()


@contextmanager
def _part(path: Path) -> Iterator[Path]:
    """Lend a place beside the database for what is to become it."""
    try:
        with TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            yield Path(folder) / path.name
    except OSError as error:
        raise DiskTrouble(path=path, reason=error.strerror or str(error)) from None


def put_back(path: Path, backup: Path, *, author: str, at: int | None = None) -> Restored:
    """Put a backup in the place of a file that is damaged, empty or gone; what is left of it is kept aside.

    For a file that opens there is `restore`. Raises `StoreUnavailable`; then the file is as it was.
    """
    at = now() if at is None else at
    with _part(path) as part:
        change_set = _furnish(part, backup, _readable_newest(path), author=author, at=at)
        flush(part)
        kept = _set_aside(path, at)
        part.replace(path)
        sync_folder(path.parent)
    return Restored(kept, change_set)


def _readable_newest(path: Path) -> int:
    """Return the newest change set that can still be read; 0 if none can."""
    reading = f"{path.absolute().as_uri()}?mode=ro"
    with suppress(sqlite3.Error), closing(sqlite3.connect(reading, uri=True)) as file:
        return int(file.execute("SELECT max(id) FROM change_set").fetchone()[0] or 0)
    return 0


def _set_aside(path: Path, at: int) -> Path:
    """Keep a file that cannot be used, with its log, under a name of its own; its own name goes on meanwhile."""
    aside = backups.place_for(path, Occasion.DAMAGED, at)
    if path.exists():
        shutil.copy2(path, aside)
        flush(aside)
    log = path.with_name(path.name + "-wal")
    if log.exists():
        shutil.copy2(log, aside.with_name(aside.name + "-wal"))
    for companion in (log, path.with_name(path.name + "-shm")):
        companion.unlink(missing_ok=True)  # it would be taken for that of the file to come
    return aside


def _furnish(part: Path, backup: Path, newest: int, *, author: str, at: int) -> int:
    """Make the file that the database becomes: the backup, checked, with the restoring on record.

    Returns the restoring's change set; its number follows on `newest`, so that no number comes twice.
    """
    part.unlink(missing_ok=True)
    with _ready(backup) as ready:
        reading = SqliteFile(ready, "read")
        try:
            reading.backup(part)
        finally:
            reading.close()
    store = Store(part)
    try:
        if damage := Auditing(store.db).damage():
            raise Damaged(path=backup, reason=damage[0])
        before = store.journal.newest(limit=1)[0]
        change_set = max(newest, before.id) + 1
        when = iso(backups.moment_of(backup) or before.recorded_at, store.info.time_zone)[:16].replace("T", " ")
        with store.db.transaction():
            settings.put(store.db, {"restored": str(change_set)})
            store.journal.add(
                change_set, at=at, author=author, kind="restore", reason="", facts={"backup": when}, written=None
            )
        return change_set
    finally:
        store.close()
