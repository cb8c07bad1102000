"""How many accounts each status has now, against one indexed read for each; and how large the file is."""

import sqlite3
from collections.abc import Iterator

from benchmarks import data
from benchmarks.pairs import Figure, Target, by_turns, timed
from benchmarks.raw import connect, folder
from statusdesk.store.store import Store

TIMES = 200


def distribution(accounts: int, rounds: int) -> Iterator[Figure]:
    """Measure reading the counts and charges of all statuses."""
    path = data.database(accounts)
    store, engine = Store(path, "read"), connect(path)
    statuses = [status_id for (status_id,) in engine.execute("SELECT id FROM status")]

    def ours() -> float:
        with timed() as watch:
            for _ in range(TIMES):
                store.statuses.counts()
        return watch.seconds / TIMES

    def limit() -> float:
        read = "SELECT status_id, accounts, charge FROM status_count WHERE status_id = ?"
        with timed() as watch:
            for _ in range(TIMES):
                for status_id in statuses:
                    engine.execute(read, (status_id,)).fetchone()
        return watch.seconds / TIMES

    readings, theirs = by_turns(rounds, ours, limit)
    store.close()
    engine.close()
    yield Figure("distribution now", "one indexed read per status", accounts, Target(1.5), readings, theirs)


def size(accounts: int, _rounds: int) -> Iterator[Figure]:
    """Compare the file with the same data without search text and counters."""
    path = data.database(accounts)
    with folder() as place:
        bare = place / "bare.sqlite"
        source = sqlite3.connect(path)
        source.execute("VACUUM INTO ?", (str(bare),))
        source.close()
        whole = bare.stat().st_size
        copy = sqlite3.connect(bare, isolation_level=None)
        copy.execute("UPDATE account SET search = ''")
        for table in ("status_count", "status_day", "day_peak"):
            copy.execute(f"DELETE FROM {table}")
        copy.execute("VACUUM")
        copy.close()
        without = bare.stat().st_size
    against = "the same data without search text and counters"
    yield Figure("file size", against, accounts, Target(2), [whole / 1e6], [without / 1e6], unit="MB")
