"""Choosing the look of a status: colours typed and picked, shapes, and what they are taken for."""

import subprocess
import sys

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
)
from pytestqt.qtbot import QtBot

from statusdesk.gui.dialogs.status_editor import StatusEditor
from statusdesk.gui.prompts import Prompts
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.list_preview import ListPreview
from statusdesk.gui.widgets.look_preview import LookPreview
from statusdesk.gui.widgets.shape_picker import ShapePicker
from statusdesk.gui.widgets.swatches import Swatches
from statusdesk.gui.widgets.tiles import Tile
from statusdesk.gui.widgets.warning_box import WarningBox
from tests.gui.conftest import Answers
from tests.gui.status_editors import BLUE, accept_button, edit, hex_field, overtype, pick, said, window
from tests.gui.status_window import Key, StatusWindow, find

__all__ = ["window"]


def look_in_preview(editor: StatusEditor) -> str:
    return find(editor, LookPreview, "editor_preview").accessibleDescription().partition(", ")[0]


@pytest.mark.parametrize(
    ("typed", "colour"), [("1f6feb", "#1F6FEB"), (" teal ", "#008080"), ("#c62828", "#C62828"), ("abc", "#AABBCC")]
)
def test_a_typed_colour_shows_everywhere_and_is_saved(window: StatusWindow, typed: str, colour: str) -> None:
    editor = edit(window, "Vacation")
    overtype(hex_field(editor), typed)
    assert look_in_preview(editor) == f"Moon {colour}"
    assert find(editor, Swatches, "editor_swatches").value() == (colour if colour == "#C62828" else "")
    window.save()
    assert window.status("Vacation").colour == colour


def test_a_wrong_colour_says_why_and_cannot_be_saved(window: StatusWindow) -> None:
    editor = edit(window, "Vacation")
    overtype(hex_field(editor), "#12345678")
    assert "transparency" in said(editor, "editor_colour_problem")
    assert "transparency" in editor.note
    assert hex_field(editor).property("invalid") is True
    assert not accept_button(editor).isEnabled()
    pick(editor, "swatch_C62828")
    assert said(editor, "editor_colour_problem") == ""
    assert hex_field(editor).text() == "#C62828"
    assert accept_button(editor).isEnabled()


class TestColourDialog:
    def test_each_colour_tried_is_shown(self, window: StatusWindow, answers: Answers) -> None:
        answers.colours = ("#123456", "#654321")
        editor = edit(window, "Vacation")
        window.push("editor_more", editor)
        assert hex_field(editor).text() == "#654321"
        assert look_in_preview(editor) == "Moon #654321"
        window.save()
        assert window.status("Vacation").colour == "#654321"

    def test_cancel_in_the_real_dialog_restores(self, qtbot: QtBot, session: Session) -> None:
        window = StatusWindow(qtbot, session, Prompts())
        editor = edit(window, "Vacation")
        window.push("editor_more", editor)
        dialog = find(editor, QColorDialog, "colour_dialog")
        dialog.setCurrentColor(QColor("#D55E00"))
        assert hex_field(editor).text() == "#D55E00"
        assert look_in_preview(editor) == "Moon #D55E00"
        dialog.reject()
        assert hex_field(editor).text() == BLUE
        assert look_in_preview(editor) == f"Moon {BLUE}"
        editor.reject()


def test_the_exact_pair_of_another_status_is_refused(window: StatusWindow) -> None:
    editor = edit(window, "Inactive")
    pick(editor, "shape_moon")
    pick(editor, "swatch_0A66B5")
    sentence = "“Vacation” already has this shape in this colour. Choose another shape or colour."
    assert said(editor, "editor_colour_problem") == sentence
    assert editor.note == sentence
    assert not accept_button(editor).isEnabled()
    assert not find(editor, WarningBox, "editor_look_alike").isVisible()
    pick(editor, "shape_heart")
    assert accept_button(editor).isEnabled()


def test_a_look_alike_is_named_but_never_in_the_way(window: StatusWindow) -> None:
    editor = edit(window, "Inactive")
    pick(editor, "shape_moon")
    overtype(hex_field(editor), "#0A66B9")
    warning = find(editor, WarningBox, "editor_look_alike")
    assert warning.isVisible()
    assert warning.text == (
        "Easily taken for “Vacation” Same shape, and nearly the same colour to everyone. "
        "Choose another shape or colour. You can save it anyway."
    )
    assert "another status" in find(editor, Tile, "swatch_0A66B5").accessibleDescription()
    assert find(editor, ListPreview, "editor_in_list").accessibleDescription().startswith("Vacation, ")
    window.save()
    assert (window.status("Inactive").shape, window.status("Inactive").colour) == ("moon", "#0A66B9")


def test_a_shape_is_chosen_by_arrows(window: StatusWindow) -> None:
    editor = edit(window, "Vacation")
    shapes = find(editor, ShapePicker, "editor_shapes")
    shapes.setFocus()
    window.press(Key.Key_Right)
    assert shapes.value() == "bolt"
    assert look_in_preview(editor) == f"Bolt {BLUE}"
    editor.reject()


def test_colour_science_waits_until_it_is_needed() -> None:
    code = (
        "import sys\n"
        "import statusdesk.gui.flows.statuses, statusdesk.gui.panes.statuses_pane\n"
        "sys.exit('coloraide' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
