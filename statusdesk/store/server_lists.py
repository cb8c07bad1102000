"""What a list asks of a server: ids come packed, in pages by the last key, and the server searches the texts."""

from __future__ import annotations

import json
import sys
from array import array
from typing import TYPE_CHECKING, Any, Final, cast

from statusdesk.domain.changes import Matching
from statusdesk.domain.folding import search_terms
from statusdesk.store.accounts import is_blank, order_by, sort_key, stage_rank
from statusdesk.store.lists import Lists, Part
from statusdesk.store.selections import HOLDING
from statusdesk.store.server_search import BY_INDEX, can_search

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from statusdesk.store.postgres import ServerDatabase

PAGE: Final = 250_000
"""Ids of an order that come at once: a megabyte, in a tenth of a second."""

LOOKED_AT: Final = 50_000
"""Accounts at the beginning of an order in which frequent words are looked for first: a fraction of a second."""

_PACKED: Final = "string_agg(int4send(p.id::integer), '')"
_STARTS: Final = "string_agg(CASE WHEN p.starts THEN '\\x01'::bytea ELSE '\\x00'::bytea END, '')"
_OF_STATE: Final = {"status_since": "s.since", "monthly_charge": "s.monthly_charge", "delinquent": "s.delinquent"}


class ServerLists(Lists):
    """Reads one database on a server for a list."""

    _db: ServerDatabase

    @property
    def searches(self) -> bool:
        """Say whether the server looks through texts quickly enough to be asked for each word."""
        return can_search(self._db)

    def order(self, sort: str, place: Sequence[Any] = ()) -> Generator[Part, None, None]:
        """Yield all open accounts in the upward order of a field, after a `place` that an earlier part ended at.

        Where there is an index they come page by page, each from the key at which the one before ended; all at
        once where the server has to sort them.
        """
        if sort not in BY_INDEX:
            yield self._part(sort, self._db.packed(self._sorted(sort)), ())
            return
        while (part := self._page(sort, place)).ids:
            yield part
            place = part.place

    def _page(self, sort: str, place: Sequence[Any]) -> Part:
        keys = "a.number" if sort == "number" else f"{is_blank(sort)}, {sort_key(sort)}, a.number"
        after = f" AND ({keys}) > ({', '.join('?' * len(place))})" if place else ""
        if sort == "number":
            starts, parameters = "true", [*place]
        else:
            key = str(place[1]) if place else None
            starts, parameters = "p.key IS DISTINCT FROM lag(p.key, 1, ?) OVER ()", [key, *place]
        packed = self._db.packed(
            f"SELECT {_PACKED}, {_STARTS} FROM (SELECT p.id, {starts} AS starts FROM ("
            f"SELECT a.id, {sort_key(sort)} AS key FROM account a WHERE a.closed = 0{after}"
            f" ORDER BY {keys} LIMIT {PAGE}) p) p",
            parameters,
        )
        return self._part(sort, packed, keys)

    def _sorted(self, sort: str) -> str:
        joined = "JOIN account_state s ON s.account_id = a.id"
        if sort == "status":
            joined += " JOIN status o ON o.id = s.status_id"
        return (
            f"SELECT {_PACKED}, {_STARTS} FROM ("
            "SELECT p.id, p.key IS DISTINCT FROM lag(p.key) OVER () AS starts FROM ("
            f"SELECT a.id, {sort_key(sort)} AS key FROM account a {joined}"
            f" WHERE a.closed = 0 ORDER BY {order_by(sort, descending=False)}) p) p"
        )

    def _part(self, sort: str, packed: Sequence[Any], keys: str | tuple[()]) -> Part:
        ids = _ids(packed[0])
        if not ids:
            return Part(ids, b"", "")
        last = self._db.rows(
            f"SELECT {sort_key(sort)}{f', {keys}' if keys else ''} FROM account a JOIN account_state s"
            " ON s.account_id = a.id WHERE a.id = ?",
            (ids[-1],),
        )[0]
        return Part(ids, bytes(packed[1]), last[0], tuple(last[1:]))

    def head(self, wanted: Matching, sort: str, *, descending: bool, count: int) -> list[int]:
        """Return the first `count` accounts that match, in the order of a field, by the server alone."""
        if sort == "status":
            return self._head_by_status(wanted, descending=descending, count=count)
        if wanted == Matching(search=wanted.search) and sort in BY_INDEX:
            return self._head_of_accounts(wanted.search, sort, descending=descending, count=count)
        if sort in _OF_STATE and wanted == Matching(wanted.status_ids):
            return self._head_by_state(wanted, sort, descending=descending, count=count)
        return super().head(wanted, sort, descending=descending, count=count)

    def _head_by_status(self, wanted: Matching, *, descending: bool, count: int) -> list[int]:
        """Go through the statuses as people have put them: each is a list by number of its own."""
        way = "DESC" if descending else "ASC"
        statuses = self._db.rows(
            "SELECT o.id FROM status o JOIN status_count c ON c.status_id = o.id WHERE c.accounts > 0"
            f" ORDER BY {stage_rank('o.stage')} {way}, o.position {way}, o.id {way}"
        )
        found: list[int] = []
        for (status_id,) in statuses:
            if len(found) < count and (wanted.status_ids is None or status_id in wanted.status_ids):
                one = wanted._replace(status_ids=frozenset({status_id}))
                found += super().head(one, "number", descending=False, count=count - len(found))
        return found

    def _head_of_accounts(self, search: str, sort: str, *, descending: bool, count: int) -> list[int]:
        """Leave states of accounts aside; downward the empty ones, first in the index, are asked for apart."""
        terms = search_terms(search)
        order = order_by(sort, descending=descending)
        parts = [f"{is_blank(sort)} = 0", f"{is_blank(sort)} = 1"] if descending and sort != "number" else ["true"]
        found: list[int] = []
        for part in parts:
            listed = f"FROM account a WHERE a.closed = 0 AND {part}"
            rows = self._db.rows(
                f"SELECT a.id FROM (SELECT a.id, a.search {listed} ORDER BY {order} LIMIT {LOOKED_AT}) a"
                f" WHERE true{_all_held(terms)} LIMIT ?",
                (*terms, count - len(found)),
            )
            if terms and len(found) + len(rows) < count:
                rows = self._db.rows(
                    f"SELECT a.id {listed}{_all_held(terms)} ORDER BY {order} LIMIT ?",
                    (*terms, count - len(found)),
                )
            found += [account_id for (account_id,) in rows]
        return found

    def _head_by_state(self, wanted: Matching, sort: str, *, descending: bool, count: int) -> list[int]:
        """Find out where the beginning ends before accounts are joined, so that it is joined for few."""
        column, way, within = _OF_STATE[sort], "DESC" if descending else "ASC", ">=" if descending else "<="
        where = "s.status_id IS NOT NULL"
        if wanted.status_ids is not None:
            where += f" AND s.status_id IN ({', '.join(map(str, sorted(wanted.status_ids))) or 'NULL'})"
        bound = self._db.value(
            f"SELECT {column} FROM account_state s WHERE {where} ORDER BY {column} {way} LIMIT 1 OFFSET ?",
            (count - 1,),
        )
        if bound is not None:
            where += f" AND {column} {within} {int(bound)}"
        rows = self._db.rows(
            "SELECT a.id FROM account_state s JOIN account a ON a.id = s.account_id"
            f" WHERE {where} ORDER BY {order_by(sort, descending=descending)} LIMIT ?",
            (count,),
        )
        return [account_id for (account_id,) in rows]

    def holding(self, terms: Sequence[str]) -> array[int]:
        """Return all open accounts whose texts hold all folded terms, as they come."""
        packed = self._db.packed(
            f"SELECT {_PACKED} FROM (SELECT a.id FROM account a WHERE a.closed = 0{_all_held(terms)}) p", terms
        )
        return _ids(packed[0])

    def among(self, ids: Sequence[int], terms: Sequence[str]) -> frozenset[int]:
        """Return those of some accounts whose texts hold all folded terms."""
        rows = self._db.rows(
            f"SELECT a.id FROM json_each(?) j JOIN account a ON a.id = j.value WHERE true{_all_held(terms)}",
            (json.dumps(list(ids)), *terms),
        )
        return frozenset(cast("int", account_id) for (account_id,) in rows)


def _all_held(terms: Sequence[str]) -> str:
    return f" AND {HOLDING}" * len(terms)


def _ids(packed: bytes | None) -> array[int]:
    """Read what the server packed: four bytes for each, the highest first."""
    ids = array("I", bytes(packed or b""))
    if sys.byteorder == "little":
        ids.byteswap()
    return ids
