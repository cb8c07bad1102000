"""Files that may not be written, locks of others, shares: told in a sentence, and not a byte is changed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from unittest.mock import patch

from statusdesk.domain.errors import StatusDeskError
from statusdesk.domain.store_errors import InUse, OnShare
from statusdesk.store import copying, shares, sqlite_file
from statusdesk.store.store import Store
from tests.faults.trials import DEEDS, Scale, Tally, copy_office, desk_at, finish, in_child, make_office, state

if TYPE_CHECKING:
    from pathlib import Path

_NOBODY = 65_534
_WRITING = ("reassign", "import", "undo", "plans", "restore")


def rights(scale: Scale) -> list[Tally]:
    """Take the right to write away in every way there is."""
    office = scale.folder / "office.statusdesk"
    make_office(office)
    return [
        _read_only(scale, office, "read-only file", 0o444, 0o777),
        _read_only(scale, office, "read-only folder", 0o666, 0o555),
        _read_only(scale, office, "read-only file and folder", 0o444, 0o555),
        _locked(scale, office),
        _share(scale, office),
    ]


def _read_only(scale: Scale, office: Path, fault: str, of_file: int, of_folder: int) -> Tally:
    tally = Tally(fault)
    folder = scale.folder / fault.replace(" ", "-")
    folder.mkdir()
    path = copy_office(office, folder / "a.statusdesk")
    for kept in path.parent.rglob("*"):
        kept.chmod(0o755 if kept.is_dir() else 0o644)
    path.chmod(of_file)
    folder.chmod(of_folder)
    before = path.read_bytes()
    for name in _WRITING:
        said = finish(*in_child(_as_nobody, path, name)).decode()
        if said not in ("ReadOnly, read 4", "CannotOpen, read 4"):
            tally.blame(f"{name}: {said.splitlines()[-1] if said else 'nothing'}")
        if path.read_bytes() != before:
            tally.blame(f"{name}: bytes were changed")
        tally.note("refused and readable")
    folder.chmod(0o755)
    return tally


def _as_nobody(path: Path, name: str, pipe: int) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    said = "done"
    try:
        with desk_at(path) as desk:
            DEEDS[name](desk)
    except StatusDeskError as error:
        said = type(error).__name__
    store = Store(path, "read")
    said += f", read {len(store.statuses.lines()) + 1}"
    store.close()
    os.write(pipe, said.encode())


def _locked(scale: Scale, office: Path) -> Tally:
    """Another program holds the write lock for longer than anybody waits."""
    tally = Tally("locked by another program")
    path = copy_office(office, scale.folder / "locked.statusdesk")
    before = state(path, tally, "before")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for name in _WRITING:
            said = finish(*in_child(_impatient, path, name)).decode()
            if said != "InUse":
                tally.blame(f"{name}: {said.splitlines()[-1] if said else 'nothing'}")
            tally.note("refused")
        other.execute("ROLLBACK")
    if state(path, tally, "afterwards") != before:
        tally.blame("something was changed")
    return tally


def _impatient(path: Path, name: str, pipe: int) -> None:
    sqlite_file._PRAGMAS["busy_timeout"] = 50
    vars(copying).update(PATIENCE=0.05)
    said = "done"
    try:
        with desk_at(path) as desk:
            DEEDS[name](desk)
    except InUse:
        said = "InUse"
    os.write(pipe, said.encode())


def _share(scale: Scale, office: Path) -> Tally:
    """The folder is on a network share, by the kernel's list."""
    tally = Tally("network share")
    path = copy_office(office, scale.folder / "share.statusdesk")
    before, crafted = path.read_bytes(), scale.folder / "mountinfo"
    with patch.object(shares, "_MOUNTS", crafted):
        for kind in ("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"):
            crafted.write_text(f"1 0 0:1 / / rw - ext4 /dev/sda rw\n2 1 0:2 / {scale.folder} rw - {kind} x rw\n")
            _see_refused(path, tally)
            tally.note("refused and readable")
    if path.read_bytes() != before:
        tally.blame("bytes were changed")
    return tally


def _see_refused(path: Path, tally: Tally) -> None:
    try:
        Store(path).close()
        tally.blame("was opened for writing")
    except OnShare:
        Store(path, "read").close()
