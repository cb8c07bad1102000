"""From which day on there is anything on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from statusdesk.store.database import Database


def first_day(db: Database) -> str | None:
    """Return the first day (ISO) on which an entry took effect; None while there is none."""
    found = db.value("SELECT min(day) FROM day_peak")
    return None if found is None else str(found)
