"""`convolution.features` as a learner uses it: edits kernels, draws, looks at cells, and takes things back."""

import numpy as np
from learner import click, drag, lab, press, section, settle, shown, text_of

from tui.widgets.map_pad import MapPad
from tui.widgets.number_grid import NumberGrid
from tui.widgets.part_row import PartRow
from tui.widgets.pixel_pad import PixelPad

NAME = "convolution.features"


async def test_an_edited_number_changes_the_map_and_is_taken_back(opened) -> None:
    async with opened(address=NAME) as pilot:
        grid = section(pilot).query_one(NumberGrid)
        assert grid.has_focus and grid.values[0][4] == 2
        before = lab(pilot).observation.map.values
        await press(pilot, "pageup")
        assert grid.values[2][2] == 3
        assert lab(pilot).settings.kernel1.startswith("-2,-2,-1,1,2/")
        assert np.abs(lab(pilot).observation.map.values - before).max() > 0.5
        assert section(pilot).query_one("#setting-named").value == "own"
        await press(pilot, "u")
        assert lab(pilot).settings.kernel1 == "rising" and grid.values[2][2] == 2
        np.testing.assert_array_equal(lab(pilot).observation.map.values, before)


async def test_a_named_kernel_is_taken_for_the_map_that_is_looked_at(opened) -> None:
    async with opened(address=f"{NAME}?feature=2") as pilot:
        await click(pilot, "#setting-named", "sobel_x")
        assert lab(pilot).settings.kernel2 == "sobel_x" and lab(pilot).settings.kernel1 == "rising"
        await click(pilot, "#setting-width", "3")
        assert section(pilot).query_one(NumberGrid).values[1] == (-2, 0, 2)
        await click(pilot, "#maps", "image:3")
        assert lab(pilot).settings.feature == "4"


async def test_a_kernel_that_lenet5_has_learned_comes_with_the_picture_and_can_be_edited(opened) -> None:
    async with opened(address=NAME) as pilot:
        await click(pilot, "#setting-named", "learned")
        grid = section(pilot).query_one(NumberGrid)
        assert lab(pilot).settings.kernel1 == "learned1"
        np.testing.assert_allclose(grid.values, lab(pilot).observation.kernel.values)
        grid.focus()
        await press(pilot, "pageup")
        assert lab(pilot).settings.kernel1.count(",") == 20


async def test_a_letter_is_drawn_on_and_another_letter_takes_its_place(opened) -> None:
    async with opened(address=NAME) as pilot:
        pad = section(pilot).query_one(PixelPad)
        ink = pad.values.sum()
        await drag(pilot, pad, (4, 14), (28, 14))
        assert lab(pilot).settings.drawn and pad.values.sum() > ink + 20
        assert "own drawing" in text_of(pilot, "#image-title")
        section(pilot).query_one("#setting-letter").focus()
        await press(pilot, "right")
        assert lab(pilot).settings.letter == "B" and not lab(pilot).settings.drawn
        pad.focus()
        await press(pilot, "backspace")
        assert lab(pilot).settings.own and pad.blank
        assert "Nothing is drawn" in text_of(pilot, "#map-words")


async def test_the_cursor_on_the_map_chooses_what_is_written_out(opened) -> None:
    async with opened(address=f"{NAME}?row=0&column=0") as pilot:
        pad = section(pilot).query_one(MapPad)
        pad.focus()
        await press(pilot, "down", "right", "right")
        assert (lab(pilot).settings.row, lab(pilot).settings.column) == (1, 2)
        assert "row 1, column 2" in text_of(pilot, "#cell-title")
        await pilot.click(pad, offset=(1 + 14, 7))
        await settle(pilot)
        assert pad.place == (14, 14) and lab(pilot).settings.row == 14


async def test_the_second_stage_has_a_slice_for_each_map(opened) -> None:
    async with opened(address=f"{NAME}?stage=second") as pilot:
        grid = section(pilot).query_one(NumberGrid)
        assert grid.side == 3 and grid.values[2][0] == 2
        await press(pilot, "v")
        assert lab(pilot).settings.feature == "2" and grid.values[2][2] == 2
        await press(pilot, "pageup")
        assert lab(pilot).settings.combined.count(":") == 3
        assert grid.values[1][1] == 2


async def test_where_the_kernel_has_no_place_one_sentence_says_so(opened) -> None:
    async with opened(address=f"{NAME}?side=16&size=12&dilation=3") as pilot:
        section(pilot).query_one("#setting-dilation").focus()
        await press(pilot, "right")
        words = " ".join(text_of(pilot, "#map-pad").split())
        assert "reaches over 17 pixels" in words and "has 16" in words
        assert lab(pilot).problem is None
        assert section(pilot).query_one(MapPad).values is None
        await press(pilot, "left")
        assert section(pilot).query_one(MapPad).values is not None


async def test_what_a_stride_leaves_out_and_a_kernel_of_zeros_are_said(opened) -> None:
    async with opened(address=f"{NAME}?stride=2") as pilot:
        assert "(32 − 5 − 1) / 2 + 1 = 14" in text_of(pilot, "#map-words") and "left out: 1" in text_of(
            pilot, "#map-words"
        )
        assert app_loads(pilot, f"{NAME}?kernel1=0")
        await settle(pilot)
        assert "all numbers of the kernel are 0" in text_of(pilot, "#map-words")


def app_loads(pilot, address: str) -> bool:
    lab(pilot).load(address)
    return True


async def test_a_kernel_that_is_none_is_told_in_words_and_the_picture_stays(opened) -> None:
    async with opened(address=NAME) as pilot:
        lab(pilot).load(f"{NAME}?kernel1=sobel_z")
        await settle(pilot)
        assert "there is no kernel sobel_z" in shown(pilot)
        assert section(pilot).query_one(MapPad).values is not None


async def test_with_little_room_each_part_has_the_map_beside_it(opened) -> None:
    async with opened(address=NAME, size=(80, 24)) as pilot:
        for part, others in (("kernel", "#kernel-grid"), ("cell", "#cell"), ("image", "#image-pad")):
            assert section(pilot).query_one(PartRow).part == part
            for selector in (others, "#map-pad"):
                region = section(pilot).query_one(selector).region
                assert region.area and region.bottom <= 22 and region.right <= 80, (part, selector)
            await press(pilot, "v")
