"""Who gets what: for each status the level of its current and of its delinquent accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from statusdesk.domain.levels import PLAN
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn, count_cell, text_cell
from statusdesk.gui.flows.network import NetworkFlow
from statusdesk.gui.panes.work.worklist import WorkAction, WorkColumn, Worklist
from statusdesk.gui.wording import short_effect, stage_name, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from statusdesk.domain.levels import Grid
    from statusdesk.domain.records import Status
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class GridRow:
    """A status with its accounts, and the whole grid."""

    status: Status
    accounts: int
    grid: Grid


class GridList(Worklist[GridRow]):
    """The grid status × (current, delinquent) → level, a row for each status on offer."""

    name: ClassVar[str] = "grid"
    title: ClassVar[str] = "Who gets what"
    sentence: ClassVar[str] = (
        "Which level each status gives to its accounts, and to those of them that are delinquent. So each account"
        " has exactly one level."
    )
    search: ClassVar[str] = "Search statuses"
    has_accounts: ClassVar[bool] = False

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self.flow = NetworkFlow(weighing)

    def fetch(self, store: Store, view: str) -> Sequence[GridRow]:
        """Return the statuses in people's order."""
        grid = store.levels.grid()
        lines = [line for line in store.statuses.lines() if line.status.live]
        return [GridRow(line.status, line.accounts, grid) for line in lines] if grid.used else []

    def counts(self, store: Store) -> Mapping[str, int]:
        """Return how many statuses there are."""
        return {"all": len(store.statuses.all(retired=False))}

    def key(self, row: GridRow) -> object:
        """Return the status's id."""
        return row.status.id

    def words(self, row: GridRow) -> str:
        """Return the names of the status, its stage, and its levels."""
        levels = (_level(row, delinquent=delinquent).text for delinquent in (False, True))
        return " ".join((row.status.name, stage_name(row.status.stage), *levels))

    def chosen(self, rows: Sequence[GridRow]) -> str:
        """Say which statuses are selected."""
        if len(rows) == 1:
            return rows[0].status.name
        return tr("{count} statuses selected").format(count=len(rows))

    def empty(self, view: str) -> str:
        """Say what comes first."""
        return tr("Make service levels first; then say here which status gives which.")

    def columns(self, view: str) -> tuple[WorkColumn[GridRow], ...]:
        """Return status, stage, effect and both levels."""

        def status(row: GridRow) -> Cell:
            return text_cell(row.status.name, look=(row.status.shape, row.status.colour))

        return (
            WorkColumn(TableColumn(tr("Status"), number=False, stretches=True), status),
            WorkColumn(
                TableColumn(tr("Stage"), number=False), lambda row: text_cell(stage_name(row.status.stage))
            ),
            WorkColumn(TableColumn(tr("Effect"), number=False), lambda row: text_cell(short_effect(row.status))),
            WorkColumn(TableColumn(tr("Accounts")), lambda row: count_cell(row.accounts)),
            WorkColumn(
                TableColumn(tr("Current accounts get"), number=False, stretches=True),
                lambda row: _level(row, delinquent=False),
            ),
            WorkColumn(
                TableColumn(tr("Delinquent ones get"), number=False, stretches=True),
                lambda row: _level(row, delinquent=True),
            ),
        )

    def actions(self) -> tuple[WorkAction[GridRow], ...]:
        """Return how to set either cell, of several statuses at once if so wished."""
        return (
            WorkAction(
                "delinquent", "Set for delinquent…", "D",
                lambda rows: self.flow.set_cells([row.status for row in rows], delinquent=True),
            ),
            WorkAction(
                "current", "Set for current…", "C",
                lambda rows: self.flow.set_cells([row.status for row in rows], delinquent=False), primary=True,
            ),
        )  # fmt: skip


def _level(row: GridRow, *, delinquent: bool) -> Cell:
    """Say what accounts get; what is not set, but follows, stands muted."""
    own = row.status.level_delinquent if delinquent else row.status.level_current
    cell = row.grid.cell(row.status.id, delinquent=delinquent)
    if cell == PLAN:
        said = tr("The account's plan")
    else:
        level = row.grid.given(row.status.id, delinquent=delinquent, plan="").level
        said = level.name if level else formats.NOTHING
    if own == cell and cell:
        return text_cell(said)
    follows = tr("as current ones: {level}") if delinquent and cell else tr("not set: {level}")
    if not cell and row.status.activates:
        said = tr("the account's plan")
    made = text_cell(follows.format(level=said))
    return Cell(made.text, made.sort, made.plain, tone="muted")
