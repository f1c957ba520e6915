"""Texts in tokens: where their lines end, what is tinted, what has no room; and bars of which some are cut off."""

import numpy as np
import pytest
from handmade import FIGURES
from msgspec import structs
from rich.cells import cell_len

from lessons.vocabulary.figures import Bars, Tokens
from tui.drawing.canvas import Look
from tui.drawing.cells import draw, natural_height
from tui.drawing.lines import lines
from tui.drawing.palette import palette
from tui.locale import words

LOOK = Look(palette("night"), words("en").say)


def texts(pieces: tuple[str, ...], width: int) -> list[str]:
    return ["".join(run.text for run in row) for row in lines(pieces, width, cell_len)]


def test_together_the_runs_are_the_text() -> None:
    pieces = ("The ", "value", " of the", " expression", " list", " will")
    assert "".join(texts(pieces, 14)) == "".join(pieces)
    assert all(cell_len(line) <= 14 for line in texts(pieces, 14))


def test_no_word_is_torn_and_no_line_begins_with_a_full_stop() -> None:
    assert texts(("one two", "three"), 9) == ["one ", "twothree"]
    rows = texts(("これは文章です", "。", "次の文", "。"), 15)
    assert all(not row.startswith("。") for row in rows)


def test_a_line_end_is_shown_and_ends_the_line() -> None:
    assert texts(("a\nb", "\n\n", "c"), 10) == ["a⏎", "b⏎", "⏎", "c"]


def test_a_word_longer_than_a_line_is_torn() -> None:
    assert texts(("x" * 25,), 10) == ["x" * 9, "x" * 9, "x" * 7]


def test_the_note_stands_under_the_present_token() -> None:
    figure = FIGURES["tokens"]
    canvas = draw(figure, 40, natural_height(figure, 40, LOOK), LOOK)
    rows = canvas.lines()
    at = next(y for y, row in enumerate(rows) if "首都" in row)
    assert rows[at + 1].strip() == "0.946"


def tints(figure: Tokens, width: int = 30) -> dict[str, str]:
    """The background of each piece's last letter."""
    canvas = draw(structs.replace(figure, title="", scale=()), width, 9, LOOK)
    found = {}
    for spot in canvas.spots:
        if spot.name.removeprefix("token:").isdigit():
            found[spot.name] = canvas.background(spot.x + spot.width - 1, spot.y)
    return found


def test_what_surprises_more_has_a_stronger_tint_and_the_prompt_none() -> None:
    figure = Tokens(title="", pieces=("ab", "cd", "ef", "gh"), values=np.array([9.0, 0.0, 3.0, 9.0]), given=1)
    found = tints(figure)
    ground = palette("night").colour("surface")
    assert found["token:0"] == found["token:1"] == ground
    assert found["token:2"] == palette("night").sequential(0.25)
    assert found["token:3"] == palette("night").sequential(0.75)


def test_the_end_is_shown_where_there_is_no_room_for_all_and_the_beginning_of_what_is_over() -> None:
    pieces = tuple(f"word{number} " for number in range(60))
    figure = Tokens(title="", pieces=pieces, values=np.zeros(60), open=True)
    assert "word59" in "\n".join(draw(figure, 20, 6, LOOK).lines())
    over = structs.replace(figure, open=False)
    assert "word0" in "\n".join(draw(over, 20, 6, LOOK).lines())
    looked = structs.replace(figure, present=3)
    assert "word3" in "\n".join(draw(looked, 20, 6, LOOK).lines())


def bars(**changes: object) -> list[str]:
    figure = FIGURES["candidates"]
    assert isinstance(figure, Bars)
    return draw(structs.replace(figure, **changes), 44, 10, LOOK).lines()


def test_what_is_cut_off_stands_under_a_line_without_a_bar() -> None:
    rows = bars(title="next", heads=("model", "p"), cut_name="cut by top-p")
    line = next(y for y, row in enumerate(rows) if "cut by top-p" in row)
    assert "other" in rows[line + 1] and "━" not in rows[line + 1] and rows[line + 1].endswith(" 0")
    assert "━" in rows[line - 1]


def test_the_chosen_bar_is_always_seen() -> None:
    names = tuple(f"n{number}" for number in range(30))
    values = np.linspace(1, 0.1, 30)
    figure = Bars(title="", names=names, values=values, beside=values, chosen=25)
    rows = draw(figure, 40, 8, LOOK).lines()
    assert rows[0].strip().startswith("n0") and "n25" in rows[-1]
    moved = draw(structs.replace(figure, cursor=29), 40, 8, LOOK).lines()
    assert any("n29" in row for row in moved)


@pytest.mark.parametrize(("width", "beside", "steps"), [(60, True, 7), (37, False, 7), (33, False, 6), (20, False, 3)])
def test_a_scale_keeps_its_ends_where_it_has_little_room(width: int, beside: bool, steps: int) -> None:
    scale = tuple(
        zip((0, 1, 2.3, 3.3, 5.1, 6.6, 10.0), ("1", "0.5", "0.2", "0.1", "0.03", "0.01", "0.001"), strict=True)
    )
    figure = Tokens(
        title="", pieces=("a",), values=np.zeros(1), high=12.0, scale_name="@language.gpt.of_each", scale=scale
    )
    rows = draw(figure, width, 12, LOOK).lines()
    name = words("en").text("language.gpt.of_each")
    assert (name in rows[-1]) == beside and name in rows[-1 if beside else -2]
    found = rows[-1].removeprefix(name).split()
    assert found[0] == "1" and found[-1] == "0.001" and len(found) == steps
