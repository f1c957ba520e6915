"""Controls as a learner uses them, with the engine behind them: by keys, by typing, by mouse."""

import pytest
from learner import app_of, click, drag, lab, press, section, settle, shown, text_of, wheel

from tui.widgets.chips import Chips
from tui.widgets.entry import Entry
from tui.widgets.slider import Slider


def slider(pilot, name: str) -> Slider:
    return section(pilot).query_one(f"#setting-{name}", Slider)


async def test_keys_move_a_slider_and_the_numbers_follow(opened) -> None:
    async with opened() as pilot:
        assert slider(pilot, "w1").has_focus
        assert "0.80 ×  1.00" in text_of(pilot, "#formula") and "0.61" in text_of(pilot, "#formula")
        for key, value in (
            ("right", 0.9),
            ("left", 0.8),
            ("shift+right", 0.81),
            ("shift+left", 0.8),
            ("pageup", 1.8),
            ("pageup", 2.0),
            ("pagedown", 1.0),
            ("home", -2.0),
            ("left", -2.0),
            ("end", 2.0),
            ("backspace", 0.8),
        ):
            await pilot.press(key)
            await pilot.pause()
            assert lab(pilot).settings.w1 == pytest.approx(value), key
        await press(pilot, "home")
        assert "−2.00 ×  1.00" in text_of(pilot, "#formula") and "0.09" in text_of(pilot, "#formula")
        assert "w1=-2" in text_of(pilot, "#footer")
        await press(pilot, "tab", "right")
        assert lab(pilot).settings.w2 == pytest.approx(-0.4)


async def test_a_value_is_typed_in_its_place(opened) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", *"-1.5", "enter")
        assert lab(pilot).settings.w1 == -1.5 and slider(pilot, "w1").has_focus
        assert "−1.50" in text_of(pilot, "#setting-w1")
        await press(pilot, "enter", *"9", "enter")
        entry = section(pilot).query_one(Entry)
        assert entry.has_focus and entry.value == "9" and lab(pilot).settings.w1 == -1.5
        assert "w1" in text_of(pilot, "#footer") and "2" in text_of(pilot, "#footer")
        await press(pilot, "backspace", *"lx", "enter")  # letters rest
        assert section(pilot).has_class("-both") and lab(pilot).lab.name == "neuron.unit" and not lab(pilot).marked
        await press(pilot, "escape")
        assert not section(pilot).query(Entry) and lab(pilot).settings.w1 == -1.5
        await press(pilot, "enter")
        section(pilot).query_one(Entry).value = "−0,25"  # a minus sign and a comma are read too
        await press(pilot, "enter")
        assert lab(pilot).settings.w1 == -0.25


async def test_a_finer_value_leaves_the_track_and_its_digits_where_they_are(opened) -> None:
    async with opened() as pilot:
        row = text_of(pilot, "#setting-w1")
        await press(pilot, "enter", *"0.805", "enter")
        finer = text_of(pilot, "#setting-w1")
        assert "─ +0.805" in finer.replace("  ", " ") and finer.index("+0.80") == row.index("+0.80")
        assert [at for at, cell in enumerate(finer) if cell in "─━┼●"] == [
            at for at, cell in enumerate(row) if cell in "─━┼●"
        ]


async def test_what_is_part_of_no_number_is_not_typed_and_the_limits_are_said(opened) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "1", "e", "e")
        entry = section(pilot).query_one(Entry)
        assert entry.has_focus and entry.value == "1" and not section(pilot).has_class("-exercise")
        assert "from −2 to 2" in text_of(pilot, "#footer")
        await press(pilot, "enter")
        assert lab(pilot).settings.w1 == 1.0


async def test_an_epoch_is_typed_within_what_was_kept(opened) -> None:
    async with opened(address="convolution.lenet5") as pilot:
        epoch = slider(pilot, "epoch")
        epoch.focus()
        await press(pilot, "enter", *"30", "enter")
        assert section(pilot).query_one(Entry).has_focus and "to 15" in text_of(pilot, "#footer")
        await press(pilot, "escape", "enter", *"12", "enter")
        assert lab(pilot).settings.epoch == 12


async def test_the_mouse_drags_turns_and_resets_a_slider(opened) -> None:
    async with opened() as pilot:
        weight = slider(pilot, "w3")
        left, right = weight._track(weight.canvas)
        middle = left + round((right - left - 1) / 2)
        await drag(pilot, weight, (right - 2, 0), (middle, 0))
        assert weight.has_focus and abs(lab(pilot).settings.w3) <= 0.2
        await drag(pilot, weight, (middle, 0), (middle, 1), (right + 3, 3))
        assert lab(pilot).settings.w3 == 2.0
        await drag(pilot, weight, (left, 0), (left, 0))
        assert lab(pilot).settings.w3 == -2.0
        await wheel(pilot, weight, up=True)
        assert lab(pilot).settings.w3 == pytest.approx(-1.9)
        await wheel(pilot, weight, up=False)
        assert lab(pilot).settings.w3 == -2.0
        await pilot.click(weight, offset=(left + 4, 0), times=2)
        await settle(pilot)
        assert lab(pilot).settings.w3 == 1.2
        await pilot.click(weight, offset=(weight.size.width - 3, 0))
        await settle(pilot)
        assert section(pilot).query_one(Entry).has_focus


