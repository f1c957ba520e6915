"""`applications.panel` as a learner uses it: draws, types, asks for a digit, and goes to each network's own lab."""

import pytest
from learner import drag, lab, press, section, settle, shown, text_of

from engine.training.folder import Listed
from engine.training.record import RunRecord, Status
from lessons.applications.experiments.panel.trouble import trouble
from lessons.convolution.labs.lenet5 import FOUR
from tui.labs.applications.panel_words import OpenRow, said
from tui.labs.applications.run_choice import RunChoice
from tui.labs.applications.sentence_row import SentenceRow
from tui.locale import LANGUAGES, words
from tui.widgets.entry import Entry
from tui.widgets.exercise import ExerciseStrip
from tui.widgets.pixel_pad import PixelPad

SHORT = "applications.panel?tokens=8&steps=3"


def row(pilot, network):
    return next(each for each in pilot.app.screen.query(OpenRow) if each.network == network)


async def test_what_is_drawn_is_read_and_what_is_read_is_drawn(opened) -> None:
    async with opened(address=SHORT) as pilot:
        assert isinstance(section(pilot).focused, PixelPad) and lab(pilot).observation.asked == 5
        before = lab(pilot).observation
        pad = section(pilot).query_one(PixelPad)
        await drag(pilot, pad, (14, 2), (14, 6), (14, 12))
        seen = lab(pilot).observation
        assert lab(pilot).settings.drawn and seen.label is None and seen.read == 1 == seen.asked
        assert "reads 1" in shown(pilot) and "drawn as asked: 1" in shown(pilot)
        assert seen.written_text == before.written_text


async def test_the_text_goes_on_while_a_sentence_is_typed(opened) -> None:
    async with opened(address=SHORT) as pilot:
        await press(pilot, "i", *"The r")
        assert section(pilot).query(Entry)
        assert lab(pilot).settings.sentence == "The r" and text_of(pilot, "#writing").startswith("The r")
        await press(pilot, *"est", "enter")
        assert not section(pilot).query(Entry) and lab(pilot).settings.sentence == "The rest"
        assert isinstance(section(pilot).focused, SentenceRow)
        await press(pilot, "enter", "x", "escape")
        assert lab(pilot).settings.sentence == "The rest"


async def test_a_japanese_sign_calls_the_japanese_gpt(opened) -> None:
    async with opened(address=SHORT) as pilot:
        assert "Transformer, English" in shown(pilot)
        lab(pilot).set("sentence", "雨が")
        await settle(pilot)
        assert "Transformer, Japanese" in shown(pilot) and text_of(pilot, "#writing").startswith("雨が")


async def test_a_digit_to_draw_is_chosen_from_the_list(opened) -> None:
    async with opened(address=SHORT) as pilot:
        section(pilot).query_one("#setting-wanted").focus()
        await press(pilot, "enter", "down", "down", "enter")
        assert lab(pilot).settings.wanted == "1" and lab(pilot).observation.asked == 1
        assert lab(pilot).observation.read == 5


@pytest.mark.parametrize(
    ("network", "name", "held"),
    [
        ("reader", "convolution.lenet5", {"drawn": FOUR}),
        ("writer", "language.gpt", {"prompt": "The", "tokens": 8, "seed": 3}),
        ("drawer", "image_generation.diffusion", {"digit": "4", "steps": 3, "seed": 3, "frame": 3}),
    ],
)
async def test_enter_opens_a_networks_own_lab_with_what_it_has(opened, network, name, held) -> None:
    async with opened(address=f"{SHORT}&sentence=The&seed=3&drawn={FOUR}") as pilot:
        row(pilot, network).focus()
        await press(pilot, "enter")
        assert lab(pilot).lab.name == name
        assert {key: getattr(lab(pilot).settings, key) for key in held} == held


