"""Many desktops at one server, which cuts them off and falls over: what was told as done is there, no more."""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from typing import TYPE_CHECKING

from statusdesk.domain.changes import Matching
from statusdesk.domain.errors import NothingToUndo
from statusdesk.domain.store_errors import InUse, StoreUnavailable
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.store.server_errors import Undecided
from statusdesk.store.store import Store
from tests.faults.trials import Scale, Tally, fill_server, finish, in_child
from tests.servers import ThrowAwayServer, find_binaries

if TYPE_CHECKING:
    from statusdesk.domain.places import Server

DESKTOPS = 8
SECONDS = 4
"""How long the desktops work at the quick scale."""

_HARMS = {"undisturbed": 45, "cut off": 15, "restarted": 15, "power cut": 15}
"""What happens to them, and how many times as long it takes at the full scale, where it waits for its disk."""

_CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'desk' ORDER BY random() LIMIT 2"


def servers(scale: Scale) -> list[Tally]:
    """Let eight desktops work undisturbed, then with connections cut, then with the server falling over."""
    binaries = find_binaries()
    if binaries is None:
        tally = Tally("server")
        tally.outcomes["not tried: PostgreSQL is not installed here"] = 1
        return [tally]
    postgres = ThrowAwayServer(binaries, safe=scale.times > 1)
    try:
        postgres.sql("postgres", "CREATE ROLE desk LOGIN SUPERUSER")
        return [_crowd(scale, postgres, harm) for harm in _HARMS]
    finally:
        postgres.remove()


def _crowd(scale: Scale, postgres: ThrowAwayServer, harm: str) -> Tally:
    tally, chance = Tally(f"{DESKTOPS} desktops, {harm}"), scale.chance(harm)
    server = postgres.lend()
    fill_server(postgres, server)
    store = Store(server)
    before = store.journal.next_id()
    store.close()
    place = postgres.server(server.name, "desk")
    until = time.monotonic() + SECONDS * (1 if scale.times == 1 else _HARMS[harm])
    children = [in_child(lambda pipe, n=n: _work(place, n, until, pipe)) for n in range(DESKTOPS)]
    while time.monotonic() < until - 1:
        time.sleep(chance.uniform(0.2, 1.0))
        _harm(postgres, harm)
    told: Counter[str] = Counter()
    for child in children:
        words = finish(*child)
        if words.startswith(b"!"):
            tally.blame(words.decode().splitlines()[-1])
        else:
            told.update(json.loads(words))
    _judge(Store(server), before, told, tally)
    postgres.give_back(server)
    return tally


def _harm(postgres: ThrowAwayServer, harm: str) -> None:
    if harm == "cut off":
        postgres.sql("postgres", _CUT)
    elif harm in ("restarted", "power cut"):
        postgres.stop("fast" if harm == "restarted" else "immediate")
        postgres.start()


def _judge(store: Store, before: int, told: Counter[str], tally: Tally) -> None:
    """Blame what was told as done and is not there, or the other way round, and every contradiction."""
    (sets,) = store.db.rows("SELECT count(*) FROM change_set WHERE id >= ?", (before,))[0]
    if not told["done"] <= sets <= told["done"] + told["undecided"]:
        tally.blame(f"{told['done']} changes were told as done, {sets} are there")
    if store.journal.next_id() != before + sets:
        tally.blame("the change sets are not numbered without gaps")
    for finding in check(store).findings:
        tally.blame(finding.problem)
    store.close()
    tally.trials = sum(told.values())
    tally.outcomes = told


def _work(place: Server, seed: int, until: float, pipe: int) -> None:
    chance, told = random.Random(seed), Counter[str]()
    store = _patiently(place, until)
    while store is not None and time.monotonic() < until:
        desk = Desk(store, author=f"desk {seed}")
        try:
            if chance.random() < 0.15:
                outcome = desk.undo()
            else:
                outcome = desk.reassign(Matching(search=f"person {chance.randint(1, 99)}"), chance.randint(1, 3))
            told["done" if outcome.change_set else "already there"] += 1
        except NothingToUndo:
            continue
        except Undecided:
            told["undecided"] += 1
        except (InUse, StoreUnavailable) as error:
            told[f"not made: {type(error).__name__}"] += 1
            time.sleep(0.05)
        except Exception as error:
            if not isinstance(error, store.db.errors):
                raise
            told["not begun"] += 1
            time.sleep(0.05)
    if store is not None:
        store.close()
    os.write(pipe, json.dumps(told).encode())


def _patiently(place: Server, until: float) -> Store | None:
    """Open the database, however long the server does not answer."""
    while time.monotonic() < until:
        try:
            return Store(place)
        except StoreUnavailable:
            time.sleep(0.05)
    return None
