"""Importing: what the dry run counts is what happens, whole or not at all, and undone in one step."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from statusdesk.domain.changes import Matching
from statusdesk.domain.errors import Cancelled, NameTaken
from statusdesk.domain.looks import Look, Shape, looks_alike
from statusdesk.domain.records import Stage, Status
from statusdesk.services import importing
from statusdesk.services.desk import Desk
from statusdesk.services.exchange.errors import FileChanged, UnclosedQuote
from statusdesk.services.exchange.plans import ImportPlan, NewStatus
from statusdesk.services.exchange.reading import Table, open_table
from statusdesk.services.importing import ImportReport, guess_plan, import_table, save_refused
from tests.services.exchange.files import TELCO, text_file

ALL = Matching()
CHURNED = NewStatus("Churned", activates=False, stage=Stage.ENDED, winback=True)
Bring = Callable[..., ImportReport]


def state(desk: Desk) -> list[object]:
    """Return everything that an import could change."""
    store = desk.store
    return [
        list(store.accounts.each(ALL)),
        store.statuses.lines(),
        store.choices.all(),
        store.journal.next_id(),
    ]


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.skipped, report.refused_count


@pytest.fixture
def bring(desk: Desk) -> Bring:
    """Return what tries an import, does it, and holds the trial against the deed."""

    def brings(table: Table, plan: ImportPlan) -> ImportReport:
        before = state(desk)
        trial = import_table(desk, table, plan, dry_run=True)
        assert state(desk) == before
        done = import_table(desk, table, plan)
        assert counts(trial) == counts(done)
        assert trial.consequences == done.consequences
        assert (trial.refused, trial.findings) == (done.refused, done.findings)
        assert (trial.new_statuses, trial.new_types) == (done.new_statuses, done.new_types)
        assert trial.outcome.change_set is None
        assert done.rows == sum(1 for _ in table.rows())
        return done

    return brings


def status(desk: Desk, name: str) -> Status:
    return next(each for each in desk.store.statuses.all() if each.name == name)


def people(desk: Desk, *fields: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(each, name) for name in fields) for each in desk.store.accounts.each(ALL)]


def test_the_telco_sample_comes_in_and_goes_in_one_step(desk: Desk, bring: Bring) -> None:
    table = open_table(TELCO)
    guess = guess_plan(table, desk.store.statuses.all())
    assert (guess.words.known, guess.words.proposed, guess.words.open) == ({"No": 2}, {"Yes": CHURNED}, ())
    report = bring(table, replace(guess.plan, status_words={"No": 2, "Yes": CHURNED}))
    assert counts(report) == (7043, 0, 0, 0, 0)
    lines = {line.status.name: line for line in desk.store.statuses.lines()}
    assert (lines["Active"].accounts, lines["Active"].charge) == (5174, 31_698_575)
    churned = lines["Churned"].status
    assert (lines["Churned"].accounts, churned.activates, churned.stage) == (1869, False, Stage.ENDED)
    assert churned.winback
    assert guess_plan(table, desk.store.statuses.all()).words.known == {"No": 2, "Yes": churned.id}
    assert report.consequences is not None
    assert report.consequences.after.revenue == desk.store.totals(desk.clock()).revenue == 31_698_575

    assert desk.undo().changed == 7043
    assert desk.store.accounts.count(ALL) == 0
    assert status(desk, "Churned").retired
    assert counts(bring(table, replace(guess.plan, status_words={"No": 2, "Yes": CHURNED}))) == (7043, 0, 0, 0, 0)
    assert status(desk, "Churned") == churned


MESSY = """\
Kunden-Nr. ;Kunde ;Ort;Monatspreis;Kundenstatus;Seit
007;Jörg Müller;Köln;1.234,50;aktiv;03.02.2026
008;Łukasz "Luke" Nowak;Kiel;-5,00;AKTIV;04.02.2026
009;Ann;Bonn;10,00;gekündigt;05.02.2026
010;Bob;Bonn;10,00;Beendet;
007;Twin;Bonn;10,00;aktiv;
011;Short;Bonn
012;Long;Bonn;1,00;aktiv;;;x
013;Eve;Bonn;zehn;aktiv;
014;Pat;Bonn;10,00;;
015;Kim;Bonn;10,00;aktiv;30.02.2026
"""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-2"])
def test_a_messy_file_comes_in_as_far_as_it_can(tmp_path: Path, desk: Desk, bring: Bring, encoding: str) -> None:
    content = MESSY if encoding.startswith("utf") else MESSY.replace("Ł", "L")
    table = open_table(text_file(tmp_path, content, encoding=encoding))
    guess = guess_plan(table, desk.store.statuses.all())
    assert guess.plan.mapping == {
        "number": "Kunden-Nr.",
        "name": "Kunde",
        "status": "Kundenstatus",
        "status_since": "Seit",
        "city": "Ort",
        "monthly_charge": "Monatspreis",
    }
    assert (guess.plan.decimal, guess.plan.date_style, len(guess.date_styles)) == (",", "%d.%m.%Y", 1)
    assert guess.words.counted == {"aktiv": 6, "gekündigt": 1, "Beendet": 1, "": 1}
    gone = replace(CHURNED, name="Gone")
    words = {**guess.plan.status_words, "gekündigt": gone, "beendet": gone}
    report = bring(table, replace(guess.plan, status_words=words))
    assert counts(report) == (4, 0, 0, 0, 6)
    assert report.new_statuses == ("Gone",)
    assert [row.line for row in report.refused] == [6, 7, 8, 9, 10, 11]
    assert [row.field for row in report.refused] == ["number", "", "", "monthly_charge", "status", "status_since"]
    assert (report.findings.negative_charges, report.findings.lines) == (1, [3])
    assert people(desk, "number", "city", "monthly_charge", "status_id")[:3] == [
        ("007", "Köln", 123450, 2),
        ("008", "Kiel", -500, 2),
        ("009", "Bonn", 1000, status(desk, "Gone").id),
    ]


def test_refused_rows_are_saved_mended_and_brought_in(tmp_path: Path, desk: Desk, bring: Bring) -> None:
    table = open_table(text_file(tmp_path, MESSY))
    plan = guess_plan(table, desk.store.statuses.all()).plan
    plan = replace(plan, status_words={"aktiv": 2, "gekündigt": 3, "beendet": 3})
    report = bring(table, plan)
    saved = tmp_path / "refused.csv"
    assert save_refused(desk, table, plan, report, saved) == 6
    again = open_table(saved)
    assert again.columns == ("Refused line", "Refused because", *table.columns)
    assert again.sample(1)[0][:3] == ["6", "number: “007” is already in line 2", "007"]
    assert counts(bring(again, plan)) == (0, 1, 0, 0, 5)
    text = saved.read_text("utf-8-sig").replace("zehn", "10,00").replace("30.02.2026", "28.02.2026")
    saved.write_text(text, "utf-8-sig")
    mended = open_table(saved)
    report = bring(mended, plan)
    assert counts(report) == (2, 0, 1, 0, 3)
    assert save_refused(desk, mended, plan, report, tmp_path / "rest.csv") == 3
    assert open_table(tmp_path / "rest.csv").columns == again.columns


def test_existing_accounts_are_updated_or_skipped(tmp_path: Path, desk: Desk, bring: Bring) -> None:
    first = open_table(text_file(tmp_path, "number,name,city,status,monthly_charge\n1,Ann,Kiel,Active,10\n"))
    bring(first, guess_plan(first, desk.store.statuses.all()).plan)
    second = "number,name,monthly_charge,status\n1,,12,Inactive\n2,Bob,5,Active\n"
    table = open_table(text_file(tmp_path, second, name="second.csv"))
    plan = guess_plan(table, desk.store.statuses.all()).plan
    assert counts(bring(table, replace(plan, on_existing="skip"))) == (1, 0, 0, 1, 0)
    assert people(desk, "number", "name", "city") == [("1", "Ann", "Kiel"), ("2", "Bob", "")]
    assert counts(bring(table, plan)) == (0, 1, 1, 0, 0)
    assert people(desk, "name", "city", "monthly_charge", "status_id") == [
        ("", "Kiel", 1200, 3),
        ("Bob", "", 500, 2),
    ]
    desk.undo()
    assert people(desk, "name", "city", "monthly_charge", "status_id")[0] == ("Ann", "Kiel", 1000, 2)


def test_new_accounts_need_a_status_and_may_be_given_one(tmp_path: Path, desk: Desk, bring: Bring) -> None:
    desk.create_account({"number": "2", "status_id": 2})
    table = open_table(text_file(tmp_path, "number,name\n1,Ann\n2,Bob\n3,Cid\n,Nobody\n"))
    plan = ImportPlan({"number": "number", "name": "name"})
    report = bring(table, plan)
    assert counts(report) == (0, 1, 0, 0, 3)
    assert [row.sentence for row in report.refused] == [
        "Line 2, status: is not given, and every new account needs one.",
        "Line 4, status: is not given, and every new account needs one.",
        "Line 5, number: is missing, and every account needs one.",
    ]
    assert save_refused(desk, table, plan, report, tmp_path / "refused.csv") == 3
    assert [row[0] for row in open_table(tmp_path / "refused.csv").sample()] == ["2", "4", "5"]
    report = bring(table, replace(plan, default_status=NewStatus("To sort", False, Stage.PROSPECT)))
    assert counts(report) == (2, 0, 1, 0, 1)
    sort = status(desk, "To sort").id
    assert people(desk, "number", "status_id") == [("1", sort), ("2", 2), ("3", sort)]


def test_new_statuses_look_unlike_all_others_and_unused_ones_are_not_made(
    tmp_path: Path, desk: Desk, bring: Bring
) -> None:
    table = open_table(text_file(tmp_path, "number,status\n" + "".join(f"{n},s{n}\n" for n in range(20))))
    words = {f"S{n}": NewStatus(f"Status {n}", activates=False, stage=Stage.PAUSED) for n in range(40)}
    report = bring(table, ImportPlan({"number": "number", "status": "status"}, words))
    assert len(report.new_statuses) == 20
    looks = [Look(Shape(each.shape), each.colour) for each in desk.store.statuses.all()]
    assert len(looks) == 23
    assert not any(looks_alike(one, other) for place, one in enumerate(looks) for other in looks[:place])


def test_a_name_that_is_taken_is_refused_and_leaves_nothing(tmp_path: Path, desk: Desk) -> None:
    table = open_table(text_file(tmp_path, "number,status\n1,x\n"))
    before = state(desk)
    with pytest.raises(NameTaken):
        import_table(
            desk,
            table,
            ImportPlan({"number": "number", "status": "status"}, {"x": replace(CHURNED, name="active")}),
        )
    assert state(desk) == before


def test_progress_is_told_and_may_stop_it_all(tmp_path: Path, desk: Desk) -> None:
    content = "number,status\n" + "".join(f"{n:06},Active\n" for n in range(12_000))
    table = open_table(text_file(tmp_path, content))
    plan = ImportPlan({"number": "number", "status": "status"}, {"active": 2})
    told: list[tuple[int, float]] = []

    def stop_later(rows: int, fraction: float) -> None:
        told.append((rows, fraction))
        if rows > 6_000:
            raise Cancelled

    before = state(desk)
    with pytest.raises(Cancelled):
        import_table(desk, table, plan, progress=stop_later)
    assert state(desk) == before
    assert told == sorted(told)
    assert 0.4 < told[-1][1] < 0.9
    told.clear()
    import_table(desk, table, plan, progress=lambda *step: told.append(step))
    assert told[-1] == (12_000, 1.0)


def test_a_file_that_breaks_off_leaves_nothing(tmp_path: Path, desk: Desk) -> None:
    rows = "".join(f"{n},Active\n" for n in range(8_000))
    table = open_table(text_file(tmp_path, f'number,status\n{rows}8000,"Act\n'))
    before = state(desk)
    with pytest.raises(UnclosedQuote, match="line 8002"):
        import_table(desk, table, ImportPlan({"number": "number", "status": "status"}, {"active": 2}))
    assert state(desk) == before


def test_only_the_first_refused_rows_are_kept_but_all_are_saved(
    tmp_path: Path, desk: Desk, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "REFUSED_SHOWN", 3)
    path = text_file(tmp_path, "number,status\n" + "".join(f"{n},?\n" for n in range(9)))
    table = open_table(path)
    plan = ImportPlan({"number": "number", "status": "status"})
    report = bring(table, plan)
    assert ([row.line for row in report.refused], report.refused_count) == ([2, 3, 4], 9)
    assert report.outcome.change_set is None
    assert save_refused(desk, table, plan, report, tmp_path / "refused.csv") == 9
    path.write_text("number,status\n")
    with pytest.raises(FileChanged):
        save_refused(desk, table, plan, report, tmp_path / "refused.csv")
    assert len(open_table(tmp_path / "refused.csv").sample()) == 9
