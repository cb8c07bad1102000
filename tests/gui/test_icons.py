"""Icons: every shape is there, apart from the others at 16 pixels, sharp, and visible on every ground."""

from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPalette, QPdfWriter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from statusdesk.domain.looks import OFFERED_COLOURS, Shape
from statusdesk.domain.resources import resource_dir
from statusdesk.gui.icons import action_icon, app_icon, needs_outline, paint_action, paint_shape, status_icon
from statusdesk.gui.theme import apply_theme, scheme_palette

ACTIONS = (
    "undo redo import export search close new desk chart clock chevron-down chevron-up tick warning info columns "
    "edit duplicate merge retire delete rename copy filter details history settings lock"
).split()
BLUE, WHITE, BLACK = "#0A66B5", QColor("#FFFFFF"), QColor("#000000")
Normal, Selected, Disabled = QIcon.Mode.Normal, QIcon.Mode.Selected, QIcon.Mode.Disabled


def blank(side: int, ratio: float = 1.0) -> QImage:
    image = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    return image


def drawn(shape: str, side: int = 16, ratio: float = 1.0, colour: str = BLUE) -> QImage:
    image = blank(side, ratio)
    with QPainter(image) as painter:
        paint_shape(painter, QRect(0, 0, side, side), shape, colour, WHITE, BLACK)
    return image


def alphas(image: QImage) -> list[int]:
    return [image.pixelColor(x, y).alpha() for y in range(image.height()) for x in range(image.width())]


def colours(image: QImage) -> set[str]:
    solid = (image.pixelColor(x, y) for y in range(image.height()) for x in range(image.width()))
    return {colour.name() for colour in solid if colour.alpha() == 255}


def painted_icon(icon: QIcon, mode: QIcon.Mode) -> QImage:
    image = blank(32)
    with QPainter(image) as painter:
        icon.paint(painter, QRect(0, 0, 32, 32), Qt.AlignmentFlag.AlignCenter, mode)
    return image


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    apply_theme(qapp, "light")


@pytest.mark.parametrize("name", [*Shape, *(f"action-{name}" for name in ACTIONS), "app"])
def test_every_drawing_is_sound_and_keeps_its_grid(qapp: QApplication, name: str) -> None:
    text = (resource_dir() / "icons" / f"{name}.svg").read_text("utf-8")
    renderer = QSvgRenderer(text.encode())
    grid = 64 if name == "app" else 16
    assert renderer.isValid()
    assert renderer.viewBoxF() == QRectF(0, 0, grid, grid)
    if name in list(Shape):
        (path,) = ElementTree.fromstring(text)  # one path each
        assert path.get("fill") == "currentColor"


@pytest.mark.parametrize("shape", Shape)
def test_shapes_leave_a_margin_for_their_outline(shape: Shape) -> None:
    large = drawn(shape, side=160)
    inside = [(x, y) for x in range(160) for y in range(160) if large.pixelColor(x, y).alpha() > 128]
    assert min(min(x, y) for x, y in inside) >= 9
    assert max(max(x, y) for x, y in inside) <= 150
    assert 0.12 < len(inside) / 160**2 < 0.6


def test_shapes_stay_apart_at_sixteen_pixels() -> None:
    masks = {shape: alphas(drawn(shape)) for shape in Shape}
    apart = {
        (one, other): sum(abs(a - b) for a, b in zip(masks[one], masks[other], strict=True))
        / sum(max(a, b) for a, b in zip(masks[one], masks[other], strict=True))
        for one, other in combinations(Shape, 2)
    }
    closest = min(apart, key=lambda pair: apart[pair])
    assert apart[closest] > 0.18, closest


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_every_physical_pixel_is_used(ratio: float) -> None:
    pixmap = status_icon(Shape.SQUARE, BLUE).pixmap(QSize(16, 16), ratio)
    assert pixmap.size() == QSize(16, 16) * ratio
    assert pixmap.devicePixelRatio() == ratio
    assert drawn(Shape.STAR, 16, ratio) == drawn(Shape.STAR, 16, ratio)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_straight_edges_stay_sharp_wherever_the_icon_stands(ratio: float) -> None:
    for place in (0, 3, 5):
        image = blank(40, ratio)
        with QPainter(image) as painter:
            paint_shape(painter, QRect(place, place, 16, 16), Shape.SQUARE, BLUE, WHITE, BLACK)
        assert set(alphas(image)) == {0, 255}


