"""The map of applications as a learner uses it: keys and clicks choose, enter and a click on the chosen one open."""

import pytest
from learner import app_of, click, lab, press, section, text_of

from lessons.introduction.labs.map import WORKS
from tui.labs.introduction import application_map
from tui.widgets.slider import Slider

MAP = "#setting-application"


def choose_labs(monkeypatch: pytest.MonkeyPatch, **labs: str) -> None:
    """Say which labs do which applications."""
    monkeypatch.setattr(application_map, "lab_of", labs.get)


async def test_arrows_choose_and_the_numbers_follow(opened) -> None:
    async with opened("introduction.map") as pilot:
        assert section(pilot).query_one(MAP).has_focus
        assert "150,528" in text_of(pilot, "#formula") and "1,000" in text_of(pilot, "#formula")
        await press(pilot, "down", "down")
        assert lab(pilot).settings.application == "conversation"
        assert "50,257" in text_of(pilot, "#formula")
        await press(pilot, "backspace", "end")
        assert lab(pilot).settings.application == "games"
        await press(pilot, "u")
        assert lab(pilot).settings.application == "classification"


async def test_only_the_sizes_that_count_are_there(opened) -> None:
    async with opened("introduction.map") as pilot:
        shown = []
        for key in ("home", "down", "down", "down", "down", "down"):
            await press(pilot, key)
            shown.append([slider.key for slider in section(pilot).query(Slider) if slider.size.height])
        assert shown == [["side"], ["side"], ["words"], ["side", "words"], ["words"], []]


async def test_from_the_last_application_the_keys_go_on_to_the_sizes(opened) -> None:
    async with opened("introduction.map?application=music") as pilot:
        await press(pilot, "down", "up", "home")
        assert lab(pilot).settings.application == "classification"
        await press(pilot, "end", "up", "down", "down")  # games has no size: the map keeps the focus
        assert section(pilot).query_one(MAP).has_focus
        await press(pilot, "home", "tab", "right")
        assert lab(pilot).settings.side == 232


@pytest.mark.parametrize("way", ["enter", "line", "row"])
async def test_the_lab_of_the_chosen_application_opens(way: str, opened, monkeypatch) -> None:
    choose_labs(monkeypatch, segmentation="neuron.unit")
    async with opened("introduction.map") as pilot:
        await press(pilot, "enter")
        assert lab(pilot).lab.name == "introduction.map"  # the first one has none
        await click(pilot, MAP, "segmentation")
        assert lab(pilot).settings.application == "segmentation"
        if way == "enter":
            await press(pilot, "enter")
        else:
            await click(pilot, MAP, "open" if way == "line" else "segmentation")
        assert lab(pilot).lab.name == "neuron.unit"


async def test_a_lab_that_is_not_there_is_not_mentioned(opened, monkeypatch) -> None:
    choose_labs(monkeypatch, music="neuron.unit")
    async with opened("introduction.map") as pilot:
        assert "▸" not in text_of(pilot, MAP) and "enter" not in text_of(pilot, "#footer")
        await click(pilot, MAP, "music")
        assert "▸" in text_of(pilot, MAP) and "2.3" in text_of(pilot, MAP)
        assert "enter" in text_of(pilot, "#footer")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", [(50, 16), (80, 24), (100, 30), (120, 30), (160, 50)])
async def test_every_name_is_whole_at_every_size(size: tuple[int, int], language: str, opened) -> None:
    async with opened("introduction.map", size, language) as pilot:
        words, map_text = app_of(pilot).words, text_of(pilot, MAP)
        for work in WORKS.values():
            assert words.text(f"introduction.map.input.{work.input}") in map_text
            assert words.text(f"introduction.map.output.{work.output}") in map_text
            names = (words.text(f"introduction.map.{part}.{work.network}") for part in ("network", "short"))
            assert any(name in map_text for name in names)
        assert section(pilot).query_one(MAP).size.height >= 9
