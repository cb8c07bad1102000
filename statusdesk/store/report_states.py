"""Each account as it was before a moment: what a matrix compares, and the accounts behind every figure.

An account's state before a moment is the old one of its first entry from there on, or else its present one. That
first entry is known by its link to the one before, so neither needs an index on the account.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.store.report_flows import Flows
from statusdesk.store.report_groups import Groups, Question, groups
from statusdesk.store.report_moments import NOW, Moment, first_entry_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from statusdesk.domain.scopes import Dimension
    from statusdesk.store.database import Database
    from statusdesk.store.report_flows import Counts

_EARLY = """
INSERT INTO temp.report_early SELECT e.id FROM entry e
WHERE e.id >= :first AND (e.effective_at, e.change_set_id) < (:at, :change_set)
"""
_TURNS = """
INSERT INTO temp.report_turn_{name}
SELECT e.account_id, e.id, e.old_status_id, e.old_charge FROM entry e
WHERE e.id >= :first AND (e.effective_at, e.change_set_id) >= (:at, :change_set)
    AND (e.previous_id IS NULL OR e.previous_id < :first OR e.previous_id IN (SELECT id FROM temp.report_early))
"""

_DUE = ("install_on",)
_AMONG_DUE = " AND e.account_id IN (SELECT account_id FROM temp.report_due)"


@dataclass(frozen=True, slots=True)
class PairCount:
    """Accounts in one place before the first moment and in another before the second, with their charges then.

    A status of None means that the account was not there; a group of None that it was not in scope, or not there.
    """

    old_group: str | None
    old_status: int | None
    new_group: str | None
    new_status: int | None
    accounts: int
    old_charge: int
    new_charge: int


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Accounts that were in `pending` statuses before the first moment, to be installed between two days (ISO).

    What became of them is asked of the second moment: are they in one of the `active` statuses?
    """

    first: Moment
    second: Moment
    pending: frozenset[int]
    active: frozenset[int]
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class Awaited:
    """An account that was to be installed, its group and charges (minor units) then and later, and if it was."""

    account_id: int
    group: str
    charge: int
    later_charge: int
    came_true: int


@dataclass(frozen=True, slots=True)
class _View:
    """SQL over `account_state s` for the accounts before one moment; `join` has to stand in the query."""

    status: str
    charge: str
    group: str
    join: str
    entry: str | None = None


