"""The verb that disconnects accounts: a reason from the office's list, and the status for ended ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.choices import ChoiceList
from statusdesk.domain.errors import NotForEnding
from statusdesk.domain.office import may_end_in
from statusdesk.services.choosing import chosen
from statusdesk.services.office import office_settings
from statusdesk.services.placing import Placing
from statusdesk.services.status_verbs import live_status
from statusdesk.store import selections

if TYPE_CHECKING:
    from statusdesk.domain.changes import Outcome, Selection
    from statusdesk.domain.records import AccountFields
    from statusdesk.services.desk import Desk
    from statusdesk.store.moves import Progress


def disconnect(
    desk: Desk,
    selection: Selection,
    *,
    reason: str,
    status_id: int | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """End accounts for a reason from the office's list, in the status that is set for that or in another.

    Those that are in that status already get the reason anew. Raises `ChoiceMissing` where the office needs a
    reason, `NotOffered`, `NotForEnding`, and what `Desk.reassign` raises.
    """
    store = desk.store
    with store.change(author=desk.author, kind="disconnect", at=desk.clock(), keep=not dry_run) as change:
        settings = office_settings(store)
        target = live_status(desk, settings.disconnect_status if status_id is None else status_id)
        if not may_end_in(target):
            raise NotForEnding(name=target.name)
        why = chosen(store, ChoiceList.DISCONNECT_REASON, reason, needed=settings.reason_needed)
        change.reason = why
        fields: AccountFields = {"disconnect_reason": why} if why else {}
        count = selections.fill(store.db, selection)
        placing = Placing(target, fields, why, facts={"status": target.name})
        return placing.carry_out(desk, change, count, progress or desk.progress)
