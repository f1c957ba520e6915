"""Colours: every text can be read on what it stands on, in every theme and at every depth."""

from itertools import pairwise

import numpy as np
import pytest

from tui.drawing.palette import DEPTHS, LARGE, SHADES, THEMES, TOKENS, contrast, mix, palette, xterm
from tui.themes import all_themes, theme_name

TEXTS = ("foreground", "muted", "faint", "accent", "pos", "neg", "success", "error", "warning", "run")
GROUNDS = ("background", "surface", "panel")
ON_FOCUS = ("foreground", "muted", "accent", "pos", "neg", "success")
"""What is written on the band behind the thing that has the focus."""

ON_BOOST = ("foreground", "muted", "accent", "success")
"""What is written on a chosen chip or in an entry."""

COLOURED = [(theme, depth) for theme in THEMES for depth in ("truecolor", "256")]


@pytest.mark.parametrize(("theme", "depth"), COLOURED)
def test_text_can_be_read_on_every_ground(theme: str, depth: str) -> None:
    colours = palette(theme, depth)
    pairs = [(text, ground) for ground in GROUNDS for text in TEXTS]
    pairs += [(text, "focus") for text in ON_FOCUS] + [(text, "boost") for text in ON_BOOST]
    pairs += [("on-accent", "accent")]
    found = {pair: contrast(*map(colours.colour, pair)) for pair in pairs}
    if (theme, depth) == ("paper", "256"):
        # 256 colours have no darker brown and no lighter violet; what is negative also has its sign.
        assert found.pop(("neg", "focus")) > 4.1
    assert {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize(("theme", "depth"), COLOURED)
def test_text_on_a_tile_of_any_value_can_be_read(theme: str, depth: str) -> None:
    colours = palette(theme, depth)
    tiles = [colours.signed(value, large) for value in np.linspace(-1, 1, 65) for large in (False, True)]
    assert min(contrast(colours.on(tile), tile) for tile in tiles) > 3.8


@pytest.mark.parametrize(("theme", "depth"), COLOURED)
def test_grounds_differ_from_each_other(theme: str, depth: str) -> None:
    colours = palette(theme, depth)
    names = ("background", "surface", "panel", "boost", "focus")
    assert len({colours.colour(name) for name in names}) == len(names)


@pytest.mark.parametrize(("theme", "depth"), COLOURED)
@pytest.mark.parametrize("moving", [False, True])
def test_maps_grow_in_lightness_from_their_zero(theme: str, depth: str, moving: bool) -> None:
    colours = palette(theme, depth, moving)
    ground = colours.sequential(0.0)
    for shown in (colours.sequential, colours.ink):
        ratios = [contrast(shown(share), shown(0.0)) for share in np.linspace(0, 1, 9)]
        assert all(later >= earlier - 0.02 for earlier, later in pairwise(ratios)), (shown, ratios)
        assert ratios[-1] > 9
    assert ground == colours.sequential(-5) and colours.sequential(1.0) == colours.sequential(5)
    for sign in (-1, 1):
        ratios = [contrast(colours.signed(sign * share), colours.signed(0)) for share in (0, 0.25, 0.5, 0.75, 1)]
        assert ratios == sorted(ratios) and ratios[-1] > 4


def test_both_signs_differ_in_colour_and_large_areas_are_damped() -> None:
    for theme in THEMES:
        colours = palette(theme)
        assert colours.signed(1) == colours.colour("pos") and colours.signed(-1) == colours.colour("neg")
        assert colours.signed(1, large=True) == mix(colours.colour("zero"), colours.colour("pos"), LARGE)


@pytest.mark.parametrize("theme", THEMES)
def test_256_colours_are_exactly_those_of_xterm(theme: str) -> None:
    exact = {xterm(index) for index in range(16, 256)}
    colours = palette(theme, "256")
    assert {colours.colour(token) for token in TOKENS} <= exact
    assert {name for kind in ("signed", "large", "sequential", "ink") for name in colours._ramps[kind]} <= exact


@pytest.mark.parametrize("depth", DEPTHS)
def test_moving_maps_have_at_most_sixteen_levels(depth: str) -> None:
    values = np.linspace(-1, 1, 500)[None]
    assert len({*palette("night", depth, moving=True).names("large", values)[0]}) <= 16


def test_shades_are_in_order_and_what_is_no_number_lies_at_zero() -> None:
    plain = palette("night", "none")
    assert plain.shade_levels("ink", np.array([-1, 0, 0.3, 0.6, 1, 7])).tolist() == [0, 0, 1, 2, 3, 3]
    assert plain.shade_levels("signed", np.array([np.nan, -1, 1])).tolist() == [2, 0, len(SHADES) - 1]


def test_each_theme_has_its_twin() -> None:
    names = {theme.name for theme in all_themes()}
    assert names == {theme_name(theme, depth) for theme in THEMES for depth in ("truecolor", "256")}
    assert theme_name("paper", "none") in names


@pytest.mark.parametrize("depth", ["truecolor", "256"])
def test_paper_is_read_from_the_back_of_a_lecture_hall(depth: str) -> None:
    """A projector's light takes contrast away: labels have much, and a field's sides differ from its middle."""
    colours = palette("paper", depth)
    for ground in ("background", "surface"):
        assert contrast(colours.colour("foreground"), colours.colour(ground)) > 12
        assert contrast(colours.colour("muted"), colours.colour(ground)) > 6.8
        assert contrast(colours.colour("accent"), colours.colour(ground)) > 6
    for sign in (-1, 1):
        assert contrast(colours.signed(sign, large=True), colours.signed(0, large=True)) > 1.5
