"""How many accounts went from where to where between moments, by group: what every filtered report adds up."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.instants import day_of, start_of
from statusdesk.store.report_groups import ONE_GROUP, Groups, Question, groups
from statusdesk.store.report_moments import NOW, Moment, end_of, first_entry_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from statusdesk.store.database import Database

Place = tuple[str, int]
"""A group and a status's id."""

Counts = dict[Place, tuple[int, int]]
"""By place, open accounts and the sum of their monthly charges in minor units."""

_BUCKET = (
    "(SELECT d.bucket FROM temp.report_edge d WHERE (d.at, d.change_set) <= (e.effective_at, e.change_set_id)"
    " ORDER BY d.at DESC, d.change_set DESC LIMIT 1)"
)

_SPAN = (
    "e.id >= :first AND e.effective_at >= :since AND e.effective_at <= :until"
    " AND (e.effective_at, e.change_set_id) >= (:since, :since_set)"
    " AND (e.effective_at, e.change_set_id) < (:until, :until_set)"
)


@dataclass(frozen=True, slots=True)
class GroupedFlow:
    """Accounts that went from one group and status to another, with their charges (minor units) before and after.

    `bucket` counts the moments given, from 0: what happened from that moment to the next. A group of None is
    "out of scope, or not there"; `reason` is the change set's.
    """

    bucket: int
    old_group: str | None
    old_status: int | None
    new_group: str | None
    new_status: int | None
    accounts: int
    old_charge: int
    new_charge: int
    reason: str = ""

    @property
    def old_place(self) -> Place | None:
        """Where the accounts came from; None: from outside."""
        return None if self.old_group is None or self.old_status is None else (self.old_group, self.old_status)

    @property
    def new_place(self) -> Place | None:
        """Where the accounts went; None: out."""
        return None if self.new_group is None or self.new_status is None else (self.new_group, self.new_status)


