"""Planned changes on record: made, revised and taken back by statements over whole sets, each step journalled.

A plan row holds what its newest step says. A step is written for each plan that a change set touches, at most one;
undoing puts a plan back to the step before, if nothing was done to it since. Where one account's plans are looked
for, a `+` before the state keeps the engine from going through all plans of that state.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from statusdesk.domain.plans import PlanKind, PlanState, Standing, Wish
from statusdesk.store.accounts import PROPOSAL
from statusdesk.store.admitting import lacking_of, required_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from statusdesk.store.database import Database
    from statusdesk.store.moves import Proposal, Written

_BATCH = 10_000
_VALUES = ("state", "due_at", "status_id", "expects_id", "charge", "reason", "flag", "yearly")
_AS_IT_IS = {name: f"p.{name}" for name in _VALUES}

_FOLLOW = """
UPDATE plan SET (state, due_at, status_id, expects_id, charge, reason, flag, yearly, last_step_id, tip) =
    (x.state, x.due_at, x.status_id, x.expects_id, x.charge, x.reason, x.flag, x.yearly, x.id, x.new_tip)
FROM plan_step x WHERE x.id BETWEEN ? AND ? AND plan.id = x.plan_id
"""
_WISHES = """
SELECT p.account_id, p.id, p.kind, p.status_id, p.expects_id, p.charge,
    (SELECT l.charge FROM plan l WHERE l.id = p.pair_id AND p.kind = 'return')
FROM plan p WHERE {} ORDER BY p.account_id, p.due_at, p.id
"""
_HEAD = """
p.state = 'pending' AND p.due_at = :due AND p.status_id = :status AND NOT EXISTS (SELECT 1 FROM plan q
    WHERE q.account_id = p.account_id AND +q.state = 'pending' AND q.due_at = p.due_at AND q.id < p.id)
"""
_TAKING_BACK = """
plan_step x CROSS JOIN plan p ON p.id = x.plan_id LEFT JOIN plan_step b ON b.id = x.previous_id
WHERE x.change_set_id = :reverted AND p.tip = x.new_tip
    AND p.account_id NOT IN (SELECT value FROM json_each(:left))
"""
_EXPECTED = """
SELECT s.account_id, s.status_id,
    (SELECT p.status_id FROM plan p WHERE p.account_id = s.account_id AND +p.state = 'pending' AND p.due_at <= :due
    ORDER BY p.due_at DESC, p.id DESC LIMIT 1), s.monthly_charge
