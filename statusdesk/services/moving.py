"""A move of selected accounts into one status: the question and the deed, held to the rules of statuses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from statusdesk.domain.changes import Outcome, Touched, weigh
from statusdesk.services.admitting import admit
from statusdesk.services.settling import MOVED, pointless
from statusdesk.services.status_verbs import live_status
from statusdesk.store import admitting, moves, selections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from statusdesk.domain.admission import Details
    from statusdesk.domain.changes import Consequences, Selection
    from statusdesk.domain.records import Status
    from statusdesk.services.admitting import Admitted
    from statusdesk.services.desk import Desk
    from statusdesk.store.moves import Progress


@dataclass(frozen=True, slots=True)
class Moving:
    """A move under the name that history has for it.

    `deliberate` is the step that takes accounts back from debt, and no others. The details go to accounts that
    have none; `instead` are fields for all of them in place of what they have.
    """

    kind: str
    selection: Selection
    status_id: int
    reason: str
    details: Details
    progress: Progress | None = None
    deliberate: bool = False
    instead: Mapping[str, object] = field(default_factory=dict)

    def carry_out(self, desk: Desk, *, dry_run: bool) -> Outcome:
        """Move them; a dry run only asks what that would do, without the write lock."""
        return self._tried(desk) if dry_run else self._done(desk)

    def _tried(self, desk: Desk) -> Outcome:
        store = desk.store
        with store.db.snapshot():
            target, count, admitted = self._admit(desk)
            proposal, at = moves.into_status(target.id, admitted.barred), desk.clock()
            found = weigh(
                moves.flows(store.db, proposal), store.statuses.by_id(), store.totals(at),
                already=count, at=at, pointless=pointless(store, store.plans.proposed(proposal)),
                levels=store.levels.proposed(proposal),
            )  # fmt: skip
            return self._outcome(target, admitted, found)

    def _done(self, desk: Desk) -> Outcome:
        store = desk.store
        with store.change(author=desk.author, kind=self.kind, reason=self.reason, at=desk.clock()) as change:
            target, count, admitted = self._admit(desk)
            before = store.totals(change.at)
            written = store.move(change, moves.into_status(target.id, admitted.barred), self.progress)
            admitting.give(store.db, written, admitted.given)
            admitting.give(store.db, written, self.instead, instead=True)
            found = weigh(
                written.flows, store.statuses.by_id(), before,
                already=count, at=change.at, pointless=pointless(store, store.plans.moved(written)),
                levels=store.levels.moved(written),
            )  # fmt: skip
            outcome = self._outcome(target, admitted, found)
            change.keep = bool(written.count)
            change.facts = dict(outcome.facts)
            return outcome._replace(change_set=change.kept_id, touched=MOVED if change.keep else Touched())

    def _admit(self, desk: Desk) -> tuple[Status, int, Admitted]:
        """Return the target, how many accounts are selected, and who of them may come."""
        target = live_status(desk, self.status_id)
        count = selections.fill(desk.store.db, self.selection)
        return target, count, admit(desk, target, self.reason, self.details, deliberate=self.deliberate)

    def _outcome(self, target: Status, admitted: Admitted, found: Consequences) -> Outcome:
        """Return what is to be told; `found` counts all selected accounts as already there."""
        found = admitted.told(found._replace(already=found.already - found.changed))
        facts = {"status": target.name, "count": str(found.changed)}
        return Outcome(self.kind, None, found.changed, found.already, consequences=found, facts=facts)
