"""The office's rules for its statuses hold however accounts come: by hand, by plan, by vacation, by file."""

from pathlib import Path

import pytest

from statusdesk.domain.admission import Details
from statusdesk.domain.admission_errors import DetailsMissing, MayNotFollow
from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.errors import BadValue, Refused, StatusGone
from statusdesk.domain.plans import Flag, PlanState
from statusdesk.domain.records import Account, Stage, StatusFields
from statusdesk.services.checking import check
from statusdesk.services.desk import Desk
from statusdesk.services.exchange.plans import ImportPlan
from statusdesk.services.exchange.reading import open_table
from statusdesk.services.importing import import_table, save_refused
from tests.conftest import Clock

LEAD, ACTIVE, INACTIVE = 1, 2, 3
DAY = 86_400_000


@pytest.fixture
def away(desk: Desk) -> int:
    """Return a Paused status that has no rules yet."""
    return made(desk, {"name": "Vacation", "shape": "moon", "colour": "#0A66B5", "stage": Stage.PAUSED})


@pytest.fixture
def people(desk: Desk) -> AccountIds:
    """Return a lead and two active accounts, of which only the first knows its campaign."""
    return AccountIds(
        tuple(
            desk.create_account({"number": number, "status_id": status, "lead_source": source}).account_id or 0
            for number, status, source in (("1", LEAD, ""), ("2", ACTIVE, "Fair"), ("3", ACTIVE, ""))
        )
    )


def made(desk: Desk, fields: StatusFields) -> int:
    status_id = desk.create_status(fields).status_id
    assert status_id is not None
    return status_id


def account(desk: Desk, number: str) -> Account:
    found = desk.store.accounts.by_number(number)
    assert found is not None
    return found


def statuses(desk: Desk) -> list[int]:
    return [each.status_id for each in desk.store.accounts.each(Matching())]


def test_rules_are_edited_recorded_and_taken_back_like_all_of_a_status(desk: Desk, away: int) -> None:
    wanted: StatusFields = {
        "required": ("note", "reason", "note"),
        "followers": (INACTIVE, ACTIVE),
        "customer_note": " Have a good time. ",
    }
    desk.edit_status(away, wanted)
    status = desk.store.statuses.by_id()[away]
    assert (status.required, status.followers) == (("reason", "note"), (ACTIVE, INACTIVE))
    assert status.customer_note == "Have a good time."
    assert check(desk.store).findings == ()
    assert desk.edit_status(away, wanted).change_set is None
    desk.undo()
    status = desk.store.statuses.by_id()[away]
    assert (status.required, status.followers, status.customer_note) == ((), (), "")
    desk.redo()
    assert desk.store.statuses.by_id()[away].followers == (ACTIVE, INACTIVE)
    wrong: list[StatusFields] = [{"required": ("number",)}, {"customer_note": "x" * 1_001}]
    for bad in wrong:
        with pytest.raises(BadValue):
            desk.edit_status(away, bad)
    with pytest.raises(StatusGone):
        desk.edit_status(away, {"followers": (99,)})


def test_accounts_whose_status_may_not_be_followed_are_left_and_counted(desk: Desk, people: AccountIds) -> None:
    desk.edit_status(LEAD, {"followers": (ACTIVE,)})
    trial = desk.reassign(people, INACTIVE, dry_run=True)
    done = desk.reassign(people, INACTIVE)
    assert trial.consequences == done.consequences
    assert done.consequences is not None
    assert (done.changed, done.already, done.consequences.held) == (2, 0, 1)
    assert done.consequences.held_from == (LEAD,)
    assert statuses(desk) == [LEAD, INACTIVE, INACTIVE]
    with pytest.raises(MayNotFollow, match=r"“Lead” may be followed only by “Active”\. Choose one of these"):
        desk.reassign(AccountIds(people.ids[:1]), INACTIVE)
    assert desk.reassign(AccountIds(people.ids[:1]), ACTIVE).changed == 1


