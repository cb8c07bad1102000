"""Automatic backups: one a day where something changed, checked, and removed again by a plain rule."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from statusdesk.domain import keeping as rule
from statusdesk.domain.instants import now
from statusdesk.domain.store_errors import StoreUnavailable
from statusdesk.store import backups
from statusdesk.store.backups import Backup, Occasion
from statusdesk.store.store import Store

if TYPE_CHECKING:
    from statusdesk.store.copying import Tell

UPDATES_KEPT: Final = 3
"""So many of the backups that were made before an update stay; those made before a restore all do."""

_DAY: Final = 86_400_000
_LEFT_ALONE: Final = (".rehearsal.statusdesk", ".readable.statusdesk")


def take_daily(store: Store, *, at: int | None = None, tell: Tell = lambda _left, _all: None) -> Path | None:
    """Make the day's backup and remove what the rule lets go; None where there is nothing to do.

    There is not where the day has one, or nothing changed since the newest. `at` is the instant (UTC
    milliseconds; default: now). The copy is checked before it gets its name, and only then is an older one
    removed. Raises `StoreUnavailable`.
    """
    at = now() if at is None else at
    path = Path(store.info.path)
    known = backups.found(path)
    daily = [backup.at for backup in known if backup.occasion is Occasion.DAILY]
    if path.name.endswith(_LEFT_ALONE) or not rule.is_due(daily, at=at) or _has_all(store, known):
        return None
    place = backups.place_for(path, Occasion.DAILY, at)
    store.db.backup(place, thorough=True, tell=tell)
    _thin(path, at)
    return place


def _has_all(store: Store, known: list[Backup]) -> bool:
    """Say whether the newest backup holds what the database holds, by its newest change set."""
    if not known:
        return False
    with suppress(StoreUnavailable):
        newest = Store(known[0].path, "read")
        try:
            return newest.journal.newest(limit=1) == store.journal.newest(limit=1)
        finally:
            newest.close()
    return False


def _thin(path: Path, at: int) -> None:
    known = backups.found(path)
    daily = [backup for backup in known if backup.occasion is Occasion.DAILY]
    stay = rule.kept((backup.at for backup in daily), at=at)
    updates = [backup for backup in known if backup.occasion is Occasion.UPDATE]
    backups.remove_unfinished(path, before=at - _DAY)
    for backup in (*(one for one in daily if one.at not in stay), *updates[UPDATES_KEPT:]):
        with suppress(OSError):
            backup.path.unlink()
