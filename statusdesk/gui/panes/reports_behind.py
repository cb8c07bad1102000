"""Which accounts are behind each figure of the reports, and how a chip in the accounts pane calls them."""

from collections.abc import Iterable
from functools import partial

from statusdesk.domain.changes import Matching
from statusdesk.domain.records import Status
from statusdesk.domain.scopes import Scope
from statusdesk.gui.panes.reports_view import Behind, place_name
from statusdesk.gui.wording import tr
from statusdesk.services.report_requests import Answer
from statusdesk.services.reports import distribution, ghosts, growth, matrix, movement, peak, revenue, stuck
from statusdesk.services.reports.crossings import Crossing
from statusdesk.services.reports.matrix import Absence, End
from statusdesk.services.reports.movement import PeriodMovement
from statusdesk.services.reports.planning import planned_steps
from statusdesk.store.report_peaks import MonthPeak
from statusdesk.store.store import Store

CROSSINGS = {
    Crossing.ACTIVATED: "Activated",
    Crossing.RETURNED: "Returned from a pause",
    Crossing.MOVED_IN: "Moved in, active",
    Crossing.DISCONNECTED: "Disconnected",
    Crossing.PAUSED: "Left for a pause",
    Crossing.CLOSED: "Undone while active",
    Crossing.MOVED_OUT: "Moved out, active",
    Crossing.ENDED_PAUSE: "Ended out of a pause",
}
"""What ways over the border of activation are called."""


def standing(statuses: Iterable[Status], title: str, scope: Scope, on: str | None = None) -> Behind:
    """Return the accounts that are in some statuses, now or at the end of a day."""
    ids = frozenset(status.id for status in statuses)
    return Behind(title, lambda store: distribution.accounts_in(store, ids, on=on, scope=scope))


def active(store: Store, title: str, scope: Scope) -> Behind:
    """Return the accounts that are billed now."""
    return standing([s for s in store.statuses.by_id().values() if s.activates], title, scope)


def crossed(span: PeriodMovement, crossing: Crossing, scope: Scope, reason: str | None = None) -> Behind:
    """Return the accounts that crossed the border in a period in one way, for one reason if it is given."""
    title = tr("{movement}, {period}").format(
        movement=tr(CROSSINGS[crossing]), period=place_name(span.period.name, full=True)
    )
    days = span.period.first_day, span.period.last_day
    return Behind(
        title, lambda store: movement.accounts_that_moved(store, [crossing], *days, reason=reason, scope=scope)
    )


def crossed_between(crossing: Crossing, first: str, last: str, title: str, scope: Scope) -> Behind:
    """Return the accounts that crossed the border between two days in one way."""
    return Behind(title, lambda store: movement.accounts_that_moved(store, [crossing], first, last, scope=scope))


def moved(answer: Answer, old: Iterable[End], new: Iterable[End], title: str, scope: Scope) -> Behind:
    """Return the accounts in some rows and columns of the comparison of two dates."""
    request, rows, columns = answer.request, tuple(old), tuple(new)
    return Behind(
        title,
        lambda store: matrix.accounts_behind_cell(store, request.first, request.last, rows, columns, scope=scope),
    )


def end_name(end: End, names: dict[int, str], missing: str) -> str:
    """Return what a row or column of the comparison is called."""
    if isinstance(end, Absence):
        return missing if end is Absence.MISSING else tr("(elsewhere)")
    return names[end]


def pending(answer: Answer, weeks: Iterable[str], title: str, scope: Scope) -> Behind:
    """Return the accounts to be installed in some weeks."""
    wanted, at = tuple(weeks), answer.request.at

    def ids(store: Store) -> Iterable[int]:
        return revenue.pending_accounts(store, wanted, at=at, planned=planned_steps(store), scope=scope)

    return Behind(title, ids)


def expected(answer: Answer, weeks: Iterable[str], title: str, scope: Scope) -> Behind:
    """Return the accounts of which a share is expected in some weeks."""
    wanted, at = tuple(weeks), answer.request.at

    def ids(store: Store) -> Iterable[int]:
        return revenue.expected_accounts(store, wanted, at=at, planned=planned_steps(store), scope=scope)

    return Behind(title, ids)


def planned(weeks: Iterable[str], title: str, scope: Scope, *, starts: bool) -> Behind:
    """Return the accounts that are planned to start, or to stop, paying in some weeks."""
    wanted = tuple(weeks)

    def ids(store: Store) -> Iterable[int]:
        return revenue.planned_accounts(store, planned_steps(store), wanted, starts=starts, scope=scope)

    return Behind(title, ids)


def awaited(answer: Answer, week: str, scope: Scope, *, came_true: bool | None) -> Behind:
    """Return the accounts that were due in a past week: all of them, or those that were active as it ended."""
    title = tr("Came true, week of {week}") if came_true else tr("Was due, week of {week}")
    ids = partial(growth.awaited_accounts, week=week, at=answer.request.at, came_true=came_true, scope=scope)
    return Behind(title.format(week=place_name(week, full=True)), lambda store: ids(store))


def awaited_in(
    answer: Answer, weeks: Iterable[str], title: str, scope: Scope, *, came_true: bool | None
) -> Behind:
    """Return the accounts that were due in any of some past weeks, or those of them that came true in time."""
    wanted, at = tuple(weeks), answer.request.at

    def ids(store: Store) -> Iterable[int]:
        found: set[int] = set()
        for week in wanted:
            found.update(growth.awaited_accounts(store, week, at=at, came_true=came_true, scope=scope))
        return sorted(found)

    return Behind(title, ids)


def at_peak(found: MonthPeak, scope: Scope) -> Behind:
    """Return the accounts that were billed when a month's peak was reached."""
    title = tr("Billed at the peak of {month}").format(month=place_name(found.month))
    return Behind(title, lambda store: peak.accounts_at_peak(store, found, scope=scope))


def changed_by(change_set_id: int, title: str) -> Behind:
    """Return the accounts that a change set changed."""
    return Behind(title, lambda store: store.accounts.ids(Matching(change_set=change_set_id)))


def stuck_in(answer: Answer, status: Status, scope: Scope) -> Behind:
    """Return the accounts that are too long in a status."""
    stays, at = answer.limits.stays, answer.request.at
    title = tr("Stuck in {status}").format(status=status.name)
    return Behind(title, lambda store: stuck.stuck_accounts(store, [status.id], stays, at=at, scope=scope))


def leftovers(status: Status, scope: Scope, *, having: str = "") -> Behind:
    """Return the accounts of a status that are not billed but have a RADIUS user or address, or one of these."""

    def ids(store: Store) -> list[int]:
        here = frozenset(distribution.accounts_in(store, [status.id], scope=scope))
        found = [one for one in ghosts.leftover_accounts(store, scope=scope) if one in here]
        return [one.id for one in store.accounts.page(found) if getattr(one, having)] if having else found

    return Behind(tr("Left over in {status}").format(status=status.name), ids)


def free(status: Status, scope: Scope) -> Behind:
    """Return the accounts of a status that are billed and have no monthly charge."""

    def ids(store: Store) -> list[int]:
        here = frozenset(distribution.accounts_in(store, [status.id], scope=scope))
        return [one for one in ghosts.free_accounts(store, scope=scope) if one in here]

    return Behind(tr("No charge in {status}").format(status=status.name), ids)


def ghosts_of(kind: str, title: str, scope: Scope) -> Behind:
    """Return all ghosts of a kind: "leftover" on the network, or "free" of charge."""
    find = ghosts.leftover_accounts if kind == "leftover" else ghosts.free_accounts
    return Behind(title, lambda store: find(store, scope=scope))
