"""The rule of automatic backups: the last days, weeks and months each keep their newest one."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from statusdesk.domain.keeping import DAILY, MONTHLY, WEEKLY, is_due, kept

HOUR = 3_600_000
NOW = int(datetime(2026, 11, 24, 18, tzinfo=UTC).timestamp()) * 1000


@given(st.sets(st.integers(-30, 24 * 900), max_size=60))
def test_the_newest_of_each_period_stay(hours: set[int]) -> None:
    instants = [NOW - hour * HOUR for hour in hours]
    stay = kept(instants, at=NOW)
    past = sorted((instant for instant in instants if instant <= NOW), reverse=True)
    assert {instant for instant in instants if instant > NOW} <= stay <= set(instants)
    assert len(stay & set(past)) <= DAILY + WEEKLY + MONTHLY
    for spelled, most in (("%Y-%m-%d", DAILY), ("%G-%V", WEEKLY), ("%Y-%m", MONTHLY)):
        newest: dict[str, int] = {}
        for instant in past:
            newest.setdefault(datetime.fromtimestamp(instant / 1000, UTC).strftime(spelled), instant)
        assert set(list(newest.values())[:most]) <= stay


def test_a_year_of_daily_backups_comes_down_to_a_few() -> None:
    present: set[int] = set()
    for day in range(400):
        at = NOW + day * 24 * HOUR
        assert is_due(present, at=at)
        present.add(at)
        present = kept(present, at=at)
        assert not is_due(present, at=at + HOUR)
    assert len(present) == 20
    oldest = datetime.fromtimestamp(min(present) / 1000, UTC)
    assert timedelta(300) < datetime.fromtimestamp(max(present) / 1000, UTC) - oldest < timedelta(400)
