"""The service levels: what each is, and how many accounts have it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from statusdesk.domain.levels import LevelKind
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import TableColumn, count_cell, text_cell
from statusdesk.gui.flows.network import NetworkFlow
from statusdesk.gui.panes.work.worklist import WorkAction, WorkColumn, Worklist
from statusdesk.gui.wording import accounts_text, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from statusdesk.domain.levels import ServiceLevel
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.store.store import Store

KINDS: Mapping[LevelKind, str] = {
    LevelKind.NORMAL: "Serves",
    LevelKind.WALLED: "Walled garden",
    LevelKind.REJECT: "Refuses",
}
"""What a kind of level does, in the fewest words."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level, and how many accounts have it."""

    level: ServiceLevel
    accounts: int


class LevelsList(Worklist[LevelRow]):
    """All service levels in people's order."""

    name: ClassVar[str] = "levels"
    title: ClassVar[str] = "Service levels"
    sentence: ClassVar[str] = (
        "What accounts get from the network. The first that serves is for accounts without a plan of their own."
    )
    search: ClassVar[str] = "Search levels"
    has_accounts: ClassVar[bool] = False

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self.flow = NetworkFlow(weighing)

    def fetch(self, store: Store, view: str) -> Sequence[LevelRow]:
        """Return the levels in people's order."""
        grid = store.levels.grid()
        held: Counter[int | None] = Counter()
        for each in store.levels.holdings() if grid.used else ():
            held[grid.level_id(each.status_id, delinquent=each.delinquent, plan=each.plan)] += each.accounts
        return [LevelRow(level, held[level.id]) for level in grid.levels]

    def counts(self, store: Store) -> Mapping[str, int]:
        """Return how many levels there are."""
        return {"all": len(store.levels.grid().levels)}

    def key(self, row: LevelRow) -> object:
        """Return the level's id."""
        return row.level.id

    def words(self, row: LevelRow) -> str:
        """Return its texts."""
        level = row.level
        return " ".join(
            (level.name, level.radius_group, level.address_list, *(said.value for said in level.attributes))
        )

    def chosen(self, rows: Sequence[LevelRow]) -> str:
        """Say which level is selected."""
        if len(rows) == 1:
            return f"{rows[0].level.name} · {accounts_text(rows[0].accounts)}"
        return tr("{count} levels selected").format(count=len(rows))

    def empty(self, view: str) -> str:
        """Say that there is none, and what that means."""
        return tr(
            "There are no service levels yet. Most offices begin with three: full service, a walled garden for"
            " those who owe, and no service."
        )

    def remedy(self) -> tuple[str, Callable[[], None]]:
        """Make the usual three."""
        return tr("Make the usual three"), self.flow.make_usual

    def columns(self, view: str) -> tuple[WorkColumn[LevelRow], ...]:
        """Return what a level is."""

        def text(
            title: str, which: Callable[[ServiceLevel], str], *, stretches: bool = False
        ) -> WorkColumn[LevelRow]:
            return WorkColumn(
                TableColumn(title, number=False, stretches=stretches), lambda row: text_cell(which(row.level))
            )

        return (
            text(tr("Name"), lambda level: level.name, stretches=True),
            text(tr("Kind"), lambda level: tr(KINDS[level.kind])),
            text(tr("RADIUS group"), lambda level: level.radius_group),
            text(tr("Address list"), lambda level: level.address_list or formats.NOTHING),
            text(
                tr("Attributes"),
                lambda level: (
                    "; ".join(f"{said.name} {said.value}" for said in level.attributes) or formats.NOTHING
                ),
                stretches=True,
            ),
            WorkColumn(TableColumn(tr("Accounts")), lambda row: count_cell(row.accounts)),
        )

    def actions(self) -> tuple[WorkAction[LevelRow], ...]:
        """Return what can be done with levels."""

        def one(do: Callable[[ServiceLevel], None]) -> Callable[[Sequence[LevelRow]], None]:
            return lambda rows: do(rows[0].level)

        return (
            WorkAction("new", "New level…", "Ctrl+N", lambda _: self.flow.create_level(), free=True),
            WorkAction("up", "Move up", "Alt+Up", one(lambda level: self.flow.place(level, -1)), _single),
            WorkAction("down", "Move down", "Alt+Down", one(lambda level: self.flow.place(level, 1)), _single),
            WorkAction("delete", "Delete", "Del", one(self.flow.delete_level), _single),
            WorkAction("edit", "Edit…", "E", one(self.flow.edit_level), _single, primary=True),
        )


def _single(rows: Sequence[LevelRow]) -> bool:
    return len(rows) == 1
