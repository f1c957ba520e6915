"""The part of a long figure that has room, and the drawing of small images where there are no colours."""

import numpy as np
import pytest

from lessons.vocabulary.figures import Cell, Column, Raster, Table
from tui.drawing.canvas import Look
from tui.drawing.cells import draw
from tui.drawing.palette import palette
from tui.drawing.window import window


def look(depth: str = "truecolor") -> Look:
    return Look(palette("night", depth), lambda text: text)


def table(count: int, present: int | None = None) -> Table:
    rows = tuple((Cell(str(number)),) for number in range(count))
    keys = tuple(f"digit:{number}" for number in range(count))
    return Table(title="", columns=(Column("no"),), rows=rows, present=present, keys=keys)


def kernels(count: int, columns: int) -> Raster:
    values = np.linspace(-1, 1, count * 25).reshape(count, 5, 5)
    return Raster(title="C3", values=values, map="signed", low=-1, columns=columns)


@pytest.mark.parametrize(("first", "ends"), [(0, (1, 12)), (5, (6, 17)), (99, (12, 23)), (-3, (1, 12))])
def test_a_table_shows_as_many_rows_as_there_is_room_for_and_never_beyond_the_end(first: int, ends) -> None:
    part = window(table(23, present=11), 30, 13, look(), first)

    assert part.cut and part.ends == ends and part.count == 23
    assert isinstance(part.figure, Table) and part.figure.rows[0][0].text == str(ends[0] - 1)
    assert part.figure.keys[0] == f"digit:{ends[0] - 1}"
    assert part.figure.present == 12 - ends[0]


def test_a_figure_that_fits_is_whole() -> None:
    part = window(table(5), 30, 13, look(), 3)

    assert not part.cut and part.ends == (1, 5)


@pytest.mark.parametrize(("width", "across", "shown"), [(95, 16, 3), (60, 8, 3), (20, 2, 3)])
def test_images_keep_their_own_size_and_lines_their_halves(width: int, across: int, shown: int) -> None:
    part = window(kernels(96, 16), width, 12, look(), 0)

    assert (part.across, part.shown, part.total) == (across, shown, 96 // across)
    assert isinstance(part.figure, Raster) and len(part.figure.values) == across * shown


def test_without_colours_every_weight_of_a_kernel_has_its_sign() -> None:
    kernel = np.array([[-1.0, -0.3, 0.0, 0.3, 1.0]] * 5)
    figure = Raster(title="", values=np.stack([kernel] * 2), map="signed", low=-1, columns=1, scale=False)

    lines = draw(figure, 12, 12, look(depth="none")).lines()

    assert lines[:5] == ["=-⋅+#"] * 5  # as it is in colours: a cell a weight


def test_without_colours_little_is_not_nothing() -> None:
    figure = Raster(title="", values=np.full((8, 8), 0.15), scale=False)

    assert draw(figure, 8, 4, look(depth="none")).lines() == ["░" * 8] * 4
