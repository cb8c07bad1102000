"""Debts on record: what handing them over changes, and who has how many of them since when."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from statusdesk.domain.debts import Debt
from statusdesk.domain.records import Stage
from statusdesk.store.accounts import PROPOSAL

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from statusdesk.store.database import Database


def propose(db: Database, status_id: int, barred: Collection[int], fields: Mapping[str, object]) -> None:
    """Set down in `temp.proposal` who of `temp.selection` comes into a status or gets other fields in it."""
    differs = " OR ".join(["s.status_id <> ?1", *(f"a.{name} <> ?{at}" for at, name in enumerate(fields, 3))])
    db.run(PROPOSAL)
    db.run("DELETE FROM temp.proposal")
    db.run(
        "INSERT INTO temp.proposal SELECT s.account_id, ?1, s.monthly_charge, s.delinquent, NULL"
        " FROM temp.selection x CROSS JOIN account_state s ON s.account_id = x.account_id"
        " CROSS JOIN account a ON a.id = x.account_id"
        f" WHERE s.status_id NOT IN (SELECT value FROM json_each(?2)) AND ({differs})",
        (status_id, json.dumps(sorted(barred)), *fields.values()),
    )


def debts(db: Database) -> list[Debt]:
    """Return the accounts in statuses of the stage Debt: those handed over first come first, undated ones last."""
    rows = db.rows(
        "SELECT a.id, a.number, iif(a.name = '', a.number, a.name), s.status_id, a.collections_agency,"
        " a.handed_over_on, a.balance_due, a.phone FROM account_state s JOIN account a ON a.id = s.account_id"
        " WHERE s.status_id IN (SELECT id FROM status WHERE stage = ?)"
        " ORDER BY a.handed_over_on = '', a.handed_over_on, a.number",
        (Stage.DEBT.value,),
    )
    return [Debt(*row) for row in rows]
