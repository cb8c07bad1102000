"""The one rule of planned changes, and their local times through summer and winter."""

import pytest

from statusdesk.domain.errors import BadValue
from statusdesk.domain.instants import iso, local_text
from statusdesk.domain.plans import (
    Flag,
    PlanKind,
    Standing,
    Wish,
    anniversary,
    due_instant,
    fulfilled,
    next_anniversary,
    obstacle,
    obstacles,
)
from statusdesk.domain.records import Stage, Status

ZONE = "Europe/Berlin"
ACTIVE, AWAY, GONE, RETIRED, DELETED = range(1, 6)


def _status(status_id: int, *, retired: bool = False, deleted: bool = False) -> Status:
    return Status(
        status_id, str(status_id), False, "circle", "#111111", Stage.PAUSED, False, "", 1, retired, deleted
    )


STATUSES = {
    **{status_id: _status(status_id) for status_id in (ACTIVE, AWAY, GONE)},
    RETIRED: _status(RETIRED, retired=True),
    DELETED: _status(DELETED, deleted=True),
}
LEAVE = Wish(1, PlanKind.LEAVE, AWAY, ACTIVE, charge=500)
RETURN = Wish(2, PlanKind.RETURN, ACTIVE, AWAY)


@pytest.mark.parametrize(
    ("wish", "standing", "flag"),
    [
        (LEAVE, Standing(ACTIVE, 900), None),
        (LEAVE, Standing(GONE, 900), Flag.MOVED),
        (LEAVE, Standing(None, 900), Flag.CLOSED),
        (LEAVE, Standing(AWAY, 500), None),
        (LEAVE, Standing(AWAY, 900), Flag.MOVED),
        (RETURN, Standing(ACTIVE, 900), None),
        (Wish(3, PlanKind.CHANGE, RETIRED, ACTIVE), Standing(ACTIVE, 0), Flag.RETIRED),
        (Wish(3, PlanKind.CHANGE, RETIRED, ACTIVE), Standing(RETIRED, 0), None),
        (Wish(3, PlanKind.CHANGE, DELETED, ACTIVE), Standing(ACTIVE, 0), Flag.DELETED),
        (Wish(2, PlanKind.RETURN, ACTIVE, AWAY, charge=900, away_charge=500), Standing(AWAY, 500), None),
        (Wish(2, PlanKind.RETURN, ACTIVE, AWAY, charge=900, away_charge=500), Standing(AWAY, 700), Flag.CHARGED),
    ],
)
def test_what_stands_in_the_way(wish: Wish, standing: Standing, flag: Flag | None) -> None:
    assert obstacle(wish, standing, STATUSES) is flag


def test_plans_of_one_account_follow_each_other() -> None:
    assert obstacles([LEAVE, RETURN], Standing(ACTIVE, 900), STATUSES) == {}
    assert obstacles([LEAVE, RETURN], Standing(GONE, 900), STATUSES) == {1: Flag.MOVED, 2: Flag.MOVED}
    assert fulfilled(RETURN, Standing(ACTIVE, 900))
    assert not fulfilled(LEAVE, Standing(AWAY, 900))


@pytest.mark.parametrize(
    ("day", "time", "instant"),
    [
        ("2026-12-01", "08:00", "2026-12-01T07:00"),
        ("2026-07-01", "08:00", "2026-07-01T06:00"),
        ("2026-03-29", "02:30", "2026-03-29T01:30"),
        ("2026-10-25", "02:30", "2026-10-25T00:30"),
        ("2026-10-25", "03:00", "2026-10-25T02:00"),
    ],
)
def test_local_times_become_instants_also_where_clocks_change(day: str, time: str, instant: str) -> None:
    assert iso(due_instant(day, time, ZONE))[:16] == instant


def test_what_is_no_local_time_is_refused() -> None:
    for day, time in (("2026-02-30", "08:00"), ("2026-02-03", "25:00"), ("2026-02-03T08:00", "08:00"), ("", "")):
        with pytest.raises(BadValue):
            due_instant(day, time, ZONE)


def test_every_year_keeps_the_local_time_and_the_last_of_february() -> None:
    first = due_instant("2028-02-29", "08:00", ZONE)
    assert anniversary(first, ZONE) == "02-29T08:00"
    years = []
    for _ in range(4):
        first = next_anniversary("02-29T08:00", first, ZONE)
        years.append(local_text(first, ZONE))
    assert years == ["2029-02-28 08:00", "2030-02-28 08:00", "2031-02-28 08:00", "2032-02-29 08:00"]
    autumn = due_instant("2026-10-24", "08:00", ZONE)
    assert local_text(next_anniversary(anniversary(autumn, ZONE), autumn, ZONE), ZONE) == "2027-10-24 08:00"
    assert next_anniversary("10-24T08:00", autumn - 1, ZONE) == autumn
