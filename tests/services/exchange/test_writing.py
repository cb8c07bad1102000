"""Writing: whole files or none, texts that stay texts, and nothing that a spreadsheet program would run."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusdesk.services.exchange import writing
from statusdesk.services.exchange.errors import CannotWrite, TextTooLong, TooManyRows, UnknownEnding
from statusdesk.services.exchange.formulas import TRIGGERS, guarded, unguarded
from statusdesk.services.exchange.reading import open_table
from statusdesk.services.exchange.tables import FileKind
from statusdesk.services.exchange.workbooks import open_workbook
from statusdesk.services.exchange.writing import Value, write_csv, write_records
from tests.services.exchange.files import cells_of

FIELDS = ("number", "name", "monthly_charge", "delinquent", "install_attempts", "note")
RECORD: dict[str, Value] = {
    "number": "007",
    "name": '=HYPERLINK("http://evil.example")',
    "monthly_charge": Decimal("-1234.50"),
    "delinquent": True,
    "install_attempts": 3,
    "note": "one\ntwo; three, “four”\u00a0Ωж中🙂",
}


class Broken(Exception):
    """Something goes wrong on the way."""


@given(st.text() | st.text(alphabet=TRIGGERS + "'0a"))
def test_guards_come_off_to_the_letter(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in TRIGGERS or guarded(text)[:1] in ("", "-")


CELLS = st.text(alphabet=TRIGGERS + "'0a,;\"\r\n\x1f ", max_size=4) | st.integers(-5, 5) | st.booleans()


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), max_size=12), st.sampled_from(",;"))
def test_lines_are_those_of_the_plain_writer(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str | int]], delimiter: str
) -> None:
    path, plain = tmp_path_factory.mktemp("csv") / "out.csv", StringIO()
    said = {True: "yes", False: "no"}
    texts = [
        [
            said[cell] if isinstance(cell, bool) else str(cell) if isinstance(cell, int) else guarded(cell)
            for cell in row
        ]
        for row in rows
    ]
    csv.writer(plain, delimiter=delimiter).writerows(texts)
    with mock.patch.object(writing, "BLOCK", 3):
        assert write_csv(path, rows, delimiter) == len(rows)
    assert path.read_bytes().decode("utf-8-sig") == plain.getvalue()


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".CSV"])
def test_what_is_written_is_read_again(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out{ending}"
    assert write_records(path, FIELDS, [RECORD, RECORD | {"note": "", "name": "-5"}]) == 2
    table = open_table(path)
    assert table.columns == FIELDS
    first, second = cells_of(table)
    number, name, charge, delinquent, attempts, note = first
    assert (number, name, attempts, note) == ("007", RECORD["name"], "3", RECORD["note"])
    assert (Decimal(charge), delinquent.lower() in ("yes", "true")) == (RECORD["monthly_charge"], True)
    assert (second[1], second[5]) == ("-5", "")


def test_csv_is_what_spreadsheet_programs_take(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_records(path, FIELDS, [RECORD])
    assert path.read_bytes().startswith(b"\xef\xbb\xbfnumber,name,")
    line = path.read_text("utf-8-sig").splitlines()[1]
    assert line.startswith("""007,"'=HYPERLINK(""http://evil.example"")",-1234.50,yes,3,""")


def test_sheets_hold_numbers_as_numbers_and_texts_as_texts(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_records(path, FIELDS, [RECORD, RECORD | {"monthly_charge": Decimal("9999999999999.99")}], sheet="Konten")
    book = open_workbook(path, FileKind.XLSX)
    assert book.sheet_names == ["Konten"]
    header, first, second = book.get_sheet_by_index(0).to_python()
    assert tuple(header) == FIELDS
    assert first == ["007", RECORD["name"], -1234.5, True, 3.0, RECORD["note"]]
    assert second[2] == 9999999999999.99


def test_amounts_with_more_digits_than_a_sheet_keeps_stay_exact(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_records(
        path, ("number", "monthly_charge"), [{"number": "1", "monthly_charge": Decimal("10000000000000.01")}]
    )
    assert cells_of(open_table(path)) == [["1", "10000000000000.01"]]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_failure_leaves_the_file_of_before(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out{ending}"
    path.write_bytes(b"before")

    def records() -> Iterator[dict[str, Value]]:
        yield RECORD
        raise Broken

    with pytest.raises(Broken):
        write_records(path, FIELDS, records())
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"folder{ending}").mkdir()
    for place in (tmp_path / "none" / f"out{ending}", tmp_path / f"folder{ending}"):
        with pytest.raises(CannotWrite, match=f"^{place.name} could not be written: .* Choose another place"):
            write_records(place, FIELDS, [RECORD])
    assert [path.name for path in tmp_path.iterdir()] == [f"folder{ending}"]


def test_other_endings_are_refused(tmp_path: Path) -> None:
    for name in ("out.ods", "out", "out.csv.txt"):
        with pytest.raises(UnknownEnding, match=rf"^{name} ends in neither \.csv nor \.xlsx"):
            write_records(tmp_path / name, FIELDS, [])
    assert not list(tmp_path.iterdir())


def test_what_a_sheet_cannot_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.xlsx"
    with pytest.raises(TextTooLong, match="Row 2, note: a cell of a workbook holds 32,767 characters"):
        write_records(path, FIELDS, [RECORD | {"note": "x" * 32_768}])
    with pytest.raises(TextTooLong):
        write_records(path, FIELDS, [RECORD | {"note": "🙂" * 16_384}])
    monkeypatch.setattr(writing, "MAX_ROWS", 2)
    with pytest.raises(TooManyRows, match="A sheet holds 2 rows at most"):
        write_records(path, FIELDS, [RECORD] * 3)
    assert write_records(tmp_path / "out.csv", FIELDS, [RECORD] * 3) == 3
    assert not path.exists()
