"""Turns the numbers of a report's chart into what the window's charts show, with the accounts behind each mark."""

from collections.abc import Callable
from typing import Final

from statusdesk.domain.money import exponent
from statusdesk.domain.records import Status
from statusdesk.gui import formats
from statusdesk.gui.charts.bars import Bar, Bars
from statusdesk.gui.charts.columns import Columns, ColumnSeries
from statusdesk.gui.charts.layers import Area, Layer
from statusdesk.gui.panes import reports_behind as behind
from statusdesk.gui.panes.reports_split_charts import behind_part, values_name
from statusdesk.gui.panes.reports_view import Behind, place_name
from statusdesk.gui.wording import accounts_text, tr
from statusdesk.services.report_charts import chart_of
from statusdesk.services.report_drawing import Chart, Form, Part, Series
from statusdesk.services.report_requests import Answer, Kind
from statusdesk.services.reports.crossings import Crossing
from statusdesk.services.reports.matrix import Absence
from statusdesk.store.store import Store

COLOURS: Final = {
    Part.MAIN: "#657E9A",
    Part.SECOND: "#3E9BD6",
    Part.GAIN: "#00855F",
    Part.LOSS: "#C62828",
    Part.PAUSE: "#C27C00",
    Part.PLANNED: "#8A6FC0",
    Part.LIMIT: "#C62828",
}
"""Colours that stand out from the ground of either scheme."""

Find = Callable[[Series, int], Behind | None]


def drawn(store: Store, answer: Answer) -> Bars | Columns | Area | None:
    """Return the chart of a report for the window; None where it has none."""
    chart = chart_of(answer)
    if chart is None:
        return None
    if chart.form is Form.AREA:
        return _area(answer, chart)
    find = _finder(store, answer, chart)
    return _bars(chart, find) if chart.form is Form.BARS else _columns(answer, chart, find)


def _bars(chart: Chart, find: Find) -> Bars:
    (series,) = chart.series
    bars = []
    for place, (name, value) in enumerate(zip(chart.categories, series.values, strict=True)):
        status = chart.statuses[place] if chart.statuses else None
        bars.append(
            Bar(
                find(series, place) if value else None,
                tr(name) if status is None else name,
                value,
                (formats.count(value),),
                f"{name}: {accounts_text(value)}",
                shape=status.shape if status else "",
                colour=status.colour if status else "",
            )
        )
    return Bars((tr(chart.measure),), tuple(bars))


def _columns(answer: Answer, chart: Chart, find: Find) -> Columns:
    currency = answer.info.currency

    def money(value: int) -> str:
        return f"{formats.money(value, currency)}\u00a0{currency}"

    def units(value: int) -> str:
        whole, rest = divmod(value, 10 ** exponent(currency))
        return formats.money(value, currency) if rest else _plain(whole)

    def accounts(value: int) -> str:
        return accounts_text(abs(value))

    return Columns(
        _names(chart),
        tuple(_series(series, find) for series in chart.series),
        stacked=chart.form is Form.STACKED,
        write=money if chart.money else accounts,
        scale=units if chart.money else _plain,
        elides=bool(chart.parts or chart.statuses),
    )


def _names(chart: Chart) -> tuple[str, ...]:
    if chart.parts:
        return tuple(map(values_name, chart.parts))
    statuses = chart.statuses or (None,) * len(chart.categories)
    return tuple(
        name if status else place_name(name) for name, status in zip(chart.categories, statuses, strict=True)
    )


def _plain(value: int) -> str:
    """Write a number of the scale, with a real minus."""
    return (formats.MINUS if value < 0 else "") + formats.count(abs(value))


def _series(series: Series, find: Find) -> ColumnSeries:
    line = series.part is Part.LIMIT
    shape, colour = _look(series)
    return ColumnSeries(
        _name(series),
        colour,
        series.values,
        () if line else tuple(find(series, place) for place in range(len(series.values))),
        shape,
        line,
    )


def _name(series: Series) -> str:
    if series.values_of:
        return values_name(series.values_of)
    return series.status.name if series.status else tr(series.name)


def _look(series: Series) -> tuple[str, str]:
    """Return the shape, if there is one, and the colour of a series."""
    if series.look is not None:
        return series.look
    return (series.status.shape, series.status.colour) if series.status else ("", COLOURS[series.part])


def _area(answer: Answer, chart: Chart) -> Area:
    days = tuple(period.last_day for period in answer.whole.periods)
    layers = []
    for series in chart.series:
        name, figure = _name(series), formats.count(series.values[-1])
        said = f"{name}: {accounts_text(series.values[-1])}"
        layers.append(Layer(name, name, *_look(series), series.values, figure, said))
    known = len(days) - answer.whole.expected
    title = formats.date(days[-1])
    if known < len(days):
        title = tr("{day}, expected").format(day=title)
    return Area(days, tuple(layers), days[-1], title, days[max(0, known - 1)] if known < len(days) else "")


def _finder(store: Store, answer: Answer, chart: Chart) -> Find:
    """Return what finds the accounts behind a mark of this report's chart."""
    if answer.request.split is not None:
        return lambda series, place: (
            behind_part(store, answer, chart, series, place) if series.values[place] else None
        )
    report, scope, kind = answer.whole, answer.request.scope, answer.request.kind

    def weekly(series: Series, place: int) -> Behind | None:
        return _of_week(answer, series, chart.categories[place])

    def of_matrix(series: Series, place: int) -> Behind | None:
        return _of_matrix(answer, chart, series, place)

    def by_status(_series: Series, place: int) -> Behind | None:
        status = chart.statuses[place]
        return None if status is None else _of_status(answer, status, place)

    finders: dict[Kind, Find] = {
        Kind.MATRIX: of_matrix,
        Kind.MOVEMENT: lambda series, place: behind.crossed(report[place], Crossing(series.key), scope),
        Kind.REVENUE: weekly,
        Kind.GROWTH: weekly,
        Kind.PEAK: lambda _series, place: behind.at_peak(report[place], scope),
        Kind.STUCK: by_status,
        Kind.GHOSTS: by_status,
        Kind.DISTRIBUTION: by_status if chart.statuses else lambda _series, _place: None,
    }
    return finders[kind]


def _of_week(answer: Answer, series: Series, week: str) -> Behind | None:
    scope = answer.request.scope
    title = f"{tr(series.name)}, {place_name(week, full=True)}"
    match series.key:
        case "pending" | "install":
            return behind.pending(answer, [week], title, scope)
        case "expected_install":
            return behind.expected(answer, [week], title, scope)
        case "planned_start" | "planned_stop":
            return behind.planned([week], title, scope, starts=series.key == "planned_start")
        case "due" | "true":
            return behind.awaited(answer, week, scope, came_true=True if series.key == "true" else None)
    return None


def _of_matrix(answer: Answer, chart: Chart, series: Series, place: int) -> Behind:
    old, new = chart.statuses[place], series.status
    title = tr("{old} → {new}").format(old=chart.categories[place], new=series.name)
    return behind.moved(
        answer,
        [Absence.MISSING if old is None else old.id],
        [Absence.MISSING if new is None else new.id],
        title,
        answer.request.scope,
    )


def _of_status(answer: Answer, status: Status, place: int) -> Behind:
    scope = answer.request.scope
    match answer.request.kind:
        case Kind.STUCK:
            return behind.stuck_in(answer, status, scope)
        case Kind.GHOSTS:
            left = place < len(answer.whole.leftovers)
            return behind.leftovers(status, scope) if left else behind.free(status, scope)
    return behind.standing([status], status.name, scope, answer.request.last or None)
