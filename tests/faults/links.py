"""Links to a server that are cut at the worst moments: the desk goes on, or says in time what is so."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from statusdesk.domain.changes import Matching
from statusdesk.domain.errors import StatusDeskError
from statusdesk.domain.places import Server
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.store import postgres as engine
from statusdesk.store import server_waiting
from statusdesk.store.store import Store
from tests.faults.trials import Scale, Tally, fill_server, finish, in_child
from tests.links import Link, Trap, Way
from tests.servers import OWNER, ThrowAwayServer, find_binaries

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT_ONCE: Final = 21
_AWAY: Final = 3.0
"""Seconds for which packets are lost where the network comes back; a third of it where nobody is patient."""
_IN_TIME: Final = {"saving": 60.0, "answer lost": 60.0}
"""Within how many seconds there must be a sentence; where nothing is being saved it is `_SOON`."""
_SOON: Final = 25.0
_NEW_NETWORK: Final = 0x40000000
_TRAPS: Final = {
    "reading": (b'"status"', True),
    "writing": (b"", False),
    "saving": (b"COMMIT", False),
    "answer lost": (b"COMMIT", True),
}
"""At which words the link is cut, and whether they arrive."""
_WRITING: Final = (b"pg_temp.selection", b"INTO entry", b"INTO account_state", b"INTO change_set")
_MOMENTS: Final = ("idle", *_TRAPS)
_FEW: Final = [*product(get_args(Way), _MOMENTS, (False,)), *product(get_args(Way), ("idle", "saving"), (True,))]
"""What is tried at the quick scale: ways, moments, and whether the network stays away."""


@dataclass
class _Trial:
    """One desk at its own database, over its own link."""

    way: Way
    moment: str
    stay: bool
    words: bytes
    number: int
    run: int = field(default_factory=lambda: os.getpid() % 10_000)
    link: Link = field(init=False)
    child: tuple[int, int] = field(init=False)
    go: int = field(init=False)

    @property
    def fault(self) -> str:
        """What is tried."""
        return f"link {self.way}{' for good' if self.stay else ''}"

    @property
    def database(self) -> str:
        """Where the desk sits."""
        return f"trial_{self.number}"

    @property
    def network(self) -> str:
        """The network of its own, for links whose packets get lost."""
        return f"sd{self.run}n{self.number % _AT_ONCE}"

    @property
    def address(self) -> str:
        """The first three numbers of the addresses of both its ends."""
        return f"10.{self.run % 200 + 1}.{self.number % _AT_ONCE}"

    @property
    def expected(self) -> frozenset[str]:
        """What may come of it."""
        if self.stay:
            return frozenset(("Undecided",) if self.moment in _IN_TIME else ("CannotReach", "ConnectionLost"))
        told = {"writing": "ConnectionLost", "saving": "Unkept"}
        expected = told.get(self.moment, "done")
        return frozenset((expected, "done") if self.way == "dropped" else (expected,))


def links(scale: Scale) -> list[Tally]:
    """Cut links in every way there is, while nothing goes on, in the midst of it, and while a change is saved."""
    binaries = find_binaries()
    if binaries is None:
        return [Tally("links", outcomes=Counter({"not tried: PostgreSQL is not installed here": 1}))]
    postgres = ThrowAwayServer(binaries)
    try:
        office = postgres.lend()
        fill_server(postgres, office)
        return _cut(scale, postgres, office.name)
    finally:
        postgres.remove()


def _cut(scale: Scale, postgres: ThrowAwayServer, office: str) -> list[Tally]:
    """Cut links in each way, so that new connections get through or not, some at the same time."""
    rootless = os.geteuid() != 0 or not shutil.which("ip")
    chance, slowest = scale.chance("links"), Counter[str]()
    cases = list(product(get_args(Way), _MOMENTS, (False, True))) * (scale.times // 3) or _FEW
    trials = [
        _Trial(way, moment, stay, chance.choice(_WRITING), number)
        for number, (way, moment, stay) in enumerate(cases)
        if way != "dropped" or not rootless
    ]
    tallies = {trial.fault: Tally(trial.fault) for trial in trials}
    for start in range(0, len(trials), _AT_ONCE):
        some = trials[start : start + _AT_ONCE]
        for trial in some:
            postgres.sql("postgres", f"CREATE DATABASE {trial.database} TEMPLATE {office}")
            trial.link = _link(trial, postgres)
        for trial, said, seconds in _together(some, quick=scale.times == 1):
            slowest[trial.fault] = max(slowest[trial.fault], round(seconds))
            _judge(trial, said, seconds, postgres, tallies[trial.fault])
    for fault, tally in tallies.items():
        tally.outcomes["s until told at the most"] = slowest[fault]
    if rootless:
        tallies["dropped"] = Tally("link dropped")
        tallies["dropped"].note("not tried: only root may make a network that loses packets")
    return list(tallies.values())


def _together(trials: list[_Trial], *, quick: bool) -> Iterator[tuple[_Trial, str, float]]:
    """Let some desks begin together, cut all their links, and yield what each said, and after how many seconds."""
    for trial in trials:
        waiting, trial.go = os.pipe()
        trial.child = in_child(_sit, trial, quick, waiting)
        os.close(waiting)
    for trial in trials:
        os.write(trial.go, b"s")
    for trial in trials:
        if os.read(trial.child[1], 1) == b"i":
            _arm(trial)
            os.write(trial.go, b"c")
    away = [trial for trial in trials if trial.way == "dropped"]
    if away:
        time.sleep(_AWAY / 3 if quick else _AWAY)
        for trial in away:
            if not trial.stay:
                _ip(f"link set {trial.network}a up")
    for trial in trials:
        words = finish(*trial.child).decode()
        os.close(trial.go)
        said, seconds = ("!" + words, 0.0) if not words.startswith("[") else json.loads(words)
        trial.link.close()
        if trial.way == "dropped":
            _ip(f"netns del {trial.network}")
        yield trial, said, seconds


def _link(trial: _Trial, postgres: ThrowAwayServer) -> Link:
    if trial.way != "dropped":
        return Link(postgres.folder)
    name, net = trial.network, trial.address
    _ip(f"netns add {name}")
    _ip(f"link add {name}a type veth peer name {name}b netns {name}")
    _ip(f"addr add {net}.1/30 dev {name}a")
    _ip(f"link set {name}a up")
    _ip(f"-n {name} addr add {net}.2/30 dev {name}b")
    _ip(f"-n {name} link set {name}b up")
    return Link(postgres.folder, address=f"{net}.1", drop=lambda: _ip(f"link set {name}a down"))


def _ip(words: str) -> None:
    subprocess.run(["ip", *words.split()], check=True)


def _arm(trial: _Trial) -> None:
    if trial.moment == "idle":
        trial.link.cut(trial.way, stay=trial.stay)
    else:
        words, answer = _TRAPS[trial.moment]
        trial.link.trap = Trap(words or trial.words, trial.way, answer=answer, stay=trial.stay)


def _sit(trial: _Trial, quick: bool, waiting: int, pipe: int) -> None:
    """Sit down at the desk, wait until the link is about to be cut, and work; write what came of it, and when."""
    os.read(waiting, 1)
    if trial.way == "dropped":
        with Path(f"/run/netns/{trial.network}").open() as network:
            if ctypes.CDLL(None, use_errno=True).setns(network.fileno(), _NEW_NETWORK):
                raise OSError(ctypes.get_errno(), "the network cannot be entered")
    patience = ""
    if quick:
        vars(server_waiting).update(PATIENCE=0.3)
        vars(engine).update(_LONGEST=3.0)
        patience = "?connect_timeout=2"
    host = f"{trial.address}.1" if trial.way == "dropped" else "127.0.0.1"
    store = Store(Server(f"postgresql://{OWNER}@{host}:{trial.link.port}/{trial.database}{patience}"))
    desk = Desk(store, author="anna")
    os.write(pipe, b"i")
    os.read(waiting, 1)
    began, said = time.monotonic(), "done"
    try:
        with store.db.explained():
            store.statuses.lines()
            if trial.moment != "reading":
                desk.reassign(Matching(), 3)
    except StatusDeskError as error:
        said = type(error).__name__
    os.write(pipe, json.dumps([said, time.monotonic() - began]).encode())


def _judge(trial: _Trial, said: str, seconds: float, postgres: ThrowAwayServer, tally: Tally) -> None:
    """Compare what was told with what the server knows, and with what must come of such a cut."""
    what = f"{trial.moment} ({trial.words.decode()})" if trial.moment == "writing" else trial.moment
    if said not in trial.expected:
        tally.blame(f"{what}: {said.splitlines()[-1]}")
    if seconds > _IN_TIME.get(trial.moment, _SOON):
        tally.blame(f"{what}: told after {seconds:.0f} seconds only")
    store = Store(postgres.server(trial.database))
    made = store.journal.newest(limit=1)[0].kind == "reassign"
    if said != "Undecided" and made is not (said == "done" and trial.moment != "reading"):
        tally.blame(f"{what}: told {said}, and it was {'' if made else 'not '}made")
    for finding in check(store).findings:
        tally.blame(f"{what}: {finding.problem}")
    store.close()
    postgres.sql("postgres", f"DROP DATABASE {trial.database} WITH (FORCE)")
    tally.note(f"{said} ({trial.moment})" if trial.stay else said)
