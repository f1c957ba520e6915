"""`convolution.lenet5` as a learner uses it: draws, looks inside, trains, pauses, and comes back to what went on."""

from collections.abc import Callable

import pytest
from learner import app_of, click, drag, lab, press, section, settle, shown, text_of, wheel
from textual.pilot import Pilot

from engine.training import launch
from engine.training.folder import Run, listed
from lessons.convolution.labs.lenet5 import FOUR, Lenet5Settings
from lessons.vocabulary.settings import fields
from tui.labs.convolution.lenet5 import INSIDE
from tui.widgets.part_row import PartRow
from tui.widgets.pixel_pad import PixelPad
from tui.widgets.scroll_figure import ScrollFigure
from tui.widgets.slider import Slider

QUICK = "convolution.lenet5?images=100&epochs=2&batch=50&threads=1"


async def until(pilot: Pilot[int], happened: Callable[[], bool]) -> None:
    """Let program and run go on until something has happened; the test's own limit ends what never does."""
    for _ in range(600):
        if happened():
            return
        await pilot.pause(0.05)
    raise AssertionError(shown(pilot))


def run_of(pilot: Pilot[int]) -> Run:
    return Run(app_of(pilot).places.runs / lab(pilot).settings.run)


def state(pilot: Pilot[int]) -> str:
    training = lab(pilot).training
    assert training is not None
    return training.status.state if training.status is not None else ""


async def started(pilot: Pilot[int]) -> None:
    """Press space, and wait until the lab looks into the run."""
    await press(pilot, "space")
    await until(pilot, lambda: bool(lab(pilot).settings.run))


