"""The training of decoder and encoder."""

from itertools import islice
from typing import Any

import pytest
import torch

from engine.generative.causal.problem import CausalProblem
from engine.generative.causal.training import DEFAULTS, CausalTraining
from engine.training.checkpoint import Checkpoint, load, snapshot
from engine.training.training import Step


def training(**changes: Any) -> CausalTraining:
    return CausalTraining(**{**DEFAULTS, "steps": 12, "batch": 8, **changes})


def same(first: list[Step], second: list[Step]) -> bool:
    """Bit by bit, NaN being like NaN."""
    return [repr(each) for each in first] == [repr(each) for each in second]


@pytest.mark.parametrize("examples", [0, 20])
def test_it_goes_on_from_any_step_as_if_it_had_not_been_interrupted(examples: int, tmp_path: Any) -> None:
    whole = training(examples=examples)
    steps = list(whole.steps())
    for after in (0, 1, 5, 11):
        first = training(examples=examples)
        begun = list(islice(first.steps(), after + 1))
        path = tmp_path / f"{after}.safetensors"
        snapshot(Checkpoint(begun[-1], 0, 0.0, first.state())).write(path)
        second = training(examples=examples)
        second.restore(load(path).state)
        assert same(begun + list(second.steps()), steps)
        assert all(torch.equal(each, whole.weights()[name]) for name, each in second.weights().items())


def test_the_seed_alone_decides() -> None:
    assert same(list(training().steps()), list(training().steps()))
    assert not same(list(training().steps()), list(training(seed=1).steps()))
    state = torch.get_rng_state()
    training()
    assert torch.equal(state, torch.get_rng_state())


def test_examples_are_the_only_scenes_that_are_learned_from() -> None:
    few = training(examples=5, batch=64)
    _, images = few.batch_at(3)
    assert few.batch == 5 and len(images) == 5
    assert len({value for step in range(40) for value in few.batch_at(step)[0].x.tolist()}) == 5
    fresh = training()
    assert not set(fresh.batch_at(0)[0].x.tolist()) & set(fresh.batch_at(1)[0].x.tolist())
    assert torch.equal(fresh.batch_at(4)[1], fresh.batch_at(4)[0].images())


def test_it_tells_how_both_do_at_first_and_at_last() -> None:
    steps = list(training().steps())
    measured = {"test_loss", "iou", "test_accuracy", "position_error_px", "angle_error_deg"}
    assert steps[0].values.keys() == measured and steps[0].checkpoint
    assert steps[-1].values.keys() == {"train_loss", *measured} and steps[-1].checkpoint
    assert [each.step for each in steps] == list(range(13)) and steps[-1].progress == 1
    assert training(examples=16).facts()["steps"] == 12


def test_a_short_training_already_infers_objects() -> None:
    *_, last = training(steps=250, batch=64).steps()
    assert last.values["test_accuracy"] > 0.6 and last.values["iou"] > 0.4


def test_a_state_of_another_network_is_refused() -> None:
    state = training(harmonics=0).state()
    with pytest.raises(CausalProblem) as refused:
        training().restore(state)
    assert refused.value.values["reason"] == "other_size"


@pytest.mark.gpu
def test_it_trains_on_a_gpu() -> None:
    if not torch.cuda.is_available():
        pytest.skip("no CUDA device")
    *_, last = training(steps=20, device="cuda").steps()
    assert last.values["test_loss"] < 0.7
