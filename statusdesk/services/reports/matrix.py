"""Two dates compared: how many accounts went from each status to each, new and vanished ones included."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from statusdesk.domain.scopes import ALL, Dimension, Part, Scope
from statusdesk.services.reports.asking import ONE_GROUP, Asking, Moment, in_order, moment_of, one_state
from statusdesk.store.statuses import in_order as status_order

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable

    from statusdesk.domain.records import Status
    from statusdesk.store.report_states import PairCount
    from statusdesk.store.store import Store


class Absence(StrEnum):
    """Why an account is in no status of the report at a date: it was not there, or it was not in scope."""

    MISSING = "missing"
    """Not made yet, or closed: the row of new accounts, the column of vanished ones."""
    ELSEWHERE = "elsewhere"
    """There, but with other values in the fields of the scope or split."""


End = int | Absence
"""A status's id, or an absence."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Accounts in one place at the first date and in another at the second; charges in minor units a month."""

    old: End
    new: End
    accounts: int
    old_charge: int
    new_charge: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The cells that have accounts, and the statuses as they were at either date, in people's order then.

    The cells of one row add up to that status in the first distribution, those of a column to it in the second.
    """

    old_statuses: tuple[Status, ...]
    new_statuses: tuple[Status, ...]
    cells: tuple[Cell, ...]

    def cell(self, old: End, new: End) -> Cell:
        """Return one cell, empty ones too."""
        found = (cell for cell in self.cells if (cell.old, cell.new) == (old, new))
        return next(found, Cell(old, new, 0, 0, 0))


def matrix(store: Store, first_day: str, second_day: str, *, scope: Scope = ALL) -> Matrix:
    """Compare the ends of two days (ISO), the earlier first.

    A scope goes by the values that accounts had in these fields at either date.
    """
    with one_state(store.db):
        return _matrices(Asking(store, scope), first_day, second_day)[ONE_GROUP]


def matrix_by(
    store: Store, split: Dimension, first_day: str, second_day: str, *, scope: Scope = ALL
) -> tuple[Part[Matrix], ...]:
    """Return the same for each value that accounts had in a field at either date, "no value" last."""
    with one_state(store.db):
        found = _matrices(Asking(store, scope, split), first_day, second_day)
        return tuple(Part(value, found[value]) for value in in_order(found))


def accounts_behind_cell(
    store: Store, first_day: str, second_day: str, old: Iterable[End], new: Iterable[End], *, scope: Scope = ALL
) -> array[int]:
    """Return the ids of the accounts in the cells of some rows and some columns."""
    with one_state(store.db):
        asking = Asking(store, scope)
        moments = _moments(store, first_day, second_day)
        rows, columns = set(old), set(new)
        wanted = [
            pair
            for pair in asking.states.pairs(*moments, asking.question)
            if _end(pair.old_group, pair.old_status, ONE_GROUP) in rows
            and _end(pair.new_group, pair.new_status, ONE_GROUP) in columns
        ]
        return asking.states.movers(*moments, asking.question, wanted)


def _moments(store: Store, first_day: str, second_day: str) -> tuple[Moment, Moment]:
    return moment_of(store, on=first_day), moment_of(store, on=second_day)


def _end(group: str | None, status_id: int | None, wanted: str) -> End:
    if status_id is None:
        return Absence.MISSING
    return status_id if group == wanted else Absence.ELSEWHERE


def _matrices(asking: Asking, first_day: str, second_day: str) -> dict[str, Matrix]:
    moments = _moments(asking.store, first_day, second_day)
    pairs = asking.states.pairs(*moments, asking.question)
    groups = {group for pair in pairs for group in (pair.old_group, pair.new_group) if group is not None}
    if asking.split is None:
        groups.add(ONE_GROUP)
    old, new = asking.statuses.each(moments)
    return {group: _matrix(group, pairs, old, new) for group in groups}


def _matrix(
    group: str, pairs: list[PairCount], old_statuses: dict[int, Status], new_statuses: dict[int, Status]
) -> Matrix:
    sums: dict[tuple[End, End], list[int]] = defaultdict(lambda: [0, 0, 0])
    for pair in pairs:
        if group in (pair.old_group, pair.new_group):
            ends = _end(pair.old_group, pair.old_status, group), _end(pair.new_group, pair.new_status, group)
            for place, value in enumerate((pair.accounts, pair.old_charge, pair.new_charge)):
                sums[ends][place] += value
    cells = tuple(Cell(*ends, *values) for ends, values in sums.items())
    return Matrix(
        _involved(old_statuses, {cell.old for cell in cells}),
        _involved(new_statuses, {cell.new for cell in cells}),
        cells,
    )


def _involved(statuses: dict[int, Status], ends: set[End]) -> tuple[Status, ...]:
    return tuple(sorted((status for status in statuses.values() if status.id in ends), key=status_order))
