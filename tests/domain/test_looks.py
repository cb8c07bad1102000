"""Looks: colours as people type them, and who takes which status for another one."""

from collections.abc import Callable
from contextlib import suppress
from itertools import combinations

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from statusdesk.domain.colour_vision import CONFUSABLE_BELOW, ciede2000
from statusdesk.domain.colours import ColourDigits, ColourMissing, ColourRange, ColourTransparent
from statusdesk.domain.css_colours import CSS_COLOURS
from statusdesk.domain.looks import (
    OFFERED_COLOURS,
    Audience,
    BadColour,
    Look,
    Shape,
    confusion,
    contrast,
    looks_alike,
    parse_colour,
    safe_suggestions,
    suggest_look,
    who_confuses,
)

colours = st.integers(0, 0xFFFFFF).map("#{:06X}".format)
looks = st.builds(Look, st.sampled_from(Shape), st.one_of(colours, st.sampled_from(OFFERED_COLOURS)))
wrapped = st.sampled_from(["{}", "  {} ", "\u00a0{}\u00a0", '"{}"', "'{}';", "{};\r\n", "\u2066{}\u2069"])

Lab = tuple[float, float, float]

# Sharma, Wu and Dalal (2005), table 1: pair number, two Lab colours, their CIEDE2000.
SHARMA: list[tuple[int, Lab, Lab, float]] = [
    (1, (50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    (2, (50, 3.1571, -77.2803), (50, 0, -82.7485), 2.8615),
    (3, (50, 2.8361, -74.0200), (50, 0, -82.7485), 3.4412),
    (7, (50, 0, 0), (50, -1, 2), 2.3669),
    (17, (50, 2.5, 0), (73, 25, -18), 27.1492),
    (18, (50, 2.5, 0), (61, -5, 29), 22.8977),
    (19, (50, 2.5, 0), (56, -27, -3), 31.9030),
    (20, (50, 2.5, 0), (58, 24, 15), 19.4535),
]

OKABE_ITO = ["#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"]


@given(colours, wrapped, st.sampled_from([str.upper, str.lower]))
def test_every_way_of_writing_a_colour_reads_as_that_colour(
    colour: str, wrapping: str, case: Callable[[str], str]
) -> None:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    hexadecimal = [case(colour), case(colour[1:]), f"0x{case(colour[1:])}"]
    for written in [*hexadecimal, f"rgb({red}, {green}, {blue})", f"RGB({red} {green} {blue})"]:
        assert parse_colour(wrapping.format(written)) == colour


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#abc", "#AABBCC"),
        ("ABC", "#AABBCC"),
        ("123", "#112233"),
        ("Steel Blue", "#4682B4"),
        ("TEAL", "#008080"),
    ],
)
def test_short_and_named_colours(text: str, colour: str) -> None:
    assert parse_colour(text) == colour


def test_all_names_of_css_are_known() -> None:
    assert len(CSS_COLOURS) == 148
    assert all(parse_colour(name.title()) == colour for name, colour in CSS_COLOURS.items())


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", ColourMissing),
        (" \u00a0 ;", ColourMissing),
        ("#1234", ColourTransparent),
        ("#12345678", ColourTransparent),
        ("deadbeef", ColourTransparent),
        ("rgba(1, 2, 3, 0.5)", ColourTransparent),
        ("rgb(1, 2, 3, 0.5)", ColourTransparent),
        ("rgb(1 2 3 / 50%)", ColourTransparent),
        ("transparent", ColourTransparent),
        ("#12345", ColourDigits),
        ("#123456789", ColourDigits),
        ("0xabc", ColourDigits),
        ("rgb(1, 2, 300)", ColourRange),
        ("rgb(1, 2)", BadColour),
        ("#", BadColour),
        ("blu", BadColour),
        ("#12 34 56", BadColour),
        ("##123456", BadColour),
        ("١٢٣", BadColour),
        ("#1F6FEB, #FFFFFF", BadColour),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, refusal: type[BadColour]) -> None:
    with pytest.raises(BadColour) as caught:
        parse_colour(text)
    assert type(caught.value) is refusal


@given(st.text(max_size=12))
def test_whatever_is_typed_gives_a_colour_or_a_refusal(text: str) -> None:
    with suppress(BadColour):
        colour = parse_colour(text)
        assert parse_colour(colour) == colour


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


def test_offered_colours_show_on_both_grounds() -> None:
    assert all(contrast(c, ground) > 2.99 for c in OFFERED_COLOURS for ground in ("#FFFFFF", "#17191C"))


@pytest.mark.parametrize(("number", "one", "other", "expected"), SHARMA)
def test_ciede2000_agrees_with_the_published_pairs(number: int, one: Lab, other: Lab, expected: float) -> None:
    distance = ciede2000(Color("lab-d65", one), Color("lab-d65", other))
    assert distance == pytest.approx(expected, abs=5e-5), number


@given(colours, colours)
def test_confusion_knows_no_order(one: str, other: str) -> None:
    assert confusion(one, other) == confusion(other, one)


def test_the_recommended_palette_never_warns() -> None:
    assert not any(looks_alike(Look(Shape.STAR, a), Look(Shape.STAR, b)) for a, b in combinations(OKABE_ITO, 2))


def test_grey_and_tritanopia_are_told_for_the_report() -> None:
    seen = confusion("#C27C00", "#D55E00")
    assert seen.grey < CONFUSABLE_BELOW < seen.normal
    assert seen.tritanopia < CONFUSABLE_BELOW


@pytest.mark.parametrize(
    ("one", "other", "audience"),
    [
        ("#0A66B5", "#0A66B5", Audience.EVERYONE),
        ("#0A66B5", "#0072B2", Audience.EVERYONE),
        ("#0A66B5", "#B8578F", Audience.PROTANOPIA),
        ("#B8578F", "#7A8088", Audience.DEUTERANOPIA),
        ("#C27C00", "#D55E00", Audience.RED_GREEN),
        ("#0A66B5", "#C62828", None),
    ],
)
def test_the_warning_knows_whom_it_concerns(one: str, other: str, audience: Audience | None) -> None:
    assert who_confuses(Look(Shape.MOON, one), Look(Shape.MOON, other)) is audience


def test_another_shape_is_never_confused() -> None:
    assert who_confuses(Look(Shape.MOON, "#0A66B5"), Look(Shape.STAR, "#0A66B5")) is None


def test_shapes_have_names_for_people() -> None:
    assert len(Shape) == 16
    assert Shape.TRIANGLE_UP.label == "Triangle up"


@given(st.sampled_from(Shape), st.lists(looks, max_size=6))
def test_suggestions_are_safe_with_what_is_taken(shape: Shape, taken: list[Look]) -> None:
    offered = safe_suggestions(shape, iter(taken))
    assert not any(looks_alike(Look(shape, colour), look) for colour in offered for look in taken)


@given(st.lists(looks, max_size=40))
def test_a_new_look_is_not_taken(taken: list[Look]) -> None:
    assert suggest_look(iter(taken)) not in taken


def test_new_looks_stay_free_when_everything_offered_is_taken() -> None:
    taken: list[Look] = []
    for _ in range(len(Shape) * len(OFFERED_COLOURS) + 3):
        taken.append(suggest_look(taken))
    assert len(set(taken)) == len(taken)
    assert len({look.shape for look in taken[:16]}) == 16
