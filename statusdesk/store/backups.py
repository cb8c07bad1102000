"""Where the backups of a file stand, and what their names tell: when each was made, and for what."""

import glob
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from statusdesk.domain.instants import to_datetime
from statusdesk.domain.store_errors import DiskTrouble

FOLDER: Final = ".backups"
"""What the name of the folder beside a database ends with."""

_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d{6})Z-([a-z]+)(?:-\d+)?\.statusdesk")
_STAMP: Final = "%Y-%m-%dT%H%M%S"


class Occasion(StrEnum):
    """What a backup was made for. Only daily ones are ever removed, by the rule in `domain.keeping`."""

    DAILY = "daily"
    UPDATE = "update"
    RESTORE = "restore"
    DAMAGED = "damaged"


class Backup(NamedTuple):
    """A backup by its name: where it is, the instant at which it was made (UTC milliseconds), and for what."""

    path: Path
    at: int
    occasion: Occasion

    @property
    def size(self) -> int:
        """Its size in bytes; 0 if it is gone meanwhile."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


def folder_of(database: Path) -> Path:
    """Return the folder for a database's backups; it need not be there yet."""
    return database.with_name(database.name + FOLDER)


def usable(database: Path) -> list[Backup]:
    """Return the backups that can take the place of a database: all but what was damaged, newest first."""
    return [backup for backup in found(database) if backup.occasion is not Occasion.DAMAGED]


def preferred(known: list[Backup]) -> Backup | None:
    """Return the newest backup of what the database was last; before a restore it was what people took away."""
    return next((backup for backup in known if backup.occasion is not Occasion.RESTORE), next(iter(known), None))


def found(database: Path) -> list[Backup]:
    """Return the backups of a database, newest first. A folder that cannot be read has none."""
    try:
        known = [_backup(path) for path in folder_of(database).iterdir()]
    except OSError:
        return []
    return sorted(filter(None, known), key=lambda backup: (backup.at, backup.path), reverse=True)


def moment_of(path: Path) -> int | None:
    """Return when a backup was made (UTC milliseconds), as its name says; None for other names."""
    backup = _backup(path)
    return None if backup is None else backup.at


def _backup(path: Path) -> Backup | None:
    told = _NAME.fullmatch(path.name)
    if told is None or told[2] not in set(Occasion):
        return None
    moment = datetime.strptime(told[1], _STAMP).replace(tzinfo=UTC)
    return Backup(path, int(moment.timestamp()) * 1000, Occasion(told[2]))


def forget_file(path: Path) -> None:
    """Remove a database with its log. Raises `DiskTrouble`."""
    try:
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)
    except OSError as error:
        raise DiskTrouble(path=path, reason=error.strerror or str(error)) from None


def remove_unfinished(database: Path, *, before: int) -> None:
    """Remove what backups and restores left behind that were killed before an instant (UTC milliseconds)."""
    parts = folder_of(database).glob("*.part*")
    folders = filter(Path.is_dir, database.parent.glob(f".{glob.escape(database.name)}.????????"))
    with suppress(OSError):
        for left in (*parts, *folders):
            if left.stat().st_mtime * 1000 >= before:
                continue
            if not left.is_dir():
                left.unlink()
            elif all(inside.name.startswith(database.name) for inside in left.iterdir()):
                shutil.rmtree(left, ignore_errors=True)


def place_for(database: Path, occasion: Occasion, at: int) -> Path:
    """Return a free name for a backup made at `at` (UTC milliseconds), its folder made. Raises `DiskTrouble`."""
    folder = folder_of(database)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        stem = f"{to_datetime(at).strftime(_STAMP)}Z-{occasion}"
        return next(path for path in _names(folder, stem) if not path.exists())
    except OSError as error:
        raise DiskTrouble(path=folder, reason=error.strerror or str(error)) from None


def _names(folder: Path, stem: str) -> Iterator[Path]:
    yield folder / f"{stem}.statusdesk"
    for number in count(2):
        yield folder / f"{stem}-{number}.statusdesk"
