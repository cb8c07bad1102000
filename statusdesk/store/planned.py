"""Planned changes as people see them: by account, by list, who is away, and what stands in the way of each."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from statusdesk.domain.plans import Flag, Plan, PlanKind, PlanState, PlanView, Standing, Wish, obstacles
from statusdesk.store.admitting import lacking_of, required_fields
from statusdesk.store.statuses import Statuses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from statusdesk.store.database import Database

_PLANS = """
SELECT p.id, p.account_id, a.number, iif(a.name = '', a.number, a.name), p.kind, p.state, p.due_at, p.status_id,
    p.expects_id, p.charge, p.reason, p.flag, p.yearly, p.pair_id, p.planned_by, p.planned_at, c.author,
    c.recorded_at
FROM plan p JOIN account a ON a.id = p.account_id JOIN plan_step x ON x.id = p.last_step_id
    JOIN change_set c ON c.id = x.change_set_id
WHERE {} ORDER BY p.due_at, p.id
"""
_WALKED = """
SELECT p.account_id, s.status_id, s.monthly_charge, p.id, p.kind, p.status_id, p.expects_id, p.charge,
    (SELECT l.charge FROM plan l WHERE l.id = p.pair_id AND p.kind = 'return')
FROM plan p JOIN account_state s ON s.account_id = p.account_id
WHERE +p.state = 'pending' AND {} ORDER BY p.account_id, p.due_at, p.id
"""
_SUSPECTS = """
p.account_id IN (SELECT account_id FROM (
    SELECT q.account_id, q.expects_id IS NOT coalesce(
            lag(q.status_id) OVER (PARTITION BY q.account_id ORDER BY q.due_at, q.id), s.status_id)
        OR t.retired <> 0 OR t.deleted <> 0 OR t.required <> '' OR f.followers <> '' OR f.stage = 'debt'
        OR s.status_id IS NULL OR (q.kind = 'return' AND q.charge IS NOT NULL) AS odd
    FROM plan q JOIN account_state s ON s.account_id = q.account_id JOIN status t ON t.id = q.status_id
        JOIN status f ON f.id = q.expects_id
    WHERE {}) w WHERE odd)
"""
_AWAY = """
SELECT s.account_id, a.number, iif(a.name = '', a.number, a.name), s.status_id, s.since, p.id, p.due_at,
    p.status_id, p.flag
FROM account_state s JOIN account a ON a.id = s.account_id
LEFT JOIN plan p ON p.id = (
    SELECT q.id FROM plan q WHERE q.account_id = s.account_id AND q.kind = 'return'
    AND +q.state IN ('pending', 'flagged') AND q.expects_id = s.status_id ORDER BY q.due_at, q.id LIMIT 1)
WHERE s.status_id IN (SELECT id FROM status WHERE stage = 'paused') ORDER BY p.due_at IS NULL, p.due_at, s.since
"""
_AWAY_COUNTS = """
SELECT count(*) FILTER (WHERE due > :at AND due <= :until), count(*) FILTER (WHERE due <= :at),
    count(*) FILTER (WHERE due IS NULL), count(*) FROM (
    SELECT (SELECT min(q.due_at) FROM plan q WHERE q.account_id = s.account_id AND q.kind = 'return'
        AND +q.state IN ('pending', 'flagged') AND q.expects_id = s.status_id) AS due
    FROM account_state s WHERE s.status_id IN (SELECT id FROM status WHERE stage = 'paused')) AS away
