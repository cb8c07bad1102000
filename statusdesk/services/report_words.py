"""Reports as flat records: the names of their fields, and what people read above the columns, in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.services.report_requests import Kind
from statusdesk.services.reports import records
from statusdesk.services.reports.ahead import Ahead
from statusdesk.services.reports.over_time import OverTime

if TYPE_CHECKING:
    from typing import Any

    from statusdesk.services.records_out import Record
    from statusdesk.services.report_requests import Answer


COLUMNS = {
    "account_type": "Account type",
    "accounts": "Accounts",
    "activated": "Activated",
    "activates": "Billed, served",
    "active_after": "Active after",
    "active_before": "Active before",
    "came_true": "Came true",
    "came_true_charge": "Came true, charge",
    "charge_changes": "Charge changes",
    "churn": "Churn %",
    "city": "City",
    "closed": "Closed",
    "disconnected": "Disconnected",
    "expected": "Expected",
    "expected_charge": "Expected, charge",
    "finished_stays": "Finished stays",
    "from": "From",
    "kind": "Kind",
    "last_day": "Last day",
    "lead_source": "Lead source",
    "limit": "Limit",
    "limit_days": "Limit, days",
    "longest_since": "Longest since",
    "month": "Month",
    "monthly_charge": "Monthly charge",
    "moved_in": "Moved in",
    "moved_out": "Moved out",
    "name": "Status",
    "new_monthly_charge": "Charge then",
    "old_monthly_charge": "Charge before",
    "part": "Part",
    "paused": "Paused",
    "period": "Period",
    "reached_at": "Reached at",
    "returned": "Returned",
    "revenue_after": "Revenue after",
    "revenue_churn": "Revenue churn %",
    "room": "Room",
    "set_by_office": "Set by office",
    "share": "Share %",
    "stage": "Stage",
    "status": "Status",
    "to": "To",
    "week": "Week",
    "with_ip_addresses": "With IP address",
    "with_radius_user": "With RADIUS user",
}
"""What people read above the columns; a field without a title is for files and programs only."""


SELDOM = frozenset({"moved_in", "moved_out", "closed", "limit", "room", "limit_days"})
"""Columns that are left out of tables where they say nothing."""


def is_money(field: str) -> bool:
    """Say whether a field is an amount of the database's currency."""
    return "charge" in field or field in ("revenue_before", "revenue_after")


def records_of(answer: Answer) -> list[Record]:
    """Return the report as flat records, split or not."""
    split = answer.request.split
    if split is None:
        return _records(answer, answer.whole)
    return records.split_records(split, answer.parts, lambda report: _records(answer, report))


def _records(answer: Answer, report: Any) -> list[Record]:
    info, kind = answer.info, answer.request.kind
    match kind:
        case Kind.DISTRIBUTION:
            write = records.stage_records if answer.request.stages else records.distribution_records
            if isinstance(report, Ahead):
                return write(report.distribution, info.currency, rests_on=_basis(report))
            return write(report, info.currency)
        case Kind.OVER_TIME:
            return records.over_time_records(report, info.currency)
        case Kind.MATRIX:
            return records.matrix_records(report, info.currency)
        case Kind.MOVEMENT:
            return records.movement_records(report, info.currency)
        case Kind.REVENUE:
            return records.revenue_records(report, info.currency)
        case Kind.PEAK:
            return records.peak_records(report, info, answer.limits.peak)
        case Kind.GROWTH:
            return records.growth_records(report, info.currency)
        case Kind.STUCK:
            return records.stuck_records(report, info)
        case Kind.GHOSTS:
            return records.ghost_records(report)


def _basis(report: Ahead) -> str:
    return f"expected: {report.installs} installs and the plans of {report.planned} accounts carried out"


def fields_of(answer: Answer) -> list[str]:
    """Return the names of the records' fields, also where there are no records.

    Where some of the numbers are of days to come, `rests_on` says so.
    """
    split = answer.request.split
    fields = _STAGE_FIELDS if answer.request.stages else _FIELDS[answer.request.kind]
    looks_ahead = any(isinstance(part.report, Ahead) or some_expected(part.report) for part in answer.parts)
    return [*([] if split is None else [split.value]), *fields.split(), *(["rests_on"] if looks_ahead else [])]


def some_expected(report: Any) -> bool:
    """Say whether some of the numbers over time are of days to come."""
    return isinstance(report, OverTime) and report.expected > 0


_STAGE_FIELDS = "name accounts share monthly_charge"
_CROSSINGS = "activated returned moved_in disconnected paused closed moved_out ended_pause"
_FIELDS = {
    Kind.DISTRIBUTION: "name stage activates accounts share monthly_charge",
    Kind.OVER_TIME: "period last_day status stage accounts monthly_charge",
    Kind.MATRIX: "from to accounts old_monthly_charge new_monthly_charge",
    Kind.MOVEMENT: "period first_day last_day active_before revenue_before "
    + " ".join(f"{crossing} {crossing}_charge" for crossing in _CROSSINGS.split())
    + " charge_changes active_after revenue_after churn revenue_churn",
    Kind.REVENUE: "part week accounts monthly_charge rests_on",
    Kind.PEAK: "month accounts reached_at change_set limit room",
    Kind.GROWTH: "part week expected expected_charge came_true came_true_charge",
    Kind.STUCK: "status stage limit_days set_by_office finished_stays accounts longest_since",
    Kind.GHOSTS: "kind status accounts with_radius_user with_ip_addresses",
}
