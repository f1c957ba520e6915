"""Exercises as a learner does them: predict, reach, contrast, hints and solution, and what is kept of them."""

from pathlib import Path

from learner import app_of, click, lab, press, section, settle, shown, text_of

from lessons.catalogue import lab_number
from lessons.progress import Solved, read
from tui.screens.home import HomeScreen
from tui.widgets.exercise import ExerciseStrip


def strip(pilot) -> ExerciseStrip:
    return section(pilot).query_one(ExerciseStrip)


def choice(pilot, wanted: str) -> tuple[str, ...]:
    """Give the keys that take a choice from the first one on."""
    return ("right",) * strip(pilot).attempt.exercise.choices.index(wanted) + ("enter",)


def proofs(pilot) -> dict[str, Solved]:
    """Read what is solved from the journals on the disk."""
    return read(app_of(pilot).places.progress)[0].solved


async def set_to(pilot, address: str) -> None:
    lab(pilot).load(address)
    await settle(pilot)


async def test_a_prediction_is_shown_and_judged(opened) -> None:
    async with opened() as pilot:
        await press(pilot, "right", "e")
        state = strip(pilot).attempt.state
        assert lab(pilot).address == "neuron.unit" and strip(pilot).has_focus  # it begins at its own start
        assert "✗" not in text_of(pilot, "#exercise")
        await press(pilot, *choice(pilot, "rises"))
        assert lab(pilot).address == "neuron.unit?w1=-0.8" and "−0.80 ×  1.00" in text_of(pilot, "#formula")
        assert not state.solved and "✗ " in text_of(pilot, "#exercise") and "predict again" in shown(pilot)
        await press(pilot, "enter")  # the answer stands
        assert state.answer == "rises"
        await press(pilot, "r")
        assert lab(pilot).address == "neuron.unit?x1=-0.5" and state.answer == ""
        await press(pilot, *choice(pilot, "falls"), "r")
        assert lab(pilot).address == "neuron.unit?x1=0"
        await press(pilot, *choice(pilot, "stays")[:-1])
        strip(pilot).cursor = strip(pilot).attempt.exercise.choices.index("stays")
        await press(pilot, "enter")
        assert state.solved and "done" in text_of(pilot, "#exercise")
        assert proofs(pilot)["neuron.unit.flip"].value == "stays"
        await press(pilot, "down")
        assert strip(pilot).attempt.index == 1 and strip(pilot).opened
        await press(pilot, "up", "e", "e")  # closes, and opens the next one
        assert strip(pilot).attempt.index == 1 and strip(pilot).opened


async def test_what_a_prediction_came_to_stands_when_the_lab_is_moved_on(opened) -> None:
    async with opened() as pilot:
        await press(pilot, "e", *choice(pilot, "rises"))
        really = [line for line in text_of(pilot, "#exercise").splitlines() if "✗" in line]
        assert really and "falls" in text_of(pilot, "#exercise")
        await press(pilot, "x", "x")
        assert lab(pilot).marked is None
        await set_to(pilot, "neuron.unit?w1=1.5")
        assert [line for line in text_of(pilot, "#exercise").splitlines() if "✗" in line] == really


async def test_a_wrong_answer_stands_beside_the_right_one(opened) -> None:
    async with opened() as pilot:
        await press(pilot, "e", *choice(pilot, "rises"))
        said = text_of(pilot, "#exercise")
        names = [strip(pilot)._choice_text(each) for each in ("rises", "falls")]
        assert f"you said: {names[0]}" in said and f"what happens: {names[1]}" in said


async def test_that_an_exercise_replaces_the_settings_is_said_and_only_where_there_were_any(opened) -> None:
    async with opened() as pilot:
        await press(pilot, "right", "e")
        assert "u brings your settings back" in text_of(pilot, "#footer")
        await press(pilot, "escape", "u")
        assert lab(pilot).address == "neuron.unit?w1=0.9"
    async with opened() as pilot:
        await set_to(pilot, "neuron.unit")
        await press(pilot, "e")
        assert "u brings" not in text_of(pilot, "#footer")


async def test_from_the_controls_the_key_of_the_exercise_leads_to_its_answers(opened) -> None:
    async with opened() as pilot:
        await press(pilot, "e")
        await press(pilot, "tab")
        assert strip(pilot).opened and not strip(pilot).has_focus
        await press(pilot, "e")
        assert strip(pilot).opened and strip(pilot).has_focus
        await press(pilot, "e")
        assert not strip(pilot).opened


async def test_all_three_bring_a_mark_on_tab_and_home(opened) -> None:
    async with opened() as pilot:
        await press(pilot, "e", *choice(pilot, "falls"))
        assert "✓" not in text_of(pilot, "#tabs")
        await press(pilot, "down")
        assert "✗  y ≥ 0.90" in text_of(pilot, "#exercise") and "to go 0.29" in text_of(pilot, "#exercise")
        await set_to(pilot, strip(pilot).attempt.exercise.solution[0])
        assert "done" in text_of(pilot, "#exercise") and "✓" not in text_of(pilot, "#tabs")
        await press(pilot, "down")
        marked, changed = strip(pilot).attempt.exercise.solution
        await set_to(pilot, marked)
        await press(pilot, "x")
        assert "this moment is marked" in text_of(pilot, "#footer")
        await set_to(pilot, changed)
        text = text_of(pilot, "#exercise")
        assert "✓  one thing has changed since the mark" in text and "✗  the reason is right" in text
        await press(pilot, *choice(pilot, "cut"))
        assert "✓" in text_of(pilot, "#tabs") and strip(pilot).attempt.state.solved
        kept = proofs(pilot)
        assert kept["neuron.unit.reach"].address == "neuron.unit?w1=-0.5&w2=2&w3=2&h=-1"
        assert kept["neuron.unit.cut"].value == "cut" and not kept["neuron.unit.cut"].shown
        await press(pilot, "e", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)
        home = text_of(pilot, "#home")
        assert "1/5" in home and "▪" in home and lab_number("neuron.unit") in home


