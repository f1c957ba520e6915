"""The grid of cells: what lies on what, what is cut at the edges, and what a pointer finds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.drawing.canvas import Canvas, Ink, Look
from tui.drawing.palette import palette
from tui.locale import words


def canvas(width: int = 10, height: int = 3, depth: str = "truecolor", **how: bool) -> Canvas:
    return Canvas(width, height, Look(palette("night", depth), words("en").say, **how))


def whole(made: Canvas) -> bool:
    return all(sum(cell_len(text) for text, _ in made.runs(row)) == made.width for row in range(made.height))


def test_text_is_cut_at_every_edge() -> None:
    made = canvas(6, 1)
    assert made.put(4, 0, "abc") == 7
    assert made.put(-1, 0, "xy") == 1
    made.put(0, 1, "below")
    made.put(0, -1, "above")
    assert made.lines() == ["y   ab"]


def test_a_wide_character_never_stands_half_over_the_edge() -> None:
    made = canvas(3, 1)
    made.put(0, 0, "人工")
    made.put(-1, 0, "脳")
    assert made.lines() == ["人"] and whole(made)


@pytest.mark.parametrize(
    ("x", "text", "shown"), [(0, "a", "a 工"), (1, "a", " a工"), (1, "脳", " 脳"), (3, "a", "人 a")]
)
def test_writing_over_half_a_wide_character_blanks_the_other_half(x: int, text: str, shown: str) -> None:
    made = canvas(4, 1)
    made.put(0, 0, "人工")
    made.put(x, 0, text)
    assert made.lines() == [shown] and whole(made)


def test_text_can_end_at_a_column_or_lie_about_one() -> None:
    made = canvas(10, 2)
    made.put_right(10, 0, "出力")
    made.put_middle(0, 1, "出力")
    assert made.lines() == ["      出力", "出力"]


def test_a_canvas_can_be_laid_over_wide_characters_and_over_the_edge() -> None:
    ground, piece = canvas(7, 2), canvas(4, 2)
    ground.put(0, 0, "人工知能")
    ground.put(0, 1, "人工知")
    piece.put(0, 0, "脳脳")
    ground.paste(piece, 1, 0)
    assert ground.lines() == [" 脳脳", "       ".rstrip()] and whole(ground)
    for x in (-1, -3, 4, 6, 9):
        ground.paste(piece, x, 0)
        assert whole(ground)


def test_what_was_pasted_keeps_its_spots_and_frames() -> None:
    ground, piece = canvas(10, 5), canvas(4, 2)
    piece.spot(1, 0, 2, 1, "tile")
    ground.paste(piece, 3, 2)
    assert ground.spot_at(4, 2) == "tile" and ground.spot_at(3, 2) == ""


def test_later_spots_lie_on_top() -> None:
    made = canvas()
    made.spot(0, 0, 5, 1, "below")
    made.spot(2, 0, 1, 1, "above")
    assert [made.spot_at(x, 0) for x in (1, 2, 3, 5)] == ["below", "above", "below", ""]


def test_dots_share_a_cell_but_never_hide_a_character() -> None:
    made = canvas(2, 1)
    made.put(1, 0, "a")
    made.dots([(0, 0), (1, 3), (2, 0), (9, 9), (-1, 0)], "#ffffff")
    assert made.lines() == ["⢁a"]


def test_without_braille_dots_are_half_blocks() -> None:
    made = canvas(3, 1, blocks=True)
    made.dots([(0, 0), (2, 3), (4, 0), (4, 2)], "#ffffff")
    assert made.lines() == ["▀▄█"]


def test_two_pixels_share_a_cell_and_equal_ones_are_a_background() -> None:
    made = canvas(2, 1)
    made.pixels(0, 0, "signed", np.array([[1.0, 1.0], [-1.0, 1.0]]))
    (first, ink), (second, other) = made.runs(0)
    shades = made.look.palette
    assert (first, ink.fg, ink.bg) == ("▀", shades.signed(1.0), shades.signed(-1.0))
    assert (second, other.bg) == (" ", shades.signed(1.0))


@pytest.mark.parametrize("depth", ["16", "none"])
def test_without_colours_pixels_are_shades(depth: str) -> None:
    steps = np.repeat(np.array([[0.0, 0.3, 0.6, 1.0]]), 2, axis=0)
    made, plain = canvas(4, 1, depth), canvas(4, 1, depth, wide=True)
    made.pixels(0, 0, "ink", steps)
    plain.pixels(0, 0, "ink", steps)
    assert made.lines() == [" ░▒▓"] and plain.lines() == [" .:#"]


def test_in_wide_mode_pixels_are_backgrounds_only() -> None:
    made = canvas(2, 1, wide=True)
    made.pixels(0, 0, "signed", np.array([[1.0, 0.0], [-1.0, 0.0]]))
    assert made.lines() == [""]


def test_a_blank_goes_on_in_the_run_before_it() -> None:
    made = canvas(6, 1)
    made.put(0, 0, "a", Ink("#ff0000"))
    made.put(3, 0, "b", Ink("#ff0000"))
    assert [text for text, _ in made.runs(0)] == ["a  b  "]
    made.underline(1, 0, 1)
    assert [text for text, _ in made.runs(0)] == ["a", " ", " ", "b  "]


@given(st.lists(st.tuples(st.integers(-3, 12), st.text("a人ー…⠀▀ 1", max_size=6)), max_size=12))
@settings(deadline=None, max_examples=80)
def test_whatever_is_written_no_character_is_torn(writings: list[tuple[int, str]]) -> None:
    made = canvas(10, 1)
    for x, text in writings:
        made.put(x, 0, text)
    cells = made.row_text(0)
    assert whole(made)
    assert all((cell_len(one) == 2) == (other == "") for one, other in zip(cells, [*cells[1:], " "], strict=True))
