"""Where levels are published to: what waits for each target, and how the last publish went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from statusdesk.domain.targets import Result, TargetKind
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn, text_cell
from statusdesk.gui.flows.publishing import PublishFlow
from statusdesk.gui.panes.work.worklist import WorkAction, WorkColumn, Worklist
from statusdesk.gui.wording import accounts_text, tr
from statusdesk.services import network

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from statusdesk.domain.targets import Run, Target, Waiting
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.store.store import Store

_RESULTS: Mapping[Result, str] = {
    Result.PUBLISHED: "Published",
    Result.NOTHING: "Nothing to do",
    Result.REFUSED: "Refused",
    Result.FAILED: "Failed",
}


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target, what it does not know yet, and its newest run."""

    target: Target
    waiting: Waiting
    last: Run | None


class TargetsList(Worklist[TargetRow]):
    """All targets in the order of their making."""

    name: ClassVar[str] = "targets"
    title: ClassVar[str] = "Publishing"
    sentence: ClassVar[str] = (
        "RADIUS databases and router scripts that are brought up to date with what accounts get."
    )
    search: ClassVar[str] = "Search targets"
    has_accounts: ClassVar[bool] = False
    urgent: ClassVar[frozenset[str]] = frozenset({"all"})

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self.flow = PublishFlow(weighing)
        self.flow.published.connect(self.wanted)

    def fetch(self, store: Store, view: str) -> Sequence[TargetRow]:
        """Return the targets with what waits for them."""
        return [
            TargetRow(target, network.waiting(store, target), network.last_run(store, target))
            for target in network.targets_of(store)
        ]

    def counts(self, store: Store) -> Mapping[str, int]:
        """Return how many targets something waits for."""
        return {"all": sum(bool(network.waiting(store, target)) for target in network.targets_of(store))}

    def counted(self, rows: Sequence[TargetRow]) -> Mapping[str, int]:
        """Return how many of these something waits for."""
        return {"all": sum(bool(row.waiting) for row in rows)}

    def key(self, row: TargetRow) -> object:
        """Return the target's id."""
        return row.target.id

    def words(self, row: TargetRow) -> str:
        """Return name and address."""
        return f"{row.target.name} {row.target.address}"

    def chosen(self, rows: Sequence[TargetRow]) -> str:
        """Say which target is selected and what waits for it."""
        if len(rows) == 1:
            return f"{rows[0].target.name} · {waits(rows[0].waiting)}"
        return tr("{count} targets selected").format(count=len(rows))

    def empty(self, view: str) -> str:
        """Say what a target is."""
        return tr("Nothing is published yet. Add the database of your RADIUS server, or a script for your router.")

    def remedy(self) -> tuple[str, Callable[[], None]]:
        """Add the first one."""
        return tr("Add a target…"), self.flow.add_target

    def columns(self, view: str) -> tuple[WorkColumn[TargetRow], ...]:
        """Return name, kind, address, what waits, and the last run."""
        zone = self.session.info.time_zone

        def kind(row: TargetRow) -> Cell:
            return text_cell(
                tr("RADIUS database") if row.target.kind is TargetKind.RADIUS else tr("Router script")
            )

        def waiting(row: TargetRow) -> Cell:
            made = text_cell(waits(row.waiting))
            return Cell(made.text, made.sort, made.plain, tone="planned" if row.waiting else "")

        def last(row: TargetRow) -> Cell:
            if row.last is None:
                return text_cell(tr("Never"))
            said = f"{tr(_RESULTS[row.last.result])} · {formats.moment(row.last.finished_at, zone)}"
            made = text_cell(said, sort=row.last.finished_at)
            failed = row.last.result in (Result.REFUSED, Result.FAILED)
            return Cell(made.text, made.sort, made.plain, tone="loss" if failed else "")

        return (
            WorkColumn(TableColumn(tr("Name"), number=False), lambda row: text_cell(row.target.name)),
            WorkColumn(TableColumn(tr("Kind"), number=False), kind),
            WorkColumn(
                TableColumn(tr("Address"), number=False, stretches=True), lambda row: text_cell(row.target.address)
            ),
            WorkColumn(TableColumn(tr("Waiting"), number=False, stretches=True), waiting),
            WorkColumn(TableColumn(tr("Last publish"), number=False, stretches=True), last),
        )

    def actions(self) -> tuple[WorkAction[TargetRow], ...]:
        """Return what can be done with targets."""

        def one(do: Callable[[Target], None]) -> Callable[[Sequence[TargetRow]], None]:
            return lambda rows: do(rows[0].target)

        return (
            WorkAction("add", "Add target…", "Ctrl+N", lambda _: self.flow.add_target(), free=True),
            WorkAction("edit", "Edit…", "E", one(self.flow.edit_target), _single),
            WorkAction("remove", "Remove", "Del", one(self.flow.remove_target), _single),
            WorkAction("publish", "Publish…", "P", one(self.flow.publish), _single, primary=True),
        )


def _single(rows: Sequence[TargetRow]) -> bool:
    return len(rows) == 1


def waits(waiting: Waiting) -> str:
    """Say what a target does not know yet."""
    if waiting.never:
        return tr("Everything: nothing was published yet")
    parts = []
    if waiting.accounts:
        parts.append(accounts_text(waiting.accounts))
    if waiting.levels:
        parts.append(tr("changed levels"))
    return ", ".join(parts) or tr("Nothing")
