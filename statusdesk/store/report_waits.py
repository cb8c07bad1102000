"""How long accounts stay in statuses, who waits for an installation now, and how such waits ended before.

A stay begins at the account's own "since", which a file may have brought along; it ends with the entry that takes
the account to another status. What an undo ended was no stay.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.store.report_groups import Question, groups
from statusdesk.store.report_moments import NOW, Moment, first_entry_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from statusdesk.store.database import Database

_PERCENTILES = """
SELECT status_id, length, cases FROM (
    SELECT e.old_status_id AS status_id, e.effective_at - e.old_since AS length,
        row_number() OVER (PARTITION BY e.old_status_id ORDER BY e.effective_at - e.old_since) AS place,
        count(*) OVER (PARTITION BY e.old_status_id) AS cases
    FROM entry e CROSS JOIN change_set c ON c.id = e.change_set_id
    WHERE e.id >= :first AND e.effective_at >= :since
        AND e.old_status_id IN (SELECT value FROM json_each(:statuses)) AND e.new_status_id <> e.old_status_id
        AND e.effective_at >= e.old_since AND c.kind <> 'undo'
) w WHERE place = (cases * :percent + 99) / 100
"""
_DOORS = """
SELECT e.account_id, e.effective_at, e.change_set_id, c.reverts_id, c.kind,
    e.old_status_id IN (SELECT value FROM json_each(:pending)), e.new_status_id
FROM entry e CROSS JOIN change_set c ON c.id = e.change_set_id
WHERE e.id >= :first AND e.effective_at >= :since
    AND ifnull(e.old_status_id IN (SELECT value FROM json_each(:pending)), FALSE)
    <> ifnull(e.new_status_id IN (SELECT value FROM json_each(:pending)), FALSE)
ORDER BY e.id
"""


@dataclass(frozen=True, slots=True)
class UsualStay:
    """The length (milliseconds) that so many percent of a status's finished stays did not exceed, and how many."""

    status_id: int
    length: int
    cases: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """One account that waits: its group, status, since when (UTC milliseconds), and charge in minor units a month.

    `install_on` is an ISO day or "".
    """

    account_id: int
    group: str
    status_id: int
    since: int
    charge: int
    install_on: str


@dataclass(frozen=True, slots=True)
class Door:
    """An account that went into the waiting statuses or out of them, at an instant and by a change set.

    `leaves` for the status `new_status` (None: closed). `reverts` is the change set that this one took back, and
    `undone` says that it did so by an undo.
    """

    account_id: int
    at: int
    change_set: int
    reverts: int | None
    undone: bool
    leaves: bool
    new_status: int | None


def usual_stays(
    db: Database, status_ids: Iterable[int], percent: int, since: Moment, zone: str
) -> dict[int, UsualStay]:
    """Return, by status, how long that percentage of the stays finished since lasted at most (nearest rank)."""
    first = first_entry_between(db, since, NOW, zone)
    if first is None:
        return {}
    asked = {"statuses": json.dumps(sorted(status_ids)), "percent": percent, "first": first, "since": since.at}
    rows = db.rows(_PERCENTILES, asked)
    return {row[0]: UsualStay(*row) for row in rows}


def waiting(
    db: Database, status_ids: Iterable[int], question: Question, *, due: tuple[str, str] | None = None
) -> list[Waiting]:
    """Return the accounts in scope that are in one of the statuses now, longest there first.

    With `due`, only those to be installed between two days (ISO, both included).
    """
    named = groups(db, question, fields=("install_on",))
    days = "" if due is None else " AND a.install_on BETWEEN :due AND :until"
    rows = db.rows(
        f"SELECT s.account_id, {named.group('s.status_id')} AS grouped, s.status_id, s.since, s.monthly_charge,"
        f" a.install_on FROM account_state s{named.join('s.account_id')}"
        f" WHERE s.status_id IN (SELECT value FROM json_each(:statuses)){days} ORDER BY s.since, s.account_id",
        {
            "statuses": json.dumps(sorted(status_ids)),
            **dict(zip(("due", "until"), due or (), strict=False)),
            **named.parameters,
        },
    )
    return [Waiting(*row) for row in rows if row[1] is not None]


def standing(db: Database, account_ids: Iterable[int], question: Question) -> dict[int, Waiting]:
    """Return how some accounts in scope stand now, by id; closed ones are left out."""
    named = groups(db, question, fields=("install_on",))
    rows = db.rows(
        f"SELECT s.account_id, {named.group('s.status_id')} AS grouped, s.status_id, s.since, s.monthly_charge,"
        f" a.install_on FROM account_state s{named.join('s.account_id')}"
        " WHERE s.account_id IN (SELECT value FROM json_each(:accounts))",
        {"accounts": json.dumps(sorted(account_ids)), **named.parameters},
    )
    return {row[0]: Waiting(*row) for row in rows if row[1] is not None}


def set_cutoffs(db: Database, cutoffs: Mapping[int, int | None]) -> None:
    """Set down, by status, the instant before which an account must not have come there; None: no limit."""
    db.run("DROP TABLE IF EXISTS temp.report_cutoff")
    db.run("CREATE TEMP TABLE report_cutoff (status_id INTEGER NOT NULL PRIMARY KEY, before INTEGER)")
    db.run_many("INSERT INTO temp.report_cutoff VALUES (?, ?)", list(cutoffs.items()))


def over_cutoffs(db: Database, question: Question) -> list[tuple[str, int, int, int | None]]:
    """Return, by group and status that has accounts, how many are over the cutoff, and since when the first is."""
    named = groups(db, question)
    rows = db.rows(
        f"SELECT {named.group('s.status_id')}, s.status_id, count(*) FILTER (WHERE s.since < t.before),"
        " min(s.since) FILTER (WHERE s.since < t.before) FROM account_state s"
        f" CROSS JOIN temp.report_cutoff t ON t.status_id = s.status_id{named.join('s.account_id')} GROUP BY 1, 2",
        named.parameters,
    )
    return [row for row in rows if row[0] is not None]


def ids_over_cutoffs(db: Database, question: Question) -> array[int]:
    """Return the ids of the accounts in scope that are over the cutoff of their status, longest there first."""
    named = groups(db, question)
    rows = db.run(
        "SELECT s.account_id FROM account_state s CROSS JOIN temp.report_cutoff t ON t.status_id = s.status_id"
        f"{named.join('s.account_id')} WHERE s.since < t.before AND {named.group('s.status_id')} IS NOT NULL"
        " ORDER BY s.since, s.account_id",
        named.parameters,
    )
    return array("q", (account_id for (account_id,) in rows))


def doors(db: Database, pending: Iterable[int], since: Moment, zone: str) -> Iterator[Door]:
    """Yield who went into the waiting statuses and out of them since a moment, as it was recorded."""
    first = first_entry_between(db, since, NOW, zone)
    if first is None:
        return
    for account_id, at, change_set, reverts, kind, leaves, new_status in db.run(
        _DOORS, {"pending": json.dumps(sorted(pending)), "first": first, "since": since.at}
    ):
        yield Door(account_id, at, change_set, reverts, kind == "undo", bool(leaves), new_status)
