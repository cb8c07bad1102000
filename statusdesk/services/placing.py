"""Accounts that come into a status with fields for all of them; those that are there get the fields anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from statusdesk.domain.admission import Details
from statusdesk.domain.changes import Outcome, Touched, weigh
from statusdesk.services.admitting import admit, given_fields
from statusdesk.services.settling import MOVED, pointless
from statusdesk.store import admitting, moves
from statusdesk.store import placing as store_placing
from statusdesk.store.collections import propose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from statusdesk.domain.records import AccountFields, Status
    from statusdesk.services.admitting import Admitted
    from statusdesk.services.desk import Desk
    from statusdesk.store.moves import Progress
    from statusdesk.store.store import Change


@dataclass(frozen=True, slots=True)
class Placing:
    """What becomes of the accounts in `temp.selection`: a status (None: theirs), fields, and why.

    The fields take the place of what accounts have. `attempt` counts one more attempt to install for each.
    """

    target: Status | None
    fields: AccountFields
    reason: str = ""
    attempt: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)

    def carry_out(self, desk: Desk, change: Change, count: int, progress: Progress | None) -> Outcome:
        """Do it as part of a change, to `count` selected accounts. Raises what `admit` raises."""
        store, before = desk.store, desk.store.totals(change.at)
        given = given_fields(Details(self.fields))
        admitted = self._propose(desk, given)
        written = store.move(change, moves.as_staged(), progress)
        if self.attempt and written.count:
            store_placing.count_attempt(store.db, written)
        admitting.give(store.db, written, given, instead=True)
        found = weigh(
            written.flows, store.statuses.by_id(), before,
            already=count - written.count, at=change.at, pointless=pointless(store, store.plans.moved(written)),
            levels=store.levels.moved(written),
        )  # fmt: skip
        found = found if admitted is None else admitted.told(found)
        change.keep = change.keep and bool(written.count)
        change.facts = {**self.facts, "count": str(written.count)}
        return Outcome(
            change.kind, change.kept_id, written.count, found.already, consequences=found, facts=change.facts,
            touched=MOVED if change.keep else Touched(),
        )  # fmt: skip

    def _propose(self, desk: Desk, given: Mapping[str, object]) -> Admitted | None:
        db = desk.store.db
        if self.target is None:
            store_placing.propose_all(db, None)
            return None
        admitted = admit(desk, self.target, self.reason, Details(self.fields))
        if self.attempt:
            store_placing.drop_in(db, admitted.barred)
            store_placing.propose_all(db, self.target.id)
        else:
            propose(db, self.target.id, admitted.barred, given)
        return admitted
