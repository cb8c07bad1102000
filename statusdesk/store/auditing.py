"""Questions that a sound database answers with nothing: each finds what contradicts the journal or the schema."""

from collections.abc import Mapping
from itertools import islice

from statusdesk.domain.folding import search_text
from statusdesk.domain.records import Status
from statusdesk.store.database import Database
from statusdesk.store.journal import StatusChange
from statusdesk.store.sealing import Broken, first_broken
from statusdesk.store.statuses import as_text

MOST_FAULTS = 1_000
"""More faults of one kind than this are not listed."""

_STATE_FAULTS = f"""
SELECT a.number FROM account a
LEFT JOIN account_state s ON s.account_id = a.id
LEFT JOIN (SELECT account_id, max(id) AS id FROM entry GROUP BY account_id) newest ON newest.account_id = a.id
LEFT JOIN entry e ON e.id = newest.id
WHERE s.account_id IS NULL OR e.id IS NULL OR e.id IS NOT s.last_entry_id OR e.new_status_id IS NOT s.status_id
    OR e.new_charge <> s.monthly_charge OR e.new_delinquent <> s.delinquent OR e.new_since <> s.since
    OR (a.closed <> 0) <> (s.status_id IS NULL)
ORDER BY a.number LIMIT {MOST_FAULTS}
"""
_CHAIN_FAULTS = f"""
SELECT e.id FROM entry e LEFT JOIN entry p ON p.id = e.previous_id
WHERE CASE WHEN e.previous_id IS NULL THEN e.old_status_id IS NOT NULL
    ELSE p.id IS NULL OR p.id >= e.id OR p.account_id <> e.account_id OR p.effective_at > e.effective_at
        OR p.new_status_id IS NOT e.old_status_id OR p.new_charge <> e.old_charge
        OR p.new_delinquent <> e.old_delinquent OR p.new_since <> e.old_since END
ORDER BY e.id LIMIT {MOST_FAULTS}
"""
_SPAN_FAULTS = f"""
SELECT c.id FROM change_set c
LEFT JOIN (SELECT change_set_id, count(*) AS entries, min(id) AS first, max(id) AS last FROM entry GROUP BY 1) e
    ON e.change_set_id = c.id
WHERE c.accounts <> coalesce(e.entries, 0) OR c.first_entry_id IS NOT e.first OR c.last_entry_id IS NOT e.last
UNION SELECT change_set_id FROM entry WHERE change_set_id NOT IN (SELECT id FROM change_set)
ORDER BY 1 LIMIT {MOST_FAULTS}
"""
_SEARCHED = "SELECT search, number, name, phone, email, city, address FROM account ORDER BY number"
_PLAN_FAULTS = f"""
SELECT p.id FROM plan p LEFT JOIN plan_step x ON x.id = p.last_step_id AND x.plan_id = p.id
LEFT JOIN (SELECT plan_id, max(id) AS id FROM plan_step GROUP BY plan_id) newest ON newest.plan_id = p.id
LEFT JOIN plan l ON l.id = p.pair_id
WHERE x.id IS NULL OR newest.id <> x.id OR x.new_tip <> p.tip
    OR (x.state, x.due_at, x.status_id, x.expects_id, x.charge, x.reason, x.flag, x.yearly)
        IS NOT (p.state, p.due_at, p.status_id, p.expects_id, p.charge, p.reason, p.flag, p.yearly)
    OR p.state NOT IN ('pending', 'flagged', 'applied', 'cancelled') OR (p.state = 'flagged') <> (p.flag <> '')
    OR p.kind NOT IN ('change', 'leave', 'return') OR (p.kind = 'change' AND p.pair_id IS NOT NULL)
    OR (p.pair_id IS NOT NULL AND (l.kind <> 'leave' OR l.account_id <> p.account_id))
ORDER BY p.id LIMIT {MOST_FAULTS}
"""
_PLAN_STEP_FAULTS = f"""
SELECT x.id FROM plan_step x LEFT JOIN plan_step b ON b.id = x.previous_id
WHERE CASE WHEN x.previous_id IS NULL THEN x.old_tip <> 0
    ELSE b.id IS NULL OR b.id >= x.id OR b.plan_id <> x.plan_id OR b.new_tip <> x.old_tip END
    OR x.change_set_id NOT IN (SELECT id FROM change_set)
ORDER BY x.id LIMIT {MOST_FAULTS}
"""
_NEWEST_STATUS_CHANGES = """
SELECT status_id, field, old, new FROM status_change
WHERE id IN (SELECT max(id) FROM status_change GROUP BY status_id, field)
"""


class Auditing:
    """The questions, put to one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def damage(self) -> list[str]:
        """Return what the engine finds wrong with the file, in its words; raises `Damaged` if it cannot say."""
        return self._db.damage(MOST_FAULTS)

    def strange_objects(self) -> list[str]:
        """Return what is missing, altered or not ours, as "trigger entry_no_update"."""
        return self._db.strange_objects()

    def dangling(self) -> list[tuple[str, int, str]]:
        """Return (table, row, table referred to) where a reference leads nowhere."""
        return self._db.dangling(MOST_FAULTS)

    def strayed_accounts(self) -> list[str]:
        """Return the numbers of accounts whose state is not what the newest journal entry for them says."""
        return [number for (number,) in self._db.rows(_STATE_FAULTS)]

    def broken_chains(self) -> list[int]:
        """Return the journal entries that do not follow from the one before, for the same account."""
        return [entry_id for (entry_id,) in self._db.rows(_CHAIN_FAULTS)]

    def miscounted_change_sets(self) -> list[int]:
        """Return the change sets that do not own the entries that they say."""
        return [change_set for (change_set,) in self._db.rows(_SPAN_FAULTS)]

    def first_altered(self) -> Broken | None:
        """Return the first change set that is not as it was sealed."""
        return first_broken(self._db)

    def unfindable_accounts(self) -> list[str]:
        """Return the numbers of accounts that searching sees differently from what they are."""
        found = (fields[0] for seen, *fields in self._db.run(_SEARCHED) if seen != search_text(*fields))
        return list(islice(found, MOST_FAULTS))

    def strayed_plans(self) -> list[int]:
        """Return the plans that are not as their newest step says, or that cannot be."""
        return [plan_id for (plan_id,) in self._db.rows(_PLAN_FAULTS)]

    def broken_plan_steps(self) -> list[int]:
        """Return the steps of plans that do not follow from the one before, for the same plan."""
        return [step for (step,) in self._db.rows(_PLAN_STEP_FAULTS)]

    def strayed_statuses(self, statuses: Mapping[int, Status]) -> list[StatusChange]:
        """Return the newest journalled changes that the statuses do not show."""
        newest = [StatusChange(*row) for row in self._db.rows(_NEWEST_STATUS_CHANGES)]
        return [step for step in newest if not _shows(statuses.get(step.status_id), step)]

    def sizes(self) -> tuple[int, int]:
        """Return how many accounts are open, and how many journal entries there are."""
        accounts, entries = self._db.rows(
            "SELECT (SELECT count(*) FROM account_state WHERE status_id IS NOT NULL), (SELECT count(*) FROM entry)"
        )[0]
        return accounts, entries


def _shows(status: Status | None, step: StatusChange) -> bool:
    return status is not None and as_text(getattr(status, step.field)) == step.new
