"""Films: which frames have room, the line over the present one, the captions, and what a pointer can choose."""

import numpy as np
import pytest
from handmade import film
from msgspec import structs

from tui.drawing.canvas import Look
from tui.drawing.cells import draw, natural_height
from tui.drawing.cells.film import LEAST, chosen
from tui.drawing.palette import palette
from tui.drawing.svg import svg
from tui.locale import words

LOOK = Look(palette("night"), words("en").say)


@pytest.mark.parametrize("width", [8, 40, 60, 78, 120])
def test_the_present_frame_always_has_room(width: int) -> None:
    for present in range(8):
        places = chosen(structs.replace(film(), present=present), width)
        assert present in places and places == sorted(set(places))
        assert len(places) * (LEAST + 2) - 2 <= max(width, LEAST)


def test_the_present_frame_alone_has_a_line_over_it() -> None:
    figure = film()
    canvas = draw(figure, 120, natural_height(figure, 120, LOOK), LOOK)
    frames = [spot for spot in canvas.spots if spot.name.startswith("frame:")]
    assert [spot.name for spot in frames] == [f"frame:{place}" for place in range(8)]
    line = canvas.lines()[1]
    assert [set(line[spot.x : spot.x + spot.width]) == {"▁"} for spot in frames] == [at == 3 for at in range(8)]
    assert "t 569" in canvas.lines()[-1] and canvas.lines()[0].rstrip().endswith("9 / 20")


def test_where_rows_are_few_images_keep_their_shape() -> None:
    canvas = draw(film(), 120, 8, LOOK)
    assert {(spot.width, spot.height) for spot in canvas.spots} == {(10, 7)}
    assert "t 569" in canvas.lines()[-1]


def test_the_svg_has_every_frame_and_its_caption() -> None:
    figure = film()
    text = svg(figure, words("en"))
    assert all(f">{caption}</text>" in text for caption in figure.captions)
    long = structs.replace(figure, frames=np.zeros((40, 8, 8)), captions=tuple(map(str, range(40))))
    assert all(f">{place}</text>" in svg(long, words("en")) for place in range(40))