"""
_LEFT_FROM = """
WITH RECURSIVE chain (account_id, id) AS (
    SELECT s.account_id, s.last_entry_id FROM json_each(?) j CROSS JOIN account_state s ON s.account_id = j.value
    UNION ALL
    SELECT c.account_id, e.previous_id FROM chain c CROSS JOIN entry e ON e.id = c.id
    CROSS JOIN status t ON t.id = e.old_status_id WHERE t.stage = 'paused' AND e.previous_id IS NOT NULL
)
SELECT c.account_id, e.old_status_id FROM chain c CROSS JOIN entry e ON e.id = c.id
CROSS JOIN status t ON t.id = e.old_status_id WHERE t.stage <> 'paused'
"""
_OPEN = "+p.state IN ('pending', 'flagged')"
_BATCH = 10_000
_KINDS = {kind.value: kind for kind in PlanKind}
_STATES = {state.value: state for state in PlanState}


@dataclass(frozen=True, slots=True)
class Away:
    """An account in a Paused status, since when (UTC milliseconds), and its planned return, if there is one.

    `return_to` is the status that the return leads to, `flag` why it was left to a person.
    """

    account_id: int
    number: str
    title: str
    status_id: int
    since: int
    plan_id: int | None
    return_at: int | None
    return_to: int | None
    flag: Flag | None = None


class Planned:
    """The plans of one database, as lists and details show them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def pending(self, account_ids: Sequence[int]) -> dict[int, list[Plan]]:
        """Return the open plans of these accounts by account id, in due order; accounts without are left out."""
        found: dict[int, list[Plan]] = defaultdict(list)
        for start in range(0, len(account_ids), _BATCH):
            ids = json.dumps(list(account_ids[start : start + _BATCH]))
            where = "p.account_id IN (SELECT value FROM json_each(:ids))"
            for plan in self._plans(f"{_OPEN} AND {where}", {"ids": ids}, among=where):
                found[plan.account_id].append(plan)
        return dict(found)

    def next_due(self, account_ids: Sequence[int]) -> dict[int, int]:
        """Return by account when its next open plan is due (UTC milliseconds); accounts without are left out."""
        rows = self._db.rows(
            "SELECT p.account_id, min(p.due_at) FROM json_each(?) j CROSS JOIN plan p ON p.account_id = j.value"
            " WHERE +p.state IN ('pending', 'flagged') GROUP BY p.account_id",
            (json.dumps(list(account_ids)),),
        )
        return dict(rows)

    def of_account(self, account_id: int) -> list[Plan]:
        """Return all that was ever planned for an account, in due order."""
        where = "p.account_id = :account"
        return self._plans(where, {"account": account_id}, among=where)

    def page(self, plan_ids: Sequence[int]) -> list[Plan]:
        """Return these plans in this order."""
        if len(plan_ids) > _BATCH:
            return self._long_page(plan_ids)
        chosen = "SELECT value FROM json_each(:ids)"
        plans = self._plans(
            f"p.id IN ({chosen})",
            {"ids": json.dumps(list(plan_ids))},
            among=f"p.account_id IN (SELECT account_id FROM plan WHERE id IN ({chosen}))",
        )
        by_id = {plan.id: plan for plan in plans}
        return [by_id[plan_id] for plan_id in plan_ids if plan_id in by_id]

    def _long_page(self, plan_ids: Sequence[int]) -> list[Plan]:
        """Return very many plans: what is in their way is looked for only where something may be."""
        odd, found = self.obstructed(), {}
        for start in range(0, len(plan_ids), _BATCH):
            ids = json.dumps(list(plan_ids[start : start + _BATCH]))
            where = "p.id IN (SELECT value FROM json_each(:ids))"
            for row in self._db.rows(_PLANS.format(where), {"ids": ids}):
                found[row[0]] = _plan(row, odd.get(row[0]))
        return [found[plan_id] for plan_id in plan_ids if plan_id in found]

    def ids(self, view: PlanView, at: int) -> list[int]:
        """Return the ids of a list's plans as it stands at an instant, in due order; done ones newest first."""
        if view in (PlanView.DONE, PlanView.CANCELLED):
            state = PlanState.APPLIED if view is PlanView.DONE else PlanState.CANCELLED
            rows = self._db.rows("SELECT id FROM plan WHERE state = ? ORDER BY due_at DESC, id DESC", (state,))
            return [plan_id for (plan_id,) in rows]
        odd = self.obstructed()
        rows = self._db.rows(
            "SELECT id, state, due_at FROM plan WHERE state IN ('pending', 'flagged') ORDER BY due_at, id"
        )
        lists = ((plan_id, _view(plan_id, state, due_at, at, odd)) for plan_id, state, due_at in rows)
        return [plan_id for plan_id, found in lists if found is view]

    def counts(self, at: int) -> dict[PlanView, int]:
        """Return how many plans each list has at an instant."""
        counts = dict.fromkeys(PlanView, 0)
        odd = self.obstructed()
        rows = self._db.rows("SELECT state, due_at <= ?, count(*) FROM plan GROUP BY 1, 2", (at,))
        views = {
            PlanState.APPLIED: PlanView.DONE,
            PlanState.CANCELLED: PlanView.CANCELLED,
            PlanState.FLAGGED: PlanView.FLAGGED,
        }
        for state, due, count in rows:
            counts[views.get(PlanState(state), PlanView.OVERDUE if due else PlanView.UPCOMING)] += count
        for (due_at,) in self._due_at(odd):
            counts[PlanView.OVERDUE if due_at <= at else PlanView.UPCOMING] -= 1
            counts[PlanView.FLAGGED] += 1
        return counts

    def _due_at(self, plan_ids: Iterable[int]) -> list[tuple[Any, ...]]:
        return self._db.rows(
            "SELECT due_at FROM plan WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(plan_ids)),),
        )

    def obstructed(self) -> dict[int, Flag]:
        """Return by plan id what pending plans will meet as things stand; those that meet nothing are left out."""
        return self._walk(_SUSPECTS.format("q.state = 'pending'"), {})

    def obstructed_selected(self) -> dict[int, Flag]:
        """Return the same of the accounts in `temp.selection`."""
        chosen = "+q.state = 'pending' AND q.account_id IN (SELECT account_id FROM temp.selection)"
        return self._walk(_SUSPECTS.format(chosen), {})

    def numbers(self, plan_ids: Iterable[int]) -> dict[int, str]:
        """Return the account numbers of these plans by plan id."""
        rows = self._db.rows(
            "SELECT p.id, a.number FROM json_each(?) j CROSS JOIN plan p ON p.id = j.value"
            " JOIN account a ON a.id = p.account_id",
            (json.dumps(list(plan_ids)),),
        )
        return dict(rows)

    def steps(self) -> list[tuple[int, int, int, int]]:
        """Return id, account id, due instant and target of each pending plan, in due order."""
        return self._db.rows(
            "SELECT id, account_id, due_at, status_id FROM plan WHERE state = 'pending' ORDER BY due_at, id"
        )

    def away(self) -> list[Away]:
        """Return all accounts in Paused statuses: first by their planned return, then those without one."""
        return [_away(row) for row in self._db.rows(_AWAY)]

    def away_counts(self, at: int, until: int) -> tuple[int, int, int, int]:
        """Count returns after `at` and not after `until`, overdue ones, accounts without one, and all away."""
        ((soon, overdue, undated, everybody),) = self._db.rows(_AWAY_COUNTS, {"at": at, "until": until})
        return soon, overdue, undated, everybody

    def away_among(self, account_ids: Iterable[int]) -> set[int]:
        """Return those of these accounts that are in Paused statuses."""
        rows = self._db.rows(
            "SELECT s.account_id FROM json_each(?) j CROSS JOIN account_state s ON s.account_id = j.value"
            " CROSS JOIN status t ON t.id = s.status_id WHERE t.stage = 'paused'",
            (json.dumps(list(account_ids)),),
        )
        return {account_id for (account_id,) in rows}

    def left_from(self, account_ids: Iterable[int]) -> dict[int, int]:
        """Return by account the newest status of its past that is not Paused; accounts without are left out."""
        return dict(self._db.rows(_LEFT_FROM, (json.dumps(list(account_ids)),)))

    def made_by(self, change_set: int) -> list[int]:
        """Return the ids of the plans that a change set concerns, in due order."""
        rows = self._db.rows(
            "SELECT p.id FROM plan_step x JOIN plan p ON p.id = x.plan_id WHERE x.change_set_id = ?"
            " ORDER BY p.due_at, p.id",
            (change_set,),
        )
        return [plan_id for (plan_id,) in rows]

    def _plans(self, where: str, parameters: Mapping[str, object], *, among: str) -> list[Plan]:
        odd = self._walk(among, parameters)
        return [_plan(row, odd.get(row[0])) for row in self._db.rows(_PLANS.format(where), parameters)]

    def _walk(self, among: str, parameters: Mapping[str, object]) -> dict[int, Flag]:
        statuses = Statuses(self._db).by_id()
        wishes: dict[int, list[Wish]] = defaultdict(list)
        standings: dict[int, Standing] = {}
        for account_id, status, charge, plan_id, kind, *rest in self._db.rows(_WALKED.format(among), parameters):
            standings[account_id] = Standing(status, charge)
            wishes[account_id].append(Wish(plan_id, PlanKind(kind), *rest))
        found: dict[int, Flag] = {}
        for account_id, names in lacking_of(self._db, standings, required_fields(self._db)).items():
            standings[account_id] = replace(standings[account_id], lacks=names)
        for account_id, standing in standings.items():
            found |= obstacles(wishes[account_id], standing, statuses)
        return found


def _view(plan_id: int, state: str, due_at: int, at: int, odd: Mapping[int, Flag]) -> PlanView:
    if state == PlanState.FLAGGED or plan_id in odd:
        return PlanView.FLAGGED
    return PlanView.OVERDUE if due_at <= at else PlanView.UPCOMING


def _away(row: tuple[Any, ...]) -> Away:
    values = [*row[:-1], Flag(row[-1]) if row[-1] else None]
    return Away(*values)


def _plan(row: tuple[Any, ...], obstacle: Flag | None) -> Plan:
    values = [*row[:4], _KINDS[row[4]], _STATES[row[5]], *row[6:11], Flag(row[11]) if row[11] else None]
    values += [obstacle, *row[12:16], *(("", None) if row[5] == PlanState.PENDING else row[16:18])]
    return Plan(*values)
