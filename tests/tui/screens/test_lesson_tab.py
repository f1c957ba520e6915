"""The lesson as a tab, which hides the lab: its keys are named, and the lab's keys change nothing that is not seen."""

import pytest
from learner import lab, press, section, settle, text_of

from tui.screens.home import HomeScreen
from tui.widgets.exercise import ExerciseStrip
from tui.widgets.lesson import LessonPage


@pytest.mark.parametrize(
    ("language", "keys"),
    [("en", ("l back to the lab", "j k scroll")), ("ja", ("l 実験に戻る", "j k 送る"))],
)
async def test_the_footer_names_what_reads_the_lesson_and_what_leaves_it(opened, language: str, keys) -> None:
    async with opened("summary.quiz", size=(80, 24), language=language) as pilot:
        await press(pilot, "l")
        footer = text_of(pilot, "#footer")
        assert all(key in footer for key in keys)
        assert not any(f"  {key} " in footer for key in ("space", ". ,", "1…4", "u", "r", "v", "n"))
        await press(pilot, "l")
        assert "1…4" in text_of(pilot, "#footer")


@pytest.mark.parametrize("address", ["summary.quiz", "scaling.parameters?view=memory", "neuron.gates"])
async def test_keys_of_the_hidden_lab_rest(opened, address: str) -> None:
    async with opened(address, size=(80, 24)) as pilot:
        await press(pilot, "l")
        before, moment = lab(pilot).settings, lab(pilot).moment
        assert moment is not None
        view = section(pilot).view
        part = getattr(view, "part", None)
        await press(pilot, "v", "space", "full_stop", "n", "r", "x", "u", "U", "h")
        assert lab(pilot).settings == before and lab(pilot).marked is None and not lab(pilot).playing
        assert getattr(view, "part", None) == part
        assert lab(pilot).attempt.state.hints == 0
        assert section(pilot).lab_hidden


async def test_the_exercise_comes_to_the_front_with_its_lab(opened) -> None:
    async with opened("neuron.gates", size=(80, 24)) as pilot:
        strip = section(pilot).query_one(ExerciseStrip)
        await press(pilot, "l", "e")
        assert not section(pilot).lab_hidden and strip.opened and pilot.app.focused is strip
        await press(pilot, "l", "e")
        assert not section(pilot).lab_hidden and strip.opened, "what is open and hidden is shown, not closed"
        await press(pilot, "l", "escape")
        assert not section(pilot).lab_hidden and strip.opened, "the lesson that is seen is closed first"
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_beside_the_lesson_the_lab_keeps_its_keys(opened) -> None:
    async with opened("neuron.gates", size=(120, 40)) as pilot:
        section(pilot).query_one("#lesson").focus()
        await press(pilot, "x")
        assert lab(pilot).marked is not None


async def test_a_link_to_another_section_has_a_way_back_and_one_beside_its_lab_has_none(opened) -> None:
    async with opened("summary.quiz", size=(80, 24)) as pilot:
        await press(pilot, "l")
        section(pilot).query_one(LessonPage).post_message(LessonPage.Followed("summary.quiz?section=neuron"))
        await settle(pilot)
        assert not section(pilot).lab_hidden and "back to" not in text_of(pilot, "#footer")
        section(pilot).query_one(LessonPage).post_message(LessonPage.Followed("neuron.gates?h=0.5"))
        await settle(pilot)
        assert section(pilot).lab_name == "neuron.gates" and "esc back to Quiz" in text_of(pilot, "#footer")
        await press(pilot, "l")
        assert "back to Quiz" not in text_of(pilot, "#footer"), "the lesson is closed first"
        await press(pilot, "escape", "escape")
        assert section(pilot).lab_name == "summary.quiz"
