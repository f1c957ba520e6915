"""A tree as cells: what is thick, what is violet, and which part of a long way is seen."""

import pytest
from handmade import tree
from msgspec import structs

from lessons.vocabulary.tree import Branch, Fan, Tree, share_text
from tui.drawing.canvas import Canvas, Look
from tui.drawing.cells.tree import draw, layout
from tui.drawing.palette import palette

LOOK = Look(palette("night"), lambda text: text)


def drawn(figure: Tree, width: int = 74, height: int = 17) -> Canvas:
    canvas = Canvas(width, height, LOOK)
    draw(figure, canvas)
    return canvas


def dots(share: float) -> int:
    """Braille dots of a branch of this probability."""
    figure = Tree(title="t", root="a", fans=(Fan(branches=(Branch(name="b", label="b", share=share),)),))
    return sum(bin(ord(each) & 0xFF).count("1") for line in drawn(figure).lines() for each in line if "⠀" < each <= "⣿")


def long_way(fans: int = 9) -> Tree:
    branches = tuple(Branch(name=f"word {place}", label=f"word{place}", share=0.5 - 0.2 * place) for place in range(3))
    return Tree(title="t", root="root", fans=(Fan(branches=branches, followed=1, picked=True),) * fans, at=fans - 2)


def test_a_likelier_branch_is_thicker() -> None:
    assert dots(0.9) > 2 * dots(0.1) > 0


def test_the_way_that_is_picked_is_violet_and_the_likeliest_alone_is_not() -> None:
    def inks(figure: Tree) -> set[str]:
        canvas = drawn(figure)
        return {ink.fg for row in range(canvas.height) for text, ink in canvas.runs(row) if "首都" in text}

    fans = tuple(structs.replace(fan, picked=False) for fan in tree().fans)
    accent = LOOK.palette.colour("accent")
    assert inks(tree()) == {accent}
    assert accent not in inks(structs.replace(tree(), fans=fans, at=-1))


@pytest.mark.parametrize("width", [40, 60, 74, 120])
def test_the_present_word_and_what_comes_behind_it_are_always_seen(width: int) -> None:
    figure = long_way()
    canvas = drawn(figure, width)
    shown = {int(spot.name.split(":")[1]) for spot in canvas.spots if spot.name.startswith("pick:")}

    assert figure.at + 1 in shown
    assert min(shown) == layout(figure, canvas)[0]


def test_places_to_click_name_their_fan_and_branch() -> None:
    names = {spot.name for spot in drawn(tree(), 100).spots}

    assert {"level:0", "pick:0:a", "pick:1:d", "pick:2:f"} <= names


def test_a_probability_too_small_to_write_is_not_written_as_zero() -> None:
    assert [share_text(share, 3) for share in (0.0, 0.0004, 0.0006, 1.0)] == ["0.000", "<.001", "0.001", "1.000"]
    assert share_text(0.4, 1) == "0.4"
