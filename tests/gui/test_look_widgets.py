"""Choosing a look, by keys and by mouse: shapes, swatches, the colour field and the preview."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.looks import OFFERED_COLOURS, Shape
from statusdesk.gui.palettes import tones
from statusdesk.gui.widgets.shape_picker import ShapePicker
from statusdesk.gui.widgets.swatches import Swatches
from statusdesk.gui.widgets.tiles import Tile, Tiles
from tests.gui.look_form import BLUE, Key, _light, form, named, pixels, press, put

__all__ = ["_light", "form"]


def enter(form: QWidget) -> None:
    before = form.findChild(QLineEdit, "before")
    assert isinstance(before, QLineEdit)
    before.setFocus()


def focused_name() -> str:
    focused = QApplication.focusWidget()
    return focused.objectName() if focused is not None else ""


def click(tiles: Tiles, value: str) -> None:
    tile = tiles.tile(value)
    assert tile is not None
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)


class TestShapePicker:
    def test_a_click_picks(self, qtbot: QtBot, form: QWidget) -> None:
        picker = ShapePicker()
        put(qtbot, form, picker)
        with qtbot.waitSignal(picker.picked) as said:
            click(picker, Shape.STAR)
        assert said.args == ["star"]
        assert picker.value() == "star"

    def test_tab_enters_once_and_arrows_move_in_two_rows(self, qtbot: QtBot, form: QWidget) -> None:
        picker = ShapePicker()
        picker.set_value(Shape.CIRCLE)
        put(qtbot, form, picker)
        said: list[str] = []
        picker.picked.connect(said.append)
        enter(form)
        press(Key.Key_Tab)
        assert focused_name() == "shape_circle"
        for key in (Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Up):
            press(key)
        assert said == ["square", "moon", "heart", "circle"]
        press(Key.Key_Tab)
        assert focused_name() == "after"

    def test_arrows_follow_the_eye_from_right_to_left(self, qtbot: QtBot, form: QWidget) -> None:
        picker = ShapePicker()
        picker.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        picker.set_value(Shape.CIRCLE)
        put(qtbot, form, picker)
        picker.setFocus()
        press(Key.Key_Left)
        assert picker.value() == Shape.SQUARE

    def test_choosing_by_program_says_nothing(self, qtbot: QtBot, form: QWidget) -> None:
        picker = ShapePicker()
        put(qtbot, form, picker)
        with qtbot.assertNotEmitted(picker.picked):
            picker.set_value(Shape.MOON)
            picker.set_colour("#C62828")
        assert pixels(picker, "#C62828") > 50

    def test_every_tile_has_a_name_and_is_a_radio_button(self, qtbot: QtBot, form: QWidget) -> None:
        picker = ShapePicker()
        put(qtbot, form, picker)
        tiles = picker.findChildren(Tile)
        assert [named(tile) for tile in tiles] == [shape.label for shape in Shape]
        roles = {QAccessible.queryAccessibleInterface(tile).role() for tile in tiles}
        assert roles == {QAccessible.Role.RadioButton}
        assert {tile.height() for tile in tiles} == {40}

    def test_the_focus_shows(self, qtbot: QtBot, form: QWidget) -> None:
        picker = ShapePicker()
        picker.set_value(Shape.MOON)
        put(qtbot, form, picker)
        accent = form.palette().accent().color()
        enter(form)
        without = pixels(picker, accent)
        picker.setFocus()
        assert pixels(picker, accent) > without > 0

    def test_it_can_be_locked(self, qtbot: QtBot, form: QWidget) -> None:
        picker = ShapePicker()
        picker.setEnabled(False)
        put(qtbot, form, picker)
        with qtbot.assertNotEmitted(picker.picked):
            click(picker, Shape.STAR)


class TestSwatches:
    def test_clicks_and_arrows_pick(self, qtbot: QtBot, form: QWidget) -> None:
        swatches = Swatches()
        put(qtbot, form, swatches)
        said: list[str] = []
        swatches.picked.connect(said.append)
        click(swatches, OFFERED_COLOURS[1])
        press(Key.Key_Right)
        press(Key.Key_Left)
        assert said == [OFFERED_COLOURS[1], OFFERED_COLOURS[2], OFFERED_COLOURS[1]]

    def test_names_say_the_colour(self, qtbot: QtBot, form: QWidget) -> None:
        swatches = Swatches()
        put(qtbot, form, swatches)
        assert named(swatches.findChildren(Tile)[0]) == "Blue #0A66B5"

    def test_a_colour_of_ones_own_chooses_none(self, qtbot: QtBot, form: QWidget) -> None:
        swatches = Swatches()
        put(qtbot, form, swatches)
        swatches.set_value(BLUE)
        assert swatches.value() == BLUE
        swatches.set_value("#123456")
        assert swatches.value() == ""
        swatches.setFocus()
        press(Key.Key_Space)
        assert swatches.value() == BLUE

    def test_what_is_not_safe_is_marked_and_says_so(self, qtbot: QtBot, form: QWidget) -> None:
        swatches = Swatches()
        put(qtbot, form, swatches)
        warning = tones(form.palette()).warning_edge
        assert pixels(swatches, warning) == 0
        swatches.set_safe(OFFERED_COLOURS[1:])
        first = swatches.tile(BLUE)
        assert first is not None
        assert pixels(first, warning) > 5
        assert "another status" in first.accessibleDescription()
        swatches.set_safe(OFFERED_COLOURS)
        assert not first.accessibleDescription()
