"""From which day on reports have something to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.services.reports.asking import one_state
from statusdesk.store import report_span

if TYPE_CHECKING:
    from statusdesk.store.store import Store


def first_day(store: Store) -> str | None:
    """Return the first day (ISO) with a record of an account; None while there is no account."""
    with one_state(store.db):
        return report_span.first_day(store.db)
