"""Which accounts a change concerns, set down once for both the question and the deed."""

import json
from collections.abc import Iterable
from itertools import islice

from statusdesk.domain.changes import AccountIds, Matching, Selection
from statusdesk.domain.folding import search_terms
from statusdesk.store.database import Database

_BATCH = 10_000

HOLDING = "instr(a.search, ?) > 0"
"""Says whether an account's search text holds a folded term."""

IN_CHANGE_SET = (
    "SELECT e.account_id FROM change_set c JOIN entry e ON e.id BETWEEN c.first_entry_id AND c.last_entry_id"
    " WHERE c.id = ?"
)
"""Gives the accounts that a change set changed."""


def fill(db: Database, selection: Selection) -> int:
    """Put the open accounts of the selection into `temp.selection` and return how many they are."""
    db.run("CREATE TEMP TABLE IF NOT EXISTS selection (account_id INTEGER NOT NULL PRIMARY KEY)")
    db.run("DELETE FROM temp.selection")
    if isinstance(selection, AccountIds):
        _fill_ids(db, selection.ids)
    else:
        where, parameters = matching(selection)
        db.run(
            "INSERT INTO temp.selection SELECT s.account_id FROM account_state s"
            f" JOIN account a ON a.id = s.account_id WHERE {where}",
            parameters,
        )
    return int(db.value("SELECT count(*) FROM temp.selection"))


def _fill_ids(db: Database, ids: Iterable[int]) -> None:
    """Hand ids over as JSON, a batch at a time: that is quick, and other threads get their turn in between."""
    remaining = iter(sorted(ids))
    while batch := list(islice(remaining, _BATCH)):
        db.run(
            "INSERT INTO temp.selection SELECT s.account_id FROM json_each(?) j"
            " CROSS JOIN account_state s ON s.account_id = j.value WHERE s.status_id IS NOT NULL"
            " ON CONFLICT DO NOTHING",
            (json.dumps(batch),),
        )


def matching(selection: Matching) -> tuple[str, list[object]]:
    """Return the condition on `account a` and `account_state s` that the selection means, with parameters."""
    parts = ["s.status_id IS NOT NULL"]
    parameters: list[object] = []
    if selection.status_ids is not None:
        parts.append(f"s.status_id IN ({_marks(selection.status_ids)})")
        parameters += sorted(selection.status_ids)
    terms = search_terms(selection.search)
    parts += [HOLDING] * len(terms)
    parameters += terms
    if selection.change_set is not None:
        parts.append(f"s.account_id IN ({IN_CHANGE_SET})")
        parameters.append(selection.change_set)
    if selection.among is not None:
        parts.append("s.account_id IN (SELECT value FROM json_each(?))")
        parameters.append(json.dumps(list(selection.among.ids)))
    if selection.excluding:
        parts.append(f"s.account_id NOT IN ({_marks(selection.excluding)})")
        parameters += sorted(selection.excluding)
    return " AND ".join(parts), parameters


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values) or "NULL"