def test_what_is_required_is_asked_for_and_written_in_the_same_step(desk: Desk, people: AccountIds) -> None:
    desk.edit_status(INACTIVE, {"required": ("reason", "lead_source", "note")})
    with pytest.raises(DetailsMissing, match=r"“Inactive” needs a reason, lead source and note\. Fill") as refused:
        desk.reassign(people, INACTIVE, dry_run=True)
    assert refused.value.missing == ("reason", "lead_source", "note")
    with pytest.raises(DetailsMissing) as refused:
        desk.reassign(AccountIds(people.ids[1:2]), INACTIVE, reason="Moved")
    assert refused.value.missing == ("note",)
    details = Details({"lead_source": "Flyer", "note": "Left."})
    done = desk.reassign(people, INACTIVE, reason="Moved", details=details)
    assert done.changed == 3
    assert [account(desk, number).lead_source for number in "123"] == ["Flyer", "Fair", "Flyer"]
    assert account(desk, "2").note == "Left."
    assert check(desk.store).findings == ()
    desk.undo()
    assert [(account(desk, number).lead_source, account(desk, number).note) for number in "123"] == [
        ("", ""),
        ("Fair", ""),
        ("", ""),
    ]
    assert statuses(desk) == [LEAD, ACTIVE, ACTIVE]
    desk.redo()
    assert account(desk, "3").lead_source == "Flyer"


def test_a_required_return_date_makes_a_vacation_of_the_move(desk: Desk, people: AccountIds, away: int) -> None:
    desk.edit_status(away, {"required": ("return_date",)})
    with pytest.raises(DetailsMissing, match="needs a return date"):
        desk.reassign(people, away)
    with pytest.raises(DetailsMissing, match="needs a return date"):
        desk.edit_account(people.ids[0], {"status_id": away})
    with pytest.raises(DetailsMissing):
        desk.plan_vacation(people, away, leave_at=None, return_at=None)
    back = desk.clock() + 9 * DAY
    assert desk.reassign(people, away, details=Details(return_at=back)).kind == "vacation_begun"
    assert [plan[0].due_at for plan in desk.store.planned.pending(people.ids).values()] == [back] * 3


def test_plans_are_held_to_the_rules_when_made_and_when_due(
    desk: Desk, people: AccountIds, away: int, clock: Clock
) -> None:
    due = clock() + DAY
    desk.edit_status(away, {"required": ("note",)})
    desk.edit_status(LEAD, {"followers": (ACTIVE,)})
    with pytest.raises(DetailsMissing):
        desk.plan_change(people, away, due)
    planned = desk.plan_change(people, away, due, details=Details({"note": "Away"}))
    assert planned.consequences is not None
    assert (planned.changed, planned.consequences.held) == (2, 1)
    assert account(desk, "2").note == "Away"
    desk.edit_account(people.ids[1], {"note": ""})
    desk.edit_status(ACTIVE, {"followers": (INACTIVE,)})
    (barred,) = desk.store.planned.of_account(people.ids[2])
    assert barred.obstacle is Flag.BARRED
    desk.edit_status(ACTIVE, {"followers": ()})
    (lacking,), (fine,) = (desk.store.planned.of_account(person) for person in people.ids[1:])
    assert (lacking.obstacle, fine.obstacle) == (Flag.LACKING, None)
    clock.turn(days=2)
    report = desk.apply_due()
    assert (report.done, report.flagged) == (1, 1)
    (lacking,) = desk.store.planned.of_account(people.ids[1])
    assert (lacking.state, lacking.flag) == (PlanState.FLAGGED, Flag.LACKING)
    assert desk.apply_plans([lacking.id]).left == (people.ids[1],)
    assert statuses(desk) == [LEAD, ACTIVE, away]


