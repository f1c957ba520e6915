"""`image_generation.diffusion` as a learner uses it: walks, branches, draws, looks at every view, trains."""

import pytest
from learner import click, lab, press, section, settle, text_of

from engine.process.errors import EngineError
from tui.labs.image_generation.diffusion.time_slider import TimeSlider
from tui.widgets.checkpoint_slider import CheckpointSlider
from tui.widgets.exercise import ExerciseStrip

ADDRESS = "image_generation.diffusion"


async def test_the_walk_goes_on_and_back(opened) -> None:
    async with opened(address=ADDRESS) as pilot:
        assert lab(pilot).observation.done == 9 and "547" in text_of(pilot, "#setting-frame")
        await press(pilot, "full_stop")
        assert lab(pilot).observation.done == 10
        await press(pilot, "comma", "comma")
        assert lab(pilot).observation.done == 8
        await press(pilot, "r")
        assert lab(pilot).observation.done == 0 and "995" in text_of(pilot, "#setting-frame")


async def test_space_walks_to_the_end(opened) -> None:
    async with opened(address=f"{ADDRESS}?frame=17") as pilot:
        await pilot.press("space")
        for _ in range(200):
            if lab(pilot).observation.done == 20 and not lab(pilot).playing:
                break
            await pilot.pause(0.05)
        assert lab(pilot).observation.t == 0 and not lab(pilot).playing


async def test_the_slider_and_a_frame_of_the_film_choose_the_moment(opened) -> None:
    async with opened(address=ADDRESS, size=(120, 40)) as pilot:
        section(pilot).query_one(TimeSlider).focus()
        await press(pilot, "end")
        assert lab(pilot).observation.t == 0
        await click(pilot, "#film", "frame:0")
        assert lab(pilot).observation.t == 995


async def test_new_noise_branches_from_the_moment(opened) -> None:
    async with opened(address=ADDRESS, size=(120, 40)) as pilot:
        before = lab(pilot).observation
        await press(pilot, "b")
        after = lab(pilot).observation
        assert lab(pilot).settings.branch == 9 and abs(before.samples - after.samples).max() > 0.2
        assert "step 9" in text_of(pilot, "#branched")
        await press(pilot, "b")
        assert lab(pilot).settings.branch_seed == 2


async def test_every_view_shows_its_figures(opened) -> None:
    shown = {
        "forward": "#clean",
        "two": "#film2",
        "many": "#neighbours",
        "curve": "#curve",
        "plane": "#plane_best",
        "train": "#loss",
        "walk": "#answer",
    }
    async with opened(address=ADDRESS, size=(120, 40)) as pilot:
        for view, figure in shown.items():
            await press(pilot, "v")
            assert lab(pilot).settings.view == view
            assert len(lab(pilot).observation.samples) == (32 if view == "many" else 1)
            assert section(pilot).query_one(figure).size.height > 4, view


async def test_a_stroke_begins_the_learners_own_drawing(opened) -> None:
    async with opened(address=f"{ADDRESS}?view=forward&start=drawn", size=(120, 40)) as pilot:
        assert "Nothing is drawn yet" in text_of(pilot, "#judged")
        section(pilot).query_one("#pad").focus()
        await press(pilot, "x", "down", "down", "down")
        assert lab(pilot).settings.drawn and not lab(pilot).observation.empty
        assert lab(pilot).observation.clean.values.sum() > 2


async def test_clicks_set_points_and_take_them_away(opened) -> None:
    async with opened(address=f"{ADDRESS}?view=plane", size=(120, 40)) as pilot:
        await click(pilot, "#plane", "plane")
        assert lab(pilot).settings.shape == "own" and lab(pilot).settings.points
        await click(pilot, "#plane", "plane")
        assert lab(pilot).settings.shape == "own" and not lab(pilot).settings.points


async def test_a_training_is_started_followed_and_drawn_with(opened) -> None:
    address = f"{ADDRESS}?view=train&width=8&images=100&batch=8&updates=10&threads=1"
    async with opened(address=address) as pilot:
        await press(pilot, "space")
        for _ in range(1200):
            status = lab(pilot).training.status
            if status is not None and status.state == "finished" and lab(pilot).observation.trained_steps == 10:
                break
            await pilot.pause(0.05)
        seen = lab(pilot).observation
        assert seen.own and seen.trained_images == 100 and seen.parameters < 50_000 and seen.loss.lines
        slider = section(pilot).query_one(CheckpointSlider)
        assert slider.size.height == 1 and slider.text() == "10"
        slider.focus()
        await press(pilot, "home")
        assert lab(pilot).observation.trained_steps == 0 and slider.text() == "0"
        assert abs(seen.samples - lab(pilot).observation.samples).max() > 0
        lab(pilot).look(view="walk")
        await settle(pilot)
        assert lab(pilot).observation.own and lab(pilot).observation.t == 0
        assert "earlier network, after 0 updates" in text_of(pilot, "#judged")


