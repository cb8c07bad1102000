"""The return desk: who comes back when, who should be back already, and who is away with no end in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.instants import day_of, local_text, now
from statusdesk.domain.plans import FLAG_TEXTS
from statusdesk.domain.records import Stage
from statusdesk.domain.rights import Right
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn, count_cell, text_cell
from statusdesk.gui.flows.vacations import VacationFlow
from statusdesk.gui.panes.work.worklist import WorkAction, WorkColumn, Worklist, WorkView
from statusdesk.gui.wording import accounts_text, tr
from statusdesk.services.reports.stuck import stuck_accounts
from statusdesk.services.settings_verbs import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.store.planned import Away
    from statusdesk.store.store import Store

SOON, OVERDUE, OPEN, LONG, ALL = "soon", "overdue", "open", "long", "all"
DAY: Final = 86_400_000
WEEK: Final = 7 * DAY

_TITLES: Final = {
    SOON: "This week",
    OVERDUE: "Overdue",
    OPEN: "No return date",
    LONG: "Longer than usual",
    ALL: "All away",
}
_EMPTY: Final = {
    SOON: "Nobody comes back within a week.",
    OVERDUE: "Nobody is overdue.",
    OPEN: "Everybody who is away has a return date.",
    LONG: "Nobody is away longer than usual.",
    ALL: "Nobody is away.",
}
_MOMENT: Final = "30 Mmm 2026, 00:00"


class ComingBackList(Worklist["Away"]):
    """Accounts in Paused statuses."""

    name: ClassVar[str] = "coming_back"
    title: ClassVar[str] = "Coming back"
    sentence: ClassVar[str] = (
        "Accounts that are away. Each returns by itself at its time, to the status that it left from."
    )
    urgent: ClassVar[frozenset[str]] = frozenset({OVERDUE})

    plan_marks: ClassVar[bool] = False

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._flow = VacationFlow(weighing)

    def views(self) -> tuple[WorkView, ...]:
        """Return the views by how their return stands."""
        return tuple(WorkView(name, title) for name, title in _TITLES.items())

    def fetch(self, store: Store, view: str) -> Sequence[Away]:
        """Return who is away, those first who return first."""
        at, away = now(), store.planned.away()
        if view == SOON:
            return [one for one in away if one.return_at is not None and at < one.return_at <= at + WEEK]
        if view == OVERDUE:
            return [one for one in away if one.return_at is not None and one.return_at <= at]
        if view == OPEN:
            return [one for one in away if one.return_at is None]
        if view == LONG:
            paused = [one.id for one in store.statuses.all() if one.stage is Stage.PAUSED]
            long = set(stuck_accounts(store, paused, limits(store).stays, at=at))
            return sorted((one for one in away if one.account_id in long), key=lambda one: one.since)
        return away

    def counts(self, store: Store) -> Mapping[str, int]:
        """Return how many each view has; what is usual takes too long to be asked each time."""
        at = now()
        soon, overdue, undated, everybody = store.planned.away_counts(at, at + WEEK)
        return {SOON: soon, OVERDUE: overdue, OPEN: undated, ALL: everybody}

    def key(self, row: Away) -> object:
        """Return the account's id."""
        return row.account_id

    def account_ids(self, row: Away) -> Sequence[int]:
        """Return the account."""
        return (row.account_id,)

    def words(self, row: Away) -> str:
        """Return number and name."""
        return f"{row.number} {row.title}"

    def chosen(self, rows: Sequence[Away]) -> str:
        """Say how many are selected; of a single one, whose it is."""
        if len(rows) == 1:
            return rows[0].title
        return tr("{accounts} selected").format(accounts=accounts_text(len(rows)))

    def empty(self, view: str) -> str:
        """Say that there is nobody."""
        return tr(_EMPTY[view])

    def note(self, view: str, rows: Sequence[Away]) -> str:
        """Say what “usual” is."""
        if view != LONG:
            return ""
        return tr(
            "Longer than the limit set for the status in Reports ▸ Stuck, or than nine of ten earlier stays there."
        )

    def columns(self, view: str) -> tuple[WorkColumn[Away], ...]:
        """Return whose return is when, from where to where, and how long the account is away."""

        def status(title: str, which: Callable[[Away], int | None]) -> WorkColumn[Away]:
            return WorkColumn(self.status_head(title), lambda one: self._status(which(one)))

        columns = [
            WorkColumn(TableColumn(tr("Returns"), sample=_MOMENT), self._returns, lambda one: one.return_at or 0),
            WorkColumn(TableColumn(tr("Number"), number=False), lambda one: text_cell(one.number)),
            WorkColumn(TableColumn(tr("Name"), number=False, stretches=True), lambda one: text_cell(one.title)),
            status(tr("Status"), lambda one: one.status_id),
            status(tr("Returns to"), lambda one: one.return_to),
            WorkColumn(TableColumn(tr("Away since"), yields=1), self._since, lambda one: one.since),
            WorkColumn(TableColumn(tr("Days away"), yields=2), lambda one: count_cell((now() - one.since) // DAY)),
        ]
        if view == OVERDUE:
            columns.append(WorkColumn(TableColumn(tr("In its way"), number=False, stretches=True, least=24), _why))
        return tuple(columns)

    def actions(self) -> tuple[WorkAction[Away], ...]:
        """Return the two ways: another return, or back now."""
        return (
            WorkAction("extend", "Extend…", "E", self._extend, right=Right.MOVE),
            WorkAction("return", "Return now…", "R", self._return, primary=True, right=Right.MOVE),
        )

    def _returns(self, one: Away) -> Cell:
        if one.return_at is None:
            return Cell(formats.NOTHING, 0, "")
        zone = self.session.info.time_zone
        tone = "loss" if one.return_at <= now() else "planned"
        return Cell(formats.moment(one.return_at, zone), one.return_at, local_text(one.return_at, zone), tone=tone)

    def _since(self, one: Away) -> Cell:
        zone = self.session.info.time_zone
        return Cell(formats.day(one.since, zone), one.since, day_of(one.since, zone))

    def _status(self, status_id: int | None) -> Cell:
        if status_id is None:
            return text_cell(formats.NOTHING)
        status = self.session.status(status_id)
        return text_cell(status.name, look=(status.shape, status.colour))

    def _extend(self, rows: Sequence[Away]) -> None:
        self._flow.extend(rows)

    def _return(self, rows: Sequence[Away]) -> None:
        self._flow.return_now(AccountIds(tuple(one.account_id for one in rows)))


def _why(one: Away) -> Cell:
    return text_cell(tr(FLAG_TEXTS[one.flag]) if one.flag is not None else "")
