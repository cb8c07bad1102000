"""Each report as flat records whose keys have the names that commands, files and tables use.

What a command prints, what a file holds and what a table beside a chart shows all come from here. Shares and rates
are percentages; amounts have the digits of the currency; weeks are named by their Mondays.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from statusdesk.domain.instants import iso
from statusdesk.services.records_out import Record, amount
from statusdesk.services.reports.crossings import Crossing
from statusdesk.services.reports.matrix import Absence
from statusdesk.services.reports.peak import room
from statusdesk.services.reports.stuck import DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from fractions import Fraction

    from statusdesk.domain.records import DatabaseInfo, Status
    from statusdesk.domain.scopes import Dimension, Part, Report
    from statusdesk.services.reports.distribution import Distribution
    from statusdesk.services.reports.ghosts import Ghosts
    from statusdesk.services.reports.growth import Growth
    from statusdesk.services.reports.matrix import End, Matrix
    from statusdesk.services.reports.movement import PeriodMovement
    from statusdesk.services.reports.over_time import OverTime
    from statusdesk.services.reports.revenue import Revenue, Week
    from statusdesk.services.reports.stuck import Stuck
    from statusdesk.store.report_peaks import MonthPeak


EXPECTED = "expected: installs and planned changes due by then carried out"
"""What periods to come rest on."""


def split_records(
    split: Dimension, parts: Iterable[Part[Report]], records: Callable[[Report], list[Record]]
) -> list[Record]:
    """Return the records of a split report, each with the value of the field by which it is split in front."""
    return [{split.value: part.value, **record} for part in parts for record in records(part.report)]


def distribution_records(report: Distribution, currency: str, *, rests_on: str = "") -> list[Record]:
    """Return one record for each status; `rests_on` says what expected numbers rest on."""
    return [
        {
            "name": line.status.name,
            "stage": line.status.stage.label,
            "activates": line.status.activates,
            "accounts": line.accounts,
            "share": percentage(line.share),
            "monthly_charge": amount(line.charge, currency),
            **_expected(rests_on),
        }
        for line in report.statuses
    ]


def stage_records(report: Distribution, currency: str, *, rests_on: str = "") -> list[Record]:
    """Return one record for each stage of a distribution."""
    return [
        {
            "name": line.stage.label,
            "accounts": line.accounts,
            "share": percentage(line.share),
            "monthly_charge": amount(line.charge, currency),
            **_expected(rests_on),
        }
        for line in report.stages
    ]


def _expected(rests_on: str) -> Record:
    return {"rests_on": rests_on} if rests_on else {}


def over_time_records(report: OverTime, currency: str) -> list[Record]:
    """Return one record for each period and status, and none where a status had no accounts."""
    known = len(report.periods) - report.expected
    return [
        {
            "period": period.name,
            "last_day": period.last_day,
            "status": line.status.name,
            "stage": line.status.stage.label,
            "accounts": line.accounts[place],
            "monthly_charge": amount(line.charge[place], currency),
            **({"rests_on": EXPECTED if place >= known else ""} if report.expected else {}),
        }
        for place, period in enumerate(report.periods)
        for line in report.statuses
        if line.accounts[place] or line.charge[place]
    ]


def matrix_records(report: Matrix, currency: str) -> list[Record]:
    """Return one record for each cell that has accounts, in people's order of statuses."""
    old, new = report.old_statuses, report.new_statuses
    cells = sorted(report.cells, key=lambda cell: (_rank(cell.old, old), _rank(cell.new, new)))
    return [
        {
            "from": _end(cell.old, old, "(new)"),
            "to": _end(cell.new, new, "(vanished)"),
            "accounts": cell.accounts,
            "old_monthly_charge": amount(cell.old_charge, currency),
            "new_monthly_charge": amount(cell.new_charge, currency),
        }
        for cell in cells
    ]


def _rank(end: End, statuses: Sequence[Status]) -> int:
    places = [status.id for status in statuses]
    return len(places) + list(Absence).index(end) if isinstance(end, Absence) else places.index(end)


def _end(end: End, statuses: Sequence[Status], missing: str) -> str:
    if isinstance(end, Absence):
        return missing if end is Absence.MISSING else "(elsewhere)"
    return next(status.name for status in statuses if status.id == end)


def movement_records(report: Iterable[PeriodMovement], currency: str) -> list[Record]:
    """Return one record for each period."""
    return [_movement(period, currency) for period in report]


def _movement(movement: PeriodMovement, currency: str) -> Record:
    record: Record = {
        "period": movement.period.name,
        "first_day": movement.period.first_day,
        "last_day": movement.period.last_day,
        "active_before": movement.active_before,
        "revenue_before": amount(movement.revenue_before, currency),
    }
    for crossing in Crossing:
        line = movement.line(crossing)
        record[crossing.value] = line.accounts
        record[f"{crossing.value}_charge"] = amount(line.charge, currency)
    return {
        **record,
        "charge_changes": amount(movement.charge_changes, currency),
        "active_after": movement.active_after,
        "revenue_after": amount(movement.revenue_after, currency),
        "churn": _rate(movement.churn),
        "revenue_churn": _rate(movement.revenue_churn),
    }


