"""The verb that sets one field of many accounts, such as the day of the next contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.admission import Details
from statusdesk.domain.changes import Outcome, Touched, weigh
from statusdesk.domain.fields import FIELD
from statusdesk.services.admitting import given_fields
from statusdesk.services.settling import MOVED
from statusdesk.store import admitting, moves, placing, selections

if TYPE_CHECKING:
    from statusdesk.domain.changes import Selection
    from statusdesk.domain.records import AccountFields
    from statusdesk.services.desk import Desk
    from statusdesk.store.moves import Progress


def set_field(
    desk: Desk,
    selection: Selection,
    fields: AccountFields,
    *,
    reason: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Set one text or date of accounts, or take it away by an empty one; those that have it so are left.

    Raises `BadValue`.
    """
    store = desk.store
    ((name, value),) = given_fields(Details(fields)).items()
    kind = "set_field" if value else "clear_field"
    with store.change(author=desk.author, kind=kind, reason=reason, at=desk.clock(), keep=not dry_run) as change:
        count, before = selections.fill(store.db, selection), store.totals(change.at)
        placing.propose_field(store.db, name, value)
        written = store.move(change, moves.as_staged(), progress or desk.progress)
        admitting.give(store.db, written, {name: value}, instead=True)
        found = weigh(
            written.flows, store.statuses.by_id(), before,
            already=count - written.count, at=change.at, levels=store.levels.moved(written),
        )  # fmt: skip
        change.keep = change.keep and bool(written.count)
        change.facts = {"field": FIELD[name].label, "value": str(value), "count": str(written.count)}
        return Outcome(
            kind, change.kept_id, written.count, found.already, consequences=found, facts=change.facts,
            touched=MOVED if change.keep else Touched(),
        )  # fmt: skip