async def test_a_step_on_is_other_noise_where_many_pictures_are_looked_at(opened) -> None:
    async with opened(address=f"{ADDRESS}?view=many&samples=2&steps=2", size=(120, 40)) as pilot:
        before = lab(pilot).observation
        await press(pilot, "full_stop")
        assert lab(pilot).settings.seed == 1 and abs(before.samples - lab(pilot).observation.samples).max() > 0.2
        await press(pilot, "comma", "b", "b", "r")
        assert lab(pilot).settings.seed == 0 and lab(pilot).settings.branch == 0


async def test_the_nearest_training_digit_stands_beside_each_walk(opened) -> None:
    async with opened(address=ADDRESS, size=(120, 40)) as pilot:
        seen = lab(pilot).observation
        assert f"{seen.distance:.2f}" in text_of(pilot, "#neighbour") and "Training digit" in text_of(
            pilot, "#neighbour"
        )
        lab(pilot).look(view="two")
        await settle(pilot)
        seen = lab(pilot).observation
        assert f"{seen.distance2:.2f}" in text_of(pilot, "#neighbour2")


async def test_on_a_small_screen_the_film_and_the_noise_are_a_part_of_their_own(opened) -> None:
    async with opened(address=ADDRESS, size=(80, 24)) as pilot:
        shown = section(pilot).query_one
        assert shown("#pictures").display and not shown("#films").display
        await press(pilot, "v")
        assert lab(pilot).settings.view == "walk"
        assert not shown("#pictures").display and shown("#film").size.height > 5 and shown("#set-noise").size.height
        await click(pilot, "#diffusion-parts", "pictures")
        assert shown("#pictures").display
        await press(pilot, "v", "v")
        assert lab(pilot).settings.view == "forward" and shown("#pictures").display


async def test_why_nothing_can_be_computed_stays_on_the_screen_with_the_last_picture(opened) -> None:
    async with opened(address=ADDRESS, size=(120, 40)) as pilot:
        before = lab(pilot).observation
        problem = EngineError("ShippedProblem", "", {"file": "diffusion-digits.safetensors", "kind": "broken"})
        lab(pilot)._failed(problem)
        await settle(pilot)
        assert "diffusion-digits.safetensors" in text_of(pilot, "#judged") and "install" in text_of(pilot, "#judged")
        assert lab(pilot).observation is before and "t 547" in text_of(pilot, "#film")
        await press(pilot, "full_stop")
        assert "damaged" not in text_of(pilot, "#judged") and lab(pilot).observation.done == 10


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_on_a_small_screen_the_settings_stay_while_an_exercise_is_open(opened, language) -> None:
    async with opened(address=ADDRESS, size=(80, 24), language=language) as pilot:
        screen, strip = section(pilot), section(pilot).query_one(ExerciseStrip)
        await press(pilot, "e")
        for _ in lab(pilot).lab.exercises:
            await press(pilot, "h", "h", "h")
            for name in ("view", "method", "steps", "digit", "guidance"):
                control = screen.query_one(f"#setting-{name}")
                assert control.region.height == 1 and control.region.bottom <= strip.region.y, name
            await press(pilot, "down")
        await press(pilot, "e")
        guidance = screen.query_one("#setting-guidance")
        assert guidance.region.height == 1 and guidance.region.bottom <= strip.region.y


async def test_the_settings_of_the_second_walk_say_whose_they_are(opened) -> None:
    async with opened(address=f"{ADDRESS}?view=two", size=(80, 24)) as pilot:
        assert text_of(pilot, "#setting-method2").split()[:3] == ["second:", "method", "DDPM"]
        assert "second" not in text_of(pilot, "#setting-method")


async def test_nothing_is_said_of_the_last_view_while_another_is_computed(opened) -> None:
    async with opened(address=f"{ADDRESS}?view=many&samples=2&steps=2", size=(120, 40)) as pilot:
        assert "of 2 agree" in text_of(pilot, "#judged")
        lab(pilot).refresh = lambda: None  # never to be answered
        lab(pilot).set_all(view="plane")
        await pilot.pause()
        assert "agree" not in text_of(pilot, "#judged")
