"""Many programs at one file, and clocks that jump: nothing is lost, doubled or put out of order."""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from statusdesk.domain.changes import Matching
from statusdesk.domain.errors import NothingToUndo
from statusdesk.domain.instants import now
from statusdesk.domain.store_errors import InUse
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store
from tests.faults.trials import DAY, Scale, Tally, copy_office, desk_at, finish, in_child, make_office, state

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMS = 8
SECONDS = 4
"""How long the crowd works at the quick scale; the full one takes some minutes."""

_LIFE = {"back an hour": -3_600_000, "back ten years": -3650 * DAY, "on ten years": 3650 * DAY, "1970": -now()}


def crowd(scale: Scale) -> list[Tally]:
    """Let eight programs move and take back accounts of one file at once."""
    tally = Tally(f"{PROGRAMS} programs at once")
    office, path = scale.folder / "office.statusdesk", scale.folder / "crowd.statusdesk"
    make_office(office)
    copy_office(office, path)
    before = _counts(path)
    until = time.monotonic() + SECONDS * (1 if scale.times == 1 else 45)
    children = [
        in_child(lambda pipe, n=n: _work(path, scale.seed * 100 + n, until, pipe)) for n in range(PROGRAMS)
    ]
    said = [finish(*child) for child in children]
    told: Counter[str] = Counter()
    for words in said:
        if words.startswith(b"!"):
            tally.blame(words.decode().splitlines()[-1])
        else:
            told.update(json.loads(words))
    after = _counts(path)
    state(path, tally, "afterwards")
    sets, entries = after[0] - before[0], after[1] - before[1]
    if (sets, entries) != (told["done"], told["moved"]):
        tally.blame(f"{told['done']} changes of {told['moved']} accounts were told, {sets} of {entries} are there")
    tally.trials = told["done"] + told["already"] + told["in use"]
    tally.outcomes = Counter({"changes": told["done"], "accounts moved": told["moved"]})
    tally.outcomes.update({"were already there": told["already"], "refused as in use": told["in use"]})
    return [tally]


def _counts(path: Path) -> tuple[int, int]:
    store = Store(path, "read")
    sets, entries = store.db.rows("SELECT (SELECT count(*) FROM change_set), (SELECT count(*) FROM entry)")[0]
    store.close()
    return sets, entries


def _work(path: Path, seed: int, until: float, pipe: int) -> None:
    chance, told = random.Random(seed), Counter[str]()
    store = Store(path)
    desk = Desk(store, author=f"desk {seed}")
    while time.monotonic() < until:
        try:
            if chance.random() < 0.15:
                outcome = desk.undo()
            else:
                search = f"person {chance.randint(1, 99)}"
                outcome = desk.reassign(Matching(search=search), chance.randint(1, 3))
        except InUse:
            told["in use"] += 1
        except NothingToUndo:
            continue
        else:
            told["done" if outcome.change_set else "already"] += 1
            told["moved"] += outcome.consequences.changed if outcome.change_set and outcome.consequences else 0
    store.close()
    os.write(pipe, json.dumps(told).encode())


def clock(scale: Scale) -> list[Tally]:
    """Turn the clock between changes; order and undo go by sequence, and what is due is done once."""
    tallies = [_turn(scale, name, by) for name, by in _LIFE.items()]
    for tally in tallies:
        tally.fault = f"clock {tally.fault}"
    return tallies


def _turn(scale: Scale, name: str, by: int) -> Tally:
    tally, chance = Tally(name), scale.chance(name)
    path = scale.folder / f"{name}.statusdesk"
    for trial in range(3 * scale.times):
        if not path.exists():
            make_office(path)
        at = [now() + chance.randint(0, DAY)]
        with desk_at(path) as seat:
            desk = Desk(seat.store, author="anna", clock=partial(at.__getitem__, 0))
            desk.reassign(Matching(search=f"person {trial % 90}"), 1)
            at[0] += by
            last = desk.reassign(Matching(search="person 1"), chance.choice((2, 3)))
            undone = desk.undo() if last.change_set else None
            if undone and (undone.left or undone.changed != last.changed):
                tally.blame(f"trial {trial}: undo took another change than the last")
            desk.apply_due()
            if desk.apply_due().done:
                tally.blame(f"trial {trial}: carried out twice")
            for finding in check(desk.store).findings:
                tally.blame(f"trial {trial}: {finding.check}: {finding.problem}")
        tally.note("in order")
    return tally
