"""Publishing service levels to a FreeRADIUS database, against writing the same rows with nothing to decide."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pairs import Figure, Target, timed
from benchmarks.raw import copies
from statusdesk.domain.targets import Result, TargetKind
from statusdesk.domain.targets import Target as Place
from statusdesk.services import level_verbs, network
from statusdesk.services.desk import Desk
from statusdesk.services.publishing import Report, Wish
from statusdesk.store.store import Store

MEMBERS = 100_000
TABLES = """
CREATE TABLE radusergroup (id INTEGER PRIMARY KEY, username TEXT, groupname TEXT, priority INTEGER);
CREATE INDEX usergroup_username ON radusergroup (username);
CREATE TABLE radgroupcheck (id INTEGER PRIMARY KEY, groupname TEXT, attribute TEXT, op TEXT, value TEXT);
CREATE TABLE radgroupreply (id INTEGER PRIMARY KEY, groupname TEXT, attribute TEXT, op TEXT, value TEXT);
CREATE TABLE radcheck (id INTEGER PRIMARY KEY, username TEXT, attribute TEXT, op TEXT, value TEXT);
CREATE TABLE radreply (id INTEGER PRIMARY KEY, username TEXT, attribute TEXT, op TEXT, value TEXT);
"""


def figures(accounts: int, rounds: int) -> Iterator[Figure]:
    """Measure the first publish, one that has nothing to do, and that of a single account's change."""
    members = min(MEMBERS, accounts)
    first: list[float] = []
    again: list[float] = []
    single: list[float] = []
    raw: list[float] = []
    with copies(accounts, 1) as (path,), TemporaryDirectory() as folder:
        store = Store(path)
        desk = Desk(store, author="bench")
        with store.db.transaction():
            store.db.run("UPDATE account SET radius_user = 'user' || id WHERE id <= ?", (members,))
        level_verbs.make_usual(desk)
        account = next(
            held.id
            for held in store.accounts.page(range(1, members))
            if store.statuses.by_id()[held.status_id].activates
        )
        for turn in range(min(rounds, 5)):
            place = Path(folder) / f"radius-{turn}.db"
            sqlite3.connect(place).executescript(TABLES)
            network.put_target(desk, Place(0, f"Bench {turn}", TargetKind.RADIUS, f"sqlite:///{place}"))
            target = network.find_target(store, f"Bench {turn}")
            first.append(_timed(store, target, Result.PUBLISHED))
            again.append(_timed(store, target, Result.NOTHING))
            moved = desk.edit_account(account, {"delinquent": turn % 2 == 0, "status_id": 2 + turn % 2})
            single.append(_timed(store, target, None, moved.change_set))
            raw.append(_raw(Path(folder) / f"raw-{turn}.db", place))
        store.close()
    size = f"{members:,} members"
    yield Figure(
        f"first publish of {size}", "the same rows by executemany", accounts, Target(never_over=10_000), first, raw
    )
    yield Figure(f"publish of {size}, nothing changed", "–", accounts, Target(or_ms=2_000), again)
    yield Figure(f"publish of one account of {size}", "–", accounts, Target(or_ms=50), single)


def _timed(store: Store, target: Place, expected: Result | None, change_set: int | None = None) -> float:
    with timed() as watch:
        report = network.publish_to(store, target, Wish("bench", change_set=change_set))
    assert isinstance(report, Report)
    assert expected in (None, report.result)
    return watch.seconds * 1000


def _raw(place: Path, like: Path) -> float:
    with sqlite3.connect(like) as written:
        rows = written.execute("SELECT username, groupname, priority FROM radusergroup").fetchall()
    with sqlite3.connect(place) as engine:
        engine.executescript(TABLES)
        with timed() as watch:
            engine.executemany("INSERT INTO radusergroup (username, groupname, priority) VALUES (?, ?, ?)", rows)
            engine.commit()
    return watch.seconds * 1000
