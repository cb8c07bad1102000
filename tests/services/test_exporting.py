"""Exporting: whole files of everything, and importing them again changes nothing."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.errors import Cancelled
from statusdesk.domain.folding import clean
from statusdesk.domain.instants import parse_instant
from statusdesk.domain.plans import PlanView
from statusdesk.domain.records import AccountFields, Stage
from statusdesk.services.desk import Desk
from statusdesk.services.exchange.errors import UnknownEnding
from statusdesk.services.exchange.formulas import TRIGGERS
from statusdesk.services.exchange.reading import open_table
from statusdesk.services.exporting import export_accounts, export_history, export_statuses
from statusdesk.services.importing import guess_plan, import_table, used_statuses
from statusdesk.services.records_out import ACCOUNT_FIELDS
from statusdesk.store.store import Store
from tests.conftest import Clock, OpensStores

AWKWARD: list[AccountFields] = [
    {"number": "007", "name": '=HYPERLINK("http://x")', "phone": "+49 431 12", "note": "one\ntwo\n\n\tthree"},
    {"number": "=1+1", "name": "'quoted'", "city": "'=A1", "email": "@here", "address": "-5"},
    {"number": "-7", "name": "Łódź Ωмега 葛\U000e0100 \u200fשלום 🙂", "note": '"a", b; c|d'},
    {"number": "1e5", "name": "TRUE", "city": "0012", "radius_user": "2026-01-02", "lead_source": "1.50"},
    {"number": "0", "name": "sep=;", "ip_addresses": "10.0.0.1 ; 10.0.0.2", "service_level": "_x000D_"},
    {"number": "No", "monthly_charge": -123456, "balance_due": 1, "delinquent": True, "install_attempts": 3},
    {"number": "big", "monthly_charge": 10**15, "balance_due": -(10**15), "account_type": "Business"},
    {
        "number": "dates",
        "install_on": "2024-02-29",
        "handed_over_on": "1999-12-31",
        "first_contact_on": "2026-01-02",
    },
    {"number": "since", "status_since": 1_700_000_000_123},
    {"number": "before 1970", "status_since": -1},
]


def furnish(desk: Desk, clock: Clock, accounts: list[AccountFields]) -> None:
    """Add accounts in turn to four statuses, of which two have names that could be taken for something else."""
    for name in ("Yes", "=2+2"):
        desk.create_status({"name": name, "stage": Stage.PAUSED, "colour": "#12345" + str(len(name))})
    for place, fields in enumerate(accounts):
        clock.turn(milliseconds=1_234_567)
        desk.create_account({"status_id": 2 + place % 4, **fields})


def import_again(desk: Desk, path: Path) -> tuple[int, int]:
    """Import with all that is guessed; return how many accounts are as they were, and how many are not."""
    table = open_table(path)
    guess = guess_plan(table, desk.store.statuses.all(), used=used_statuses(desk.store))
    assert guess.plan.mapping == {name: name for name in ACCOUNT_FIELDS}
    assert (guess.words.proposed, guess.words.open) == ({}, ())
    before = desk.store.journal.next_id()
    report = import_table(desk, table, guess.plan)
    assert [row.sentence for row in report.refused] == []
    assert report.outcome.change_set is None
    assert desk.store.journal.next_id() == before
    return report.unchanged, report.created + report.updated


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(("currency", "zone"), [("EUR", "Europe/Berlin"), ("JPY", "Asia/Tokyo"), ("KWD", "UTC")])
def test_importing_an_export_changes_nothing(
    tmp_path: Path, open_store: OpensStores, clock: Clock, ending: str, currency: str, zone: str
) -> None:
    store = open_store(tmp_path / "desk", currency=currency, time_zone=zone)
    desk = Desk(store, author="anna", clock=clock)
    furnish(desk, clock, AWKWARD)
    path = tmp_path / f"accounts.{ending}"
    assert export_accounts(store, path) == len(AWKWARD)
    assert import_again(desk, path) == (len(AWKWARD), 0)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_furnishes_another_database(
    tmp_path: Path, store: Store, desk: Desk, clock: Clock, open_store: OpensStores, ending: str
) -> None:
    furnish(desk, clock, AWKWARD)
    path, other = tmp_path / f"a.{ending}", open_store(tmp_path / "other")
    export_accounts(store, path)
    there = Desk(other, author="bert", clock=clock)
    for made in store.statuses.all():
        if not made.built_in:
            there.create_status({"name": made.name, "stage": made.stage, "colour": made.colour})
    table = open_table(path)
    assert import_table(there, table, guess_plan(table, other.statuses.all()).plan).created == len(AWKWARD)
    again = tmp_path / f"b.{ending}"
    export_accounts(other, again)
    assert list(open_table(again).rows()) == list(open_table(path).rows())


_LETTERS = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
_TRICKY = st.sampled_from([*TRIGGERS[:4], *"'0a\",; "])
_TEXTS = st.text(_LETTERS, max_size=12) | st.text(_TRICKY, max_size=6)


@given(
    st.lists(
        st.fixed_dictionaries(
            {"number": _TEXTS.filter(str.strip), "name": _TEXTS, "city": _TEXTS, "note": _TEXTS},
            optional={
                "monthly_charge": st.integers(-(10**12), 10**12),
                "status_since": st.integers(0, 2 * 10**12),
            },
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda fields: clean(str(fields["number"])),
    ),
    st.sampled_from(["csv", "xlsx"]),
)
def test_importing_any_export_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, accounts: list[AccountFields], ending: str
) -> None:
    folder, clock = tmp_path_factory.mktemp("any"), Clock()
    store = Store(folder / "desk", clock=clock)
    try:
        desk = Desk(store, author="anna", clock=clock)
        furnish(desk, clock, accounts)
        assert export_accounts(store, folder / f"out.{ending}") == len(accounts)
        assert import_again(desk, folder / f"out.{ending}") == (len(accounts), 0)
    finally:
        store.close()


def test_accounts_in_a_retired_status_stay_and_no_others_join_them(
    tmp_path: Path, store: Store, desk: Desk, clock: Clock
) -> None:
    furnish(desk, clock, [{"number": str(number)} for number in range(8)])
    retired = next(each for each in store.statuses.all() if each.name == "Yes")
    desk.retire_status(retired.id)
    path = tmp_path / "accounts.csv"
    export_accounts(store, path)
    assert import_again(desk, path) == (8, 0)
    with path.open("a", encoding="utf-8") as file:
        file.write("new,,YES" + "," * (len(ACCOUNT_FIELDS) - 3) + "\n")
    desk.reassign(AccountIds(tuple(store.accounts.ids(Matching(frozenset({retired.id})))[:1])), 2)
    table = open_table(path)
    report = import_table(desk, table, guess_plan(table, store.statuses.all(), used=used_statuses(store)).plan)
    reason = "status: “{}” is retired and takes no accounts"
    assert [row.explanation for row in report.refused[-2:]] == [reason.format("Yes"), reason.format("YES")]


def test_chosen_accounts_only(tmp_path: Path, store: Store, desk: Desk, clock: Clock) -> None:
    furnish(desk, clock, AWKWARD)
    path = tmp_path / "some.csv"
    ids = tuple(store.accounts.ids(Matching(), sort="number", descending=True)[:3])
    assert export_accounts(store, path, AccountIds(ids)) == 3
    numbers = [store.accounts.page([account])[0].number for account in ids]
    assert [row[0] for row in open_table(path).sample()] == numbers
    assert export_accounts(store, path, Matching(frozenset({3}), excluding=frozenset(ids))) > 0
    assert {row[2] for row in open_table(path).sample()} == {"Inactive"}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_statuses_are_told_with_their_counters(
    tmp_path: Path, store: Store, desk: Desk, clock: Clock, ending: str
) -> None:
    furnish(desk, clock, [{"number": "1", "monthly_charge": 1050}, {"number": "2"}])
    path = tmp_path / f"statuses.{ending}"
    assert export_statuses(store, path) == 5
    table = open_table(path)
    rows = {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.sample()}
    active = rows["Active"]
    assert (active["activates"].lower() in ("yes", "true"), active["stage"], active["accounts"]) == (
        True,
        "In service",
        "1",
    )
    assert (Decimal(active["monthly_charge"]), active["colour"]) == (Decimal("10.5"), "#00855F")
    assert "=2+2" in rows
    assert export_statuses(store, path, frozenset({1})) == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_history_is_told_field_by_field(
    tmp_path: Path, store: Store, desk: Desk, clock: Clock, ending: str
) -> None:
    furnish(desk, clock, [{"number": "007", "name": "Ann"}])
    clock.turn(hours=1)
    account = store.accounts.by_number("007")
    assert account is not None
    desk.reassign(AccountIds((account.id,)), 3, reason="=moved away")
    path = tmp_path / f"history.{ending}"
    total = export_history(store, path)
    table = open_table(path)
    rows = [dict(zip(table.columns, row, strict=True)) for _, row in table.rows()]
    assert len(rows) == total
    last = rows[-1]
    assert (last["number"], last["field"], last["old"], last["new"]) == ("007", "status", "Active", "Inactive")
    assert (last["reason"], last["author"], last["description"]) == (
        "=moved away",
        "anna",
        "Moved 1 account to Inactive",
    )


def test_history_tells_each_step_of_a_planned_change(
    tmp_path: Path, store: Store, desk: Desk, clock: Clock
) -> None:
    furnish(desk, clock, [{"number": "007", "name": "Ann"}])
    account = store.accounts.by_number("007")
    assert account is not None
    due_at = parse_instant("2030-01-05 08:00", store.info.time_zone)
    desk.plan_change(AccountIds((account.id,)), 3, due_at, reason="Moves out")
    desk.cancel_plans(store.planned.ids(PlanView.UPCOMING, clock()))
    path = tmp_path / "history.csv"
    export_history(store, path)
    table = open_table(path)
    rows = [dict(zip(table.columns, row, strict=True)) for _, row in table.rows()]
    told = [(row["number"], row["old"], row["new"]) for row in rows if row["field"] == "planned_change"]
    waits, given_up = (f"{state}: Inactive, 2030-01-05 08:00" for state in ("pending", "cancelled"))
    assert told == [("007", "", waits), ("007", waits, given_up)]


def test_other_endings_are_refused_before_anything_is_read(tmp_path: Path, store: Store) -> None:
    for export in (export_accounts, export_statuses, export_history):
        with pytest.raises(UnknownEnding, match=r"accounts\.pdf ends in neither"):
            export(store, tmp_path / "accounts.pdf")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_stopped_export_leaves_the_file_of_before(tmp_path: Path, store: Store, desk: Desk, ending: str) -> None:
    rows = ((line, (str(line), 2)) for line in range(2, 1_502))
    desk.import_accounts(("number", "status"), rows, file="x.csv")
    path = tmp_path / f"accounts.{ending}"
    told: list[tuple[int, float]] = []
    export_accounts(store, path, progress=lambda *step: told.append(step))
    assert told == [(500, 500 / 1500), (1000, 1000 / 1500), (1500, 1.0), (1500, 1.0)]
    before = path.read_bytes()

    def stop(_rows: int, _fraction: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        export_accounts(store, path, progress=stop)
    with pytest.raises(Cancelled):
        export_history(store, path, progress=stop)
    assert path.read_bytes() == before
    assert export_accounts(store, path) == 1_500
