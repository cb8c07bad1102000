"""The distribution on a day as bars and as a table: per stage and status, or per part of a split and status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.distribution import shares
from statusdesk.gui import formats
from statusdesk.gui.charts.bars import Bar, Bars
from statusdesk.gui.charts.table_model import (
    Cell,
    TableColumn,
    TableRows,
    count_cell,
    money_cell,
    share_cell,
    text_cell,
)
from statusdesk.gui.models.distribution_facts import InStatuses
from statusdesk.gui.models.distribution_words import against, on_day, said_numbers, status_look, value_name
from statusdesk.gui.wording import stage_name, tr
from statusdesk.services.reports.distribution import Distribution

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from statusdesk.domain.records import Status
    from statusdesk.domain.scopes import Scope
    from statusdesk.gui.models.distribution_facts import DayAnswer
    from statusdesk.services.reports.distribution import StatusShare

_NOTHING = Distribution((), (), 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the distribution: a stage, a part, or a status within one, with what it was on the other day.

    `single` says that it stands over one line only, whose numbers are the same.
    """

    key: InStatuses
    name: str
    group: str
    accounts: int
    share: int
    charge: int
    before: int | None = None
    status: Status | None = None
    single: bool = False

    @property
    def change(self) -> int | None:
        """The difference to the other day."""
        return None if self.before is None else self.accounts - self.before


def lines_of(answer: DayAnswer) -> list[Line]:
    """Return the lines from top to bottom."""
    if answer.shown is None:
        return []
    return list(_stages(answer) if answer.view.split is None else _parts(answer))


def _stages(answer: DayAnswer) -> Iterator[Line]:
    assert answer.shown is not None
    whole, view = answer.shown.whole, answer.view
    other = answer.compared.whole if answer.compared else None
    for stage in whole.stages:
        inside = [line for line in whole.statuses if line.status.stage is stage.stage]
        name = stage_name(stage.stage)
        before = None
        if other is not None:
            before = sum(one.accounts for one in other.stages if one.stage is stage.stage)
        key = InStatuses(on_day(name, view.day), view.day, _ids(inside), view.scope)
        yield Line(key, name, "", stage.accounts, stage.share, stage.charge, before, single=len(inside) == 1)
        for line in inside:
            yield _status(answer, line, other, view.scope, name, line.status.name)


def _parts(answer: DayAnswer) -> Iterator[Line]:
    assert answer.shown is not None
    view, split = answer.view, answer.view.split
    assert split is not None
    others = {part.value: part.report for part in answer.compared.parts} if answer.compared else {}
    wholes = shares(part.report.accounts for part in answer.shown.parts)
    for part, share in zip(answer.shown.parts, wholes, strict=True):
        report, scope = part.report, view.scope.limited_to(split, part.value)
        name = value_name(split, part.value)
        inside = [line for line in report.statuses if line.accounts]
        other = others.get(part.value, _NOTHING) if answer.compared else None
        before = None if other is None else other.accounts
        key = InStatuses(on_day(name, view.day), view.day, _ids(inside), scope)
        yield Line(key, name, "", report.accounts, share, report.charge, before, single=len(inside) == 1)
        for line in inside:
            yield _status(answer, line, other, scope, name, f"{line.status.name}, {name}")


def _ids(lines: Iterable[StatusShare]) -> frozenset[int]:
    return frozenset(line.status.id for line in lines)


def _status(
    answer: DayAnswer, line: StatusShare, other: Distribution | None, scope: Scope, group: str, title: str
) -> Line:
    day, status = answer.view.day, line.status
    before = None
    if other is not None:
        before = sum(one.accounts for one in other.statuses if one.status.id == status.id)
    key = InStatuses(on_day(title, day), day, frozenset({status.id}), scope)
    return Line(key, status.name, group, line.accounts, line.share, line.charge, before, status)


def bars_of(answer: DayAnswer, currency: str) -> Bars:
    """Return the lines as bars; the compared day is marked on each."""
    columns: tuple[str, ...] = (tr("Accounts"), tr("Share"), tr("Monthly"))
    if answer.compared is not None:
        columns += (tr("Change"),)
    return Bars(columns, tuple(_bar(answer, line, currency) for line in lines_of(answer)))


def _bar(answer: DayAnswer, line: Line, currency: str) -> Bar:
    numbers = formats.count(line.accounts), formats.percent(line.share), _charge(line, currency)
    cells: tuple[str, ...] = numbers
    said = said_numbers(line.name, line.accounts, line.share, line.charge, currency)
    if line.change is not None:
        cells += (formats.signed(line.change),)
        said = tr("{numbers}, {change} {since}").format(
            numbers=said, change=formats.signed(line.change), since=against(answer)
        )
    if line.status is None:
        blank = ("",) * len(cells) if line.single else cells
        value, mark = (None, None) if line.single else (line.accounts, line.before)
        return Bar(line.key, line.name, value, blank, said, mark, heading=True)
    shape, colour = status_look(line.status)
    return Bar(line.key, line.name, line.accounts, cells, said, line.before, shape, colour)


def _charge(line: Line, currency: str) -> str:
    return formats.money(line.charge, currency, blank=True)


def rows_of(answer: DayAnswer, currency: str) -> TableRows:
    """Return the statuses as a table, with the group that each is in, and everything at the end."""
    split = answer.view.split
    group = tr("Stage") if split is None else tr(split.label)
    columns = [TableColumn(tr("Status"), number=False), TableColumn(group, number=False)]
    columns += [TableColumn(tr("Accounts")), TableColumn(tr("Share"))]
    columns += [TableColumn(tr("Monthly charge, {currency}").format(currency=currency))]
    if answer.compared is not None:
        columns += [TableColumn(formats.date(answer.compared.day)), TableColumn(tr("Change"))]
    return TableRows(tuple(columns), tuple(_row(line, currency) for line in lines_of(answer)))


def _row(line: Line, currency: str) -> tuple[Cell, ...]:
    key, look = line.key, None if line.status is None else status_look(line.status)
    group = line.group or line.name
    cells = (
        text_cell(line.name if line.status else tr("All"), key=key, look=look),
        text_cell(group, key=key),
        count_cell(line.accounts, key=key),
        share_cell(line.share, key=key),
        money_cell(line.charge, currency, key=key),
    )
    if line.before is None or line.change is None:
        return cells
    return (*cells, count_cell(line.before, key=key), count_cell(line.change, key=key, signed=True))
