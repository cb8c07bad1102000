"""Which picture goes with a report, as numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from statusdesk.services.report_drawing import Chart, Form, Part, Series
from statusdesk.services.report_requests import Kind
from statusdesk.services.report_splits import split_chart
from statusdesk.services.reports.crossings import Crossing
from statusdesk.services.reports.matrix import Absence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from statusdesk.domain.records import Status
    from statusdesk.services.report_requests import Answer
    from statusdesk.services.reports.matrix import End
    from statusdesk.services.reports.revenue import Week


def chart_of(answer: Answer) -> Chart | None:
    """Return the chart of a report; None for one with nothing to draw."""
    split = answer.request.split is not None
    chart = split_chart(answer) if split else _DRAW[answer.request.kind](answer, answer.whole)
    return chart if chart.categories and any(series.values for series in chart.series) else None


def _distribution(answer: Answer, report: Any) -> Chart:
    spread = getattr(report, "distribution", report)
    if answer.request.stages:
        names = tuple(line.stage.label for line in spread.stages)
        return Chart(Form.BARS, "Accounts", names, (Series("Accounts", tuple(s.accounts for s in spread.stages)),))
    values = tuple(line.accounts for line in spread.statuses)
    statuses = tuple(line.status for line in spread.statuses)
    names = tuple(status.name for status in statuses)
    return Chart(Form.BARS, "Accounts", names, (Series("Accounts", values),), statuses=statuses)


def _over_time(_answer: Answer, report: Any) -> Chart:
    lines = sorted(report.statuses, key=lambda line: not line.status.activates)
    series = tuple(Series(line.status.name, line.accounts, status=line.status) for line in lines)
    return Chart(Form.AREA, "Accounts", tuple(period.name for period in report.periods), series)


def _matrix(_answer: Answer, report: Any) -> Chart:
    """Draw for each status of the first day where its accounts went, but for those that stayed."""
    names: list[tuple[End, str, Status | None]] = [(s.id, s.name, s) for s in report.old_statuses]
    names.append((Absence.MISSING, "(new)", None))
    moved = [cell for cell in report.cells if cell.old != cell.new]
    rows = [entry for entry in names if any(cell.old == entry[0] for cell in moved)]
    ends: list[tuple[End, str, Status | None]] = [(s.id, s.name, s) for s in report.new_statuses]
    ends += [(Absence.MISSING, "(vanished)", None)]
    counts = {(cell.old, cell.new): cell.accounts for cell in moved}
    series = tuple(
        Series(name, tuple(counts.get((row[0], end), 0) for row in rows), Part.SECOND, status)
        for end, name, status in ends
        if any(cell.new == end for cell in moved)
    )
    return Chart(
        Form.STACKED, "Accounts", tuple(row[1] for row in rows), series, statuses=tuple(row[2] for row in rows)
    )


def _movement(_answer: Answer, report: Any) -> Chart:
    def of(name: str, crossing: Crossing, part: Part, sign: int) -> Series:
        values = tuple(sign * period.line(crossing).accounts for period in report)
        return Series(name, values, part, key=crossing.value)

    series = (
        of("Activated", Crossing.ACTIVATED, Part.GAIN, 1),
        of("Returned", Crossing.RETURNED, Part.SECOND, 1),
        of("Disconnected", Crossing.DISCONNECTED, Part.LOSS, -1),
        of("Paused", Crossing.PAUSED, Part.PAUSE, -1),
    )
    return Chart(Form.STACKED, "Accounts", tuple(period.period.name for period in report), series)


def _revenue(_answer: Answer, report: Any) -> Chart:
    parts = (
        ("Pending installs", report.pending, Part.MAIN, 1, "pending"),
        ("Planned starts", report.starts, Part.GAIN, 1, "planned_start"),
        ("Planned stops", report.stops, Part.LOSS, -1, "planned_stop"),
        ("Expected of the pending", report.expected_installs or (), Part.SECOND, 1, "expected_install"),
    )
    return _weekly("Monthly charge", parts, lambda week: week.charge, money=True)


def _growth(_answer: Answer, report: Any) -> Chart:
    coming = (
        ("Pending installs", report.installs, Part.MAIN, 1, "install"),
        ("Planned starts", report.starts, Part.PLANNED, 1, "planned_start"),
        ("Planned stops", report.stops, Part.LOSS, -1, "planned_stop"),
    )
    ahead = _weekly("Accounts", coming, lambda week: week.accounts)
    weeks = tuple(week.week for week in report.past)
    later = [week for week in ahead.categories if week not in weeks]
    names = weeks + tuple(sorted(later, key=lambda week: (week in ("overdue", "undated"), week)))
    past = (
        Series("Was due", tuple(week.expected for week in report.past), Part.SECOND, key="due"),
        Series("Came true", tuple(week.came_true for week in report.past), Part.GAIN, key="true"),
    )
    series = [replace(one, values=_placed(weeks, one.values, names)) for one in past]
    series += [replace(one, values=_placed(ahead.categories, one.values, names)) for one in ahead.series]
    kept = tuple(one for one in series if any(one.values))
    return Chart(Form.COLUMNS, "Accounts", names if kept else (), kept)


Parts = tuple[tuple[str, "Sequence[Week]", Part, int, str], ...]


def _weekly(measure: str, parts: Parts, value: Callable[[Week], int], *, money: bool = False) -> Chart:
    names = {week.week for _, weeks, *_ in parts for week in weeks}
    order = tuple(sorted(names, key=lambda name: ({"overdue": -1, "undated": 1}.get(name, 0), name)))
    series = tuple(
        Series(
            name,
            _placed(tuple(week.week for week in weeks), tuple(sign * value(week) for week in weeks), order),
            part,
            key=key,
        )
        for name, weeks, part, sign, key in parts
        if weeks
    )
    return Chart(Form.COLUMNS, measure, order, series, money=money)


def _placed(names: tuple[str, ...], values: tuple[int, ...], order: tuple[str, ...]) -> tuple[int, ...]:
    known = dict(zip(names, values, strict=True))
    return tuple(known.get(name, 0) for name in order)


def _peak(answer: Answer, report: Any) -> Chart:
    limit = answer.limits.peak
    series = [Series("Peak", tuple(peak.accounts for peak in report))]
    if limit is not None:
        series.append(Series("Licence limit", (limit,) * len(report), Part.LIMIT))
    return Chart(Form.COLUMNS, "Accounts", tuple(peak.month for peak in report), tuple(series))


def _stuck(_answer: Answer, report: Any) -> Chart:
    lines = [line for line in report if line.limit is not None]
    return _bars([(line.status, line.accounts) for line in lines])


def _ghosts(_answer: Answer, report: Any) -> Chart:
    lines = (*report.leftovers, *report.free)
    return _bars([(line.status, line.accounts) for line in lines])


def _bars(lines: Sequence[tuple[Status, int]]) -> Chart:
    statuses = tuple(status for status, _ in lines)
    values = tuple(accounts for _, accounts in lines)
    names = tuple(status.name for status in statuses)
    return Chart(Form.BARS, "Accounts", names, (Series("Accounts", values),), statuses=statuses)


_DRAW: dict[Kind, Callable[[Answer, Any], Chart]] = {
    Kind.DISTRIBUTION: _distribution,
    Kind.OVER_TIME: _over_time,
    Kind.MATRIX: _matrix,
    Kind.MOVEMENT: _movement,
    Kind.REVENUE: _revenue,
    Kind.PEAK: _peak,
    Kind.GROWTH: _growth,
    Kind.STUCK: _stuck,
    Kind.GHOSTS: _ghosts,
}
