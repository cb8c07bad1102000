"""What people do with whole statuses: make, duplicate, retire, merge, delete, and check their colours."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from statusdesk.domain.looks import Look, Shape, compare_all
from statusdesk.domain.records import Stage
from statusdesk.gui.models.status_pairs import PairColumn, StatusPairs
from statusdesk.gui.session import Session
from tests.gui.conftest import Answers
from tests.gui.status_window import Key, Mod, StatusWindow, find


@pytest.fixture
def window(qtbot: QtBot, session: Session, answers: Answers) -> StatusWindow:
    return StatusWindow(qtbot, session, answers)


def new_from_menu(window: StatusWindow, text: str) -> None:
    window.push("new_status")
    menu = find(window, QMenu, "new_status_menu")
    assert menu.isVisible()
    name = next(action.objectName() for action in menu.actions() if action.text() == text)
    window.choose(menu, name)


def test_the_menu_offers_blank_and_then_every_template(window: StatusWindow) -> None:
    window.push("new_status")
    menu = find(window, QMenu, "new_status_menu")
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Blank…", "Pending install…", "Failed install…", "Collections…", "Vacation (no service)…",
        "Vacation (reduced service)…", "Ended: may return…", "Ended: out of coverage…",
    ]  # fmt: skip
    menu.close()


def test_a_status_from_a_template(window: StatusWindow) -> None:
    new_from_menu(window, "Vacation (reduced service)…")
    editor = window.editor()
    assert find(editor, QLineEdit, "editor_name").text() == "Vacation, reduced"
    window.save()
    made = window.status("Vacation, reduced")
    assert (made.stage, made.activates, made.shape) == (Stage.PAUSED, True, "cloud")
    assert window.said() == "Created Vacation, reduced"
    current = window.pane.table.current_status()
    assert current is not None
    assert current.key == made.id
    window.undo()
    assert "Vacation, reduced" not in window.names()


def test_a_template_whose_name_exists_gets_a_free_name_and_look(window: StatusWindow) -> None:
    new_from_menu(window, "Vacation (no service)…")
    window.save()
    again = window.status("Vacation 2")
    assert (again.shape, again.colour) != ("moon", "#0A66B5")


def test_a_blank_one_begins_in_the_stage_people_look_at(window: StatusWindow) -> None:
    window.click("Inactive")
    new_from_menu(window, "Blank…")
    editor = window.editor()
    assert find(editor, QComboBox, "editor_stage").currentText() == "Ended"
    QTest.keyClicks(find(editor, QLineEdit, "editor_name"), "Moved away")
    window.save()
    assert window.status("Moved away").stage is Stage.ENDED


def test_a_duplicate_has_a_name_and_a_look_of_its_own(window: StatusWindow) -> None:
    window.click("Vacation")
    window.press(Key.Key_D, Mod.ControlModifier)
    window.editor()
    window.save()
    copy, original = window.status("Vacation 2"), window.status("Vacation")
    assert (copy.description, copy.stage, copy.shape) == (original.description, original.stage, original.shape)
    assert copy.colour != original.colour
    assert copy.built_in is None


def test_retire_hides_an_unused_status_and_undo_brings_it_back(window: StatusWindow) -> None:
    new_from_menu(window, "Collections…")
    window.editor()
    window.save()
    window.pane.select_statuses({window.id("Collections")})
    window.push("summary_retire")
    window.settle()
    assert "Collections" not in window.rows()
    assert window.chosen[-1] == frozenset()
    link = find(window, QPushButton, "retired_link")
    assert link.text() == "Show 1 retired"
    window.push("retired_link")
    assert "Collections" in window.rows()
    assert link.text() == "Hide retired"
    window.click("Collections")
    window.push("summary_bring_back")
    window.settle()
    assert not window.status("Collections").retired
    assert not link.isVisible()
    window.undo()
    assert window.status("Collections").retired


def choose_target(dialog: QDialog, name: str, target: str) -> None:
    combo = find(dialog, QComboBox, name)
    combo.setFocus()
    QTest.keyClicks(combo, target)
    assert combo.currentText() == target


def test_merging_shows_the_card_and_can_be_undone(window: StatusWindow) -> None:
    window.click("Vacation")
    window.push("summary_merge")
    dialog = window.dialog("merge_status")
    assert not find(dialog, QPushButton, "merge_accept").isEnabled()
    choose_target(dialog, "merge_target", "Active")
    QTest.keyClicks(find(dialog, QLineEdit, "merge_reason"), " Season is over ")
    window.push("merge_accept", dialog)
    card = window.card()
    assert find(card, QLabel, "card_subtitle").text().endswith("Reason: Season is over")
    assert find(card, QLabel, "card_title").text() == "Merge Vacation into Active, with 2 accounts"
    window.push("card_apply", card)
    window.qtbot.waitUntil(lambda: window.accounts("Active") == 7)
    assert window.session.reader.journal.newest(limit=1)[0].reason == "Season is over"
    assert window.status("Vacation").retired
    window.undo()
    assert (window.accounts("Active"), window.accounts("Vacation")) == (5, 2)
    assert not window.status("Vacation").retired


def test_an_unused_status_goes_at_once(window: StatusWindow) -> None:
    new_from_menu(window, "Pending install…")
    window.editor()
    window.save()
    window.click("Pending install")
    window.press(Key.Key_Delete)
    window.settle()
    assert "Pending install" not in window.names()
    assert window.said() == "Deleted Pending install"
    assert window.chosen[-1] == frozenset(), "no other status may be selected in its place"
    assert window.summary()[0] == "Active", "the next one has the keyboard"
    window.undo()
    assert "Pending install" in window.names()


def test_a_used_status_asks_where_its_accounts_go(window: StatusWindow) -> None:
    window.click("Vacation")
    window.push("summary_delete")
    dialog = window.dialog("delete_status")
    assert dialog.windowTitle() == "Move 2 accounts and delete Vacation"
    combo = find(dialog, QComboBox, "delete_target")
    assert [combo.itemText(place) for place in range(combo.count())] == ["Lead", "Active", "Inactive"]
    choose_target(dialog, "delete_target", "Inactive")
    QTest.keyClicks(find(dialog, QLineEdit, "delete_reason"), "No longer offered")
    window.push("delete_accept", dialog)
    window.push("card_apply", window.card())
    window.qtbot.waitUntil(lambda: "Vacation" not in window.names())
    assert window.accounts("Inactive") == 2
    assert window.session.reader.journal.newest(limit=1)[0].reason == "No longer offered"
    assert window.said().startswith("Moved 2 accounts to Inactive and deleted Vacation")
    window.undo()
    assert window.accounts("Vacation") == 2


def test_keys_of_the_table_work_there_only(window: StatusWindow) -> None:
    window.click("Vacation")
    find(window, QPushButton, "new_status").setFocus()
    window.press(Key.Key_Delete)
    window.press(Key.Key_F2)
    window.settle()
    assert not [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    assert QApplication.focusWidget() is find(window, QPushButton, "new_status")


def test_the_status_menu_has_all_of_it(window: StatusWindow) -> None:
    menu = QMenu(window)
    window.pane.fill_menu(menu)
    window.click("Lead")
    enabled = {entry.text() for entry in menu.actions() if entry.text() and entry.isEnabled()}
    assert enabled == {
        "New status", "Edit…", "Rename", "Duplicate…", "Move up", "Move down", "Show retired", "Check colours…",
    }  # fmt: skip
    window.click("Vacation")
    assert {"Merge into…", "Retire", "Delete…"} <= {entry.text() for entry in menu.actions() if entry.isEnabled()}


def test_the_colour_report_names_who_is_confused(window: StatusWindow) -> None:
    window.meanwhile("Inactive", {"shape": "moon", "colour": "#0A66B9"})
    window.session.refresh()
    window.action("check_colours").trigger()
    dialog = window.dialog("check_colours")
    table = find(dialog, QTableView, "check_colours_table")
    model = table.model()
    assert model.rowCount() == 6
    first = [str(model.index(0, column).data()) for column in range(3)]
    assert first == ["Vacation", "Inactive", "Everyone"]
    assert model.index(0, PairColumn.FINDING).data(Qt.ItemDataRole.DecorationRole) is not None
    table.sortByColumn(PairColumn.NORMAL, Qt.SortOrder.DescendingOrder)
    far = [float(model.index(row, PairColumn.NORMAL).data()) for row in range(6)]
    assert far == sorted(far, reverse=True)
    window.push("check_colours_close", dialog)
    window.gone("check_colours")


def test_the_report_keeps_qts_rules(session: Session) -> None:
    statuses = {line.status.id: line.status for line in session.lines}
    looks = {key: Look(Shape(status.shape), status.colour) for key, status in statuses.items()}
    model = StatusPairs(compare_all(looks), statuses)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for column in PairColumn:
        model.sort(column)
    assert tester.model() is model


@pytest.mark.parametrize(("action", "dialog"), [("merge", "merge_status"), ("delete", "delete_status"),
                                                ("check_colours", "check_colours")])  # fmt: skip
def test_every_control_is_named(window: StatusWindow, action: str, dialog: str) -> None:
    window.click("Vacation")
    window.action(action).trigger()
    opened = window.dialog(dialog)
    for widget in opened.findChildren(QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.objectName().startswith("qt_"):
            continue
        said = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        assert widget.objectName(), widget
        assert said, widget.objectName()
    opened.reject()
