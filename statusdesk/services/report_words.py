"""What reports are called, what their columns are called, and the sentences on what their figures rest on.

All of it in English, as templates with facts: commands and files say them so, the window translates them first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from statusdesk.services.report_requests import Kind
from statusdesk.services.reports import basis, records, stuck
from statusdesk.services.reports.ahead import Ahead
from statusdesk.services.reports.over_time import OverTime
from statusdesk.services.reports.peak import room

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from statusdesk.services.records_out import Record, Value
    from statusdesk.services.report_requests import Answer


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence with places for facts: counts as int, amounts and percentages as Decimal, days as ISO texts."""

    sentence: str
    facts: Mapping[str, Value] = field(default_factory=dict)


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
    looks_ahead = any(isinstance(part.report, Ahead) or _some_expected(part.report) for part in answer.parts)
    return [*([] if split is None else [split.value]), *fields.split(), *(["rests_on"] if looks_ahead else [])]


def _some_expected(report: Any) -> bool:
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


def notes_of(answer: Answer) -> tuple[Note, ...]:
    """Return the sentences on the days, the formula and the basis of a report."""
    found = tuple(_NOTES[answer.request.kind](answer))
    if answer.request.split is None or answer.request.kind not in _SPLIT:
        return found
    return (*found, Note(_SPLIT[answer.request.kind]))


_SPLIT = {
    Kind.MOVEMENT: "The chart sums all periods up for each part.",
    Kind.REVENUE: "The chart sums all weeks up for each part.",
    Kind.GROWTH: "The chart sums all weeks up for each part.",
    Kind.PEAK: "Peaks of parts come at different moments and do not add up; the chart shows the highest.",
}
"""What the charts of split reports show of the time."""


def _distribution(answer: Answer) -> Iterator[Note]:
    day = answer.request.last
    found = [part.report for part in answer.parts if isinstance(part.report, Ahead)]
    if found:
        facts: dict[str, Value] = {
            "day": day,
            "installs": sum(report.installs for report in found),
            "planned": sum(report.planned for report in found),
        }
        yield Note(
            "Expected at the end of {day}: everything as it is now, with {installs} installs of pending accounts "
            "due until then and the plans of {planned} accounts carried out.",
            facts,
        )
    elif day:
        yield Note("At the end of {day}, as the history has it.", {"day": day})
    else:
        yield Note("As it is now.")


def _over_time(answer: Answer) -> Iterator[Note]:
    yield Note("Accounts and monthly charges at the end of each period, as the history has them.")
    report = next((part.report for part in answer.parts if _some_expected(part.report)), None)
    if report is not None:
        yield Note(
            "From {first} on they are expected: everything as it is now, with the installs due by then and the "
            "planned changes carried out.",
            {"first": report.periods[-report.expected].last_day},
        )


def _matrix(answer: Answer) -> Iterator[Note]:
    yield Note(
        "From the statuses at the end of {first} to those at the end of {last}. Rows add up to the first day’s "
        "distribution, columns to the second’s; accounts made or closed between have places of their own. "
        "The chart leaves out who stayed.",
        {"first": answer.request.first, "last": answer.request.last},
    )


def _movement(answer: Answer) -> Iterator[Note]:
    yield Note(
        "Active before, plus those that came, less those that went, is active after. Churn is the disconnected "
        "for each account active before; a pause is no churn, and who was never active cannot churn."
    )


def _revenue(answer: Answer) -> Iterator[Note]:
    yield Note("Committed = current + pending installs + planned starts − planned stops. Leads are never counted.")
    if not answer.parts:
        return
    rests_on = answer.parts[0].report.basis
    if not rests_on.enough:
        yield Note(
            "Nothing is expected, for want of a basis: {ended} waits for an install ended in the last two years, "
            "{activated} of them activated; {least} are needed.",
            {"ended": rests_on.ended, "activated": rests_on.activated, "least": basis.MIN_CASES},
        )
        return
    yield Note(
        "Expected rests on {ended} waits for an install that ended in the last two years: {activated} of them "
        "({share} %) were activated, half of these within {days} days. That share of pending installs is counted.",
        {
            "ended": rests_on.ended,
            "activated": rests_on.activated,
            "share": records.percentage(round(1000 * rests_on.share)),
            "days": rests_on.delay_days,
        },
    )


def _peak(answer: Answer) -> Iterator[Note]:
    yield Note(
        "The most billed accounts at any moment of each month. What one change does happens at once; the current "
        "month counts as far as it has come."
    )
    limit = answer.limits.peak
    if limit is None:
        yield Note("No licence limit is set.")
    elif answer.request.split is None and answer.whole:
        left = room(answer.whole[-1], limit) or 0
        sentence = (
            "The licence has room for {limit} accounts: {left} are left in {month}."
            if left >= 0
            else "The licence has room for {limit} accounts: {month} is {over} above it."
        )
        yield Note(
            sentence, {"limit": limit, "left": left, "over": max(-left, 0), "month": answer.whole[-1].month}
        )


def _growth(answer: Answer) -> Iterator[Note]:
    yield Note(
        "Weeks from now on show pending installs by their install day, and planned starts and stops. Past weeks "
        "show what was due as the week began, and how much of it was active as it ended."
    )


def _stuck(answer: Answer) -> Iterator[Note]:
    yield Note(
        "Accounts longer in a status than the limit set for it or, without one, than {percent} % of the stays "
        "that ended there. A status needs {least} ended stays to say what is usual.",
        {"percent": stuck.PERCENT, "least": stuck.MIN_CASES},
    )


def _ghosts(answer: Answer) -> Iterator[Note]:
    yield Note(
        "Accounts not billed that still have a RADIUS user or an IP address, for which a provider may charge; and "
        "billed ones with no monthly charge."
    )


_NOTES = {
    Kind.DISTRIBUTION: _distribution,
    Kind.OVER_TIME: _over_time,
    Kind.MATRIX: _matrix,
    Kind.MOVEMENT: _movement,
    Kind.REVENUE: _revenue,
    Kind.PEAK: _peak,
    Kind.GROWTH: _growth,
    Kind.STUCK: _stuck,
    Kind.GHOSTS: _ghosts,
}
