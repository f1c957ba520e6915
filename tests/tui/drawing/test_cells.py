"""Figures as terminal cells: as text where the eye can compare, by their rules at every size and in every mode."""

import re

import numpy as np
import pytest
from handmade import FIGURES, LENET5, UNKNOWN, feature_maps, playground, unit
from rich.cells import cell_len

from lessons.vocabulary.figures import Axis, Bars, Curves, Figure, Graph, Line, Link, Node, Plane
from tui.drawing.canvas import Canvas, Look
from tui.drawing.cells import draw, natural_height
from tui.drawing.palette import DEPTHS, palette
from tui.glyphs import is_safe
from tui.locale import words

ALL = FIGURES | {layer: feature_maps(layer) for layer in LENET5} | UNKNOWN
SIZES = ((1, 1), (2, 4), (10, 3), (42, 13), (80, 24))


def look(depth: str = "truecolor", wide: bool = False, language: str = "en", **more: bool) -> Look:
    return Look(palette("night", depth), words(language).say, wide, **more)


def lines(name: str, width: int, height: int, **how: object) -> list[str]:
    return draw(ALL[name], width, height, look(**how)).lines()


def check(canvas: Canvas) -> None:
    """Every row is as wide as the canvas, and no wide character is torn."""
    for row in range(canvas.height):
        assert sum(cell_len(text) for text, _ in canvas.runs(row)) == canvas.width
        cells = canvas.row_text(row)
        for before, after in zip(["", *cells], [*cells, " "], strict=True):
            assert (cell_len(before) == 2) == (after == ""), cells
    for spot in canvas.spots:
        assert spot.width > 0 and spot.height > 0


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("name", ALL)
def test_every_kind_keeps_inside_its_cells_at_every_size(name: str, depth: str) -> None:
    for width, height in SIZES:
        for wide, blocks, language in ((False, False, "ja"), (True, False, "ja"), (False, True, "en")):
            check(draw(ALL[name], width, height, look(depth, wide, language, blocks=blocks)))
    check(draw(ALL[name], 0, 0, look(depth)))


@pytest.mark.parametrize("name", ALL)
def test_a_whole_screen_and_the_figures_own_height_hold_it_too(name: str) -> None:
    check(draw(ALL[name], 200, 60, look(language="ja")))
    for width in (1, 20, 74):
        rows = natural_height(ALL[name], width, look())
        assert 0 <= rows < 200
        check(draw(ALL[name], width, rows, look()))


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("name", FIGURES)
def test_wide_mode_shows_nothing_of_ambiguous_width(name: str, depth: str) -> None:
    assert is_safe("".join(lines(name, 80, 24, depth=depth, wide=True, language="ja")))


def test_bars() -> None:
    assert lines("bars", 24, 4) == ["output", "", "0         ──────── 0.007", "1 < 2 & 3 ━━━━━━━━ 0.993"]
    assert lines("bars", 24, 4, wide=True)[2:] == ["0         -------- 0.007", "1 < 2 & 3 ======== 0.993"]


def test_table() -> None:
    assert lines("table", 24, 4, language="ja") == ["  出力", "  x₁   a − h", "  0    −0.80", "▸ 1     出力"]


def test_numbers_of_a_formula_stand_under_their_symbols() -> None:
    assert lines("formula", 30, 6, language="ja") == ["a = w₁   +", "  = 0.80 −", "", "y =  出力", "  =  0.61", ""]
    assert lines("formula", 30, 4)[2:] == ["y =  output", "  =  0.61"]


def test_unit() -> None:
    assert lines("graph", 42, 13) == [
        " x0     w0",
        "       ⣶⣶⣦⣄⡀",
        "         ⠈⠙⠻⣶⣄",
        "             ⠙⠿⣦⣄⡀",
        "               ⠈⠙⠻⢷⣦⣤",
        " x1     w1         ⠈⠉ Σ    f  ⡏⠉",
        "       ⠶⠶⠶  ⠶⠶⠶  ⠶⠶⠶        ⣀⣀⠇",
        "                   ⣀⣀",
        "               ⢀⣤⣾⣿⠿⠿",
        "            ⢀⣤⣾⡿⠛⠁      output",
        " x2     ⢀⣀⣤⣾⡿⠛⠁",
        "       ⣿⡿⠿⠛⠁",
        "        w2",
    ]


def test_causes_lead_to_their_effect_by_curves_and_wide_tiles_hold_a_word() -> None:
    nodes = tuple(Node(name=name, layer=0, symbol=name, number="@term.output", wide=True) for name in "abc")
    figure = Graph(
        nodes=(*nodes, Node(name="d", layer=1, symbol="d")),
        links=tuple(Link(source=name, target="d") for name in "abc"),
    )
    assert draw(figure, 30, 11, Look(palette("night"), words("en").say)).lines() == [
        " a",
        " output      ⠤⠤⡀",
        "               ⠈⠑⢄",
        "                  ⠑⢄⡀",
        " b                  ⠈⠒⠒ d",
        " output      ──────────",
        "                    ⢀⠤⠤",
        "                  ⡠⠊⠁",
        " c             ⢀⡠⠊",
        " output      ⠒⠒⠁",
        "",
    ]


