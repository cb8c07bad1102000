"""Seeing statuses: rows, sums, selection, names in place, and their order, by keys and by mouse."""

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QContextMenuEvent, QDropEvent, QPalette
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.records import Stage, StatusLine
from statusdesk.gui.models.status_rows import Column
from statusdesk.gui.models.statuses_model import ACCOUNTS_MIME, StatusesModel
from statusdesk.gui.palettes import tones
from statusdesk.gui.panes.account_painting import row_height
from statusdesk.gui.panes.name_field import FieldNote, NameField
from statusdesk.gui.panes.status_painting import EDGE
from statusdesk.gui.panes.statuses_pane import StatusesPane
from statusdesk.gui.session import Session
from statusdesk.store.store import Store
from tests.gui.conftest import Answers
from tests.gui.status_window import Key, Mod, StatusWindow, find

FRESH = ["Prospect:", "Lead", "Onboarding:", "In service:", "Active", "Paused:", "Vacation", "Ended:", "Inactive",
         "Debt:"]  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, session: Session, answers: Answers) -> StatusWindow:
    return StatusWindow(qtbot, session, answers)


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


def field(window: StatusWindow) -> QLineEdit:
    return find(window.pane.table.viewport(), NameField, "rename_field")


def note(window: StatusWindow) -> str:
    notes = window.pane.table.viewport().findChildren(FieldNote)
    return " ".join(note.text() for note in notes if note.isVisible())


@pytest.mark.parametrize("way", ["f2", "double click"])
def test_renaming_in_place(window: StatusWindow, way: str) -> None:
    window.click("Vacation")
    if way == "f2":
        window.press(Key.Key_F2)
    else:
        window.double_click("Vacation")
    assert field(window).selectedText() == "Vacation"
    window.type("  Summer break ")
    window.press(Key.Key_Return)
    window.qtbot.waitUntil(lambda: "Summer break" in window.rows())
    assert window.said() == "Renamed Vacation to Summer break"
    window.undo()
    assert "Vacation" in window.rows()


def test_a_taken_name_stays_in_the_field_with_the_reason(window: StatusWindow) -> None:
    window.click("Vacation")
    window.press(Key.Key_F2)
    window.type("ACTIVE")
    window.press(Key.Key_Return)
    assert note(window) == "There is already a status named “Active”. Choose another name."
    assert field(window).text() == "ACTIVE"
    edge = field(window).grab().toImage().pixelColor(1, field(window).height() // 2)
    assert edge == tones(field(window).palette()).loss, "what is refused has a red edge, not that of the focus"
    window.press(Key.Key_Escape)
    window.settle()
    assert window.rows() == FRESH


def test_a_name_taken_at_the_last_moment_comes_back_as_typed(window: StatusWindow) -> None:
    window.click("Vacation")
    window.press(Key.Key_F2)
    window.meanwhile("Inactive", {"name": "Gone"})
    window.type("gone")
    window.press(Key.Key_Return)
    window.qtbot.waitUntil(lambda: "“Gone”" in note(window))
    focused = QApplication.focusWidget()
    assert isinstance(focused, NameField)
    assert focused.text() == "gone"


def test_a_status_steps_across_stages_and_back_again(window: StatusWindow) -> None:
    window.click("Vacation")
    window.press(Key.Key_Down, Mod.AltModifier)
    window.settle()
    assert window.rows()[6:9] == ["Ended:", "Vacation", "Inactive"]
    assert window.status("Vacation").stage is Stage.ENDED
    window.press(Key.Key_Down, Mod.AltModifier)
    window.settle()
    assert window.rows()[6:9] == ["Ended:", "Inactive", "Vacation"]
    assert window.pane.table.chosen() == {window.id("Vacation")}
    window.undo()
    assert window.rows()[6:9] == ["Ended:", "Vacation", "Inactive"]


def test_steps_taken_faster_than_they_are_saved_all_count(window: StatusWindow) -> None:
    window.click("Vacation")
    for _ in range(3):
        window.press(Key.Key_Down, Mod.AltModifier)
    window.qtbot.waitUntil(lambda: window.rows()[-2:] == ["Debt:", "Vacation"])
    window.settle()


def test_a_built_in_status_keeps_its_stage(window: StatusWindow) -> None:
    window.click("Active")
    window.press(Key.Key_Up, Mod.AltModifier)
    assert "stage cannot be changed" in window.said()
    assert window.rows() == FRESH


def drop(window: StatusWindow, data: QMimeData, at: QPoint) -> None:
    table = window.pane.table
    event = _Drop(QPointF(at), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Mod.NoModifier)
    event.from_table = table
    table.dropEvent(event)


def dragged(window: StatusWindow, name: str) -> QMimeData:
    table = window.pane.table
    row = table.statuses.row_of(window.id(name))
    assert row is not None
    return table.statuses.mimeData([table.statuses.index(row, 0)])


class _Drop(QDropEvent):
    """A drop that came from a widget, which Qt knows only of drags that really run."""

    from_table: QWidget

    def source(self) -> QWidget:
        return self.from_table


def test_a_status_is_dropped_into_another_stage(window: StatusWindow) -> None:
    at = window.at("Inactive")
    drop(window, dragged(window, "Vacation"), QPoint(at.x(), at.y() + 6))
    window.settle()
    assert window.rows()[6:9] == ["Ended:", "Inactive", "Vacation"]
    assert window.said() == "Moved Vacation in the list"
    window.undo()
    assert window.rows() == FRESH


def test_dropped_where_it_is_nothing_happens(window: StatusWindow) -> None:
    drop(window, dragged(window, "Vacation"), window.at("Vacation"))
    window.settle()
    assert window.said() == ""


def test_accounts_are_dropped_onto_a_status_that_takes_them(window: StatusWindow) -> None:
    accounts = QMimeData()
    accounts.setData(ACCOUNTS_MIME, QByteArray())
    with window.qtbot.waitSignal(window.pane.accounts_dropped) as told:
        drop(window, accounts, window.at("Vacation"))
    assert told.args == [window.id("Vacation")]
    window.click("Vacation")
    window.push("summary_retire")
    window.settle()
    with window.qtbot.assertNotEmitted(window.pane.accounts_dropped):
        drop(window, accounts, window.at("Vacation"))


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