async def test_a_click_opens_it_too(opened) -> None:
    async with opened(address=f"{SHORT}&digit=7") as pilot:
        await pilot.click(row(pilot, "reader"), offset=(5, 0))
        await settle(pilot)
        assert lab(pilot).lab.name == "convolution.lenet5" and lab(pilot).settings.digit == 7


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_empty_pad_is_told_and_the_text_stays(opened, size) -> None:
    async with opened(address=SHORT, size=size) as pilot:
        await press(pilot, "backspace")
        text = shown(pilot)
        assert "Nothing is drawn yet" in text and "No digit is read" in text
        assert "The value" in text and lab(pilot).observation.written_text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_unknown_characters_are_named_beside_the_other_answers(opened, size) -> None:
    async with opened(address=f"{SHORT}&sentence=été", size=size) as pilot:
        text = shown(pilot)
        told = " ".join(text_of(pilot, "#writer AnswerLines").split())
        assert "never seen é" in told and "été" in text and "reads 5" in text


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
async def test_size_and_time_of_all_three_are_seen_at_every_size(opened, size, language) -> None:
    async with opened(address=SHORT, size=size, language=language) as pilot:
        seen, text = lab(pilot).observation, shown(pilot)
        for network in ("reader", "writer", "drawer"):
            assert f"{getattr(seen, f'{network}_parameters'):,}" in text
        assert text.count(" ms") == 3
        assert "5.2 LeNet-5" in text and "7.2 GPT" in text


async def test_it_can_be_scrolled_where_there_is_little_room(opened) -> None:
    async with opened(address=SHORT, size=(60, 18)) as pilot:
        for network in ("reader", "writer", "drawer"):
            row(pilot, network).focus()
            await settle(pilot)
            assert "enter" in text_of(pilot, f"#{network} OpenRow") and row(pilot, network).size.height == 1


TROUBLES = (
    *(trouble("drawer", kind) for kind in ("nothing_drawn", "nothing_asked", "run_missing", "broken", "older")),
    *(trouble("reader", kind) for kind in ("other_size", "failed")),
    trouble("reader", "no_file", file="lenet5.safetensors"),
    trouble("writer", "unknown_characters", characters="é ü"),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("told", TROUBLES, ids=lambda each: each.kind)
def test_every_trouble_is_one_sentence_in_the_learners_language(told, language) -> None:
    text = said(told, words(language))

    assert "trouble." not in text and "error." not in text and not set(text) & set("{}")
    assert any("ぁ" <= sign <= "ん" for sign in text) == (language == "ja")


async def test_a_run_of_the_learners_is_chosen_on_the_screen_where_there_is_one(opened) -> None:
    async with opened(address=SHORT) as pilot:
        choices = {choice.key: choice for choice in section(pilot).query(RunChoice)}
        assert not any(choice.display for choice in choices.values())
        record = RunRecord(
            id="diffusion-abc123", lab="image_generation.diffusion", name="mine", settings={}, function="t:none",
            seed=0, created=0.0, threads=1, versions={},
        )  # fmt: skip
        listed = Listed(id=record.id, record=record, status=Status(state="finished", step=7))
        pilot.app.runs.listed = (listed,)
        pilot.app.runs.changed.publish(None)
        await settle(pilot)
        own = choices["drawer_run"]
        assert (
            own.display
            and not choices["reader_run"].display
            and "come with nnlab" in text_of(pilot, "#setting-drawer_run")
        )
        own.focus()
        await press(pilot, "enter", "down", "enter")
        assert lab(pilot).settings.drawer_run == "diffusion-abc123" and "mine" in text_of(pilot, "#setting-drawer_run")
        assert "That training is gone" in shown(pilot), "it is but listed here"
        await press(pilot, "home")
        assert not lab(pilot).settings.drawer_run


NEEDED = {1: ("tokens", "steps", "guidance"), 2: ("temperature", "seed")}


@pytest.mark.parametrize("number", NEEDED)
async def test_on_a_small_screen_an_exercise_shows_what_it_asks_to_be_set(opened, number) -> None:
    async with opened(address=SHORT, size=(80, 24)) as pilot:
        await press(pilot, "e", *["down"] * number, "h", "h", "h")
        screen, strip = section(pilot), section(pilot).query_one(ExerciseStrip)
        controls = [screen.query_one(f"#setting-{name}") for name in NEEDED[number]]
        assert all(each.region.height == 1 and each.region.bottom <= strip.region.y for each in controls)
        assert set(controls) <= set(screen.focus_chain)
        await press(pilot, "e")
        assert all(each.region.height == 1 and each.region.bottom <= strip.region.y for each in controls)


async def test_scores_that_have_no_row_are_told_by_dots(opened) -> None:
    async with opened(address=SHORT, size=(120, 40)) as pilot:
        assert "…" not in text_of(pilot, "#reading")
        await press(pilot, "e", "down", "down", "h", "h", "h")
        lines = text_of(pilot, "#reading").splitlines()
        assert len(lines) < 10 and lines[-1].strip() == "…" and any(line.startswith("5 ") for line in lines)
