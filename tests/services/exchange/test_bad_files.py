"""What is no table, or a broken one: one sentence with the way out, and never a crash."""

from pathlib import Path

import pytest

from statusdesk.services.exchange.errors import (
    BrokenWorkbook,
    CannotRead,
    CellTooLong,
    EmptyFile,
    EmptySheet,
    FileRefused,
    NoSuchSheet,
    NotAFile,
    NotATable,
    SheetTooWide,
    StrayQuote,
    TooLarge,
    TooManyColumns,
    UnclosedQuote,
    UnknownDelimiter,
    UnknownEncoding,
    WorkbookLocked,
    WrongEncoding,
)
from statusdesk.services.exchange.reading import TableOptions, inspect, open_table
from tests.services.exchange.files import ODS_TYPE, cells_of, changed_parts, parts_file, sheet_file, text_file


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b"\n\n  \n", EmptyFile),
        (b"\xef\xbb\xbf", EmptyFile),
        (b"SQLite format 3\0" + bytes(80), NotATable),
        (b"%PDF-1.7 ...", NotATable),
        (b"<!DOCTYPE html><table><tr><td>1", NotATable),
        (b'[{"number": 1}]', NotATable),
        (b"number\0name\0", NotATable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), NotATable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), WorkbookLocked),
        (b"PK\x03\x04 and then nothing", BrokenWorkbook),
        (b",".join([b"a"] * 2_001) + b"\n", TooManyColumns),
        (b'number,name\n1,"never closed\n2,b\n', UnclosedQuote),
        (b'number,name\n1,"a" b\n', StrayQuote),
        (b'number,name\n1,"' + b"x" * 140_000 + b'"\n', CellTooLong),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, error: type[FileRefused]) -> None:
    with pytest.raises(error, match=r"^accounts\.csv.*\.$"):
        cells_of(open_table(text_file(tmp_path, content)))


@pytest.mark.slow
def test_a_line_of_a_hundred_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(b"number,name\n")
        for _ in range(100):
            file.write(b"x" * 1_000_000)
    with pytest.raises(FileRefused):
        list(open_table(path).rows())


def test_the_line_of_a_broken_quotation_mark_is_told(tmp_path: Path) -> None:
    path = text_file(tmp_path, 'number,name\n1,a\n2,"b\n3,c\n')
    with pytest.raises(UnclosedQuote, match=r"^accounts\.csv, line 3: a quotation mark opens"):
        open_table(path)


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match=r"^none\.csv cannot be read: no such file"):
        inspect(tmp_path / "none.csv")
    with pytest.raises(NotAFile):
        inspect(tmp_path)


def test_options_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    path = text_file(tmp_path, "number,name\n1,Jörg\n", encoding="latin-1")
    with pytest.raises(WrongEncoding, match="line 2: byte 16 of the file is not UTF-8"):
        cells_of(open_table(path, TableOptions("utf-8")))
    with pytest.raises(UnknownEncoding):
        open_table(path, TableOptions("klingon"))
    with pytest.raises(UnknownDelimiter):
        open_table(path, TableOptions(delimiter=";;"))


def test_sheets_are_asked_for_by_name(tmp_path: Path) -> None:
    path = sheet_file(tmp_path, ("number",), ("1",))
    with pytest.raises(NoSuchSheet, match=r"no sheet named “Kunden”\. Its sheets are: Accounts"):
        open_table(path, TableOptions(sheet="Kunden"))
    with pytest.raises(EmptySheet, match=r"The sheet “Accounts” of empty\.xlsx is empty"):
        open_table(sheet_file(tmp_path, name="empty.xlsx"))


@pytest.mark.slow
def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = sheet_file(tmp_path, ("number",), ("1",))
    bomb = parts_file(tmp_path, {"xl/workbook.xml": b"", "xl/sheet.xml": bytes(1025 << 20)}, "bomb.xlsx")
    with pytest.raises(TooLarge, match="unpacks to more than 1024 MB"):
        inspect(bomb)
    far = b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>'
    with pytest.raises(SheetTooWide, match="spans 1048576 rows and 16384 columns"):
        inspect(changed_parts(path, sheet1__xml=far))


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = sheet_file(tmp_path, ("number",), ("1",))
    with pytest.raises(BrokenWorkbook):
        open_table(changed_parts(path, sheet1__xml=b"<worksheet><sheetData><row><c>"))
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
    with pytest.raises(BrokenWorkbook, match="document type"):
        open_table(changed_parts(path, sheet1__xml=entity))
    with pytest.raises(FileRefused):
        open_table(parts_file(tmp_path, {"mimetype": ODS_TYPE, "content.xml": b"<nothing"}, "a.ods"))
