"""Moving very many accounts, and taking it back, against the fewest statements that write the same rows."""

import json
import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

from benchmarks.pairs import Figure, Target, by_turns, timed
from benchmarks.raw import connect, copies
from statusdesk.domain.changes import AccountIds
from statusdesk.domain.instants import now
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store

MOVED = 100_000

_SELECT = "INSERT INTO picked SELECT value FROM json_each(?)"
_ENTRIES = """
INSERT INTO entry (change_set_id, account_id, previous_id, effective_at, old_status_id, new_status_id,
    old_charge, new_charge, old_delinquent, new_delinquent, old_since, new_since, old_tip, new_tip)
SELECT :id, s.account_id, s.last_entry_id, max(:at, s.changed_at), s.status_id, :to, s.monthly_charge,
    s.monthly_charge, s.delinquent, s.delinquent, s.since, max(:at, s.changed_at), s.tip, :id
FROM picked p CROSS JOIN account_state s ON s.account_id = p.account_id WHERE s.status_id <> :to
"""
_STATES = """
INSERT INTO account_state SELECT account_id, new_status_id, new_since, new_charge, new_delinquent, effective_at,
    id, new_tip FROM entry WHERE id BETWEEN ? AND ?
ON CONFLICT (account_id) DO UPDATE SET status_id = excluded.status_id, since = excluded.since,
    changed_at = excluded.changed_at, last_entry_id = excluded.last_entry_id, tip = excluded.tip
"""
_LINES = """
SELECT group_concat(json_array(id, change_set_id, account_id, previous_id, effective_at, old_status_id,
    new_status_id, old_charge, new_charge, old_delinquent, new_delinquent, old_since, new_since, old_tip,
    new_tip), char(10)) FROM entry WHERE id BETWEEN ? AND ?
"""
_SUMS = "SELECT old_status_id, count(*), sum(old_charge) FROM entry WHERE id BETWEEN ? AND ? GROUP BY 1"
_ADD = "DO UPDATE SET accounts = accounts + excluded.accounts, charge = charge + excluded.charge"


def figures(accounts: int, rounds: int) -> Iterator[Figure]:
    """Measure reassigning scattered accounts, and undoing it."""
    ids = random.Random(5).sample(range(1, accounts + 1), min(MOVED, accounts))
    undos: list[float] = []
    with copies(accounts, 2) as (ours, theirs):
        store, engine = Store(ours), connect(theirs)
        desk = Desk(store, author="bench")
        turns = iter(range(1_000))

        def ours_once() -> float:
            told: list[int] = []
            with timed() as reassigning:
                moved = desk.reassign(AccountIds(tuple(ids)), 2 + next(turns) % 2, progress=told.append)
            with timed() as undoing:
                back = desk.undo(progress=told.append)
            undos.append(undoing.seconds * 1000)
            _agree(moved.changed == back.changed == told[-1])
            desk.redo()
            return reassigning.seconds

        raw_turns = iter(range(1_000))

        def raw_once() -> float:
            with timed() as watch:
                _reassign(engine, ids, 2 + next(raw_turns) % 2)
            return watch.seconds

        readings, limit = by_turns(rounds, ours_once, raw_once)
        _agree(not check(store).findings)
        store.close()
        engine.close()
    what = f"reassign {len(ids):,} scattered accounts, with progress, committed durably"
    yield Figure(
        what, "the fewest raw statements that write the same rows", accounts, Target(1.2), readings, limit
    )
    yield Figure("undo of it", "the reassign", accounts, Target(1.2), undos[1:], readings)


def _agree(holds: bool) -> None:
    if not holds:
        raise AssertionError("the benchmark did not do what it measures")


def _reassign(engine: sqlite3.Connection, ids: list[int], status: int) -> None:
    """Do what the verb does, knowing beforehand all that it has to find out."""
    at = now()
    day = datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
    engine.execute("BEGIN IMMEDIATE")
    engine.execute("CREATE TEMP TABLE IF NOT EXISTS picked (account_id INTEGER NOT NULL PRIMARY KEY)")
    engine.execute("DELETE FROM picked")
    engine.execute(_SELECT, (json.dumps(sorted(ids)),))
    ((change_set, first),) = engine.execute(
        "SELECT (SELECT max(id) FROM change_set) + 1, (SELECT max(id) FROM entry) + 1"
    )
    engine.execute(_ENTRIES, {"id": change_set, "at": at, "to": status})
    ((last,),) = engine.execute("SELECT max(id) FROM entry")
    engine.execute(_STATES, (first, last))
    sums = engine.execute(_SUMS, (first, last)).fetchall()
    count = sum(accounts for _, accounts, _ in sums)
    changes = [(old, -accounts, -charge) for old, accounts, charge in sums]
    changes.append((status, count, sum(charge for *_, charge in sums)))
    engine.executemany(f"INSERT INTO status_count VALUES (?, ?, ?) ON CONFLICT (status_id) {_ADD}", changes)
    engine.executemany(
        f"INSERT INTO status_day VALUES ('{day}', ?, ?, ?) ON CONFLICT (day, status_id) {_ADD}", changes
    )
    engine.execute("INSERT OR IGNORE INTO day_peak VALUES (?, 0, 0, NULL, NULL, ?, ?)", (day, at, first))
    ((lines,),) = engine.execute(_LINES, (first, last))
    engine.execute(
        "INSERT INTO change_set VALUES (?, ?, 'bench', 'reassign', '', '{}', ?, ?, ?, NULL, ?)",
        (change_set, at, count, first, last, sha256(lines.encode()).hexdigest()),
    )
    engine.execute("COMMIT")
