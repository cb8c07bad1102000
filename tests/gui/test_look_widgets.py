"""Choosing a look, by keys and by mouse: shapes, swatches, the colour field and the preview."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.looks import OFFERED_COLOURS, Shape
from statusdesk.gui.palettes import scheme_palette, tones
from statusdesk.gui.theme import apply_theme
from statusdesk.gui.widgets.colour_field import ColourField
from statusdesk.gui.widgets.look_preview import LookPreview
from statusdesk.gui.widgets.shape_picker import ShapePicker
from statusdesk.gui.widgets.swatches import Swatches
from statusdesk.gui.widgets.tiles import Tile, Tiles

BLUE = "#0A66B5"
Key = Qt.Key


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "light")
    yield
    apply_theme(qapp, "light")


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    """A window in front, with a plain field first, so that Tab has somewhere to come from."""
    window = QWidget()
    window.resize(640, 320)
    before = QLineEdit(window)
    before.setObjectName("before")
    qtbot.addWidget(window)
    return window


def put(qtbot: QtBot, form: QWidget, widget: QWidget) -> None:
    widget.setParent(form)
    widget.setGeometry(20, 60, widget.sizeHint().width(), widget.sizeHint().height())
    after = QLineEdit(form)
    after.setObjectName("after")
    after.move(20, 280)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()


def enter(form: QWidget) -> None:
    before = form.findChild(QLineEdit, "before")
    assert isinstance(before, QLineEdit)
    before.setFocus()


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def focused_name() -> str:
    focused = QApplication.focusWidget()
    return focused.objectName() if focused is not None else ""


def click(tiles: Tiles, value: str) -> None:
    tile = tiles.tile(value)
    assert tile is not None
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)


def pixels(widget: QWidget, colour: QColor | str) -> int:
    image: QImage = widget.grab().toImage()
    name = QColor(colour).name()
    return sum(image.pixelColor(x, y).name() == name for x in range(image.width()) for y in range(image.height()))


def named(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


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


class TestColourField:
    @pytest.mark.parametrize(
        ("typed", "colour"),
        [("#1f6feb", "#1F6FEB"), ("abc", "#AABBCC"), ("steel blue", "#4682B4"), (" 0xC62828; ", "#C62828")],
    )
    def test_it_reads_while_typing_and_tidies_up_when_left(
        self, qtbot: QtBot, form: QWidget, typed: str, colour: str
    ) -> None:
        field = ColourField()
        put(qtbot, form, field)
        field.setFocus()
        said: list[str] = []
        field.colour_changed.connect(said.append)
        QTest.keyClicks(field, typed)
        assert field.text() == typed
        assert said[-1] == field.colour == colour
        press(Key.Key_Tab)
        assert field.text() == colour
        assert not field.problem

    def test_typing_shows_no_red_before_it_is_hopeless(self, qtbot: QtBot, form: QWidget) -> None:
        field = ColourField()
        put(qtbot, form, field)
        field.setFocus()
        red = tones(form.palette()).loss
        for character in "#1f6feb":
            QTest.keyClicks(field, character)
            assert pixels(field, red) == 0
        assert not field.problem
        with qtbot.waitSignal(field.problem_changed) as said:
            QTest.keyClicks(field, "9")
        assert said.args == [field.problem]
        assert "7 digits" in field.problem
        assert pixels(field, red) > 20
        assert field.accessibleDescription() == field.problem

    @pytest.mark.parametrize(("typed", "reason"), [("#1234", "transparency"), ("#12", "2 digits"), ("te", "“te”")])
    def test_leaving_it_unfinished_says_why(self, qtbot: QtBot, form: QWidget, typed: str, reason: str) -> None:
        field = ColourField()
        field.set_colour(BLUE)
        put(qtbot, form, field)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, typed)
        press(Key.Key_Tab)
        assert reason in field.problem
        assert field.text() == typed
        assert pixels(field, tones(form.palette()).loss) > 20

    def test_a_pasted_colour_is_read(self, qtbot: QtBot, form: QWidget) -> None:
        field = ColourField()
        put(qtbot, form, field)
        QApplication.clipboard().setText(" '#c62828';\n")
        field.setFocus()
        with qtbot.waitSignal(field.colour_changed) as said:
            QTest.keyClick(field, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert said.args == ["#C62828"]

    def test_a_colour_set_by_program_mends_and_says_nothing(self, qtbot: QtBot, form: QWidget) -> None:
        field = ColourField()
        put(qtbot, form, field)
        field.setFocus()
        QTest.keyClicks(field, "nonsense")
        assert field.problem
        with qtbot.assertNotEmitted(field.colour_changed):
            field.set_colour(BLUE)
        assert field.text() == BLUE
        assert not field.problem

    def test_what_is_being_typed_stays_when_the_same_colour_comes_back(self, qtbot: QtBot, form: QWidget) -> None:
        field = ColourField()
        put(qtbot, form, field)
        field.colour_changed.connect(field.set_colour)
        field.setFocus()
        QTest.keyClicks(field, "teal")
        assert field.text() == "teal"

    def test_it_reads_from_left_to_right_and_has_room(self, qtbot: QtBot, form: QWidget) -> None:
        form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        field = ColourField()
        put(qtbot, form, field)
        field.set_colour("#DDDDDD")
        assert field.layoutDirection() == Qt.LayoutDirection.LeftToRight
        assert field.fontMetrics().horizontalAdvance(field.text()) + 16 <= field.width()
        assert named(field)


class TestLookPreview:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_true_grounds_in_both_schemes(
        self, qtbot: QtBot, form: QWidget, qapp: QApplication, scheme: str
    ) -> None:
        apply_theme(qapp, "dark" if scheme == "dark" else "light")
        preview = LookPreview()
        preview.set_look(Shape.MOON, BLUE)
        put(qtbot, form, preview)
        for dark in (False, True):
            assert pixels(preview, scheme_palette(dark=dark).base().color()) > 5000
        assert pixels(preview, qapp.palette().highlight().color()) > 5000
        assert pixels(preview, BLUE) > 900

    def test_it_is_described(self, qtbot: QtBot, form: QWidget) -> None:
        preview = LookPreview()
        preview.set_look(Shape.STAR, "#F0E442")
        put(qtbot, form, preview)
        assert named(preview) == "Preview"
        assert preview.accessibleDescription() == "Star #F0E442, outlined on: Light, Selected"

    def test_it_is_mirrored_from_right_to_left(self, qtbot: QtBot, form: QWidget) -> None:
        preview = LookPreview()
        put(qtbot, form, preview)
        image = preview.grab().toImage()
        preview.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        mirrored = preview.grab().toImage()
        dark = scheme_palette(dark=True).base().color()
        middle = preview.height() - 64 - 28
        assert image.pixelColor(image.width() - 8, middle) == dark
        assert mirrored.pixelColor(8, middle) == dark
