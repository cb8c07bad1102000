"""Closes the holes of what was read from a damaged file, so that it can be looked at, and marks them."""

import sqlite3
from contextlib import suppress
from typing import Final

from statusdesk.domain.folding import name_key
from statusdesk.domain.looks import Shape
from statusdesk.domain.records import Stage

UNREADABLE: Final = "Unreadable"
"""What accounts and statuses are called of which only the id is left."""

_NAMED: Final = 13
"""How many columns of a status are filled in; those behind them are texts that may be empty."""

_STATES: Final = """
INSERT INTO account_state SELECT e.account_id, e.new_status_id, e.new_since, e.new_charge, e.new_delinquent,
    e.effective_at, e.id, e.new_tip FROM entry e
JOIN (SELECT max(id) AS id FROM entry GROUP BY account_id) newest ON newest.id = e.id
WHERE e.account_id NOT IN (SELECT account_id FROM account_state)
"""
_USED: Final = """
SELECT status_id FROM account_state WHERE status_id IS NOT NULL
UNION SELECT old_status_id FROM entry WHERE old_status_id IS NOT NULL
UNION SELECT new_status_id FROM entry WHERE new_status_id IS NOT NULL
UNION SELECT status_id FROM status_change
"""
_COUNTS: Final = """
INSERT INTO status_count SELECT status_id, count(*), sum(monthly_charge) FROM account_state
WHERE status_id IS NOT NULL GROUP BY status_id
"""


def mend(new: sqlite3.Connection) -> None:
    """Fill in what a window needs: settings, a name for each status and account, and counts."""
    new.execute("INSERT OR IGNORE INTO setting VALUES ('currency', 'EUR'), ('time_zone', 'UTC')")
    new.execute(_STATES)
    new.execute(
        "INSERT INTO account_state SELECT id, (SELECT coalesce(max(id), 0) + 1 FROM status), 0, 0, 0, 0, NULL, 0"
        " FROM account WHERE closed = 0 AND id NOT IN (SELECT account_id FROM account_state)"
    )
    _name_statuses(new)
    _name_accounts(new)
    new.execute(_COUNTS)


def _name_statuses(new: sqlite3.Connection) -> None:
    known = {status_id for (status_id,) in new.execute("SELECT id FROM status")}
    blanks = ["''"] * (len(new.execute("PRAGMA table_info(status)").fetchall()) - _NAMED)
    free = iter([(shape.value, f"#7A808{digit:X}") for shape in Shape for digit in range(16)])
    for (status_id,) in new.execute(f"SELECT * FROM ({_USED}) ORDER BY 1").fetchall():
        if status_id in known:
            continue
        journalled = dict(new.execute("SELECT field, new FROM status_change WHERE status_id = ?", (status_id,)))
        name = journalled.get("name") or f"{UNREADABLE} {status_id}"
        shape, colour = next(free)
        values = (
            status_id, name, name_key(name), int(journalled.get("activates") == "1"),
            journalled.get("shape") or shape, journalled.get("colour") or colour,
            journalled.get("stage") or Stage.IN_SERVICE.value, 0, "", status_id, 0,
            int(journalled.get("deleted") == "1"), None,
        )  # fmt: skip
        sql = f"INSERT INTO status VALUES ({', '.join(['?'] * len(values) + blanks)})"
        try:
            new.execute(sql, values)
        except sqlite3.IntegrityError:  # another one has this name or look by now
            with suppress(sqlite3.IntegrityError):
                name = f"{UNREADABLE} {status_id}"
                new.execute(sql, (status_id, name, name_key(name), values[3], shape, colour, *values[6:]))


def _name_accounts(new: sqlite3.Connection) -> None:
    columns = [(name, kind) for _, name, kind, *_ in new.execute("PRAGMA table_info(account)")]
    given = {"id": "s.account_id", "number": f"'{UNREADABLE} ' || s.account_id"}
    given["search"] = f"lower({given['number']})"
    given["closed"] = "s.status_id IS NULL"
    values = [given.get(name, "''" if kind == "TEXT" else "0") for name, kind in columns]
    new.execute(
        f"INSERT OR IGNORE INTO account SELECT {', '.join(values)} FROM account_state s"
        " WHERE s.account_id NOT IN (SELECT id FROM account)"
    )
    new.execute("DELETE FROM account_state WHERE account_id NOT IN (SELECT id FROM account)")
