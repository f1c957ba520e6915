"""`image_generation.causal_graph` as a learner uses it: moves causes, paints, shifts, asks for noise, trains."""

import pytest
from learner import click, drag, lab, press, section, settle, shown, text_of
from textual.pilot import Pilot

from engine.training.folder import Run
from lessons.image_generation.labs.causal_graph.exercises import ring
from tui.widgets.part_row import PartRow
from tui.widgets.pixel_pad import PixelPad

NAME = "image_generation.causal_graph"


async def test_a_cause_is_moved_and_found_again(opened) -> None:
    async with opened(address=NAME) as pilot:
        before = section(pilot).query_one(PixelPad).values.copy()
        section(pilot).query_one("#setting-x").focus()
        await press(pilot, "end")
        assert lab(pilot).settings.x == 7
        assert not (section(pilot).query_one(PixelPad).values == before).all()
        assert "+7.0" in text_of(pilot, "#graph")
        assert lab(pilot).observation.inferred_x == pytest.approx(7, abs=0.3)
        assert text_of(pilot, "#decoder-title").split()[-2] == "IoU"


async def test_a_click_on_a_node_goes_to_its_control(opened) -> None:
    async with opened(address=NAME) as pilot:
        for node, control in (("angle", "setting-angle"), ("image", "pad"), ("object", "setting-object")):
            await click(pilot, "#graph", node)
            assert pilot.app.focused is not None and pilot.app.focused.id == control


async def test_painting_adds_to_the_image_and_a_cause_takes_it_away(opened) -> None:
    async with opened(address=f"{NAME}?object=disc&x=0&y=0") as pilot:
        pad = section(pilot).query_one(PixelPad)
        ink = pad.values.sum()
        await drag(pilot, pad, (2, 1), (30, 1))
        await settle(pilot)
        assert lab(pilot).settings.drawn and pad.values.sum() > ink + 20
        assert text_of(pilot, "#pad-title").startswith(" drawing")
        section(pilot).query_one("#setting-y").focus()
        await press(pilot, "right")
        assert not lab(pilot).settings.drawn and pad.values.sum() == pytest.approx(ink, rel=0.02)
        await press(pilot, "u")
        assert lab(pilot).settings.drawn


async def test_an_emptied_pad_says_that_nothing_is_drawn(opened) -> None:
    async with opened(address=f"{NAME}?given=inferred") as pilot:
        pad = section(pilot).query_one(PixelPad)
        pad.focus()
        await press(pilot, "backspace")
        assert pad.blank and lab(pilot).settings.own
        assert "Nothing is drawn" in text_of(pilot, "#inferred-words")
        assert "no causes inferred" in text_of(pilot, "#decoded")
        await press(pilot, "x", *["right"] * 6)
        assert lab(pilot).settings.drawn and lab(pilot).observation.inferred_object
        assert "Nothing" not in text_of(pilot, "#inferred-words")


async def test_what_is_shifted_is_painted_where_it_stands(opened) -> None:
    async with opened(address=f"{NAME}?drawn={ring(0, 0)}&shift_x=6") as pilot:
        pad = section(pilot).query_one(PixelPad)
        assert "shifted" in text_of(pilot, "#pad-title")
        assert lab(pilot).observation.inferred_x == pytest.approx(6, abs=0.5)
        pad.focus()
        await press(pilot, "x", "x")
        assert lab(pilot).settings.shift_x == 0
        assert lab(pilot).observation.inferred_x == pytest.approx(6, abs=1)


async def test_a_disc_has_no_angle_and_the_screen_says_so(opened) -> None:
    async with opened(address=f"{NAME}?object=disc") as pilot:
        assert "same at any angle" in text_of(pilot, "#inferred-words").replace("\n", " ").replace("  ", " ")
        assert text_of(pilot, "#inferred").splitlines()[-1].split() == ["angle", "–"]


async def test_noise_is_named_in_place_of_a_likeness(opened) -> None:
    async with opened(address=f"{NAME}?noise=1") as pilot:
        assert "without meaning" in text_of(pilot, "#decoder-title")
        section(pilot).query_one("#setting-noise").focus()
        await press(pilot, "home")
        assert "IoU" in text_of(pilot, "#decoder-title")


async def test_a_decoder_that_is_not_there_is_named_with_the_key_that_makes_it(opened) -> None:
    async with opened(address=NAME) as pilot:
        section(pilot).query_one("#setting-harmonics").focus()
        await press(pilot, "left")
        assert " ".join(text_of(pilot, "#decoded").split()) == (
            "There is no decoder of these settings yet space start training with these settings"
        )
        await press(pilot, "right")
        assert "no decoder" not in text_of(pilot, "#decoded")