class States:
    """The accounts of one database at any moment; its days are those of `zone` (IANA)."""

    def __init__(self, db: Database, zone: str) -> None:
        self._db = db
        self._zone = zone

    def pairs(self, first: Moment, second: Moment, question: Question) -> list[PairCount]:
        """Count the accounts by where they were before two moments; some pairs may come in two parts.

        Only accounts with an entry since the earlier one are looked at; the others are where they are now.
        """
        now = Flows(self._db, self._zone).now(question)
        named = self._groups((first, second), question)
        old, new = self._view("first", first, named), self._view("second", second, named)
        earlier = old if first <= second else new
        found: list[PairCount] = []
        if earlier.join:
            name = "first" if earlier is old else "second"
            later = new.join if earlier is old else old.join
            source = (
                f"FROM temp.report_turn_{name} {name} CROSS JOIN account_state s"
                f" ON s.account_id = {name}.account_id{later}{named.join('s.account_id')}"
            )
            found += self._pairs_of(source, old, new, named)
            self._take_out(now, source, named)
        return found + [
            PairCount(group, status, group, status, accounts, charge, charge)
            for (group, status), (accounts, charge) in now.items()
            if accounts
        ]

    def _pairs_of(self, source: str, old: _View, new: _View, named: Groups) -> list[PairCount]:
        rows = self._db.rows(
            f"SELECT {old.group}, {old.status}, {new.group}, {new.status}, count(*), sum({old.charge}),"
            f" sum({new.charge}) {source} GROUP BY 1, 2, 3, 4",
            named.parameters,
        )
        return [PairCount(*row) for row in rows if row[0] is not None or row[2] is not None]

    def _take_out(self, now: Counts, source: str, named: Groups) -> None:
        """Leave the accounts of a source out of what is in each place now."""
        rows = self._db.rows(
            f"SELECT {named.group('s.status_id')}, s.status_id, count(*), sum(s.monthly_charge) {source}"
            " GROUP BY 1, 2",
            named.parameters,
        )
        for group, status, accounts, charge in rows:
            if group is not None:
                before = now[group, status]
                now[group, status] = before[0] - accounts, before[1] - charge

    def members(self, moment: Moment, question: Question, status_ids: Iterable[int]) -> array[int]:
        """Return the ids of accounts in scope that were in one of the statuses before the moment."""
        named = self._groups((moment,), question)
        view = self._view("first", moment, named)
        return self._ids(
            f"{view.join}{named.join('s.account_id')} WHERE {view.group} IS NOT NULL"
            f" AND {view.status} IN (SELECT value FROM json_each(:statuses))",
            {"statuses": json.dumps(sorted(status_ids)), **named.parameters},
        )

    def movers(self, first: Moment, second: Moment, question: Question, pairs: Sequence[PairCount]) -> array[int]:
        """Return the ids of accounts that are counted in the given pairs, as `pairs` returns them."""
        named = self._groups((first, second), question)
        old, new = self._view("first", first, named), self._view("second", second, named)
        self._db.run("DROP TABLE IF EXISTS temp.report_pair")
        self._db.run(
            "CREATE TEMP TABLE report_pair"
            " (old_group TEXT, old_status INTEGER, new_group TEXT, new_status INTEGER)"
        )
        self._db.run_many(
            "INSERT INTO temp.report_pair VALUES (?, ?, ?, ?)",
            [(pair.old_group, pair.old_status, pair.new_group, pair.new_status) for pair in pairs],
        )
        return self._ids(
            f"{old.join}{new.join}{named.join('s.account_id')} WHERE EXISTS (SELECT 1 FROM temp.report_pair r"
            f" WHERE r.old_status IS {old.status} AND r.new_status IS {new.status}"
            f" AND r.old_group IS {old.group} AND r.new_group IS {new.group})",
            named.parameters,
        )

    def look_for_due(self, first_day: str, last_day: str, since: Moment) -> None:
        """Set down, for `awaited`, who was ever to be installed between two days (ISO), as seen since a moment."""
        named = groups(self._db, Question(), first_entry_between(self._db, since, NOW, self._zone), fields=_DUE)
        changed = " UNION SELECT account_id FROM temp.report_was_install_on" if named.changing else ""
        self._db.run("DROP TABLE IF EXISTS temp.report_due")
        self._db.run("CREATE TEMP TABLE report_due (account_id INTEGER NOT NULL PRIMARY KEY)")
        self._db.run(
            "INSERT INTO temp.report_due SELECT a.id FROM account a"
            f" WHERE a.install_on BETWEEN :first_day AND :last_day{changed}",
            {"first_day": first_day, "last_day": last_day},
        )

    def awaited(self, awaiting: Awaiting, question: Question) -> list[Awaited]:
        """Return the accounts in scope that were to be installed then, and whether they are active later.

        They are among those for which `look_for_due` looked before.
        """
        moments = awaiting.first, awaiting.second
        first = first_entry_between(self._db, min(moments), NOW, self._zone)
        named = groups(self._db, question, first, fields=_DUE)
        then = self._view("first", moments[0], named, _AMONG_DUE)
        later = self._view("second", moments[1], named, _AMONG_DUE)
        rows = self._db.rows(
            f"SELECT s.account_id, {then.group}, {then.charge}, {later.charge},"
            f" ifnull({later.status} IN (SELECT value FROM json_each(:active)), FALSE)"
            " FROM temp.report_due r CROSS JOIN account_state s ON s.account_id = r.account_id"
            f"{then.join}{later.join}{named.join('s.account_id')}"
            f" WHERE {then.status} IN (SELECT value FROM json_each(:pending))"
            f" AND {named.value('install_on', then.entry)} BETWEEN :first_day AND :last_day ORDER BY s.account_id",
            {
                "pending": json.dumps(sorted(awaiting.pending)),
                "active": json.dumps(sorted(awaiting.active)),
                "first_day": awaiting.first_day,
                "last_day": awaiting.last_day,
                **named.parameters,
            },
        )
        return [Awaited(*row) for row in rows if row[1] is not None]

    def _ids(self, condition: str, parameters: dict[str, object]) -> array[int]:
        rows = self._db.run(
            f"SELECT s.account_id FROM account_state s{condition} ORDER BY s.account_id", parameters
        )
        return array("q", (account_id for (account_id,) in rows))

    def _groups(self, moments: Sequence[Moment], question: Question) -> Groups:
        first = first_entry_between(self._db, min(moments), NOW, self._zone)
        return groups(self._db, question, first)

    def _view(self, name: str, moment: Moment, named: Groups, among: str = "") -> _View:
        first = first_entry_between(self._db, moment, NOW, self._zone)
        if first is None:
            return _View("s.status_id", "s.monthly_charge", named.group("s.status_id"), "")
        self._set_turns_down(name, {"first": first, "at": moment.at, "change_set": moment.change_set}, among)
        status = f"iif({name}.entry_id IS NULL, s.status_id, {name}.status_id)"
        return _View(
            status,
            f"coalesce({name}.charge, s.monthly_charge)",
            named.group(status, f"{name}.entry_id"),
            f" LEFT JOIN temp.report_turn_{name} {name} ON {name}.account_id = s.account_id",
            f"{name}.entry_id",
        )

    def _set_turns_down(self, name: str, parameters: dict[str, object], among: str = "") -> None:
        """Put each account's first entry from a moment on into a table; few entries before it have later ids."""
        run = self._db.run
        run("DROP TABLE IF EXISTS temp.report_early")
        run("CREATE TEMP TABLE report_early (id INTEGER NOT NULL PRIMARY KEY)")
        run(_EARLY, parameters)
        run(f"DROP TABLE IF EXISTS temp.report_turn_{name}")
        run(
            f"CREATE TEMP TABLE report_turn_{name} (account_id INTEGER NOT NULL PRIMARY KEY,"
            " entry_id INTEGER NOT NULL, status_id INTEGER, charge INTEGER NOT NULL)"
        )
        run(_TURNS.format(name=name) + among, parameters)


def values_of(db: Database, dimension: Dimension) -> list[str]:
    """Return the values that accounts have in a field now, by name: what a filter offers."""
    rows = db.rows(
        f"SELECT value FROM (SELECT DISTINCT a.{dimension} AS value FROM account a WHERE a.closed = 0) v"
        " ORDER BY fold(value), value"
    )
    return [value for (value,) in rows]
