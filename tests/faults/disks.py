"""Disks that are full or fail: what was done is there, what was not is refused in a sentence, and work goes on."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.domain.errors import StatusDeskError
from tests.faults.trials import (
    DEEDS,
    Deed,
    Print,
    Scale,
    Tally,
    copy_office,
    desk_at,
    finish,
    in_child,
    make_office,
    state,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.services.desk import Desk

EACH = 3
"""Trials of each deed and fault at the quick scale."""

_ROOM = 24 << 20
_WRITING = ("reassign", "import", "undo", "plans", "restore", "backup")


def disks(scale: Scale) -> list[Tally]:
    """Let every deed meet a full disk, files that may not grow, and a log that cannot be written or synced."""
    office = scale.folder / "office.statusdesk"
    make_office(office)
    tallies = [
        _meet(scale, office, "file may not grow", _may_not_grow),
        _meet(scale, office, "I/O error in the log", partial(_fail_later, ending="-wal")),
        _meet(scale, office, "I/O error in the file", partial(_fail_later, ending="")),
    ]
    return [*tallies, _full_disk(scale, office)]


def _meet(scale: Scale, office: Path, fault: str, spoil: Callable[..., object]) -> Tally:
    tally, chance = Tally(fault), scale.chance(fault)
    path = scale.folder / "spoilt.statusdesk"
    before = state(copy_office(office, path), tally, "before")
    for name in _WRITING:
        for trial in range(EACH * scale.times):
            copy_office(office, path)
            room, what = chance.random(), f"{name} {trial}"
            said = finish(*in_child(_try, path, DEEDS[name], partial(spoil, room=room))).decode()
            _judge(tally, what, said, before, state(path, tally, what), harmless=name in ("backup", "plans"))
            _go_on(path, tally, what)
    return tally


def _judge(tally: Tally, what: str, said: str, before: Print, after: Print, *, harmless: bool) -> None:
    """Compare what was said with what is so."""
    if said.startswith("done"):
        if after == before and not harmless:
            tally.blame(f"{what}: said to be done, and is not")
        tally.note("done")
    elif said.startswith("refused"):
        if after != before and not harmless:
            tally.note("refused at the last moment")
            return
        tally.note("refused")
    else:
        tally.blame(f"{what}: no sentence but {said.splitlines()[-1] if said else 'nothing'}")
        tally.note("other")


def _go_on(path: Path, tally: Tally, what: str) -> None:
    """Once the fault is gone everything works."""
    try:
        with desk_at(path) as desk:
            DEEDS["reassign"](desk)
    except StatusDeskError as error:
        tally.blame(f"{what}: nothing works afterwards: {error}")
    state(path, tally, f"{what}, afterwards")


def _try(path: Path, deed: Deed, spoil: Callable[[Desk], object], pipe: int) -> None:
    said = "done"
    try:
        with desk_at(path) as desk:
            spoil(desk)
            deed(desk)
    except StatusDeskError as error:
        said = f"refused: {error}"
    os.write(pipe, said.encode())


def _may_not_grow(desk: Desk, room: float) -> None:
    """Let no file grow beyond a size; the system then fails the write that would."""
    size = Path(desk.store.info.path).stat().st_size
    limit = int(room * 2 * size) // 4096 * 4096 + 8192
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))


def _fail_later(desk: Desk, *, ending: str, room: float) -> None:
    """After some statements, let every write to the file or its log fail, as a dying disk does."""
    left = [int(room * 60)]

    def count(_statement: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            _open_for_reading_only(f"{desk.store.info.path}{ending}")

    desk.store.db.engine.connection().set_trace_callback(count)


def _open_for_reading_only(name: str) -> None:
    """Put a descriptor that cannot write in the place of those this process has of a file."""
    for descriptor in list(Path("/proc/self/fd").iterdir()):
        with suppress(OSError):
            if str(descriptor.readlink()) == name:
                reading = os.open(name, os.O_RDONLY)
                os.dup2(reading, int(descriptor.name))
                os.close(reading)


def _full_disk(scale: Scale, office: Path) -> Tally:
    """Let deeds meet a small disk of their own that is filled up to a random rest."""
    tally, chance = Tally("disk full"), scale.chance("full")
    disk = scale.folder / "disk"
    disk.mkdir()
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={_ROOM}", "tmpfs", str(disk)], capture_output=True, check=False
        ).returncode
    )
    if not mounted:
        tally.note("not tried: only root may mount a small disk")
        return tally
    try:
        before = state(copy_office(office, disk / "a.statusdesk"), tally, "before")
        for name in _WRITING:
            for trial in range(EACH * scale.times):
                _fill_and_try(disk, office, name, chance.random(), tally, f"{name} {trial}", before)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
    return tally


def _fill_and_try(
    disk: Path, office: Path, name: str, room: float, tally: Tally, what: str, before: Print
) -> None:
    path, filler = copy_office(office, disk / "a.statusdesk"), disk / "filler"
    free = shutil.disk_usage(disk).free
    with filler.open("wb") as file:
        file.write(bytes(max(0, free - int(room * 2_000_000))))
    said = finish(*in_child(_try, path, DEEDS[name], lambda _: None)).decode()
    filler.unlink()
    _judge(tally, what, said, before, state(path, tally, what), harmless=name in ("backup", "plans"))
    _go_on(path, tally, what)
