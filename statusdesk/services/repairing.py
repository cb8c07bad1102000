"""Works the counts out anew from the journal, where `check` found that they are not what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.services.checking import counting_faults

if TYPE_CHECKING:
    from statusdesk.services.checking import Finding
    from statusdesk.services.desk import Desk


def repair_counters(desk: Desk, *, dry_run: bool = False) -> tuple[Finding, ...]:
    """Repair the counts by status and day and the daily peaks, as one change set; return what was wrong with them.

    Where nothing was, nothing is written. Accounts and journal stay as they are.
    """
    store = desk.store
    with store.change(author=desk.author, kind="repair_counters", at=desk.clock(), keep=not dry_run) as change:
        wrong = counting_faults(store)
        if wrong:
            store.counters.rebuild()
        else:
            change.keep = False
        return wrong
