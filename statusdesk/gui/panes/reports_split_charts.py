"""Which accounts are behind each mark of a split report's chart: those of the values for which the mark stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from statusdesk.domain.scopes import Dimension, Scope
from statusdesk.gui import formats
from statusdesk.gui.panes import reports_behind as behind
from statusdesk.gui.panes.reports_view import Behind, value_name
from statusdesk.gui.wording import tr
from statusdesk.services.report_requests import Answer, Kind
from statusdesk.services.reports.crossings import Crossing
from statusdesk.services.reports.matrix import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from statusdesk.services.report_drawing import Chart, Series
    from statusdesk.store.store import Store


def values_name(values: frozenset[str]) -> str:
    """Return what a place or a series of a split chart is called."""
    if len(values) == 1:
        return value_name(next(iter(values)))
    return tr("{count} others").format(count=formats.count(len(values)))


def behind_part(store: Store, answer: Answer, chart: Chart, series: Series, place: int) -> Behind | None:
    """Return the accounts behind one mark; None where there is no one answer."""
    values = series.values_of or chart.parts[place]
    scope = _scope(answer, values)
    name = tr(series.name) if series.status is None else series.status.name
    title = tr("{name}, {part}").format(name=name, part=values_name(values))
    request = answer.request
    match request.kind:
        case Kind.PEAK:
            report = next(part.report for part in answer.parts if part.value in values)
            found = behind.at_peak(report[place], scope)
            return replace(found, title=tr("{name}, {part}").format(name=found.title, part=values_name(values)))
        case Kind.MOVEMENT:
            return behind.crossed_between(Crossing(series.key), request.first, request.last, title, scope)
        case Kind.MATRIX:
            return _moved(answer, series, title, scope, values)
        case Kind.STUCK | Kind.DISTRIBUTION if series.status is not None:
            if request.kind is Kind.STUCK:
                return replace(behind.stuck_in(answer, series.status, scope), title=title)
            return behind.standing([series.status], title, scope, request.last or None)
        case Kind.GHOSTS:
            return behind.ghosts_of(series.key, title, scope)
        case Kind.REVENUE | Kind.GROWTH:
            return _coming(store, answer, series, title, scope, values)
    return None


def _scope(answer: Answer, values: frozenset[str]) -> Scope:
    limits = dict(answer.request.scope.limits())
    if answer.request.split is not None:
        limits[answer.request.split] = values
    return Scope(*(limits.get(each) for each in Dimension))


def _moved(answer: Answer, series: Series, title: str, scope: Scope, values: frozenset[str]) -> Behind | None:
    if len(values) > 1:
        return None
    report = next(part.report for part in answer.parts if part.value in values)
    new = Absence(series.key) if series.status is None else series.status.id
    old = {cell.old for cell in report.cells if cell.new == new} - {new}
    return behind.moved(answer, old, [new], title, scope)


def _coming(
    store: Store, answer: Answer, series: Series, title: str, scope: Scope, values: frozenset[str]
) -> Behind:
    reports = [part.report for part in answer.parts if part.value in values]

    def weeks(name: str) -> Iterable[str]:
        return sorted({week.week for report in reports for week in getattr(report, name)})

    match series.key:
        case "current":
            return behind.active(store, title, scope)
        case "pending":
            return behind.pending(answer, weeks("pending"), title, scope)
        case "install":
            return behind.pending(answer, weeks("installs"), title, scope)
        case "planned_start" | "planned_stop":
            starts = series.key == "planned_start"
            return behind.planned(weeks("starts" if starts else "stops"), title, scope, starts=starts)
    came_true = True if series.key == "true" else None
    return behind.awaited_in(answer, weeks("past"), title, scope, came_true=came_true)
