"""Whether what the reports say of the time to come is what journal and plans say."""

from __future__ import annotations

from fractions import Fraction
from statistics import median_low
from typing import TYPE_CHECKING

from statusdesk.services.reports import basis
from tests.services.reports.outlook import DAY, Outlook, Weeks, share_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from statusdesk.domain.scopes import Scope
    from statusdesk.services.reports.ahead import Ahead
    from statusdesk.services.reports.ghosts import Ghosts
    from statusdesk.services.reports.growth import Growth
    from statusdesk.services.reports.over_time import OverTime
    from statusdesk.services.reports.revenue import Revenue, Week
    from tests.services.reports.reference import Book


def same_ahead(found: Ahead, outlook: Outlook, on: str) -> None:
    shown = {line.status.id: (line.accounts, line.charge) for line in found.distribution.statuses}
    assert {status: pair for status, pair in shown.items() if pair[0]} == outlook.tally(on)
    reasons = [why for _, why in outlook.expected(on).values()]
    assert (found.installs, found.planned) == (reasons.count(False), reasons.count(True))
    active = {n for n, (status, _) in outlook.expected(on).items() if outlook.activates(status)}
    assert found.distribution.active == len(active)
    assert found.distribution.revenue == sum(outlook.people[n].charge for n in active)


def same_course(found: OverTime, outlook: Outlook, book: Book, scope: Scope) -> None:
    for place, period in enumerate(found.periods):
        day = period.last_day
        known = day <= outlook.today
        expected = book.end_of(day).tally(scope).get("", {}) if known else outlook.tally(day)
        column = {line.status.id: (line.accounts[place], line.charge[place]) for line in found.statuses}
        assert {k: v for k, v in column.items() if v[0]} == expected
        if not known:
            active = [pair for status, pair in expected.items() if outlook.activates(status)]
            sums = sum(accounts for accounts, _ in active), sum(charge for _, charge in active)
            assert (found.active[place], found.revenue[place]) == sums


def pairs(weeks: Iterable[Week]) -> Weeks:
    return {week.week: (week.accounts, week.charge) for week in weeks}


def same_revenue(found: Revenue, outlook: Outlook) -> None:
    active = [person for person in outlook.people.values() if outlook.activates(person.status)]
    assert (found.active, found.current) == (len(active), sum(person.charge for person in active))
    parts = outlook.installs(), outlook.planned(starts=True), outlook.planned(starts=False)
    assert (pairs(found.pending), pairs(found.starts), pairs(found.stops)) == parts
    installs, starts, stops = (sum(charge for _, charge in part.values()) for part in parts)
    assert found.committed == found.current + installs + starts - stops
    waits = outlook.waits_ended()
    delays = [delay for activated, delay in waits if activated]
    delay = round(median_low(delays) / DAY) if delays else None
    assert (found.basis.ended, found.basis.activated, found.basis.delay_days) == (len(waits), len(delays), delay)
    if len(waits) < basis.MIN_CASES or not delays:
        assert (found.expected, found.expected_installs) == (None, None)
        return
    share, likely = Fraction(len(delays), len(waits)), outlook.likely(delay or 0)
    weeks = pairs(found.expected_installs or ())
    assert weeks.keys() == likely.keys()
    assert tuple(map(sum, zip(*weeks.values(), strict=True))) in (share_of(likely, share), ())
    for week, counted in weeks.items():
        assert all(abs(n - whole * share) <= 1 for n, whole in zip(counted, likely[week], strict=True))
    assert found.expected == found.committed - installs + share_of(likely, share)[1]


def same_growth(found: Growth, outlook: Outlook) -> None:
    assert pairs(found.installs) == outlook.installs()
    assert pairs(found.starts) == outlook.planned(starts=True)
    assert pairs(found.stops) == outlook.planned(starts=False)


def same_ghosts(found: Ghosts, outlook: Outlook) -> None:
    expected = outlook.leftovers()
    shown = {
        line.status.id: (line.accounts, line.with_radius_user, line.with_ip_addresses) for line in found.leftovers
    }
    assert shown == {
        status: (
            sum(n for (one, _, _), n in expected.items() if one == status),
            sum(n for (one, user, _), n in expected.items() if one == status and user),
            sum(n for (one, _, address), n in expected.items() if one == status and address),
        )
        for status, _, _ in expected
    }
    assert {line.status.id: line.accounts for line in found.free} == outlook.free()
