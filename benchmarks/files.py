"""A million rows from a file and into one, against the engine's own shell doing the same to the same tables."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks import data
from benchmarks.pairs import Figure, Target, by_turns, timed
from benchmarks.raw import PRAGMAS, folder
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.services.exchange.reading import open_table
from statusdesk.services.exporting import export_accounts
from statusdesk.services.importing import guess_plan, import_table
from statusdesk.store.store import Store

_COLUMNS = (
    "number name status status_since account_type phone email address city monthly_charge delinquent".split()
)
_PLAIN = """
SELECT a.number, a.name, o.name AS status, strftime('%Y-%m-%dT%H:%M:%SZ', s.since / 1000, 'unixepoch')
    AS status_since, a.account_type, a.phone, a.email, a.address, a.city,
    printf('%d.%02d', s.monthly_charge / 100, s.monthly_charge % 100) AS monthly_charge,
    iif(s.delinquent, 'yes', 'no') AS delinquent
FROM account a JOIN account_state s ON s.account_id = a.id JOIN status o ON o.id = s.status_id ORDER BY a.number
"""
_WHOLE = """
SELECT a.number, a.name, o.name AS status, strftime('%Y-%m-%dT%H:%M:%SZ', s.since / 1000, 'unixepoch')
    AS status_since, a.account_type, a.phone, a.email, a.address, a.city,
    printf('%d.%02d', s.monthly_charge / 100, s.monthly_charge % 100) AS monthly_charge,
    printf('%d.%02d', a.balance_due / 100, a.balance_due % 100) AS balance_due,
    iif(s.delinquent, 'yes', 'no') AS delinquent, a.install_on, a.install_attempts, a.collections_agency,
    a.handed_over_on, a.lead_source, a.first_contact_on, a.disconnect_reason, a.next_contact_on, a.service_level,
    a.radius_user, a.ip_addresses, a.note
FROM account a CROSS JOIN account_state s ON s.account_id = a.id CROSS JOIN status o ON o.id = s.status_id
WHERE a.closed = 0 ORDER BY a.number
"""
_IMPORT = f"""
BEGIN IMMEDIATE;
CREATE TEMP TABLE incoming ({", ".join(_COLUMNS)});
.mode csv
.import --schema temp --skip 1 FILE incoming
INSERT INTO account SELECT rowid, number, name, account_type, phone, email, address, city, 0, '', 0, '', '', '',
    '', '', '', '', '', '', '', lower(number || char(31) || name || char(31) || phone || char(31)
    || replace(replace(phone, ' ', ''), '+', '') || char(31) || email || char(31) || city || char(31) || address),
    0 FROM temp.incoming;
INSERT INTO account_state SELECT i.rowid, o.id, strftime('%s', i.status_since) * 1000,
    CAST(round(i.monthly_charge * 100) AS INTEGER), i.delinquent = 'yes', 1795000000000, i.rowid, 24
    FROM temp.incoming i JOIN status o ON o.name = i.status;
INSERT INTO entry SELECT account_id, 24, account_id, NULL, changed_at, NULL, status_id, 0, monthly_charge, 0,
    delinquent, 0, since, 0, 24 FROM account_state;
INSERT INTO status_count SELECT status_id, count(*), sum(monthly_charge) FROM account_state GROUP BY 1;
INSERT INTO status_day SELECT '2026-11-18', status_id, count(*), sum(monthly_charge) FROM account_state GROUP BY 2;
SELECT length(group_concat(json_array(id, change_set_id, account_id, previous_id, effective_at, old_status_id,
    new_status_id, old_charge, new_charge, old_delinquent, new_delinquent, old_since, new_since, old_tip, new_tip),
    char(10))) FROM entry;
COMMIT;
"""
"""The last question is what a seal reads; the shell itself cannot make one, which is in its favour."""


def exporting(accounts: int, rounds: int) -> Iterator[Figure]:
    """Measure writing all accounts with all their fields as CSV."""
    path = data.database(accounts)
    with folder() as place:
        store = Store(path, "read")

        def ours() -> float:
            with timed() as watch:
                export_accounts(store, place / "ours.csv", progress=lambda *_: None)
            return watch.seconds

        def limit() -> float:
            with timed() as watch:
                _shell(path, _WHOLE, "-csv", "-header", out=place / "theirs.csv")
            return watch.seconds

        readings, theirs = by_turns(rounds, ours, limit)
        store.close()
    yield Figure(f"export {accounts:,} rows to CSV", "sqlite3 -csv", accounts, Target(2), readings, theirs)


def importing(accounts: int, rounds: int) -> Iterator[Figure]:
    """Measure bringing all accounts into an empty database."""
    path = data.database(accounts)
    with folder() as place:
        file = place / "accounts.csv"
        _shell(path, _PLAIN, "-csv", "-header", out=file)
        empty = _empty_like(path, place / "empty.statusdesk")

        def ours() -> float:
            store = Store(Path(shutil.copy(empty, place / "ours.statusdesk")))
            table = open_table(file)
            plan = guess_plan(table, store.statuses.all()).plan
            with timed() as watch:
                report = import_table(Desk(store, author="bench"), table, plan, progress=lambda *_: None)
            if report.created != accounts or (accounts <= data.SMALL and check(store).findings):
                raise AssertionError("the benchmark did not do what it measures")
            store.close()
            return watch.seconds

        def limit() -> float:
            copy = Path(shutil.copy(empty, place / "theirs.statusdesk"))
            pragmas = "".join(f"PRAGMA {pragma};\n" for pragma in PRAGMAS)
            with timed() as watch:
                _shell(copy, pragmas + _IMPORT.replace("FILE", str(file)), out=place / "said")
            return watch.seconds

        readings, theirs = by_turns(rounds, ours, limit, warm_up=0)
    what = f"import {accounts:,} rows from CSV, checked, with journal, counters and search text"
    against = "sqlite3 .import, then INSERT … SELECT into the same tables"
    yield Figure(what, against, accounts, Target(1.4), readings, theirs)


def _empty_like(path: Path, empty: Path) -> Path:
    """Make a database with the same statuses and no accounts."""
    source, store = Store(path, "read"), Store(empty, time_zone="UTC")
    desk = Desk(store, author="bench")
    for status in source.statuses.all():
        if not status.built_in:
            desk.create_status(
                {
                    "name": status.name, "activates": status.activates, "shape": status.shape,
                    "colour": status.colour, "stage": status.stage,
                }
            )  # fmt: skip
    source.close()
    store.close()
    raw = sqlite3.connect(empty)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return empty


def _shell(path: Path, script: str, *options: str, out: Path) -> None:
    with out.open("wb") as file:
        done = subprocess.run(
            ["sqlite3", "-bail", *options, str(path)], input=script.encode(), stdout=file, stderr=subprocess.PIPE,
            check=False,
        )  # fmt: skip
    if done.returncode or done.stderr:
        raise AssertionError(done.stderr.decode())
