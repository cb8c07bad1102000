"""Stuck accounts, ghosts, and the distributions as tables: statuses with their numbers."""

from collections.abc import Iterator

from statusdesk.domain.records import Status
from statusdesk.domain.scopes import Scope
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import (
    Cell,
    TableColumn,
    TableRows,
    count_cell,
    money_cell,
    share_cell,
    text_cell,
)
from statusdesk.gui.panes.reports_behind import free, leftovers, standing, stuck_in
from statusdesk.gui.panes.reports_parts import head_columns, lead_cells, parts_of
from statusdesk.gui.panes.reports_view import Figure, place_name
from statusdesk.gui.wording import stage_name, tr
from statusdesk.services.report_requests import Answer
from statusdesk.services.reports.ahead import Ahead
from statusdesk.services.reports.distribution import Distribution
from statusdesk.services.reports.ghosts import Ghosts
from statusdesk.services.reports.stuck import DAY, Stuck


def _named(answer: Answer, *columns: tuple[str, bool]) -> tuple[TableColumn, ...]:
    return (*head_columns(answer), *(TableColumn(title, number) for title, number in columns))


def _status_cell(status: Status) -> Cell:
    return text_cell(status.name, look=(status.shape, status.colour))


def stuck_table(answer: Answer) -> TableRows:
    """Return the watched statuses with their limits and the accounts over them."""
    columns = _named(
        answer,
        (tr("Status"), False),
        (tr("Limit, days"), True),
        (tr("The limit is"), False),
        (tr("Stuck"), True),
        (tr("Longest since"), True),
    )
    rows = [
        (*lead_cells(answer, value), *_stuck_row(answer, line, scope))
        for value, report, scope in parts_of(answer)
        for line in report
    ]
    return TableRows(columns, tuple(rows))


def _stuck_row(answer: Answer, line: Stuck, scope: Scope) -> Iterator[Cell]:
    yield _status_cell(line.status)
    if line.limit is None:
        yield Cell(formats.NOTHING, -1, "")
        said = tr("not known: {count} ended stays are too few").format(count=formats.count(line.cases))
    else:
        yield count_cell(round(line.limit / DAY))
        usual = tr("what {count} ended stays make usual").format(count=formats.count(line.cases))
        said = tr("set by the office") if line.set_by_office else usual
    yield text_cell(said)
    if line.accounts:
        yield count_cell(line.accounts, key=stuck_in(answer, line.status, scope))
    else:
        yield Cell(formats.NOTHING, 0, "0")
    since = "" if line.since is None else formats.day(line.since, answer.info.time_zone)
    yield text_cell(since, sort=f"{line.since or 0:020}")


def ghosts_table(answer: Answer) -> TableRows:
    """Return statuses with accounts that still cost something, and with those that pay nothing."""
    columns = _named(
        answer,
        (tr("Status"), False),
        (tr("What it is"), False),
        (tr("Accounts"), True),
        (tr("With RADIUS user"), True),
        (tr("With IP address"), True),
    )
    rows = [
        (*lead_cells(answer, value), *row)
        for value, report, scope in parts_of(answer)
        for row in _ghost_rows(report, scope)
    ]
    return TableRows(columns, tuple(rows))


def _ghost_rows(report: Ghosts, scope: Scope) -> Iterator[tuple[Cell, ...]]:
    for line in report.leftovers:
        yield (
            _status_cell(line.status),
            text_cell(tr("Not billed, still in the network")),
            count_cell(line.accounts, key=leftovers(line.status, scope)),
            count_cell(line.with_radius_user, key=leftovers(line.status, scope, having="radius_user")),
            count_cell(line.with_ip_addresses, key=leftovers(line.status, scope, having="ip_addresses")),
        )
    for pays_nothing in report.free:
        yield (
            _status_cell(pays_nothing.status),
            text_cell(tr("Billed, no monthly charge")),
            count_cell(pays_nothing.accounts, key=free(pays_nothing.status, scope)),
            Cell("", -1, ""),
            Cell("", -1, ""),
        )


def ghosts_figures(answer: Answer) -> tuple[Figure, ...]:
    """Return how many ghosts there are of each kind."""
    if answer.request.split is not None:
        return ()
    report: Ghosts = answer.whole
    return (
        Figure(
            tr("Not billed, still in the network"),
            formats.count(sum(one.accounts for one in report.leftovers)),
            tr("with a RADIUS user or an IP address"),
        ),
        Figure(
            tr("Billed, no monthly charge"),
            formats.count(sum(one.accounts for one in report.free)),
            tr("served for nothing"),
        ),
    )


def stuck_figures(answer: Answer) -> tuple[Figure, ...]:
    """Return how many accounts are stuck."""
    if answer.request.split is not None:
        return ()
    lines: tuple[Stuck, ...] = answer.whole
    places = sum(line.accounts > 0 for line in lines)
    more = tr("in one status") if places == 1 else tr("in {count} statuses").format(count=formats.count(places))
    return (Figure(tr("Stuck accounts"), formats.count(sum(line.accounts for line in lines)), more),)


def distribution_table(answer: Answer) -> TableRows:
    """Return statuses, or stages, with accounts, share and monthly charge."""
    currency, request = answer.info.currency, answer.request
    name = tr("Stage") if request.stages else tr("Status")
    money = tr("Monthly charge ({currency})").format(currency=currency)
    columns = _named(answer, (name, False), (tr("Accounts"), True), (tr("Share"), True), (money, True))
    rows = []
    for value, report, scope in parts_of(answer):
        spread = report.distribution if isinstance(report, Ahead) else report
        lines = _stages(spread, currency) if request.stages else _statuses(answer, spread, scope)
        rows += [(*lead_cells(answer, value), *line) for line in lines]
    return TableRows(columns, tuple(rows))


def _stages(spread: Distribution, currency: str) -> Iterator[tuple[Cell, ...]]:
    for line in spread.stages:
        numbers = count_cell(line.accounts), share_cell(line.share), money_cell(line.charge, currency)
        yield (text_cell(stage_name(line.stage)), *numbers)


def _statuses(answer: Answer, spread: Distribution, scope: Scope) -> Iterator[tuple[Cell, ...]]:
    currency, day = answer.info.currency, answer.request.last or None
    for line in spread.statuses:
        behind = standing([line.status], line.status.name, scope, day)
        numbers = count_cell(line.accounts, key=behind), share_cell(line.share)
        yield (_status_cell(line.status), *numbers, money_cell(line.charge, currency, key=behind))


def over_time_table(answer: Answer) -> TableRows:
    """Return periods as rows and statuses as columns."""
    statuses = {line.status.id: line.status for part in answer.parts for line in part.report.statuses}
    columns = _named(
        answer, (tr("Period"), False), *((one.name, True) for one in statuses.values()), (tr("All"), True)
    )
    rows = []
    for value, report, _ in parts_of(answer):
        lines = {line.status.id: line.accounts for line in report.statuses}
        for place, period in enumerate(report.periods):
            counts = [lines[one][place] if one in lines else 0 for one in statuses]
            name = text_cell(place_name(period.name, full=True), sort=period.last_day)
            rows.append((*lead_cells(answer, value), name, *map(count_cell, counts), count_cell(sum(counts))))
    return TableRows(columns, tuple(rows))
