"""Who does not pay since when, and whom the rule put where they are: all of it read from the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from statusdesk.store.accounts import PROPOSAL

if TYPE_CHECKING:
    from statusdesk.store.database import Database

CUT = "unpaid_cut"
"""The kind of the rule's change sets that take service away."""

_SPELLS = """
WITH RECURSIVE chain (account_id, id, moved) AS (
    SELECT account_id, last_entry_id, CAST(0 AS INTEGER) FROM account_state
    WHERE delinquent <> 0 AND status_id IS NOT NULL
    UNION ALL
    SELECT chain.account_id, e.previous_id,
        CAST(iif(moved = 1 OR e.old_status_id IS NOT e.new_status_id, 1, 0) AS INTEGER)
    FROM chain JOIN entry e ON e.id = chain.id WHERE e.old_delinquent <> 0 AND e.previous_id IS NOT NULL
),
spell AS (
    SELECT chain.account_id, min(e.effective_at) AS since, max(iif(c.kind = :cut, 1, 0)) AS cut,
        max(iif(c.kind = :cut AND moved = 0 AND e.old_status_id IS NOT e.new_status_id, 1, 0)) AS placed
    FROM chain JOIN entry e ON e.id = chain.id JOIN change_set c ON c.id = e.change_set_id GROUP BY 1
)
SELECT spell.account_id, a.number, iif(a.name = '', a.number, a.name), a.phone, s.status_id, spell.since,
    a.balance_due, spell.cut, spell.placed
FROM spell JOIN account_state s ON s.account_id = spell.account_id JOIN account a ON a.id = spell.account_id
ORDER BY spell.since, a.number
"""
_PLACED = """
WITH RECURSIVE chain (account_id, id) AS (
    SELECT account_id, last_entry_id FROM account_state WHERE delinquent = 0 AND status_id IN (
        SELECT DISTINCT e.new_status_id FROM change_set c JOIN entry e ON e.id = c.first_entry_id
        WHERE c.kind = :cut)
    UNION ALL
    SELECT chain.account_id, e.previous_id FROM chain JOIN entry e ON e.id = chain.id
    WHERE e.old_status_id IS e.new_status_id AND e.previous_id IS NOT NULL
)
SELECT chain.account_id, e.old_status_id FROM chain JOIN entry e ON e.id = chain.id
JOIN change_set c ON c.id = e.change_set_id
WHERE e.old_status_id IS NOT e.new_status_id AND c.kind = :cut ORDER BY 1
"""


class Spell(NamedTuple):
    """The time since an account does not pay. `since` is UTC milliseconds, `balance` minor units.

    `cut` says that the rule took its service away in this time; `placed` that it is still where the rule put it.
    """

    account_id: int
    number: str
    title: str
    phone: str
    status_id: int
    since: int
    balance: int
    cut: int
    placed: int


def spells(db: Database) -> list[Spell]:
    """Return the accounts that do not pay, those of the longest time first."""
    return [Spell(*row) for row in db.rows(_SPELLS, {"cut": CUT})]


def placed(db: Database) -> dict[int, int]:
    """Return the accounts that pay again and are still where the rule put them, with the status of before."""
    return dict(db.rows(_PLACED, {"cut": CUT}))


def newest_change(db: Database) -> int:
    """Return the id of the newest change set."""
    return int(db.value("SELECT coalesce(max(id), 0) FROM change_set"))


def stage_mark(db: Database, *, delinquent: bool, settles: bool) -> None:
    """Set down in `temp.proposal` who of `temp.selection` gets another mark or, if it `settles`, owes nothing."""
    db.run(PROPOSAL)
    db.run("DELETE FROM temp.proposal")
    owes = " OR a.balance_due <> 0" if settles else ""
    db.run(
        "INSERT INTO temp.proposal SELECT s.account_id, s.status_id, s.monthly_charge, ?1, NULL"
        " FROM temp.selection x CROSS JOIN account_state s ON s.account_id = x.account_id"
        f" CROSS JOIN account a ON a.id = x.account_id WHERE s.delinquent <> ?1{owes}",
        (int(delinquent),),
    )
