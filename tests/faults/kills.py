"""Kills at random moments of everything that writes: afterwards it has happened whole, or not at all."""

from __future__ import annotations

import os
import select
import sqlite3
import time
from typing import TYPE_CHECKING
from unittest.mock import patch

from statusdesk.services.checking import check
from statusdesk.store import backups, migrations, sqlite_file
from statusdesk.store.migrations import SCHEMA, Runs
from statusdesk.store.store import Store
from tests.faults.trials import (
    DEEDS,
    Deed,
    Print,
    Scale,
    Tally,
    copy_office,
    desk_at,
    fingerprint,
    finish,
    in_child,
    make_office,
    state,
)

if TYPE_CHECKING:
    from pathlib import Path

    from statusdesk.store.database import Parameters, Rows

EACH = 6
"""Trials of each deed at the quick scale; 25 times as many at the full one make a thousand of all deeds."""

_AGAIN = 0.25
"""The share of trials in which the next start is killed as well."""


def kills(scale: Scale) -> list[Tally]:
    """Kill each deed many times."""
    office = scale.folder / "office.statusdesk"
    make_office(office)
    tallies = [_kill_deed(scale, office, name, deed) for name, deed in DEEDS.items()]
    return [*tallies, _kill_migration(scale, office)]


def _kill_deed(scale: Scale, office: Path, name: str, deed: Deed) -> Tally:
    tally, chance = Tally(f"kill during {name}"), scale.chance(name)
    path = copy_office(office, scale.folder / f"{name}.statusdesk")
    before = state(path, tally, "before")
    states, duration = _rehearse(path, deed)
    for trial in range(EACH * scale.times):
        copy_office(office, path)
        child, reading = in_child(_do, path, deed)
        acknowledged = kill_within(child, reading, chance.uniform(0, 1.7 * duration))
        if chance.random() < _AGAIN:
            child, reading = in_child(_open, path)
            time.sleep(chance.uniform(0, 0.02))
            finish(child, reading, kill=True)
        after = state(path, tally, f"trial {trial}")
        outcome = "not at all" if after == before else "whole" if after == states[-1] else "in whole steps"
        if name == "restore" and after[:1] == states[-1][:1]:
            outcome = "whole"
        elif after not in (before, *states):
            tally.blame(f"trial {trial}: half a change: {after}")
        if acknowledged and outcome != "whole" and name != "backup":
            tally.blame(f"trial {trial}: acknowledged, and then lost")
        _see_backups(path, tally, trial)
        tally.note("sound" if name == "backup" else outcome)
    return tally


def _rehearse(path: Path, deed: Deed) -> tuple[list[Print], float]:
    """Do the deed undisturbed; return every state that it passes through as a whole, and its seconds."""
    states: list[Print] = []
    with desk_at(path) as desk:
        desk.store.db.value("SELECT 1")
        real = desk.store.db.run
        watching = Store(path, "read")

        def run(sql: str, parameters: Parameters = ()) -> Rows:
            done = real(sql, parameters)
            if sql == "COMMIT":
                states.append(fingerprint(watching))
            return done

        started = time.monotonic()
        with patch.object(desk.store.db, "run", run):
            deed(desk)
        duration = time.monotonic() - started
        states.append(fingerprint(watching))
        watching.close()
    return states, duration


def _do(path: Path, deed: Deed, pipe: int) -> None:
    with desk_at(path) as desk:
        os.write(pipe, b"b")
        deed(desk)
        os.write(pipe, b"d")
        select.select([], [], [], 0.05)


def _open(path: Path, _pipe: int) -> None:
    Store(path).close()


def kill_within(child: int, reading: int, seconds: float) -> bool:
    """Kill a child some time after it began; return whether it had said that it was done."""
    begun = os.read(reading, 1)
    time.sleep(seconds)
    said = begun + finish(child, reading, kill=True)
    if said[:1] == b"!" or b"!" in said[1:]:
        raise RuntimeError(said.decode())
    return said.endswith(b"d")


def _see_backups(path: Path, tally: Tally, trial: int) -> None:
    """Every file that has a backup's name is a whole backup."""
    for backup in backups.usable(path):
        store = Store(backup.path, "read")
        if check(store).findings:
            tally.blame(f"trial {trial}: the backup {backup.path.name} is not sound")
        store.close()


def _kill_migration(scale: Scale, office: Path) -> Tally:
    """Kill bringing a file up to date, with a step that rewrites every account."""
    tally, chance = Tally("kill during migration"), scale.chance("migration")
    path = copy_office(office, scale.folder / "migration.statusdesk")
    started = time.monotonic()
    finish(*in_child(_migrate, path))
    duration = time.monotonic() - started
    for trial in range(EACH * scale.times):
        copy_office(office, path)
        child, reading = in_child(_migrate, path)
        kill_within(child, reading, chance.uniform(0, duration))
        with sqlite3.connect(path) as file:
            (schema,) = file.execute("PRAGMA user_version").fetchone()
            columns = [column for _, column, *_ in file.execute("PRAGMA table_info(account)")]
            (rewritten,) = file.execute("SELECT count(*) FROM account WHERE note = 'migrated'").fetchone()
            (whole,) = file.execute("PRAGMA integrity_check(1)").fetchone()
        file.close()
        new = schema == SCHEMA + 1
        if whole != "ok" or new is not ("extra" in columns) or bool(rewritten) is not new:
            tally.blame(f"trial {trial}: half a migration: {schema}, {columns}, {rewritten}, {whole}")
        if new and not any(backup.occasion == "update" for backup in backups.usable(path)):
            tally.blame(f"trial {trial}: migrated without a backup")
        if not new:
            state(path, tally, f"trial {trial}")
        said = finish(*in_child(_migrate, path))
        if said != b"bd":
            tally.blame(f"trial {trial}: the next start did not complete it: {said!r}")
        tally.note("whole" if new else "not at all")
    return tally


def _migrate(path: Path, pipe: int) -> None:
    def step(run: Runs) -> None:
        run("ALTER TABLE account ADD COLUMN extra TEXT NOT NULL DEFAULT ''")
        run("UPDATE account SET note = 'migrated', extra = number")

    vars(sqlite_file).update(STEPS=(*migrations.STEPS, step), SCHEMA=SCHEMA + 1)
    os.write(pipe, b"b")
    sqlite_file.SqliteFile(path).close()
    os.write(pipe, b"d")
