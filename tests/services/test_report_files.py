"""Reports as files: what a spreadsheet reads is what the report says, with a chart that draws the same numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.periods import Step
from statusdesk.domain.records import Stage
from statusdesk.domain.scopes import Dimension, Scope
from statusdesk.services.exchange.errors import CannotWrite, UnknownEnding
from statusdesk.services.report_charts import chart_of
from statusdesk.services.report_files import write_report
from statusdesk.services.report_notes import notes_of
from statusdesk.services.report_requests import TITLES, Kind, Request, answer
from statusdesk.services.report_splits import LINES, MOST
from statusdesk.services.report_words import fields_of, records_of
from statusdesk.services.settings_verbs import Limits, set_limits

if TYPE_CHECKING:
    from pathlib import Path

    from statusdesk.services.desk import Desk
    from statusdesk.services.report_requests import Answer
    from statusdesk.store.store import Store
    from tests.conftest import Clock


def a_year(desk: Desk, clock: Clock) -> int:
    """Accounts come, pause, return and go, from January to 10 June 2026; return the last instant."""
    paused = desk.create_status(
        {"name": "Vacation", "shape": "moon", "colour": "#0A66B5", "stage": Stage.PAUSED}
    ).status_id
    waiting = desk.create_status(
        {"name": "Pending", "shape": "hourglass", "colour": "#C27C00", "stage": Stage.ONBOARDING}
    ).status_id
    assert paused is not None
    assert waiting is not None
    for number in range(6):
        desk.create_account(
            {"number": f"0{number}", "status_id": 2, "monthly_charge": 1_050, "city": ("", "Kiel")[number % 2]}
        )
    clock.turn(days=40)
    desk.reassign(AccountIds((1, 2)), paused, reason="away")
    desk.reassign(AccountIds((3,)), 3, reason="moved; =1+1")
    clock.turn(days=30)
    desk.reassign(AccountIds((1,)), 2)
    desk.create_account(
        {
            "number": "9",
            "status_id": waiting,
            "monthly_charge": 990,
            "install_on": "2026-06-12",
            "radius_user": "x",
        }
    )
    set_limits(desk, Limits(5, {paused: 14}))
    return clock.turn(days=22)


def answered(store: Store, kind: Kind, at: int, **more: Any) -> Answer:
    return answer(store, replace(Request(kind, last="2026-06-10", at=at), **more))


def sheet(path: Path, number: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(number).to_python()


@pytest.mark.parametrize("kind", list(Kind))
def test_a_workbook_has_the_records_and_a_chart_of_the_same_numbers(
    desk: Desk, store: Store, clock: Clock, tmp_path: Path, kind: Kind
) -> None:
    found = answered(store, kind, a_year(desk, clock))
    path = tmp_path / "report.xlsx"
    records = records_of(found)
    assert records
    assert write_report(path, found) == len(records)
    head, *rows = sheet(path)
    assert head == fields_of(found) == list(records[0])
    for row, record in zip(rows, records, strict=True):
        for cell, value in zip(row, record.values(), strict=True):
            expected = float(value) if isinstance(value, Decimal) else "" if value is None else value
            assert cell == expected
    chart = chart_of(found)
    assert chart is not None
    _, *drawn = sheet(path, 1)
    scale = 100 if chart.money else 1
    assert [row[1:] for row in drawn] == [
        [pytest.approx(series.values[place] / scale) for series in chart.series]
        for place in range(len(chart.categories))
    ]
    with ZipFile(path) as book:
        xml = book.read("xl/charts/chart1.xml").decode()
    refs = re.findall(r"<c:f>(.*?)</c:f>", xml)
    assert len(refs) == 3 * len(chart.series)
    last = len(chart.categories)
    assert ("Chart!$B$2" if last == 1 else f"Chart!$B$2:$B${1 + last}") in refs
    assert TITLES[kind] in xml


@pytest.mark.parametrize("kind", list(Kind))
def test_a_split_report_has_its_parts_in_front_and_a_chart_of_them(
    desk: Desk, store: Store, clock: Clock, tmp_path: Path, kind: Kind
) -> None:
    at = a_year(desk, clock)
    found = answered(store, kind, at, split=Dimension.CITY, step=Step.WEEK)
    path = tmp_path / "split.csv"
    write_report(path, found)
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("city,")
    assert {line.split(",")[0] for line in lines[1:]} == {part.value for part in found.parts}
    chart = chart_of(found)
    assert chart is not None
    values = set().union(*chart.parts, *(series.values_of for series in chart.series))
    assert values == {part.value for part in found.parts}
    write_report(tmp_path / "split.xlsx", found)
    with ZipFile(tmp_path / "split.xlsx") as book:
        assert [name for name in book.namelist() if "charts/" in name] == ["xl/charts/chart1.xml"]


def test_the_chart_of_a_split_adds_up_to_the_whole_and_puts_the_smallest_together(
    desk: Desk, store: Store, clock: Clock
) -> None:
    at = a_year(desk, clock)
    for place in range(20):
        desk.create_account({"number": f"T{place}", "status_id": 2, "city": f"Town {place:02}"})
    whole = answered(store, Kind.DISTRIBUTION, at, last="").whole
    chart = chart_of(answered(store, Kind.DISTRIBUTION, at, last="", split=Dimension.CITY))
    assert chart is not None
    assert len(chart.categories) == MOST
    assert chart.categories[-1] == f"{len(chart.parts[-1])} others"
    for line in whole.statuses:
        drawn = [sum(series.values) for series in chart.series if series.name == line.status.name]
        assert drawn == ([line.accounts] if line.accounts else [])
    peak = chart_of(answered(store, Kind.PEAK, at, split=Dimension.CITY))
    assert peak is not None
    assert len(peak.series) == LINES


def test_a_report_without_rows_still_has_its_head(desk: Desk, store: Store, clock: Clock, tmp_path: Path) -> None:
    nobody = Scope(cities=frozenset({"Nowhere"}))
    found = answered(store, Kind.GHOSTS, a_year(desk, clock), scope=nobody)
    for name in ("none.csv", "none.xlsx"):
        assert write_report(tmp_path / name, found) == 0
    assert (tmp_path / "none.csv").read_text("utf-8-sig") == ",".join(fields_of(found)) + "\n"
    assert sheet(tmp_path / "none.xlsx") == [fields_of(found)]


def test_notes_say_the_basis_and_its_want(desk: Desk, store: Store, clock: Clock) -> None:
    at = a_year(desk, clock)
    revenue = answered(store, Kind.REVENUE, at)
    assert revenue.whole.expected is None
    said = [note.sentence.format(**note.facts) for note in notes_of(revenue)]
    assert said[1].startswith("Nothing is expected, for want of a basis: 0 waits")
    (_, room) = notes_of(answered(store, Kind.PEAK, at))
    assert (room.facts["limit"], room.facts["over"]) == (5, 0)
    peak = records_of(answered(store, Kind.PEAK, at, first="2026-03-01"))
    assert [(record["month"], record["accounts"], record["room"]) for record in peak][:2] == [
        ("2026-03", 6, -1), ("2026-04", 6, -1),
    ]  # fmt: skip


def test_a_file_that_cannot_be_written_is_refused_and_nothing_is_lost(
    desk: Desk, store: Store, clock: Clock, tmp_path: Path
) -> None:
    found = answered(store, Kind.STUCK, a_year(desk, clock))
    with pytest.raises(UnknownEnding):
        write_report(tmp_path / "report.txt", found)
    folder = tmp_path / "report.xlsx"
    folder.mkdir()
    with pytest.raises(CannotWrite):
        write_report(folder, found)
    assert [record["accounts"] for record in records_of(found) if record["status"] == "Vacation"] == [1]
