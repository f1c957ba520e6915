"""`deep_networks.architectures` as a learner uses it: goes through layers, opens blocks, looks inside, brings files."""

from pathlib import Path

import pytest
import torch
from learner import click, lab, press, section, settle, shown, text_of, wheel
from textual.pilot import Pilot
from textual.widgets import Input

from engine.vision.architectures import untrained
from tui.screens.choose_image import ChooseImage
from tui.widgets.choice_list import ChoiceList
from tui.widgets.exercise import ExerciseStrip
from tui.widgets.name_list import NameList
from tui.widgets.network_view import NetworkView

NAME = "deep_networks.architectures"


def graph(pilot: Pilot[int]) -> NetworkView:
    return section(pilot).query_one("#graph", NetworkView)


async def test_keys_go_through_the_rows_and_open_and_fold(opened) -> None:
    async with opened(address=f"{NAME}?name=resnet18") as pilot:
        assert graph(pilot).has_focus
        await press(pilot, *["down"] * 4, "enter")
        assert lab(pilot).settings.layer == "layer1" and lab(pilot).settings.opened == "layer1"
        await press(pilot, "down", "right", "down")
        assert lab(pilot).settings.opened == "layer1,layer1.0"
        assert lab(pilot).settings.layer == "layer1.0.conv1"
        assert "maps before" in text_of(pilot, "#arithmetic")
        await press(pilot, "left", "enter")
        assert lab(pilot).settings.opened == "layer1"
        await press(pilot, "left", "left")
        assert lab(pilot).settings.opened == "" and lab(pilot).settings.layer == "layer1"


async def test_all_blocks_open_and_fold_at_once_and_the_cursor_stays_in_sight(opened) -> None:
    async with opened(address=f"{NAME}?name=resnet152", size=(80, 24)) as pilot:
        await press(pilot, "plus", "end")
        assert len(graph(pilot).stages) > 500 and lab(pilot).settings.layer == "fc"
        assert "fc" in text_of(pilot, "#graph")
        await press(pilot, "pageup", "home")
        assert lab(pilot).settings.layer == "input" and "input" in text_of(pilot, "#graph")
        await press(pilot, "minus")
        assert len(graph(pilot).stages) == 12


async def test_a_click_goes_to_a_row_and_on_its_mark_opens_it(opened) -> None:
    async with opened(address=f"{NAME}?name=googlenet") as pilot:
        await click(pilot, "#graph", "row:pool3")
        assert lab(pilot).settings.layer == "pool3"
        await click(pilot, "#graph", "fold:inception3a")
        assert lab(pilot).settings.opened == "inception3a"
        assert "○─┴─┴─╯" in text_of(pilot, "#graph")
        before = graph(pilot).index
        await wheel(pilot, graph(pilot), up=False)
        assert graph(pilot).index == (before or 0) + 3


async def test_another_network_begins_folded_and_shortcuts_are_asked_for_where_there_are_some(opened) -> None:
    async with opened(address=f"{NAME}?name=resnet18&opened=layer1&layer=layer1.0") as pilot:
        assert section(pilot).query_one("#choice-shortcut").display
        section(pilot).query_one("#setting-name", ChoiceList).choose("vgg16")
        await settle(pilot)
        assert (lab(pilot).settings.opened, lab(pilot).settings.layer) == ("", "")
        assert "138,357,544" in text_of(pilot, "#graph")
        assert not section(pilot).query_one("#choice-shortcut").display


async def test_two_stand_beside_each_other_on_the_same_layer(opened) -> None:
    async with opened(address=f"{NAME}?name=resnet34&beside=plain34") as pilot:
        assert "21,797,672" in text_of(pilot, "#graph") and "21,623,848" in text_of(pilot, "#second")
        section(pilot).query_one("#second", NetworkView).focus()
        await press(pilot, "end")
        assert lab(pilot).settings.layer == "fc" == graph(pilot).at


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_v_goes_to_what_is_quoted_and_to_the_maps(opened, size: tuple[int, int]) -> None:
    async with opened(address=NAME, size=size) as pilot:
        await press(pilot, "v")
        assert "253,440" in shown(pilot) and "290,400" in shown(pilot) and "48" in text_of(pilot, "#reasons")
        await press(pilot, "v")
        assert lab(pilot).observation.maps is not None and "untrained" in text_of(pilot, "#told")
        assert "ms" in text_of(pilot, "#graph")
        await press(pilot, "v")
        assert "290,400" not in shown(pilot) and pilot.app.screen.focused is not None


async def test_a_click_on_a_quoted_layer_goes_to_it(opened) -> None:
    async with opened(address=f"{NAME}?view=quoted") as pilot:
        await click(pilot, "#quotes", "row:layer8")
        assert lab(pilot).settings.layer == "layer8"
        await press(pilot, "v", "u")
        assert lab(pilot).settings.view == "quoted"
        await press(pilot, "v")
        await click(pilot, "#maps", "image:0")
        assert lab(pilot).settings.view == "maps"