async def test_what_is_drawn_is_read_at_once_and_the_first_stroke_begins_on_an_empty_pad(opened) -> None:
    async with opened(address="convolution.lenet5?digit=3") as pilot:
        pad = section(pilot).query_one(PixelPad)
        assert pad.has_focus and not pad.blank
        digit = pad.values.copy()
        region = pad.content_region
        await drag(pilot, pad, (region.width // 2, 3), (region.width // 2, 11))
        await settle(pilot)
        assert lab(pilot).settings.drawn and lab(pilot).observation.label is None
        assert (pad.values * (digit > 0)).sum() < digit.sum()  # the test digit has gone
        assert text_of(pilot, "#read-line").startswith("read as 1")
        await press(pilot, "backspace")
        assert pad.blank and lab(pilot).observation.read is None
        assert "Nothing is drawn" in text_of(pilot, "#read-line")
        section(pilot).query_one("#setting-digit").focus()
        await press(pilot, "right")
        assert lab(pilot).observation.label is not None and not pad.blank


async def test_keys_draw_too(opened) -> None:
    async with opened(address="convolution.lenet5?own=true") as pilot:
        await press(pilot, "x", *["down"] * 6, "x")
        assert lab(pilot).settings.drawn
        assert section(pilot).query_one(PixelPad).values.max() == 1.0


async def test_each_view_shows_its_figures_and_no_others(opened) -> None:
    async with opened(address="convolution.lenet5?form=1998") as pilot:
        names = {name for figures in INSIDE.values() for name in figures}
        for view, figures in INSIDE.items():
            assert lab(pilot).settings.view == view
            visible = {name for name in names if section(pilot).query_one(f"#{name}").size.height}
            assert visible == set(figures), view
            await press(pilot, "v")


async def test_where_there_is_less_room_v_goes_through_the_parts(opened) -> None:
    async with opened(address="convolution.lenet5", size=(80, 24)) as pilot:
        assert section(pilot).query_one(PartRow).part == "draw" and "reading" in shown(pilot)
        await press(pilot, "v")
        assert "accuracy" in shown(pilot) and "rate" in shown(pilot)
        await press(pilot, "v")
        assert "C1" in shown(pilot)
        await press(pilot, "v")
        assert "F6" in shown(pilot)
        for _ in range(len(INSIDE)):
            await press(pilot, "v")
        assert section(pilot).query_one(PartRow).part == "draw"


async def test_the_list_of_misread_digits_is_gone_through_by_keys_and_wheel(opened) -> None:
    async with opened(address="convolution.lenet5?view=misread&epoch=1") as pilot:
        table = section(pilot).query_one("#misread_as", ScrollFigure)
        errors = lab(pilot).observation.errors
        assert f"1–11 of {len(errors)}" in text_of(pilot, "#misread_as")
        table.focus()
        await press(pilot, *["down"] * 12)
        await settle(pilot)
        assert lab(pilot).settings.digit == errors[11] and lab(pilot).observation.misread_from == 0
        assert f"2–12 of {len(errors)}" in text_of(pilot, "#misread_as")
        await press(pilot, "end")
        await settle(pilot)
        assert lab(pilot).settings.digit == errors[-1]
        assert f"{len(errors)} of {len(errors)}" in text_of(pilot, "#misread_as")
        await wheel(pilot, table, up=True)
        assert lab(pilot).settings.digit == errors[-1]
        assert f"–{len(errors) - 1} of" in text_of(pilot, "#misread_as")


async def test_the_maps_of_the_later_layers_are_a_second_page_that_says_so(opened) -> None:
    async with opened(address="convolution.lenet5", size=(80, 24)) as pilot:
        assert "1/2" not in text_of(pilot, "#parts")
        await press(pilot, "v", "v")
        assert "v 1/2" in text_of(pilot, "#parts") and section(pilot).query_one("#c1").size.height
        await click(pilot, "#parts", "page")
        assert "v 2/2" in text_of(pilot, "#parts") and section(pilot).query_one("#s4").size.height


async def test_no_epoch_is_shown_before_it_is_known_how_many_there_are() -> None:
    slider = Slider(next(each for each in fields(Lenet5Settings) if each.name == "epoch"), 60.0)
    slider.wait()
    assert slider.text() == "–"
    slider.limit(15)
    assert slider.text() == "15"


async def test_the_kernels_of_c3_are_scrolled(opened) -> None:
    async with opened(address="convolution.lenet5?view=kernels") as pilot:
        figure = section(pilot).query_one("#c3_kernels", ScrollFigure)
        assert "1–48 of 96" in text_of(pilot, "#c3_kernels")
        figure.focus()
        await press(pilot, "pagedown")
        assert "49–96 of 96" in text_of(pilot, "#c3_kernels")
        await press(pilot, "home")
        assert "1–48 of 96" in text_of(pilot, "#c3_kernels")


async def test_a_click_on_a_misread_digit_has_it_read(opened) -> None:
    async with opened(address="convolution.lenet5?view=misread&epoch=1") as pilot:
        errors = lab(pilot).observation.errors
        assert errors
        await pilot.click("#misread", offset=(2, 3))
        await settle(pilot)
        assert lab(pilot).settings.digit == errors[0]
        assert lab(pilot).observation.read != lab(pilot).observation.label
        assert "✗" in text_of(pilot, "#read-line")


async def test_a_training_runs_beside_the_screen_and_its_networks_can_be_looked_at(opened) -> None:
    async with opened(address=QUICK) as pilot:
        before = lab(pilot).observation
        assert not before.own
        await started(pilot)
        await until(pilot, lambda: state(pilot) == "finished")
        await until(pilot, lambda: lab(pilot).observation.own and lab(pilot).observation.at_epoch == 2)
        assert lab(pilot).observation.epochs_kept == (0, 1, 2)
        assert "✓" in text_of(pilot, "#run-line")
        section(pilot).query_one("#setting-epoch").focus()
        await press(pilot, "home")
        assert lab(pilot).observation.at_epoch == 0
        await press(pilot, "end")
        assert lab(pilot).observation.at_epoch == 2


async def test_space_pauses_and_goes_on_and_leaving_lets_it_go_on(opened) -> None:
    async with opened(address="convolution.lenet5?images=1000&epochs=60&threads=1") as pilot:
        await started(pilot)
        run = run_of(pilot)
        try:
            await until(pilot, lambda: state(pilot) == "running" and run.status().step > 0)
            await press(pilot, "space")
            await until(pilot, lambda: state(pilot) == "paused")
            step = run.status().step
            await press(pilot, "space")
            await until(pilot, lambda: state(pilot) == "running" and run.status().step > step)
            await press(pilot, "escape")  # home
            assert run.alive()
            await press(pilot, "space")  # and back
            await until(pilot, lambda: lab(pilot).settings.run == run.id and state(pilot) == "running")
        finally:
            launch.stop(run)
            await until(pilot, lambda: run.status().state == "stopped" and not run.alive())


async def test_a_changed_setting_starts_another_run_and_another_form_leaves_it(opened) -> None:
    async with opened(address=QUICK) as pilot:
        await started(pilot)
        first = lab(pilot).settings.run
        await until(pilot, lambda: state(pilot) == "finished")
        lab(pilot).set("seed", 5)
        await settle(pilot)
        assert "start anew" in text_of(pilot, "#run-line")
        await press(pilot, "space")
        await until(pilot, lambda: lab(pilot).settings.run not in ("", first))
        await until(pilot, lambda: state(pilot) == "finished")
        assert len(listed(app_of(pilot).places.runs)) == 2
        lab(pilot).set("form", "1998")
        await settle(pilot)
        assert not lab(pilot).settings.run and lab(pilot).observation.parameters == 60_000


async def test_a_key_held_down_starts_one_run(opened) -> None:
    async with opened(address=QUICK) as pilot:
        for _ in range(3):
            await pilot.press("r")
        await until(pilot, lambda: bool(lab(pilot).settings.run))
        await until(pilot, lambda: state(pilot) == "finished")
        assert len(listed(app_of(pilot).places.runs)) == 1


async def test_a_run_that_is_gone_leaves_the_training_of_the_program(opened) -> None:
    async with opened(address="convolution.lenet5?run=lenet5-abc123") as pilot:
        await settle(pilot)
        assert lab(pilot).observation.missing and not lab(pilot).observation.own
        assert "no longer there" in text_of(pilot, "#run-line")


async def test_a_folder_that_cannot_be_written_is_said(opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device", "runs")

    async with opened(address=QUICK) as pilot:
        monkeypatch.setattr(launch, "start", full)
        await press(pilot, "space")
        await until(pilot, lambda: "✗" in text_of(pilot, "#run-line"))
        assert "disk is full" in text_of(pilot, "#run-line") and lab(pilot).settings.run == ""


async def test_the_exercise_of_four_and_nine_remembers_the_four(opened) -> None:
    async with opened(address="convolution.lenet5?own=true") as pilot:
        lab(pilot).begin(1)
        lab(pilot).load(f"convolution.lenet5?drawn={FOUR}")
        await settle(pilot)
        lab(pilot).set_all(drawn="", own=True)
        await settle(pilot)
        four, nine = lab(pilot).attempt.state.conditions
        assert four.met and not nine.met
