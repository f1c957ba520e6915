"""Every exercise of every lab: unsolved at its start, solved by its own solution, with all its texts."""

import re
from itertools import product
from string import Formatter

import msgspec
import pytest

from lessons.address import address_of, parse
from lessons.catalogue import exercise_count, lab_names, load
from lessons.vocabulary.exercise import Exercise, Moment, Trail, solved
from lessons.vocabulary.settings import fields, settings_from
from tui.locale import LANGUAGES, words

HINTS = ("hint1", "hint2", "hint3")


def solution_of(exercise: Exercise, moment) -> Trail:
    """The trail of a learner who follows the solution: its last address is now, one before it is marked."""
    if exercise.kind == "predict":
        return predicted(exercise, 0, moment)
    *earlier, last = map(moment, exercise.solution)
    trail = Trail(now=last, marked=earlier[-1] if earlier else None)
    return answered(trail, exercise.answer(trail)) if exercise.answer else trail


def predicted(exercise: Exercise, variant: int, moment) -> Trail:
    trail = Trail(now=moment(exercise.reveals[variant]), marked=moment(exercise.starts[variant]))
    return answered(trail, exercise.answer(trail))


def answered(trail: Trail, answer: str) -> Trail:
    return Trail(now=trail.now, marked=trail.marked, answer=answer)


@pytest.mark.parametrize("name", lab_names())
def test_a_lab_asks_to_predict_to_reach_and_to_contrast(name):
    exercises = load(name).exercises

    assert {exercise.kind for exercise in exercises} == {"predict", "reach", "contrast"}
    assert len({exercise.name for exercise in exercises}) == len(exercises)


@pytest.mark.parametrize("name", lab_names())
def test_every_start_is_unsolved_whatever_is_answered_there(name, moment):
    for exercise in load(name).exercises:
        for start in exercise.starts:
            here = moment(start)
            assert not solved(exercise.check(Trail(now=here))), (exercise.name, start)
            if exercise.kind != "predict":
                for answer, marked in product(("", *exercise.choices), (None, here)):
                    trail = Trail(now=here, marked=marked, answer=answer)
                    assert not solved(exercise.check(trail)), (exercise.name, start, answer)


@pytest.mark.parametrize("name", lab_names())
def test_the_solution_solves(name, moment):
    for exercise in load(name).exercises:
        conditions = exercise.check(solution_of(exercise, moment))

        assert solved(conditions), (
            exercise.name,
            [condition for condition in conditions if not condition.met],
        )


@pytest.mark.parametrize("name", lab_names())
def test_met_conditions_ask_for_nothing_more(name, moment):
    for exercise in load(name).exercises:
        for condition in exercise.check(solution_of(exercise, moment)):
            assert condition.to_go == "", (exercise.name, condition)
            assert condition.reached is None or condition.reached == pytest.approx(1), (
                exercise.name,
                condition,
            )


@pytest.mark.parametrize("name", lab_names())
def test_the_model_decides_which_prediction_is_right(name, moment):
    for exercise in load(name).exercises:
        if exercise.kind != "predict":
            continue
        assert len(exercise.starts) == len(exercise.reveals)
        right = [predicted(exercise, variant, moment).answer for variant in range(len(exercise.starts))]
        assert set(right) <= set(exercise.choices)
        assert len(right) == 1 or len(set(right)) > 1, "a second try would be answered by the first"
        for variant, answer in product(range(len(right)), exercise.choices):
            trail = answered(predicted(exercise, variant, moment), answer)
            assert solved(exercise.check(trail)) == (answer == right[variant]), (
                exercise.name,
                variant,
                answer,
            )


@pytest.mark.parametrize("name", lab_names())
def test_a_contrast_needs_the_right_reason(name, moment):
    for exercise in load(name).exercises:
        if exercise.kind == "contrast":
            trail = solution_of(exercise, moment)
            for wrong in {"", *exercise.choices} - {trail.answer}:
                assert not solved(exercise.check(answered(trail, wrong))), (exercise.name, wrong)


