"""Makes the databases that benchmarks run on: seeded, skewed like real offices, with years of history.

Accounts spread over 24 statuses by Zipf's law; names come in several scripts; each account has about five entries
in the journal. Rows are written with plain SQL into the schema that the program's own migrations make.
"""

import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from statusdesk.domain.errors import StatusDeskError
from statusdesk.domain.folding import search_text
from statusdesk.domain.looks import Shape
from statusdesk.domain.records import Stage
from statusdesk.services.desk import Desk
from statusdesk.store.auditing import Auditing
from statusdesk.store.database import Database
from statusdesk.store.sealing import Record, seals
from statusdesk.store.store import Store

FOLDER = Path(__file__).parent / "data"
SMALL = 10_000
STATUSES = 24
ENTRIES_EACH = 5
YEARS = 5
END = 1_795_000_000_000
"""The instant at which every history ends, in UTC milliseconds (November 2026)."""

_FIRST = (
    "Anna Marta José Łukasz Søren Åsa Jürgen Zoë Siobhán Nguyễn Chloë Mehmet Yıldız Олена Дмитрий Ελένη 太郎 "
    "さくら 민준 عمر נועה Ada Ben Carla David Eva Finn Greta Hugo Ida Jan Kira Leo Mia Nils Ole Pia Quentin Rosa "
    "Sven Tom Ute"
).split()
_LAST = (
    "Smith Müller García Wróbel Nielsen Öberg Nguyễn Kaya Шевченко Иванов Παπαδοπούλου 山田 佐藤 김 "
    "حسن כהן Petersen Hansen Schmidt Jansen Rossi Silva Novák Kowalski Dubois Moreau Andersson Virtanen Byrne "
    "O'Neill Sørensen Đorđević"
).split()
_CITIES = (
    "Kiel Lübeck Eutin Plön Preetz Malente Neustadt Łódź Kraków Århus Malmö Zürich Genève 東京 Αθήνα Київ".split()
)
_STREETS = "Hafenstraße Dorfstraße Am See Lange Reihe Church Road Rue de la Paix ul. Długa Strandvejen".split()
_COLOURS = "#0A66B5 #3E9BD6 #00855F #C27C00 #D55E00 #C62828 #B8578F #7A8088".split()


def database(accounts: int) -> Path:
    """Return a database with so many accounts; it is made once and kept until the schema changes."""
    path = FOLDER / f"{accounts}.statusdesk"
    if not path.exists() or not _is_current(path):
        FOLDER.mkdir(exist_ok=True)
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        make(part, accounts)
        for companion in ("-wal", "-shm"):
            path.with_name(path.name + companion).unlink(missing_ok=True)
        part.replace(path)
    return path


def _is_current(path: Path) -> bool:
    try:
        store = Store(path, "read")
    except StatusDeskError:
        return False
    strange = Auditing(store.db).strange_objects()
    fields = "number, name, phone, email, city, address, search"
    *searched, told = store.db.rows(f"SELECT {fields} FROM account LIMIT 1")[0]
    store.close()
    return search_text(*searched) == told and not strange


def make(path: Path, accounts: int, *, seed: int = 7) -> None:
    """Make a database; takes about half a minute for a million accounts."""
    store = Store(path, time_zone="UTC")
    desk = Desk(store, author="bench")
    shapes = list(Shape)
    for place in range(STATUSES - 3):
        desk.create_status(
            {
                "name": f"Status {place + 4:02}", "activates": place % 3 == 0, "shape": shapes[place % 16].value,
                "colour": _COLOURS[place // 16 + (1 if place % 2 else 4)], "stage": list(Stage)[place % 6],
            }
        )  # fmt: skip
    store.close()
    records = fill(path, accounts, random.Random(seed))
    store = Store(path)
    with store.db.transaction():
        _seal(store.db, records)
    store.counters.peaks.rebuild()
    store.close()


def fill(path: Path, accounts: int, chance: random.Random) -> list[Record]:
    """Write accounts, entries and counters; return the change sets that the entries belong to."""
    connection = sqlite3.connect(path)
    connection.create_function("search_text", 6, search_text, deterministic=True)
    connection.execute("PRAGMA synchronous = off")
    connection.execute("PRAGMA journal_mode = delete")
    weights = [1 / rank for rank in range(1, STATUSES + 1)]
    order = [2, 3, *(place for place in range(1, STATUSES + 1) if place not in (2, 3))]
    picks = chance.choices(order, weights, k=accounts * ENTRIES_EACH)
    columns = ", ".join("?" * 23)
    connection.executemany(f"INSERT INTO account VALUES ({columns})", _accounts(accounts, chance))
    history = _History(accounts, picks, chance)
    connection.executemany(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?)", history.entries()
    )
    connection.executemany("INSERT INTO account_state VALUES (?, ?, ?, ?, 0, ?, ?, ?)", history.states())
    _count(connection)
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.execute("PRAGMA journal_mode = wal")
    connection.close()
    return history.sets


