"""What a list kept in memory asks the file for: whole columns at once, and what has changed since."""

from __future__ import annotations

import json
from array import array
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from operator import ne
from typing import TYPE_CHECKING, Any

from statusdesk.domain.fields import SEARCHED_FIELDS
from statusdesk.domain.places import Server
from statusdesk.store.accounts import order_by, sort_key, stage_rank
from statusdesk.store.selections import IN_CHANGE_SET, matching

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from statusdesk.domain.changes import Matching
    from statusdesk.store.database import Database

BLOCK = 5_000
"""Rows that are handed over at once, so that other threads get their turn in between."""

_NOTHING = object()
_ONE_LESS = bytes((255, *range(255)))
_STATE_CHANGE = {
    "status": "e.old_status_id IS NOT e.new_status_id",
    "status_since": "e.old_since <> e.new_since",
    "monthly_charge": "e.old_charge <> e.new_charge",
    "delinquent": "e.old_delinquent <> e.new_delinquent",
}
_COMES_OR_GOES = "(e.old_status_id IS NULL) <> (e.new_status_id IS NULL)"
_LISTED = "JOIN account a ON a.id = j.value CROSS JOIN account_state s ON s.account_id = a.id"


@dataclass(frozen=True, slots=True)
class Part:
    """Accounts that follow each other in the upward order of a field, `starts` 1 where others begin than before.

    `last` is what the last one sorts by. Where an order can be gone on with later, `place` says from where.
    """

    ids: array[int]
    starts: bytes
    last: object
    place: tuple[Any, ...] = ()


def lists_for(db: Database) -> Lists:
    """Return what a list asks of a database."""
    if isinstance(db.place, Server):
        from statusdesk.store.server_lists import ServerLists

        return ServerLists(db)
    return Lists(db)


def starts(rows: Sequence[tuple[int, object]], last: object) -> bytes:
    """Return 1 for each row that sorts by something else than the row before; `last` is before the first."""
    keys = [key for _, key in rows]
    return bytes(map(ne, keys, chain((last,), keys)))


