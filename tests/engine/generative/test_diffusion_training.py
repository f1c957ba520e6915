from itertools import islice
from typing import Any

import numpy as np
import pytest
import torch

from engine.data.digits import digits
from engine.generative import judge
from engine.generative.descent import rate_at
from engine.generative.diffusion import cosine, guided, reverse
from engine.generative.digit_training import DEFAULTS, DiffusionTraining, kept_steps
from engine.generative.digits import ink, inputs, resized
from engine.generative.trained import network, packed, read, shipped
from engine.training.training import Step


def training(**changes: Any) -> DiffusionTraining:
    small = {"side": 16, "steps": 6, "batch": 8, "width": 8, "images": 50}
    return DiffusionTraining(**{**DEFAULTS, **small, **changes})


def same(first: list[Step], second: list[Step]) -> bool:
    return [repr(each) for each in first] == [repr(each) for each in second]


@pytest.mark.parametrize("prediction", ["epsilon", "v"])
def test_a_training_goes_on_as_if_it_had_not_been_interrupted(prediction: str) -> None:
    whole = training(prediction=prediction)
    steps = list(whole.steps())
    for after in (0, 3, 6):
        first = training(prediction=prediction)
        begun = list(islice(first.steps(), after + 1))
        second = training(prediction=prediction)
        second.restore(first.state())
        assert same(begun + list(second.steps()), steps)
        assert all(torch.equal(each, whole.weights()[name]) for name, each in second.weights().items())


def test_what_is_drawn_by_chance_follows_from_the_seed() -> None:
    assert same(list(training().steps()), list(training().steps()))
    assert not same(list(training().steps()), list(training(seed=1).steps()))


def test_the_loss_falls() -> None:
    found = [step.values["test_loss"] for step in training(steps=40).steps() if "test_loss" in step.values]
    assert found[-1] < 0.9 * found[0]


def test_the_rate_rises_and_falls() -> None:
    rates = [rate_at(step, 1000) for step in range(1000)]
    assert max(rates) == rates[50] == pytest.approx(1) and rates[0] < 0.03 and rates[-1] < 0.03


def test_weights_are_kept_more_often_at_first() -> None:
    kept = kept_steps(2000)
    assert kept[0] == 0 and kept[-1] == 2000 and len(kept) == 13
    assert all(b - a < c - b for a, b, c in zip(kept, kept[1:], kept[2:], strict=False))
    assert kept_steps(1) == (0, 1)


def test_a_network_comes_back_from_its_weights(tmp_path: Any) -> None:
    trained = training(width=16)
    list(trained.steps())
    path = tmp_path / "x.safetensors"
    path.write_bytes(packed({"side": 16}, [{"step": 0.0}], trained.weights()))
    history = read(path)
    assert history.settings == {"side": 16} and history.metrics == [{"step": 0.0}]
    made = network(history.weights)
    assert made.sizes == trained.model.sizes
    assert all(torch.equal(each, history.weights[name]) for name, each in made.state_dict().items())


def test_pictures_go_to_the_network_and_back() -> None:
    train, _ = digits()
    pictures = inputs(train.images[:3])
    assert float(pictures.min()) == -1 and float(pictures.max()) == 1
    np.testing.assert_allclose(ink(pictures), train.images[:3] / 255, atol=1e-6)
    small = resized(pictures, 14)
    assert small.shape == (3, 1, 14, 14) and float(small.mean()) == pytest.approx(float(pictures.mean()), abs=0.01)


def test_the_judge_reads_real_digits_and_finds_copies() -> None:
    train, _ = digits()
    assert judge.accuracy(28) >= 0.985
    found = judge.nearest(inputs(train.images[[17, 400]]), 4000)
    assert [each.place for each in found] == [17, 400] and max(each.distance for each in found) < 1e-3
    assert judge.nearest(inputs(train.images[[400]]), 300)[0].distance > 0.05
    assert 0.1 < judge.usual_distance(28, 4000) < 0.3


@pytest.mark.parametrize("steps", [10, 20])
def test_the_shipped_model_draws_what_is_asked_for(steps: int) -> None:
    history = shipped()
    made, kind = network(history.weights), torch.arange(10).repeat(10)
    x = torch.randn(100, 1, 28, 28, generator=torch.Generator().manual_seed(3))
    led = guided(made, {"kind": kind}, {"kind": made.any_kind(100)}, 3.0)
    *_, last = reverse(led, cosine(), history.settings["prediction"], x, cosine().walk(steps), clip=1.0)
    assert float((judge.read(last.x).argmax(1) == kind.numpy()).mean()) >= 0.95
    distances = [each.distance for each in judge.nearest(last.x, 4000)]
    assert np.median(distances) > 0.4 * judge.usual_distance(28, 4000)  # no copies
