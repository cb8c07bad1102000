"""Two dates compared, and movement, as tables: what went where, and who came and went, period by period."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from statusdesk.domain.scopes import Scope
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn, TableRows, count_cell, money_cell, text_cell
from statusdesk.gui.panes.reports_behind import CROSSINGS, crossed, end_name, moved
from statusdesk.gui.panes.reports_parts import head_columns, lead_cells, parts_of
from statusdesk.gui.panes.reports_view import place_name
from statusdesk.gui.wording import tr
from statusdesk.services.report_requests import Answer
from statusdesk.services.reports.crossings import Crossing
from statusdesk.services.reports.matrix import Absence, End, Matrix
from statusdesk.services.reports.movement import PeriodMovement

if TYPE_CHECKING:
    from statusdesk.domain.records import Status

Measure = str
"""What the cells of a comparison count: "accounts", "old" or "new" charges."""

MEASURES: Final = {"accounts": "Accounts", "old": "Charge on the first day", "new": "Charge on the second day"}
_INDENT: Final = "\u2003"


def matrix_table(answer: Answer, measure: Measure) -> TableRows:
    """Return from-status × to-status with the new and the vanished, and the sums of both distributions."""
    return _MatrixTable(answer, measure).rows()


class _MatrixTable:
    def __init__(self, answer: Answer, measure: Measure) -> None:
        self._answer = answer
        self._measure = measure
        self._new: dict[int, Status] = {}
        self._absences: set[Absence] = set()
        for part in answer.parts:
            self._new |= {status.id: status for status in part.report.new_statuses}
            self._absences |= {cell.new for cell in part.report.cells if isinstance(cell.new, Absence)}
        self._ends: list[End] = [*self._new, *(each for each in Absence if each in self._absences)]

    def rows(self) -> TableRows:
        names = {status_id: status.name for status_id, status in self._new.items()}
        titles = [end_name(end, names, tr("Vanished")) for end in self._ends]
        columns = (
            *head_columns(self._answer),
            TableColumn(tr("From ↓   To →"), number=False),
            *(TableColumn(title) for title in titles),
            TableColumn(tr("All")),
        )
        return TableRows(columns, tuple(self._each_row()))

    def _each_row(self) -> Iterator[tuple[Cell, ...]]:
        for value, report, scope in parts_of(self._answer):
            lead = lead_cells(self._answer, value)
            old = {status.id: status for status in report.old_statuses}
            found = {cell.old for cell in report.cells}
            ends: list[End] = [*old, *(each for each in Absence if each in found)]
            for end in ends:
                status = None if isinstance(end, Absence) else old[end]
                names = {status_id: one.name for status_id, one in old.items()}
                name = end_name(end, names, tr("New"))
                look = None if status is None else (status.shape, status.colour)
                yield (*lead, text_cell(name, look=look), *self._cells(report, [end], name, scope))
            yield (*lead, text_cell(tr("All")), *self._cells(report, ends, tr("All"), scope))

    def _cells(self, report: Matrix, olds: list[End], name: str, scope: Scope) -> Iterator[Cell]:
        names = {status_id: status.name for status_id, status in self._new.items()}
        for news, to in [
            *(([end], end_name(end, names, tr("Vanished"))) for end in self._ends),
            (self._ends, tr("All")),
        ]:
            found = [cell for cell in report.cells if cell.old in olds and cell.new in news]
            accounts = sum(cell.accounts for cell in found)
            title = tr("{old} → {new}").format(old=name, new=to)
            behind = moved(self._answer, olds, news, title, scope) if accounts else None
            if not accounts:
                yield Cell("", 0, "0")
            elif self._measure == "accounts":
                yield count_cell(accounts, key=behind)
            else:
                charge = sum(cell.old_charge if self._measure == "old" else cell.new_charge for cell in found)
                yield money_cell(charge, self._answer.info.currency, key=behind)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the movement table, and how its cell looks in one period."""

    name: str
    cell: Callable[[PeriodMovement], Cell]


def movement_table(answer: Answer) -> TableRows:
    """Return lines with their reasons below them, and the periods as columns."""
    periods = answer.parts[0].report if answer.parts else ()
    names = (place_name(one.period.name) for one in periods)
    columns = (*head_columns(answer), TableColumn("", number=False), *(TableColumn(name) for name in names))
    rows = []
    for value, report, scope in parts_of(answer):
        for line in _lines(answer, report, scope):
            cells = (line.cell(period) for period in report)
            rows.append((*lead_cells(answer, value), text_cell(line.name), *cells))
    return TableRows(columns, tuple(rows))


def _lines(answer: Answer, report: tuple[PeriodMovement, ...], scope: Scope) -> Iterator[_Line]:
    currency = answer.info.currency
    yield _Line(tr("Active before"), lambda period: count_cell(period.active_before))
    for crossing in Crossing:
        lines = [period.line(crossing) for period in report]
        if crossing in _SELDOM and not any(line.accounts for line in lines):
            continue
        yield _Line(tr(CROSSINGS[crossing]), _crossings(crossing, scope))
        sums: dict[str, int] = {}
        for line in lines:
            for reason in line.reasons:
                sums[reason.reason] = sums.get(reason.reason, 0) + reason.accounts
        for name in sorted(sums, key=lambda name: (-sums[name], name)) if set(sums) != {""} else ():
            yield _Line(_INDENT + (name or tr("No reason given")), _crossings(crossing, scope, name))
    yield _Line(tr("Active after"), lambda period: count_cell(period.active_after))
    yield _Line(tr("Churn"), lambda period: _rate_cell(period.churn))
    yield _Line(tr("Revenue before"), lambda period: money_cell(period.revenue_before, currency))
    yield _Line(
        tr("Disconnected revenue"),
        lambda period: money_cell(period.line(Crossing.DISCONNECTED).charge, currency),
    )
    yield _Line(tr("Revenue after"), lambda period: money_cell(period.revenue_after, currency))
    yield _Line(tr("Revenue churn"), lambda period: _rate_cell(period.revenue_churn))


_SELDOM: Final = (Crossing.MOVED_IN, Crossing.MOVED_OUT, Crossing.CLOSED, Crossing.ENDED_PAUSE)


def _crossings(crossing: Crossing, scope: Scope, reason: str | None = None) -> Callable[[PeriodMovement], Cell]:
    def cell(period: PeriodMovement) -> Cell:
        line = period.line(crossing)
        count = line.accounts
        if reason is not None:
            count = sum(one.accounts for one in line.reasons if one.reason == reason)
        if not count:
            return Cell(formats.NOTHING, 0, "0")
        return count_cell(count, key=crossed(period, crossing, scope, reason))

    return cell


def _rate_cell(rate: Fraction | None) -> Cell:
    """Return a rate as a percentage with two digits."""
    if rate is None:
        return Cell(formats.NOTHING, -1, "")
    written = f"{float(100 * rate):.2f}".replace(".", formats.locale().decimalPoint())
    return Cell(f"{written}\u00a0%", rate, written)
