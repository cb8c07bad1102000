"""Ending, installing, and what came of leads and of those who left: one change set each, undone whole."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.errors import (
    BadValue,
    ChoiceMissing,
    NotForEnding,
    NotForFailed,
    NotForInstalled,
    NotOffered,
    NotWaiting,
)
from statusdesk.domain.records import Account, AccountFields, Stage
from statusdesk.domain.worklists import InstallView, WinbackView
from statusdesk.services import ending, field_verbs, installs, tallies, worklists
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.services.office import office_settings, set_office
from statusdesk.store.store import Store
from tests.conftest import Clock

LEAD, ACTIVE, INACTIVE = 1, 2, 3


def status(desk: Desk, name: str, colour: str, stage: Stage, *, winback: bool = False) -> int:
    made = desk.create_status(
        {"name": name, "shape": "ring", "colour": colour, "stage": stage, "winback": winback}
    ).status_id
    assert made is not None
    return made


@pytest.fixture
def pending(desk: Desk) -> int:
    return status(desk, "Pending", "#8C6D1F", Stage.ONBOARDING)


@pytest.fixture
def failed(desk: Desk) -> int:
    return status(desk, "Failed", "#D55E00", Stage.ONBOARDING)


def person(desk: Desk, status_id: int, fields: AccountFields | None = None) -> AccountIds:
    """Add an account of 10.00 a month and return it."""
    number = f"{int(desk.store.db.value('SELECT count(*) FROM account')):03}"
    values: AccountFields = {"number": number, "status_id": status_id, "monthly_charge": 1_000, **(fields or {})}
    made = desk.create_account(values).account_id
    assert made is not None
    return AccountIds((made,))


def look(store: Store, who: AccountIds) -> Account:
    found = store.accounts.get(who.ids[0])
    assert found is not None
    return found


def books(store: Store) -> list[Account]:
    return list(store.accounts.each(Matching()))


def test_disconnecting_ends_notes_why_and_is_one_step(desk: Desk, store: Store) -> None:
    who = AccountIds((*person(desk, ACTIVE).ids, *person(desk, INACTIVE).ids, *person(desk, LEAD).ids))
    before = books(store)
    trial = ending.disconnect(desk, who, reason=" price", dry_run=True)
    assert books(store) == before
    done = ending.disconnect(desk, who, reason=" price")
    assert done.consequences == trial.consequences
    assert done.consequences is not None
    assert (done.changed, done.consequences.stops_billing, done.consequences.revenue_change) == (3, 1, -1_000)
    assert {(each.status_id, each.disconnect_reason) for each in books(store)} == {(INACTIVE, "Price")}
    again = ending.disconnect(desk, who, reason="Price")
    assert (again.change_set, again.already) == (None, 3)
    assert done.change_set is not None
    kept = store.journal.get(done.change_set)
    assert kept is not None
    assert kept.reason == "Price"
    desk.undo()
    assert books(store) == before
    desk.redo()
    assert {each.disconnect_reason for each in books(store)} == {"Price"}
    assert check(store).findings == ()


def test_a_plan_of_somebody_who_ends_becomes_pointless_and_the_card_says_so(desk: Desk, clock: Clock) -> None:
    who = person(desk, ACTIVE)
    desk.plan_change(who, LEAD, clock() + 86_400_000)
    tried = ending.disconnect(desk, who, reason="Price", dry_run=True)
    assert tried.consequences is not None
    assert tried.consequences.pointless == 1


def test_a_reason_is_needed_as_the_office_wants_it_and_may_come_later(desk: Desk, store: Store) -> None:
    who = person(desk, ACTIVE)
    with pytest.raises(ChoiceMissing, match="Moved away"):
        ending.disconnect(desk, who, reason="  ")
    with pytest.raises(NotOffered, match="Manage lists"):
        ending.disconnect(desk, who, reason="Bad luck")
    with pytest.raises(NotForEnding):
        ending.disconnect(desk, who, reason="Price", status_id=LEAD)
    set_office(desk, replace(office_settings(store), reason_needed=False))
    ending.disconnect(desk, who, reason="")
    assert look(store, who).disconnect_reason == ""
    filled = field_verbs.set_field(desk, who, {"disconnect_reason": "Price"})
    assert (filled.changed, look(store, who).disconnect_reason) == (1, "Price")
    assert field_verbs.set_field(desk, who, {"disconnect_reason": "Price"}).change_set is None
    desk.undo()
    assert look(store, who).disconnect_reason == ""


def test_settings_are_kept_taken_back_and_give_way_to_what_is_fit(desk: Desk, store: Store, failed: int) -> None:
    first = office_settings(store)
    assert (first.disconnect_status, first.installed_status, first.failed_status) == (INACTIVE, ACTIVE, None)
    gone = status(desk, "Gone", "#123456", Stage.ENDED)
    wanted = replace(first, disconnect_status=gone, failed_status=failed, cooling_off=0, reason_needed=False)
    set_office(desk, wanted)
    assert office_settings(store) == wanted
    assert set_office(desk, wanted).change_set is None
    desk.retire_status(gone)
    assert office_settings(store) == replace(wanted, disconnect_status=INACTIVE)
    desk.undo()
    desk.undo()
    assert office_settings(store) == first
    with pytest.raises(BadValue):
        set_office(desk, replace(first, cooling_off=-1))


def test_an_installation_that_is_done_starts_billing(desk: Desk, store: Store, pending: int) -> None:
    who = person(desk, pending, {"install_on": "2026-03-02"})
    done = installs.done(desk, who)
    assert done.consequences is not None
    assert (done.consequences.starts_billing, done.consequences.revenue_change) == (1, 1_000)
    assert (look(store, who).status_id, look(store, who).install_on) == (ACTIVE, "2026-03-10")
    with pytest.raises(NotWaiting, match="000"):
        installs.done(desk, who)
    desk.undo()
    assert (look(store, who).status_id, look(store, who).install_on) == (pending, "2026-03-02")
    with pytest.raises(NotForInstalled):
        installs.done(desk, who, status_id=INACTIVE)


def test_a_failed_one_is_counted_with_its_reason_and_another_day(
    desk: Desk, store: Store, pending: int, failed: int
) -> None:
    who = person(desk, pending, {"install_on": "2026-03-10"})
    (waiting,) = worklists.installs(store)
    assert waiting.view("2026-03-10") is InstallView.TODAY
    installs.failed(desk, who, reason="weather", next_on="2026-03-12")
    account = look(store, who)
    assert (account.status_id, account.install_on, account.install_attempts) == (pending, "2026-03-12", 1)
    set_office(desk, replace(office_settings(store), failed_status=failed))
    installs.failed(desk, who, reason="No line of sight")
    account = look(store, who)
    assert (account.status_id, account.install_on, account.install_attempts) == (failed, "", 2)
    (waiting,) = worklists.installs(store)
    assert (waiting.view("2026-03-10"), waiting.reason) == (InstallView.FAILED, "No line of sight")
    installs.failed(desk, who, reason="Weather")
    assert look(store, who).install_attempts == 3
    desk.undo()
    assert look(store, who).install_attempts == 2
    with pytest.raises(ChoiceMissing):
        installs.failed(desk, who, reason="")
    with pytest.raises(NotForFailed):
        installs.failed(desk, who, reason="Weather", status_id=LEAD)
    assert check(store).findings == ()


@pytest.mark.parametrize(
    ("day", "view"),
    [
        ("", "undated"),
        ("2026-03-09", "overdue"),
        ("2026-03-10", "today"),
        ("2026-03-15", "week"),
        ("2026-03-16", "later"),
    ],
)
def test_installations_are_counted_where_they_are_listed(
    desk: Desk, store: Store, clock: Clock, pending: int, day: str, view: str
) -> None:
    person(desk, pending, {"install_on": day})
    assert [each.view("2026-03-10") for each in worklists.installs(store)] == [InstallView(view)]
    counts = worklists.install_counts(store, clock())
    assert {name: count for name, count in counts.items() if count} == {InstallView(view): 1}


def test_who_may_be_won_back_comes_by_what_was_lost(desk: Desk, store: Store, clock: Clock) -> None:
    out = status(desk, "Out of coverage", "#123456", Stage.ENDED)
    small, large, gone, never = (person(desk, ACTIVE) for _ in range(4))
    desk.edit_account(large.ids[0], {"monthly_charge": 9_900})
    desk.reassign(never, LEAD)
    never = person(desk, INACTIVE)
    ending.disconnect(desk, AccountIds((*small.ids, *large.ids)), reason="Price")
    desk.edit_account(large.ids[0], {"monthly_charge": 0})
    ending.disconnect(desk, gone, reason="Out of coverage", status_id=out)
    found = worklists.winbacks(store)
    assert [(each.account_id, each.lost) for each in found] == [
        (large.ids[0], 9_900),
        (small.ids[0], 1_000),
        (never.ids[0], None),
    ]
    cooled = worklists.cooled_before(store, clock())
    assert {each.view("2026-03-10", cooled) for each in found} == {WinbackView.COOLING}
    field_verbs.set_field(desk, large, {"next_contact_on": "2026-03-09"})
    field_verbs.set_field(desk, small, {"next_contact_on": "2026-03-11"})
    assert worklists.winback_counts(store, clock()) == {
        WinbackView.DUE: 1,
        WinbackView.LATER: 1,
        WinbackView.COOLING: 1,
    }
    clock.turn(days=31)
    assert worklists.winback_counts(store, clock())[WinbackView.DUE] == 3


def test_return_rates_know_reasons_of_then_and_those_filled_in_later(desk: Desk, store: Store) -> None:
    first, second, third = (person(desk, ACTIVE) for _ in range(3))
    ending.disconnect(desk, AccountIds((*first.ids, *second.ids)), reason="Price")
    desk.reassign(first, ACTIVE)
    ending.disconnect(desk, first, reason="Moved away")
    desk.reassign(third, INACTIVE)
    assert [(t.name, t.cases, t.won, t.open) for t in tallies.by_reason(store)] == [
        ("Price", 2, 1, 1),
        ("", 1, 0, 1),
        ("Moved away", 1, 0, 1),
    ]
    field_verbs.set_field(desk, third, {"disconnect_reason": "Moved away"})
    desk.reassign(third, ACTIVE)
    assert [(t.name, t.cases, t.won) for t in tallies.by_reason(store)] == [
        ("Moved away", 2, 1),
        ("Price", 2, 1),
    ]
    desk.undo()
    assert [(t.name, t.won) for t in tallies.by_reason(store)] == [("Moved away", 0), ("Price", 1)]


DEEDS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["lead", "onboard", "active", "end", "undo"])))


@given(DEEDS)
def test_conversion_is_what_the_steps_that_stand_say(deeds: list[tuple[int, str]]) -> None:
    """Told beside a plain memory of each account's steps, from which an undo takes the last one away."""
    clock = Clock()
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "desk.statusdesk", clock=clock)
        desk = Desk(store, author="anna", clock=clock)
        onboard = status(desk, "Pending", "#8C6D1F", Stage.ONBOARDING)
        to = {"lead": LEAD, "onboard": onboard, "active": ACTIVE, "end": INACTIVE}
        who = [person(desk, LEAD, {"lead_source": "Radio"}) for _ in range(3)]
        memory, done = {place: ["lead"] for place in range(3)}, list[int]()
        for place, deed in deeds:
            clock.turn(days=1)
            if deed == "undo":
                if done:
                    desk.undo()
                    memory[done.pop()].pop()
            elif memory[place][-1] != deed:
                desk.reassign(who[place], to[deed])
                memory[place].append(deed)
                done.append(place)
        stays = [list(zip(steps, [*steps[1:], ""], strict=True)) for steps in memory.values()]
        leads = [after for steps in stays for now, after in steps if now == "lead"]
        (tally,) = tallies.by_source(store)
        won = sum(after in ("onboard", "active") for after in leads)
        assert (tally.name, tally.cases, tally.won, tally.open) == ("Radio", len(leads), won, leads.count(""))
        store.close()
