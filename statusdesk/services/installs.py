"""The verbs that record how an installation went: done, or failed with a reason and another day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.choices import ChoiceList
from statusdesk.domain.errors import NotForFailed, NotForInstalled, NotWaiting
from statusdesk.domain.instants import day_of, parse_date
from statusdesk.domain.office import may_be_installed_in, may_fail_in, waits_for_install
from statusdesk.services.choosing import chosen
from statusdesk.services.office import office_settings
from statusdesk.services.placing import Placing
from statusdesk.services.status_verbs import live_status
from statusdesk.store import placing, selections

if TYPE_CHECKING:
    from statusdesk.domain.changes import Outcome, Selection
    from statusdesk.services.desk import Desk
    from statusdesk.store.moves import Progress

_NAMED = 10


def done(
    desk: Desk,
    selection: Selection,
    *,
    on: str = "",
    status_id: int | None = None,
    reason: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Record that accounts are installed, `on` an ISO day (default: today).

    They come into the status that is set for that, or another. Raises `NotWaiting`, `NotForInstalled`, and what
    `Desk.reassign` raises.
    """
    store = desk.store
    with store.change(
        author=desk.author, kind="install_done", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        day = parse_date(on) if on else day_of(change.at, store.info.time_zone)
        target = live_status(desk, office_settings(store).installed_status if status_id is None else status_id)
        if not may_be_installed_in(target):
            raise NotForInstalled(name=target.name)
        count = _waiting(desk, selection)
        moving = Placing(target, {"install_on": day}, reason, facts={"status": target.name})
        return moving.carry_out(desk, change, count, progress or desk.progress)


def failed(
    desk: Desk,
    selection: Selection,
    *,
    reason: str,
    next_on: str = "",
    status_id: int | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Count a failed attempt to install accounts, with a reason from the office's list and the next ISO day.

    They come into the status that is set for that, or another; where none is set they stay.
    Raises `ChoiceMissing`, `NotOffered`, `NotWaiting`, `NotForFailed`, and what `Desk.reassign` raises.
    """
    store = desk.store
    with store.change(author=desk.author, kind="install_failed", at=desk.clock(), keep=not dry_run) as change:
        wanted = office_settings(store).failed_status if status_id is None else status_id
        target = None if wanted is None else live_status(desk, wanted)
        if target is not None and not may_fail_in(target):
            raise NotForFailed(name=target.name)
        day = parse_date(next_on) if next_on else ""
        why = change.reason = chosen(store, ChoiceList.FAILED_INSTALL_REASON, reason, needed=True)
        count = _waiting(desk, selection)
        moving = Placing(target, {"install_on": day}, why, attempt=True)
        return moving.carry_out(desk, change, count, progress or desk.progress)


def _waiting(desk: Desk, selection: Selection) -> int:
    """Fill in the selection and count it. Raises `NotWaiting` where some of it do not wait."""
    store = desk.store
    count = selections.fill(store.db, selection)
    waiting = {status.id for status in store.statuses.by_id().values() if waits_for_install(status)}
    others = placing.outside(store.db, waiting)
    if others:
        raise NotWaiting(numbers=", ".join(others[:_NAMED]) + (" …" if len(others) > _NAMED else ""))
    return count
