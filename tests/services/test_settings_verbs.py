"""Limits of reports: on record like everything else, and taken back one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from statusdesk.domain.errors import BadValue
from statusdesk.domain.phrases import describe
from statusdesk.services.settings_verbs import Limits, limits, set_limits

if TYPE_CHECKING:
    from pathlib import Path

    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Store
    from tests.conftest import OpensStores


def test_limits_stay_and_are_taken_back(desk: Desk, store: Store, open_store: OpensStores, database: Path) -> None:
    assert limits(store) == Limits()
    first = set_limits(desk, Limits(1_500, {1: 30}))
    assert first.change_set is not None
    change_set = store.journal.get(first.change_set)
    assert change_set is not None
    assert describe(change_set) == "Changed the limits of reports"
    set_limits(desk, Limits(1_500, {1: 60, 2: 5}))
    assert limits(open_store(database, "read")) == Limits(1_500, {1: 60, 2: 5})
    desk.undo()
    assert limits(store) == Limits(1_500, {1: 30})
    desk.redo()
    assert limits(store) == Limits(1_500, {1: 60, 2: 5})
    desk.undo(first.change_set)
    assert limits(store) == Limits(None, {1: 60, 2: 5}), "what was changed since stays"
    assert store.info.currency == "EUR"


def test_the_same_limits_write_nothing_and_none_below_one_are_taken(desk: Desk) -> None:
    set_limits(desk, Limits(10))
    again = set_limits(desk, Limits(10))
    assert (again.change_set, again.already) == (None, 1)
    for wrong in (Limits(0), Limits(None, {1: 0})):
        with pytest.raises(BadValue):
            set_limits(desk, wrong)
