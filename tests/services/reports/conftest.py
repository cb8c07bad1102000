"""Reports are of days: here the database itself is made by the clock that the test turns."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from statusdesk.store.store import Store
from tests.conftest import Clock


@pytest.fixture
def store(database: Path, clock: Clock) -> Iterator[Store]:
    """Return the store of a database made as the clock starts, with days of UTC."""
    store = Store(database, clock=clock)
    yield store
    store.close()
