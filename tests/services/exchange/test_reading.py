"""Reading: what a file seems to be, and its rows as they stand in it."""

from datetime import date, datetime
from pathlib import Path

import pytest

from statusdesk.services.exchange.errors import FileChanged, NoSuchColumn
from statusdesk.services.exchange.reading import FileKind, TableOptions, inspect, open_table
from tests.services.exchange.files import TELCO, cells_of, ods_cell, ods_file, sheet_file, text_file

ROWS = "number;name;price\n007;Jörg;12,50\n008;Łukasz;8,00\n"


def test_the_telco_sample_opens_by_itself() -> None:
    guess = inspect(TELCO)
    assert (guess.kind, guess.options) == (FileKind.CSV, TableOptions("utf-8", ",", header=True))
    table = open_table(TELCO)
    assert table.columns[0] == "customerID"
    rows = list(table.rows())
    assert len(rows) == 7043
    assert rows[0][0] == 2
    assert rows[0][1][0] == "7590-VHVEG"
    assert sum(not cells[19].strip() for _, cells in rows) == 11


@pytest.mark.parametrize(
    ("encoding", "guessed"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("windows-1250", "windows-1252"),
    ],
)
def test_encoding_is_guessed(tmp_path: Path, encoding: str, guessed: str) -> None:
    guess = inspect(text_file(tmp_path, ROWS, encoding=encoding))
    assert guess.options.encoding == guessed
    assert guess.options.delimiter == ";"
    assert guess.options.header is True
    assert (guess.doubt is None) == (encoding != "windows-1250")


def test_a_guessed_encoding_says_where_utf8_ends(tmp_path: Path) -> None:
    guess = inspect(text_file(tmp_path, "number,name\n1,Bob\n2,Jörg\n", encoding="latin-1"))
    assert guess.doubt is not None
    assert (guess.doubt.facts["line"], guess.doubt.facts["position"]) == (3, 22)
    assert cells_of(open_table(guess.path, guess.options)) == [["1", "Bob"], ["2", "Jörg"]]


def test_bytes_that_windows_1252_lacks_mean_latin_1(tmp_path: Path) -> None:
    assert inspect(text_file(tmp_path, b"number,name\n1,\xe9\x81\n")).options.encoding == "iso-8859-1"


def test_every_guess_can_be_overridden(tmp_path: Path) -> None:
    path = text_file(tmp_path, ROWS, encoding="windows-1250")
    table = open_table(path, TableOptions("windows-1250", ",", header=False))
    assert table.columns == ("Column 1",)
    assert table.sample(2) == [["number;name;price"], ["007;Jörg;12", "50"]]
    assert open_table(path, TableOptions("windows-1250", ";")).sample(9)[1] == ["008", "Łukasz", "8,00"]


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2,5;3,5\n", ";"),
        ("a\tb\n1, or 2\t3\n", "\t"),
        ("a|b|c\n1;2|3|4\n", "|"),
        ("number\n1\n2\n", ","),
        ('name,"a;b;c"\n1,"x;y;z"\n', ","),
        ("sep=|\na|b\n1,2|3\n", "|"),
        ("number;note\n1;one, two, three\n2;four\n3;five, six\n", ";"),
    ],
)
def test_delimiter_is_guessed(tmp_path: Path, content: str, delimiter: str) -> None:
    assert inspect(text_file(tmp_path, content)).options.delimiter == delimiter


@pytest.mark.parametrize(
    ("content", "header"),
    [
        ("customerID,Churn\n1,Yes\n", True),
        ("Kunden-Nr.;Ort\n1;Kiel\n", True),
        ("foo,bar\n1,2\n", True),
        ("0017,Anna,Kiel\n0018,Bob,Bonn\n", False),
        ("A-1,12.50,No\nA-2,13.50,Yes\n", False),
        ("Ann,a@example.org\nBob,b@example.org\n", False),
    ],
)
def test_header_is_guessed(tmp_path: Path, content: str, header: bool) -> None:
    assert inspect(text_file(tmp_path, content)).options.header is header


def test_columns_are_trimmed_named_and_distinct(tmp_path: Path) -> None:
    table = open_table(text_file(tmp_path, "number , Name,,Name,Name (2),\n1,2,3,4,5,6\n"))
    assert table.columns == ("number", "Name", "Column 3", "Name (2)", "Name (2) (2)", "Column 6")
    assert table.index("Column 3") == 2
    with pytest.raises(NoSuchColumn, match=r"accounts\.csv has no column named “name”"):
        table.index("name")


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    content = 'sep=,\r\n\r\nnumber,note\r\n1,"two\r\nlines"\r\n\r\n,\r\n2,one\r\n'
    table = open_table(text_file(tmp_path, content))
    assert list(table.rows()) == [(4, ["1", "two\r\nlines"]), (8, ["2", "one"])]
    assert table.fraction == 1.0


def test_apostrophes_before_formulas_are_taken_off(tmp_path: Path) -> None:
    table = open_table(text_file(tmp_path, "number,note\n1,'=A1\n2,''=A1\n'+49,'t Hooft\n"))
    assert cells_of(table) == [["1", "=A1"], ["2", "'=A1"], ["+49", "'t Hooft"]]


def test_a_file_that_changes_meanwhile_is_noticed(tmp_path: Path) -> None:
    path = text_file(tmp_path, "number\n1\n")
    table = open_table(path)
    path.write_text("number\n1\n2\n")
    with pytest.raises(FileChanged):
        list(table.rows())


def test_progress_is_a_fraction_of_the_file(tmp_path: Path) -> None:
    table = open_table(text_file(tmp_path, "number\n" + "123456789\n" * 100_000))
    rows = table.rows()
    assert table.fraction < 0.1
    for _ in range(50_000):
        next(rows)
    assert 0.4 < table.fraction < 0.6


def test_sheets_hold_what_a_csv_file_would(tmp_path: Path) -> None:
    values = ("007", 417.0, 29.85, 0.1 + 0.2, date(2024, 2, 29), datetime(2024, 2, 29, 12, 30), True, -5)
    path = sheet_file(tmp_path, ("number", *"bcdefgh"), values, (), ("=1+1", "", 1e15, 1e-7))
    guess = inspect(path)
    assert (guess.kind, guess.sheets, guess.options.sheet) == (FileKind.XLSX, ("Accounts",), "Accounts")
    table = open_table(path)
    assert table.columns == ("number", *"bcdefgh")
    first, second = table.rows()
    assert first == (2, ["007", "417", "29.85", "0.3", "2024-02-29", "2024-02-29 12:30:00", "TRUE", "-5"])
    assert second[0] == 4
    assert second[1][1:4] == ["", "1000000000000000", "0.0000001"]


def test_content_counts_and_not_the_name(tmp_path: Path) -> None:
    path = sheet_file(tmp_path, ("number",), ("1",), name="accounts.csv")
    assert inspect(path).kind is FileKind.XLSX
    assert inspect(text_file(tmp_path, "number\n1\n", name="accounts.xlsx")).kind is FileKind.CSV


def test_open_document_sheets_are_read(tmp_path: Path) -> None:
    rows = f"<table:table-row>{ods_cell('number')}{ods_cell('name')}</table:table-row>"
    rows += f"<table:table-row>{ods_cell('007')}{ods_cell('Jörg')}</table:table-row>"
    rows += '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    path = ods_file(tmp_path, rows)
    assert inspect(path).kind is FileKind.ODS
    assert list(open_table(path).rows()) == [(2, ["007", "Jörg"])]
