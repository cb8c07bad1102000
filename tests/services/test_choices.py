"""The lists that the office manages: on record like everything else, and taken back one by one."""

import pytest

from statusdesk.domain.choices import AT_FIRST, ChoiceList
from statusdesk.domain.phrases import describe
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store

TYPES, SOURCES, REASONS = ChoiceList.ACCOUNT_TYPE, ChoiceList.LEAD_SOURCE, ChoiceList.DISCONNECT_REASON


def test_a_new_office_has_sources_and_reasons_to_begin_with(store: Store) -> None:
    assert store.choices.all() == {which: AT_FIRST.get(which, ()) for which in ChoiceList}
    assert "Campaign" in store.choices.names(SOURCES)


def test_lists_are_set_together_and_taken_back(desk: Desk, store: Store) -> None:
    before = store.choices.all()
    done = desk.set_choices({TYPES: [" Home ", "", "home", "Shop"], SOURCES: ["Radio"]})
    assert store.choices.names(TYPES) == ("Home", "Shop")
    assert store.choices.names(SOURCES) == ("Radio",)
    assert done.change_set is not None
    kept = store.journal.get(done.change_set)
    assert kept is not None
    assert describe(kept) == "Changed lists: Account types, Lead sources"
    desk.undo()
    assert store.choices.all() == before
    desk.redo()
    assert store.choices.names(SOURCES) == ("Radio",)
    desk.undo()
    assert store.choices.all() == before


def test_taking_back_leaves_lists_that_were_changed_since(desk: Desk, store: Store) -> None:
    first = desk.set_choices({TYPES: ["Home"], REASONS: ["Moved away"]})
    desk.set_choices({TYPES: ["Home", "Farm"]})
    desk.undo(first.change_set)
    assert store.choices.names(TYPES) == ("Home", "Farm")
    assert store.choices.names(REASONS) == AT_FIRST[REASONS]


@pytest.mark.parametrize("dry_run", [False, True])
def test_nothing_is_kept_of_a_look_or_of_no_change(desk: Desk, store: Store, dry_run: bool) -> None:
    names = ["Other"] if dry_run else store.choices.names(REASONS)
    outcome = desk.set_choices({REASONS: names}, dry_run=dry_run)
    assert outcome.change_set is None
    assert store.choices.names(REASONS) == AT_FIRST[REASONS]
