"""The verbs on debts: hand accounts over to an agency, and take them back by a step that is no slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.admission import Details
from statusdesk.domain.admission_errors import AgencyMissing, NoStatusForDebts, NotForDebts, StillDebt
from statusdesk.domain.changes import Outcome, Touched, weigh
from statusdesk.domain.choices import ChoiceList
from statusdesk.domain.folding import clean
from statusdesk.domain.instants import parse_date
from statusdesk.domain.records import Stage
from statusdesk.services.admitting import admit
from statusdesk.services.moving import Moving
from statusdesk.services.settling import MOVED, pointless
from statusdesk.services.status_verbs import live_status
from statusdesk.store import admitting, moves, selections
from statusdesk.store.collections import propose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from statusdesk.domain.changes import Selection
    from statusdesk.domain.records import AccountFields, Status
    from statusdesk.services.desk import Desk
    from statusdesk.store.moves import Progress
    from statusdesk.store.store import Store

_ASIDE: Mapping[str, object] = {"collections_agency": "", "handed_over_on": ""}


def hand_over(
    desk: Desk,
    selection: Selection,
    status_id: int,
    *,
    agency: str,
    day: str,
    reason: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Move accounts into a status for debts and note agency and day (ISO); those that are there get these anew.

    What they owe stays. Raises `NotForDebts`, `AgencyMissing`, and what `Desk.reassign` raises.
    """
    store = desk.store
    fields = _handed(agency, day)
    with store.change(
        author=desk.author, kind="hand_over", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        target, before = _for_debts(live_status(desk, status_id)), store.totals(change.at)
        count = selections.fill(store.db, selection)
        admitted = admit(desk, target, reason, Details(fields))
        propose(store.db, target.id, admitted.barred, admitted.given)
        written = store.move(change, moves.as_staged(), progress)
        admitting.give(store.db, written, admitted.given, instead=True)
        store.choices.offer(ChoiceList.COLLECTIONS_AGENCY, [fields["collections_agency"]])
        lost = pointless(store, store.plans.moved(written))
        known, already = store.statuses.by_id(), count - written.count
        found = weigh(
            written.flows, known, before,
            already=already, at=change.at, pointless=lost, levels=store.levels.moved(written),
        )  # fmt: skip
        found = admitted.told(found)
        change.facts = {"status": target.name, "agency": str(admitted.given["collections_agency"])}
        change.facts |= {"count": str(written.count)}
        change.keep = change.keep and bool(written.count)
        return Outcome(
            change.kind, change.kept_id, written.count, found.already, consequences=found, facts=change.facts,
            touched=MOVED if change.keep else Touched(),
        )  # fmt: skip


def statuses_for_debts(statuses: Iterable[Status]) -> list[Status]:
    """Return those of the statuses into which accounts can be handed over."""
    return [status for status in statuses if status.live and status.stage is Stage.DEBT and not status.activates]


def only_status_for_debts(store: Store) -> Status:
    """Return the status for debts. Raises `NoStatusForDebts` where there is none, or more than one."""
    found = statuses_for_debts(store.statuses.all())
    if len(found) != 1:
        raise NoStatusForDebts(found=", ".join(status.name for status in found) or "none")
    return found[0]


def _handed(agency: str, day: str) -> AccountFields:
    name = clean(agency)
    if not name:
        raise AgencyMissing
    return {"collections_agency": name, "handed_over_on": parse_date(day)}


def _for_debts(target: Status) -> Status:
    if target.stage is not Stage.DEBT or target.activates:
        raise NotForDebts(name=target.name)
    return target


def take_back(
    desk: Desk,
    selection: Selection,
    status_id: int,
    *,
    reason: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Move those of the accounts that are in debt out of it, into a status.

    What they owe stays noted, agency and day stay in their history only. Raises `StillDebt`, `NotInDebt`, and what
    `Desk.reassign` raises.
    """
    target = live_status(desk, status_id)
    if target.stage is Stage.DEBT:
        raise StillDebt(name=target.name)
    moving = Moving(
        "take_back", selection, status_id, reason, Details(), progress, deliberate=True, instead=_ASIDE
    )
    return moving.carry_out(desk, dry_run=dry_run)