FROM temp.selection x CROSS JOIN account_state s ON s.account_id = x.account_id
"""
_REOPENED = "b.state = 'pending' AND b.due_at <= :at"


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan that is about to be put on record; `pair` counts the pairs of one batch, leave before return.

    `planned_by` and `planned_at` are given where the plan goes on with an earlier one.
    """

    account_id: int
    kind: PlanKind
    due_at: int
    status_id: int
    expects_id: int
    reason: str = ""
    charge: int | None = None
    yearly: str = ""
    pair: int | None = None
    state: PlanState = PlanState.PENDING
    planned_by: str | None = None
    planned_at: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A plan that a change concerns, with where its account is now. Instants are UTC milliseconds."""

    id: int
    account_id: int
    kind: PlanKind
    state: PlanState
    due_at: int
    status_id: int
    expects_id: int
    charge: int | None
    away_charge: int | None
    reason: str
    flag: str
    yearly: str
    pair_id: int | None
    planned_by: str
    planned_at: int
    standing: Standing

    @property
    def wish(self) -> Wish:
        """The part of it that the rule looks at."""
        return Wish(self.id, self.kind, self.status_id, self.expects_id, self.charge, self.away_charge)


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
        return self._choose(f"SELECT p.id FROM plan p WHERE {_HEAD}", {"due": due_at, "status": status_id})

    def choose(self, plan_ids: Iterable[int]) -> list[Chosen]:
        """Choose the open ones among these plans, in due order."""
        return self._choose(
            "SELECT p.id FROM json_each(:ids) j CROSS JOIN plan p ON p.id = j.value"
            " WHERE p.state IN ('pending', 'flagged')",
            {"ids": json.dumps(sorted(set(plan_ids)))},
        )

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
        ids = self._db.rows(query, parameters)
        self._db.run("CREATE TEMP TABLE IF NOT EXISTS chosen (plan_id INTEGER NOT NULL PRIMARY KEY)")
        self._db.run("DELETE FROM temp.chosen")
        self._db.run_many("INSERT OR IGNORE INTO temp.chosen VALUES (?)", ids)
        rows = self._db.rows(
            "SELECT p.id, p.account_id, p.kind, p.state, p.due_at, p.status_id, p.expects_id, p.charge,"
            " (SELECT l.charge FROM plan l WHERE l.id = p.pair_id AND p.kind = 'return'), p.reason, p.flag,"
            " p.yearly, p.pair_id, p.planned_by, p.planned_at, s.status_id, s.monthly_charge FROM temp.chosen c"
            " CROSS JOIN plan p ON p.id = c.plan_id JOIN account_state s ON s.account_id = p.account_id"
            " ORDER BY p.due_at, p.id"
        )
        lacks = lacking_of(self._db, {row[1] for row in rows}, required_fields(self._db))
        return [_chosen(row, lacks.get(row[1], frozenset())) for row in rows]

    def expected(self, due_at: int) -> list[tuple[int, int, int, int]]:
        """Return of each account in `temp.selection` its id, status now, status at an instant, and charge now."""
        rows = self._db.rows(_EXPECTED, {"due": due_at})
        return [(row[0], row[1], row[1] if row[2] is None else row[2], row[3]) for row in rows]

    def status_by(self, account_id: int, due_at: int, *, beside: int) -> int | None:
        """Return the status that an account will have at an instant by its pending plans, leaving one aside."""
        found = self._db.value(
            "SELECT coalesce((SELECT p.status_id FROM plan p WHERE p.account_id = s.account_id"
            " AND +p.state = 'pending' AND p.due_at <= :due AND p.id <> :beside"
            " ORDER BY p.due_at DESC, p.id DESC LIMIT 1), s.status_id)"
            " FROM account_state s WHERE s.account_id = :account",
            {"account": account_id, "due": due_at, "beside": beside},
        )
        return None if found is None else int(found)

    def propose(self, rows: Iterable[tuple[int, int, int | None]]) -> None:
        """Set down in `temp.proposal` what accounts become: (id, status id, charge, None to leave it)."""
        self._db.run(PROPOSAL)
        self._db.run("DELETE FROM temp.proposal")
        self._db.run_many(
            "INSERT INTO temp.proposal SELECT s.account_id, ?2, coalesce(?3, s.monthly_charge), s.delinquent, NULL"
            " FROM account_state s WHERE s.account_id = ?1",
            rows,
        )

    def make(self, change_set: int, plans: Sequence[NewPlan], *, author: str, at: int) -> int:
        """Put new plans on record and return how many."""
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
        self._db.run_many(f"INSERT INTO plan VALUES ({', '.join('?' * 14)}, NULL, 0)", rows)
        return self._write(change_set, "plan p WHERE p.id > :before", {"before": before})

    def revise(self, change_set: int, plans: Iterable[Chosen]) -> int:
        """Give plans the changeable values that these have, and return how many they are."""
        columns = (
            "plan_id INTEGER NOT NULL PRIMARY KEY, state, due_at, status_id, expects_id, charge, reason, flag"
        )
        self._db.run(f"CREATE TEMP TABLE IF NOT EXISTS revised ({columns}, yearly)")
        self._db.run("DELETE FROM temp.revised")
        self._db.run_many(
            "INSERT INTO temp.revised VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((plan.id, *(getattr(plan, name) for name in _VALUES)) for plan in plans),
        )
        source = "temp.revised r CROSS JOIN plan p ON p.id = r.plan_id"
        return self._write(change_set, source, {}, {name: f"r.{name}" for name in _VALUES})

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
        back = {name: f"CASE WHEN b.id IS NULL THEN p.{name} ELSE b.{name} END" for name in _VALUES}
        back["state"] = f"CASE WHEN b.id IS NULL THEN 'cancelled' WHEN {_REOPENED} THEN 'flagged' ELSE b.state END"
        back["flag"] = f"CASE WHEN b.id IS NULL THEN '' WHEN {_REOPENED} THEN 'reopened' ELSE b.flag END"
        parameters = {"reverted": reverted, "at": at, "left": json.dumps(list(left))}
        rows = self._db.rows(
            "SELECT DISTINCT p.account_id FROM plan_step x JOIN plan p ON p.id = x.plan_id"
            " WHERE x.change_set_id = ? AND p.tip <> x.new_tip",
            (reverted,),
        )
        written = self._write(change_set, _TAKING_BACK, parameters, back, tip="x.old_tip")
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
        columns = ", ".join({**_AS_IT_IS, **(values or {})}.values())
        self._db.run(
            f"INSERT INTO plan_step (change_set_id, plan_id, previous_id, {', '.join(_VALUES)}, old_tip, new_tip)"
            f" SELECT :change_set, p.id, p.last_step_id, {columns}, p.tip, {tip} FROM {source}",
            {**parameters, "change_set": change_set},
        )
        newest = self._newest_step()
        self._db.run(_FOLLOW, (last + 1, newest))
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
        for account_id, plan_id, kind, *rest in self._db.rows(_WISHES.format(where), parameters):
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


def _chosen(row: tuple[Any, ...], lacks: frozenset[str]) -> Chosen:
    values = [*row[:2], PlanKind(row[2]), PlanState(row[3]), *row[4:15], Standing(row[15], row[16], lacks)]
    return Chosen(*values)
