"""Curves of runs in cells: thinning, smoothing, labels that keep apart, and every way of drawing them."""

import math

import numpy as np
import pytest

from tui.drawing.canvas import Canvas, Look
from tui.drawing.cells.run_curves import RunLine, RunPlot, apart, draw, smoothed, thinned
from tui.drawing.palette import palette


def line(name: str, values: list[float], mark: int = 0, tone: str = "series-1", stroke: int = 0) -> RunLine:
    return RunLine(name, np.arange(len(values), dtype=float), np.array(values), tone, mark, stroke)


def plot_of(*lines: RunLine, **changed: object) -> RunPlot:
    values: dict[str, object] = {
        "lines": lines, "x_name": "steps", "x_high": 10.0, "y_low": 0.0, "y_high": 1.0, "x_text": "{:.0f}".format,
        "y_text": "{:.2f}".format, "tick_text": "{:g}".format,
    }  # fmt: skip
    return RunPlot(**(values | changed))  # type: ignore[arg-type]


def drawn(plot: RunPlot, width: int = 60, height: int = 12, wide: bool = False, depth: str = "truecolor") -> list[str]:
    canvas = Canvas(width, height, Look(palette("night", depth), str, wide))
    draw(plot, canvas)
    return canvas.lines()


def test_thinning_keeps_the_extremes_of_each_column() -> None:
    columns, rows = np.array([3, 3, 3, 5]), np.array([4, 9, 1, 7])
    assert thinned(columns, rows) == [(3, 4, 1, 9, 1), (5, 7, 7, 7, 7)]
    assert thinned(columns[:0], rows[:0]) == []


def test_one_high_point_among_thousands_is_seen() -> None:
    values = [0.1] * 9000
    values[4321] = 0.95
    rows = drawn(plot_of(line("a", values), x_high=9000.0))
    assert any(character > "⠀" for character in "".join(rows[:2]) if "⠀" <= character <= "⣿")


def test_smoothing_is_an_average_without_the_pull_of_the_beginning() -> None:
    assert smoothed(np.array([1.0, 1.0, 1.0]), 0.9).tolist() == pytest.approx([1, 1, 1])
    assert smoothed(np.array([1.0, 0.0]), 0.5).tolist() == pytest.approx([1, 1 / 3])
    assert smoothed(np.array([0.3, 0.5]), 0.0).tolist() == [0.3, 0.5]


def test_labels_keep_their_order_and_never_lie_over_each_other() -> None:
    assert apart([2.4, 2.1, 2.9], 10) == [3, 2, 4]
    assert apart([9.0, 9.0, 9.0], 10) == [7, 8, 9]
    assert apart([0.0, 5.0], 10) == [0, 5]
    assert sorted(apart([0.0, 0.0, 0.0], 2)) == [0, 1, 2]


def test_each_curve_is_named_at_its_end_with_its_last_value() -> None:
    rows = drawn(plot_of(line("first", [0, 0.5, 1], 1), line("other", [0, 0.1, 0.2], 2, "accent")))
    assert any(" 1  first" in row and row.endswith("1.00") for row in rows[:3])
    assert any(" 2  other" in row and row.endswith("0.20") for row in rows[7:])


def test_the_cursor_gives_the_values_where_it_stands() -> None:
    rows = drawn(plot_of(line("long", [0.0, 0.25, 0.5, 0.75]), line("short", [0.5, 0.5]), x_high=3.0, cursor=0.7))
    assert any("long" in row and row.endswith("0.50") for row in rows)
    assert any("short" in row and row.endswith("nan") for row in rows)
    assert "2" in rows[-1].split()


def test_values_outside_the_axes_are_left_out() -> None:
    inside, outside = (drawn(plot_of(line("a", values, 1))) for values in ([0.5, 0.6], [5.0, math.nan, 6.0]))
    count = [
        sum("⠁" <= character <= "⣿" for character in "".join(row[:40] for row in rows)) for rows in (inside, outside)
    ]
    assert count[0] > 0 and count[1] == 0


def test_a_logarithmic_axis_is_named_by_its_decades() -> None:
    plot = plot_of(line("a", [1.0, 0.1, 0.01]), y_low=0.01, y_high=1.0, log=True)
    assert plot.ticks() == pytest.approx([1, 0.1, 0.01])
    assert plot.height_of(np.array([0.1])).tolist() == pytest.approx([0.5])


def test_without_colours_numbers_and_strokes_part_the_curves() -> None:
    lines = (line("a", [0.5] * 8, 1), line("b", [0.2] * 8, 2, stroke=1))
    rows = drawn(plot_of(*lines, x_high=14.0), depth="none")
    assert any("[1] a" in row for row in rows) and any("[2] b" in row for row in rows)
    ends = [row[:40] for row in rows if "[" not in row[:40]]
    assert any(row.rstrip().endswith("1") for row in ends) and any(row.rstrip().endswith("2") for row in ends)
    dashed = next(row for row in rows if "b" in row)
    assert "⠀" in dashed or " " in dashed.strip()[4:20]


@pytest.mark.parametrize("size", [(16, 3), (30, 5), (80, 9), (200, 40)])
@pytest.mark.parametrize("wide", [False, True])
def test_it_fits_into_any_place(size: tuple[int, int], wide: bool) -> None:
    rows = drawn(plot_of(line("a name", [0.1, 0.9], 1), line("another", [0.2], 2), cursor=1.0), *size, wide=wide)
    assert len(rows) == size[1]


def test_a_smoothed_curve_tells_what_was_measured() -> None:
    measured = np.array([0.1, 0.5, 0.9])
    line = RunLine("", np.arange(3.0), smoothed(measured, 0.6), measured=measured)
    assert line.y[-1] < 0.8
    assert line.at(None) == line.at(2.0) == 0.9 and line.at(1.0) == 0.5
