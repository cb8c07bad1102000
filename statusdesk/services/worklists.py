"""Who waits for the office: for an installation, to be won back, to be spoken to for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.instants import day_of
from statusdesk.domain.office import waits_for_install
from statusdesk.domain.records import Stage
from statusdesk.domain.worklists import Install, InstallView, Lead, Winback, WinbackView
from statusdesk.services.office import office_settings
from statusdesk.store import worklists

if TYPE_CHECKING:
    from statusdesk.store.store import Store

_DAY = 86_400_000


def installs(store: Store) -> list[Install]:
    """Return the accounts that wait to be installed, by day; those without one first."""
    waiting = [status.id for status in store.statuses.by_id().values() if waits_for_install(status)]
    failed, reasons = office_settings(store).failed_status, worklists.failed_because(store.db, waiting)
    return [
        Install(*row, failed=row[6] == failed, reason=reasons.get(row[0], ""))
        for row in worklists.installs(store.db, waiting)
    ]


def install_counts(store: Store, at: int) -> dict[InstallView, int]:
    """Count the accounts that wait to be installed, as they stand at an instant (UTC milliseconds)."""
    today, failed = day_of(at, store.info.time_zone), office_settings(store).failed_status
    waiting = [status.id for status in store.statuses.by_id().values() if waits_for_install(status)]
    counts = dict.fromkeys(InstallView, 0)
    for day, status_id, count in worklists.install_days(store.db, waiting):
        sample = Install(0, "", "", "", "", "", status_id, 0, 0, day, 0, status_id == failed)
        counts[sample.view(today)] += count
    return counts


def cooled_before(store: Store, at: int) -> int:
    """Return the instant before which an account must have ended to have cooled off at another."""
    return at - office_settings(store).cooling_off * _DAY


def winbacks(store: Store) -> list[Winback]:
    """Return the ended accounts whose status allows winning back, the largest lost charge first."""
    statuses = store.statuses.by_id()
    over = [status.id for status in statuses.values() if status.stage is Stage.ENDED and status.winback]
    activating = [status.id for status in statuses.values() if status.activates]
    lost = worklists.last_charges(store.db, over, activating)
    found = [Winback(*row, lost=lost.get(row[0])) for row in worklists.ended(store.db, over)]
    return sorted(found, key=lambda each: (-(each.lost or 0), each.number))


def winback_counts(store: Store, at: int) -> dict[WinbackView, int]:
    """Count the ended accounts whose status allows winning back, as they stand at an instant."""
    statuses = store.statuses.by_id().values()
    over = [status.id for status in statuses if status.stage is Stage.ENDED and status.winback]
    today, cooled = day_of(at, store.info.time_zone), cooled_before(store, at)
    counts = dict.fromkeys((WinbackView.DUE, WinbackView.LATER, WinbackView.COOLING), 0)
    for day, before, count in worklists.ended_days(store.db, over, cooled):
        sample = Winback(0, "", "", "", "", 0, cooled - before, "", day)
        counts[sample.view(today, cooled)] += count
    return counts


def leads(store: Store) -> list[Lead]:
    """Return the accounts of the stage Prospect, the newest first."""
    return [Lead(*row) for row in worklists.leads(store.db, _prospects(store))]


def lead_counts(store: Store) -> tuple[int, int]:
    """Count the leads that nobody has spoken to yet, and the others."""
    return worklists.lead_counts(store.db, _prospects(store))


def _prospects(store: Store) -> list[int]:
    return [status.id for status in store.statuses.by_id().values() if status.stage is Stage.PROSPECT]
