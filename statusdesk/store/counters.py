"""Counts and sums that are always there because every change keeps them: by status, by day, and the peak."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from statusdesk.domain.changes import Flow, Peak, Totals
from statusdesk.domain.instants import day_of
from statusdesk.store.database import Database
from statusdesk.store.peaks import Peaks

_RECOUNT = (
    "SELECT status_id, count(*), sum(monthly_charge) FROM account_state"
    " WHERE status_id IS NOT NULL GROUP BY status_id"
)
_FLOWS = """
SELECT effective_at, old_status_id, new_status_id, count(*), sum(old_charge), sum(new_charge) FROM entry
GROUP BY 1, 2, 3
"""
_REPLAY = """
SELECT status_id, sum(accounts), sum(charge) FROM (
    SELECT new_status_id AS status_id, count(*) AS accounts, sum(new_charge) AS charge
    FROM entry WHERE new_status_id IS NOT NULL GROUP BY 1
    UNION ALL
    SELECT old_status_id, -count(*), -sum(old_charge) FROM entry WHERE old_status_id IS NOT NULL GROUP BY 1
) f GROUP BY status_id
"""


class DatedFlows(NamedTuple):
    """Flows that take effect at one instant (UTC milliseconds)."""

    at: int
    flows: tuple[Flow, ...]


def differences(flows: Iterable[Flow]) -> dict[int, tuple[int, int]]:
    """Return by how much each status's accounts and charges change."""
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for flow in flows:
        if flow.old_status is not None:
            sums[flow.old_status][0] -= flow.accounts
            sums[flow.old_status][1] -= flow.old_charge
        if flow.new_status is not None:
            sums[flow.new_status][0] += flow.accounts
            sums[flow.new_status][1] += flow.new_charge
    return {status_id: (accounts, charge) for status_id, (accounts, charge) in sums.items() if accounts or charge}


class Counters:
    """The counters of one database, whose days are those of `zone` (IANA)."""

    def __init__(self, db: Database, zone: str) -> None:
        self._db = db
        self._zone = zone
        self.peaks = Peaks(db, zone)

    def totals(self, at: int) -> Totals:
        """Return what is billed now, and the peak of the month that `at` falls in."""
        accounts, billed, revenue = self._db.rows(
            "SELECT coalesce(sum(c.accounts), 0), coalesce(sum(c.accounts * s.activates), 0),"
            " coalesce(sum(c.charge * s.activates), 0) FROM status_count c JOIN status s ON s.id = c.status_id"
        )[0]
        return Totals(accounts, billed, revenue, self.peak(day_of(at, self._zone)[:7], billed))

    def peak(self, month: str, billed: int) -> Peak:
        """Return the peak of a month (YYYY-MM) when `billed` accounts activate now."""
        return self.peaks.month(month, billed)

    def apply(self, dated: Iterable[DatedFlows]) -> None:
        """Add the flows to the counts by status and by day."""
        for part in dated:
            changes = differences(part.flows)
            day = day_of(part.at, self._zone)
            self._db.run_many(
                "INSERT INTO status_count VALUES (?, ?, ?) ON CONFLICT (status_id)"
                " DO UPDATE SET accounts = status_count.accounts + excluded.accounts,"
                " charge = status_count.charge + excluded.charge",
                [(status_id, *change) for status_id, change in changes.items()],
            )
            self._db.run_many(
                "INSERT INTO status_day VALUES (?, ?, ?, ?) ON CONFLICT (day, status_id)"
                " DO UPDATE SET accounts = status_day.accounts + excluded.accounts,"
                " charge = status_day.charge + excluded.charge",
                [(day, status_id, *change) for status_id, change in changes.items()],
            )

    def rebuild(self) -> None:
        """Work every count, daily difference and peak out anew, from the journal alone."""
        counts, days = self.replay(), self.recomputed_days()
        self._db.run("DELETE FROM status_count")
        self._db.run_many(
            "INSERT INTO status_count VALUES (?, ?, ?)",
            [(status_id, *pair) for status_id, pair in counts.items()],
        )
        self._db.run("DELETE FROM status_day")
        self._db.run_many(
            "INSERT INTO status_day VALUES (?, ?, ?, ?)", [(*key, *pair) for key, pair in days.items()]
        )
        self.peaks.rebuild()

    def recount(self) -> dict[int, tuple[int, int]]:
        """Count accounts and charges by status anew, from the accounts themselves."""
        return {status_id: (accounts, charge) for status_id, accounts, charge in self._db.rows(_RECOUNT)}

    def replay(self) -> dict[int, tuple[int, int]]:
        """Count accounts and charges by status anew, from the journal alone."""
        rows = self._db.rows(_REPLAY)
        return {status_id: (accounts, charge) for status_id, accounts, charge in rows if accounts or charge}

    def days(self) -> dict[int, tuple[int, int]]:
        """Sum the daily differences by status; they must add up to the counts."""
        rows = self._db.rows("SELECT status_id, sum(accounts), sum(charge) FROM status_day GROUP BY status_id")
        return {status_id: (accounts, charge) for status_id, accounts, charge in rows if accounts or charge}

    def stored_days(self) -> dict[tuple[str, int], tuple[int, int]]:
        """Return the daily differences as they are kept, by day and status; those without any left out."""
        rows = self._db.rows("SELECT day, status_id, accounts, charge FROM status_day")
        return {
            (day, status_id): (accounts, charge) for day, status_id, accounts, charge in rows if accounts or charge
        }

    def recomputed_days(self) -> dict[tuple[str, int], tuple[int, int]]:
        """Work the daily differences out anew, from the journal alone."""
        sums: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
        for at, *flow in self._db.rows(_FLOWS):
            day = day_of(at, self._zone)
            for status_id, (accounts, charge) in differences([Flow(*flow)]).items():
                sums[day, status_id][0] += accounts
                sums[day, status_id][1] += charge
        return {key: (accounts, charge) for key, (accounts, charge) in sums.items() if accounts or charge}


def shown(counts: Mapping[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Leave out statuses without accounts and charges, so that two ways of counting compare."""
    return {status_id: pair for status_id, pair in counts.items() if pair != (0, 0)}
