"""A network's lines and rows: which lane a line takes, what is kept where there is less room, and how fast it is."""

import time

from handmade import residual

from lessons.vocabulary.network import Head, Network, Stage, Wire
from tui.drawing import lanes
from tui.drawing.canvas import Look
from tui.drawing.cells import draw
from tui.drawing.palette import palette
from tui.locale import words

LOOK = Look(palette("night"), words("en").say)


def lines_of(wires: tuple[tuple[int, int], ...], count: int, wide: bool = False) -> list[str]:
    """Draw the lines alone."""
    stages = tuple(Stage(name=str(index), label="", cells=(), weighted=True) for index in range(count))
    figure = Network(title="", columns=(), needs=(), stages=stages, wires=tuple(Wire(*each) for each in wires))
    look = Look(palette("night"), words("en").say, wide)
    return [line[2:].rstrip() for line in draw(figure, 40, count + 1, look).lines()[1:]]


def test_a_row_a_layer_and_the_shortcut_around_them() -> None:
    assert draw(residual(), 50, 9, LOOK).lines() == [
        "       output         w                        x",
        "  ○─╮  in                                3 × 8×8",
        "  │ │  ▾ block    1,120                  8 × 8×8",
        "  ● │    conv       560  ━────────────   8 × 8×8",
        "  ▪ │    ▸ more     560  ━────────────   8 × 8×8",
        "  ○─┤    add                             8 × 8×8",
        "  │ ●  head          90  ━────────────        10",
        "  ●    output     5,130  ━━━━━━━━━━━━━        10",
        "       Σ          6,340",
    ]


def test_branches_lie_beside_each_other_and_come_together() -> None:
    wires = ((0, 1), (0, 2), (0, 4), (1, 5), (2, 3), (3, 5), (4, 5), (5, 6))

    assert lines_of(wires, 7) == ["●─┬─╮", "● │ │", "│ ● │", "│ ● │", "│ │ ●", "●─┴─╯", "●"]
    assert lines_of(wires, 7, wide=True)[:2] == ["O-+-+", "O | |"]


def test_the_main_line_stays_where_it_is_and_a_side_exit_gives_way() -> None:
    assert lines_of(((0, 1), (0, 2), (2, 3)), 4) == ["●─╮", "│ ●", "●", "●"]


def test_a_line_that_passes_is_crossed() -> None:
    assert lines_of(((0, 1), (0, 3), (1, 2), (1, 3), (2, 3)), 4) == ["●─╮", "●─┼─╮", "● │ │", "●─┴─╯"]


def test_names_and_the_first_needs_are_kept_where_there_is_less_room() -> None:
    narrow = draw(residual(), 24, 9, LOOK).lines()

    assert "1,120" in narrow[2] and "8×8" not in "".join(narrow)
    assert draw(residual(), 24, 5, LOOK).lines()[-1].split() == ["Σ", "6,340"]


def test_the_present_row_is_always_seen() -> None:
    figure = residual()
    for height in range(2, 10):
        assert any("more" in line for line in draw(figure, 40, height, LOOK).lines())


def test_a_thousand_layers_are_drawn_at_once() -> None:
    count = 1000
    stages = tuple(Stage(name=f"layer{index}", label=f"layer{index}", cells=("1",)) for index in range(count))
    wires = tuple(Wire(index, index + 1) for index in range(count - 1))
    wires += tuple(Wire(index, index + 3, True) for index in range(0, count - 3, 3))
    figure = Network(title="t", columns=(Head("w"),), needs=(0,), stages=stages, wires=wires, present=500)
    assert lanes.width(figure) == 3
    draw(figure, 100, 40, LOOK)  # widths and lanes are kept from here on
    before = time.perf_counter()
    draw(figure, 100, 40, LOOK)
    assert time.perf_counter() - before < 0.03
