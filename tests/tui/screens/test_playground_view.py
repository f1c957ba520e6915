"""`neuron.playground` as a learner uses it: runs it, goes back, changes network and weights, sets points."""

from collections.abc import Callable
from pathlib import Path

import pytest
from learner import app_of, click, lab, place_of, press, section, settle, shown, text_of
from textual.pilot import Pilot

from lessons.neuron.labs.playground.settings import FEATURES
from lessons.vocabulary import marks
from tui.labs.neuron.playground.network import NetworkView
from tui.labs.neuron.playground.plane import PointsView
from tui.labs.neuron.playground.seeds import SeedCurves
from tui.labs.neuron.playground.weight import WeightSlider, weight_of
from tui.screens.help import entries_of
from tui.widgets.exercise import ExerciseStrip
from tui.widgets.part_row import PartRow

NAME = "neuron.playground"


async def until(pilot: Pilot[int], happened: Callable[[], bool]) -> None:
    """Let it go on until something has happened; the test's own limit ends what never does."""
    for _ in range(400):
        if happened():
            return
        await pilot.pause(0.02)
    raise AssertionError(shown(pilot))


async def test_it_opens_still_runs_pauses_and_goes_back_to_any_moment(opened) -> None:
    async with opened(address=NAME) as pilot:
        assert lab(pilot).observation.epochs == 0 and not lab(pilot).playing
        await pilot.press("space")
        await until(pilot, lambda: lab(pilot).observation.epochs > 20 and len(lab(pilot).steps) > 5)
        await press(pilot, "space")
        assert not lab(pilot).playing
        late, kept = lab(pilot).observation.epochs, len(lab(pilot).steps)
        lab(pilot).back(kept)
        await settle(pilot)
        assert lab(pilot).observation.epochs == 0
        await press(pilot, "full_stop")
        assert lab(pilot).observation.epochs == 1 < late  # a branch, one epoch at a time


async def test_a_setting_reaches_it_while_it_runs(opened) -> None:
    async with opened(address=NAME) as pilot:
        await pilot.press("space")
        await until(pilot, lambda: lab(pilot).observation.epochs > 5)
        before = lab(pilot).observation.epochs
        lab(pilot).set("hidden", "5,2")
        await until(pilot, lambda: lab(pilot).observation.units == 7)
        assert lab(pilot).playing and lab(pilot).observation.epochs >= before
        await press(pilot, "space")


async def test_units_and_layers_come_and_go_by_keys_and_a_unit_is_shown_large(opened) -> None:
    async with opened(address=NAME) as pilot:
        assert section(pilot).query_one(NetworkView).has_focus
        await press(pilot, "left", "plus")
        assert lab(pilot).settings.hidden == "4,3"
        assert lab(pilot).settings.unit.startswith("2.") and "unit 2." in text_of(pilot, "#output")
        await press(pilot, "minus", "minus", "minus")
        assert lab(pilot).settings.hidden == "4"
        await press(pilot, "right", "plus")
        assert lab(pilot).settings.hidden == "4,4"
        await press(pilot, "left", "left", "left", "up", "enter")
        assert lab(pilot).settings.x2_squared


async def test_a_weight_is_moved_by_a_slider_and_undone(opened) -> None:
    async with opened(address=NAME) as pilot:
        first = lab(pilot).observation.weights.copy()
        await press(pilot, "left", "enter", "right")
        slider = section(pilot).query_one(WeightSlider)
        assert slider.has_focus and (slider.source, slider.target) == ("1.1", "2.2")
        moved = lab(pilot).observation.weights
        assert (abs(moved - first) > 0.05).sum() == 1
        await press(pilot, "up")
        assert slider.source == "bias"
        await press(pilot, "escape", "u")
        assert section(pilot).query_one(NetworkView).has_focus
        assert abs(lab(pilot).observation.weights - first).max() < 1e-6


async def test_a_click_on_a_link_opens_its_weight_and_one_on_a_feature_switches_it(opened) -> None:
    async with opened(address=f"{NAME}?hidden=1") as pilot:
        network = section(pilot).query_one(NetworkView)
        await pilot.click(network, offset=place_of(network, "sin_x1"))
        await settle(pilot)
        assert lab(pilot).settings.sin_x1
        x, y = place_of(network, "1.1")
        await pilot.click(network, offset=(x + 8, y))
        await settle(pilot)
        assert section(pilot).query_one(WeightSlider).has_focus


