"""The most accounts that were activating on each day: kept with every change, exact in whatever order they come.

Changes come in the order of their instants, nearly always: then one row is raised. Where the clock was put back,
or a planned change is applied late, later days move by as much; and where that is not enough, because the day went
on or an activation was changed since, the days from there on are worked out anew from the journal.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from statusdesk.domain.changes import Peak
from statusdesk.domain.instants import day_of, start_of
from statusdesk.store.database import Database

_SLIP_IN = """
INSERT INTO day_peak VALUES (:day, :before, max(:before, :after), iif(:after > :before, :at, NULL),
    iif(:after > :before, :change_set, NULL), :at, :first_entry)
ON CONFLICT (day) DO UPDATE SET accounts = max(day_peak.accounts, :after),
    reached_at = iif(:after > day_peak.accounts, :at, day_peak.reached_at),
    change_set_id = iif(:after > day_peak.accounts, :change_set, day_peak.change_set_id),
    last_at = :at, first_entry_id = coalesce(day_peak.first_entry_id, :first_entry)
"""
_FLOWS = """
SELECT effective_at, change_set_id, old_status_id, new_status_id, count(*), min(id) FROM entry
WHERE id >= ? AND effective_at >= ? GROUP BY 1, 2, 3, 4
"""
_TOGGLES = """
SELECT effective_at, change_set_id, status_id, old = '', new FROM status_change WHERE field = 'activates'
ORDER BY effective_at, id
"""
_ALWAYS = -(2**62)


class DayPeak(NamedTuple):
    """A day on which something changed: activating accounts at its beginning and at most, and when that was."""

    day: str
    opening: int
    accounts: int
    reached_at: int | None
    change_set_id: int | None
    last_at: int
    first_entry_id: int | None


class Crossing(NamedTuple):
    """What a change set did to the number of activating accounts, and at which effective instants.

    `toggled` says that it changed what a status activates; `first_entry` is its first journal entry, if any.
    """

    change_set: int
    before: int
    after: int
    instants: frozenset[int]
    toggled: bool = False
    first_entry: int | None = None


@dataclass(slots=True)
class _Moment:
    """All that one change set did at one instant."""

    flows: list[tuple[int | None, int | None, int]] = field(default_factory=list)
    toggles: dict[int, bool] = field(default_factory=dict)
    entries: list[int] = field(default_factory=list)


class Peaks:
    """The daily peaks of one database, whose days are those of `zone` (IANA)."""

    def __init__(self, db: Database, zone: str) -> None:
        self._db = db
        self._zone = zone

    def month(self, month: str, billed: int) -> Peak:
        """Return the peak of a month (YYYY-MM), when `billed` accounts activate now."""
        rows = self._db.rows(
            "SELECT opening, accounts, reached_at FROM day_peak WHERE day >= ? AND day < ? ORDER BY day",
            (month, month + "~"),
        )
        opening = rows[0][0] if rows else self._opening_after(month + "~", billed)
        highest, reached = max(((row[1], row[2]) for row in rows), key=lambda row: row[0], default=(opening, None))
        return Peak(month, highest, reached) if highest > opening else Peak(month, opening)

    def note(self, crossing: Crossing) -> None:
        """Take a change set in, after its entries are on record and counted."""
        if not crossing.instants:
            return
        day = day_of(min(crossing.instants), self._zone)
        if self._comes_last(crossing, day):
            self._slip_in(crossing, day)
        else:
            self._rebuild(day, crossing.first_entry)

    def rebuild(self) -> None:
        """Work the whole table out anew."""
        self._rebuild("", 0)

    def recomputed(self) -> list[DayPeak]:
        """Return what the table must hold, from the journal alone."""
        return list(self._replay("", 0))

    def stored(self) -> list[DayPeak]:
        """Return what the table holds, by day."""
        return [DayPeak(*row) for row in self._db.rows("SELECT * FROM day_peak ORDER BY day")]

    def _opening_after(self, day: str, billed: int) -> int:
        found = self._db.value("SELECT opening FROM day_peak WHERE day > ? ORDER BY day LIMIT 1", (day,))
        return billed if found is None else int(found)

    def _comes_last(self, crossing: Crossing, day: str) -> bool:
        """Say whether nothing of that day is later, and nothing of a later day would have come out otherwise."""
        at = min(crossing.instants)
        same_day = "SELECT 1 FROM day_peak WHERE day = ? AND last_at > ?"
        if len(crossing.instants) > 1 or self._db.value(same_day, (day, at)):
            return False
        if self._db.value("SELECT 1 FROM day_peak WHERE day > ? LIMIT 1", (day,)) is None:
            return True
        later = self._db.value(
            "SELECT 1 FROM status_change WHERE field = 'activates' AND old <> '' AND effective_at > ?", (at,)
        )
        return not crossing.toggled and later is None

    def _slip_in(self, crossing: Crossing, day: str) -> None:
        difference = crossing.after - crossing.before
        before = self._opening_after(day, crossing.before)
        self._db.run(
            _SLIP_IN,
            {
                "day": day,
                "before": before,
                "after": before + difference,
                "at": min(crossing.instants),
                "change_set": crossing.change_set,
                "first_entry": crossing.first_entry,
            },
        )
        self._db.run(
            "UPDATE day_peak SET opening = opening + :by, accounts = accounts + :by WHERE day > :day AND :by <> 0",
            {"by": difference, "day": day},
        )

    def _rebuild(self, day: str, first_entry: int | None) -> None:
        known = self._db.value("SELECT min(first_entry_id) FROM day_peak WHERE day >= ?", (day,))
        first = min((entry for entry in (known, first_entry) if entry is not None), default=0)
        rows = list(self._replay(day, first))
        self._db.run("DELETE FROM day_peak WHERE day >= ?", (day,))
        self._db.run_many("INSERT INTO day_peak VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def _replay(self, first_day: str, first_entry: int) -> Iterator[DayPeak]:
        """Work the days from `first_day` on out anew; their entries have ids from `first_entry` on."""
        counts = defaultdict(
            int,
            self._db.rows(
                "SELECT status_id, sum(accounts) FROM status_day WHERE day < ? GROUP BY status_id", (first_day,)
            ),
        )
        moments, activates = self._moments(first_day, first_entry)
        billed = sum(count for status_id, count in counts.items() if activates[status_id])
        by_day = groupby(sorted(moments.items()), lambda item: day_of(item[0][0], self._zone))
        for day, items in by_day:
            opening = highest = billed
            reached: tuple[int | None, int | None] = (None, None)
            entries: list[int] = []
            for (at, change_set), moment in items:
                billed += _step(counts, activates, moment)
                if billed > highest:
                    highest, reached = billed, (at, change_set)
                last_at = at
                entries += moment.entries
            yield DayPeak(day, opening, highest, *reached, last_at, min(entries, default=None))

    def _moments(self, first_day: str, first_entry: int) -> tuple[dict[tuple[int, int], _Moment], dict[int, bool]]:
        """Return what happened since, by instant and change set, and what each status did at the beginning."""
        moments: dict[tuple[int, int], _Moment] = defaultdict(_Moment)
        since = start_of(first_day, self._zone) if first_day else _ALWAYS
        for at, change_set, old, new, count, entry in self._db.rows(_FLOWS, (first_entry, since)):
            moments[at, change_set].flows.append((old, new, count))
            moments[at, change_set].entries.append(entry)
        activates: dict[int, bool] = {}
        for at, change_set, status_id, made, active in self._db.rows(_TOGGLES):
            if made or at < since:
                activates[status_id] = active == "1"
            else:
                moments[at, change_set].toggles[status_id] = active == "1"
        return moments, activates


def _step(counts: dict[int, int], activates: dict[int, bool], moment: _Moment) -> int:
    """Carry a moment out on the counts by status and return by how many activating accounts it changes."""
    touched = {status_id for flow in moment.flows for status_id in flow[:2] if status_id is not None}
    touched.update(moment.toggles)
    before = sum(counts[status_id] for status_id in touched if activates[status_id])
    for old, new, count in moment.flows:
        if old is not None:
            counts[old] -= count
        if new is not None:
            counts[new] += count
    activates.update(moment.toggles)
    return sum(counts[status_id] for status_id in touched if activates[status_id]) - before
