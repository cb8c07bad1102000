"""Seeing statuses: rows, sums, selection, names in place, and their order, by keys and by mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QContextMenuEvent, QPalette
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.records import StatusLine
from statusdesk.gui.models.status_rows import Column
from statusdesk.gui.models.statuses_model import StatusesModel
from statusdesk.gui.panes.account_painting import row_height
from statusdesk.gui.panes.status_painting import EDGE
from statusdesk.gui.panes.statuses_pane import StatusesPane
from statusdesk.gui.session import Session
from statusdesk.store.store import Store
from tests.gui.conftest import Answers
from tests.gui.status_window import FRESH, Key, Mod, StatusWindow, find, window

__all__ = ["window"]


def cells(window: StatusWindow, name: str) -> list[str]:
    model = window.pane.table.statuses
    row = model.row_of(window.id(name))
    assert row is not None
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def test_every_status_stands_in_its_stage_with_its_figures(window: StatusWindow) -> None:
    assert window.rows() == FRESH
    assert cells(window, "Active") == ["Active", "Billed · service on", "5", "55.6\u00a0%", "149.50"]
    assert cells(window, "Inactive") == ["Inactive", "Not billed · off", "0", "0.0\u00a0%", "—"]


def test_selecting_filters_and_esc_shows_all(window: StatusWindow) -> None:
    window.click("Active")
    window.click("Vacation", Mod.ControlModifier)
    active, vacation = window.id("Active"), window.id("Vacation")
    assert window.chosen[-2:] == [frozenset({active}), frozenset({active, vacation})]
    assert window.summary() == ["2 statuses", "7 accounts · 77.8\u00a0% · 209.30 EUR", "Active, Vacation"]
    window.press(Key.Key_Escape)
    assert window.chosen[-1] == frozenset()


def test_the_selection_is_grey_only_when_the_window_is_not_in_front(window: StatusWindow) -> None:
    def ground() -> QColor:
        window.pane.table.viewport().update()
        at = window.at("Active")
        return window.pane.table.viewport().grab().toImage().pixelColor(2 * EDGE, at.y() - 12)

    window.click("Active")
    palette = QApplication.palette()
    find(window, QPushButton, "new_status").setFocus()
    assert ground() == palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Highlight)
    other = QWidget()
    window.qtbot.addWidget(other)
    with window.qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    assert ground() == palette.color(QPalette.ColorGroup.Inactive, QPalette.ColorRole.Highlight)


def test_rows_are_as_high_as_those_of_the_accounts(window: StatusWindow) -> None:
    table = window.pane.table
    assert {table.rowHeight(row) for row in range(table.statuses.rowCount())} == {row_height(table.font())}


def test_the_summary_says_what_one_status_is_for(window: StatusWindow) -> None:
    window.click("Vacation")
    assert window.summary() == ["Vacation", "Paused · not billed · service off", "Away."]
    for name in ("summary_edit", "summary_merge", "summary_retire", "summary_delete"):
        assert find(window, QPushButton, name).isEnabled()
    window.click("Active")
    for name in ("summary_merge", "summary_retire", "summary_delete"):
        assert not find(window, QPushButton, name).isEnabled()
        assert "three that every database has" in find(window, QPushButton, name).toolTip()


def test_a_long_name_cuts_the_facts_and_their_tooltip_has_them(window: StatusWindow) -> None:
    window.click("Vacation")
    label = find(window, QLabel, "summary_facts")
    window.qtbot.waitUntil(lambda: label.toolTip() == "")
    window.pane.rename(window.id("Vacation"))
    window.type("Winter break of the motor homes, reduced")
    window.press(Key.Key_Return)
    window.qtbot.waitUntil(lambda: "Winter" in window.said())
    window.messages.dismiss()
    window.pane.setFixedWidth(400)
    window.qtbot.waitUntil(lambda: label.toolTip() == label.text() != "")
    assert label.geometry().right() <= 400 - 16


def test_without_a_status_the_summary_says_what_to_do(qtbot: QtBot, session: Session) -> None:
    pane = StatusesPane(session)
    qtbot.addWidget(pane)
    assert "Select statuses" in find(pane, QWidget, "status_summary").accessibleDescription()


def test_arrows_pass_over_stages(window: StatusWindow) -> None:
    window.click("Lead")
    for name in ("Active", "Vacation", "Inactive", "Inactive"):
        window.press(Key.Key_Down)
        current = window.pane.table.current_status()
        assert current is not None
        assert current.line.status.name == name


def test_other_panes_select_without_an_echo(window: StatusWindow) -> None:
    window.pane.select_statuses({window.id("Vacation")})
    assert window.chosen == []
    assert window.pane.table.chosen() == {window.id("Vacation")}
    assert window.summary()[0] == "Vacation"


def test_selection_and_place_survive_what_others_do(window: StatusWindow) -> None:
    window.click("Vacation")
    window.meanwhile("Active", {"name": "Aktiv"})
    window.session.refresh()
    assert "Aktiv" in window.rows()
    assert window.pane.table.chosen() == {window.id("Vacation")}
    assert len(window.chosen) == 1
    assert window.summary()[0] == "Vacation"


def test_the_context_menu_is_for_the_row_under_the_pointer(window: StatusWindow) -> None:
    window.click("Active")
    viewport = window.pane.table.viewport()
    at = window.at("Vacation")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at))
    QApplication.sendEvent(viewport, event)
    menu = find(window, QMenu, "status_context_menu")
    assert menu.isVisible()
    window.choose(menu, "status_retire")
    window.settle()
    assert window.status("Vacation").retired


def test_retired_statuses_hide_until_they_are_asked_for(window: StatusWindow) -> None:
    window.click("Vacation")
    window.push("summary_retire")
    window.settle()
    assert "Vacation" in window.rows(), "it still has accounts"
    assert window.summary()[1].endswith("retired")
    window.push("summary_bring_back")
    window.settle()
    assert not window.status("Vacation").retired


def test_what_is_shown_is_remembered(qtbot: QtBot, window: StatusWindow) -> None:
    window.action("show_retired").trigger()
    state = window.pane.save_state()
    again = StatusesPane(window.session)
    qtbot.addWidget(again)
    again.restore_state(state)
    assert again.actions_of_status["show_retired"].isChecked()
    assert again.save_state() == state


def test_the_model_keeps_qts_rules_through_all_changes(qtbot: QtBot, session: Session) -> None:
    model = StatusesModel("EUR")
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    lines = session.lines
    for shown in (lines, lines[::-1], lines[1:3], [], lines):
        model.set_lines(shown)
        model.show_retired(len(shown) % 2 == 0)
    assert tester.model() is model


def test_every_control_is_named(window: StatusWindow) -> None:
    for widget in (window.pane, *window.pane.findChildren(QWidget)):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.objectName().startswith("qt_"):
            continue
        said = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        assert widget.objectName(), widget
        assert said, widget.objectName()


def test_a_fresh_database_shows_its_three(
    qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, answers: Answers, dressed: QApplication
) -> None:
    path = tmp_path_factory.mktemp("fresh") / "fresh.statusdesk"
    session = Session(Store(path), Store(path, "read"), author="anna")
    window = StatusWindow(qtbot, session, answers)
    assert [row for row in window.rows() if not row.endswith(":")] == ["Lead", "Active", "Inactive"]
    assert cells(window, "Active") == ["Active", "Billed · service on", "0", "0.0\u00a0%", "—"]
    session.close()


def test_what_a_status_does_stays_in_words_beside_long_amounts(qtbot: QtBot, session: Session) -> None:
    pane = StatusesPane(session)
    qtbot.addWidget(pane)
    lines = [StatusLine(line.status, 1_234_567, 3_169_857_500) for line in session.lines]
    pane.table.statuses.set_lines(lines)
    pane.resize(525, 700)
    pane.show()
    assert not pane.table.isColumnHidden(Column.EFFECT)
    pane.resize(390, 700)
    qtbot.waitUntil(lambda: pane.table.isColumnHidden(Column.EFFECT))