async def test_own_points_by_mouse_and_keys(opened) -> None:
    async with opened(address=f"{NAME}?data=own") as pilot:
        assert "No points yet" in shown(pilot)
        view = section(pilot).query_one(PointsView)
        await pilot.click(view, offset=(20, 8))
        await settle(pilot)
        await press(pilot, "right", "right", "minus")
        points = marks.decode(lab(pilot).settings.points)
        assert [sign for _, _, sign in points] == [1.0, -1.0] and points[1][0] > points[0][0]
        await press(pilot, "backspace")
        assert len(marks.decode(lab(pilot).settings.points)) == 1


async def test_v_goes_through_the_views_and_x_lays_the_marked_moment_beside(opened) -> None:
    async with opened(address=f"{NAME}?seeds=4&epochs=5") as pilot:
        for view in ("gradient", "example", "seeds"):
            await press(pilot, "v")
            assert lab(pilot).settings.view == view
        assert "loss at most" in text_of(pilot, "#seed-curves")
        await press(pilot, "v", "x")
        lab(pilot).set("rate", 0.3)
        await settle(pilot)
        assert "marked" in text_of(pilot, "#marked") and "marked" in text_of(pilot, "#loss")


async def test_an_exercise_that_shows_another_view_keeps_the_keys(opened) -> None:
    async with opened(address=NAME) as pilot:
        assert section(pilot).query_one(NetworkView).has_focus
        await press(pilot, "e")
        assert lab(pilot).settings.view == "seeds" and section(pilot).query_one(ExerciseStrip).has_focus


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_rate_that_explodes_is_told_with_the_setting_to_lower(opened, language: str) -> None:
    async with opened(address=f"{NAME}?data=spiral&hidden=6,6&activation=relu&rate=10", language=language) as pilot:
        await pilot.press("space")
        await until(pilot, lambda: "10" in text_of(pilot, "#wrong-line"))
        await press(pilot, "space")
        said = text_of(pilot, "#wrong-line")
        assert {"en": "lowertheratefrom10to2.", "ja": "学習率を10から2に"}[language] in "".join(said.split())


async def test_what_is_wrong_is_said_and_the_address_holds_the_moment(opened, tmp_path: Path) -> None:
    async with opened(address=f"{NAME}?data=xor&hidden=0&epochs=100") as pilot:
        assert "One unit" in text_of(pilot, "#wrong-line")
        await press(pilot, "full_stop", "full_stop")
        assert "weights=" in lab(pilot).whole_address
        lab(pilot).load(f"{NAME}?weights=AAAA")
        await settle(pilot)
        assert "weights" in text_of(pilot, "#footer")
        assert lab(pilot).problem is None and lab(pilot).settings.weights == ""


async def test_an_address_that_has_nothing_to_show_says_so_and_is_not_empty(opened) -> None:
    async with opened(address=f"{NAME}?weights=AAAA") as pilot:
        await settle(pilot)
        assert "weights" in text_of(pilot, "#footer") and lab(pilot).observation.parameters == 25
    async with opened(address=f"{NAME}?data=file&file=gone.csv") as pilot:
        await settle(pilot)
        assert "gone.csv" in text_of(pilot, "#wrong-line")


async def test_a_small_terminal_shows_one_part_at_a_time(opened) -> None:
    async with opened(address=f"{NAME}?hidden=8,8,8", size=(80, 24), language="ja") as pilot:
        assert section(pilot).query_one("#network").size.height and not section(pilot).query_one("#maps").size.height
        await click(pilot, "#looks", "output")
        assert section(pilot).query_one("#output").size.height > 8
        await click(pilot, "#looks", "loss")
        assert section(pilot).query_one("#loss").size.height > 5


async def test_the_unit_stays_large_after_its_weight_was_moved(opened) -> None:
    async with opened(address=NAME) as pilot:
        await press(pilot, "left", "enter", "right", "escape")
        assert lab(pilot).settings.unit == "2.2" and "unit 2.2" in text_of(pilot, "#output")


