"""The demonstration: a believable year, the same one each time, in a file of its own."""

from datetime import datetime
from pathlib import Path

import pytest

from statusdesk.domain.changes import Matching
from statusdesk.domain.instants import parse_instant
from statusdesk.domain.plans import PlanView
from statusdesk.domain.unpaid import Outlook
from statusdesk.services import tallies, worklists
from statusdesk.services.checking import check
from statusdesk.services.demo import make_demo
from statusdesk.services.level_checks import Finding, check_levels
from statusdesk.services.reports.ghosts import ghosts
from statusdesk.services.unpaid import outlook
from statusdesk.store.collections import debts
from statusdesk.store.store import Store
from tests.conftest import OpensStores

UNTIL = parse_instant("2026-11-20 15:30", "Europe/Berlin")


def _told(store: Store) -> list[tuple[object, ...]]:
    return [(line.status.name, line.accounts, line.charge) for line in store.statuses.lines()]


def test_the_demonstration_is_sound_and_looks_like_a_business(tmp_path: Path, open_store: OpensStores) -> None:
    path = tmp_path / "demo.statusdesk"
    make_demo(path, until=UNTIL, size=400)
    store = open_store(path)
    assert check(store).findings == ()
    lines = {line.status.name: line for line in store.statuses.lines()}
    assert {"Lead", "Active", "Inactive", "Pending install", "Vacation", "Out of coverage", "Collections"} <= set(
        lines
    )
    assert 300 <= store.totals(UNTIL).accounts <= 500
    assert lines["Active"].accounts > store.totals(UNTIL).accounts / 3
    kinds = {change.kind for change in store.journal.newest(limit=10_000)}
    assert kinds >= {"import", "reassign", "edit_account", "create_account", "rename_status", "undo"}
    assert kinds >= {"disconnect", "install_done", "install_failed", "choices", "office_settings", "set_field"}
    assert sum(worklists.install_counts(store, UNTIL).values())
    assert any(each.lost for each in worklists.winbacks(store))
    assert any(tally.won for tally in tallies.by_reason(store))
    oldest, newest = store.db.rows("SELECT min(effective_at), max(effective_at) FROM entry")[0]
    assert 350 <= (newest - oldest) / 86_400_000 <= 366
    assert newest <= UNTIL
    assert kinds >= {"vacation_begun", "plan_made", "plan_applied"}
    assert [plan.flag for plan in store.planned.page(store.planned.ids(PlanView.FLAGGED, UNTIL)) if plan.flag]
    soon, overdue, undated, away = store.planned.away_counts(UNTIL, UNTIL + 7 * 86_400_000)
    assert (soon >= 1, overdue, undated > 0, away > undated) == (True, 1, True, True)
    assert any(plan.yearly for plan in store.planned.page(store.planned.ids(PlanView.UPCOMING, UNTIL)))
    assert kinds >= {"unpaid_cut", "unpaid_return", "take_back"}
    assert {seen.outlook for seen in outlook(store, UNTIL)} >= {Outlook.WAITS, Outlook.CUT}
    assert all(debt.agency and debt.handed_over_on and debt.balance for debt in debts(store.db))
    left = {line.status.name for line in ghosts(store).leftovers}
    assert "Vacation" in left
    assert left.isdisjoint({"Lead", "Pending install", "Failed install"})
    assert {level.name for level in store.levels.all()} >= {"Home 50", "Walled garden", "No service"}
    assert {found.finding for found in check_levels(store)} <= {Finding.UNREACHED}
    names = [account.name for account in store.accounts.each(Matching())]
    assert len(set(names)) > len(names) * 0.8


@pytest.mark.slow
def test_the_same_seed_makes_the_same_demonstration(tmp_path: Path, open_store: OpensStores) -> None:
    for name in ("one", "two"):
        make_demo(tmp_path / name, until=UNTIL, size=120)
    assert _told(open_store(tmp_path / "one")) == _told(open_store(tmp_path / "two"))


def test_a_demonstration_made_today_ends_today(tmp_path: Path, open_store: OpensStores) -> None:
    path = tmp_path / "demo.statusdesk"
    make_demo(path, size=120)
    newest = open_store(path).journal.newest(limit=1)[0].recorded_at
    assert 0 <= datetime.now().timestamp() - newest / 1000 < 8 * 86_400
