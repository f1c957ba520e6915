"""Named points and axes of factors, as cells and as SVG."""

from xml.etree import ElementTree

import numpy as np
import pytest
from handmade import years

from lessons.vocabulary.figures import Axis, Curves, Line, Mark
from tui.drawing.canvas import Look
from tui.drawing.cells import draw
from tui.drawing.palette import palette
from tui.drawing.svg import svg
from tui.locale import words

LOOK = Look(palette("night", "truecolor"), words("en").say)


def test_equal_factors_are_equal_distances() -> None:
    axis = Axis(low=1e6, high=1e12, log=True)

    assert [axis.share(10.0**power) for power in (6, 8, 9, 12)] == pytest.approx([0, 1 / 3, 1 / 2, 1])
    assert [Axis(low=-1, high=3).share(value) for value in (-1, 0, 3)] == [0, 0.25, 1]
    assert Axis(low=2, high=2).share(2) == 0.5


def test_an_axis_of_factors_writes_its_limits_short_and_stands_them_evenly() -> None:
    rows = draw(years(), 80, 26, LOOK).lines()
    at = {text: next(row for row, line in enumerate(rows) if line.strip().startswith(text)) for text in ("1T", "1M")}

    assert at["1T"] == 1 and at["1M"] == 24
    assert rows[12].lstrip().startswith(("h 1.00B", "1B")) or rows[13].lstrip().startswith(("h 1.00B", "1B"))
    assert any("10.0B" in row for row in rows), "the present point's value"


def test_a_line_is_straight_over_axes_of_factors() -> None:
    even, factors = Axis(low=0, high=100), Axis(low=1, high=100, log=True)
    drawn = []
    for x, y in ((even, even), (even, factors), (factors, even), (factors, factors)):
        ends = Line(x=np.array([x.low, x.high]), y=np.array([y.low, y.high]))
        rows = draw(Curves(title="", x=x, y=y, lines=(ends,)), 40, 10, LOOK).lines()
        drawn.append(["".join(cell for cell in row if "\u2800" < cell < "\u2900" or cell == " ") for row in rows[:-1]])

    assert drawn[0] == drawn[1] == drawn[2] == drawn[3]


@pytest.mark.parametrize(("width", "height"), [(30, 10), (60, 16), (100, 30)])
def test_names_stand_whole_beside_their_dots_and_never_over_each_other(width: int, height: int) -> None:
    canvas = draw(years(), width, height, LOOK)
    text = "\n".join(canvas.lines())
    spots = [spot for spot in canvas.spots if spot.name not in ("", "curves", "h")]

    assert "● " in text and "PaLM" in text, "the first keeps its name"
    taken = [(spot.y, x) for spot in spots if spot.width > 1 for x in range(spot.x, spot.x + spot.width)]
    assert len(taken) == len(set(taken))
    assert {spot.name for spot in spots} == {"PaLM", "GPT-3", "首都", "GPT"}
    for spot in spots:
        assert canvas.spot_at(spot.x, spot.y) in {each.name for each in spots}


def test_a_point_without_room_for_its_name_keeps_its_dot() -> None:
    crowd = tuple(Mark(x=5.0, y=y, name="a very long name", tone="text") for y in np.linspace(0.1, 0.9, 12))
    figure = Curves(title="", x=Axis(low=0, high=10), y=Axis(low=0, high=1), lines=(), marks=crowd)
    text = "".join(draw(figure, 30, 8, LOOK).lines())

    assert text.count("●") >= 6
    assert "a very long name" not in text


def test_svg_has_a_circle_a_name_and_the_short_limits() -> None:
    root = ElementTree.fromstring(svg(years(), words("en"), "paper"))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    circles = list(root.iter("{http://www.w3.org/2000/svg}circle"))

    assert {"PaLM", "GPT-3", "首都", "GPT", "1M", "1T"} <= set(texts)
    assert len(circles) == 5 + 1, "five marks and the present point"
    assert len({circle.get("cy") for circle in circles}) == len({mark.y for mark in years().marks}) + 1


def test_names_in_svg_lie_over_no_other_name() -> None:
    crowd = tuple(Mark(x=2023.0 + index / 5, y=6e10 + index, name=f"model {index}") for index in range(4))
    figure = Curves(title="", x=Axis(low=2012, high=2024), y=Axis(low=1e6, high=1e12, log=True), lines=(), marks=crowd)
    root = ElementTree.fromstring(svg(figure, words("en"), "paper"))
    placed = [
        (float(each.get("x", "")), float(each.get("y", "")))
        for each in root.iter("{http://www.w3.org/2000/svg}text")
        if (each.text or "").startswith("model")
    ]

    assert len(placed) == 4
    assert len({y for _, y in placed}) == 4, "each on a line of its own"
