"""What accounts went through in a month, from the journal alone, now or as it was known at an earlier run."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.billing import Step
from statusdesk.store.report_moments import NOW, Moment, StatusHistory, first_entry_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from statusdesk.domain.billing import Activity
    from statusdesk.store.database import Database

KIND = "billing_run"
"""The kind of the change sets that say up to where the journal was known when a month was billed."""

_BEGINNING = -(2**62)
_CHUNK = 10_000
_ENTRIES = """
SELECT id, change_set_id, account_id, effective_at, old_status_id, new_status_id, old_charge, new_charge
FROM entry WHERE id >= ? ORDER BY id
"""
_SINCE = """
SELECT e.account_id, e.change_set_id FROM entry e
WHERE e.id > :known AND e.effective_at < :end AND e.account_id IN (SELECT value FROM json_each(:ids))
ORDER BY e.id
"""


@dataclass(frozen=True, slots=True)
class Known:
    """Up to which change set and entry (ids) the journal counts; the newest if not limited."""

    change_set: int = 2**62
    entry: int = 2**62


@dataclass(frozen=True, slots=True)
class BillingRun:
    """A month (YYYY-MM) that was billed: when (UTC milliseconds), by whom, and what it came to."""

    change_set: int
    made_at: int
    author: str
    month: str
    method: str
    accounts: int
    total: int
    known: Known


class BillingBooks:
    """The journal as a biller reads it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def activity(self, known: Known) -> Activity:
        """Return when each status activated, as far as it was known."""
        found: dict[int, list[tuple[int, int, bool]]] = defaultdict(list)
        for status_id, step in StatusHistory(self._db).activations(known.change_set):
            found[status_id].append(step)
        return found

    def steps(self, start: int, zone: str, known: Known) -> Iterator[tuple[int, list[Step]]]:
        """Yield each account that anything happened to from an instant on, with what it went through since then.

        The first step is what it was before. Whatever is beyond what was known counts as not having happened.
        """
        first = first_entry_between(self._db, Moment(start), NOW, zone)
        found: dict[int, list[Step]] = {}
        for entry_id, change_set, account, at, old, new, old_charge, new_charge in self._db.run(
            _ENTRIES, (2**62 if first is None else first,)
        ):
            steps = found.setdefault(account, [Step(_BEGINNING, 0, old, old_charge)])
            if entry_id <= known.entry:
                steps.append(Step(at, change_set, new, new_charge))
        yield from found.items()

    def standing(self) -> Iterator[tuple[int, int, int]]:
        """Yield id, status and charge of every open account as it is now."""
        yield from self._db.run(
            "SELECT account_id, status_id, monthly_charge FROM account_state WHERE status_id IS NOT NULL"
        )

    def newest(self) -> Known:
        """Return up to where the journal goes now."""
        (row,) = self._db.rows("SELECT (SELECT max(id) FROM change_set), (SELECT max(id) FROM entry)")
        return Known(row[0] or 0, row[1] or 0)

    def runs(self, month: str) -> list[BillingRun]:
        """Return the runs of a month, the first one first."""
        rows = self._db.rows(
            "SELECT id, recorded_at, author, facts FROM change_set WHERE kind = ? ORDER BY id", (KIND,)
        )
        runs = (_run(*row) for row in rows)
        return [run for run in runs if run.month == month]

    def names(self, ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
        """Return number and name of accounts by their ids, closed ones too."""
        found: dict[int, tuple[str, str]] = {}
        for some in _chunks(ids):
            rows = self._db.rows(
                "SELECT id, number, name FROM account WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(some),),
            )
            found |= {account_id: (number, name) for account_id, number, name in rows}
        return found

    def changed_since(self, ids: Sequence[int], known: Known, end: int) -> Mapping[int, list[int]]:
        """Return by account the change sets that came after what was known and took effect before an instant."""
        found: dict[int, list[int]] = defaultdict(list)
        for some in _chunks(ids):
            parameters = {"known": known.entry, "end": end, "ids": json.dumps(some)}
            for account_id, change_set in self._db.rows(_SINCE, parameters):
                found[account_id].append(change_set)
        return found


def _run(change_set: int, made_at: int, author: str, facts: str) -> BillingRun:
    said = json.loads(facts)
    return BillingRun(
        change_set, made_at, author, said["month"], said["method"], int(said["count"]), int(said["total"]),
        Known(int(said["change_set"]), int(said["entry"])),
    )  # fmt: skip


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (list(ids[start : start + _CHUNK]) for start in range(0, len(ids), _CHUNK))