@pytest.mark.parametrize("name", lab_names())
def test_no_slider_pushed_to_its_end_solves_alone(name, moment):
    lab = load(name)
    sliders = [each for each in fields(lab.settings) if each.kind in ("number", "integer")]
    for exercise in lab.exercises:
        if exercise.kind == "predict":
            continue
        for start, slider in product(exercise.starts, sliders):
            for end in (slider.low, slider.high):
                here = moment(start)
                if slider.kind == "integer":
                    end = int(end)
                pushed = moment(address_of(name, msgspec.structs.replace(here.settings, **{slider.name: end})))
                trail = Trail(now=pushed, marked=here)
                if exercise.answer:
                    trail = answered(trail, exercise.answer(trail))
                assert not solved(exercise.check(trail)), (exercise.name, start, slider.name, end)


@pytest.mark.parametrize("name", lab_names())
def test_addresses_are_written_as_the_program_writes_them(name):
    lab = load(name)
    for exercise in lab.exercises:
        for address in (*exercise.starts, *exercise.reveals, *exercise.solution):
            parsed = parse(address)
            canonical = parse(address_of(name, settings_from(lab.settings, parsed.values)))
            assert parsed == canonical, (exercise.name, address)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", lab_names())
def test_an_exercise_has_all_its_texts(name, language):
    say = words(language)
    for exercise in load(name).exercises:
        needed = ("goal", *HINTS, "why", *(f"choice.{choice}" for choice in exercise.choices))
        missing = [text for text in needed if not say.has(f"{name}.{exercise.name}.{text}")]
        assert not missing, exercise.name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", lab_names())
def test_conditions_are_said_in_the_learners_language(name, language, moment):
    say = words(language)
    for exercise in load(name).exercises:
        trails = [Trail(now=moment(start)) for start in exercise.starts] + [solution_of(exercise, moment)]
        for trail in trails:
            for condition in exercise.check(trail):
                assert not condition.text.startswith("@") or say.has(condition.text[1:]), condition.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", lab_names())
def test_texts_have_no_empty_places(name, language):
    lab, say = load(name), words(language)
    for exercise in lab.exercises:
        for start in exercise.starts:
            settings = lab.set_by(parse(start).values, language)
            for part in ("goal", "why", *(f"choice.{choice}" for choice in exercise.choices)):
                text = say.text(f"{name}.{exercise.name}.{part}", **exercise.named(settings))
                assert not re.search(r"[{}]", text), (exercise.name, part)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", lab_names())
def test_hints_have_live_numbers_in_them(name, language, moment):
    say = words(language)
    for exercise in load(name).exercises:
        facts = {**exercise.names, **exercise.facts(Trail(now=moment(exercise.starts[0])))}
        placeholders = set()
        for hint in HINTS:
            text = say._find(f"{name}.{exercise.name}.{hint}")
            placeholders |= {part[1] for part in Formatter().parse(text) if part[1]}
            assert not re.search(r"[{}]", say.text(f"{name}.{exercise.name}.{hint}", **facts)), (
                exercise.name,
                hint,
            )
        assert placeholders - set(exercise.names), f"{exercise.name}: no hint has a number of this moment"


def test_nothing_to_meet_is_not_solved():
    assert not solved(())


@pytest.mark.parametrize("name", lab_names())
def test_a_contrast_with_two_changes_is_none(name, moment):
    for exercise in load(name).exercises:
        if exercise.kind != "contrast":
            continue
        trail = solution_of(exercise, moment)
        changed = {key: getattr(trail.now.settings, key) for key in trail.now.settings.__struct_fields__}
        other = next(
            each
            for each in fields(type(trail.now.settings))
            if each.kind in ("number", "integer") and changed[each.name] == getattr(trail.marked.settings, each.name)
        )
        step = other.step if changed[other.name] + other.step <= other.high else -other.step
        moved = msgspec.structs.replace(trail.now.settings, **{other.name: changed[other.name] + step})
        now = Moment(moved, trail.now.observation)
        assert not solved(exercise.check(Trail(now=now, marked=trail.marked, answer=trail.answer)))


@pytest.mark.parametrize("name", lab_names())
def test_the_section_counts_the_exercises_of_its_labs(name: str) -> None:
    assert exercise_count(name) == len(load(name).exercises)
