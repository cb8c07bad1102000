"""Puts a verified copy of a database where a person wants it, and never in the place of something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.errors import Refused
from statusdesk.domain.store_errors import StoreUnavailable
from statusdesk.store.sqlite_file import read_mark

if TYPE_CHECKING:
    from pathlib import Path

    from statusdesk.store.store import Store


class BackupInTheWay(Refused):
    """Something has that name already."""

    sentence = "{path} is already there. Choose another name, or say that this backup replaces it."


class BackupOntoItself(Refused):
    """The database would be replaced by its own copy while it is open."""

    sentence = "{path} is the database itself. Choose another name for its backup."


class NotABackup(Refused):
    """A backup may replace an older one, not a letter, a folder, or a database that is being used."""

    sentence = "{path} is not replaced, because it is {what}. Choose another name for the backup."


def back_up(store: Store, target: Path, *, replace: bool = False) -> int:
    """Copy the database as it stands to `target` and return the copy's size in bytes.

    The copy is checked before it gets its name; until then, and whenever this fails, an older backup stays.
    """
    _refuse_bad_place(store, target, replace=replace)
    store.db.backup(target)
    return target.stat().st_size


def _refuse_bad_place(store: Store, target: Path, *, replace: bool) -> None:
    if not target.exists():
        return
    if target.samefile(store.info.path):
        raise BackupOntoItself(path=target)
    if target.is_dir():
        raise NotABackup(path=target, what="a folder")
    if not replace:
        raise BackupInTheWay(path=target)
    try:
        read_mark(target)
    except StoreUnavailable:
        raise NotABackup(path=target, what="not a StatusDesk database that this program knows") from None
    if target.with_name(target.name + "-wal").exists():
        raise NotABackup(path=target, what="in use")
