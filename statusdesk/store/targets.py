"""Targets of publishing and their runs on record, and what each target does not know yet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from statusdesk.domain.targets import Result, Run, Target, TargetKind, Waiting
from statusdesk.store.levels import Levels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from statusdesk.store.database import Database

_OPTIONS = ("prefix", "automatic", "disconnect", "coa_port")
_RUN = (
    "SELECT target_id, started_at, finished_at, actor, trigger, whole, result, facts, retired, change_set_id,"
    " entry_id FROM publish_run WHERE target_id = ?"
)
_DONE = "result IN ('published', 'nothing')"
_SINCE = """
SELECT e.account_id, e.old_status_id, e.new_status_id, e.old_delinquent, e.new_delinquent,
    coalesce(p.old, a.service_level), coalesce(p.new, a.service_level), u.field IS NOT NULL
FROM entry e JOIN account a ON a.id = e.account_id
LEFT JOIN field_change p ON p.entry_id = e.id AND p.field = 'service_level'
LEFT JOIN field_change u ON u.entry_id = e.id AND u.field IN ('radius_user', 'ip_addresses')
WHERE e.id > ? AND (a.radius_user <> '' OR a.ip_addresses <> '' OR u.field IS NOT NULL) ORDER BY e.id
"""
_LEVELS_CHANGED = """
SELECT EXISTS (SELECT 1 FROM change_set WHERE id > :after AND json_extract(facts, '$.levels') IS NOT NULL)
    OR EXISTS (SELECT 1 FROM status_change WHERE change_set_id > :after
        AND field IN ('activates', 'level_current', 'level_delinquent'))
