import math
from itertools import islice
from typing import Any

import pytest
import torch

from engine.data.digits import digits
from engine.training.training import Step
from engine.vision.batches import Batches
from engine.vision.descent import DEFAULTS, rate_at
from engine.vision.digit_training import DigitTraining
from engine.vision.lenet5 import FORMS, Form, LeNet5, loss
from engine.vision.plain_loop import plain_loop
from engine.vision.prepare import network_input


def training(**changes: Any) -> DigitTraining:
    return DigitTraining(**{**DEFAULTS, "images": 100, "epochs": 3, **changes})


def same(first: list[Step], second: list[Step]) -> bool:
    """Bit by bit, NaN being like NaN."""
    return [repr(each) for each in first] == [repr(each) for each in second]


@pytest.mark.parametrize("form", FORMS)
def test_it_goes_on_from_any_step_as_if_it_had_not_been_interrupted(form: Form) -> None:
    whole = training(form=form)
    steps = list(whole.steps())
    for interrupted_after in (0, 1, 5, 8, len(steps) - 1):  # in an epoch, at its end, and at the very end
        first = training(form=form)
        begun = list(islice(first.steps(), interrupted_after + 1))
        state = first.state()
        second = training(form=form)
        second.restore(state)
        assert same(begun + list(second.steps()), steps)
        assert all(torch.equal(each, whole.weights()[name]) for name, each in second.weights().items())


def test_a_state_stays_as_it_was_and_taking_it_changes_nothing() -> None:
    steps, watched, states = list(training().steps()), training(), []
    found = []
    for step in watched.steps():
        found.append(step)
        states.append(watched.state())
    assert same(found, steps)
    again = training()
    again.restore(states[4])
    assert same(list(again.steps()), steps[5:])


def test_the_seed_alone_decides() -> None:
    assert same(list(training().steps()), list(training().steps()))
    assert not same(list(training().steps()), list(training(seed=1).steps()))


@pytest.mark.parametrize(
    ("images", "batch", "counts"),
    [(100, 32, [32, 64, 96, 100]), (10, 64, [10]), (5, 2, [2, 4, 5]), (3, 1, [1, 2, 3]), (100, 512, [100])],
)
def test_every_example_is_used_once_an_epoch(images: int, batch: int, counts: list[int]) -> None:
    steps = list(training(images=images, batch=batch, epochs=2).steps())
    assert [each.examples for each in steps] == [0, *counts, *(images + each for each in counts)]
    assert [each.step for each in steps] == list(range(len(steps)))
    assert [each.epoch for each in steps if each.checkpoint] == [0, 1, 2]
    assert steps[0].progress == 0 and steps[-1].progress == 1
    batches = Batches(digits()[0], images=images, batch=batch, shift=0, seed=0, device="cpu")
    shown = torch.cat([batches.at(1, place)[0] for place in range(batches.count)])
    assert sorted(map(hash, map(bytes, shown.numpy()))) == sorted(map(hash, map(bytes, batches.inputs.numpy())))


def test_the_first_step_tells_how_it_reads_untrained_and_the_last_how_trained() -> None:
    steps = list(training(images=300, epochs=6).steps())
    assert steps[0].values.keys() == {"test_loss", "test_accuracy"} and steps[0].values["test_accuracy"] < 0.3
    layers = ("C1", "C3", "C5", "F6", "output")
    assert steps[-1].values.keys() == {
        *("train_loss", "train_accuracy", "test_loss", "test_accuracy"),
        *(f"gradient.{layer}" for layer in layers),
    }
    assert steps[-1].values["test_accuracy"] > 0.6


def test_a_whole_training_has_curves_of_many_points() -> None:
    for epochs in (DEFAULTS["epochs"], 1):
        whole = training(images=4000, epochs=epochs)
        assert 60 <= whole.total // whole._spacing <= 160


def test_training_is_what_it_says_it_is() -> None:
    """One epoch, against gradient descent written out."""
    found = training(images=64, epochs=1, shift=0, form="1998")
    model = LeNet5("1998")
    model.load_state_dict(found.weights())
    velocity = {name: torch.zeros_like(each) for name, each in model.named_parameters()}
    norms = {}
    for place in range(2):
        inputs, labels = found.batches.at(0, place)
        model.zero_grad()
        loss(model, model(inputs), labels).backward()
        norms = {name: each.grad.norm() for name, each in model.C1.named_parameters() if each.grad is not None}
        for name, each in model.named_parameters():
            assert each.grad is not None
            velocity[name] = 0.9 * velocity[name] + each.grad
            each.data -= DEFAULTS["rate"] * rate_at(place / 2) * (each.grad + 0.9 * velocity[name])
    steps = list(found.steps())
    for name, each in model.state_dict().items():
        torch.testing.assert_close(found.weights()[name], each)
    assert steps[-1].values["gradient.C1"] == pytest.approx(math.hypot(*map(float, norms.values())), rel=1e-4)


def test_test_values_are_of_all_test_digits() -> None:
    step = next(training(form="1998").steps())
    model, (_, test) = training(form="1998").model, digits()
    with torch.inference_mode():
        scores = model(network_input(test.images))
        expected = loss(model, scores, torch.tensor(test.labels))
    assert step.values["test_loss"] == pytest.approx(float(expected), rel=1e-4)
    right = (scores.argmax(1).numpy() == test.labels).mean()
    assert step.values["test_accuracy"] == pytest.approx(right, abs=0.0011)


def test_a_rate_that_is_too_high_gives_nan_and_no_exception() -> None:
    steps = list(training(rate=1e6, epochs=10).steps())
    assert math.isnan(steps[-1].values["train_loss"]) and math.isnan(steps[-1].values["gradient.C1"])
    assert len(steps) == 41


def test_1998_has_bounds_and_only_fails_to_learn() -> None:
    steps = list(training(form="1998", rate=1e6).steps())
    assert steps[-1].values["test_accuracy"] < 0.2


def test_the_rate_rises_and_falls_once() -> None:
    rates = [rate_at(place / 100) for place in range(101)]
    assert rates == [*sorted(rates[:26]), *sorted(rates[26:], reverse=True)]
    assert max(rates) == rates[25] == 1 and rates[-1] < rates[0] < 0.05


def test_facts() -> None:
    assert training(form="1998").facts() == {"parameters": 60000, "connections": 340908, "steps": 12}


def test_weights_can_be_kept_in_a_file() -> None:
    assert all(each.is_contiguous() and each.device.type == "cpu" for each in training().weights().values())


def test_the_plain_loop_does_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[LeNet5] = []

    class Noted(LeNet5):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            made.append(self)

    monkeypatch.setattr("engine.vision.plain_loop.LeNet5", Noted)
    settings = {**DEFAULTS, "images": 100, "epochs": 2, "shift": 0.0}
    assert plain_loop(**settings) > 0
    measured = DigitTraining(**settings)
    list(measured.steps())
    for name, each in made[0].state_dict().items():
        torch.testing.assert_close(each, measured.weights()[name])


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
@pytest.mark.parametrize("form", FORMS)
def test_a_gpu_gives_nearly_the_same_curve(form: Form) -> None:
    on_cpu, on_gpu = (list(training(form=form, device=device).steps()) for device in ("cpu", "cuda"))
    for first, second in zip(on_cpu, on_gpu, strict=True):
        assert second.values == pytest.approx(first.values, rel=0.05, abs=0.02)
