"""Planning from the row below the list, and what the window does when the time has come."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTimeEdit, QWidget

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.instants import now
from statusdesk.domain.plans import PlanState
from statusdesk.gui import formats
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.charts.table_model import TableModel
from statusdesk.gui.models.timeline_steps import steps
from statusdesk.gui.panes.accounts_table import AccountsTable
from statusdesk.gui.widgets.texts import LinkButton, TextLabel
from statusdesk.gui.widgets.timeline import Timeline
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store
from tests.journeys.conftest import Hands, Opens, answers, database, dressed, hands, opens, own_settings

__all__ = ["answers", "database", "dressed", "hands", "opens", "own_settings"]

HOUR = 3_600_000
BERLIN = ZoneInfo("Europe/Berlin")


def choose(box: QComboBox, text: str) -> None:
    """Choose in a combo box as people do, in its list."""
    box.setFocus()
    box.showPopup()
    view = box.view()
    index = box.model().index(box.findText(text), 0)
    view.scrollTo(index)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center() + QPoint(1, 1)
    )


def plan_as_if_earlier(database: Path, ids: tuple[int, ...], status_id: int, due_at: int) -> None:
    """Plan a change, by a person at another desk, an hour before it is due."""
    store = Store(database)
    desk = Desk(store, author="jens", clock=lambda: due_at - HOUR)
    desk.plan_change(AccountIds(ids), status_id, due_at, reason="Moving out")
    store.close()


def test_a_change_planned_for_tomorrow_waits_and_can_be_taken_back(hands: Hands) -> None:
    before = hands.counts()
    hands.click_row("accounts_table", "Marta Lindqvist")
    hands.click_row("accounts_table", "Bergmann & Sohn", Qt.KeyboardModifier.ControlModifier)
    choose(hands.find(QComboBox, "set_status_picker"), "Vacation")
    date, time = hands.find(QLineEdit, "set_status_date"), hands.find(QTimeEdit, "set_status_time")
    assert not date.isVisible()
    choose(hands.find(QComboBox, "set_status_when"), "Later…")
    assert date.isVisible()
    QTest.keyClicks(hands.find(QLineEdit, "set_status_reason"), "Summer house")
    hands.click("set_status_apply")
    card = hands.dialog("consequence_card")
    assert "Plan that 2 accounts move to Vacation on" in card.windowTitle()
    assert hands.find(QLabel, "card_subtitle", card).text().count("Not now") == 1
    hands.click("card_apply", card)
    hands.settle()
    assert hands.counts() == before
    tomorrow = datetime.now(BERLIN).date() + timedelta(days=1)
    plans = hands.window.session.reader.planned.pending([1, 3])
    assert sorted(plans) == [1, 3]
    due = datetime.fromtimestamp(plans[1][0].due_at / 1000, BERLIN)
    assert (due.date(), due.hour, due.minute, plans[1][0].reason) == (tomorrow, 8, 0, "Summer house")
    assert (time.time().hour(), hands.find(QLineEdit, "set_status_reason").text()) == (8, "")
    hands.click("message_undo")
    hands.settle()
    assert hands.window.session.reader.planned.pending([1, 3]) == {}


def test_a_time_that_has_passed_is_refused_in_words(hands: Hands) -> None:
    hands.click_row("accounts_table", "Marta Lindqvist")
    choose(hands.find(QComboBox, "set_status_picker"), "Vacation")
    choose(hands.find(QComboBox, "set_status_when"), "Later…")
    date = hands.find(QLineEdit, "set_status_date")
    QTest.keyClick(date, Qt.Key.Key_Down)
    time = hands.find(QTimeEdit, "set_status_time")
    time.setFocus()
    QTest.keyClicks(time, "0000")
    hands.click("set_status_apply")
    hands.settle()
    assert hands.window.messages.isVisible()
    assert hands.window.session.reader.planned.pending([1]) == {}
    assert "passed" in hands.window.messages.text


def test_what_is_due_is_done_when_the_window_opens_and_said(database: Path, opens: Opens) -> None:
    at = now() - HOUR
    plan_as_if_earlier(database, (1, 2, 3), 4, at)
    plan_as_if_earlier(database, (4,), 4, at)
    store = Store(database)
    Desk(store, author="jens").reassign(AccountIds((4,)), 3)
    store.close()
    hands = opens()
    hands.qtbot.waitUntil(lambda: bool(hands.window.messages.text))
    hands.settle()
    assert hands.window.messages.text == "3 planned changes were carried out, 1 needs a look"
    assert hands.counts()["Vacation"] == 5
    states = {plan.state for plan in hands.window.session.reader.planned.of_account(4)}
    assert states == {PlanState.FLAGGED}
    hands.click_row("accounts_table", "Marta Lindqvist")
    (step, *_) = hands.find(Timeline, "details_history").steps.steps
    zone = "Europe/Berlin"
    assert step.details == (f"Planned by jens on {formats.moment(at - HOUR, zone)}",)
    assert step.who_and_why == "StatusDesk · Moving out"
    hands.trigger("show_history")
    hands.click_row("history_table", "StatusDesk")
    said = hands.find(TextLabel, "history_chosen").text()
    assert f"Planned by jens on {formats.moment(at - HOUR, zone)}" in said


def test_the_timeline_tells_when_a_plan_was_carried_out_after_its_time(database: Path, hands: Hands) -> None:
    plan_as_if_earlier(database, (1,), 4, now() - 1)
    hands.window.flows.due.look()
    hands.settle()
    journal, known = hands.window.session.reader.journal, hands.window.session.statuses()
    entry = journal.timeline(1, known, limit=1)[0]
    late = entry._replace(recorded_at=entry.effective_at + 2 * HOUR)
    change_set = journal.get(entry.change_set_id)
    assert change_set is not None
    (step,) = steps([late], {change_set.id: change_set}, currency="EUR", zone="Europe/Berlin")
    assert step.details[1] == f"Carried out on {formats.moment(late.recorded_at, 'Europe/Berlin')}"


def _says(hands: Hands, text: str) -> bool:
    return hands.window.messages.text == text


def test_nothing_is_said_where_nothing_was_due_and_later_what_comes_due_adds_up(
    database: Path, hands: Hands
) -> None:
    assert hands.window.messages.text == ""
    for account, said in ((1, "1 planned change was carried out"), (2, "2 planned changes were carried out")):
        plan_as_if_earlier(database, (account,), 4, now() - 1)
        hands.window.flows.due.look()
        hands.qtbot.waitUntil(partial(_says, hands, said))
        hands.settle()
    assert hands.counts()["Vacation"] == 4


def test_details_tell_what_is_planned_and_what_is_in_its_way(database: Path, hands: Hands) -> None:
    plan_as_if_earlier(database, (1,), 4, now() + 2 * HOUR)
    plan_as_if_earlier(database, (2,), 4, now() + 2 * HOUR)
    store = Store(database)
    Desk(store, author="jens").reassign(AccountIds((2,)), 3)
    store.close()
    hands.window.session.refresh()
    hands.settle()
    hands.click_row("accounts_table", "Okan Yıldırım")
    planned = hands.find(QWidget, "details_planned")
    assert "Needs a look: The account was moved meanwhile." in _texts(planned)
    hands.click_row("accounts_table", "Marta Lindqvist")
    assert _texts(planned)[-2:] == ["Vacation", "jens · Moving out"]
    (link,) = (link for link in planned.findChildren(LinkButton) if link.isVisible())
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    hands.settle()
    assert not planned.isVisible()
    assert hands.window.messages.text == "Cancelled 1 planned change"
    hands.click("message_undo")
    hands.settle()
    assert planned.isVisible()


def _texts(planned: QWidget) -> list[str]:
    return [label.text() for label in planned.findChildren(TextLabel) if label.isVisible() and label.text()]


def test_an_account_with_a_change_pending_shows_it_where_it_is_listed(database: Path, hands: Hands) -> None:
    due_at = now() + 40 * 24 * HOUR
    plan_as_if_earlier(database, (3,), 4, due_at)
    hands.window.session.refresh()
    hands.settle()
    table = hands.find(AccountsTable, "accounts_table")
    head, model = table.head, table.accounts
    hands.window.places.show_details(shown=False)
    hands.qtbot.waitUntil(lambda: all(at.room > 0 for at in head.places()))
    (place,) = (place for place in head.places() if place.column.name == "planned_for")
    shown = {model.index(row, 1).data(): model.index(row, place.number).data() for row in range(model.rowCount())}
    assert shown.pop("Bergmann & Sohn") == formats.short_day(due_at, "Europe/Berlin")
    assert set(shown.values()) == {""}
    tip = model.index(2, place.number).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == f"Planned for {formats.moment(due_at, 'Europe/Berlin')}"
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left + place.width // 2, 10))
    assert head.sort == ("number", False)
    hands.window.places.show_details(shown=True)
    hands.qtbot.waitUntil(lambda: all(at.room < 0 for at in head.places() if at.column.name == "planned_for"))


def test_a_move_that_gets_in_the_way_of_a_plan_leads_to_what_needs_a_look(database: Path, hands: Hands) -> None:
    plan_as_if_earlier(database, (1,), 4, now() + 5 * HOUR)
    hands.window.session.refresh()
    hands.settle()
    hands.window.flows.moves.reassign(AccountIds((1,)), 3)
    hands.click("card_apply", hands.dialog("consequence_card"))
    hands.settle()
    assert "1 planned change needs a look." in hands.window.messages.text
    hands.click("message_link")
    hands.settle()
    assert hands.find(QAbstractButton, "work_view_flagged").isChecked()
    hands.row("work_table", "The account was moved meanwhile.")


def test_worklists_mark_accounts_with_a_planned_change(database: Path, hands: Hands) -> None:
    due_at = now() + 5 * HOUR
    plan_as_if_earlier(database, (8,), 4, due_at)
    hands.trigger("show_work")
    hands.window.pages.show_list("leads")
    hands.settle()
    model = hands.find(ChartTable, "work_table").model()
    assert isinstance(model, TableModel)
    last = model.columnCount() - 1
    marks = {model.cell(model.index(row, last)).text: model.cell(model.index(row, last)).sign for row in range(2)}
    assert marks == {formats.short_day(due_at, "Europe/Berlin"): "clock", "": ""}
