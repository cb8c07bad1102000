"""Reports as flat records: the same figures, with amounts and percentages as files and commands write them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.errors import Cancelled
from statusdesk.domain.periods import Step
from statusdesk.domain.scopes import Dimension
from statusdesk.services.reports.distribution import distribution, distribution_by
from statusdesk.services.reports.matrix import matrix
from statusdesk.services.reports.movement import movement
from statusdesk.services.reports.over_time import over_time
from statusdesk.services.reports.peak import monthly_peaks
from statusdesk.services.reports.records import (
    distribution_records,
    matrix_records,
    movement_records,
    over_time_records,
    peak_records,
    reason_records,
    split_records,
    stage_records,
)

if TYPE_CHECKING:
    from pathlib import Path

    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Store
    from tests.conftest import Clock, OpensStores


def a_short_story(desk: Desk, clock: Clock) -> None:
    """Three accounts on 10 March; a rename and a disconnection on the 11th; a new account on the 12th."""
    for number, city in (("1", "Kiel"), ("2", "Kiel"), ("3", "")):
        desk.create_account({"number": number, "status_id": 2, "monthly_charge": 1050, "city": city})
    clock.turn(days=1)
    desk.edit_status(2, {"name": "Customer"})
    desk.reassign(AccountIds((1,)), 3, reason="moved away")
    clock.turn(days=1)
    desk.create_account({"number": "4", "status_id": 1})


def test_a_past_day_has_the_names_of_that_day(desk: Desk, store: Store, clock: Clock) -> None:
    a_short_story(desk, clock)
    then = distribution_records(distribution(store, on="2026-03-10"), "EUR")
    assert [(record["name"], record["accounts"], record["share"]) for record in then] == [
        ("Lead", 0, Decimal("0.0")), ("Active", 3, Decimal("100.0")), ("Inactive", 0, Decimal("0.0")),
    ]  # fmt: skip
    today = distribution(store)
    assert [record["name"] for record in distribution_records(today, "EUR")] == ["Lead", "Customer", "Inactive"]
    assert [(record["name"], record["monthly_charge"]) for record in stage_records(today, "EUR")] == [
        ("Prospect", Decimal("0.00")), ("In service", Decimal("21.00")), ("Ended", Decimal("10.50")),
    ]  # fmt: skip
    parts = distribution_by(store, Dimension.CITY, on="2026-03-11")
    split = split_records(Dimension.CITY, parts, lambda part: distribution_records(part, "EUR"))
    assert [(record["city"], record["name"]) for record in split if record["accounts"]] == [
        ("Kiel", "Customer"), ("Kiel", "Inactive"), ("", "Customer"),
    ]  # fmt: skip


def test_the_way_there(desk: Desk, store: Store, clock: Clock) -> None:
    a_short_story(desk, clock)
    days = over_time_records(over_time(store, "2026-03-09", "2026-03-12", step=Step.DAY), "EUR")
    assert [(record["period"], record["status"], record["accounts"]) for record in days] == [
        ("2026-03-10", "Customer", 3), ("2026-03-11", "Customer", 2), ("2026-03-11", "Inactive", 1),
        ("2026-03-12", "Lead", 1), ("2026-03-12", "Customer", 2), ("2026-03-12", "Inactive", 1),
    ]  # fmt: skip
    cells = matrix_records(matrix(store, "2026-03-10", "2026-03-12"), "EUR")
    assert [(cell["from"], cell["to"], cell["accounts"]) for cell in cells] == [
        ("Active", "Customer", 2), ("Active", "Inactive", 1), ("(new)", "Lead", 1),
    ]  # fmt: skip


def test_movement_and_peak(desk: Desk, store: Store, clock: Clock) -> None:
    a_short_story(desk, clock)
    periods = movement(store, "2026-03-11", "2026-03-12")
    (record,) = movement_records(periods, "EUR")
    assert (record["active_before"], record["disconnected"], record["active_after"]) == (3, 1, 2)
    assert (record["disconnected_charge"], record["churn"]) == (Decimal("10.50"), Decimal("33.33"))
    (reason,) = reason_records(periods, "EUR")
    assert (reason["movement"], reason["reason"], reason["accounts"]) == ("disconnected", "moved away", 1)
    (month,) = peak_records(monthly_peaks(store, "2026-03", "2026-03"), store.info, 10)
    assert (month["accounts"], month["room"]) == (3, 7)
    assert month["reached_at"] == "2026-03-10T12:00:00.000+00:00"


@pytest.mark.files
def test_a_report_can_be_stopped_and_asked_again(desk: Desk, store: Store, clock: Clock) -> None:
    a_short_story(desk, clock)
    connection = store.db.engine.connection()
    connection.set_progress_handler(lambda: 1, 40)
    with pytest.raises(Cancelled):
        matrix(store, "2026-03-10", "2026-03-12")
    connection.set_progress_handler(None, 40)
    assert len(matrix(store, "2026-03-10", "2026-03-12").cells) == 3


def test_reports_read_a_file_that_must_not_be_written(
    desk: Desk, store: Store, clock: Clock, open_store: OpensStores, database: Path
) -> None:
    a_short_story(desk, clock)
    reader = open_store(database, "read")
    assert movement(reader, "2026-03-01", "2026-03-31") == movement(store, "2026-03-01", "2026-03-31")
    assert matrix(reader, "2026-03-10", "2026-03-12") == matrix(store, "2026-03-10", "2026-03-12")
