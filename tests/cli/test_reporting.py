"""The reports by command: the same figures as the services give, in every form, and refusals in one sentence."""

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from statusdesk.services.report_requests import Kind, Request, answer
from statusdesk.services.report_words import records_of
from statusdesk.store.store import Store
from tests.cli.conftest import Terminal


def asked(office: Terminal, request: Request) -> list[dict[str, Any]]:
    """Return what the services say, as JSON has it."""
    store = Store(office.database, "read")
    found = records_of(answer(store, request))
    store.close()
    return [{name: _plain(value) for name, value in record.items()} for record in found]


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else float(value)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_report_prints_what_the_services_say(office: Terminal, kind: Kind) -> None:
    office("reassign", "--to", "Inactive", "--search", "Bernd", "--reason", "moved away")
    assert office.json("report", kind.value) == asked(office, Request(kind))
    out = office("report", kind.value)
    assert "Traceback" not in out
    assert out.strip()


def test_days_periods_filters_and_splits(office: Terminal) -> None:
    today = date.today().isoformat()
    (moved,) = office.json("report", "movement", "--from", today, "--to", today, "--by", "day", "--city", "Köln")
    assert (moved["period"], moved["activated"], moved["active_after"]) == (today, 2, 2)
    both = office.json("report", "movement", "--from", today, "--city", "Köln", "--city", "Łódź")
    assert both[0]["activated"] == 3
    parts = office.json("report", "distribution", "--split", "city")
    assert [part["accounts"] for part in parts if part["city"] == "Köln" and part["name"] == "Active"] == [2]
    assert {part["city"] for part in parts} == {"", "Köln", "Łódź"}
    nobody = office.json("report", "distribution", "--on", "2001-01-01")
    assert sum(part["accounts"] for part in nobody) == 0
    then = office("report", "distribution", "--on", "2999-01-01", "--by", "status")
    assert "Expected at the end of 2999-01-01" in then
    cells = office.json("report", "matrix", "--from", "2001-01-01", "--to", today)
    assert {(cell["from"], cell["to"]): cell["accounts"] for cell in cells} == {
        ("(new)", "Active"): 3, ("(new)", "Lead"): 1, ("(new)", "Vacation"): 1,
    }  # fmt: skip


def test_reports_go_to_files(office: Terminal, tmp_path: Path) -> None:
    table, book = tmp_path / "peak.csv", tmp_path / "peak.xlsx"
    assert office("report", "peak", "--csv", table) == f"Wrote the report “Monthly peak” to {table}.\n"
    office("report", "peak", "--xlsx", book)
    assert table.read_text("utf-8-sig").splitlines()[-1].split(",")[1] == "3"
    assert CalamineWorkbook.from_path(str(book)).sheet_names == ["Monthly peak", "Chart", "Notes"]


def test_a_report_is_printed_without_a_screen(office: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "movement.pdf"
    assert office("report", "movement", "--pdf", file) == f"Wrote the report “Movement” to {file}.\n"
    pages = file.read_bytes()
    assert pages.startswith(b"%PDF-")
    assert b"/Type /Page\n" in pages
    assert b"/Subtype /Image" not in pages, "vectors, not pixels"
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
        assert "Active before" in text
        assert "a pause is no churn" in text


def test_what_makes_no_sense_is_refused(office: Terminal, tmp_path: Path) -> None:
    assert "'1 June' is not a date such as" in office.refused("report", "peak", "--from", "1 June", code=2)
    wrong = office.refused("report", "movement", "--from", "2026-02-01", "--to", "2026-01-01", code=2)
    assert "--from 2026-02-01 is after --to 2026-01-01." in wrong
    assert "ends in .xlsx" in office.refused("report", "stuck", "--xlsx", tmp_path / "stuck.csv", code=2)
    assert "not allowed with" in office.refused("report", "ghosts", "--json", "--csv", "x.csv", code=2)
    missing = tmp_path / "nowhere" / "report.pdf"
    assert "report.pdf" in office.refused("report", "revenue", "--pdf", missing)
