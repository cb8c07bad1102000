"""Revenue, growth and the monthly peak as tables: part by part, with the accounts behind each number."""

from collections.abc import Callable, Iterable, Iterator

from statusdesk.domain.scopes import Scope
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn, TableRows, count_cell, money_cell, text_cell
from statusdesk.gui.panes.reports_behind import active, at_peak, awaited, changed_by, expected, pending, planned
from statusdesk.gui.panes.reports_parts import head_columns, lead_cells, parts_of
from statusdesk.gui.panes.reports_view import Behind, Figure, place_name
from statusdesk.gui.wording import fact, tr
from statusdesk.services.report_requests import Answer
from statusdesk.services.reports.growth import Growth
from statusdesk.services.reports.peak import PeakEffect, room
from statusdesk.services.reports.revenue import Revenue, Week
from statusdesk.store.report_peaks import MonthPeak
from statusdesk.store.store import Store

Finds = Callable[[Week], Behind | None]
_EMPTY = Cell("", "", "")


def _plans(title: str, scope: Scope, *, starts: bool) -> Finds:
    """Return what finds the accounts behind a week of plans."""

    def find(week: Week) -> Behind:
        named = f"{title}, {place_name(week.week, full=True)}"
        return planned([week.week], named, scope, starts=starts)

    return find


def revenue_table(store: Store, answer: Answer) -> TableRows:
    """Return the parts of the revenue to come, week by week, and their sums."""
    money = tr("Monthly charge ({currency})").format(currency=answer.info.currency)
    columns = (
        *head_columns(answer),
        TableColumn(tr("Part"), number=False),
        TableColumn(tr("Week of")),
        TableColumn(tr("Accounts")),
        TableColumn(money),
    )
    rows = []
    for value, report, scope in parts_of(answer):
        lead = lead_cells(answer, value)
        rows += [(*lead, *row) for row in _revenue_rows(store, answer, report, scope)]
    return TableRows(columns, tuple(rows))


def _revenue_rows(store: Store, answer: Answer, report: Revenue, scope: Scope) -> Iterator[tuple[Cell, ...]]:
    currency = answer.info.currency

    def install(week: Week) -> Behind:
        title = tr("Pending installs, {week}").format(week=place_name(week.week, full=True))
        return pending(answer, [week.week], title, scope)

    def likely(week: Week) -> Behind:
        title = tr("Expected, {week}").format(week=place_name(week.week, full=True))
        return expected(answer, [week.week], title, scope)

    yield _sum_row(tr("Current"), report.active, report.current, currency, active(store, tr("Billed now"), scope))
    yield from _week_rows(tr("Pending install"), report.pending, currency, install)
    starts, stops = tr("Planned start"), tr("Planned stop")
    yield from _week_rows(starts, report.starts, currency, _plans(starts, scope, starts=True))
    yield from _week_rows(stops, report.stops, currency, _plans(stops, scope, starts=False), sign=-1)
    yield _sum_row(tr("Committed"), None, report.committed, currency)
    if report.expected is not None:
        yield from _week_rows(tr("Expected install"), report.expected_installs or (), currency, likely)
        yield _sum_row(tr("Expected"), None, report.expected, currency)


def _sum_row(
    name: str, accounts: int | None, charge: int, currency: str, behind: Behind | None = None
) -> tuple[Cell, ...]:
    count = Cell("", -1, "") if accounts is None else count_cell(accounts, key=behind)
    return text_cell(name), text_cell(""), count, money_cell(charge, currency, key=behind)


def _week_rows(
    name: str, weeks: Iterable[Week], currency: str, behind: Finds, sign: int = 1
) -> Iterator[tuple[Cell, ...]]:
    for week in weeks:
        found = behind(week)
        yield (
            text_cell(name),
            text_cell(place_name(week.week, full=True), sort=week.week),
            count_cell(sign * week.accounts, key=found, signed=sign < 0),
            money_cell(sign * week.charge, currency, key=found),
        )


def revenue_figures(store: Store, answer: Answer) -> tuple[Figure, ...]:
    """Return the large figures: current, committed, expected."""
    if answer.request.split is not None:
        return ()
    report: Revenue = answer.whole
    currency = answer.info.currency
    added = report.committed - report.current
    weeks = [week.week for week in report.pending]
    installs = pending(answer, weeks, tr("Pending installs"), answer.request.scope)
    more = tr("of {accounts} billed accounts").format(accounts=formats.count(report.active))
    committed = tr("{amount} from installs and plans").format(amount=formats.signed_money(added, currency))
    none = tr("no basis yet")
    rests_on = report.basis
    share = tr("{activated} of {ended} installs came true").format(
        activated=formats.count(rests_on.activated), ended=formats.count(rests_on.ended)
    )
    billed = active(store, tr("Billed now"), answer.request.scope)
    return (
        Figure(
            tr("Current, {currency}").format(currency=currency),
            formats.money(report.current, currency),
            more,
            billed,
        ),
        Figure(
            tr("Committed, {currency}").format(currency=currency),
            formats.money(report.committed, currency),
            committed,
            installs,
        ),
        Figure(
            tr("Expected, {currency}").format(currency=currency),
            formats.NOTHING if report.expected is None else formats.money(report.expected, currency),
            none if report.expected is None else share,
        ),
    )