async def type_path(pilot: Pilot[int], key: str, path: Path | str) -> None:
    """Ask for a file by a key and type its path; the overlay closes while nobody waits for its widgets."""
    await press(pilot, key)
    overlay = pilot.app.screen
    assert isinstance(overlay, ChooseImage)
    overlay.query_one(Input).value = str(path)
    overlay.action_take()
    await settle(pilot)


async def test_a_file_that_is_none_is_refused_and_nothing_is_lost(opened, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x93nothing")
    async with opened(address=f"{NAME}?name=resnet18&layer=conv1") as pilot:
        for key, word, setting in (("i", "image", "image"), ("w", "safetensors", "weights"), ("m", "ONNX", "onnx")):
            await type_path(pilot, key, broken)
            await settle(pilot)
            assert word in text_of(pilot, "#refused"), shown(pilot)
            assert getattr(lab(pilot).settings, setting) == getattr(lab(pilot).lab.settings(), setting)
            assert lab(pilot).problem is None and lab(pilot).observation.title == "ResNet-18 B"
            assert lab(pilot).settings.layer == ("conv1" if key != "m" else "")
        await press(pilot, "down")
        assert not section(pilot).query_one("#refused").display


async def test_weights_of_another_network_are_refused_by_name_and_the_right_ones_taken(opened, tmp_path: Path) -> None:
    path = tmp_path / "resnet18.pth"
    torch.save(untrained("resnet18", 5).state_dict(), path)
    async with opened(address=f"{NAME}?name=resnet34&layer=conv1") as pilot:
        await type_path(pilot, "w", path)
        await settle(pilot)
        assert "layer1.2.conv1" in text_of(pilot, "#refused")
        lab(pilot).set("name", "resnet18")
        await type_path(pilot, "w", path)
        await settle(pilot)
        assert "resnet18.pth" in text_of(pilot, "#told") and lab(pilot).observation.best
        await type_path(pilot, "w", "")
        await settle(pilot)
        assert "untrained" in text_of(pilot, "#told")


async def test_an_address_with_a_file_that_is_gone_shows_the_network_all_the_same(opened) -> None:
    async with opened(address=f"{NAME}?view=maps&image=gone.png") as pilot:
        await settle(pilot)
        assert "gone.png" in text_of(pilot, "#refused")
        assert lab(pilot).settings.image == "china" and lab(pilot).observation.maps is not None


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_list_of_networks_is_whole_and_has_its_own_keys(opened, size: tuple[int, int]) -> None:
    async with opened(address=NAME, size=size) as pilot:
        choices = section(pilot).query_one("#setting-name", ChoiceList)
        choices.focus()
        await press(pilot, "enter")
        for name in choices.setting.choices:
            assert choices.name_of(name) in shown(pilot)
        assert "undo" not in text_of(pilot, "#footer") and "close" in text_of(pilot, "#footer")
        await press(pilot, "r", "u", "enter")  # letters find names: they undo and restart nothing
        assert lab(pilot).settings.name == "resnet18"
        assert choices.has_focus and "list" in text_of(pilot, "#footer") and not choices.query(NameList)
        await press(pilot, "right")
        assert lab(pilot).settings.name == "resnet34"
        await press(pilot, "enter", "down", "escape")
        assert lab(pilot).settings.name == "resnet34" and choices.has_focus and not choices.query(NameList)


async def test_a_list_that_is_cut_says_that_there_is_more(opened) -> None:
    async with opened(address=NAME, size=(80, 14)) as pilot:
        choices = section(pilot).query_one("#setting-name", ChoiceList)
        choices.focus()
        await press(pilot, "enter")
        names = choices.query_one(NameList)
        rows = names.size.height
        assert rows < len(choices.setting.choices)
        assert "▾" in names.render_line(rows - 1).text and "▴" not in names.render_line(0).text
        await press(pilot, "end")
        assert "▾" not in names.render_line(rows - 1).text and "▴" in names.render_line(0).text


async def test_an_answer_is_judged_against_the_start_that_is_shown(opened) -> None:
    async with opened(address=f"{NAME}?name=vgg16") as pilot:
        strip = section(pilot).query_one("#exercise", ExerciseStrip)
        await click(pilot, "#exercise", "choice:more")
        assert not lab(pilot).attempt.state.solved
        await press(pilot, "e")  # asked again, of the second start
        assert lab(pilot).settings.name == "googlenet" and strip.opened
        await press(pilot, "u", "u")
        assert lab(pilot).settings.name == "vgg16"
        await click(pilot, "#exercise", "choice:fewer")
        assert lab(pilot).attempt.state.solved and lab(pilot).settings.beside == "vgg16"
