"""Images in colour: on the terminal, in sixteen colours or none, as SVG and as PNG."""

import io

import numpy as np
import pytest
from PIL import Image

from lessons.vocabulary.figures import Raster
from lessons.vocabulary.film import Film
from tui.drawing.canvas import Look
from tui.drawing.cells import draw
from tui.drawing.palette import palette, xterm
from tui.drawing.save import png
from tui.drawing.svg import svg
from tui.drawing.window import window
from tui.locale import words


def picture(count: int = 1) -> np.ndarray:
    """Red above, blue below, four by four."""
    values = np.zeros((count, 3, 4, 4))
    values[:, 0, :2] = 1
    values[:, 2, 2:] = 1
    return values


def raster(count: int = 1, **further) -> Raster:
    return Raster(title="", values=picture(count), map="light", **further)


def look(depth: str = "truecolor") -> Look:
    return Look(palette("night", depth), words("en").say)


def test_two_pixels_stand_in_a_cell_in_their_own_colours():
    canvas = draw(raster(), 4, 2, look())

    assert [ink.bg for _, ink in canvas.runs(0)] == ["#ff0000"]
    assert [ink.bg for _, ink in canvas.runs(1)] == ["#0000ff"]


def test_no_scale_stands_below():
    canvas = draw(raster(), 20, 6, look())

    assert "".join(canvas.lines()[2:]).strip() == ""


@pytest.mark.parametrize("depth", ["16", "none"])
def test_without_colours_light_is_shaded(depth):
    canvas = draw(raster(), 4, 4, look(depth))

    assert set(canvas.lines()[0].strip()) <= set("░▒▓") and canvas.lines()[0].strip()
    assert not draw(Raster(title="", values=np.zeros((1, 3, 4, 4)), map="light"), 4, 4, look(depth)).lines()[0].strip()


def test_256_colours_are_those_of_xterm():
    known = {xterm(index) for index in range(16, 256)}
    values = np.random.default_rng(0).random((3, 8, 8))
    names = palette("night", "256").names("light", values)

    assert {name for row in names for name in row} <= known


def test_moving_pictures_have_fewer_colours():
    values = np.linspace(0, 1, 256)[None, None].repeat(3, 0)
    still, moving = (palette("night", "truecolor", each).names("light", values)[0] for each in (False, True))

    assert len(set(still)) == 32 and len(set(moving)) == 16


def test_what_is_no_number_is_dark_and_what_lies_beyond_is_cut():
    values = np.array([np.nan, -1.0, 2.0])[:, None, None]

    assert palette("night").names("light", values) == [["#0000ff"]]


def test_a_png_has_the_colours():
    image = Image.open(io.BytesIO(png(raster(2)))).convert("RGB")

    assert image.getpixel((0, 0)) == (255, 0, 0)
    assert image.getpixel((0, image.height - 1)) == (0, 0, 255)


@pytest.mark.parametrize("figure", [raster(3), Film(title="t", frames=picture(3), captions=("a",) * 3, map="light")])
def test_an_svg_has_the_colours(figure):
    text = svg(figure, words("en"), "paper")

    assert "#ff0000" in text and "#0000ff" in text


def test_a_film_shows_light():
    canvas = draw(Film(title="", frames=picture(2), captions=("9", "0"), map="light", present=1), 20, 6, look())
    found = {ink.bg for row in range(6) for _, ink in canvas.runs(row)}

    assert {"#ff0000", "#0000ff"} <= found


def test_many_pictures_are_looked_at_in_parts():
    part = window(raster(40), 20, 8, look(), 0)

    assert 0 < len(part.figure.values) < 40
    assert part.figure.values.shape[1:] == (3, 4, 4)
