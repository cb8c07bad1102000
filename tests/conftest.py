"""What every test may ask for: a clock to turn, stores in temporary files, and people at their desks.

Nothing here imports Qt: the floors below the window are tested without it.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, Protocol

import pytest
from hypothesis import HealthCheck, settings

from statusdesk.services.desk import Desk
from statusdesk.store.store import Store

settings.register_profile(
    "quick",
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile(
    "long", settings.get_profile("quick"), max_examples=300, stateful_step_count=60, derandomize=False
)
settings.load_profile("quick")


class Clock:
    """A clock that stands still until it is turned; it may be turned back, as real ones are."""

    def __init__(self, start: datetime = datetime(2026, 3, 10, 12, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> int:
        """Return UTC milliseconds, as the store keeps them."""
        return (self.now - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)

    def turn(self, *, days: float = 0, hours: float = 0, milliseconds: int = 0) -> int:
        """Move the hands forward, or back by negative numbers; return the new instant."""
        self.now += timedelta(days=days, hours=hours, milliseconds=milliseconds)
        return self()


class OpensStores(Protocol):
    """Opens a store that is closed when the test ends."""

    def __call__(
        self, path: Path, mode: Literal["read", "write"] = "write", *, currency: str = ..., time_zone: str = ...
    ) -> Store: ...


@pytest.fixture
def clock() -> Clock:
    """Return a clock that shows noon, UTC, of 10 March 2026."""
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return the path of this test's database, which `store` makes."""
    return tmp_path / "desk.statusdesk"


@pytest.fixture
def open_store(clock: Clock) -> Iterator[OpensStores]:
    """Return what opens stores, by path, mode, currency and time zone, and closes them all in the end.

    A new database is made when `clock` says.
    """
    opened: list[Store] = []

    def opens(
        path: Path,
        mode: Literal["read", "write"] = "write",
        *,
        currency: str = "EUR",
        time_zone: str = "UTC",
    ) -> Store:
        store = Store(path, mode, currency=currency, time_zone=time_zone, clock=clock)
        opened.append(store)
        return store

    yield opens
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpensStores, database: Path) -> Store:
    """Return a new database's store: euros, days of UTC, and the three built-in statuses."""
    return open_store(database)


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    """Return anna's desk at `store`, by `clock`."""
    return Desk(store, author="anna", clock=clock)


@pytest.fixture
def desk_of(store: Store, clock: Clock) -> Callable[[str], Desk]:
    """Return what gives a desk at the same store to somebody else."""
    return lambda author: Desk(store, author=author, clock=clock)