async def test_a_weight_set_by_hand_stays_when_units_and_features_come(opened) -> None:
    async with opened(address=NAME) as pilot:
        await press(pilot, "left", "enter", "right", "escape")
        slider = section(pilot).query_one(WeightSlider)

        def now() -> float | None:
            places = section(pilot).view._places()
            return weight_of(lab(pilot).observation.weights, places, slider.source, slider.target)

        set_by_hand = now()
        await press(pilot, "plus", "plus", "left", "plus", "left", "down", "down", "down", "enter")
        assert (lab(pilot).settings.hidden, lab(pilot).settings.x1_squared) == ("5,4", False)
        assert sum(getattr(lab(pilot).settings, name) for name in FEATURES) == 3
        assert lab(pilot).problem is None and now() == set_by_hand
        lab(pilot).set("x1", False)  # as the overlay of all settings does
        await settle(pilot)
        assert lab(pilot).problem is None and "another shape" in text_of(pilot, "#footer")


async def test_a_click_and_keys_look_at_the_network_of_a_seed(opened) -> None:
    async with opened(address=f"{NAME}?seeds=24&view=seeds&epochs=5") as pilot:
        curves = section(pilot).query_one(SeedCurves)
        assert curves.has_focus and "seed 0" in text_of(pilot, "#output")
        before = lab(pilot).observation.output.values
        await press(pilot, "plus")
        assert lab(pilot).settings.hidden == "4,2"  # no unit that isn't seen is added
        await click(pilot, "#seed-curves", "7")
        assert lab(pilot).settings.shown == 7 and "seed 7" in text_of(pilot, "#output")
        assert abs(lab(pilot).observation.output.values - before).max() > 0.05
        await press(pilot, "left", "left", "down")
        assert lab(pilot).settings.shown == 12  # at the left end it stays in its row
        lab(pilot).set("seeds", 1)
        await settle(pilot)
        await press(pilot, "enter")
        assert lab(pilot).settings.seeds == 24


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_v_says_which_view_it_shows_and_gives_it_the_keys(opened, size: tuple[int, int], language: str) -> None:
    async with opened(address=f"{NAME}?seeds=2", size=size, language=language) as pilot:
        row = section(pilot).query_one("#looks", PartRow)
        seen = []
        for _ in row.parts:
            assert row.size.height and app_of(pilot).words.text(f"{NAME}.part.{row.part}") in text_of(pilot, "#looks")
            focused = pilot.app.screen.focused
            assert focused is not None and focused.size.height
            seen.append(row.part)
            await press(pilot, "v")
        assert tuple(seen) == row.parts and row.part == "network"


async def test_more_data_sets_are_in_a_list(opened) -> None:
    async with opened(address=NAME, size=(80, 24)) as pilot:
        await click(pilot, "#setting-data", "list")
        assert lab(pilot).settings.data == "circle"
        await press(pilot, "end", "up", "enter")
        assert lab(pilot).settings.data == "own" and section(pilot).query_one("#setting-data").has_focus


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_button_footer_and_help_call_a_thing_by_one_name(opened, language: str) -> None:
    async with opened(address=NAME, language=language) as pilot:
        words, keys, footer = app_of(pilot).words, text_of(pilot, "#run-keys"), text_of(pilot, "#footer")
        for name in ("train", "one", "restart"):
            assert words.text(f"command.{name}") in keys and words.text(f"command.{name}") in footer
        assert "train" in {name for entry in entries_of(section(pilot)) for name in entry.names}
        await pilot.press("space")
        await until(pilot, lambda: words.text("command.pause") in text_of(pilot, "#run-keys"))
        assert words.text("command.pause") in text_of(pilot, "#footer")
        await press(pilot, "space")


async def test_a_learned_weight_has_room_beside_its_track(opened) -> None:
    async with opened(address=NAME) as pilot:
        await press(pilot, "left", "enter")
        slider = section(pilot).query_one(WeightSlider)
        slider.take(-0.123)
        assert "─ −0.123" in slider.canvas.lines()[0]


async def test_on_a_small_terminal_points_are_set_by_keys_as_soon_as_the_output_is_shown(opened) -> None:
    async with opened(address=f"{NAME}?data=own", size=(80, 24)) as pilot:
        await press(pilot, "v", "v", "v", "v", "plus")
        assert section(pilot).query_one(PointsView).has_focus
        assert len(marks.decode(lab(pilot).settings.points)) == 1
