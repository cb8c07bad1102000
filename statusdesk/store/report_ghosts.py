"""Accounts whose status and other fields tell two stories: not active but on the network, or active for free."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from statusdesk.store.report_groups import Question, groups

if TYPE_CHECKING:
    from statusdesk.store.database import Database

LEFTOVER = "o.activates = 0 AND (a.radius_user <> '' OR a.ip_addresses <> '')"
"""Not billed and served, but with a RADIUS user or an IP address that providers may charge for."""

FREE = "o.activates = 1 AND s.monthly_charge = 0"
"""Billed and served, but with no monthly charge."""

_FROM = "FROM account_state s CROSS JOIN status o ON o.id = s.status_id"
_ORDER = "ORDER BY s.account_id"


def leftovers(db: Database, question: Question) -> list[tuple[str, int, int, int, int]]:
    """Count leftovers as rows of (group, status id, accounts, with a RADIUS user, with an IP address)."""
    named = groups(db, question, fields=("radius_user", "ip_addresses"))
    rows = db.rows(
        f"SELECT {named.group('s.status_id')}, s.status_id, count(*), count(*) FILTER (WHERE a.radius_user <> ''),"
        f" count(*) FILTER (WHERE a.ip_addresses <> '') {_FROM}{named.join('s.account_id')}"
        f" WHERE {LEFTOVER} GROUP BY 1, 2",
        named.parameters,
    )
    return [row for row in rows if row[0] is not None]


def free(db: Database, question: Question) -> list[tuple[str, int, int]]:
    """Count accounts that are active for free as rows of (group, status id, accounts)."""
    named = groups(db, question)
    rows = db.rows(
        f"SELECT {named.group('s.status_id')}, s.status_id, count(*) {_FROM}{named.join('s.account_id')}"
        f" WHERE {FREE} GROUP BY 1, 2",
        named.parameters,
    )
    return [row for row in rows if row[0] is not None]


def ids(db: Database, condition: str, question: Question) -> array[int]:
    """Return the ids of the accounts in scope for which `LEFTOVER` or `FREE` holds."""
    named = groups(db, question, fields=("radius_user", "ip_addresses"))
    rows = db.run(
        f"SELECT s.account_id {_FROM}{named.join('s.account_id')}"
        f" WHERE {condition} AND {named.group('s.status_id')} IS NOT NULL {_ORDER}",
        named.parameters,
    )
    return array("q", (account_id for (account_id,) in rows))
