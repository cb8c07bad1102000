"""Interpreting: cells become values, and what cannot become one is refused with line, field and reason."""

import csv
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusdesk.domain.errors import Refused
from statusdesk.domain.records import Stage
from statusdesk.services.exchange import interpreting, tables, text_tables
from statusdesk.services.exchange.errors import NoSuchColumn, NoSuchField, NumberNotMapped, StatusMadeTwice
from statusdesk.services.exchange.interpreting import Findings, RefusedRow, Row, interpret
from statusdesk.services.exchange.plans import ImportPlan, NewStatus, StatusChoice
from statusdesk.services.exchange.reading import TableOptions, open_table
from tests.services.exchange.files import text_file

CHURNED = NewStatus("Churned", activates=False, stage=Stage.ENDED, winback=True)


def values_of(folder: Path, plan: ImportPlan, *rows: str, currency: str = "EUR") -> list[tuple[object, ...]]:
    path = text_file(folder, "\n".join((";".join(plan.mapping.values()), *rows, "")))
    found = list(interpret(open_table(path), plan, currency, "Europe/Berlin"))
    refused = [item.sentence for item in found if isinstance(item, RefusedRow)]
    assert not refused
    return [item[1] for item in found if not isinstance(item, RefusedRow)]


def value_of(
    folder: Path,
    name: str,
    text: str,
    *,
    currency: str = "EUR",
    decimal: str | None = None,
    date_style: str = "%Y-%m-%d",
) -> object:
    words: dict[str, StatusChoice] = {"aktiv": 2, "Live": 2, "": 3, "gone": CHURNED}
    plan = ImportPlan({"number": "No", name: name}, words, decimal=decimal, date_style=date_style)
    return values_of(folder, plan, f"1;{text}", currency=currency)[0][1]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("name", "  Jo\u0308rg  ", "Jörg"),
        ("name", '"Two\nlines"', "Two lines"),
        ("name", "\u200fשלום\u200e a", "\u200fשלום\u200e a"),
        ("address", '"Holstenstr. 1,\r\n24103 Kiel"', "Holstenstr. 1, 24103 Kiel"),
        ("note", '"one\r\n\ttwo"', "one\n\ttwo"),
        ("phone", "'+49 431 12", "+49 431 12"),
        ("monthly_charge", "12.50", 1250),
        ("monthly_charge", "(12.50)", -1250),
        ("monthly_charge", "€ 1,234.50", 123450),
        ("monthly_charge", "", 0),
        ("balance_due", "-3", -300),
        ("delinquent", "Ja", 1),
        ("delinquent", "FALSE", 0),
        ("delinquent", "", 0),
        ("install_attempts", "2.0", 2),
        ("install_on", "2026-03-01", "2026-03-01"),
        ("install_on", "2026-03-01 08:30:00", "2026-03-01"),
        ("install_on", "0000-00-00", ""),
        ("status_since", "2026-03-01", 1_772_319_600_000),
        ("status_since", "2026-03-01T12:00:00.123+00:00", 1_772_366_400_123),
        ("status_since", "", None),
        ("status", "AKTIV ", 2),
        ("status", "live", 2),
        ("status", "", 3),
        ("status", "Gone", -1),
    ],
)
def test_a_cell_becomes_a_value(tmp_path: Path, name: str, text: str, value: object) -> None:
    assert value_of(tmp_path, name, text) == value


def test_amounts_and_dates_follow_the_plan(tmp_path: Path) -> None:
    assert value_of(tmp_path, "monthly_charge", "1.234,50", decimal=",") == 123450
    assert value_of(tmp_path, "monthly_charge", "1234", currency="JPY") == 1234
    assert value_of(tmp_path, "monthly_charge", "1.234", currency="KWD") == 1234
    assert value_of(tmp_path, "install_on", "03/04/2026", date_style="%d/%m/%Y") == "2026-04-03"
    assert value_of(tmp_path, "install_on", "2026-04-03", date_style="%d/%m/%Y") == "2026-04-03"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("1;x;10", "Line 2, status: “x” is not matched to a status."),
        ("1;;10", "Line 2, status: is empty, and every account needs a status."),
        ("1;a;ten", "Line 2, monthly_charge: “ten” is not an amount."),
        ("1;a;1.234", "Line 2, monthly_charge: “1.234” is not an amount in whole units of EUR."),
        (";a;10", "Line 2, number: is missing, and every account needs one."),
        ("1;a", "Line 2: has 2 cells, but there are 3 columns."),
        ("1;a;10;x", "Line 2: has 4 cells, but there are 3 columns."),
        ("1\u200f;a;10", "Line 2, number: “1\u200f” contains U+200F (right-to-left mark), which cannot be seen."),
        ("1\u200b;a;10", "Line 2, number: “1\u200b” contains U+200B (zero width space), which cannot be seen."),
    ],
)
def test_a_row_is_refused_with_its_reason(tmp_path: Path, row: str, sentence: str) -> None:
    plan = ImportPlan({"number": "No", "status": "S", "monthly_charge": "C"}, {"a": 2}, decimal=".")
    path = text_file(tmp_path, f"No;S;C\n{row}\n2;a;5\n")
    refused, kept = interpret(open_table(path), plan, "EUR", "UTC")
    assert isinstance(refused, RefusedRow)
    assert refused.sentence == sentence
    assert list(refused.cells) == row.split(";")
    assert kept == (3, ("2", 2, 500))


