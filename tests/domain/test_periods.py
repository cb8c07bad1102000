"""Periods of a report cover its days without a gap, and break where weeks and months do."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from statusdesk.domain.periods import Step, months, next_day, periods, week_of, weeks_on

DAYS = st.dates(date(1999, 12, 1), date(2032, 1, 31)).map(date.isoformat)


@given(DAYS, st.integers(0, 500), st.sampled_from(Step))
def test_they_follow_each_other(first: str, length: int, step: Step) -> None:
    last = date.fromordinal(date.fromisoformat(first).toordinal() + length).isoformat()
    found = periods(first, last, step)
    assert (found[0].first_day, found[-1].last_day) == (first, last)
    for before, after in pairwise(found):
        assert next_day(before.last_day) == after.first_day
        assert before.name != after.name
        assert after.first_day == {Step.MONTH: f"{after.name}-01"}.get(step, after.name)


def test_no_days_no_periods() -> None:
    assert periods("2026-03-02", "2026-03-01", Step.DAY) == []


def test_weeks_begin_on_mondays_and_months_roll_over() -> None:
    assert week_of("2027-01-03") == "2026-12-28"
    assert weeks_on("2026-12-28", -1) == "2026-12-21"
    assert months("2026-11", "2027-02") == ["2026-11", "2026-12", "2027-01", "2027-02"]
