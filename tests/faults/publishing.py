"""Kills while levels are published to a RADIUS database: as before or as after, and the next one ends it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from statusdesk.domain.changes import Matching
from statusdesk.domain.targets import Result, Target, TargetKind
from statusdesk.services import level_verbs
from statusdesk.services.publishing import Wish, publish
from statusdesk.store.store import Store
from statusdesk.store.targets import Targets
from tests.faults.kills import kill_within
from tests.faults.trials import ACCOUNTS, Scale, Tally, copy_office, desk_at, finish, in_child, make_office, state

if TYPE_CHECKING:
    from pathlib import Path

EACH = 6
"""Trials at the quick scale."""

_TABLES = """
CREATE TABLE radusergroup (id INTEGER PRIMARY KEY, username TEXT, groupname TEXT, priority INTEGER DEFAULT 1);
CREATE TABLE radgroupcheck (id INTEGER PRIMARY KEY, groupname TEXT, attribute TEXT, op TEXT, value TEXT);
CREATE TABLE radgroupreply (id INTEGER PRIMARY KEY, groupname TEXT, attribute TEXT, op TEXT, value TEXT);
CREATE TABLE radcheck (id INTEGER PRIMARY KEY, username TEXT, attribute TEXT, op TEXT, value TEXT);
CREATE TABLE radreply (id INTEGER PRIMARY KEY, username TEXT, attribute TEXT, op TEXT, value TEXT);
"""


def publishing(scale: Scale) -> list[Tally]:
    """Kill the publishing of a change of half of the accounts at random moments."""
    tally, chance = Tally("kill during publishing"), scale.chance("publishing")
    office, radius = scale.folder / "office.statusdesk", scale.folder / "radius.db"
    _furnish(office, radius)
    before, whole = _members(radius), scale.folder / "before.db"
    shutil.copy(radius, whole)
    path = copy_office(office, scale.folder / "published.statusdesk")
    started = time.monotonic()
    finish(*in_child(_publish, path))
    duration, after = time.monotonic() - started, _members(radius)
    for trial in range(EACH * scale.times):
        copy_office(office, path)
        shutil.copy(whole, radius)
        told = kill_within(*in_child(_publish, path), chance.uniform(0, 0.5 * duration))
        found = _members(radius)
        if found not in (before, after) or (told and found != after):
            tally.blame(f"trial {trial}: half published, or told and lost")
        state(path, tally, f"trial {trial}")
        if finish(*in_child(_publish, path)) != b"bd" or _members(radius) != after:
            tally.blame(f"trial {trial}: the next publish did not end it")
        tally.note("whole" if found == after else "not at all")
    return [tally]


def _furnish(office: Path, radius: Path) -> None:
    """Make an office with levels that are published, and half of its accounts moved since."""
    with closing(sqlite3.connect(radius)) as file:
        file.executescript(_TABLES)
    make_office(office)
    with desk_at(office) as desk:
        level_verbs.make_usual(desk)
        rows = [(line, (f"{line:05}", f"user-{line}")) for line in range(ACCOUNTS)]
        desk.import_accounts(("number", "radius_user"), rows, file="users.csv")
        with desk.store.db.transaction():
            Targets(desk.store.db).put(Target(0, "Core", TargetKind.RADIUS, f"sqlite:///{radius}"))
    finish(*in_child(_publish, office))
    with desk_at(office) as desk:
        desk.reassign(Matching(search="1"), 3)


def _publish(path: Path, pipe: int) -> None:
    store = Store(path)
    (target,) = Targets(store.db).all()
    losing = publish(store, target, Wish("anna", dry_run=True)).losing
    os.write(pipe, b"b")
    done = publish(store, target, Wish("anna", confirm_losing=len(losing)))
    assert done.result in (Result.PUBLISHED, Result.NOTHING)
    os.write(pipe, b"d")
    store.close()


def _members(radius: Path) -> tuple[tuple[str, str], ...]:
    with closing(sqlite3.connect(radius)) as file:
        return tuple(file.execute("SELECT username, groupname FROM radusergroup ORDER BY username, groupname"))
