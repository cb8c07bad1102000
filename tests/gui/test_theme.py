"""Theme and style: the right palette whatever the platform thinks, and controls that tables never pay for."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPalette, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSpinBox,
    QTableView,
    QToolButton,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from statusdesk.domain.looks import contrast
from statusdesk.gui import theme
from statusdesk.gui.control_style import ControlStyle
from statusdesk.gui.style import AppStyle
from statusdesk.gui.theme import Scheme, Type, apply_theme, font, is_dark, scheme_palette, scheme_tones, tones

Group, Role = QPalette.ColorGroup, QPalette.ColorRole
CONTROLS = [
    QPushButton,
    QToolButton,
    QLineEdit,
    QComboBox,
    QSpinBox,
    QDateEdit,
    QCheckBox,
    QRadioButton,
    QPlainTextEdit,
]


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "light")
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    apply_theme(qapp, "light")


def shown(qtbot: QtBot, widget: QWidget) -> QImage:
    qtbot.addWidget(widget)
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.show()
    return widget.grab().toImage()


def click(widget: QWidget, place: QPoint) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def count(image: QImage, colour: QColor | str) -> int:
    name = QColor(colour).name()
    return sum(image.pixelColor(x, y).name() == name for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize(("scheme", "window"), [("light", "#f3f4f6"), ("dark", "#202327")])
def test_the_wanted_scheme_comes_even_where_the_platform_does_not_follow(
    qapp: QApplication, scheme: Scheme, window: str
) -> None:
    apply_theme(qapp, scheme)
    assert qapp.palette().color(Role.Window).name() == window
    assert is_dark(qapp.palette()) is (scheme == "dark")
    assert tones(qapp.palette()) is scheme_tones(dark=scheme == "dark")


def test_system_follows_the_platform_as_it_changes(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    apply_theme(qapp, "system")
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        monkeypatch.setattr(theme, "_platform_scheme", lambda scheme=scheme: scheme)
        qapp.styleHints().colorSchemeChanged.emit(scheme)
        assert is_dark(qapp.palette()) is (scheme == Qt.ColorScheme.Dark)


def test_a_chosen_scheme_stays_when_the_platform_changes(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply_theme(qapp, "light")
    monkeypatch.setattr(theme, "_platform_scheme", lambda: Qt.ColorScheme.Dark)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not is_dark(qapp.palette())


def test_changing_the_scheme_keeps_one_style(qapp: QApplication) -> None:
    style = qapp.style()
    apply_theme(qapp, "dark")
    assert qapp.style() is style
    assert isinstance(style, AppStyle)


@pytest.mark.parametrize("dark", [False, True])
def test_every_role_of_every_group_is_ours(dark: bool) -> None:
    palette = scheme_palette(dark=dark)
    groups = (Group.Active, Group.Inactive, Group.Disabled)
    roles = [role for role in Role if role not in (Role.NoRole, Role.NColorRoles)]
    assert all(palette.isBrushSet(group, role) for group in groups for role in roles)


@pytest.mark.parametrize("dark", [False, True])
def test_text_is_readable_on_every_ground(dark: bool) -> None:
    palette, further = scheme_palette(dark=dark), scheme_tones(dark=dark)

    def ratio(one: QColor, other: QColor) -> float:
        return contrast(one.name(), other.name())

    for group in (Group.Active, Group.Inactive):
        text = palette.color(group, Role.Text)
        for role in (Role.Base, Role.Window, Role.Button, Role.Highlight, Role.AlternateBase, Role.ToolTipBase):
            assert ratio(text, palette.color(group, role)) >= 7
    base, window = palette.color(Role.Base), palette.color(Role.Window)
    for ground in (base, window, further.message_ground):
        assert ratio(further.muted, ground) >= 4.5
        assert ratio(palette.color(Role.Link), ground) >= 4.5
    assert ratio(palette.color(Role.BrightText), palette.color(Role.Accent)) >= 4.5
    assert ratio(palette.color(Role.Mid), base) >= 3
    assert ratio(further.warning_text, further.warning_ground) >= 4.5
    assert all(ratio(colour, base) >= 4.5 for colour in (further.loss, further.gain, further.planned))


def test_digits_are_tabular_and_sizes_relative(qapp: QApplication) -> None:
    assert qapp.font().isFeatureSet(QFont.Tag("tnum"))
    assert font(Type.FIGURE).isFeatureSet(QFont.Tag("tnum"))
    body = qapp.font().pointSizeF()
    assert font(Type.BODY).pointSizeF() == pytest.approx(body)
    assert font(Type.LABEL).pointSizeF() == pytest.approx(body * 12 / 13)
    assert font(Type.FIGURE).pointSizeF() == pytest.approx(body * 22 / 13)
    assert font(Type.PANE_HEAD).weight() == QFont.Weight.DemiBold


def test_sizes_are_relative_to_a_font_in_pixels_too(qapp: QApplication) -> None:
    before = qapp.font()
    pixels = QFont(before)
    pixels.setPixelSize(26)
    qapp.setFont(pixels)
    assert font(Type.FIGURE).pixelSize() == 44
    qapp.setFont(before)


@pytest.mark.parametrize("kind", CONTROLS)
def test_controls_are_flat_and_at_least_as_high_as_the_grid_says(qtbot: QtBot, kind: type[QWidget]) -> None:
    widget = kind()
    shown(qtbot, widget)
    assert isinstance(widget.style(), ControlStyle)
    assert widget.sizeHint().height() >= (24 if kind in (QCheckBox, QRadioButton) else 32)


def test_a_name_in_a_tip_is_text(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    QToolTip.showText(widget.mapToGlobal(widget.rect().center()), "<h1>Ada</h1><img src=x>", widget)
    labels = [label for label in QApplication.topLevelWidgets() if isinstance(label, QLabel)]
    formats = [label.textFormat() for label in labels if label.text().startswith("<h1>")]
    assert formats == [Qt.TextFormat.PlainText]
    QToolTip.hideText()


def test_item_views_stay_with_fusion(qtbot: QtBot) -> None:
    table = QTableView()
    table.setModel(QStandardItemModel(3, 3, table))
    shown(qtbot, table)
    assert isinstance(table.style(), AppStyle)
    assert isinstance(table.viewport().style(), AppStyle)
    assert isinstance(table.verticalScrollBar().style(), ControlStyle)


def test_a_widget_that_brings_its_own_style_keeps_it(qtbot: QtBot, qapp: QApplication) -> None:
    button = QPushButton("Own")
    button.setStyle(qapp.style())
    shown(qtbot, button)
    assert isinstance(button.style(), AppStyle)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", CONTROLS)
@pytest.mark.parametrize("direction", Qt.LayoutDirection)
def test_every_state_of_a_control_can_be_painted(
    qtbot: QtBot, qapp: QApplication, scheme: Scheme, kind: type[QWidget], direction: Qt.LayoutDirection
) -> None:
    apply_theme(qapp, scheme)
    widget = kind()
    widget.setLayoutDirection(direction)
    plain = shown(qtbot, widget)
    widget.setEnabled(False)
    assert widget.grab().toImage() != plain


def test_focus_shows_as_accent(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    controls = [kind(window) for kind in CONTROLS]
    for place, control in enumerate(controls):
        control.setGeometry(8, 8 + 40 * place, 120, 32)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    accent = qapp.palette().color(Role.Accent)
    for control in controls:
        control.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(control.hasFocus)
        focused = count(control.grab().toImage(), accent)
        control.clearFocus()
        assert focused > count(control.grab().toImage(), accent), control


def test_the_primary_button_is_filled_with_the_accent(qtbot: QtBot, qapp: QApplication) -> None:
    primary, plain = QPushButton("Apply"), QPushButton("Apply")
    primary.setProperty("primary", True)
    accent = qapp.palette().color(Role.Accent)
    assert count(shown(qtbot, primary), accent) > 500
    assert count(shown(qtbot, plain), accent) == 0
    primary.setEnabled(False)
    assert count(primary.grab().toImage(), accent) == 0


def test_a_link_has_no_box(qtbot: QtBot, qapp: QApplication) -> None:
    link = QPushButton("Show all")
    link.setProperty("flat_link", True)
    image = shown(qtbot, link)
    assert image.pixelColor(0, 12) == qapp.palette().color(Role.Window)
    assert link.sizeHint().height() < 32


def test_an_invalid_field_has_a_red_edge(qtbot: QtBot, qapp: QApplication) -> None:
    field = QLineEdit("#12")
    field.setProperty("invalid", True)
    assert count(shown(qtbot, field), tones(qapp.palette()).loss) > 20


def test_combo_lists_have_rows_as_high_as_tables(qtbot: QtBot) -> None:
    combo = QComboBox()
    combo.addItems(["Active", "Vacation"])
    combo.insertSeparator(1)
    shown(qtbot, combo)
    assert combo.view().sizeHintForRow(0) >= 28
    assert combo.view().sizeHintForRow(1) < 28
    combo.view().window().resize(200, 120)
    assert count(combo.view().window().grab().toImage(), scheme_palette(dark=False).color(Role.Midlight)) > 90


def test_scroll_bars_have_a_slider_and_no_arrows(qtbot: QtBot) -> None:
    bar = QScrollBar(Qt.Orientation.Vertical)
    bar.setRange(0, 100)
    bar.setPageStep(50)
    bar.resize(bar.sizeHint().width(), 300)
    shown(qtbot, bar)
    click(bar, QPoint(6, 290))
    assert bar.value() > 0
    assert bar.sizeHint().width() == 12


def test_spin_boxes_step_where_their_chevrons_are(qtbot: QtBot, qapp: QApplication) -> None:
    for direction in Qt.LayoutDirection:
        if direction == Qt.LayoutDirection.LayoutDirectionAuto:
            continue
        spin = QSpinBox()
        spin.setLayoutDirection(direction)
        spin.setFixedSize(QSize(100, 32))
        shown(qtbot, spin)
        side = 88 if direction == Qt.LayoutDirection.LeftToRight else 12
        click(spin, QPoint(side, 8))
        assert spin.value() == 1
        click(spin, QPoint(side, 24))
        assert spin.value() == 0
