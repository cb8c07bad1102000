"""New databases for tests that need many of them, as state machines do: in files, or on a server."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol
from unittest import mock

from hypothesis import Phase
from hypothesis.stateful import run_state_machine_as_test

from statusdesk.domain.places import Place
from tests.servers import ThrowAwayServer


class Homes(Protocol):
    """Lends the place of a new database, made at an instant for days of a time zone."""

    def __call__(self, at: int, time_zone: str, /) -> AbstractContextManager[Place]: ...


@contextmanager
def in_files(_at: int, _time_zone: str) -> Iterator[Place]:
    """Lend a path; the file is made when it is opened."""
    with TemporaryDirectory() as folder:
        yield Path(folder) / "a.statusdesk"


def run_in(homes: Homes, machine: Any) -> None:
    """Run a state machine with databases from there; its class has `homes`. Fewer where each costs more."""
    settings: Any = machine.TestCase.settings
    few = {"max_examples": 1 + settings.max_examples // 5, "phases": (Phase.explicit, Phase.generate)}
    chosen = settings if homes is in_files else type(settings)(settings, **few)
    with mock.patch.object(machine, "homes", staticmethod(homes)):
        run_state_machine_as_test(machine, settings=chosen)


def on(postgres: ThrowAwayServer) -> Homes:
    """Return what lends databases on a server."""

    @contextmanager
    def lend(at: int, time_zone: str) -> Iterator[Place]:
        server = postgres.lend()
        postgres.furnish(server, currency="EUR", time_zone=time_zone, at=at)
        yield server
        postgres.give_back(server)

    return lend
