"""Makes the demo database: believable accounts and a year of history, in a file of its own.

Everything is written by the desk's verbs, at instants of the year before, so counters, daily differences and
peaks come out as they would in a real office.
"""

import random
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from statusdesk.domain.instants import day_of, now, parse_instant
from statusdesk.domain.store_errors import DiskTrouble
from statusdesk.services.demo_office import Office
from statusdesk.services.demo_year import DAYS, Year
from statusdesk.store.copying import flush, sync_folder
from statusdesk.store.store import Store

ZONE: Final = "Europe/Berlin"
CURRENCY: Final = "EUR"


def make_demo(path: Path, *, seed: int = 417, until: int | None = None, size: int = 3_000) -> None:
    """Make a demo database of about `size` accounts at `path`, replacing what is there.

    The same seed and the same end `until` (UTC milliseconds; default: now) make the same database. It is made
    beside its place and put there when it is whole. Raises `StoreUnavailable`.
    """
    part = path.with_name(f"{path.name}.making")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove(part)
        _make(part, random.Random(seed), now() if until is None else until, size)
        flush(part)
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise DiskTrouble(path=path, reason=error.strerror or str(error)) from None
    finally:
        with suppress(OSError):
            _remove(part)


def _make(path: Path, rng: random.Random, until: int, size: int) -> None:
    first = date.fromisoformat(day_of(until, ZONE)) - timedelta(DAYS)
    at = parse_instant(f"{first} 08:00", ZONE)
    store = Store(path, currency=CURRENCY, time_zone=ZONE, clock=lambda: at)
    try:
        store.db.run("PRAGMA synchronous = off")
        office = Office(store, rng, until)
        for status in store.statuses.all():
            office.know(status.built_in or "", status.id)
        Year(office, size).play(first)
    finally:
        store.close()


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
