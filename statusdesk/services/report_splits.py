"""The picture of a split report as numbers: a place for each value of the split, the smallest ones together.

Where time runs along the picture, as for the peak and over time, each value is a series instead.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from statusdesk.domain.looks import Shape
from statusdesk.services.report_drawing import Chart, Form, Part, Series
from statusdesk.services.report_requests import Kind
from statusdesk.services.reports.crossings import Crossing
from statusdesk.services.reports.matrix import Absence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from statusdesk.domain.records import Status
    from statusdesk.services.report_requests import Answer

MOST = 12
"""So many values have a place of their own; of more, the smallest are one place together."""

LINES = 8
"""So many values are series of their own where time runs along the picture."""

NO_VALUE = "(none)"
"""What having no value is called."""

_COLOURS = "#0A66B5 #C27C00 #00855F #B8578F #D55E00 #3E9BD6 #7A8088 #C62828".split()


@dataclass(frozen=True, slots=True)
class _Bundle:
    """One place of the picture: its name, the values that it stands for, and their reports."""

    name: str
    values: frozenset[str]
    reports: tuple[Any, ...]


def split_chart(answer: Answer) -> Chart:
    """Return the chart of a split report."""
    return _DRAW[answer.request.kind](answer)


def _bundles(answer: Answer, weight: Callable[[Any], int], most: int = MOST) -> list[_Bundle]:
    """Return the values in order; beyond so many, those of the least weight last, as one."""
    parts = answer.parts
    largest = sorted(parts, key=lambda part: -weight(part.report))
    own = {part.value for part in (largest if len(largest) <= most else largest[: most - 1])}
    found = [
        _Bundle(part.value or NO_VALUE, frozenset({part.value}), (part.report,))
        for part in parts
        if part.value in own
    ]
    rest = [part for part in parts if part.value not in own]
    if rest:
        values = frozenset(part.value for part in rest)
        found.append(_Bundle(f"{len(rest)} others", values, tuple(part.report for part in rest)))
    return found


def _stacked(bundles: Sequence[_Bundle], series: Iterable[Series], *, money: bool = False) -> Chart:
    return Chart(
        Form.STACKED,
        "Monthly charge" if money else "Accounts",
        tuple(bundle.name for bundle in bundles),
        tuple(one for one in series if any(one.values)),
        money=money,
        parts=tuple(bundle.values for bundle in bundles),
    )


def _sums(
    name: str, key: str, part: Part, bundles: Sequence[_Bundle], value: Callable[[Any], int], sign: int = 1
) -> Series:
    values = tuple(sign * sum(map(value, bundle.reports)) for bundle in bundles)
    return Series(name, values, part, key=key)


def _by_status(
    bundles: Sequence[_Bundle], pairs: Callable[[Any], Iterable[tuple[Status, int]]]
) -> Iterable[Series]:
    """Yield a series for each status, in the order in which they come."""
    statuses: dict[int, Status] = {}
    sums: dict[int, list[int]] = defaultdict(lambda: [0] * len(bundles))
    for place, bundle in enumerate(bundles):
        for report in bundle.reports:
            for status, accounts in pairs(report):
                statuses.setdefault(status.id, status)
                sums[status.id][place] += accounts
    for status in sorted(statuses.values(), key=lambda status: status.position):
        yield Series(status.name, tuple(sums[status.id]), status=status)


def _distribution(answer: Answer) -> Chart:
    def spread(report: Any) -> Any:
        return getattr(report, "distribution", report)

    bundles = _bundles(answer, lambda report: int(spread(report).accounts))
    pairs = _by_status(bundles, lambda report: ((line.status, line.accounts) for line in spread(report).statuses))
    return _stacked(bundles, sorted(pairs, key=lambda one: one.status is None or not one.status.activates))


def _over_time(answer: Answer) -> Chart:
    bundles = _bundles(answer, lambda report: max(report.accounts, default=0), LINES)
    columns = [tuple(map(sum, zip(*(r.accounts for r in bundle.reports), strict=True))) for bundle in bundles]
    names = tuple(period.name for period in answer.parts[0].report.periods) if answer.parts else ()
    return Chart(Form.AREA, "Accounts", names, _lines(bundles, columns))


def _peak(answer: Answer) -> Chart:
    """Draw the largest parts alone: peaks of several are reached at different moments and do not add up."""
    bundles = _bundles(answer, lambda report: max((peak.accounts for peak in report), default=0), LINES + 1)
    own = [bundle for bundle in bundles if len(bundle.values) == 1]
    columns = [tuple(peak.accounts for peak in bundle.reports[0]) for bundle in own]
    names = tuple(peak.month for peak in answer.parts[0].report) if answer.parts else ()
    return Chart(Form.COLUMNS, "Accounts", names, _lines(own, columns))


def _lines(bundles: Sequence[_Bundle], columns: Sequence[tuple[int, ...]]) -> tuple[Series, ...]:
    shapes = list(Shape)
    return tuple(
        Series(
            bundle.name,
            column,
            look=(str(shapes[place % len(shapes)]), _COLOURS[place % len(_COLOURS)]),
            values_of=bundle.values,
        )
        for place, (bundle, column) in enumerate(zip(bundles, columns, strict=True))
    )


def _matrix(answer: Answer) -> Chart:
    """Draw where the accounts of each value went, but for those that stayed."""

    def moved(report: Any) -> list[Any]:
        return [cell for cell in report.cells if cell.old != cell.new]

    bundles = _bundles(answer, lambda report: sum(cell.accounts for cell in moved(report)))

    def pairs(report: Any) -> Iterable[tuple[Status, int]]:
        statuses = {status.id: status for status in report.new_statuses}
        return ((statuses[cell.new], cell.accounts) for cell in moved(report) if cell.new in statuses)

    def gone(absence: Absence) -> Callable[[Any], int]:
        return lambda report: sum(cell.accounts for cell in moved(report) if cell.new is absence)

    vanished = _sums("(vanished)", Absence.MISSING, Part.LOSS, bundles, gone(Absence.MISSING))
    elsewhere = _sums("(elsewhere)", Absence.ELSEWHERE, Part.PAUSE, bundles, gone(Absence.ELSEWHERE))
    return _stacked(bundles, [*_by_status(bundles, pairs), vanished, elsewhere])


def _movement(answer: Answer) -> Chart:
    def of(crossing: Crossing) -> Callable[[Any], int]:
        return lambda report: sum(period.line(crossing).accounts for period in report)

    ways = (
        ("Activated", Crossing.ACTIVATED, Part.GAIN, 1),
        ("Returned", Crossing.RETURNED, Part.SECOND, 1),
        ("Disconnected", Crossing.DISCONNECTED, Part.LOSS, -1),
        ("Paused", Crossing.PAUSED, Part.PAUSE, -1),
    )
    bundles = _bundles(answer, lambda report: sum(of(crossing)(report) for _, crossing, *_ in ways))
    return _stacked(
        bundles, [_sums(name, crossing, part, bundles, of(crossing), sign) for name, crossing, part, sign in ways]
    )


def _revenue(answer: Answer) -> Chart:
    def weekly(name: str) -> Callable[[Any], int]:
        return lambda report: sum(week.charge for week in getattr(report, name))

    bundles = _bundles(answer, lambda report: int(report.committed))
    series = [
        _sums("Current", "current", Part.MAIN, bundles, lambda report: int(report.current)),
        _sums("Pending installs", "pending", Part.SECOND, bundles, weekly("pending")),
        _sums("Planned starts", "planned_start", Part.GAIN, bundles, weekly("starts")),
        _sums("Planned stops", "planned_stop", Part.LOSS, bundles, weekly("stops"), -1),
    ]
    return _stacked(bundles, series, money=True)


def _growth(answer: Answer) -> Chart:
    def weekly(name: str) -> Callable[[Any], int]:
        return lambda report: sum(week.accounts for week in getattr(report, name))

    def past(name: str) -> Callable[[Any], int]:
        return lambda report: sum(getattr(week, name) for week in report.past)

    ways = (
        ("Was due", "due", Part.SECOND, past("expected"), 1),
        ("Came true", "true", Part.GAIN, past("came_true"), 1),
        ("Pending installs", "install", Part.MAIN, weekly("installs"), 1),
        ("Planned starts", "planned_start", Part.PLANNED, weekly("starts"), 1),
        ("Planned stops", "planned_stop", Part.LOSS, weekly("stops"), -1),
    )
    bundles = _bundles(answer, lambda report: sum(value(report) for *_, value, _ in ways))
    series = (_sums(name, key, part, bundles, value, sign) for name, key, part, value, sign in ways)
    kept = tuple(one for one in series if any(one.values))
    names = tuple(bundle.name for bundle in bundles)
    return Chart(Form.COLUMNS, "Accounts", names, kept, parts=tuple(bundle.values for bundle in bundles))


def _stuck(answer: Answer) -> Chart:
    bundles = _bundles(answer, lambda report: sum(line.accounts for line in report))
    pairs = _by_status(bundles, lambda report: ((line.status, line.accounts) for line in report))
    return _stacked(bundles, pairs)


def _ghosts(answer: Answer) -> Chart:
    def count(name: str) -> Callable[[Any], int]:
        return lambda report: sum(line.accounts for line in getattr(report, name))

    bundles = _bundles(answer, lambda report: count("leftovers")(report) + count("free")(report))
    series = [
        _sums("Not billed, still in the network", "leftover", Part.LOSS, bundles, count("leftovers")),
        _sums("Billed, no monthly charge", "free", Part.PAUSE, bundles, count("free")),
    ]
    return _stacked(bundles, series)


_DRAW: dict[Kind, Callable[[Answer], Chart]] = {
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
