"""The sentences below a report: what days it is of, and what its figures rest on.

All of it in English, as templates with facts: commands and files say them so, the window translates them first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from statusdesk.services.report_requests import Kind
from statusdesk.services.report_words import some_expected
from statusdesk.services.reports import basis, records, stuck
from statusdesk.services.reports.ahead import Ahead
from statusdesk.services.reports.peak import room

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from statusdesk.services.records_out import Value
    from statusdesk.services.report_requests import Answer


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence with places for facts: counts as int, amounts and percentages as Decimal, days as ISO texts."""

    sentence: str
    facts: Mapping[str, Value] = field(default_factory=dict)


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
    report = next((part.report for part in answer.parts if some_expected(part.report)), None)
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
