"""The grid of numbers: what keys, wheel, clicks and typing change, what it tells, and how it looks."""

from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

import tui
from tui.app import NnlabApp
from tui.widgets.entry import Entry
from tui.widgets.number_grid import NumberGrid

STYLES = Path(tui.__file__).parent / "styles"


class GridScreen(Screen[None]):
    AUTO_FOCUS = ""

    def __init__(self, grid: NumberGrid) -> None:
        super().__init__()
        self.grid = grid

    def compose(self) -> ComposeResult:
        yield self.grid


class GridApp(NnlabApp):
    CSS_PATH = [str(STYLES / "app.tcss"), str(STYLES / "home.tcss")]

    def __init__(self, grid: NumberGrid, environ: dict[str, str]) -> None:
        super().__init__(environ=environ)
        self.grid, self.told = grid, []

    def on_mount(self) -> None:
        self.push_screen(GridScreen(self.grid))

    def start_engine(self) -> None:
        """None is needed."""

    def on_number_grid_changed(self, event: NumberGrid.Changed) -> None:
        self.told.append(event.values)


@pytest.fixture
def shown(tmp_path):
    @asynccontextmanager
    async def open_grid(side: int = 3, **environ: str):
        grid = NumberGrid(side, reach=10)
        app = GridApp(grid, {"NNLAB_HOME": str(tmp_path), "COLORTERM": "truecolor", "TERM": "xterm"} | environ)
        async with app.run_test(size=(40, 20)) as pilot:
            grid.styles.width, grid.styles.height = 36, 15
            grid.focus()
            await pilot.pause()
            yield grid, pilot

    return open_grid


async def test_arrows_choose_and_signs_change_and_each_change_is_told(shown) -> None:
    async with shown() as (grid, pilot):
        await pilot.press("pageup", "pageup", "left", "up", "pagedown", "shift+right", "left")
        assert grid.values == ((-0.9, 0, 0), (0, 2, 0), (0, 0, 0)) and grid.place == (0, 0)
        assert pilot.app.told[-1] == grid.values
        await pilot.press("backspace")
        assert grid.values[0][0] == 0
        told = len(pilot.app.told)
        await pilot.press("backspace", *["down"] * 5)
        assert len(pilot.app.told) == told and grid.place == (0, 2)


async def test_a_number_is_typed_and_what_is_none_stays_in_the_entry(shown) -> None:
    async with shown() as (grid, pilot):
        await pilot.press("enter")
        grid.query_one(Entry).value = "−1,25"
        await pilot.press("enter")
        await pilot.pause()
        assert grid.values[1][1] == -1.25 and not grid.query(Entry)
        for wrong in ("x", "11", "nan", ""):
            assert grid._accept(wrong)
        assert grid.values[1][1] == -1.25


async def test_limits_hold(shown) -> None:
    async with shown() as (grid, pilot):
        await pilot.press(*["pageup"] * 12)
        assert grid.values[1][1] == 10


async def test_the_wheel_changes_the_number_under_it_and_a_double_click_makes_it_0(shown) -> None:
    async with shown() as (grid, pilot):
        await pilot._post_mouse_events([events.MouseScrollUp], grid, offset=(18, 1))
        assert grid.values[0][2] == 1 and grid.place == (2, 0)
        await pilot.click(grid, offset=(4, 7))
        assert grid.place == (0, 2)
        await pilot.click(grid, offset=(18, 1), times=2)
        assert grid.values[0][2] == 0


async def test_showing_tells_nothing_and_another_side_keeps_the_cursor_on_its_number(shown) -> None:
    async with shown() as (grid, pilot):
        grid.show([[0] * 5, [0, 1, 2, 3, 0], [0, 4, 5, 6, 0], [0, 7, 8, 9, 0], [0] * 5])
        await pilot.pause()
        assert grid.place == (2, 2) and not pilot.app.told
        await pilot.press("left", "left")
        grid.show([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
        assert grid.place == (0, 1)


@pytest.mark.parametrize("environ", [{}, {"NO_COLOR": "1"}])
async def test_signs_are_written_and_the_cursor_is_seen_with_and_without_colours(shown, environ) -> None:
    async with shown(**environ) as (grid, pilot):
        grid.show([[-1, 0, 2.5], [0.0625, 1, 0], [0, 0, -10]])
        await pilot.pause()
        lines = "\n".join(grid.canvas.lines())
        for written in ("−1", "+2.5", "+0.06", "+1", "−10", "▐"):
            assert written in lines
        inks = {ink for y in range(9) for _, ink in grid.canvas.runs(y)}
        assert any(ink.reverse for ink in inks) if environ else len({ink.bg for ink in inks}) > 4


async def test_a_digit_or_a_sign_begins_a_number_and_a_letter_is_none(shown) -> None:
    async with shown() as (grid, pilot):
        grid.place = (0, 0)
        await pilot.press("3", "full_stop", "5", "enter")
        await pilot.pause()
        assert grid.values[0][0] == 3.5 and grid.has_focus and not grid.query(Entry)
        await pilot.press("minus", "2", "e", "enter")
        await pilot.pause()
        assert grid.values[0][0] == -2
        await pilot.press("7", "escape")
        await pilot.pause()
        assert grid.values[0][0] == -2