def test_present_values_stand_on_the_axes_of_curves() -> None:
    shown = lines("curves", 34, 8)
    assert shown[0] == "   y = f (a − h)"
    assert shown[1].startswith("h 0.90 ") and shown[1].endswith(" output")
    assert shown[3].startswith("  0.61 ") and "●" in shown[3]
    assert shown[7] == "       −4      +0.46     +4"


@pytest.mark.parametrize("rows", [3, 5, 7, 12])
def test_names_stand_at_the_ends_of_their_curves_from_the_highest_to_the_lowest(rows: int) -> None:
    ends = {"a": 0.02, "b": 0.05, "c": 0.01, "d": 0.9, "e": 0.03}
    figure = Curves(
        title="",
        x=Axis(),
        y=Axis(),
        lines=tuple(Line(x=np.array([0.0, 1.0]), y=np.array([0.5, end]), name=name) for name, end in ends.items()),
    )
    shown = draw(figure, 40, rows, look()).lines()
    assert "".join(re.findall(r"[a-e]", " ".join(shown))) == "dbeac"
    assert rows < 7 or len({line for line in shown if re.search(r"[a-e]", line)}) == 5, "each in a row of its own"


def test_curves_without_braille_are_half_blocks() -> None:
    text = "".join(lines("curves", 34, 8, blocks=True))
    assert "▄" in text and not any("⠀" < letter <= "⣿" for letter in text)


def test_a_plane_without_colour_has_shades_classes_and_its_line() -> None:
    shown = lines("plane", 30, 10, depth="none")
    text = "".join(shown)
    assert {"░", "▒", "▓"} <= set(text) and "○✗" in text and "a = h" in text
    assert shown[8] == "   −1           +1 x₁"


def test_a_pointer_finds_data_coordinates_and_parts() -> None:
    canvas = draw(FIGURES["plane"], 30, 12, look())
    frame = canvas.frames["plane"]
    assert frame.data(frame.x, frame.y) == (-1, 1)
    assert frame.data(frame.x + frame.width, frame.y + frame.height + 5) == (1, -1)
    assert canvas.spot_at(frame.x, frame.y) == "plane"
    spot = next(spot for spot in canvas.spots if spot.name == "point:1")
    x, y = frame.data(spot.x + 1.5, spot.y + 0.5)
    assert abs(x - 0.5) < 0.15 and abs(y - 0.5) < 0.15


@pytest.mark.parametrize(("layer", "images"), [("C1", 6), ("C3", 16), ("S4", 16), ("C5", 1), ("F6", 1)])
def test_all_maps_of_a_layer_are_shown_with_their_scale(layer: str, images: int) -> None:
    figure = feature_maps(layer)
    canvas = draw(figure, 100, natural_height(figure, 100, look()), look())
    assert len([spot for spot in canvas.spots if spot.name.startswith("image:")]) == images
    shown = canvas.lines()
    assert shown[0] == f"{layer}  {figure.note}"
    assert shown[-1].strip("▀ ").split() in (["0", "1"], ["0"], ["1"])


def test_a_size_is_written_whole_or_not_at_all() -> None:
    assert lines("C5", 10, 3)[0] == "C5"
    assert lines("C5", 14, 3)[0] == "C5  1×1×120"


def test_a_playground_shows_every_unit_and_link() -> None:
    figure = playground()
    canvas = draw(figure, 110, 27, look())
    units = {spot.name: spot for spot in canvas.spots}
    assert {node.name for node in figure.nodes} <= set(units)
    for one in units.values():
        for other in units.values():
            apart = one.x >= other.x + other.width or one.y >= other.y + other.height
            assert one is other or apart or other.x >= one.x + one.width or other.y >= one.y + one.height
    between = {letter for row in canvas.lines() for letter in row[6:30]}
    assert len([letter for letter in between if "⠀" < letter <= "⣿"]) > 40


def test_names_of_maps_stand_left_of_them() -> None:
    named = playground()
    nodes = tuple(node if node.layer else _named(node) for node in named.nodes)
    shown = draw(type(named)(nodes=nodes, links=named.links), 110, 27, look()).lines()
    assert sum(row.startswith("x₁") for row in shown) == 7


def _named(node: object) -> object:
    import msgspec

    return msgspec.structs.replace(node, symbol="x₁")


def test_negative_links_are_dashed() -> None:
    positive, negative = draw(unit((0.8, 0.8, 0.8)), 42, 13, look()), draw(unit((-0.8, -0.8, -0.8)), 42, 13, look())
    count = [sum("⠀" < letter <= "⣿" for row in each.lines() for letter in row) for each in (positive, negative)]
    assert count[1] < 0.8 * count[0]


def test_a_tile_takes_the_middle_of_the_map_where_its_value_is_none() -> None:
    shades = palette("night")
    assert shades.signed(float("nan")) == shades.signed(0.0)
    assert shades.names("signed", np.array([[np.nan, np.inf]])) == [[shades.signed(0.0), shades.signed(1.0)]]


def test_a_bar_longer_than_its_axis_ends_there() -> None:
    figure: Figure = Bars(title="", names=("a",), values=np.array([7.0]), digits=0)
    assert draw(figure, 12, 1, look()).lines() == ["a ━━━━━━━━ 7"]


def test_an_empty_plane_has_its_axes() -> None:
    figure = UNKNOWN["no points"]
    assert isinstance(figure, Plane)
    assert "−1" in "".join(draw(figure, 30, 12, look()).lines())
