"""Billing by command: what is handed over and what is on record are the same."""

from datetime import UTC, datetime
from pathlib import Path

from tests.cli.conftest import Terminal


def test_a_bill_whose_file_cannot_be_written_is_not_put_on_record(office: Terminal, tmp_path: Path) -> None:
    def newest_seal() -> str:
        return office("check").split()[-1]

    month, before = f"{datetime.now(tz=UTC):%Y-%m}", newest_seal()
    office("billing", "--month", month, "--file", tmp_path / "nowhere" / "bill.csv", code=1)
    assert newest_seal() == before
    office("billing", "--month", month, "--file", tmp_path / "bill.csv")
    assert (tmp_path / "bill.csv").exists()
    assert newest_seal() != before