def reason_records(report: Iterable[PeriodMovement], currency: str) -> list[Record]:
    """Return one record for each period, way of crossing, and reason."""
    return [
        {
            "period": movement.period.name,
            "movement": crossing.value,
            "reason": reason.reason,
            "accounts": reason.accounts,
            "monthly_charge": amount(reason.charge, currency),
        }
        for movement in report
        for crossing in Crossing
        for reason in movement.line(crossing).reasons
    ]


def revenue_records(report: Revenue, currency: str) -> list[Record]:
    """Return one record for each part and week; planned stops are negative, `expected` empty without basis."""
    basis = report.basis
    rests_on = f"{basis.activated} of {basis.ended} pending installs that ended were activated"
    return [
        _part("current", report.active, report.current, currency),
        *_weeks("pending", report.pending, currency),
        *_weeks("planned_start", report.starts, currency),
        *_weeks("planned_stop", report.stops, currency, sign=-1),
        _part("committed", None, report.committed, currency),
        *_weeks("expected_install", report.expected_installs or (), currency),
        _part("expected", None, report.expected, currency, rests_on=rests_on),
    ]


def _weeks(part: str, weeks: Iterable[Week], currency: str, *, sign: int = 1) -> list[Record]:
    return [_part(part, sign * week.accounts, sign * week.charge, currency, week=week.week) for week in weeks]


def _part(
    part: str, accounts: int | None, charge: int | None, currency: str, *, week: str = "", rests_on: str = ""
) -> Record:
    return {
        "part": part,
        "week": week,
        "accounts": accounts,
        "monthly_charge": None if charge is None else amount(charge, currency),
        "rests_on": rests_on,
    }


def peak_records(report: Iterable[MonthPeak], info: DatabaseInfo, limit: int | None = None) -> list[Record]:
    """Return one record for each month; `reached_at` is empty where the month began with its peak."""
    return [
        {
            "month": peak.month,
            "accounts": peak.accounts,
            "reached_at": "" if peak.reached_at is None else iso(peak.reached_at, info.time_zone),
            "change_set": peak.change_set_id,
            "limit": limit,
            "room": room(peak, limit),
        }
        for peak in report
    ]


def growth_records(report: Growth, currency: str) -> list[Record]:
    """Return one record for each past week, and for each week's installs, planned starts and planned stops."""
    past = [
        {
            **_growth("past", week.week, week.expected, week.expected_charge, currency),
            "came_true": week.came_true,
            "came_true_charge": amount(week.came_true_charge, currency),
        }
        for week in report.past
    ]
    coming = [
        _growth(part, week.week, sign * week.accounts, sign * week.charge, currency)
        for part, weeks, sign in (
            ("install", report.installs, 1),
            ("planned_start", report.starts, 1),
            ("planned_stop", report.stops, -1),
        )
        for week in weeks
    ]
    return past + coming


def _growth(part: str, week: str, accounts: int, charge: int, currency: str) -> Record:
    return {
        "part": part,
        "week": week,
        "expected": accounts,
        "expected_charge": amount(charge, currency),
        "came_true": None,
        "came_true_charge": None,
    }


def stuck_records(report: Iterable[Stuck], info: DatabaseInfo) -> list[Record]:
    """Return one record for each watched status; `limit_days` is empty where its past has too few cases."""
    return [
        {
            "status": line.status.name,
            "stage": line.status.stage.label,
            "limit_days": None if line.limit is None else round(Decimal(line.limit) / DAY, 1),
            "set_by_office": line.set_by_office,
            "finished_stays": line.cases,
            "accounts": line.accounts,
            "longest_since": "" if line.since is None else iso(line.since, info.time_zone),
        }
        for line in report
    ]


def ghost_records(report: Ghosts) -> list[Record]:
    """Return one record for each kind of ghosts and status."""
    leftovers: list[Record] = [
        {
            "kind": "leftover",
            "status": line.status.name,
            "accounts": line.accounts,
            "with_radius_user": line.with_radius_user,
            "with_ip_addresses": line.with_ip_addresses,
        }
        for line in report.leftovers
    ]
    free: list[Record] = [
        {
            "kind": "no_charge",
            "status": line.status.name,
            "accounts": line.accounts,
            "with_radius_user": None,
            "with_ip_addresses": None,
        }
        for line in report.free
    ]
    return leftovers + free


def percentage(tenths: int) -> Decimal:
    """Return tenths of a percent as a percentage with one digit: 734 becomes 73.4."""
    return Decimal(tenths).scaleb(-1)


def _rate(rate: Fraction | None) -> Decimal | None:
    """Return a rate as a percentage with two digits."""
    return None if rate is None else round(Decimal(100 * rate.numerator) / rate.denominator, 2)
