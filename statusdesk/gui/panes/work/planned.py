"""The worklist of planned changes: what comes, what is late, what needs a look, what was done and given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from statusdesk.domain.instants import local_text, now
from statusdesk.domain.plans import FLAG_TEXTS, Flag, Plan, PlanKind, PlanView
from statusdesk.domain.rights import Right
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn, text_cell
from statusdesk.gui.flows.plans import PlanFlow
from statusdesk.gui.panes.work.worklist import WorkAction, WorkColumn, Worklist, WorkView
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.store.store import Store

VIEWS: Final = {
    PlanView.UPCOMING: "Upcoming",
    PlanView.OVERDUE: "Overdue",
    PlanView.FLAGGED: "Need a look",
    PlanView.DONE: "Done",
    PlanView.CANCELLED: "Cancelled",
}
"""What the views are called."""

EMPTY: Final = {
    PlanView.UPCOMING: "Nothing is planned.",
    PlanView.OVERDUE: "Nothing is overdue.",
    PlanView.FLAGGED: "No planned change needs a look.",
    PlanView.DONE: "No planned change was carried out yet.",
    PlanView.CANCELLED: "No planned change was cancelled.",
}
"""What is said where a view has no rows."""

WAYS: Final = {
    Flag.CLOSED: "Cancel it",
    Flag.DELETED: "Choose another status, or cancel it",
    Flag.RETIRED: "Choose another status, or cancel it",
    Flag.MOVED: "Apply it now, save it anew, or cancel it",
    Flag.CHARGED: "Apply it now, or cancel it",
    Flag.BARRED: "Choose another status, or change the rules of its status",
    Flag.LACKING: "Fill it in at the account, then apply it now",
    Flag.REOPENED: "Apply it now, or postpone it",
}
"""What can be done about each flag."""

KINDS: Final = {PlanKind.CHANGE: "Change", PlanKind.LEAVE: "Leave", PlanKind.RETURN: "Return"}
"""What kinds of plans are called."""

MOST: Final = 20_000
"""How many of those that are over are shown, the newest first."""

_OPEN: Final = frozenset({PlanView.UPCOMING.value, PlanView.OVERDUE.value, PlanView.FLAGGED.value})
_MOMENT: Final = "30 Mmm 2026, 00:00"
_SENTENCE: Final = 36
"""How many letters wide a sentence is at least."""


class PlannedList(Worklist[Plan]):
    """Planned changes of all accounts."""

    name: ClassVar[str] = "planned"
    title: ClassVar[str] = "Planned"
    sentence: ClassVar[str] = (
        "Changes of status for later. Each is carried out at its time, or left to you if something is in its way."
    )
    urgent: ClassVar[frozenset[str]] = frozenset({PlanView.OVERDUE.value, PlanView.FLAGGED.value})

    plan_marks: ClassVar[bool] = False

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._flow = PlanFlow(weighing)

    def views(self) -> tuple[WorkView, ...]:
        """Return the lists of `PlanView`."""
        return tuple(WorkView(view.value, text) for view, text in VIEWS.items())

    def fetch(self, store: Store, view: str) -> Sequence[Plan]:
        """Return the plans of a view; of those that are over only the newest."""
        ids = store.planned.ids(PlanView(view), now())
        return store.planned.page(ids if view in _OPEN else ids[:MOST])

    def counts(self, store: Store) -> Mapping[str, int]:
        """Return how many plans each view has."""
        return {view.value: count for view, count in store.planned.counts(now()).items()}

    def key(self, row: Plan) -> object:
        """Return the plan's id."""
        return row.id

    def account_ids(self, row: Plan) -> Sequence[int]:
        """Return the plan's account."""
        return (row.account_id,)

    def words(self, row: Plan) -> str:
        """Return number, name and reason."""
        return f"{row.number} {row.title} {row.reason}"

    def chosen(self, rows: Sequence[Plan]) -> str:
        """Say how many plans are selected; of a single one, whose it is, who planned it when, and why."""
        if len(rows) > 1:
            return tr("{count} planned changes selected").format(count=formats.count(len(rows)))
        plan, zone = rows[0], self.session.info.time_zone
        by = tr("planned by {who} on {moment}")
        said = by.format(who=plan.planned_by, moment=formats.moment(plan.planned_at, zone))
        return " · ".join(filter(None, (plan.title, said, plan.reason)))

    def empty(self, view: str) -> str:
        """Say that there are none."""
        return tr(EMPTY[PlanView(view)])

    def note(self, view: str, rows: Sequence[Plan]) -> str:
        """Say where only the newest are shown."""
        if view in _OPEN or len(rows) < MOST:
            return ""
        return tr("The newest {count} are shown.").format(count=formats.count(MOST))

    def columns(self, view: str) -> tuple[WorkColumn[Plan], ...]:
        """Return when, whose, into which status, and what matters beside that in this view."""
        columns = [
            WorkColumn(TableColumn(tr("When"), sample=_MOMENT), self._when, lambda plan: plan.due_at),
            _text(TableColumn(tr("Number"), number=False), lambda plan: plan.number),
            _text(TableColumn(tr("Name"), number=False, stretches=True), lambda plan: plan.title),
            WorkColumn(self.status_head(tr("To")), self._target),
        ]
        if view == PlanView.FLAGGED:
            columns.append(_text(_sentence(tr("In its way")), _why))
            columns.append(_text(_sentence(tr("What to do"), yields=1), _way))
            return tuple(columns)
        reason = TableColumn(tr("Reason"), number=False, stretches=True)
        columns.append(_text(TableColumn(tr("Kind"), number=False, yields=1), _kind))
        columns.append(_text(reason, lambda plan: plan.reason))
        columns.append(_text(TableColumn(tr("Planned by"), number=False, yields=2), lambda plan: plan.planned_by))
        if view in (PlanView.DONE, PlanView.CANCELLED):
            title = tr("Carried out") if view == PlanView.DONE else tr("Cancelled")
            columns.append(
                WorkColumn(TableColumn(title, sample=_MOMENT), self._settled, lambda plan: plan.settled_at or 0)
            )
            columns.append(_text(TableColumn(tr("By"), number=False, yields=3), lambda plan: plan.settled_by))
        return tuple(columns)

    def actions(self) -> tuple[WorkAction[Plan], ...]:
        """Return the ways on for open plans."""
        return (
            WorkAction("edit", "Edit…", "E", self._flow.edit, views=_OPEN, right=Right.MOVE),
            WorkAction("postpone", "Postpone…", "P", self._flow.postpone, views=_OPEN, right=Right.MOVE),
            WorkAction("cancel", "Cancel plan", "Del", self._flow.cancel, views=_OPEN, right=Right.MOVE),
            WorkAction("apply", "Apply now…", "A", self._flow.apply, primary=True, views=_OPEN, right=Right.MOVE),
        )

    def _when(self, plan: Plan) -> Cell:
        tone = "loss" if plan.overdue(now()) else "planned" if plan.state.open else ""
        return self._moment(plan.due_at, tone)

    def _settled(self, plan: Plan) -> Cell:
        return Cell("", 0, "") if plan.settled_at is None else self._moment(plan.settled_at)

    def _moment(self, instant: int, tone: str = "") -> Cell:
        zone = self.session.info.time_zone
        return Cell(formats.moment(instant, zone), instant, local_text(instant, zone), tone=tone)

    def _target(self, plan: Plan) -> Cell:
        status = self.session.status(plan.status_id)
        return text_cell(status.name, look=(status.shape, status.colour))


def _sentence(title: str, *, yields: int = 0) -> TableColumn:
    return TableColumn(title, number=False, stretches=True, least=_SENTENCE, yields=yields)


def _text(column: TableColumn, text: Callable[[Plan], str]) -> WorkColumn[Plan]:
    return WorkColumn(column, lambda plan: text_cell(text(plan)), lambda plan: text(plan).casefold())


def _kind(plan: Plan) -> str:
    kind = tr(KINDS[plan.kind])
    return tr("{kind}, yearly").format(kind=kind) if plan.yearly else kind


def _why(plan: Plan) -> str:
    flag = plan.flag or plan.obstacle
    return tr(FLAG_TEXTS[flag]) if flag is not None else ""


def _way(plan: Plan) -> str:
    flag = plan.flag or plan.obstacle
    return tr(WAYS[flag]) if flag is not None else ""
