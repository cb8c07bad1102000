"""The record that is only ever added to: change sets, who may take back which, and timelines."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from statusdesk.domain.records import ChangeSet, FieldChange, PlannedBefore, TimelineEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from statusdesk.domain.records import Status
    from statusdesk.store.database import Database
    from statusdesk.store.moves import Written

_CHANGE_SETS = (
    "SELECT c.id, c.recorded_at, c.author, c.kind, c.reason, c.accounts, c.facts, c.reverts_id,"
    " EXISTS (SELECT 1 FROM change_set u WHERE u.reverts_id = c.id) FROM change_set c"
)
_UNDOABLE = (
    "SELECT c.id FROM change_set c WHERE c.author = ? AND c.kind NOT IN"
    " ('undo', 'create_database', 'restore', 'repair_counters', 'billing_run')"
    " AND NOT EXISTS (SELECT 1 FROM change_set u WHERE u.reverts_id = c.id) ORDER BY c.id DESC LIMIT 1"
)
_REDOABLE = (
    "SELECT c.id FROM change_set c WHERE c.author = :author AND c.kind = 'undo'"
    " AND NOT EXISTS (SELECT 1 FROM change_set u WHERE u.reverts_id = c.id)"
    " AND c.id > coalesce((SELECT id FROM change_set WHERE author = :author"
    " AND kind NOT IN ('undo', 'redo') ORDER BY id DESC LIMIT 1), 0) ORDER BY c.id DESC LIMIT 1"
)
_CHAIN = """
WITH RECURSIVE chain (id, depth) AS (
    SELECT last_entry_id, 0 FROM account_state WHERE account_id = ? AND last_entry_id IS NOT NULL
    UNION ALL
    SELECT e.previous_id, depth + 1 FROM chain JOIN entry e ON e.id = chain.id
    WHERE e.previous_id IS NOT NULL AND depth < ?
)
SELECT e.id, e.change_set_id, c.kind, c.author, c.reason, c.recorded_at, e.effective_at, e.old_status_id,
    e.new_status_id, e.old_charge, e.new_charge, e.old_delinquent, e.new_delinquent
FROM chain JOIN entry e ON e.id = chain.id JOIN change_set c ON c.id = e.change_set_id ORDER BY chain.depth
"""


class StatusChange(NamedTuple):
    """One journalled change of a status's field, values as texts."""

    status_id: int
    field: str
    old: str
    new: str


def _change_set(row: tuple[Any, ...]) -> ChangeSet:
    identity, recorded_at, author, kind, reason, accounts, facts, reverts, reverted = row
    return ChangeSet(
        identity, recorded_at, author, kind, reason, accounts, json.loads(facts), reverts, bool(reverted)
    )


def _step(
    row: tuple[Any, ...],
    statuses: Mapping[int, Status],
    fields: tuple[FieldChange, ...],
    planned: PlannedBefore | None,
) -> TimelineEntry:
    values = [*row, fields, planned]
    values[7:9] = (None if status_id is None else statuses[status_id] for status_id in row[7:9])
    values[11:13] = (bool(flag) for flag in row[11:13])
    return TimelineEntry(*values)


