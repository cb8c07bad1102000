"""The field for a colour, by value and by dialog, and the preview of a look."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from statusdesk.domain.looks import Shape
from statusdesk.gui.palettes import scheme_palette, tones
from statusdesk.gui.theme import apply_theme
from statusdesk.gui.widgets.colour_field import ColourField
from statusdesk.gui.widgets.look_preview import LookPreview
from tests.gui.look_form import BLUE, Key, _light, form, named, pixels, press, put

__all__ = ["_light", "form"]


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
