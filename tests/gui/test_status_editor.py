"""Shaping a status in the editor: names, looks, what it does, and that one field never resets another."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from statusdesk.domain.records import Stage, StatusFields
from statusdesk.gui.dialogs.status_conflict import StatusConflict
from statusdesk.gui.dialogs.status_editor import StatusEditor
from statusdesk.gui.widgets.tiles import Tile
from tests.gui.status_editors import BLUE, accept_button, edit, hex_field, overtype, pick, said, window
from tests.gui.status_window import Key, StatusWindow, find

__all__ = ["window"]


def blank(window: StatusWindow) -> StatusEditor:
    window.pane.actions_of_status.new_wished.emit(None)
    return window.editor()


@pytest.mark.parametrize("name", ["Lead", "Active", "Inactive"])
def test_what_every_database_has_keeps_what_it_does(window: StatusWindow, name: str) -> None:
    editor = edit(window, name)
    before = window.status(name)
    does = "always" if name == "Active" else "never"
    assert said(editor, "editor_lock").startswith(
        f"{name} {does} activates. It is one of the three that every database has."
    )
    pick(editor, "editor_not_activates" if before.activates else "editor_activates")
    assert not find(editor, QComboBox, "editor_stage").isEnabled()
    for tile in ("editor_activates", "editor_not_activates"):
        assert find(editor, Tile, tile).isVisible()
        assert not find(editor, Tile, tile).isEnabled()
    overtype(find(editor, QLineEdit, "editor_name"), "Renamed")
    window.save()
    assert window.session.status(before.id).name == "Renamed"
    assert window.session.status(before.id).activates is before.activates


def test_both_options_say_plainly_what_they_do(window: StatusWindow) -> None:
    editor = edit(window, "Vacation")
    billed = find(editor, Tile, "editor_activates")
    assert billed.accessibleDescription() == "Billed. Service on. Counts toward the monthly peak."
    assert "Not billed." in find(editor, Tile, "editor_not_activates").accessibleDescription()
    assert find(editor, Tile, "editor_not_activates").isChecked()


def test_only_what_was_changed_is_written(window: StatusWindow) -> None:
    editor = edit(window, "Vacation")
    changes: list[StatusFields] = []
    editor.submitted.connect(changes.append)
    window.meanwhile("Vacation", {"colour": "#C62828", "name": "Away"})
    overtype(find(editor, QPlainTextEdit, "editor_description"), "Asked for no service.")
    QTest.mouseClick(accept_button(editor), Qt.MouseButton.LeftButton)
    window.qtbot.waitUntil(lambda: editor.findChild(StatusConflict) is not None)
    conflict = find(editor, StatusConflict, "status_conflict")
    assert find(conflict, QLabel, "conflict_theirs_colour").text() == "#C62828"
    assert find(conflict, QLabel, "conflict_mine_colour").text() == "Stays as it is now"
    QTest.mouseClick(find(conflict, QPushButton, "conflict_mine"), Qt.MouseButton.LeftButton)
    window.gone("status_editor")
    assert changes == [{"description": "Asked for no service."}]
    away = window.status("Away")
    assert (away.colour, away.description) == ("#C62828", "Asked for no service.")


def test_what_is_changed_back_is_not_written(window: StatusWindow) -> None:
    editor = edit(window, "Vacation")
    pick(editor, "shape_star")
    pick(editor, "swatch_C62828")
    pick(editor, "shape_moon")
    overtype(hex_field(editor), BLUE)
    window.save()
    assert window.said() == ""


def test_a_name_is_counted_and_refused_in_words(window: StatusWindow) -> None:
    editor = blank(window)
    assert editor.note == "Type a name to create the status."
    assert not accept_button(editor).isEnabled()
    name = find(editor, QLineEdit, "editor_name")
    overtype(name, "active")
    assert said(editor, "editor_name_problem") == "There is already a status named “Active”. Choose another name."
    overtype(name, "x" * 41)
    assert "41 characters" in said(editor, "editor_name_problem")
    assert "41 of 40" in [label.text() for label in editor.findChildren(QLabel)]
    overtype(name, "Seasonal pause")
    assert said(editor, "editor_name_problem") == ""
    assert "14 of 40" in [label.text() for label in editor.findChildren(QLabel)]
    assert editor.note == "No account changes when you create a status."
    assert accept_button(editor).isEnabled()


def test_what_assistive_technology_writes_counts_as_typed(window: StatusWindow) -> None:
    editor = blank(window)
    for name, text in (("editor_name", "Winter break"), ("editor_hex", "teal")):
        spoken = QAccessible.queryAccessibleInterface(find(editor, QLineEdit, name))
        spoken.setText(QAccessible.Text.Value, text)
    window.save()
    assert window.status("Winter break").colour == "#008080"


def test_winning_back_is_for_ended_statuses(window: StatusWindow) -> None:
    editor = blank(window)
    overtype(find(editor, QLineEdit, "editor_name"), "May return")
    stage, winback = find(editor, QComboBox, "editor_stage"), find(editor, QCheckBox, "editor_winback")
    assert not winback.isVisible()
    stage.setFocus()
    QTest.keyClicks(stage, "Ended")
    assert winback.isVisible()
    winback.setFocus()
    window.press(Key.Key_Space)
    window.save()
    made = window.status("May return")
    assert (made.stage, made.winback, made.activates) == (Stage.ENDED, True, False)


def test_a_refusal_at_the_last_moment_loses_nothing(window: StatusWindow) -> None:
    editor = blank(window)
    overtype(find(editor, QLineEdit, "editor_name"), "Gone")
    window.meanwhile("Inactive", {"name": "gone"})
    window.push("editor_accept", editor)
    window.qtbot.waitUntil(lambda: "“gone”" in editor.note)
    assert editor.isVisible()
    overtype(find(editor, QLineEdit, "editor_name"), "Gone for good")
    window.save()
    assert "Gone for good" in window.names()


def test_changing_what_a_used_status_does_shows_the_card_first(window: StatusWindow) -> None:
    editor = edit(window, "Vacation")
    pick(editor, "editor_activates")
    assert editor.note == "First you see what this does to 2 accounts."
    window.push("editor_accept", editor)
    card = window.card()
    assert find(card, QLabel, "card_title").text() == "Change what Vacation does"
    window.push("card_cancel", card)
    window.gone("consequence_card")
    assert editor.isVisible()
    assert not window.status("Vacation").activates
    window.push("editor_accept", editor)
    window.push("card_apply", window.card())
    window.gone("status_editor")
    assert window.status("Vacation").activates
    window.undo()
    assert not window.status("Vacation").activates


def test_tab_walks_as_people_read(window: StatusWindow) -> None:
    editor = edit(window, "Vacation")
    walked = []
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        walked.append(focused.objectName())
        window.press(Key.Key_Tab)
    assert walked == [
        "editor_name", "editor_stage", "editor_not_activates", "shape_moon", "swatch_0A66B5", "editor_hex",
        "editor_more", "editor_description", "editor_rules", "editor_cancel", "editor_accept", "editor_name",
    ]  # fmt: skip
    editor.reject()


def test_every_control_is_named(window: StatusWindow) -> None:
    editor = edit(window, "Vacation")
    for widget in editor.findChildren(QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.objectName().startswith("qt_"):
            continue
        accessible = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        assert widget.objectName(), widget
        assert accessible, widget.objectName()
    editor.reject()
