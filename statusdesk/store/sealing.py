"""Seals: each change set's covers its record, all that it put in the journal, and the seal before it.

Whoever alters, removes or slips in a row of the journal by other means breaks the chain there; who writes it anew
from there on changes the newest seal, which people have on their reports and exports.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from statusdesk.store.database import Database

Record = Sequence[Any]
"""A change set's row, less the seal."""

SHOWN: Final = 16
"""Letters of a seal that people read and type."""

_BLOCK: Final = 20_000
"""Entries that are digested at once."""
_SMALL: Final = 200
"""Entries of a change set up to which it is read with others."""
_SETS: Final = 500
"""Change sets that are read at once."""
_RECORDS: Final = (
    "SELECT id, recorded_at, author, kind, reason, facts, accounts, first_entry_id, last_entry_id, reverts_id,"
    " seal FROM change_set"
)


def _line(numbers: str, texts: str = "") -> str:
    """Return SQL for a row as a line that no other row has: texts come with their lengths.

    Numbers alone are the entries, of which there may be a million; JSON takes a fifth less of their time.
    """
    if not texts:
        return f"json_array({', '.join(numbers.split())}) AS line"
    marks = " ".join(["%s"] * len(numbers.split()) + ["%s:%s"] * len(texts.split()))
    parts = [*numbers.split(), *(f"length({text}), {text}" for text in texts.split())]
    return f"printf('{marks}', {', '.join(parts)}) AS line"


def _lines(table: str, key: str, numbers: str, texts: str = "", *, order: str = "id") -> str:
    return (
        f"SELECT {key} AS place, {_line(numbers, texts)} FROM {table} WHERE {key} BETWEEN ? AND ? ORDER BY {order}"
    )


_ENTRIES: Final = _lines(
    "entry",
    "id",
    "id change_set_id account_id previous_id effective_at old_status_id new_status_id old_charge new_charge"
    " old_delinquent new_delinquent old_since new_since old_tip new_tip",
)
_FIELDS: Final = _lines("field_change", "entry_id", "entry_id", "field old new", order="entry_id, field")
_STATUSES: Final = _lines("status_change", "change_set_id", "id status_id effective_at", "field old new")
_PLANS: Final = _lines(
    "plan_step",
    "change_set_id",
    "id plan_id previous_id due_at status_id expects_id charge old_tip new_tip",
    "state reason flag yearly",
)


@dataclass(frozen=True, slots=True)
class Broken:
    """The first change set that is not as it was sealed."""

    change_set: int
    author: str
    recorded_at: int


def digest_of(lines: Iterable[str]) -> str:
    """Return the SHA-256 of lines, in hex."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def seal(db: Database, before: str, record: Record) -> str:
    """Return the seal of a change set whose journal is written: `record` is its row, less the seal."""
    parts = [db.digest(lines, block) for block in _blocks(record) for lines in (_ENTRIES, _FIELDS)]
    parts += [db.digest(lines, (record[0], record[0])) for lines in (_STATUSES, _PLANS)]
    return _sealed(before, record, parts)


def newest(db: Database) -> str:
    """Return the newest seal as people read it: the number of its change set and the first letters."""
    row = db.rows("SELECT id, seal FROM change_set WHERE id = (SELECT max(id) FROM change_set)")
    return f"{row[0][0]}-{row[0][1][:SHOWN]}" if row else ""


def has(db: Database, shown: str) -> bool:
    """Say whether a seal that was shown once is still one of this journal's."""
    number, _, letters = shown.strip().lower().partition("-")
    if not number.isdecimal() or len(letters) < SHOWN:
        return False
    found = db.value("SELECT seal FROM change_set WHERE id = ?", (int(number),))
    return found is not None and str(found).startswith(letters)


def seals(db: Database, before: str, records: Sequence[Record]) -> Iterator[str]:
    """Yield the seals of change sets that follow each other and the seal `before`; their journal is written."""
    for start in range(0, len(records), _SETS):
        some = records[start : start + _SETS]
        for record, parts in zip(some, _parts_of(db, some), strict=True):
            before = _sealed(before, record, parts)
            yield before


def first_broken(db: Database) -> Broken | None:
    """Read the whole journal and return the first change set that is not as it was sealed, if there is one."""
    before, after = "", 0
    while some := db.rows(f"{_RECORDS} WHERE id > ? ORDER BY id LIMIT {_SETS}", (after,)):
        for (*record, sealed), right in zip(some, seals(db, before, [row[:-1] for row in some]), strict=True):
            if sealed != right:
                return Broken(record[0], record[2], record[1])
        before, after = some[-1][-1], some[-1][0]
    return None


def _blocks(record: Record) -> list[tuple[int, int]]:
    """Return the spans of entries of a change set that are digested at once."""
    first, last = record[7] or 0, record[8] or 0
    return [(start, min(last, start + _BLOCK - 1)) for start in range(first, last + 1, _BLOCK) if first]


def _parts_of(db: Database, records: Sequence[Record]) -> Iterator[list[str]]:
    """Yield the digests of each record's journal; what small change sets have is read for many at once."""
    span = (records[0][0], records[-1][0])
    statuses, plans = _by_place(db, _STATUSES, span), _by_place(db, _PLANS, span)
    small = [record for record in records if record[7] and record[8] - record[7] < _SMALL]
    entries, fields = (_of_small(db, lines, small) for lines in (_ENTRIES, _FIELDS))
    for record in records:
        if record[7] and record[8] - record[7] < _SMALL:
            parts = [_digest(found, range(record[7], record[8] + 1)) for found in (entries, fields)]
        else:
            parts = [db.digest(lines, block) for block in _blocks(record) for lines in (_ENTRIES, _FIELDS)]
        yield [*parts, *(_digest(found, (record[0],)) for found in (statuses, plans))]


def _of_small(db: Database, lines: str, records: list[Record]) -> Mapping[int, list[str]]:
    """Read the lines of change sets, those that follow each other at once."""
    spans: list[list[int]] = []
    for record in records:
        if spans and record[7] == spans[-1][1] + 1:
            spans[-1][1] = record[8]
        else:
            spans.append([record[7], record[8]])
    return {place: found for span in spans for place, found in _by_place(db, lines, span).items()}


def _by_place(db: Database, lines: str, span: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for place, line in db.rows(lines, tuple(span)):
        found[place].append(line)
    return found


def _digest(found: Mapping[int, list[str]], places: Iterable[int]) -> str:
    return digest_of(line for place in places for line in found.get(place, ()))


def _sealed(before: str, record: Record, parts: list[str]) -> str:
    return hashlib.sha256(json.dumps([before, *record, *parts]).encode()).hexdigest()
