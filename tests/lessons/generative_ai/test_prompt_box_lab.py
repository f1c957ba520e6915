"""`generative_ai.prompt_box`: who answers, what is said of a prompt, the walk, words, hold-outs, what is right."""

import numpy as np
import pytest
import torch
from msgspec import structs

from engine.generative.prompt.errors import PromptError
from engine.generative.prompt.model import PromptUNet
from engine.generative.prompt.training import DEFAULTS
from engine.training.checkpoint import CheckpointProblem, weights_snapshot
from engine.training.training import Step
from lessons.catalogue import load
from lessons.generative_ai.experiments.prompt_box.sources import _model
from lessons.generative_ai.labs.prompt_box.settings import LONGEST, NAME, PromptBoxSettings
from lessons.vocabulary.settings import SettingError, settings_from
from tui.errors import explain
from tui.locale import words

QUICK = {"steps": 4, "samples": 1}


def seen(observe, **values):
    return observe(NAME, PromptBoxSettings(**values))


@pytest.mark.parametrize("prompt", ["a small red ring at the top left", "左上の小さな赤い輪"])
def test_a_pair_that_was_never_trained_is_drawn_as_asked_for(observe, prompt):
    found = seen(observe, prompt=prompt, samples=16)

    assert found.answered == "diffusion" and found.group == "pairs"
    assert found.asked == {"object": "ring", "colour": "red", "size": "small", "place": "top left"}
    assert found.samples.shape == (16, 32, 32, 3)
    assert found.samples.min() >= 0.0 and found.samples.max() <= 1.0
    assert set(found.accuracy) == {"object", "colour", "size", "place", "all"}
    assert found.accuracy["place"] >= 0.95 and found.accuracy["colour"] >= 0.95 and found.accuracy["all"] >= 0.9


def test_both_languages_draw_the_same_picture(observe):
    one = seen(observe, prompt="a big green cross at the bottom", **QUICK)
    other = seen(observe, prompt="下の大きな緑の十字", **QUICK)

    np.testing.assert_array_equal(one.samples, other.samples)


def test_only_what_is_asked_for_is_counted(observe):
    assert set(seen(observe, prompt="red", **QUICK).accuracy) == {"colour", "all"}
    assert set(seen(observe, prompt="", **QUICK).accuracy) == {"all"}


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        ({"prompt": ""}, ["empty"]),
        ({"prompt": "a red blue disc"}, ["two"]),
        ({"prompt": "a shiny red disc"}, ["unknown"]),
        ({"guidance": 0.0}, ["ignored"]),
        ({"steps": 1}, ["one_step"]),
        ({}, []),
    ],
)
def test_what_goes_wrong_is_said_and_a_picture_is_there_all_the_same(observe, values, kinds):
    found = seen(observe, **{**QUICK, **values})

    assert [news.kind for news in found.news] == kinds
    assert found.picture is not None


def test_unknown_words_are_named_and_the_first_of_two_colours_counts(observe):
    assert seen(observe, prompt="a shiny red dragon disc", **QUICK).unknown == ("shiny", "dragon")
    two = seen(observe, prompt="赤い青い丸", **QUICK)
    assert two.asked["colour"] == "red" and two.news[0].values == {"first": "赤い", "second": "青い"}


def test_a_prompt_that_is_too_long_is_refused():
    with pytest.raises(SettingError) as refused:
        settings_from(PromptBoxSettings, {"prompt": "a" * 10_000})
    assert refused.value.problem == "text" and refused.value.values["length"] == LONGEST


def test_what_names_no_scene_is_answered_by_the_gpt(observe):
    found = seen(observe, prompt="The name of")

    assert found.answered == "gpt" and found.picture is None and found.text.pieces
    assert "".join(found.text.pieces[: found.text.given]) == "The name of"
    assert found.written_text and found.news[0].kind == "no_scene"


def test_a_machine_can_be_chosen(observe):
    assert seen(observe, prompt="a red disc", machine="gpt").answered == "gpt"
    assert seen(observe, prompt="nothing known", machine="diffusion", **QUICK).answered == "diffusion"
    assert seen(observe, prompt="", machine="gpt").written_text


def test_letters_that_the_gpt_never_saw_are_left_out_and_named(observe):
    found = seen(observe, prompt="猫☃が", machine="gpt")

    assert "☃" in found.news[0].values["letters"]


