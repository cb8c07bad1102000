"""Bytes that were flipped, zeroed or cut off, in the file and in its log: noticed, told, and never made worse."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from statusdesk.domain.errors import StatusDeskError
from statusdesk.services.checking import check
from statusdesk.store.salvaging import salvage
from statusdesk.store.store import Store
from tests.faults.trials import (
    DEEDS,
    Print,
    Scale,
    Tally,
    copy_office,
    desk_at,
    fingerprint,
    finish,
    forget,
    in_child,
    make_office,
    state,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    Way = Callable[[bytearray, random.Random], None]

EACH = 12
"""Trials of each kind at the quick scale."""

_PAGE = 4096


def damage(scale: Scale) -> list[Tally]:
    """Damage the file in four ways, and the log in three."""
    office = scale.folder / "office.statusdesk"
    make_office(office)
    ways = {"bits flipped": _flip, "a page zeroed": _zero, "a page of something else": _foreign, "cut off": _cut}
    tallies = [_damage_file(scale, office, name, way) for name, way in ways.items()]
    return [*tallies, *(_damage_log(scale, office, name) for name in ("flipped", "cut off", "gone"))]


def _flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _zero(content: bytearray, chance: random.Random) -> None:
    page = chance.randrange(len(content) // _PAGE) * _PAGE
    content[page : page + _PAGE] = bytes(_PAGE)


def _foreign(content: bytearray, chance: random.Random) -> None:
    page = chance.randrange(len(content) // _PAGE) * _PAGE
    content[page : page + _PAGE] = chance.randbytes(_PAGE)


def _cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(1, len(content)) :]


def _damage_file(scale: Scale, office: Path, name: str, way: Way) -> Tally:
    tally, chance = Tally(f"file: {name}"), scale.chance(name)
    whole, contents = office.read_bytes(), _contents(office)
    path = scale.folder / "damaged.statusdesk"
    for trial in range(EACH * scale.times):
        forget(path)
        content = bytearray(whole)
        way(content, chance)
        path.write_bytes(content)
        outcome = _look(path, contents, tally, f"trial {trial}")
        if path.read_bytes() != content:
            tally.blame(f"trial {trial}: looking at it changed the file")
        if outcome in ("told when opened", "found by the check"):
            _read_the_rest(path, tally, trial)
        if path.read_bytes() != content:
            tally.blame(f"trial {trial}: reading the rest changed the file")
        tally.note(outcome)
    return tally


def _look(path: Path, contents: int, tally: Tally, what: str) -> str:
    """Open for reading and check; return how the damage was noticed, if it was."""
    try:
        store = Store(path, "read")
    except StatusDeskError:
        return "told when opened"
    except Exception as error:
        tally.blame(f"{what}: opening: {error!r}")
        return "other"
    try:
        found = check(store).findings
    except StatusDeskError:
        return "told when read"
    except Exception as error:
        tally.blame(f"{what}: checking: {error!r}")
        return "other"
    finally:
        store.close()
    if found:
        return "found by the check"
    return "harmless" if _contents(path) == contents else "not noticed, within a text"


def _contents(path: Path) -> int:
    """Return what tells all values of all tables apart."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as file:
        file.text_factory = bytes
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return hash(tuple(tuple(file.execute(f'SELECT * FROM "{name.decode()}"')) for name in sorted(tables)))


def _read_the_rest(path: Path, tally: Tally, trial: int) -> None:
    target = path.with_name("rest.statusdesk")
    forget(target)
    try:
        salvage(path, target)
        store = Store(target, "read")
        fingerprint(store)
        store.close()
    except StatusDeskError:
        return
    except Exception as error:
        tally.blame(f"trial {trial}: reading the rest: {error!r}")


def _damage_log(scale: Scale, office: Path, name: str) -> Tally:
    """Damage a log that a crash left behind: the file opens at the last change that is whole in it."""
    tally, chance = Tally(f"log {name}"), scale.chance(f"log {name}")
    path = copy_office(office, scale.folder / "log.statusdesk")
    states = [state(path, tally, "before")]
    finish(*in_child(_leave_a_log, path))
    log = path.with_name(path.name + "-wal")
    file, whole = path.read_bytes(), log.read_bytes()
    states += _states_of(path, file, whole, tally)
    for trial in range(EACH * scale.times):
        content = bytearray(whole)
        if name == "flipped":
            _flip(content, chance)
        elif name == "cut off":
            _cut(content, chance)
        forget(path)
        path.write_bytes(file)
        if name != "gone":
            log.write_bytes(content)
        after = state(path, tally, f"trial {trial}")
        if after not in states:
            tally.blame(f"trial {trial}: opens at no whole change: {after}")
        tally.note("all of it" if after == states[-1] else "up to the damage")
    return tally


def _leave_a_log(path: Path, pipe: int) -> None:
    with desk_at(path) as desk:
        desk.store.db.run("PRAGMA wal_autocheckpoint = 0")
        desk.store.db.run("PRAGMA wal_checkpoint(truncate)")
        for number in range(6):
            desk.create_account({"number": f"n{number}", "status_id": 1})
        DEEDS["reassign"](desk)
        os.write(pipe, b"d")
        os._exit(0)


def _states_of(path: Path, file: bytes, log: bytes, tally: Tally) -> list[Print]:
    """Return every state at which a log can end, by giving it to the engine frame by frame."""
    states: list[Print] = []
    frame = _PAGE + 24
    for length in range(32, len(log) + 1, frame * 4):
        states.append(_state_with(path, file, log[:length], tally))
    states.append(_state_with(path, file, log, tally))
    return list(dict.fromkeys(states))


def _state_with(path: Path, file: bytes, log: bytes, tally: Tally) -> Print:
    forget(path)
    path.write_bytes(file)
    path.with_name(path.name + "-wal").write_bytes(log)
    return state(path, tally, "log")
