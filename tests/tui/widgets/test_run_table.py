"""The table's columns share every width."""

from itertools import pairwise

import pytest

from tui.widgets.run_row import LEFT, columns


@pytest.mark.parametrize("width", range(50, 200))
def test_columns_neither_touch_nor_leave_the_screen(width: int) -> None:
    places = sorted(columns(width).values())
    assert places[0][0] == LEFT and places[-1][0] + places[-1][1] <= width
    for (x, size), (following, _) in pairwise(places):
        assert x + size < following


def test_more_columns_are_shown_where_there_is_more_room() -> None:
    assert set(columns(120)) == {"name", "lab", "bar", "says", "result", "time", "start", "chip"}
    assert set(columns(80)) == {"name", "bar", "says", "result", "time", "chip"}
    assert columns(80)["name"][1] >= 20