def _seal(db: Database, records: list[Record]) -> None:
    before = str(db.value("SELECT seal FROM change_set WHERE id = (SELECT max(id) FROM change_set)"))
    for record, seal in zip(records, seals(db, before, records), strict=True):
        db.run(f"INSERT INTO change_set VALUES ({', '.join('?' * 11)})", (*record, seal))


def _accounts(accounts: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    for identity in range(1, accounts + 1):
        number = f"AC-{identity:07}"
        name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
        phone = f"+49 {chance.randrange(10**4):04} {chance.randrange(10**6):06}"
        email = f"user{identity}@example.org"
        city = chance.choice(_CITIES)
        address = f"{chance.choice(_STREETS)} {chance.randrange(1, 200)}"
        search = search_text(number, name, phone, email, city, address)
        kind = "Business" if identity % 9 == 0 else "Private"
        yield (
            identity, number, name, kind, phone, email, address, city, 0, "", 0, "", "", "", "", "", "", "", "",
            "", "", search, 0,
        )  # fmt: skip


class _History:
    """Walks through the years, one change set of some 250 entries after the other."""

    def __init__(self, accounts: int, picks: list[int], chance: random.Random) -> None:
        self._accounts = accounts
        self._picks = picks
        self._chance = chance
        self._status = [0] * (accounts + 1)
        self._since = [0] * (accounts + 1)
        self._last = [0] * (accounts + 1)
        self._tip = [0] * (accounts + 1)
        self._charge = [chance.randrange(990, 14_900, 100) for _ in range(accounts + 1)]
        self.sets: list[Record] = []

    def entries(self) -> Iterator[tuple[object, ...]]:
        total = len(self._picks)
        start = END - YEARS * 365 * 86_400_000
        step = (END - start) // total
        made, first, change_set = 0, 1, STATUSES
        for number, status in enumerate(self._picks, start=1):
            at = start + number * step // 1000 * 1000
            if made < self._accounts and number % ENTRIES_EACH == 1:
                made += 1
                account = made
            else:
                account = self._chance.randrange(1, made + 1)
            old = self._status[account] or None
            yield (
                number, change_set, account, self._last[account] or None, at, old, status,
                self._charge[account], self._charge[account], self._since[account], at,
                self._tip[account], change_set,
            )  # fmt: skip
            self._status[account], self._since[account] = status, at
            self._last[account], self._tip[account] = number, change_set
            if number % 250 == 0 or number == total:
                facts = f'{{"status": "Status", "count": "{number - first + 1}"}}'
                count = number - first + 1
                self.sets.append((change_set, at, "bench", "reassign", "", facts, count, first, number, None))
                change_set, first = change_set + 1, number + 1

    def states(self) -> Iterator[tuple[object, ...]]:
        for account in range(1, self._accounts + 1):
            yield (
                account, self._status[account], self._since[account], self._charge[account],
                self._since[account], self._last[account], self._tip[account],
            )  # fmt: skip


def _count(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO status_count SELECT status_id, count(*), sum(monthly_charge) FROM account_state GROUP BY 1"
    )
    connection.execute(
        "INSERT INTO status_day SELECT day, status_id, sum(n), sum(charge) FROM ("
        " SELECT date(effective_at / 1000, 'unixepoch') AS day, new_status_id AS status_id, count(*) AS n,"
        " sum(new_charge) AS charge FROM entry GROUP BY 1, 2 UNION ALL"
        " SELECT date(effective_at / 1000, 'unixepoch'), old_status_id, -count(*), -sum(old_charge) FROM entry"
        " WHERE old_status_id IS NOT NULL GROUP BY 1, 2) GROUP BY day, status_id"
    )


if __name__ == "__main__":
    for size in (10_000, 1_000_000):
        began = time.perf_counter()
        made = database(size)
        print(f"{size:>9,} accounts, {made.stat().st_size / 1e6:,.0f} MB, {time.perf_counter() - began:.1f} s")
