"""What goes on step by step, and what is drawn: `neuron.gates` learns, `neuron.synapse` takes a pen."""

import pytest
from learner import drag, lab, press, section, settle, shown, text_of

from lessons.vocabulary.drawings import decode
from tui.labs.view import LabHead


async def wait_for(pilot, happened) -> None:
    """Let the program run until something has happened; a test's own limit ends what never does."""
    for _ in range(200):
        if happened():
            return
        await pilot.pause(0.05)
    raise AssertionError("it has not happened")


async def test_steps_go_on_and_back(opened) -> None:
    async with opened(address="neuron.gates?gate=OR") as pilot:
        await press(pilot, "full_stop")
        first = lab(pilot).observation
        assert lab(pilot).learning and first.examples == 0  # the first one begins
        await press(pilot, "full_stop", "full_stop")
        assert "η" in text_of(pilot, "#example") and "←" in text_of(pilot, "#update")
        third = lab(pilot).observation
        assert third.examples == first.examples + 2
        await press(pilot, "comma", "comma")
        assert lab(pilot).observation.examples == first.examples and lab(pilot).settings.w1 == first.w1
        table = text_of(pilot, "#table")
        await press(pilot, "greater_than_sign")
        assert lab(pilot).observation.examples == first.examples + 10
        await press(pilot, "less_than_sign")
        assert text_of(pilot, "#table") == table
        await press(pilot, "full_stop", "full_stop")
        assert lab(pilot).observation.examples == third.examples and lab(pilot).observation.w1 == third.w1


async def test_a_restart_has_the_same_seed_and_an_edit_meets_the_next_step(opened) -> None:
    async with opened(address="neuron.gates?learn=true&seed=3") as pilot:
        begin = lab(pilot).observation
        assert begin.examples == 0  # every lab opens still
        await press(pilot, "full_stop", "full_stop", "full_stop", "r")
        assert lab(pilot).observation.examples == begin.examples
        assert lab(pilot).observation.w1 == begin.w1 and lab(pilot).settings.seed == 3
        section(pilot).query_one("#setting-w1").focus()
        examples = lab(pilot).observation.examples
        await press(pilot, "end")
        assert lab(pilot).settings.w1 == 2.0 and lab(pilot).observation.w1 == 2.0
        assert lab(pilot).learning and lab(pilot).observation.examples <= examples + 1
        await press(pilot, "r", "n")
        assert lab(pilot).settings.seed == 4


async def test_space_runs_and_pauses_until_and_converges(opened) -> None:
    async with opened(address="neuron.gates?gate=AND&learn=true") as pilot:
        await press(pilot, "space")
        assert lab(pilot).playing and "running" in text_of(pilot, "#head")
        await wait_for(pilot, lambda: len(lab(pilot).steps) >= 2)
        await press(pilot, "space")
        steps = lab(pilot).observation.examples
        assert not lab(pilot).playing and steps >= 2
        section(pilot)._beat()
        await settle(pilot)
        assert lab(pilot).observation.examples == steps
        for _ in range(30):
            await press(pilot, "greater_than_sign")
            if lab(pilot).finished:
                break
        assert lab(pilot).observation.converged and lab(pilot).observation.correct == 4
        assert "finished" in text_of(pilot, "#head")
        await press(pilot, "space")
        assert not lab(pilot).playing


async def test_xor_goes_round_and_ends_with_its_proof(opened) -> None:
    async with opened(address="neuron.gates?gate=XOR&learn=true") as pilot:
        for _ in range(60):
            await press(pilot, "greater_than_sign")
            if lab(pilot).finished:
                break
        seen = lab(pilot).observation
        assert lab(pilot).finished and seen.converged is False and seen.cycle and not seen.separable
        proof = section(pilot).query_one("#proof")
        assert proof.display and text_of(pilot, "#proof").strip() and proof.region.height > 2
        await press(pilot, "comma")
        assert not lab(pilot).finished
        section(pilot).query_one("#setting-hidden").focus()
        await press(pilot, "home")
        assert section(pilot).query_one("#hidden-units").display and not proof.display


async def test_the_time_that_a_picture_takes_is_said(opened) -> None:
    async with opened(address="neuron.gates") as pilot:
        head = section(pilot).query_one(LabHead)
        await wait_for(pilot, lambda: "computing" not in text_of(pilot, "#head"))
        head.computing = 2.4
        head.repaint()
        assert "computing 2 s" in text_of(pilot, "#head")


async def test_a_signal_is_drawn_with_the_mouse_and_with_keys(opened) -> None:
    async with opened(address="neuron.synapse?signal=drawn") as pilot:
        pad = section(pilot).query_one("#sent")
        assert "drag" in text_of(pilot, "#sent")
        frame = pad.canvas.frames["curves"]
        flat = text_of(pilot, "#received")
        middle, top = frame.y + frame.height // 2, frame.y + frame.height // 3
        await drag(pilot, pad, (frame.x, middle), (frame.x + frame.width // 2, top), (frame.x + frame.width, middle))
        drawn = lab(pilot).settings.x
        assert drawn and lab(pilot).observation.peak_sent > 0.3 and text_of(pilot, "#received") != flat
        assert pad.has_focus
        await press(pilot, "right", "up", "up")
        raised = decode(lab(pilot).settings.x, 40) - decode(drawn, 40)
        assert raised.argmax() == 11 and raised.max() == pytest.approx(0.2, abs=0.05)
        await press(pilot, "down")
        assert decode(lab(pilot).settings.x, 40)[11] < decode(drawn, 40)[11] + 0.15
        await press(pilot, "u")
        assert lab(pilot).settings.x == "" and lab(pilot).observation.peak_sent == pytest.approx(0)
        assert "x=" not in shown(pilot).splitlines()[-1]


async def test_nothing_beats_where_nothing_happens(opened) -> None:
    async with opened(address="neuron.gates?gate=XOR&learn=true") as pilot:
        beating = section(pilot)._beating
        await wait_for(pilot, lambda: not beating._active.is_set())
        lab(pilot).refresh()
        assert beating._active.is_set(), "while a picture is waited for"
        await wait_for(pilot, lambda: not beating._active.is_set())
        await press(pilot, "space")
        assert beating._active.is_set(), "while it runs"
        await press(pilot, "space")
        await wait_for(pilot, lambda: not beating._active.is_set())