def test_returns_merging_deleting_and_undo_are_not_held_to_them(
    desk: Desk, people: AccountIds, away: int, clock: Clock
) -> None:
    other = made(desk, {"name": "Pause", "shape": "moon", "colour": "#C62828", "stage": Stage.PAUSED})
    desk.plan_vacation(people, away, leave_at=None, return_at=clock() + DAY)
    for status in (LEAD, ACTIVE, away):
        desk.edit_status(status, {"required": ("note", "reason"), "followers": (INACTIVE,)})
    clock.turn(days=2)
    due = desk.apply_due()
    assert due.done == 3
    for group in due.groups:
        desk.undo(group.change_set)
    assert set(statuses(desk)) == {away}
    desk.edit_status(LEAD, {"followers": (away,)})
    desk.merge_statuses(away, other)
    assert desk.store.statuses.by_id()[LEAD].followers == (other,)
    desk.delete_status(other, move_to=INACTIVE)
    assert other not in statuses(desk)


def test_single_accounts_are_held_to_them(desk: Desk, people: AccountIds) -> None:
    desk.edit_status(INACTIVE, {"required": ("reason", "note")})
    with pytest.raises(DetailsMissing, match="needs a reason and note"):
        desk.create_account({"number": "9", "status_id": INACTIVE})
    assert desk.create_account({"number": "9", "status_id": INACTIVE, "note": "x"}, reason="Old one").account_id
    desk.edit_status(LEAD, {"followers": (ACTIVE,)})
    with pytest.raises(MayNotFollow):
        desk.edit_account(people.ids[0], {"status_id": INACTIVE, "note": "x"}, reason="Lost")
    with pytest.raises(DetailsMissing):
        desk.edit_account(people.ids[1], {"status_id": INACTIVE}, reason="Lost")
    desk.edit_account(people.ids[1], {"status_id": INACTIVE, "note": "x"}, reason="Lost")
    desk.edit_account(people.ids[1], {"note": ""})
    assert statuses(desk) == [LEAD, INACTIVE, ACTIVE, INACTIVE]


def test_rows_of_a_file_against_the_rules_are_refused_and_say_why(
    desk: Desk, people: AccountIds, tmp_path: Path
) -> None:
    desk.edit_status(LEAD, {"followers": (ACTIVE,)})
    desk.edit_status(INACTIVE, {"required": ("reason", "return_date", "note")})
    file = tmp_path / "moves.csv"
    file.write_text("number,status,note\n1,Inactive,x\n2,Inactive,\n3,Inactive,gone\n4,Inactive,\n5,Active,\n")
    table = open_table(file)
    plan = ImportPlan(
        {"number": "number", "status": "status", "note": "note"}, {"Inactive": INACTIVE, "Active": ACTIVE}
    )
    trial = import_table(desk, table, plan, reason="List", dry_run=True)
    assert [row.sentence for row in trial.refused] == [
        "Line 2, status: “Inactive” may not follow “Lead”, which only “Active” may.",
        "Line 3, status: “Inactive” needs note.",
        "Line 5, status: “Inactive” needs note.",
    ]
    assert (trial.created, trial.updated, trial.refused_count) == (1, 1, 3)
    assert save_refused(desk, table, plan, trial, tmp_path / "refused.csv") == 3
    unexplained = import_table(desk, table, plan, dry_run=True)
    assert unexplained.refused[1].reason == "needs a reason, note"
    done = import_table(desk, table, plan, reason="List")
    assert (done.created, done.updated, done.refused) == (1, 1, trial.refused)
    assert statuses(desk) == [LEAD, ACTIVE, INACTIVE, ACTIVE]
    assert check(desk.store).findings == ()


def test_a_refusal_leaves_nothing_behind(desk: Desk, people: AccountIds) -> None:
    desk.edit_status(INACTIVE, {"required": ("note",)})
    before = desk.store.journal.next_id()
    with pytest.raises(Refused):
        desk.reassign(people, INACTIVE, reason="x")
    with pytest.raises(BadValue, match="is not one of"):
        desk.reassign(people, INACTIVE, details=Details({"number": "7"}))
    assert desk.store.journal.next_id() == before