async def test_the_mark_goes_again_and_undoing_it_unsettles_the_contrast(opened) -> None:
    async with opened(address="neuron.synapse") as pilot:
        lab(pilot).begin(2)
        await press(pilot, "e", "x")
        assert "✗  one thing has changed" in text_of(pilot, "#exercise")
        await press(pilot, "x")
        assert "the mark is gone" in text_of(pilot, "#footer") and lab(pilot).marked is None
        assert "✗  a moment is marked with x" in text_of(pilot, "#exercise")


async def test_three_hints_then_the_solution_which_is_marked_as_shown(opened) -> None:
    async with opened() as pilot:
        lab(pilot).begin(1)
        await press(pilot, "h")
        assert "Hint 1" in text_of(pilot, "#exercise") and not strip(pilot).opened
        await press(pilot, "e", "h", "h")
        text = text_of(pilot, "#exercise")
        assert all(f"Hint {number}" in text for number in (1, 2, 3)) and "show the solution" in text
        assert "{" not in text
        await press(pilot, "h")
        assert not strip(pilot).attempt.state.shown  # it asks first
        await press(pilot, "h")
        assert lab(pilot).address == "neuron.unit?w1=-0.5&w2=2&w3=2&h=-1"
        assert "done, with the solution shown" in text_of(pilot, "#exercise")
        assert proofs(pilot)["neuron.unit.reach"].shown
        await press(pilot, "u")
        assert lab(pilot).address == "neuron.unit"


async def test_the_strip_answers_clicks(opened) -> None:
    async with opened() as pilot:
        await press(pilot, "right")
        await click(pilot, "#exercise", "choice:falls")
        await settle(pilot)
        assert lab(pilot).address == "neuron.unit?w1=-0.8" and strip(pilot).attempt.state.solved
        await click(pilot, "#exercise", "next")
        assert strip(pilot).attempt.index == 1
        await click(pilot, "#exercise", "strip")
        assert strip(pilot).opened
        await click(pilot, "#exercise", "hint")
        assert strip(pilot).attempt.state.hints == 1
        await click(pilot, "#exercise", "exercise:2")
        assert strip(pilot).attempt.index == 2
        await click(pilot, "#exercise", "close")
        assert not strip(pilot).opened


async def test_every_exercise_is_solved_by_its_own_solution_on_the_smallest_screen(opened) -> None:
    async with opened(address="neuron.threshold", size=(80, 24)) as pilot:
        await press(pilot, "e")
        for number in range(3):
            await press(pilot, "h", "h", "h")
            assert strip(pilot).region.bottom <= 23
            await press(pilot, "h", "h")
            assert strip(pilot).attempt.states[number].solved and strip(pilot).attempt.states[number].shown
            await press(pilot, "down")
        await press(pilot, "e")
        assert not strip(pilot).opened


async def test_what_was_done_before_does_not_solve_the_next_one(opened) -> None:
    async with opened(address="neuron.threshold") as pilot:
        await press(pilot, "e", *choice(pilot, "shorter"))
        assert lab(pilot).address == "neuron.threshold?h=0.6"  # three outputs, none too long: the next one's goal
        await press(pilot, "down")
        assert strip(pilot).attempt.index == 1 and not strip(pilot).attempt.state.solved
        assert lab(pilot).address == strip(pilot).attempt.exercise.starts[0] and lab(pilot).marked is None


async def test_a_restart_brings_back_where_the_learner_was(opened) -> None:
    async with opened(address="neuron.synapse") as pilot:
        await press(pilot, "home", "e", *choice(pilot, "larger_turned"), "down", "h", "3", "right", "tab", "right")
        left = lab(pilot).address
    async with opened(address="") as pilot:
        assert "2.3 Neuron" in text_of(pilot, "#home") and "w1=0.9" in text_of(pilot, "#home")
        await press(pilot, "space")
        assert lab(pilot).address == left == "neuron.unit?w1=0.9&w2=-0.4"
        await press(pilot, "u", "u")
        assert lab(pilot).address == "neuron.unit"
        await press(pilot, "U", "1")
        assert strip(pilot).attempt.index == 1 and strip(pilot).attempt.states[0].solved
        assert strip(pilot).attempt.state.hints == 1 and "hint 2 of 3" in text_of(pilot, "#exercise")


async def test_two_copies_at_once_lose_nothing(opened, tmp_path: Path) -> None:
    async with opened() as one, opened(address="neuron.synapse") as two:
        await press(one, "e", *choice(one, "falls"))
        await press(two, "e", *choice(two, "larger_turned"))
        assert proofs(one).keys() == {"neuron.unit.flip", "neuron.synapse.less"}
    async with opened(address="neuron") as pilot:
        keeping = app_of(pilot).keeping
        assert keeping.solved_in("neuron.unit").done == keeping.solved_in("neuron.synapse").done == 1
        assert keeping.address_of("neuron.unit") == "neuron.unit?w1=-0.8"
        assert keeping.address_of("neuron.synapse") == "neuron.synapse?w=-1"
    assert len(list((tmp_path / "state" / "progress").glob("*.jsonl"))) >= 2
