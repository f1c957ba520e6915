"""`generative_ai.prompt_box` as a learner uses it: types prompts, walks, looks word by word, lets the GPT answer."""

import pytest
from learner import click, lab, press, section, settle, shown, text_of
from textual.widgets import Input

from tui.widgets.text_row import TextRow

NAME = "generative_ai.prompt_box"
QUICK = f"{NAME}?steps=4&samples=2"


async def type_prompt(pilot, text: str) -> None:
    section(pilot).query_one("#setting-prompt", TextRow).focus()
    await press(pilot, "enter")
    entry = pilot.app.screen.query_one(Input)
    entry.value = text
    await press(pilot, "enter")
    await settle(pilot)


async def test_the_prompt_is_read_word_by_word_and_the_machine_is_named(opened) -> None:
    async with opened(address=QUICK) as pilot:
        assert "large · blue · disc · top right" in text_of(pilot, "#read")
        assert "The diffusion model answers" in text_of(pilot, "#answer")


async def test_another_prompt_is_typed_and_drawn(opened) -> None:
    async with opened(address=QUICK) as pilot:
        await type_prompt(pilot, "左下の小さな緑の三角")
        assert lab(pilot).observation.asked["colour"] == "green"
        assert "small · green · triangle · bottom left" in text_of(pilot, "#read")


async def test_what_is_not_known_is_said_and_nothing_is_lost(opened) -> None:
    async with opened(address=QUICK) as pilot:
        await type_prompt(pilot, "a shiny red blue disc")
        assert "shiny" in text_of(pilot, "#news") and "contradict" in text_of(pilot, "#news")
        assert lab(pilot).observation.picture is not None


async def test_a_prompt_without_a_scene_is_answered_in_text_and_a_scene_in_a_picture_again(opened) -> None:
    async with opened(address=QUICK) as pilot:
        await type_prompt(pilot, "the name of")
        assert "The GPT answers" in text_of(pilot, "#answer")
        assert section(pilot).query_one("#text").display and not section(pilot).query_one("#pictures").display
        await type_prompt(pilot, "red")
        assert section(pilot).query_one("#pictures").display and not section(pilot).query_one("#text").display


async def test_a_step_back_and_on_and_from_noise(opened) -> None:
    async with opened(address=QUICK) as pilot:
        await press(pilot, "comma")
        assert lab(pilot).observation.step == 3
        await press(pilot, "full_stop")
        assert lab(pilot).observation.step == 4
        await press(pilot, "r")
        assert lab(pilot).observation.step == 0


async def test_the_walk_plays_to_the_picture_and_can_be_stopped_in_its_midst(opened) -> None:
    async with opened(address=f"{NAME}?steps=30&samples=1&back=30") as pilot:
        await pilot.press("space")
        for _ in range(200):
            if lab(pilot).observation.step >= 2:
                break
            await pilot.pause(0.05)
        await press(pilot, "space")
        step = lab(pilot).observation.step
        assert 2 <= step < 30 and not lab(pilot).playing
        await pilot.pause(0.4)
        assert lab(pilot).observation.step == step


async def test_a_click_on_a_moment_looks_at_it(opened) -> None:
    async with opened(address=QUICK) as pilot:
        await click(pilot, "#walk", "frame:1")
        assert lab(pilot).observation.step == 1


@pytest.mark.parametrize(
    ("view", "there"), [("words", "#maps"), ("two", "#difference"), ("held_out", "#held_out"), ("train", "#course")]
)
async def test_each_view_shows_its_own(opened, view, there) -> None:
    async with opened(address=f"{QUICK}&view={view}") as pilot:
        assert section(pilot).query_one(there).display
        assert section(pilot).query_one("#walk").display == (view == "two")


async def test_the_next_view_follows_by_a_key(opened) -> None:
    async with opened(address=QUICK) as pilot:
        await press(pilot, "v")
        assert lab(pilot).settings.view == "words"
        assert text_of(pilot, "#word1").startswith("big")