class Lists:
    """Reads one database for a list; lives on the list's thread, but `interrupt` may come from any.

    What the engine sorts goes to its own temporary files: in memory that would take more than all orders together.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        db.keep_little()

    @property
    def searches(self) -> bool:
        """Say whether the engine looks through texts quickly enough to be asked for each word."""
        return False

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See one state of the database throughout; raises `Cancelled` after `interrupt`."""
        with self._db.snapshot():
            yield

    def interrupt(self) -> None:
        """Stop the statement that another thread runs on this connection, if there is one."""
        self._db.interrupt()

    def version(self) -> int:
        """Return a number that differs whenever another connection has changed the database."""
        return self._db.version()

    def newest(self) -> tuple[int, int]:
        """Return the newest ids of the journal's entries and of the accounts, 0 where there is none."""
        entry, account = self._db.rows(
            "SELECT (SELECT coalesce(max(id), 0) FROM entry), (SELECT coalesce(max(id), 0) FROM account)"
        )[0]
        return entry, account

    def restored(self) -> str:
        """Return what differs after each restoring of a backup: from then on the journal is another one."""
        return str(self._db.value("SELECT value FROM setting WHERE name = 'restored'") or "")

    def places_of_statuses(self) -> list[tuple[Any, ...]]:
        """Return what decides on the order of statuses; another answer means another order."""
        return self._db.rows("SELECT id, stage, position FROM status ORDER BY id")

    def ordered_statuses(self) -> list[int]:
        """Return the ids of all statuses in people's order."""
        rank = stage_rank("o.stage")
        return [
            status_id for (status_id,) in self._db.rows(f"SELECT id FROM status o ORDER BY {rank}, position, id")
        ]

    def statuses(self, top: int) -> bytearray | None:
        """Return each account's status by the account's id up to `top`, 0 for none; None if ids pass 255."""
        found = bytearray(top + 1)
        count, low, text = self._db.rows(
            "SELECT count(*), min(account_id), group_concat(char(ifnull(status_id, 0) + 1), '')"
            " FROM (SELECT account_id, status_id FROM account_state ORDER BY account_id) s"
        )[0]
        try:
            if count and low + count == top + 1:
                found[low:] = text.encode("latin-1").translate(_ONE_LESS)
            elif count:
                for account_id, status_id in self._db.run("SELECT account_id, status_id FROM account_state"):
                    found[account_id] = status_id or 0
        except ValueError:
            return None
        return found

    def texts(self, low: int, high: int, marks: int) -> bytes:
        """Return the search texts of the accounts from `low` to `high`, as they come.

        After each stands a separator that no text holds, and the character `marks` + id - `low`.
        """
        text = self._db.value(
            "SELECT CAST(group_concat(replace(search, char(30), char(31)) || char(30) || char(? + id - ?), '')"
            " AS BLOB) FROM (SELECT id, search FROM account WHERE id BETWEEN ? AND ? ORDER BY id) a",
            (marks, low, low, high),
        )
        return bytes(text or b"")

    def order(self, sort: str, place: Sequence[Any] = ()) -> Generator[Part, None, None]:
        """Yield all open accounts in the upward order of a field; no `place` leads into the middle of it.

        Whoever takes not all of it must close it.
        """
        cursor = self._db.run(
            f"SELECT a.id, {sort_key(sort)} FROM account a {_states(sort)} WHERE a.closed = 0"
            f" ORDER BY {order_by(sort, descending=False)}"
        )
        last: object = _NOTHING
        with closing(cursor):
            while block := cursor.fetchmany(BLOCK):
                ids = array("I", [account_id for account_id, _ in block])
                yield Part(ids, starts(block, last), block[-1][1])
                last = block[-1][1]

    def holding(self, terms: Sequence[str]) -> array[int]:
        """Return all open accounts whose texts hold all folded terms, as they come."""
        raise NotImplementedError

    def among(self, ids: Sequence[int], terms: Sequence[str]) -> frozenset[int]:
        """Return those of some accounts whose texts hold all folded terms."""
        raise NotImplementedError

    def ordered(self, ids: Iterable[int], sort: str) -> list[tuple[int, object]]:
        """Return the open accounts among these in the upward order of a field: ids and what they sort by."""
        return self._db.rows(
            f"SELECT a.id, {sort_key(sort)} FROM json_each(?) j CROSS {_LISTED} {_statuses(sort)}"
            f" WHERE s.status_id IS NOT NULL ORDER BY {order_by(sort, descending=False)}",
            (json.dumps(list(ids)),),
        )

    def in_order(self, ids: Iterable[int], sort: str, *, descending: bool) -> list[int]:
        """Return the open accounts among these, in the order of a field."""
        rows = self._db.run(
            f"SELECT a.id FROM json_each(?) j CROSS {_LISTED} {_statuses(sort)} WHERE s.status_id IS NOT NULL"
            f" ORDER BY {order_by(sort, descending=descending)}",
            (json.dumps(list(ids)),),
        )
        return [account_id for (account_id,) in rows]

    def head(self, wanted: Matching, sort: str, *, descending: bool, count: int) -> list[int]:
        """Return the first `count` accounts that match, in the order of a field, by the engine alone."""
        where, parameters = matching(wanted)
        rows = self._db.run(
            f"SELECT a.id FROM account a CROSS JOIN account_state s ON s.account_id = a.id {_statuses(sort)}"
            f" WHERE a.closed = 0 AND {where} ORDER BY {order_by(sort, descending=descending)} LIMIT ?",
            (*parameters, count),
        )
        return [account_id for (account_id,) in rows]

    def in_change_set(self, change_set: int) -> list[int]:
        """Return the accounts that a change set changed."""
        rows = self._db.run(IN_CHANGE_SET, (change_set,))
        return [account_id for (account_id,) in rows]

    def moves(self, entry: int) -> Iterator[tuple[int, int]]:
        """Yield account and new status (0 for none) of the journal's entries after this one, oldest first."""
        return iter(
            self._db.run(
                "SELECT account_id, ifnull(new_status_id, 0) FROM entry WHERE id > ? ORDER BY id", (entry,)
            )
        )

    def displaced(self, entry: int, sort: str, most: int) -> list[int]:
        """Return accounts whose place in a field's order may be another after this entry, `most` at the most."""
        condition = f"{_COMES_OR_GOES} OR {_STATE_CHANGE[sort]}" if sort in _STATE_CHANGE else _COMES_OR_GOES
        rows = self._db.run(
            f"SELECT e.account_id FROM entry e WHERE e.id > :entry AND ({condition})"
            " UNION ALL SELECT e.account_id FROM field_change f CROSS JOIN entry e ON e.id = f.entry_id"
            " WHERE f.entry_id > :entry AND f.field IN (:sort, 'number') LIMIT :most",
            {"entry": entry, "sort": sort, "most": most},
        )
        return [account_id for (account_id,) in rows]

    def rewritten(self, entry: int, span: int) -> list[int]:
        """Return the spans of so many ids in which search texts may be other ones after this entry."""
        names = ", ".join(f"'{name}'" for name in SEARCHED_FIELDS)
        rows = self._db.run(
            "SELECT DISTINCT e.account_id / ? FROM field_change f CROSS JOIN entry e ON e.id = f.entry_id"
            f" WHERE f.entry_id > ? AND f.field IN ({names})",
            (span, entry),
        )
        return [number for (number,) in rows]


def _states(sort: str) -> str:
    """Return the join with accounts' states, where a field's order needs it; it goes by the index of numbers."""
    if sort not in _STATE_CHANGE:
        return ""
    joined = "INDEXED BY account_number CROSS JOIN account_state s ON s.account_id = a.id"
    return f"{joined} {_statuses(sort)}"


def _statuses(sort: str) -> str:
    return "CROSS JOIN status o ON o.id = s.status_id" if sort == "status" else ""
