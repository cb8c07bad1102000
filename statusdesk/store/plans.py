"""Planned changes on record: made, revised and taken back by statements over whole sets, each step journalled.

A plan row holds what its newest step says. A step is written for each plan that a change set touches, at most one;
undoing puts a plan back to the step before, if nothing was done to it since. Where one account's plans are looked
for, a `+` before the state keeps the engine from going through all plans of that state.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.plans import PlanKind, Standing, Wish
from statusdesk.store import selections
from statusdesk.store.accounts import PROPOSAL
from statusdesk.store.admitting import lacking_of, required_fields
from statusdesk.store.plan_queries import (
    AS_IT_IS,
    BESIDE,
    EXPECTED,
    FOLLOW,
    HEAD,
    OPEN_ONES,
    REOPENED,
    TAKING_BACK,
    THEIR_RETURNS,
    VALUES,
    WISHES,
)
from statusdesk.store.plan_records import chosen, told_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from statusdesk.store.database import Database
    from statusdesk.store.moves import Progress, Proposal, Written
    from statusdesk.store.plan_records import Chosen, NewPlan

_BATCH = 10_000
_REVISED = (
    "plan_id INTEGER NOT NULL PRIMARY KEY, state TEXT, due_at INTEGER, status_id INTEGER, expects_id INTEGER,"
    " charge INTEGER, reason TEXT, flag TEXT, yearly TEXT"
)


class Plans:
    """The plans of one database, as changes see them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def any_pending(self) -> bool:
        """Say whether any plan waits for its time."""
        return bool(self._db.value("SELECT EXISTS (SELECT 1 FROM plan WHERE state = 'pending')"))

    def first_due(self, at: int) -> tuple[int, int] | None:
        """Return the due instant and the target of the plan that is to be carried out next, if one is due."""
        rows = self._db.rows(
            "SELECT due_at, status_id FROM plan WHERE state = 'pending' AND due_at <= ?"
            " ORDER BY due_at, id LIMIT 1",
            (at,),
        )
        return rows[0] if rows else None

    def choose_due(self, due_at: int, status_id: int) -> list[Chosen]:
        """Choose the plans of one instant and target; of an account's several only the first."""
        return self._choose(f"SELECT p.id FROM plan p WHERE {HEAD}", {"due": due_at, "status": status_id})

    def choose(self, plan_ids: Iterable[int]) -> list[Chosen]:
        """Choose the open ones among these plans, in due order."""
        self._pick(OPEN_ONES, {"ids": json.dumps(sorted(set(plan_ids)))})
        return self._picked()

    def pick_to_give_up(self, plan_ids: Iterable[int]) -> list[int]:
        """Put the open ones among these plans, and with a leave its open return, into `temp.chosen`.

        Returns those that are not open.
        """
        wanted = set(plan_ids)
        self._pick(OPEN_ONES, {"ids": json.dumps(sorted(wanted))})
        there = {plan_id for (plan_id,) in self._db.rows("SELECT plan_id FROM temp.chosen")}
        self._db.run(THEIR_RETURNS)
        return sorted(wanted - there)

    def select_accounts(self) -> None:
        """Put the accounts of the plans in `temp.chosen` into `temp.selection`."""
        selections.fill(self._db, AccountIds(()))
        self._db.run(
            "INSERT OR IGNORE INTO temp.selection"
            " SELECT p.account_id FROM temp.chosen c CROSS JOIN plan p ON p.id = c.plan_id"
        )

    def give_up(self, change_set: int) -> set[int]:
        """Cancel the plans in `temp.chosen`, and return their ids."""
        values = {"state": "'cancelled'", "flag": "''"}
        self._write(change_set, "temp.chosen c CROSS JOIN plan p ON p.id = c.plan_id", {}, values)
        return {plan_id for (plan_id,) in self._db.rows("SELECT plan_id FROM temp.chosen")}

    def partners(self, plans: Iterable[Chosen]) -> list[Chosen]:
        """Return the other halves of these plans' vacations, done ones too but no cancelled ones."""
        given = [plan for plan in plans if plan.pair_id is not None]
        return self._choose(
            "SELECT p.id FROM json_each(:pairs) j CROSS JOIN plan p ON p.pair_id = j.value"
            " WHERE p.state <> 'cancelled' AND p.id NOT IN (SELECT value FROM json_each(:ids))",
            {
                "pairs": json.dumps(sorted({plan.pair_id for plan in given})),
                "ids": json.dumps([plan.id for plan in given]),
            },
        )

    def choose_returns(self) -> list[Chosen]:
        """Choose the open returns, of the accounts in `temp.selection`, whose leave does not wait itself."""
        return self._choose(
            "SELECT p.id FROM temp.selection x CROSS JOIN plan p ON p.account_id = x.account_id"
            " LEFT JOIN plan l ON l.pair_id = p.pair_id AND l.kind = 'leave'"
            " WHERE p.kind = 'return' AND +p.state IN ('pending', 'flagged')"
            " AND ifnull(l.state, '') NOT IN ('pending', 'flagged')",
            {},
        )

    def _choose(self, query: str, parameters: Mapping[str, object]) -> list[Chosen]:
        self._pick(query, parameters)
        return self._picked()

    def _pick(self, query: str, parameters: Mapping[str, object]) -> None:
        """Put the plans that a query finds into `temp.chosen`, in place of those there."""
        self._db.run("CREATE TEMP TABLE IF NOT EXISTS chosen (plan_id INTEGER NOT NULL PRIMARY KEY)")
        ids = self._db.rows(query, parameters)
        self._db.run("DELETE FROM temp.chosen")
        self._db.run_many("INSERT OR IGNORE INTO temp.chosen VALUES (?)", ids)

    def _picked(self) -> list[Chosen]:
        rows = self._db.rows(
            "SELECT p.id, p.account_id, p.kind, p.state, p.due_at, p.status_id, p.expects_id, p.charge,"
            " (SELECT l.charge FROM plan l WHERE l.id = p.pair_id AND p.kind = 'return'), p.reason, p.flag,"
            " p.yearly, p.pair_id, p.planned_by, p.planned_at, s.status_id, s.monthly_charge FROM temp.chosen c"
            " CROSS JOIN plan p ON p.id = c.plan_id JOIN account_state s ON s.account_id = p.account_id"
            " ORDER BY p.due_at, p.id"
        )
        lacks = lacking_of(self._db, {row[1] for row in rows}, required_fields(self._db))
        return [chosen(row, lacks.get(row[1], frozenset())) for row in rows]

    def expected(self, due_at: int) -> list[tuple[int, int, int, int]]:
        """Return of each account in `temp.selection` its id, status now, status at an instant, and charge now."""
        rows = self._db.rows(EXPECTED, {"due": due_at})
        return [(row[0], row[1], row[1] if row[2] is None else row[2], row[3]) for row in rows]

    def expected_beside(self, plan_ids: Iterable[int], due_at: int | None) -> dict[int, int]:
        """Return by plan id the status that its account will have by its other pending plans.

        At an instant, or at each plan's own time; closed accounts are left out.
        """
        rows = self._db.rows(BESIDE, {"ids": json.dumps(list(plan_ids)), "due": due_at})
        return {plan_id: status_id for plan_id, status_id in rows if status_id is not None}

    def propose(self, rows: Iterable[tuple[int, int, int | None]]) -> None:
        """Set down in `temp.proposal` what accounts become: (id, status id, charge, None to leave it)."""
        self._db.run(PROPOSAL)
        self._db.run("DELETE FROM temp.proposal")
        self._db.run_many(
            "INSERT INTO temp.proposal SELECT s.account_id, ?2, coalesce(?3, s.monthly_charge), s.delinquent, NULL"
            " FROM account_state s WHERE s.account_id = ?1",
            rows,
        )

    def make(
        self,
        change_set: int,
        plans: Sequence[NewPlan],
        *,
        author: str,
        at: int,
        progress: Progress | None = None,
    ) -> int:
        """Put new plans on record and return how many; `progress` is told how many are, and may raise."""
        if not plans:
            return 0
        before = int(self._db.value("SELECT coalesce(max(id), 0) FROM plan"))
        leaves: dict[int, int] = {}
        rows = []
        for plan_id, new in enumerate(plans, start=before + 1):
            pair = None if new.pair is None else leaves.setdefault(new.pair, plan_id)
            by = author if new.planned_by is None else new.planned_by
            planned_at = at if new.planned_at is None else new.planned_at
            identity = (plan_id, new.account_id, new.kind.value, pair, by, planned_at, new.state.value)
            values = (new.due_at, new.status_id, new.expects_id, new.charge, new.reason, "", new.yearly)
            rows.append(identity + values)
        told = told_of(rows, progress)
        self._db.run_many(f"INSERT INTO plan VALUES ({', '.join('?' * 14)}, NULL, 0)", told)
        return self._write(change_set, "plan p WHERE p.id > :before", {"before": before})

    def revise(self, change_set: int, plans: Iterable[Chosen]) -> int:
        """Give plans the changeable values that these have, and return how many they are."""
        self._db.run(f"CREATE TEMP TABLE IF NOT EXISTS revised ({_REVISED})")
        self._db.run("DELETE FROM temp.revised")
        self._db.run_many(
            "INSERT INTO temp.revised VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((plan.id, *(getattr(plan, name) for name in VALUES)) for plan in plans),
        )
        source = "temp.revised r CROSS JOIN plan p ON p.id = r.plan_id"
        return self._write(change_set, source, {}, {name: f"r.{name}" for name in VALUES})

    def point_to(self, change_set: int, status_id: int, into: int) -> int:
        """Let open plans that name a status name another one that takes its place."""
        return self._write(
            change_set,
            "plan p WHERE p.state IN ('pending', 'flagged') AND :old IN (p.status_id, p.expects_id)",
            {"old": status_id, "new": into},
            {
                "status_id": "iif(p.status_id = :old, :new, p.status_id)",
                "expects_id": "iif(p.expects_id = :old, :new, p.expects_id)",
            },
        )

    def take_back(
        self, change_set: int, reverted: int, *, at: int, left: Sequence[int]
    ) -> tuple[int, tuple[int, ...]]:
        """Put the plans of a change set back to their step before; made ones are cancelled.

        One that would wait again although its time has passed is flagged instead. Left alone are plans changed
        since, and those of the accounts `left`. Returns how many were put back, and whose were left alone.
        """
        back = {name: f"CASE WHEN b.id IS NULL THEN p.{name} ELSE b.{name} END" for name in VALUES}
        back["state"] = f"CASE WHEN b.id IS NULL THEN 'cancelled' WHEN {REOPENED} THEN 'flagged' ELSE b.state END"
        back["flag"] = f"CASE WHEN b.id IS NULL THEN '' WHEN {REOPENED} THEN 'reopened' ELSE b.flag END"
        parameters = {"reverted": reverted, "at": at, "left": json.dumps(list(left))}
        rows = self._db.rows(
            "SELECT DISTINCT p.account_id FROM plan_step x JOIN plan p ON p.id = x.plan_id"
            " WHERE x.change_set_id = ? AND p.tip <> x.new_tip",
            (reverted,),
        )
        written = self._write(change_set, TAKING_BACK, parameters, back, tip="x.old_tip")
        return written, tuple(account_id for (account_id,) in rows)

    def _write(
        self,
        change_set: int,
        source: str,
        parameters: Mapping[str, object],
        values: Mapping[str, str] | None = None,
        tip: str = ":change_set",
    ) -> int:
        """Journal a step for each plan of the source, and bring the plans to where these steps say."""
        last = self._newest_step()
        columns = ", ".join({**AS_IT_IS, **(values or {})}.values())
        self._db.run(
            f"INSERT INTO plan_step (change_set_id, plan_id, previous_id, {', '.join(VALUES)}, old_tip, new_tip)"
            f" SELECT :change_set, p.id, p.last_step_id, {columns}, p.tip, {tip} FROM {source}",
            {**parameters, "change_set": change_set},
        )
        newest = self._newest_step()
        self._db.run(FOLLOW, (last + 1, newest))
        return newest - last

    def _newest_step(self) -> int:
        return int(self._db.value("SELECT coalesce(max(id), 0) FROM plan_step"))

    def wishes(self, account_ids: Iterable[int] | None = None) -> Iterator[tuple[int, Wish]]:
        """Yield (account id, pending plan) by account and in due order; of these accounts, or all."""
        if account_ids is None:
            yield from self._wishes("p.state = 'pending'", {})
            return
        ids = sorted(account_ids)
        where = "+p.state = 'pending' AND p.account_id IN (SELECT value FROM json_each(:ids))"
        for start in range(0, len(ids), _BATCH):
            yield from self._wishes(where, {"ids": json.dumps(ids[start : start + _BATCH])})

    def _wishes(self, where: str, parameters: Mapping[str, object]) -> Iterator[tuple[int, Wish]]:
        for account_id, plan_id, kind, *rest in self._db.rows(WISHES.format(where), parameters):
            yield account_id, Wish(plan_id, PlanKind(kind), *rest)

    def proposed(self, proposal: Proposal) -> dict[int, tuple[Standing, Standing]]:
        """Return, of the proposal's accounts that have pending plans, where they are and where they would be."""
        if not self.any_pending():
            return {}
        rows = self._db.rows(
            f"SELECT s.account_id, s.status_id, s.monthly_charge, {proposal.status}, {proposal.charge}"
            f" FROM {proposal.source} AND s.account_id IN (SELECT account_id FROM plan WHERE state = 'pending')",
            {"change_set": 0, "at": 0, "low": -(2**63), "high": 2**63 - 1, **proposal.parameters},
        )
        return {row[0]: (Standing(*row[1:3]), Standing(*row[3:])) for row in rows}

    def moved(self, written: Written) -> dict[int, tuple[Standing, Standing]]:
        """Return, of the accounts in these journal entries that have pending plans, where they were and are."""
        if not written.count or not self.any_pending():
            return {}
        rows = self._db.rows(
            "SELECT e.account_id, e.old_status_id, e.old_charge, e.new_status_id, e.new_charge FROM entry e"
            " WHERE e.id BETWEEN ? AND ?"
            " AND e.account_id IN (SELECT account_id FROM plan WHERE state = 'pending')",
            (written.first, written.last),
        )
        return {row[0]: (Standing(*row[1:3]), Standing(*row[3:])) for row in rows}
