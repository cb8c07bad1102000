"""The mark of a planned change in worklists: a clock and its day, as in the list of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from statusdesk.domain.instants import local_text
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn
from statusdesk.gui.panes.work.worklist import WorkColumn
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from statusdesk.gui.panes.work.worklist import Worklist
    from statusdesk.store.store import Store


def marks_of(store: Store, worklist: Worklist[Any], rows: Sequence[Any]) -> Mapping[int, int] | None:
    """Return by account when its next planned change is due; None where rows are not one account each."""
    if not (worklist.plan_marks and worklist.has_accounts):
        return None
    accounts = [worklist.account_ids(row) for row in rows]
    if any(len(ids) != 1 for ids in accounts):
        return None
    return store.planned.next_due([ids[0] for ids in accounts])


def marks_column(worklist: Worklist[Any], marks: Mapping[int, int], zone: str) -> WorkColumn[Any]:
    """Return the column of these marks, the soonest first where it sorts."""

    def due(row: Any) -> int | None:
        return marks.get(worklist.account_ids(row)[0])

    def cell(row: Any) -> Cell:
        at = due(row)
        if at is None:
            return Cell("", _LAST, "")
        return Cell(formats.near_day(at, zone), at, local_text(at, zone), tone="planned", sign="clock")

    column = TableColumn(tr("Planned"), number=False, stretches=True, least=0)
    return WorkColumn(column, cell, lambda row: due(row) or _LAST)


_LAST = 2**62