def test_a_number_counts_once_and_empty_cells_behind_do_no_harm(tmp_path: Path) -> None:
    path = text_file(tmp_path, "No,Name\n007,a,,\n7,b\n007,c\n")
    found = list(interpret(open_table(path), ImportPlan({"number": "No"}), "EUR", "UTC"))
    assert found[:2] == [(2, ("007",)), (3, ("7",))]
    assert isinstance(found[2], RefusedRow)
    assert found[2].sentence == "Line 4, number: “007” is already in line 2."


def test_negative_charges_are_kept_and_pointed_out(tmp_path: Path) -> None:
    path = text_file(tmp_path, "number,monthly_charge\n1,-5\n2,5\n3,-0.01\n")
    findings = Findings()
    plan = ImportPlan({"number": "number", "monthly_charge": "monthly_charge"})
    rows = list(interpret(open_table(path), plan, "EUR", "UTC", findings))
    assert rows == [(2, ("1", -500)), (3, ("2", 500)), (4, ("3", -1))]
    assert (findings.negative_charges, findings.lines) == (2, [2, 4])


@pytest.mark.parametrize(
    ("plan", "error"),
    [
        (ImportPlan({"name": "No"}), NumberNotMapped),
        (ImportPlan({"number": "Nr"}), NoSuchColumn),
        (ImportPlan({"number": "No", "colour": "No"}), NoSuchField),
        (
            ImportPlan({"number": "No"}, {"a": CHURNED, "b": NewStatus("churned", True, Stage.IN_SERVICE)}),
            StatusMadeTwice,
        ),
    ],
)
def test_a_plan_that_cannot_be_done_is_refused_at_once(
    tmp_path: Path, plan: ImportPlan, error: type[Refused]
) -> None:
    table = open_table(text_file(tmp_path, "No\n1\n"))
    with pytest.raises(error):
        next(interpret(table, plan, "EUR", "UTC"))


CELLS = st.sampled_from(
    (
        "1",
        "2",
        "3",
        "",
        " 4",
        "Zoë",
        "Zoe\u0308",
        "a\nb",
        "a\r\nb",
        "a\rb",
        "'=1",
        "9.90",
        "-5",
        "x",
        "2026-03-01T10:00:00Z",
    )
)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=4) | st.just([]), min_size=1, max_size=14))
def test_blocks_tell_the_same_as_rows_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    text = StringIO()
    csv.writer(text, delimiter=";").writerows([["No", "Name", "Charge", "Since"], *rows])
    path = text_file(tmp_path_factory.mktemp("blocks"), text.getvalue())
    mapping = {"number": "No", "name": "Name", "monthly_charge": "Charge", "status_since": "Since"}
    options = TableOptions(delimiter=";", header=True)

    def told() -> list[Row | RefusedRow]:
        return list(interpret(open_table(path, options), ImportPlan(mapping), "EUR", "UTC"))

    with mock.patch.object(tables, "BLOCK", 3), mock.patch.object(text_tables, "BLOCK", 3):
        at_once = told()
        with mock.patch.object(interpreting, "_are_plain", return_value=False):
            assert at_once == told()
    reader, before, lines = csv.reader(StringIO(text.getvalue(), newline=""), delimiter=";"), 0, []
    for cells in reader:
        if before and "".join(cells).strip():
            lines.append(before + 1)
        before = reader.line_num
    assert [item.line if isinstance(item, RefusedRow) else item[0] for item in at_once] == lines
