"""`scaling.parameters` as a learner uses it: chooses networks, types layers, goes through the views, clicks."""

import pytest
from learner import click, lab, press, section, settle, shown, text_of
from textual.widgets import Input

from tui.labs.scaling.layers_row import LayersRow
from tui.widgets.choice_list import ChoiceList
from tui.widgets.name_list import NameList

NAME = "scaling.parameters"


def row(pilot) -> LayersRow:
    return section(pilot).query_one(LayersRow)


async def typed(pilot, text: str) -> None:
    await press(pilot, "enter")
    section(pilot).query_one(Input).value = text
    await press(pilot, "enter")


async def test_layers_are_typed_also_full_width_and_wrong_ones_are_said(opened) -> None:
    async with opened(address=f"{NAME}?model=own") as pilot:
        row(pilot).focus()
        await typed(pilot, "７８４、70 → 60,10")
        assert lab(pilot).settings.layers == "784,70,60,10"
        assert "59,820" in text_of(pilot, "#arithmetic")
        await typed(pilot, "784,0,10")
        assert "784,0,10" in shown(pilot) and "like 3,4,2, 2 to 9 numbers from 1 to 99,999" in shown(pilot)
        assert lab(pilot).settings.layers == "784,70,60,10"
        await press(pilot, "escape")
        await press(pilot, "backspace")
        assert lab(pilot).settings.layers == "3,4,2"


async def test_plus_adds_a_hidden_layer_and_minus_takes_it_away(opened) -> None:
    async with opened(address=f"{NAME}?model=own&layers=3,1", language="ja") as pilot:
        row(pilot).focus()
        await press(pilot, "plus")
        assert lab(pilot).settings.layers == "3,3,1"
        await press(pilot, "minus", "minus")
        assert lab(pilot).settings.layers == "3,1", "a layer of units stays"
        await press(pilot, *["plus"] * 9)
        assert lab(pilot).settings.layers.count(",") == 8, "and no more than fit"


async def test_only_what_belongs_to_a_network_is_shown(opened) -> None:
    async with opened(address=NAME) as pilot:
        assert not row(pilot).display and "w₀x₀" in text_of(pilot, "#arithmetic")
        section(pilot).query_one("#setting-model", ChoiceList).choose("gpt3")
        await settle(pilot)
        assert section(pilot).query_one("#choice-tokens").display and not row(pilot).display
        assert "174,604,259,328" in text_of(pilot, "#arithmetic") and "12,288" in text_of(pilot, "#counts")
        section(pilot).query_one("#setting-model", ChoiceList).choose("vgg16")
        await settle(pilot)
        assert not section(pilot).query_one("#sizes").display
        assert "123,642,856" in text_of(pilot, "#parts")


async def test_v_goes_through_the_views_and_clicks_choose_networks(opened) -> None:
    async with opened(address=NAME) as pilot:
        await press(pilot, "v", "v")
        assert lab(pilot).settings.view == "table"
        await click(pilot, "#table", "googlenet")
        assert lab(pilot).settings.model == "googlenet" and "GoogLeNet: its paper" in shown(pilot)
        await press(pilot, "v")
        await click(pilot, "#years", "palm")
        assert lab(pilot).settings.model == "palm" and "PaLM 540.4B" in text_of(pilot, "#years")
        await press(pilot, "v")
        assert "GPT-3 96×12,288" in text_of(pilot, "#stack") and "658,278 times" in shown(pilot)
        await press(pilot, "v")
        assert lab(pilot).settings.view == "parts"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("over by 1,177,350", "show the solution")), ("ja", ("超過 1,177,350", "解答を見る"))],
)
async def test_an_opened_exercise_with_all_hints_leaves_the_network_room(opened, language: str, said) -> None:
    async with opened(address=NAME, size=(120, 40), language=language) as pilot:
        await press(pilot, "e", "down", "h", "h", "h")
        lab(pilot).set("layers", "784,1500,40,10")
        await settle(pilot)
        assert section(pilot).query_one("#graph").size.height >= 6
        strip = text_of(pilot, "#exercise")
        assert all(each in strip for each in said)
        bars = [line for line in strip.splitlines() if "━" in line or "──" in line]
        assert all(line.rstrip().endswith("│") for line in bars), "a bar is whole or left out"


async def test_everything_is_there_in_80_columns(opened) -> None:
    async with opened(address=f"{NAME}?model=own&layers=784,70,60,10", size=(80, 24)) as pilot:
        assert "54,880 + 70 = 54,950" in text_of(pilot, "#parts") and "600 + 10 = 610" in shown(pilot)
        await press(pilot, "v")
        assert "239.3 KB" in text_of(pilot, "#memory")


async def test_an_open_list_without_room_knows_no_pages(opened) -> None:
    async with opened(address=NAME) as pilot:
        section(pilot).query_one(ChoiceList).focus()
        await press(pilot, "enter")
        names = section(pilot).query_one(NameList)
        names.styles.height = 0
        await settle(pilot)
        await press(pilot, "pageup", "pagedown", "escape")
        assert not section(pilot).query(NameList) and lab(pilot).settings.model == "neuron"