async def test_where_there_is_less_room_v_goes_through_the_parts(opened) -> None:
    async with opened(address=NAME, size=(80, 24)) as pilot:
        visible = {"causes": "#graph", "decoder": "#decoded", "encoder": "#objects", "training": "#course"}
        for part, selector in visible.items():
            assert section(pilot).query_one(PartRow).part == part
            for other in visible.values():
                assert bool(section(pilot).query_one(other).size.height) == (other == selector), (part, other)
            await press(pilot, "v")
        assert section(pilot).query_one(PartRow).part == "causes"


async def test_v_lets_the_decoder_draw_what_is_inferred(opened) -> None:
    async with opened(address=f"{NAME}?drawn={ring(5, -5)}") as pilot:
        before = lab(pilot).observation.decoded.values
        await press(pilot, "v")
        assert lab(pilot).settings.given == "inferred"
        assert abs(lab(pilot).observation.decoded.values - before).max() > 0.5


async def _until(pilot: Pilot[int], happened) -> None:
    for _ in range(1200):
        if happened():
            return
        await pilot.pause(0.05)
    raise AssertionError(shown(pilot))


async def test_it_trains_and_shows_its_own_networks(opened) -> None:
    async with opened(address=f"{NAME}?steps=100&batch=4&harmonics=3&examples=100&threads=1") as pilot:
        assert not lab(pilot).observation.trained
        await press(pilot, "space")
        training = lab(pilot).training
        assert training is not None
        await _until(pilot, lambda: training.status is not None and training.status.state == "finished")
        await _until(pilot, lambda: getattr(lab(pilot).observation, "own_run", False))
        await settle(pilot)
        assert lab(pilot).observation.trained and lab(pilot).observation.course is not None
        assert "no decoder" not in text_of(pilot, "#decoded")
        run = Run(training.runs / lab(pilot).settings.run)
        assert run.record().settings == {"steps": 100, "batch": 4, "harmonics": 3, "examples": "100", "threads": 1}
        section(pilot).query_one("#setting-x").focus()
        await press(pilot, "right")
        assert lab(pilot).settings.run, "a cause is no part of a training"


async def test_networks_of_another_nnlab_are_one_sentence_and_the_picture_stays(opened) -> None:
    async with opened(address=f"{NAME}?steps=100&batch=4&threads=1") as pilot:
        await press(pilot, "space")
        training = lab(pilot).training
        assert training is not None
        await _until(pilot, lambda: training.status is not None and training.status.state == "finished")
        await _until(pilot, lambda: getattr(lab(pilot).observation, "own_run", False))
        run = Run(training.runs / lab(pilot).settings.run)
        for step in run.weights_steps():
            run.weights_path(step).write_bytes(b"cut off")
        run.weights_path(101).write_bytes(b"cut off")
        section(pilot).query_one("#setting-x").focus()
        await press(pilot, "right")
        assert lab(pilot).problem is not None and lab(pilot).observation is not None
        assert "damaged" in shown(pilot) and "Traceback" not in shown(pilot)


async def test_a_cause_that_puts_the_drawing_away_says_so(opened) -> None:
    async with opened(address=f"{NAME}?drawn={ring(0, 0)}") as pilot:
        section(pilot).query_one("#setting-x").focus()
        await press(pilot, "right")
        assert not lab(pilot).settings.drawn
        assert "The drawing is put away" in shown(pilot)


async def test_an_exercise_opens_the_part_that_it_is_about_and_names_its_number(opened) -> None:
    async with opened(address=NAME, size=(80, 24)) as pilot:
        await press(pilot, "e")
        assert section(pilot).query_one(PartRow).part == "decoder"
        assert section(pilot).query_one("#decoded").size.height > 5
        await press(pilot, "right", "enter")
        assert lab(pilot).attempt.state.solved
        assert f"IoU 0.83 → {lab(pilot).observation.iou_here:.2f}" in shown(pilot)
        await press(pilot, "v")
        assert section(pilot).query_one(PartRow).part == "encoder", "chosen by hand, it stays"


async def test_what_the_encoder_finds_stands_under_the_image_of_the_causes(opened) -> None:
    async with opened(address=f"{NAME}?object=square&angle=110", size=(80, 24)) as pilot:
        line = text_of(pilot, "#found-line").split()
        assert line[:2] == ["encoder", "square"] and float(line[-1][:-1]) == pytest.approx(20, abs=4)
        section(pilot).query_one("#setting-object").focus()
        await press(pilot, "left")
        assert text_of(pilot, "#found-line").split()[1] == "disc" and "°" not in text_of(pilot, "#found-line")
