"""Matching columns to fields, and using a matching again for another file."""

from pathlib import Path

import pytest

from statusdesk.domain.errors import NoSuchStatus
from statusdesk.domain.records import Stage
from statusdesk.services.exchange.errors import (
    CannotWrite,
    MappingDamaged,
    NoSuchColumn,
    NoSuchField,
    NoSuchMapping,
)
from statusdesk.services.exchange.mapping import SavedMapping, applied, as_saved, match_columns
from statusdesk.services.exchange.mapping_files import MappingFiles
from statusdesk.services.exchange.plans import ImportPlan, NewStatus
from statusdesk.services.exchange.reading import TableOptions, open_table
from statusdesk.store.store import Store
from tests.services.exchange.files import TELCO, text_file

CHURNED = NewStatus("Churned", activates=False, stage=Stage.ENDED, winback=True)


def test_the_telco_columns_are_matched() -> None:
    match = match_columns(open_table(TELCO).columns)
    assert match.mapping == {"number": "customerID", "status": "Churn", "monthly_charge": "MonthlyCharges"}
    assert match.guessed == {"number", "status", "monthly_charge"}
    assert "tenure" in match.unused


def test_every_column_and_every_field_is_used_once() -> None:
    columns = ("ID ", "Account Number", "Kunde", "Customer Name", "Straße", "ORT", "E-Mail", "Kontostand", "Foo")
    match = match_columns(columns)
    assert match.mapping == {
        "number": "Account Number",
        "name": "Customer Name",
        "email": "E-Mail",
        "address": "Straße",
        "city": "ORT",
        "balance_due": "Kontostand",
    }
    assert match.unused == ("ID ", "Kunde", "Foo")


def test_what_people_chose_stays() -> None:
    match = match_columns(("id", "status", "Foo", "price"), {"number": "Foo", "note": "price"})
    assert match.mapping == {"number": "Foo", "status": "status", "note": "price"}
    assert match.guessed == {"status"}
    with pytest.raises(NoSuchField, match="no field named “colour”"):
        match_columns(("a",), {"colour": "a"})


def test_a_mapping_is_used_again_for_another_file(tmp_path: Path, store: Store) -> None:
    old = open_table(text_file(tmp_path, "Nr;State;Fee\n1;No;1,50\n"), TableOptions("utf-8", ";", header=True))
    plan = ImportPlan(
        {"number": "Nr", "status": "State", "monthly_charge": "Fee"},
        {"No": 2, "Yes": CHURNED},
        "skip",
        ",",
        "%d.%m.%Y",
        default_status=1,
    )
    files = MappingFiles(tmp_path / "new folder" / "mappings")
    saved = as_saved("  Billing program ", old, plan, store.statuses.all())
    files.save(saved)
    assert files.names() == ["Billing program"]
    assert files.load("billing PROGRAM") == saved
    assert saved.status_words == {"No": "Active", "Yes": CHURNED}

    new = open_table(text_file(tmp_path, "fee , nr\n1,2\n", name="new.csv"))
    used = applied(files.load("Billing program"), new, store.statuses.all())
    assert used.plan.mapping == {"number": "nr", "monthly_charge": "fee"}
    assert (used.plan.status_words, used.plan.default_status) == ({"No": 2, "Yes": CHURNED}, 1)
    assert (used.plan.on_existing, used.plan.decimal, used.plan.date_style) == ("skip", ",", "%d.%m.%Y")
    (misfit,) = used.misfits
    assert isinstance(misfit, NoSuchColumn)
    assert str(misfit) == "new.csv has no column named “State”. Its columns are: fee, nr."


def test_statuses_are_found_by_name_and_missing_ones_are_told(tmp_path: Path, store: Store) -> None:
    table = open_table(text_file(tmp_path, "number,status\n1,a\n"))
    saved = SavedMapping(
        "x",
        {"number": "number", "status": "status"},
        {"a": "ACTIVE", "b": "Vacation", "c": NewStatus("inactive", activates=False, stage=Stage.ENDED)},
        default_status="Vacation",
    )
    used = applied(saved, table, store.statuses.all())
    assert used.plan.status_words == {"a": 2, "c": 3}
    assert used.plan.default_status is None
    (misfit,) = used.misfits
    assert isinstance(misfit, NoSuchStatus)
    assert misfit.facts["name"] == "Vacation"


def test_saving_replaces_and_deleting_forgets(tmp_path: Path) -> None:
    files = MappingFiles(tmp_path)
    for column in ("a", "b"):
        files.save(SavedMapping("Łódź / office: 2", {"number": column}))
    files.save(SavedMapping("Łódź / office: 3", {"number": "c"}))
    assert files.names() == ["Łódź / office: 2", "Łódź / office: 3"]
    assert files.load("łódź / office: 2").mapping == {"number": "b"}
    files.delete("Łódź / office: 2")
    assert files.names() == ["Łódź / office: 3"]
    with pytest.raises(NoSuchMapping, match="The saved ones are: Łódź / office: 3"):
        files.load("Łódź / office: 2")


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"version": 1, "name": 3}', "null"])
def test_a_damaged_mapping_is_told_and_leaves_the_others(tmp_path: Path, content: str) -> None:
    files = MappingFiles(tmp_path)
    files.save(SavedMapping("good", {"number": "a"}))
    files.save(SavedMapping("bad", {"number": "a"}))
    (bad,) = tmp_path.glob("bad*")
    bad.write_text(content)
    assert files.names() == ["good"]
    with pytest.raises(MappingDamaged, match=bad.name):
        files.load("bad")


def test_a_mapping_that_cannot_be_saved_is_told(tmp_path: Path) -> None:
    (tmp_path / "mappings").write_text("in the way")
    with pytest.raises(CannotWrite):
        MappingFiles(tmp_path / "mappings").save(SavedMapping("x", {"number": "a"}))