def test_an_icon_at_twice_the_pixels_is_drawn_anew_not_stretched() -> None:
    stretched = drawn(Shape.STAR).scaled(32, 32, mode=Qt.TransformationMode.SmoothTransformation)
    soft = [0 < alpha < 255 for alpha in alphas(drawn(Shape.STAR, 16, 2.0))]
    assert sum(soft) < sum(0 < alpha < 255 for alpha in alphas(stretched)) / 2


def test_outlined_only_where_the_ground_swallows_the_colour() -> None:
    highlight, text = QColor("#254263"), QColor("#E8EAED")
    assert needs_outline(BLUE, highlight)
    assert not needs_outline(BLUE, WHITE)
    image = blank(32)
    with QPainter(image) as painter:
        paint_shape(painter, QRect(0, 0, 32, 32), Shape.MOON, BLUE, highlight, text)
    assert {text.name(), BLUE.lower()} <= colours(image)
    assert colours(drawn(Shape.MOON)) == {BLUE.lower()}


def test_item_views_get_outlines_by_scheme_and_selection(qapp: QApplication) -> None:
    icon = status_icon(Shape.MOON, BLUE)
    assert colours(painted_icon(icon, Normal)) == {BLUE.lower()}
    assert colours(painted_icon(icon, Selected)) == {BLUE.lower()}
    apply_theme(qapp, "dark")
    assert colours(painted_icon(icon, Normal)) == {BLUE.lower()}
    assert "#e8eaed" in colours(painted_icon(icon, Selected))
    assert "#e8eaed" in colours(icon.pixmap(32, 32).toImage()), "on a button"


def test_a_disabled_status_icon_is_muted(qapp: QApplication) -> None:
    muted = scheme_palette(dark=False).color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert colours(status_icon(Shape.MOON, BLUE).pixmap(32, 32, Disabled).toImage()) == {muted.name()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_action_signs_follow_the_palette(qapp: QApplication, scheme: str) -> None:
    apply_theme(qapp, "dark" if scheme == "dark" else "light")
    palette = qapp.palette()
    expected = {
        Normal: palette.color(QPalette.ColorRole.ButtonText),
        Disabled: palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText),
        Selected: palette.color(QPalette.ColorRole.HighlightedText),
    }
    for mode, colour in expected.items():
        assert colours(action_icon("new").pixmap(QSize(32, 32), 1.0, mode).toImage()) == {colour.name()}
        assert colours(painted_icon(action_icon("new"), mode)) == {colour.name()}


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_has_its_own_sign(name: str) -> None:
    signs = {other: painted_icon(action_icon(other), Normal) for other in ACTIONS}
    assert all(signs[name] != sign for other, sign in signs.items() if other != name)


def test_what_cannot_be_drawn_is_a_grey_square() -> None:
    assert colours(drawn("no-such-shape")) == {"#7a8088"}
    assert colours(drawn(Shape.MOON, colour="no colour")) == {"#7a8088"}
    assert status_icon("no-such-shape", "").pixmap(0, 0).isNull()


def test_one_icon_for_each_look_and_copies_of_it_live() -> None:
    assert status_icon("moon", BLUE) is status_icon(Shape.MOON, BLUE)
    for _ in range(20):
        detached = QIcon(status_icon(Shape.MOON, BLUE))
        detached.addPixmap(QPixmap(4, 4))
        detached.setIsMask(True)
        assert not detached.pixmap(16, 16).isNull()


def test_the_programs_own_icon_has_its_colours() -> None:
    assert {"#1a5fb4", "#12396b"} <= colours(app_icon().pixmap(64, 64).toImage())


def test_offered_colours_need_no_outline_in_lists() -> None:
    grounds = [scheme_palette(dark=dark).color(QPalette.ColorRole.Base) for dark in (False, True)]
    assert not any(needs_outline(colour, ground) for colour in OFFERED_COLOURS for ground in grounds)


def test_paper_gets_vectors(qapp: QApplication, tmp_path: Path) -> None:
    target = str(tmp_path / "shapes.pdf")
    writer = QPdfWriter(target)
    with QPainter(writer) as painter:
        paint_shape(painter, QRect(0, 0, 500, 500), Shape.STAR, BLUE, WHITE, BLACK)
        paint_action(painter, QRect(600, 0, 500, 500), "clock", BLACK)
    content = (tmp_path / "shapes.pdf").read_bytes()
    assert b"/Subtype /Image" not in content
