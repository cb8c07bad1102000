"""Makes the view of a report, off the painting thread: for the window, for paper and for commands alike."""

from dataclasses import dataclass

from statusdesk.domain.changes import AccountIds, Selection
from statusdesk.domain.periods import Step
from statusdesk.domain.scopes import ALL
from statusdesk.gui.charts.table_model import TableRows
from statusdesk.gui.panes.reports_charts import drawn
from statusdesk.gui.panes.reports_coming import (
    growth_table,
    peak_figures,
    peak_table,
    revenue_figures,
    revenue_table,
)
from statusdesk.gui.panes.reports_flows import matrix_table, movement_table
from statusdesk.gui.panes.reports_view import Figure, View, sentences
from statusdesk.gui.panes.reports_watch import (
    distribution_table,
    ghosts_figures,
    ghosts_table,
    over_time_table,
    stuck_figures,
    stuck_table,
)
from statusdesk.gui.wording import tr
from statusdesk.services.report_requests import TITLES, Answer, Kind, Request, answer
from statusdesk.services.reports.distribution import accounts_in
from statusdesk.services.reports.peak import effect_of_activating
from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Wish:
    """A request, and what only its view needs: the measure of a comparison, accounts to be activated today."""

    request: Request
    measure: str = "accounts"
    activating: int = 0


def to_activate(store: Store, selection: Selection) -> int:
    """Return how many of the selected accounts are not billed yet."""
    statuses = store.statuses.by_id().values()
    active = frozenset(status.id for status in statuses if status.activates)
    if isinstance(selection, AccountIds):
        return len(frozenset(selection.ids).difference(accounts_in(store, active)))
    wanted = frozenset(status.id for status in statuses) if selection.status_ids is None else selection.status_ids
    return store.accounts.count(selection._replace(status_ids=wanted - active))


def build(store: Store, wish: Wish) -> View:
    """Ask for a report and make its view; to be called with a store of the calling thread."""
    found = answer(store, wish.request)
    kind = wish.request.kind
    return View(
        found.request,
        tr(TITLES[kind]),
        sentences(found),
        _table(store, found, wish),
        _figures(store, found, wish),
        drawn(store, found),
        ordered=kind in (Kind.MATRIX, Kind.MOVEMENT),
        seal=found.seal,
    )


def _table(store: Store, found: Answer, wish: Wish) -> TableRows:
    match found.request.kind:
        case Kind.MATRIX:
            return matrix_table(found, wish.measure)
        case Kind.MOVEMENT:
            return movement_table(found)
        case Kind.REVENUE:
            return revenue_table(store, found)
        case Kind.PEAK:
            return peak_table(store, found)
        case Kind.GROWTH:
            return growth_table(found)
        case Kind.STUCK:
            return stuck_table(found)
        case Kind.GHOSTS:
            return ghosts_table(found)
        case Kind.OVER_TIME:
            return over_time_table(found)
        case Kind.DISTRIBUTION:
            return distribution_table(found)


def _figures(store: Store, found: Answer, wish: Wish) -> tuple[Figure, ...]:
    match found.request.kind:
        case Kind.REVENUE:
            return revenue_figures(store, found)
        case Kind.PEAK:
            weighed = wish.activating and found.request.scope == ALL
            effect = effect_of_activating(store, wish.activating, at=found.request.at) if weighed else None
            return peak_figures(found, effect)
        case Kind.STUCK:
            return stuck_figures(found)
        case Kind.GHOSTS:
            return ghosts_figures(found)
    return ()


STEPS = {Step.MONTH: "Months", Step.WEEK: "Weeks", Step.DAY: "Days"}
"""What the periods of a report are called."""
