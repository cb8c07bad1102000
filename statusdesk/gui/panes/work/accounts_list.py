"""What worklists of accounts have in common: whose row it is, how many are selected, and cells that come often."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.instants import day_of
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn, day_cell, text_cell
from statusdesk.gui.flows.living import LivingFlow
from statusdesk.gui.panes.work.worklist import WorkColumn, Worklist
from statusdesk.gui.wording import accounts_text, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from statusdesk.gui.flows.weighing import Weighing


A = TypeVar("A")


class AccountsList(Worklist[A]):
    """A worklist whose rows are accounts, with the flow that ends, installs and brings them back."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self.flow = LivingFlow(weighing)

    def chosen(self, rows: Sequence[A]) -> str:
        """Say how many accounts are selected; of a single row, whose it is."""
        if len(rows) == 1:
            return self.said(rows[0])
        count = sum(len(self.account_ids(row)) for row in rows)
        return tr("{accounts} selected").format(accounts=accounts_text(count))

    def said(self, row: A) -> str:
        """Say what a single selected row is."""
        raise NotImplementedError

    def selection(self, rows: Sequence[A]) -> AccountIds:
        """Return the accounts behind rows."""
        return AccountIds(tuple(dict.fromkeys(one for row in rows for one in self.account_ids(row))))

    def status_column(self, which: Callable[[A], int]) -> WorkColumn[A]:
        """Return the column of the status."""

        def cell(row: A) -> Cell:
            status = self.session.status(which(row))
            return text_cell(status.name, look=(status.shape, status.colour))

        return WorkColumn(self.status_head(tr("Status")), cell)

    def since_column(self, title: str, which: Callable[[A], int], *, yields: int = 0) -> WorkColumn[A]:
        """Return a column of days on which something happened."""
        zone = self.session.info.time_zone

        def cell(row: A) -> Cell:
            return Cell(formats.day(which(row), zone), which(row), day_of(which(row), zone))

        return WorkColumn(TableColumn(title, yields=yields), cell, which)


def text_column(
    title: str, text: Callable[[A], str], *, stretches: bool = False, yields: int = 0
) -> WorkColumn[A]:
    """Return a column of texts."""
    column = TableColumn(title, number=False, stretches=stretches, yields=yields)
    return WorkColumn(column, lambda row: text_cell(text(row)))


def day_column(title: str, day: Callable[[A], str], tone: Callable[[A], str] = lambda _: "") -> WorkColumn[A]:
    """Return a column of ISO days; the tone says which of them need somebody."""

    def cell(row: A) -> Cell:
        if not day(row):
            return Cell(formats.NOTHING, "", "")
        made = day_cell(day(row))
        return Cell(made.text, made.sort, made.plain, tone=tone(row))

    return WorkColumn(TableColumn(title), cell, day)
