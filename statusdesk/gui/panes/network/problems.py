"""What is wrong with the rules of service levels, a sentence for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn, count_cell, text_cell
from statusdesk.gui.panes.work.worklist import WorkColumn, Worklist
from statusdesk.gui.wording import tr
from statusdesk.services.level_checks import Found, check_levels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from statusdesk.store.store import Store


class ProblemsList(Worklist[Found]):
    """The findings of the check of the rules."""

    name: ClassVar[str] = "problems"
    title: ClassVar[str] = "Check of the rules"
    sentence: ClassVar[str] = "What no rule covers, what contradicts itself, and whom the network will not find."
    search: ClassVar[str] = "Search findings"
    has_accounts: ClassVar[bool] = False
    urgent: ClassVar[frozenset[str]] = frozenset({"all"})

    def fetch(self, store: Store, view: str) -> Sequence[Found]:
        """Return what is wrong."""
        return check_levels(store)

    def counts(self, store: Store) -> Mapping[str, int]:
        """Return how much is wrong."""
        return {"all": len(check_levels(store))}

    def counted(self, rows: Sequence[Found]) -> Mapping[str, int]:
        """Return how many findings these are; working them out goes through all accounts."""
        return {"all": len(rows)}

    def key(self, row: Found) -> object:
        """Return the finding itself."""
        return row.finding, row.what

    def words(self, row: Found) -> str:
        """Return its sentence."""
        return _said(row)

    def chosen(self, rows: Sequence[Found]) -> str:
        """Return the sentence of a single one."""
        return _said(rows[0]) if len(rows) == 1 else tr("{count} findings selected").format(count=len(rows))

    def empty(self, view: str) -> str:
        """Say that all is well."""
        return tr("Nothing is wrong with the service levels.")

    def columns(self, view: str) -> tuple[WorkColumn[Found], ...]:
        """Return the sentence and how many it concerns."""

        def accounts(row: Found) -> Cell:
            return count_cell(row.accounts) if row.accounts else Cell(formats.NOTHING, 0, "")

        return (
            WorkColumn(
                TableColumn(tr("Finding"), number=False, stretches=True), lambda row: text_cell(_said(row))
            ),
            WorkColumn(TableColumn(tr("Accounts")), accounts),
        )


def _said(row: Found) -> str:
    facts = {"what": row.what, "count": formats.count(row.accounts), "value": row.value, "reason": tr(row.reason)}
    return tr(row.pattern).format(**facts)