async def test_chips_choose_by_keys_and_click(opened) -> None:
    async with opened() as pilot:
        chips = section(pilot).query_one("#setting-f", Chips)
        chips.focus()
        curve = text_of(pilot, "#activation")
        for key, value in (("right", "tanh"), ("left", "sigmoid"), ("home", "step"), ("left", "step"), ("end", "gelu"),
                           ("enter", "step"), ("enter", "sign"), ("backspace", "sigmoid")):  # fmt: skip
            await press(pilot, key)
            assert lab(pilot).settings.f == value == chips.value, key
        assert text_of(pilot, "#activation") == curve
        await click(pilot, "#setting-f", "relu")
        assert lab(pilot).settings.f == "relu" and "0.46" in text_of(pilot, "#formula")
        assert text_of(pilot, "#activation") != curve


async def test_each_lab_undoes_its_own_changes(opened) -> None:
    async with opened() as pilot:
        await press(pilot, "right", "right", "tab", "right")  # moves of one control are undone together
        await press(pilot, "2", "left")
        assert lab(pilot).settings.h == pytest.approx(0.4)
        await press(pilot, "u", "u")
        assert lab(pilot).address == "neuron.threshold" and "nothing to undo" in text_of(pilot, "#footer")
        await press(pilot, "3")
        assert lab(pilot).settings.w1 == pytest.approx(1.0) and "1.00 ×  1.00" in text_of(pilot, "#formula")
        await press(pilot, "u")
        assert lab(pilot).address == "neuron.unit?w1=1"
        await press(pilot, "u")
        assert lab(pilot).address == "neuron.unit" and "0.80 ×  1.00" in text_of(pilot, "#formula")
        await press(pilot, "U", "U")
        assert lab(pilot).address == "neuron.unit?w1=1&w2=-0.4"
        await press(pilot, "U")
        assert "nothing to redo" in text_of(pilot, "#footer")
        await press(pilot, "u", "home", "U")  # a new change forgets what was taken back
        assert lab(pilot).address == "neuron.unit?w1=-2"


async def test_the_figure_itself_can_be_moved(opened) -> None:
    async with opened() as pilot:
        await click(pilot, "#network", "w2")
        assert slider(pilot, "w2").has_focus
        await click(pilot, "#network", "unit")
        assert slider(pilot, "h").has_focus
        graph = section(pilot).query_one("#activation")
        frame = graph.canvas.frames["curves"]
        await drag(pilot, graph, (frame.x + 2, frame.y + 2), (frame.x + frame.width // 2, frame.y + 2))
        assert lab(pilot).settings.h == pytest.approx(0.86, abs=0.25)
        await press(pilot, "2")
        curves = section(pilot).query_one("#pre_activation")
        frame = curves.canvas.frames["curves"]
        await drag(pilot, curves, (frame.x + 20, frame.y + frame.height - 1), (frame.x + frame.width - 1, frame.y))
        assert lab(pilot).settings.t == pytest.approx(10, abs=0.3) and lab(pilot).settings.h == 0.5
        guide = next(each for each in curves.canvas.spots if each.name == "h")
        await drag(pilot, curves, (frame.x + 5, guide.y), (frame.x + 5, frame.y))
        assert lab(pilot).settings.h > 0.9


async def test_a_drag_on_the_plane_shifts_the_line(opened) -> None:
    async with opened(address="neuron.gates") as pilot:
        table = text_of(pilot, "#table")
        plane = section(pilot).query_one("#plane")
        frame = plane.canvas.frames["plane"]
        zero = (frame.x + round(-frame.left / (frame.right - frame.left) * frame.width),
                frame.y + round(frame.top / (frame.top - frame.bottom) * frame.height))  # fmt: skip
        await drag(pilot, plane, (frame.x + frame.width - 3, frame.y + 2), zero)
        assert lab(pilot).settings.h == pytest.approx(0, abs=0.15)
        assert text_of(pilot, "#table") != table and "h=" in shown(pilot)


async def test_presets_seed_and_copies(opened) -> None:
    async with opened(address="neuron.synapse?signal=noise") as pilot:
        curve = text_of(pilot, "#sent")
        await press(pilot, "n")
        assert lab(pilot).settings.seed == 1 and text_of(pilot, "#sent") != curve
        await press(pilot, "left", "c")
        app = app_of(pilot)
        assert app.clipboard == lab(pilot).address == "neuron.synapse?signal=noise&w=0.4&seed=1"
        assert "copied" in text_of(pilot, "#footer")
        await press(pilot, "r", "o")
        assert lab_address(app) == "neuron.synapse"
        app.screen.query_one("Input").value = app.clipboard
        await press(pilot, "enter")
        assert lab(pilot).address == app.clipboard


def lab_address(app) -> str:
    return app.sessions["neuron.synapse"].address