class Journal:
    """The journal of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def next_id(self) -> int:
        """Return the id that the next change set will have; valid while the write lock is held."""
        return int(self._db.value("SELECT coalesce(max(id), 0) + 1 FROM change_set"))

    def add(
        self,
        change_set: int,
        *,
        at: int,
        author: str,
        kind: str,
        reason: str,
        facts: Mapping[str, str],
        written: Written | None,
        reverts: int | None = None,
    ) -> None:
        """Put a change set on record, after all that it put in the journal, and seal it."""
        from statusdesk.store import sealing

        count = written.count if written else 0
        first, last = (written.first, written.last) if written and count else (None, None)
        told = json.dumps(dict(facts), ensure_ascii=False)
        record = (change_set, at, author, kind, reason, told, count, first, last, reverts)
        before = self._db.value("SELECT seal FROM change_set WHERE id = (SELECT max(id) FROM change_set)") or ""
        self._db.run(
            "INSERT INTO change_set VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*record, sealing.seal(self._db, before, record)),
        )

    def get(self, change_set: int) -> ChangeSet | None:
        """Return one change set, or None."""
        rows = self._db.rows(f"{_CHANGE_SETS} WHERE c.id = ?", (change_set,))
        return _change_set(rows[0]) if rows else None

    def newest(self, *, limit: int = 200, before: int | None = None) -> list[ChangeSet]:
        """Return change sets, newest first, those older than the id `before` if given."""
        where, parameters = ("WHERE c.id < ?", [before]) if before is not None else ("", [])
        rows = self._db.rows(f"{_CHANGE_SETS} {where} ORDER BY c.id DESC LIMIT ?", [*parameters, limit])
        return [_change_set(row) for row in rows]

    def undoable(self, author: str) -> ChangeSet | None:
        """Return the change set that this person's next undo takes back."""
        found = self._db.value(_UNDOABLE, (author,))
        return self.get(found) if found is not None else None

    def redoable(self, author: str) -> ChangeSet | None:
        """Return the undo that this person's next redo takes back."""
        found = self._db.value(_REDOABLE, {"author": author})
        return self.get(found) if found is not None else None

    def entries_of(self, change_set: int) -> Written:
        """Return the span of journal entries that the change set wrote; an empty one if none."""
        from statusdesk.store.moves import Written

        rows = self._db.rows("SELECT first_entry_id, last_entry_id FROM change_set WHERE id = ?", (change_set,))
        first, last = rows[0] if rows and rows[0][0] is not None else (1, 0)
        return Written(first, last)

    def accounts_of(self, written: Written) -> list[int]:
        """Return the ids of the accounts that the entries concern."""
        rows = self._db.rows(
            "SELECT account_id FROM entry WHERE id BETWEEN ? AND ?", (written.first, written.last)
        )
        return [account_id for (account_id,) in rows]

    def add_status_change(self, change_set: int, at: int, change: StatusChange) -> int:
        """Put a change of a status's field on record and return when it takes effect.

        That is `at`, but never before an earlier change of the same status: the clock may have gone back.
        """
        latest = self._db.value(
            "SELECT max(effective_at) FROM status_change WHERE status_id = ?", (change.status_id,)
        )
        effective_at = at if latest is None else max(at, int(latest))
        self._db.run(
            "INSERT INTO status_change (change_set_id, status_id, effective_at, field, old, new)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (change_set, change.status_id, effective_at, change.field, change.old, change.new),
        )
        return effective_at

    def last_to_change(self, status_id: int) -> str:
        """Return who changed a field of the status last."""
        return str(
            self._db.value(
                "SELECT c.author FROM status_change x JOIN change_set c ON c.id = x.change_set_id"
                " WHERE x.status_id = ? ORDER BY x.id DESC LIMIT 1",
                (status_id,),
            )
            or ""
        )

    def last_to_touch(self, account_id: int) -> str:
        """Return who changed the account last."""
        return str(
            self._db.value(
                "SELECT c.author FROM account_state s JOIN entry e ON e.id = s.last_entry_id"
                " JOIN change_set c ON c.id = e.change_set_id WHERE s.account_id = ?",
                (account_id,),
            )
            or ""
        )

    def status_changes(self, change_set: int) -> list[StatusChange]:
        """Return what a change set did to statuses, in order."""
        rows = self._db.rows(
            "SELECT status_id, field, old, new FROM status_change WHERE change_set_id = ? ORDER BY id",
            (change_set,),
        )
        return [StatusChange(*row) for row in rows]

    def timeline(
        self, account_id: int, statuses: Mapping[int, Status], *, limit: int = 500
    ) -> list[TimelineEntry]:
        """Return an account's steps, newest first, found by following each entry to the one before."""
        rows = self._db.rows(_CHAIN, (account_id, limit - 1))
        changes = self._field_changes([row[0] for row in rows])
        planned = self._planned(account_id, [row[1] for row in rows])
        return [_step(row, statuses, tuple(changes.get(row[0], ())), planned.get(row[1])) for row in rows]

    def _planned(self, account_id: int, change_sets: list[int]) -> dict[int, PlannedBefore]:
        """Return by change set what had been planned of what it did to an account."""
        rows = self._db.rows(
            "SELECT x.change_set_id, p.planned_by, p.planned_at, x.due_at, x.reason FROM plan p"
            " CROSS JOIN json_each(?) j JOIN plan_step x ON x.change_set_id = j.value AND x.plan_id = p.id"
            " WHERE p.account_id = ? AND x.state = 'applied'",
            (json.dumps(change_sets), account_id),
        )
        return {change_set: PlannedBefore(*planned) for change_set, *planned in rows}

    def _field_changes(self, entries: list[int]) -> dict[int, list[FieldChange]]:
        found: dict[int, list[FieldChange]] = defaultdict(list)
        rows = self._db.rows(
            "SELECT entry_id, field, old, new FROM field_change"
            " WHERE entry_id IN (SELECT value FROM json_each(?))",
            (json.dumps(entries),),
        )
        for entry_id, *change in rows:
            found[entry_id].append(FieldChange(*change))
        return found