def test_a_walk_goes_back_to_noise_and_on_to_the_picture(observe):
    settings = PromptBoxSettings(**QUICK)
    end = observe(NAME, settings)
    assert end.t == 0 and end.step == 4 and not end.onward

    back = observe(NAME, structs.replace(settings, **end.backward))
    assert back.step == 3 and back.t > 0
    assert observe(NAME, structs.replace(settings, **back.onward)).step == 4

    start = observe(NAME, structs.replace(settings, **end.anew))
    assert start.step == 0 and start.t == 995 and not start.backward
    assert start.walk.frames.shape == (5, 3, 32, 32) and start.walk.present == 0
    np.testing.assert_array_equal(start.samples, end.samples)


def test_each_word_that_means_something_has_a_map_and_a_picture_without_it(observe):
    found = seen(observe, prompt="a red ring at the top left", view="words", **QUICK)

    assert [getattr(found, f"word{number}").title for number in (1, 2, 3, 4)] == ["red", "ring", "top", "left"]
    assert found.word5 is None and len(found.effects.rows) == 4
    assert found.without1.values.shape == (1, 3, 32, 32)


def test_the_word_for_a_colour_changes_the_inside_of_the_object_most(observe):
    found = seen(observe, prompt="a large red square in the middle", view="words")
    titles = [getattr(found, f"word{number}").title for number in (1, 2, 3, 4)]
    change = getattr(found, f"word{titles.index('red') + 1}").values

    assert change[12:20, 12:20].mean() > 5 * change[:6].mean()


def test_two_prompts_are_drawn_from_the_same_noise(observe):
    same = seen(observe, view="two", prompt="a red disc", prompt2="赤い丸", **QUICK)
    other = seen(observe, view="two", prompt="a red disc", prompt2="a green disc", **QUICK)

    assert same.difference.values.max() == 0
    assert other.difference.values.max() > 0.1


def test_held_out_scenes_are_shown_and_how_often_they_are_right(observe):
    found = seen(observe, view="held_out", **QUICK)

    assert len(found.held_out.values) == len(found.held_out_read.rows) == 12
    assert found.rights.values.shape == (3,)
    assert found.rights.values.min() >= 0.95, "what ships is right in at least 95 %"


def test_what_ships_was_measured_with_what_it_says(observe):
    found = seen(observe, evaluate=True, samples=1)

    for shares in (found.trained, found.held_out_combinations, found.held_out_pairs):
        assert shares["place"] >= 0.97 and shares["colour"] >= 0.97 and shares["all"] >= 0.95


def test_a_training_of_the_lab_is_that_of_the_engine():
    default = PromptBoxSettings()

    assert (default.train_steps, default.batch, default.rate, default.width, default.train_seed) == tuple(
        DEFAULTS[name] for name in ("steps", "batch", "rate", "width", "seed")
    )
    lab = load(NAME)
    assert lab.trains(PromptBoxSettings(train=True)) and not lab.trains(default)
    assert set(lab.trained(PromptBoxSettings(train=True, prompt="x", train_steps=50))) == {"train_steps"}


def test_a_run_that_is_not_there_is_said(observe, monkeypatch, tmp_path):
    monkeypatch.setenv("NNLAB_HOME", str(tmp_path))
    found = seen(observe, run="prompt_box-000000", **QUICK)

    assert found.missing and not found.own and found.picture is not None


@pytest.mark.parametrize("reason", ["damaged", "older", "other_size"])
def test_a_kept_network_that_can_not_be_taken_is_refused_with_its_reason(reason, tmp_path):
    weights = PromptUNet(8).state_dict()
    if reason == "older":
        weights["text.gone"] = weights.pop("text.paint.0.bias")
    elif reason == "other_size":
        weights["text.paint.0.bias"] = torch.zeros(3)
    path = tmp_path / "weights-1.safetensors"
    step = Step(step=1, epoch=1.0, examples=1, progress=1.0)
    weights_snapshot(weights, step).write(path)
    if reason == "damaged":
        path.write_bytes(path.read_bytes()[:-40])

    with pytest.raises(CheckpointProblem if reason == "damaged" else PromptError) as refused:
        _model(str(path))
    assert getattr(refused.value, "reason", "damaged") == reason
    for language in ("ja", "en"):
        assert explain(refused.value, words(language)).strip()
