"""What the faults share: an office to harm, deeds to interrupt, and what must hold after everything."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.domain.changes import Matching
from statusdesk.domain.errors import StatusDeskError
from statusdesk.domain.instants import now
from statusdesk.services import keeping
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.services.restoring import restore
from statusdesk.store import backups
from statusdesk.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from statusdesk.domain.places import Server
    from tests.servers import ThrowAwayServer

ACCOUNTS = 1_500
DAY = 86_400_000

Deed = Callable[[Desk], object]
Print = tuple[object, ...]
"""What tells two states of a database apart: the newest change set, sizes, and accounts and charges by status."""


@dataclass
class Tally:
    """How often a fault was tried, what came of it by kind, and everything that must not be."""

    fault: str
    trials: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def note(self, outcome: str) -> None:
        """Count a trial and what came of it."""
        self.trials += 1
        self.outcomes[outcome] += 1

    def blame(self, problem: str) -> None:
        """Remember what must not be."""
        self.wrong.append(problem)

    def line(self) -> str:
        """Say it in one line."""
        came = ", ".join(f"{number} {outcome}" for outcome, number in sorted(self.outcomes.items()))
        return f"{self.fault:<28} {self.trials:>6}  {len(self.wrong):>3} wrong  {came}"


@dataclass(frozen=True)
class Scale:
    """How much is tried: a folder to do it in, a seed, and by how much the quick scale is multiplied."""

    folder: Path
    seed: int
    times: int

    def chance(self, fault: str) -> random.Random:
        """Return what decides in a fault's trials, the same for the same seed."""
        return random.Random(f"{self.seed} {fault}")


def make_office(path: Path) -> None:
    """Make a database of 1,500 accounts with history, plans of which some are due, and a backup of before."""
    past = [now() - 40 * DAY]
    store = Store(path, time_zone="Europe/Berlin", clock=lambda: past[0])
    desk = Desk(store, author="anna", clock=lambda: past[0])
    rows = [(line, (f"{line:05}", f"Person {line}", 2, 1000 + line)) for line in range(ACCOUNTS)]
    desk.import_accounts(("number", "name", "status", "monthly_charge"), rows, file="all.csv")
    desk.reassign(Matching(search="7"), 1)
    keeping.take_daily(store, at=past[0])
    for day in range(1, 9):
        desk.plan_change(Matching(search=f"person {day}4"), 3, past[0] + day * DAY)
    past[0] += 10 * DAY
    desk.reassign(Matching(search="person 12"), 3, reason="moved away")
    store.close()


def fill_server(postgres: ThrowAwayServer, server: Server) -> None:
    """Make a lent database on a server one of 1,500 accounts."""
    postgres.furnish(server, currency="EUR", time_zone="Europe/Berlin", at=0)
    store = Store(server)
    rows = [(line, (f"{line:05}", f"Person {line}", 2)) for line in range(ACCOUNTS)]
    Desk(store, author="anna").import_accounts(("number", "name", "status"), rows, file="all.csv")
    store.close()


def import_more(desk: Desk) -> object:
    """Bring in as many accounts again, half of them known."""
    start = ACCOUNTS // 2
    rows = [(line, (f"{line:05}", f"Person {line}", 2, 5)) for line in range(start, start + ACCOUNTS)]
    return desk.import_accounts(("number", "name", "status", "monthly_charge"), rows, file="more.csv")


def go_back(desk: Desk) -> object:
    """Restore the oldest backup."""
    return restore(desk, backups.usable(Path(desk.store.info.path))[-1].path)


DEEDS: dict[str, Deed] = {
    "reassign": lambda desk: desk.reassign(Matching(), 3, reason="all of them"),
    "import": import_more,
    "undo": lambda desk: desk.undo(2),
    "plans": lambda desk: desk.apply_due(),
    "merge": lambda desk: desk.delete_status(_spare(desk), move_to=1),
    "backup": lambda desk: keeping.take_daily(desk.store),
    "restore": go_back,
}


def _spare(desk: Desk) -> int:
    made = desk.create_status({"name": "Spare", "shape": "moon", "colour": "#0A66B5"}).status_id
    assert made is not None
    return made


def copy_office(office: Path, target: Path) -> Path:
    """Give a trial an office of its own, with its backups."""
    forget(target)
    shutil.copy(office, target)
    shutil.copytree(backups.folder_of(office), backups.folder_of(target))
    return target


def forget(path: Path) -> None:
    """Remove a database with all that belongs to it."""
    shutil.rmtree(backups.folder_of(path), ignore_errors=True)
    for left in path.parent.glob(f"*{path.name}*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink()


def fingerprint(store: Store) -> Print:
    """Return what tells this state from others."""
    sizes = store.db.rows(
        "SELECT (SELECT max(id) FROM change_set), (SELECT count(*) FROM entry), (SELECT count(*) FROM plan_step)"
    )[0]
    return (*sizes, tuple(sorted(store.statuses.counts().items())))


def state(path: Path, tally: Tally, what: str) -> Print:
    """Open the database as a person would, check all of it, and return its fingerprint; faults go to the tally."""
    try:
        store = Store(path)
    except StatusDeskError as error:
        tally.blame(f"{what}: does not open: {error}")
        return ()
    try:
        for finding in check(store).findings:
            tally.blame(f"{what}: {finding.check}: {finding.problem}")
        return fingerprint(store)
    finally:
        store.close()


def in_child(work: Callable[..., None], *given: object) -> tuple[int, int]:
    """Do work in a process of its own; returns its id and the reading end of the pipe that it is given last."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    code = 70
    try:
        work(*given, writing)
        code = 0
    except BaseException:
        os.write(writing, b"!" + traceback.format_exc().encode())
    finally:
        os._exit(code)


def finish(child: int, reading: int, *, kill: bool = False) -> bytes:
    """Wait for a child, killed first if wanted, and return what it wrote."""
    if kill:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    said = b""
    while part := os.read(reading, 65_536):
        said += part
    os.close(reading)
    os.waitpid(child, 0)
    return said


@contextmanager
def desk_at(path: Path) -> Iterator[Desk]:
    """Sit down at a database."""
    store = Store(path)
    try:
        yield Desk(store, author="anna")
    finally:
        store.close()
