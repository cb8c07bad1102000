"""What every test may ask for: a clock to turn, stores in temporary files, and people at their desks.

Nothing here imports Qt: the floors below the window are tested without it.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, Protocol

import pytest
from hypothesis import HealthCheck, settings

from statusdesk.domain.places import Place, Server
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store
from tests.homes import Homes, in_files, on
from tests.servers import ThrowAwayServer, find_binaries

settings.register_profile(
    "thorough",
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("quick", settings.get_profile("thorough"), max_examples=10)
settings.register_profile(
    "long", settings.get_profile("thorough"), max_examples=300, stateful_step_count=60, derandomize=False
)


def pytest_configure(config: pytest.Config) -> None:
    """Try fewer examples where the slow tests are left out as well."""
    settings.load_profile("quick" if config.getoption("markexpr") == "not slow" else "thorough")


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
        self, path: Place, mode: Literal["read", "write"] = "write", *, currency: str = ..., time_zone: str = ...
    ) -> Store: ...


SERVED = ("tests/store", "tests/services")
"""Where every test that asks for a store runs on both engines, unless it is marked with `files`."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let tests of the floors below the window run on a file and on a server."""
    module = metafunc.module.__name__.replace(".", "/")
    alone = metafunc.definition.get_closest_marker("files") is not None
    if "engine" in metafunc.fixturenames and module.startswith(SERVED) and not alone:
        server = pytest.param("server", marks=pytest.mark.slow)
        metafunc.parametrize("engine", ["file", server], indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[ThrowAwayServer]:
    """Start a PostgreSQL that nobody keeps."""
    binaries = find_binaries()
    if binaries is None:
        why = "PostgreSQL is not installed here: apt-get install postgresql"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)
    server = ThrowAwayServer(binaries)
    yield server
    server.remove()


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """Return which engine keeps this test's database: "file" or "server"."""
    return str(getattr(request, "param", "file"))


@pytest.fixture
def clock() -> Clock:
    """Return a clock that shows noon, UTC, of 10 March 2026."""
    return Clock()


@pytest.fixture
def homes(engine: str, request: pytest.FixtureRequest) -> Homes:
    """Return what lends new databases, for tests that need many."""
    return in_files if engine == "file" else on(request.getfixturevalue("postgres"))


@pytest.fixture
def database(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Return where this test's database is, which `store` makes: a path, or a place on a server."""
    if engine == "file":
        yield tmp_path / "desk.statusdesk"
        return
    postgres: ThrowAwayServer = request.getfixturevalue("postgres")
    server = postgres.lend()
    yield server
    postgres.give_back(server)


@pytest.fixture
def open_store(clock: Clock, engine: str, request: pytest.FixtureRequest) -> Iterator[OpensStores]:
    """Return what opens stores, by path, mode, currency and time zone, and closes them all in the end.

    A new database is made when `clock` says.
    """
    opened: list[Store] = []
    postgres: ThrowAwayServer | None = None if engine == "file" else request.getfixturevalue("postgres")

    def opens(
        path: Place,
        mode: Literal["read", "write"] = "write",
        *,
        currency: str = "EUR",
        time_zone: str = "UTC",
    ) -> Store:
        if isinstance(path, Server) and postgres and all(store.info.place != path for store in opened):
            postgres.furnish(path, currency=currency, time_zone=time_zone, at=clock())
        store = Store(path, mode, currency=currency, time_zone=time_zone, clock=clock)
        opened.append(store)
        return store

    yield opens
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpensStores, database: Place) -> Store:
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