"""
_USERS = """
SELECT a.id, a.number, a.radius_user, a.ip_addresses, s.status_id, s.delinquent, a.service_level
FROM account a JOIN account_state s ON s.account_id = a.id WHERE a.closed = 0 AND {}
"""


class Targets:
    """The targets of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> list[Target]:
        """Return the targets that were not deleted, in the order of their making."""
        rows = self._db.rows(
            "SELECT id, name, kind, address, options FROM publish_target WHERE deleted = 0 ORDER BY id"
        )
        return [
            Target(identity, name, TargetKind(kind), address, **json.loads(options))
            for identity, name, kind, address, options in rows
        ]

    def put(self, target: Target) -> int:
        """Add a target whose id is 0, or change the one with this id; return its id."""
        options = json.dumps({name: getattr(target, name) for name in _OPTIONS})
        values = (target.name, target.kind.value, target.address, options)
        if target.id:
            self._db.run(
                "UPDATE publish_target SET name = ?, kind = ?, address = ?, options = ? WHERE id = ?",
                (*values, target.id),
            )
            return target.id
        self._db.run(
            "INSERT INTO publish_target (name, kind, address, options, deleted) VALUES (?, ?, ?, ?, 0)", values
        )
        return int(self._db.value("SELECT max(id) FROM publish_target"))

    def remove(self, target_id: int) -> None:
        """Offer a target no longer; its runs stay on record."""
        self._db.run("UPDATE publish_target SET deleted = 1 WHERE id = ?", (target_id,))

    def bring_back(self, target: Target) -> None:
        """Offer a removed target again, as it was."""
        self._db.run("UPDATE publish_target SET deleted = 0 WHERE id = ?", (target.id,))
        self.put(target)

    def record(self, run: Run) -> None:
        """Put a run on record."""
        self._db.run(
            "INSERT INTO publish_run (target_id, started_at, finished_at, actor, trigger, whole, result, facts,"
            " retired, change_set_id, entry_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                run.target_id,
                run.started_at,
                run.finished_at,
                run.actor,
                run.trigger,
                run.whole,
                run.result.value,
                json.dumps(dict(run.facts), ensure_ascii=False),
                json.dumps(run.retired),
                run.change_set_id,
                run.entry_id,
            ),
        )

    def runs(self, target_id: int, *, limit: int = 50) -> list[Run]:
        """Return the runs of a target, newest first."""
        return [_run(row) for row in self._db.rows(f"{_RUN} ORDER BY id DESC LIMIT ?", (target_id, limit))]

    def last_done(self, target_id: int, *, whole: bool = False) -> Run | None:
        """Return the newest run that brought the target up to date."""
        only = f"{_DONE} AND whole <> 0" if whole else _DONE
        rows = self._db.rows(f"{_RUN} AND {only} ORDER BY id DESC LIMIT 1", (target_id,))
        return _run(rows[0]) if rows else None

    def newest(self) -> tuple[int, int]:
        """Return the ids of the newest change set and the newest entry."""
        (row,) = self._db.rows("SELECT (SELECT max(id) FROM change_set), (SELECT max(id) FROM entry)")
        return row[0] or 0, row[1] or 0

    def waiting(self, target_id: int) -> Waiting:
        """Return what a target does not know yet."""
        last = self.last_done(target_id)
        if last is None:
            return Waiting(never=True)
        changed = bool(self._db.value(_LEVELS_CHANGED, {"after": last.change_set_id}))
        return Waiting(len(self._moved_since(last.entry_id)), changed)

    def _moved_since(self, entry_id: int) -> set[int]:
        grid = Levels(self._db).grid()
        first: dict[int, int | None] = {}
        now: dict[int, int | None] = {}
        renamed: set[int] = set()
        for account, old, new, owed, owes, old_plan, plan, named in self._db.rows(_SINCE, (entry_id,)):
            first.setdefault(account, grid.level_id(old, delinquent=bool(owed), plan=old_plan))
            now[account] = grid.level_id(new, delinquent=bool(owes), plan=plan)
            if named:
                renamed.add(account)
        return renamed | {account for account, level in first.items() if now[account] != level}

    def accounts(self, ids: list[int] | None = None, *, by: str = "radius_user") -> Iterator[tuple[Any, ...]]:
        """Yield id, number, RADIUS user, addresses, status, standing and plan of accounts that have `by`.

        With `ids` only of these accounts.
        """
        where = f"a.{by} <> ''"
        if ids is None:
            yield from self._db.run(_USERS.format(where))
            return
        some = f"{where} AND a.id IN (SELECT value FROM json_each(?))"
        yield from self._db.run(_USERS.format(some), (json.dumps(ids),))

    def unreachable(self) -> list[tuple[Any, ...]]:
        """Return status, standing, plan and number of accounts with neither a RADIUS user nor an address."""
        return self._db.rows(
            "SELECT s.status_id, s.delinquent, a.service_level, count(*) FROM account a"
            " JOIN account_state s ON s.account_id = a.id"
            " WHERE a.closed = 0 AND a.radius_user = '' AND a.ip_addresses = '' GROUP BY 1, 2, 3"
        )

    def users_before(self, change_set: int) -> list[str]:
        """Return the RADIUS users of the accounts that a change set closed or gave another user, or none."""
        of_set = "change_set c JOIN entry e ON e.id BETWEEN c.first_entry_id AND c.last_entry_id"
        rows = self._db.rows(
            f"SELECT f.old FROM {of_set} JOIN field_change f ON f.entry_id = e.id AND f.field = 'radius_user'"
            " WHERE c.id = :id AND f.old <> '' UNION ALL"
            f" SELECT a.radius_user FROM {of_set} JOIN account a ON a.id = e.account_id"
            " WHERE c.id = :id AND a.closed <> 0 AND a.radius_user <> ''",
            {"id": change_set},
        )
        return [user for (user,) in rows]


def _run(row: tuple[Any, ...]) -> Run:
    values = list(row)
    values[5:9] = bool(row[5]), Result(row[6]), json.loads(row[7]), tuple(json.loads(row[8]))
    return Run(*values)
