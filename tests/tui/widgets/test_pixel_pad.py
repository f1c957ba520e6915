"""The pad of pixels: drawn on with the mouse and with keys, at any size, with colours and without."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.signal import Signal

from lessons.vocabulary.drawings import decode, encode
from lessons.vocabulary.strokes import rendered
from tui.drawing.canvas import Look
from tui.drawing.cells.pad import fitted
from tui.drawing.palette import palette
from tui.locale import Words, words
from tui.widgets.pixel_pad import PixelPad


class Host(App[None]):
    """Holds one pad, and keeps what it tells."""

    CSS = "Screen { overflow: hidden; }"
    ALLOW_SELECT = False

    def __init__(self, pad: PixelPad, depth: str = "truecolor", wide: bool = False) -> None:
        super().__init__()
        self.look_changed: Signal[str] = Signal(self, "look_changed")
        self.pad, self.depth, self.wide = pad, depth, wide
        self.drawn: list[PixelPad.Drawn] = []

    @property
    def look(self) -> Look:
        return Look(palette("night", self.depth), self.words.say, self.wide)

    @property
    def words(self) -> Words:
        return words("en")

    def compose(self) -> ComposeResult:
        yield self.pad

    def on_pixel_pad_drawn(self, event: PixelPad.Drawn) -> None:
        self.drawn.append(event)


@asynccontextmanager
async def shown(
    pad: PixelPad, size: tuple[int, int] = (40, 16), depth: str = "truecolor", wide: bool = False
) -> AsyncIterator[Pilot[None]]:
    async with Host(pad, depth, wide).run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


async def drag(pilot: Pilot[None], *places: tuple[float, float], button: int = 1, shift: bool = False) -> None:
    """Press at the first place, move over the others, release at the last, in cells of the screen."""
    kinds = [events.MouseDown, *[events.MouseMove] * (len(places) - 1), events.MouseUp]
    for kind, (x, y) in zip(kinds, [*places, places[-1]], strict=True):
        event = kind(None, x, y, 0, 0, button, shift, False, False, screen_x=x, screen_y=y)
        pilot.app._driver.process_message(event)
        await pilot.pause()


def text(pad: PixelPad) -> list[str]:
    return pad.canvas.lines()


def accents(pad: PixelPad) -> list[tuple[int, int, str]]:
    """Find what is drawn in the accent colour on the image: column, row, character."""
    canvas, found = pad.canvas, []
    for y in range(canvas.height):
        x = 0
        for run, ink in canvas.runs(y):
            for character in run:
                if ink.fg == canvas.colour("accent") and character != " " and x:
                    found.append((x, y, character))
                x += 1
    return found


async def test_a_fast_drag_between_cells_draws_a_stroke_without_gaps() -> None:
    pad = PixelPad("picture")
    async with shown(pad) as pilot:
        await drag(pilot, (5.25, 1.75), (25.25, 12.25))
        assert pilot.app.drawn[-1].name == "picture"
        assert np.array_equal(pilot.app.drawn[-1].values, pad.values)
    assert np.array_equal(pad.values, rendered([[(4.25, 3.5), (24.25, 24.5)]]))
    assert all(pad.values[row].max() == 1 for row in range(4, 24))


async def test_a_half_cell_is_a_row_where_the_terminal_tells_it() -> None:
    pad = PixelPad()
    async with shown(pad) as pilot:
        await drag(pilot, (10.5, 3.75))
    assert np.unravel_index(pad.values.argmax(), pad.shape) == (7, 9)
    assert pad.values[6, 9] < 1


async def test_where_it_tells_whole_cells_both_their_rows_are_painted() -> None:
    pad = PixelPad()
    async with shown(pad) as pilot:
        await drag(pilot, (10, 3))
    assert pad.values[6, 9] == pad.values[7, 9] == 1
    assert 0 < pad.values[6, 8] == pad.values[7, 10] < 1


async def test_a_staircase_of_whole_cells_becomes_a_smooth_stroke() -> None:
    pad = PixelPad()
    stairs = [(4 + (step + 1) // 2 * 2, 2 + step // 2) for step in range(20)]
    async with shown(pad) as pilot:
        await drag(pilot, *stairs)
    ends = (stairs[0][0] - 0.5, stairs[0][1] * 2 + 1), (stairs[-1][0] - 0.5, stairs[-1][1] * 2 + 1)
    straight = rendered([ends])
    assert np.abs(pad.values - straight).mean() < 0.03
    assert all(pad.values[row].max() > 0.8 for row in range(5, 23))


async def test_a_stroke_leaves_the_pad_and_comes_in_again() -> None:
    pad = PixelPad()
    async with shown(pad, size=(60, 20)) as pilot:
        await drag(pilot, (20.5, 5.5), (40.5, 5.5), (40.5, 10.5), (20.5, 10.5))
    assert pad.values[11, 27] == pad.values[21, 27] == 1
    assert pad.values[14:19].max() == 0, "nothing runs along the edge"


@pytest.mark.parametrize("how", [{"button": 3}, {"shift": True}])
async def test_the_right_button_and_shift_erase(how: dict) -> None:
    pad = PixelPad()
    pad.show(np.ones(784))
    async with shown(pad) as pilot:
        await drag(pilot, (5.5, 7.25), (20.5, 7.25), **how)
        assert len(pilot.app.drawn) >= 1
    assert pad.values[14, 5:19].max() == 0
    assert pad.values[0:10].min() == 1


async def test_keys_move_the_pen_and_draw_where_it_is_down() -> None:
    pad = PixelPad()
    async with shown(pad) as pilot:
        pad.focus()
        await pilot.press("left", "up")
        assert pad.place == (13, 13) and pad.blank and not pilot.app.drawn
        await pilot.press("x")
        assert pad.pen == "draws" and pad.values[13, 13] == 1, "putting it down makes a dot"
        await pilot.press("down", "down", "x", "right")
        assert pad.pen == "up"
        await pilot.press("home", "pageup", "pageup")
        assert pad.place == (0, 0)
        await pilot.press("end", "pagedown")
        assert pad.place == (27, 10)
    assert np.array_equal(pad.values, rendered([[(13.5, 13.5), (13.5, 15.5)]]))


async def test_keys_erase_and_clear_and_each_change_is_told() -> None:
    pad = PixelPad()
    pad.show(np.ones((28, 28)))
    async with shown(pad) as pilot:
        pad.focus()
        await pilot.press("X")
        assert pad.pen == "erases" and pad.values[14, 14] == 0
        await pilot.press("x")
        assert pad.pen == "draws" and pad.values[14, 14] == 1
        await pilot.press("backspace")
        assert pad.blank and pad.pen == "up"
        told = len(pilot.app.drawn)
        await pilot.press("backspace")
        assert len(pilot.app.drawn) == told, "what was empty before is no news"


async def test_the_pen_goes_up_when_the_focus_goes() -> None:
    pad = PixelPad()
    async with shown(pad) as pilot:
        pad.focus()
        await pilot.press("x")
        pad.blur()
        await pilot.pause()
    assert pad.pen == "up"


async def test_showing_tells_nothing_and_waits_for_the_end_of_a_stroke() -> None:
    pad = PixelPad()
    async with shown(pad) as pilot:
        pad.show(np.eye(28))
        await pilot.pause()
        assert not pilot.app.drawn and pad.values[3, 3] == 1
        pad.post_message(events.MouseDown(None, 9, 3, 0, 0, 1, False, False, False))
        await pilot.pause()
        pad.show(np.zeros((28, 28)))
        assert not pad.blank
        await drag(pilot, (9, 3))
        pad.show(np.zeros((28, 28)))
        assert pad.blank


async def test_of_two_images_that_wait_the_later_one_is_enough() -> None:
    one, other = PixelPad(), PixelPad()
    image = np.zeros((28, 28))
    assert one.Drawn(one, "", image).can_replace(one.Drawn(one, "", image))
    assert not one.Drawn(one, "", image).can_replace(other.Drawn(other, "", image))


async def test_what_is_told_is_the_same_after_an_address() -> None:
    pad = PixelPad()
    pad.show(np.random.default_rng(5).random(784))
    async with shown(pad) as pilot:
        await drag(pilot, (5.3, 7.1), (20.7, 9.3))
        values = pilot.app.drawn[-1].values
    written = encode(values.ravel())
    assert len(written) <= 4096
    assert np.array_equal(decode(written, 784).reshape(28, 28), values)


def test_an_image_keeps_its_shape_in_every_room() -> None:
    assert fitted(28, 28, 28, 14) == (28, 14)
    assert fitted(28, 28, 40, 20) == (28, 14), "it grows by whole steps"
    assert fitted(28, 28, 60, 30) == (56, 28)
    assert fitted(28, 28, 40, 10) == (20, 10)
    assert fitted(28, 28, 14, 14) == (14, 7)
    assert fitted(5, 5, 30, 14) == (20, 10)
    assert fitted(28, 28, 1, 1) == (1, 1)


async def test_a_low_pad_shrinks_and_the_pointer_still_meets_its_pixel() -> None:
    pad = PixelPad()
    async with shown(pad, size=(40, 14)) as pilot:
        pad.styles.max_height = 10
        await pilot.pause()
        assert pad.cells() == (20, 10)
        await drag(pilot, (1 + 10.05, 5.02))
        assert pad.values[14, 14] == 1 and pad.values[:11].max() == 0
        await pilot.resize_terminal(12, 14)
        await pilot.pause()
        pad.styles.width = 12
        await pilot.pause()
        assert pad.cells() == (11, 6)
        assert any("▀" in line for line in text(pad))


async def test_a_small_image_grows_into_its_room() -> None:
    pad = PixelPad(rows=5, columns=5)
    async with shown(pad, size=(40, 14)) as pilot:
        pad.styles.width, pad.styles.height = 22, 10
        await pilot.pause()
        assert pad.cells() == (20, 10)
        await drag(pilot, (1 + 2.1, 1.1))
    assert pad.values[0, 0] > pad.values[2, 2] == 0


async def test_focus_is_a_bar_and_the_pen_of_the_keys_four_marks_around_its_pixel() -> None:
    pad = PixelPad()
    async with shown(pad) as pilot:
        pad.blur()
        await pilot.pause()
        assert not any(line.startswith("▐") for line in text(pad))
        await pilot.press("tab", "up")
        assert all(line.startswith("▐") for line in text(pad)[:14])
        assert accents(pad) == [(14, 6, "▀"), (16, 6, "▀"), (14, 7, "▀"), (16, 7, "▀")]
        await drag(pilot, (5.5, 5.5))
        assert accents(pad) == [], "the mouse has a pointer of its own"
        await pilot.press("left")
        assert pad.place == (3, 11) and accents(pad)


@pytest.mark.parametrize("wide", [False, True])
async def test_without_colours_shades_and_the_pen_are_seen(wide: bool) -> None:
    pad = PixelPad()
    async with shown(pad, depth="none", wide=wide) as pilot:
        pad.focus()
        await pilot.pause()
        empty = "\n".join(text(pad))
        assert empty.count("⠛" if wide else "▄") == (1 if wide else 4)
        assert empty.count("⋅") == 4, "the pad's corners"
        assert any(ink.reverse for y in range(14) for _, ink in pad.canvas.runs(y))
        await drag(pilot, (5.5, 7.25), (20.5, 7.25))
        drawn = "\n".join(text(pad))
    assert set(drawn) & set(".:#" if wide else "░▒▓")
    assert not wide or not set(drawn) & set("▀▄█▒▓")


async def test_in_wide_mode_a_pixel_takes_two_columns_and_is_drawn_on_whole() -> None:
    pad = PixelPad()
    async with shown(pad, wide=True) as pilot:
        await drag(pilot, (10.5, 3.75))
        assert np.unravel_index(pad.values.argmax(), pad.shape) == (7, 9)
        grounds = ["".join(f"{ink.bg} " * len(run) for run, ink in pad.canvas.runs(y)).split() for y in range(14)]
        assert not "".join(text(pad)).replace("▐", "").strip()
    assert all(row[1:29:2] == row[2:30:2] for row in grounds)


async def test_an_empty_pad_says_how_to_begin() -> None:
    pad = PixelPad(hint="drag to draw")
    async with shown(pad) as pilot:
        pad.blur()
        await pilot.pause()
        assert "drag to draw" in "".join(text(pad))
        await drag(pilot, (5.5, 5.5))
        assert "drag to draw" not in "".join(text(pad))


async def test_on_a_fresh_pad_the_first_stroke_takes_the_place_of_what_is_shown() -> None:
    pad = PixelPad()
    pad.show(np.eye(28))
    pad.fresh = True
    async with shown(pad) as pilot:
        await drag(pilot, (20.5, 2.75))
        assert pad.values[5, 19] == 1 and pad.values[25, 25] == 0 and not pad.fresh
        await drag(pilot, (5.5, 2.75))
    assert pad.values[5, 19] == pad.values[5, 4] == 1, "the second one joins the first"