def peak_table(store: Store, answer: Answer) -> TableRows:
    """Return each month's peak, when it was reached, by what, and the room below the limit."""
    limit = answer.limits.peak
    columns = (
        *head_columns(answer),
        TableColumn(tr("Month"), number=False),
        TableColumn(tr("Peak")),
        *([] if limit is None else [TableColumn(tr("Room"))]),
        TableColumn(tr("Reached")),
        TableColumn(tr("By"), number=False),
    )
    rows = []
    for value, report, scope in parts_of(answer):
        for found in report:
            rows.append((*lead_cells(answer, value), *_peak_row(store, answer, found, scope)))
    return TableRows(columns, tuple(rows))


def _peak_row(store: Store, answer: Answer, found: MonthPeak, scope: Scope) -> Iterator[Cell]:
    yield text_cell(place_name(found.month), sort=found.month)
    yield count_cell(found.accounts, key=at_peak(found, scope))
    left = room(found, answer.limits.peak)
    if left is not None:
        yield count_cell(left)
    if found.reached_at is None or found.change_set_id is None:
        yield text_cell(tr("Since the month began"), sort="")
        yield _EMPTY
        return
    moment = formats.moment(found.reached_at, answer.info.time_zone)
    yield text_cell(moment, sort=f"{found.reached_at:020}")
    change_set = store.journal.get(found.change_set_id)
    said = fact(change_set.kind, change_set.facts) if change_set else ""
    yield text_cell(said, key=changed_by(found.change_set_id, said))


def peak_figures(answer: Answer, effect: PeakEffect | None) -> tuple[Figure, ...]:
    """Return this month's peak, the room left, and what activating accounts today rather than on the 1st does."""
    if answer.request.split is not None or not answer.whole:
        return ()
    last: MonthPeak = answer.whole[-1]
    reached = tr("since the month began")
    if last.reached_at is not None:
        reached = tr("on {day}").format(day=formats.day(last.reached_at, answer.info.time_zone))
    month = place_name(last.month)
    figures = [
        Figure(
            tr("Peak in {month}").format(month=month),
            formats.count(last.accounts),
            reached,
            at_peak(last, answer.request.scope),
        )
    ]
    left = room(last, answer.limits.peak)
    if left is not None:
        more = tr("of {limit} accounts").format(limit=formats.count(answer.limits.peak or 0))
        name = tr("Room left") if left >= 0 else tr("Above the limit")
        figures.append(Figure(name, formats.count(abs(left)), more))
    return (*figures, *_effect(effect))


def _effect(effect: PeakEffect | None) -> Iterator[Figure]:
    if effect is None or not effect.accounts:
        return
    peak = formats.count(effect.this_month.accounts)
    now = tr("no higher than without them")
    if effect.raised_by:
        raised = formats.signed(effect.raised_by)
        now = tr("{raised}; on the 1st, this month stays at {peak}").format(raised=raised, peak=peak)
    label = tr("Peak with {count} more today").format(count=formats.count(effect.accounts))
    yield Figure(label, formats.count(effect.this_month_after), now)


def growth_table(answer: Answer) -> TableRows:
    """Return past weeks with what came true, and weeks to come with what is due."""
    currency = answer.info.currency
    columns = (
        *head_columns(answer),
        TableColumn(tr("Part"), number=False),
        TableColumn(tr("Week of")),
        TableColumn(tr("Due")),
        TableColumn(tr("Due ({currency})").format(currency=currency)),
        TableColumn(tr("Came true")),
        TableColumn(tr("Came true ({currency})").format(currency=currency)),
    )
    rows = []
    for value, report, scope in parts_of(answer):
        lead = lead_cells(answer, value)
        rows += [(*lead, *row) for row in (*_past(answer, report, scope), *_to_come(answer, report, scope))]
    return TableRows(columns, tuple(rows))


def _past(answer: Answer, report: Growth, scope: Scope) -> Iterator[tuple[Cell, ...]]:
    currency = answer.info.currency
    for week in report.past:
        due = awaited(answer, week.week, scope, came_true=None)
        true = awaited(answer, week.week, scope, came_true=True)
        yield (
            text_cell(tr("Came and went")),
            text_cell(place_name(week.week, full=True), sort=week.week),
            count_cell(week.expected, key=due),
            money_cell(week.expected_charge, currency, key=due),
            count_cell(week.came_true, key=true),
            money_cell(week.came_true_charge, currency, key=true),
        )


def _to_come(answer: Answer, report: Growth, scope: Scope) -> Iterator[tuple[Cell, ...]]:
    def install(week: Week) -> Behind:
        title = tr("Pending installs, {week}").format(week=place_name(week.week, full=True))
        return pending(answer, [week.week], title, scope)

    none = Cell("", -1, ""), Cell("", -1, "")
    for name, weeks, behind, sign in (
        (tr("Pending install"), report.installs, install, 1),
        (tr("Planned start"), report.starts, _plans(tr("Planned start"), scope, starts=True), 1),
        (tr("Planned stop"), report.stops, _plans(tr("Planned stop"), scope, starts=False), -1),
    ):
        for row in _week_rows(name, weeks, answer.info.currency, behind, sign):
            yield (*row, *none)
