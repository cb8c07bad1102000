"""What SQLite reports, told as what happened to the file and what helps."""

import os
import sqlite3
from pathlib import Path
from typing import Final

import peewee

from statusdesk.domain.store_errors import (
    CannotOpen,
    Damaged,
    DiskTrouble,
    InUse,
    ReadOnly,
    StoreUnavailable,
)

DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""Codes by which the engine says that what it reads is no sound database."""

_DISK_FAULTS: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})


def cause_of(error: BaseException) -> BaseException | None:
    """Return the engine's own error, which Peewee may have wrapped."""
    found: BaseException | None = error
    while isinstance(found, peewee.PeeweeException):
        found = found.__cause__ or found.__context__
    return found


def explain(error: BaseException, path: Path | str) -> StoreUnavailable:
    """Turn the engine's error into the sentence that helps a person; bugs of ours are passed on as they are."""
    found = cause_of(error)
    if _quotes_damage(found):
        return Damaged(path=path, reason="its texts cannot be read")
    code = getattr(found, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    text = str(found or error)
    unwritable = primary == sqlite3.SQLITE_CANTOPEN and Path(path).exists() and not os.access(path, os.W_OK)
    if primary == sqlite3.SQLITE_READONLY or unwritable:
        return ReadOnly(path=path)
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return InUse(path=path)
    if primary in _DISK_FAULTS:
        return DiskTrouble(path=path, reason=text)
    if primary in DAMAGE or "file is not a database" in text:
        return Damaged(path=path, reason=text)
    if primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return CannotOpen(path=path, reason=text)
    raise error


def _quotes_damage(error: BaseException | None) -> bool:
    """Say whether the engine, or its message, quotes bytes of the file that are no text any more."""
    if isinstance(error, UnicodeDecodeError):
        return bytes(error.object).startswith(b"malformed")
    return str(error).startswith("Could not decode to UTF-8")