async def test_the_second_prompt_is_typed_where_two_are_looked_at(opened) -> None:
    async with opened(address=f"{QUICK}&view=two") as pilot:
        assert section(pilot).query_one("#setting-prompt2").display
        section(pilot).query_one("#setting-prompt2", TextRow).focus()
        await press(pilot, "enter")
        pilot.app.screen.query_one(Input).value = "a big blue disc at the top right"
        await press(pilot, "enter")
        await settle(pilot)
        assert lab(pilot).observation.difference.values.max() == 0


async def test_a_japanese_learner_begins_with_a_japanese_prompt(opened) -> None:
    async with opened(address=NAME, language="ja") as pilot:
        english = lab(pilot).lab.settings().prompt
        assert lab(pilot).settings.prompt == "右上の大きな青い円" and lab(pilot).observation.asked["colour"] == "blue"
        lab(pilot).begin(1)
        lab(pilot).load(lab(pilot).attempt.exercise.starts[0])
        await settle(pilot)
        assert lab(pilot).settings.prompt == "十字"
        await lab(pilot).show_solution()
        assert lab(pilot).settings.prompt == "左下の大きな青い十字" and lab(pilot).attempt.state.solved
        pilot.app.open_address(f"{NAME}?prompt=a%20cross&steps=4")  # what the learner opens stays as it is
        await settle(pilot)
        assert lab(pilot).settings.prompt == "a cross"
        pilot.app.open_address(f"{NAME}?steps=4")
        section(pilot).query_one("#setting-prompt", TextRow).focus()
        await press(pilot, "backspace", "L")
        assert lab(pilot).settings.prompt == english
        await type_prompt(pilot, "a red ring")
        await press(pilot, "L")
        assert lab(pilot).settings.prompt == "a red ring" and lab(pilot).settings.prompt2 == "右上の大きな赤い円"


@pytest.mark.parametrize(("size", "lesson"), [((80, 24), False), ((120, 40), True)])
async def test_a_long_verdict_and_the_share_are_seen_where_the_lab_is_narrow(opened, size, lesson) -> None:
    prompt = "a large yellow triangle at the bottom left"
    async with opened(address=f"{NAME}?prompt={prompt.replace(' ', '%20')}&samples=2&steps=4", size=size) as pilot:
        await press(pilot, *["l"] * lesson)
        assert ("Answering a prompt" in shown(pilot)) == lesson
        told = text_of(pilot, "#answer")
        assert section(pilot).query_one("#answer").size.height == 2
        assert "read as: " in told and "triangle · bottom left" in told and "% of 2 right" in told


async def test_on_a_small_screen_an_open_exercise_shows_all_the_pictures(opened) -> None:
    async with opened(address=NAME, size=(80, 24)) as pilot:
        await press(pilot, "e", "down", "down", "h", "h", "h")
        one, many, strip = (section(pilot).query_one(each) for each in ("#picture", "#many", "#exercise"))
        assert min(one.region.height, many.region.height) >= 4 and many.region.bottom <= strip.region.y
        drawn = [spot for spot in many.canvas.spots if spot.name.startswith("image:")]
        assert len(drawn) == 8
        back = section(pilot).query_one("#setting-back")
        assert back.region.height == 1 and back.region.bottom <= strip.region.y


async def test_space_at_the_end_of_the_walk_says_that_it_is_the_end(opened) -> None:
    async with opened(address=QUICK) as pilot:
        assert lab(pilot).observation.step == lab(pilot).settings.steps
        await press(pilot, "space")
        assert "has come to its end; r begins anew" in shown(pilot) and not lab(pilot).playing
        await press(pilot, "r", "full_stop")
        assert lab(pilot).observation.step == 1


async def test_a_word_too_long_for_its_column_ends_in_dots(opened) -> None:
    prompt = "a%20small%20purple%20triangle%20at%20the%20bottom%20right"
    async with opened(address=f"{NAME}?view=words&samples=1&steps=2&prompt={prompt}", size=(112, 30)) as pilot:
        await press(pilot, "l")
        titles = [text_of(pilot, f"#word{number}").splitlines()[0].split()[0] for number in range(1, 6)]
        wide = section(pilot).query_one("#word3").size.width
        assert wide < len("triangle") and titles[2] == f"{'triangle'[: wide - 1]}…" and titles[0] == "small"