class Flows:
    """The journal of one database as flows; its days are those of `zone` (IANA)."""

    def __init__(self, db: Database, zone: str) -> None:
        self._db = db
        self._zone = zone

    def between(
        self, moments: Sequence[Moment], question: Question, *, until: Moment = NOW, reasons: bool = False
    ) -> list[GroupedFlow]:
        """Return the flows from the first moment until another, by the moment after which they happened."""
        first = first_entry_between(self._db, moments[0], until, self._zone)
        if first is None:
            return []
        named = self._groups(question, first)
        self._set_edges(moments)
        select, source = self._select(named, reasons=reasons)
        bucket = _BUCKET if len(moments) > 1 else "0"
        rows = self._db.rows(
            f"SELECT {bucket} AS bucket, {select} {source} GROUP BY 1, 2, 3, 4, 5, 9",
            {**_span(first, moments[0], until), **named.parameters},
        )
        return [GroupedFlow(*row) for row in rows if row[1] is not None or row[3] is not None]

    def by_moment(self, since: Moment, until: Moment, question: Question) -> Iterator[tuple[Moment, GroupedFlow]]:
        """Yield flows from one status to another between two moments, in order, with the moment before each."""
        first = first_entry_between(self._db, since, until, self._zone)
        if first is None:
            return
        named = self._groups(question, first)
        select, source = self._select(named, reasons=False)
        rows = self._db.run(
            f"SELECT e.effective_at, e.change_set_id, {select} {source} GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2",
            {**_span(first, since, until), **named.parameters},
        )
        for at, change_set, *flow in rows:
            if flow[0] is not None or flow[2] is not None:
                yield Moment(at, change_set), GroupedFlow(0, *flow)

    @staticmethod
    def _select(named: Groups, *, reasons: bool) -> tuple[str, str]:
        """Return the columns of a flow, and where they come from, with the span of entries to look at."""
        reason = "c.reason" if reasons else "''"
        of_sets = " CROSS JOIN change_set c ON c.id = e.change_set_id" if reasons else ""
        return (
            f"{named.group('e.old_status_id', 'e.id')}, e.old_status_id,"
            f" {named.group('e.new_status_id', 'e.id + 1')}, e.new_status_id,"
            f" count(*), sum(e.old_charge), sum(e.new_charge), {reason}"
        ), f"FROM entry e{of_sets}{named.join('e.account_id')} WHERE {_SPAN}"

    def movers(self, since: Moment, until: Moment, question: Question, flows: Sequence[GroupedFlow]) -> set[int]:
        """Return the ids of accounts that made such a step between two moments, for such a reason."""
        first = first_entry_between(self._db, since, until, self._zone)
        if first is None or not flows:
            return set()
        named = self._groups(question, first)
        self._db.run("DROP TABLE IF EXISTS temp.report_step")
        self._db.run(
            "CREATE TEMP TABLE report_step"
            " (old_group TEXT, old_status INTEGER, new_group TEXT, new_status INTEGER, reason TEXT)"
        )
        self._db.run_many(
            "INSERT INTO temp.report_step VALUES (?, ?, ?, ?, ?)",
            [(flow.old_group, flow.old_status, flow.new_group, flow.new_status, flow.reason) for flow in flows],
        )
        _, source = self._select(named, reasons=True)
        rows = self._db.run(
            f"SELECT DISTINCT e.account_id {source} AND EXISTS (SELECT 1 FROM temp.report_step r"
            " WHERE r.old_status IS e.old_status_id AND r.new_status IS e.new_status_id AND r.reason = c.reason"
            f" AND r.old_group IS {named.group('e.old_status_id', 'e.id')}"
            f" AND r.new_group IS {named.group('e.new_status_id', 'e.id + 1')})",
            {**_span(first, since, until), **named.parameters},
        )
        return {account_id for (account_id,) in rows}

    def _groups(self, question: Question, first: int) -> Groups:
        """Prepare to tell groups from an entry on, in memory where entries are more than accounts."""
        named = groups(self._db, question, first)
        entries = self._db.value("SELECT max(id) FROM entry") or 0
        if entries - first > (self._db.value("SELECT max(id) FROM account") or 0) // 2:
            named.hold(self._db)
        return named

    def _set_edges(self, moments: Sequence[Moment]) -> None:
        self._db.run("DROP TABLE IF EXISTS temp.report_edge")
        self._db.run(
            "CREATE TEMP TABLE report_edge (at INTEGER NOT NULL, change_set INTEGER NOT NULL,"
            " bucket INTEGER NOT NULL, PRIMARY KEY (at, change_set)) WITHOUT ROWID"
        )
        self._db.run_many(
            "INSERT INTO temp.report_edge VALUES (?, ?, ?)",
            [(*moment, bucket) for bucket, moment in enumerate(moments)],
        )

    def now(self, question: Question) -> Counts:
        """Return what is in each place now."""
        if question.plain:
            rows = self._db.rows("SELECT status_id, accounts, charge FROM status_count")
            return {(ONE_GROUP, status_id): (accounts, charge) for status_id, accounts, charge in rows}
        named = groups(self._db, question)
        found = self._db.rows(
            f"SELECT {named.group('s.status_id')}, s.status_id, count(*), sum(s.monthly_charge)"
            f" FROM account_state s{named.join('s.account_id')} GROUP BY 1, 2",
            named.parameters,
        )
        return {
            (group, status_id): (accounts, charge)
            for group, status_id, accounts, charge in found
            if group is not None
        }

    def counts(self, moments: Sequence[Moment], question: Question) -> list[Counts]:
        """Return what was in each place before each moment; the moments are in order, earliest first.

        Without a scope and a split the daily differences say it for the beginnings of days.
        """
        now = self.now(question)
        if not question.plain:
            return self._backwards(now, moments, self.between(moments, question) if moments else [])
        whole = [Moment(start_of(day_of(moment.at, self._zone), self._zone)) for moment in moments if moment < NOW]
        if whole == list(moments):
            return self._by_days(now, moments)
        return [self._within_day(now, moment, question) for moment in moments]

    def counts_before(
        self, flows: Sequence[GroupedFlow], since: Moment, until: Moment, question: Question
    ) -> Counts:
        """Return what was in each place before the flows between two moments: from these if nothing came later."""
        if question.plain or first_entry_between(self._db, until, NOW, self._zone) is not None:
            (found,) = self.counts([since], question)
            return found
        counts = self.now(question)
        for flow in flows:
            carry(counts, flow, back=True)
        return shown(counts)

    def _by_days(self, now: Counts, moments: Sequence[Moment]) -> list[Counts]:
        """Return the counts at the beginnings of days: what there is now, less each day's differences since."""
        if not moments:
            return []
        days = [day_of(moment.at, self._zone) for moment in moments]
        counts = dict(now)
        since = "SELECT status_id, sum(accounts), sum(charge) FROM status_day WHERE day >= ? GROUP BY status_id"
        for row in self._db.rows(since, (days[-1],)):
            _take(counts, *row)
        between = (
            "SELECT day, status_id, accounts, charge FROM status_day WHERE day >= ? AND day < ? ORDER BY day DESC"
        )
        rows = deque(self._db.rows(between, (days[0], days[-1])))
        found = []
        for day in reversed(days):
            while rows and rows[0][0] >= day:
                _take(counts, *rows.popleft()[1:])
            found.append(shown(counts))
        return found[::-1]

    def _within_day(self, now: Counts, moment: Moment, question: Question) -> Counts:
        if moment >= NOW:
            return shown(now)
        end = end_of(day_of(moment.at, self._zone), self._zone)
        (counts,) = self._by_days(now, [end])
        for flow in self.between([moment], question, until=end):
            carry(counts, flow, back=True)
        return shown(counts)

    @staticmethod
    def _backwards(now: Counts, moments: Sequence[Moment], flows: list[GroupedFlow]) -> list[Counts]:
        by_bucket: dict[int, list[GroupedFlow]] = defaultdict(list)
        for flow in flows:
            by_bucket[flow.bucket].append(flow)
        found, counts = [], dict(now)
        for bucket in range(len(moments) - 1, -1, -1):
            for flow in by_bucket[bucket]:
                carry(counts, flow, back=True)
            found.append(shown(counts))
        return found[::-1]


def _span(first: int, since: Moment, until: Moment) -> dict[str, object]:
    return {
        "first": first, "since": since.at, "since_set": since.change_set,
        "until": until.at, "until_set": until.change_set,
    }  # fmt: skip


def carry(counts: Counts, flow: GroupedFlow, *, back: bool = False) -> None:
    """Move a flow's accounts from its old to its new place, or back."""
    sign = -1 if back else 1
    for place, change, charge in (
        (flow.old_place, -sign, flow.old_charge),
        (flow.new_place, sign, flow.new_charge),
    ):
        if place is not None:
            accounts, sum_charge = counts.get(place, (0, 0))
            counts[place] = accounts + change * flow.accounts, sum_charge + change * charge


def _take(counts: Counts, status_id: int, accounts: int, charge: int) -> None:
    before = counts.get((ONE_GROUP, status_id), (0, 0))
    counts[ONE_GROUP, status_id] = before[0] - accounts, before[1] - charge


def shown(counts: Counts) -> Counts:
    """Return the counts without the places where nothing is."""
    return {place: pair for place, pair in counts.items() if pair != (0, 0)}
