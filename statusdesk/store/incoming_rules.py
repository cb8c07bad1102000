"""Which rows of an import the rules of statuses speak against: who comes from where, and what is not given."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from statusdesk.domain.fields import FIELD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from statusdesk.store.database import Database


def coming(
    db: Database,
    fields: Collection[str],
    pairs: Collection[tuple[int, int]],
    required: Mapping[int, Sequence[str]],
) -> Iterator[tuple[int, int | None, int, list[str]]]:
    """Yield line, old status, new status and what is not known, of the rows in `temp.incoming` that need a look.

    Those are the accounts that go from a status to another one as a pair says, and those that come into one of the
    statuses for which something is `required`. The old status of a new account is None. What is required and no
    field of accounts is never known.
    """
    names = list(dict.fromkeys(name for needed in required.values() for name in needed))
    empty = ", ".join(["1", *(_is_empty(name, fields) for name in names)])
    rows = db.rows(
        f"SELECT i.line, s.status_id, i.status, {empty} FROM temp.incoming i"
        " LEFT JOIN account_state s ON s.account_id = i.account_id LEFT JOIN account a ON a.id = i.account_id"
        " WHERE i.status IS NOT NULL AND s.status_id IS NOT i.status"
        " AND (i.status IN (SELECT value FROM json_each(:required))"
        " OR s.status_id || ' ' || i.status IN (SELECT atom FROM json_each(:pairs)))",
        {"required": json.dumps(list(required)), "pairs": json.dumps([f"{old} {new}" for old, new in pairs])},
    )
    for line, old, new, _, *flags in rows:
        unknown = {name for name, flag in zip(names, flags, strict=True) if flag}
        yield line, old, new, [name for name in required.get(new, ()) if name in unknown]


def _is_empty(name: str, fields: Collection[str]) -> str:
    if name not in FIELD:
        return "1"
    return f"ifnull({'i' if name in fields else 'a'}.{name}, '') = ''"


def leave_out(db: Database, lines: Collection[int]) -> None:
    """Leave rows out of `temp.incoming`."""
    if lines:
        db.run(
            "DELETE FROM temp.incoming WHERE line IN (SELECT value FROM json_each(?))", (json.dumps(list(lines)),)
        )
