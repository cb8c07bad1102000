"""Whether what the reports say of what was is what the journal says."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from statusdesk.domain.periods import next_month
from statusdesk.services.reports.crossings import COMING, GOING
from statusdesk.services.reports.matrix import Absence
from tests.services.reports.reference import Book, World, moved, peak, previous

if TYPE_CHECKING:
    from statusdesk.domain.scopes import Scope
    from statusdesk.services.reports.distribution import Distribution
    from statusdesk.services.reports.matrix import Matrix
    from statusdesk.services.reports.movement import PeriodMovement
    from statusdesk.services.reports.over_time import OverTime
    from statusdesk.store.report_peaks import MonthPeak


def same_peak(found: MonthPeak, book: Book, scope: Scope) -> None:
    last_day = previous(f"{next_month(found.month)}-01")
    assert (found.accounts, found.reached_at, found.change_set_id) == peak(
        book, f"{found.month}-01", last_day, scope
    )


def same_distribution(found: Distribution, world: World, scope: Scope) -> None:
    expected = world.tally(scope).get("", {})
    shown = {line.status.id: (line.accounts, line.charge) for line in found.statuses}
    assert {status: pair for status, pair in shown.items() if pair != (0, 0)} == {
        status: pair for status, pair in expected.items() if pair != (0, 0)
    }
    for line in found.statuses:
        was = world.statuses[line.status.id]
        assert (line.status.name, str(int(line.status.activates)), line.status.stage) == (
            was["name"], was["activates"], was["stage"],
        )  # fmt: skip
    for lines in (found.statuses, found.stages):
        assert sum(line.share for line in lines) == (1_000 if found.accounts else 0)
        assert sum(line.accounts for line in lines) == found.accounts
        assert sum(line.charge for line in lines) == found.charge
    people = [n for n in world.people if world.there(n, scope)]
    assert found.active == sum(world.active(n) for n in people)
    assert found.revenue == sum(world.people[n].charge for n in people if world.active(n))


def same_columns(found: OverTime, worlds: list[World], scope: Scope) -> None:
    for place, world in enumerate(worlds):
        expected = world.tally(scope).get("", {})
        column = {line.status.id: (line.accounts[place], line.charge[place]) for line in found.statuses}
        assert {k: v for k, v in column.items() if v != (0, 0)} == {
            k: v for k, v in expected.items() if v != (0, 0)
        }
        assert found.accounts[place] == sum(line.accounts[place] for line in found.stages)
        stages = Counter[str]()
        for status, (accounts, _) in expected.items():
            stages[world.statuses[status]["stage"]] += accounts
        assert {line.stage.value: line.accounts[place] for line in found.stages if line.accounts[place]} == stages
        people = [n for n in world.people if world.there(n, scope)]
        assert found.active[place] == sum(world.active(n) for n in people)
        assert found.revenue[place] == sum(world.people[n].charge for n in people if world.active(n))


def ends(number: int, old: World, new: World, scope: Scope) -> tuple[int | Absence, int | Absence]:
    found: list[int | Absence] = []
    for world in (old, new):
        person = world.people.get(number)
        if person is None or person.status is None:
            found.append(Absence.MISSING)
        else:
            found.append(person.status if world.there(number, scope) else Absence.ELSEWHERE)
    return found[0], found[1]


def same_matrix(found: Matrix, old: World, new: World, scope: Scope) -> None:
    expected = Counter(ends(n, old, new, scope) for n in new.people)
    shown = {(cell.old, cell.new): cell.accounts for cell in found.cells}
    assert shown == {both: count for both, count in expected.items() if not set(both) <= set(Absence)}
    for world, side, charge in ((old, "old", "old_charge"), (new, "new", "new_charge")):
        for status, pair in world.tally(scope).get("", {}).items():
            cells = [cell for cell in found.cells if getattr(cell, side) == status]
            assert (sum(cell.accounts for cell in cells), sum(getattr(cell, charge) for cell in cells)) == pair


def same_movement(found: PeriodMovement, book: Book, scope: Scope) -> None:
    counts, _ = moved(book, found.period.first_day, found.period.last_day, scope)
    shown: Counter[tuple[str, str, str]] = Counter()
    for kind, line in found.lines.items():
        assert line.accounts == sum(reason.accounts for reason in line.reasons)
        for reason in line.reasons:
            shown[kind.value, reason.reason, "accounts"] = reason.accounts
            shown[kind.value, reason.reason, "charge"] = reason.charge
    assert +shown == +counts
    assert -shown == -counts
    coming, going = ([found.line(kind) for kind in kinds] for kinds in (COMING, GOING))
    assert found.active_after == (
        found.active_before + sum(line.accounts for line in coming) - sum(line.accounts for line in going)
    )
    assert found.revenue_after == (
        found.revenue_before
        + sum(line.charge for line in coming)
        - sum(line.charge for line in going)
        + found.charge_changes
    )
    world = book.end_of(found.period.last_day)
    assert found.active_after == sum(world.active(n) and world.there(n, scope) for n in world.people)
